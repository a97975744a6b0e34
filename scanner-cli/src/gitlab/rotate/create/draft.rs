//! What is to be made: nothing is changed here.

use serde_json::Value;

use super::creator::Creator;
use super::fill::{Fill, accounts, gap};
use crate::gitlab::choose::{Advice, Call};
use crate::gitlab::rotate::api::{Api, Refusal};
use crate::gitlab::rotate::record::Record;
use crate::gitlab::rotate::target::{Place, TargetKind};

/// Days that GitLab lets an access token live where nobody changed the limit.
const OWN_LIMIT: i64 = 365;

/// A token that is to be made.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its kind.
    pub kind: TargetKind,
    /// Its name or description.
    pub name: String,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// Its access level, where it has one of its own.
    pub role: Option<u32>,
    /// Its last day.
    pub expires_at: Option<String>,
    /// The service account that gets it, where it is there already.
    pub account_id: Option<u64>,
    /// The call that makes its service account first.
    pub account: Option<Call>,
    /// The call that makes it.
    pub call: Call,
    /// What is known before, fit to be shown.
    pub notes: Vec<String>,
    /// Why it is not to be made, fit to be shown.
    pub refusal: Option<String>,
    pub(super) place: Option<Place>,
    /// The highest id of the list that it will be in; 0 where that is not shown, or is empty.
    pub(super) seen: u64,
}

impl Draft {
    /// The list that it will be in, once its account is there.
    pub(super) fn list(&self, own: Option<u64>) -> Option<String> {
        let path = &self.call.path;
        let of_user = |id: u64| Some(format!("/api/v4/personal_access_tokens?user_id={id}"));
        if self.kind == TargetKind::RunnerAuthenticationToken {
            let place = self.place.as_ref().map(|place| format!("{}/runners", place.path()));
            return Some(place.unwrap_or_else(|| "/api/v4/runners/all".to_owned()));
        }
        if path.starts_with("/user/") {
            return of_user(own?);
        }
        if path.starts_with("/users/") && self.kind == TargetKind::ServiceAccountToken {
            return of_user(self.account_id?);
        }
        (!path.contains("/:user_id/")).then(|| format!("/api/v4{path}"))
    }
}

/// The kind that a kind of the chart is, where a request makes its secret.
fn kind_of(advice: &Advice) -> Result<TargetKind, Refusal> {
    let is_own = advice.calls.iter().any(|call| call.path.starts_with("/user/"));
    match advice.kind {
        "self_rotate_token" if !is_own => Ok(TargetKind::ProjectAccessToken),
        "self_rotate_token" | "fine_grained_token" => Ok(TargetKind::PersonalAccessToken),
        "oauth_application" => Err(no_secret(advice)),
        kind => TargetKind::named(kind)
            .filter(|_| !advice.calls.is_empty())
            .ok_or_else(|| no_secret(advice)),
    }
}

/// What to do where this program makes nothing.
fn no_secret(advice: &Advice) -> Refusal {
    let way = match (&advice.page, advice.calls.first()) {
        (Some(page), _) => page.clone(),
        (None, Some(call)) => format!("{} /api/v4{} {}", call.method, call.path, call.body),
        (None, None) => String::new(),
    };
    let kind = advice.kind;
    Refusal::new(format!("`token create` makes no {kind}; how it is made: {way}"))
}

impl Creator<'_> {
    /// What is to be made, and what speaks against it. Only reads are sent.
    ///
    /// # Errors
    ///
    /// No request makes the secret of this kind, something is not named, or is not shown.
    pub fn draft(&self, advice: &Advice, fill: &Fill) -> Result<Draft, Refusal> {
        let api = self.api();
        let kind = kind_of(advice)?;
        let (account, call) = match advice.calls.as_slice() {
            [account, call] => (Some(account), call),
            [call] => (None, call),
            _ => return Err(no_secret(advice)),
        };
        let mut call = fill.call(api, call)?;
        let account_id = if account.is_some() { fill.account(api)? } else { None };
        if let Some(id) = account_id {
            call.path = call.path.replace(":user_id", &id.to_string());
        }
        let account = account.filter(|_| account_id.is_none()).cloned();
        let is_made_first = account.is_some();
        let lacks = |call: &Call| gap(call).filter(|_| !is_made_first).map(Refusal::new);
        if let Some(refusal) = account.as_ref().and_then(gap).map(Refusal::new).or(lacks(&call)) {
            return Err(refusal);
        }
        let texts = ["name", "description"].iter().find_map(|key| call.body[*key].as_str());
        let mut draft = Draft {
            kind,
            name: texts.unwrap_or_default().to_owned(),
            scopes: advice.scopes.clone(),
            role: advice.role.filter(|_| kind != TargetKind::ServiceAccountToken),
            expires_at: advice.expires_at.clone(),
            account_id,
            account,
            call,
            notes: Vec::new(),
            refusal: None,
            place: fill.place.clone(),
            seen: 0,
        };
        draft.refusal = self.caller_refusal(&draft, api);
        self.look_at_names(&mut draft, api);
        self.look_at_limit(&mut draft, api);
        draft.notes.push(format!("keep it in {}", advice.keep));
        Ok(draft)
    }

    /// Why this caller makes no such token.
    fn caller_refusal(&self, draft: &Draft, api: Api<'_>) -> Option<String> {
        let record = &self.caller.record;
        let has = |scope: &str| record.scopes.iter().any(|own| own == scope);
        let is_runner = draft.kind == TargetKind::RunnerAuthenticationToken;
        if !(has("api") || has("granular") || is_runner && has("create_runner")) {
            let scope = if is_runner { "create_runner" } else { "api" };
            return Some(format!("your credential lacks the scope {scope}"));
        }
        let bots = [TargetKind::ProjectAccessToken, TargetKind::GroupAccessToken];
        let why = "a project or group token makes no other: use a person's or a service account's";
        (bots.contains(&draft.kind) && self.is_bot(api)).then(|| why.to_owned())
    }

    /// Whether the caller is the bot of a project or group token, by its user name.
    fn is_bot(&self, api: Api<'_>) -> bool {
        let Some(id) = self.caller.record.user_id else { return false };
        let Ok((user, _)) = api.get(&format!("/api/v4/users/{id}")) else { return false };
        let name = user.get("username").and_then(Value::as_str).unwrap_or_default();
        let of_place = ["project_", "group_"].iter().any(|place| name.starts_with(place));
        of_place && name.contains("_bot_")
    }

    /// One living token a name: else nobody could tell which one an answer was lost of.
    fn look_at_names(&self, draft: &mut Draft, api: Api<'_>) {
        if let Some(account) = &draft.account {
            let note = match self.accounts_called(account, draft.place.as_ref()) {
                Ok(ids) if ids.is_empty() => {
                    "its service account is made first, a member of nothing: `token \
                     service-account create --member` makes it one"
                        .to_owned()
                }
                Ok(ids) => {
                    let why = format!(
                        "there is a service account of this name: --account {} puts the token \
                         there",
                        ids[0]
                    );
                    draft.refusal.get_or_insert(why);
                    return;
                }
                Err(refusal) => {
                    let why = format!("service accounts: {}", self.clean(&refusal.reason));
                    draft.refusal.get_or_insert(why);
                    return;
                }
            };
            draft.notes.push(note);
            return;
        }
        match self.listed(draft, api) {
            Ok(rows) => self.judge_names(draft, &rows),
            Err(refusal) => {
                let why = self.clean(&refusal.reason);
                draft.notes.push(format!("which names are taken is not shown to you: {why}"));
            }
        }
    }

    fn judge_names(&self, draft: &mut Draft, rows: &[Record]) {
        draft.seen = rows.iter().map(|row| row.id).max().unwrap_or(0);
        let living: Vec<&Record> = rows.iter().filter(|row| self.lives(row)).collect();
        if let Some(row) = living.iter().find(|row| row.name == draft.name) {
            let why = format!(
                "a living one has this name, with the id {}: rotate it, or take another name, one \
                 a use",
                row.id
            );
            draft.refusal.get_or_insert(why);
        }
        if draft.kind == TargetKind::KubernetesAgentToken && living.len() >= 2 {
            let why = "the agent has two living tokens, which is the most: revoke one";
            draft.refusal.get_or_insert(why.to_owned());
        }
        if draft.kind == TargetKind::ServiceAccountToken && !living.is_empty() {
            let names: Vec<String> = living.iter().map(|row| self.clean(&row.name)).collect();
            draft.notes.push(format!("the account has {}: one token a use", names.join(", ")));
        }
    }

    /// The ids of service accounts that are called like the one that is to be made.
    pub(super) fn accounts_called(
        &self,
        account: &Call,
        place: Option<&Place>,
    ) -> Result<Vec<u64>, Refusal> {
        let name = account.body.get("name").and_then(Value::as_str).unwrap_or_default();
        let row = |row: &mut Value| {
            let is_it = row.get("name").and_then(Value::as_str) == Some(name);
            row.get("id").and_then(Value::as_u64).filter(|_| is_it)
        };
        self.api().rows(&accounts(place), row)
    }

    /// All tokens of the list that the new one will be in.
    pub(super) fn listed(&self, draft: &Draft, api: Api<'_>) -> Result<Vec<Record>, Refusal> {
        let list = draft.list(self.caller.record.user_id);
        let list = list.ok_or_else(|| Refusal::new("its account is not there yet"))?;
        let is_runner = draft.kind == TargetKind::RunnerAuthenticationToken;
        api.rows(&list, |row| {
            // The name of a runner is that of its program.
            let described = row.get("description").and_then(Value::as_str).map(str::to_owned);
            let record = Record::read(row)?;
            let name = described.filter(|_| is_runner).unwrap_or_else(|| record.name.clone());
            Some(Record { name, ..record })
        })
    }

    fn look_at_limit(&self, draft: &mut Draft, api: Api<'_>) {
        let Some(day) = draft.expires_at.as_ref().filter(|_| draft.kind.is_access_token()) else {
            return;
        };
        let days = self.days_until(day);
        let settings = api.get("/api/v4/application/settings").ok();
        let limit = settings.map(|(settings, _)| {
            settings.get("max_personal_access_token_lifetime").and_then(Value::as_i64)
        });
        draft.notes.push(match limit {
            Some(Some(limit)) => format!("the instance's limit is {limit} days"),
            Some(None) => format!("the instance has no limit of its own; GitLab's is {OWN_LIMIT}"),
            None => format!(
                "the instance's limit is not shown to you; where nobody changed it, it is \
                 {OWN_LIMIT} days"
            ),
        });
        if let (Some(days), Some(Some(limit))) = (days, limit)
            && days > limit
        {
            let why = format!("it would live {days} days, and the instance's limit is {limit}");
            draft.refusal.get_or_insert(why);
        }
    }
}
