//! What projects, groups, users and the instance list.

use std::collections::HashSet;

use super::entry::{Details, Entry, EntryKind, OwnerState, OwnerType, Place};
use super::owners;
use super::pages::Order;
use super::record::Record;
use super::scope::{Reach, instance};
use super::walk::{Call, Out, Walk};

impl Walk<'_> {
    pub(super) fn project(&self, place: &Place, out: Out<'_>) {
        self.resource_tokens(EntryKind::ProjectAccessToken, place, out);
        self.service_accounts(place, out);
        self.simple(EntryKind::DeployToken, place, "deploy_tokens", out);
        self.triggers(place, out);
        self.runners(place, "runners?type=project_type", out);
        self.agents(place, out);
        self.simple(EntryKind::DeployKey, place, "deploy_keys", out);
        self.hooks(place, out);
        if self.wants(EntryKind::JobTokenScope) {
            self.job_token_scope(place, out);
        }
    }

    pub(super) fn group(&self, place: &Place, out: Out<'_>) {
        self.resource_tokens(EntryKind::GroupAccessToken, place, out);
        self.service_accounts(place, out);
        self.simple(EntryKind::DeployToken, place, "deploy_tokens", out);
        self.runners(place, "runners?type=group_type", out);
        self.hooks(place, out);
    }

    pub(super) fn user(&self, place: &Place, out: Out<'_>) {
        let impersonation = EntryKind::ImpersonationToken;
        let personal = EntryKind::PersonalAccessToken;
        let is_of_people = self.reach != Reach::Places;
        let mut impersonations = HashSet::new();
        if is_of_people && self.wants_any(&[impersonation, personal]) {
            let call = Call::below(impersonation, place, "impersonation_tokens", Order::Created);
            let mut row = |record: Record| {
                impersonations.insert(record.id);
                let entry = self.access_token(impersonation, record, place);
                !self.wants(impersonation) || out(entry)
            };
            if self.wants(impersonation) {
                self.each(&call, &mut row);
            } else {
                // Whoever may not ask this does not get such tokens in other lists either.
                let _ = self.lister.each(&call.path, call.order, &mut row);
            }
        }
        if self.reach == Reach::User && self.wants(personal) {
            let path = format!("/personal_access_tokens?user_id={}", place.id);
            let call = Call::below(personal, place, "", Order::Created);
            self.each(&call.at(path, "/personal_access_tokens"), &mut |record| {
                impersonations.contains(&record.id)
                    || out(self.access_token(personal, record, place))
            });
        }
        for (kind, tail) in [(EntryKind::SshKey, "keys"), (EntryKind::GpgKey, "gpg_keys")] {
            if self.wants(kind) {
                let call = Call::below(kind, place, tail, Order::Numbered);
                self.each(&call, &mut |record| out(self.of_user(kind, record, place)));
            }
        }
    }

    /// What only administrators list, after everything else of the instance.
    pub(super) fn instance(&self, out: Out<'_>) {
        let root = instance();
        self.all_access_tokens(&root, out);
        self.instance_runners(&root, out);
        self.controllers(&root, out);
        let public = Call::below(EntryKind::DeployKey, &root, "", Order::Numbered)
            .at("/deploy_keys?public=true".to_owned(), "/deploy_keys");
        let applications = Call::below(EntryKind::OauthApplication, &root, "", Order::Numbered)
            .at("/applications".to_owned(), "/applications");
        let hooks = Call::below(EntryKind::Webhook, &root, "", Order::Numbered)
            .at("/hooks".to_owned(), "/hooks");
        for call in [public, applications, hooks] {
            if self.wants(call.kind) {
                self.plain(&call, out);
            }
        }
    }

    fn simple(&self, kind: EntryKind, place: &Place, tail: &str, out: Out<'_>) {
        if self.wants(kind) {
            self.plain(&Call::below(kind, place, tail, Order::Numbered), out);
        }
    }

    fn resource_tokens(&self, kind: EntryKind, place: &Place, out: Out<'_>) {
        if !self.wants(kind) {
            return;
        }
        let call = Call::below(kind, place, "access_tokens", Order::Created);
        self.each(&call, &mut |record| {
            let owner = record.user_id.map(owners::bot);
            out(self.builder.entry(kind, record, Some(place.clone()), owner))
        });
    }

    /// The tokens of a place's service accounts. Where the instance's own list follows, the
    /// accounts alone are noted.
    fn service_accounts(&self, place: &Place, out: Out<'_>) {
        let kind = EntryKind::ServiceAccountToken;
        if !self.wants(kind) {
            return;
        }
        let accounts = self.rows(&Call::below(kind, place, "service_accounts", Order::Numbered));
        for account in accounts {
            self.owners.note_service_account(&account);
            if self.reach == Reach::Whole {
                continue;
            }
            let tail = format!("service_accounts/{}/personal_access_tokens", account.id);
            let base = format!("/{}s/:id/service_accounts/:user_id", place.place_type);
            let call = Call::below(kind, place, &tail, Order::Created);
            let path = call.path.clone();
            let call = call.at(path, &format!("{base}/personal_access_tokens"));
            self.each(&call, &mut |record| out(self.access_token(kind, record, place)));
        }
    }

    /// An access token with its owner.
    fn access_token(&self, kind: EntryKind, record: Record, place: &Place) -> Entry {
        let owner = record.user_id.map(|id| self.owners.get(id, &self.lister));
        self.builder.entry(kind, record, Some(place.clone()), owner)
    }

    fn of_user(&self, kind: EntryKind, record: Record, place: &Place) -> Entry {
        let owner = Some(self.owners.get(place.id, &self.lister));
        self.builder.entry(kind, record, Some(place.clone()), owner)
    }

    /// Trigger tokens run as their owner, who has to be a member.
    fn triggers(&self, place: &Place, out: Out<'_>) {
        let kind = EntryKind::PipelineTriggerToken;
        if !self.wants(kind) {
            return;
        }
        let rows = self.rows(&Call::below(kind, place, "triggers", Order::Numbered));
        if rows.is_empty() {
            return;
        }
        let mut members = HashSet::new();
        let call = Call::below(kind, place, "members/all", Order::Numbered);
        let all = self.lister.each(&call.path, call.order, &mut |record| {
            members.insert(record.id);
            true
        });
        let members = all.is_ok().then_some(members);
        for record in rows {
            let mut owner = record.owner.as_ref().map(|user| self.owners.of_record(user));
            let is_member = |id: &u64| members.as_ref().is_none_or(|members| members.contains(id));
            if let Some(owner) = owner.as_mut().filter(|owner| !is_member(&owner.id))
                && owner.state == OwnerState::Active
            {
                owner.state = OwnerState::Departed;
            }
            if !out(self.builder.entry(kind, record, Some(place.clone()), owner)) {
                return;
            }
        }
    }

    fn runners(&self, place: &Place, tail: &str, out: Out<'_>) {
        if self.wants(EntryKind::Runner) {
            let call = Call::below(EntryKind::Runner, place, tail, Order::Numbered);
            self.runners_of(&call, out);
        }
    }

    fn instance_runners(&self, root: &Place, out: Out<'_>) {
        if self.wants(EntryKind::Runner) {
            let path = "/runners/all?type=instance_type".to_owned();
            let call = Call::below(EntryKind::Runner, root, "", Order::Numbered);
            self.runners_of(&call.at(path, "/runners/all"), out);
        }
    }

    /// Runners with what only their own records tell: the last contact, and the token's end.
    ///
    /// Groups list the runners of those above them, and a runner can serve several projects: each
    /// goes out once, at the place that it was made for where that is listed, too.
    fn runners_of(&self, call: &Call<'_>, out: Out<'_>) {
        for row in self.rows(call) {
            let one = Call::below(EntryKind::Runner, call.place, "", Order::Numbered)
                .at(format!("/runners/{}", row.id), "/runners/:id");
            let record = match self.one(&one) {
                Some(record) if self.is_elsewhere(&record, call.place) => continue,
                Some(record) => Record {
                    contacted_at: record.contacted_at,
                    token_expires_at: record.token_expires_at.or(row.token_expires_at.clone()),
                    ..row
                },
                None => row,
            };
            let owner = record.created_by.as_ref().map(|user| self.owners.of_record(user));
            let place = Some(call.place.clone());
            if !out(self.builder.entry(EntryKind::Runner, record, place, owner)) {
                return;
            }
        }
    }

    /// Whether a runner is listed at another place, which it was made for.
    fn is_elsewhere(&self, record: &Record, place: &Place) -> bool {
        let home = match (record.projects.first(), record.groups.first()) {
            (Some(project), _) => ("project", project.id),
            (None, Some(group)) => ("group", group.id),
            (None, None) => return false,
        };
        home != (place.place_type, place.id) && self.is_listed(home)
    }

    fn agents(&self, place: &Place, out: Out<'_>) {
        let kind = EntryKind::KubernetesAgentToken;
        if !self.wants(kind) {
            return;
        }
        for agent in self.rows(&Call::below(kind, place, "cluster_agents", Order::Numbered)) {
            let named = "/projects/:id/cluster_agents/:agent_id/tokens";
            let path = format!("/projects/{}/cluster_agents/{}/tokens", place.id, agent.id);
            let call = Call::below(kind, place, "", Order::Numbered).at(path.clone(), named);
            for row in self.rows(&call) {
                let one = Call::below(kind, place, "", Order::Numbered)
                    .at(format!("{path}/{}", row.id), &format!("{named}/:token_id"));
                // A list does not tell when a token was used.
                let record = match self.one(&one) {
                    Some(one) => Record { last_used_at: one.last_used_at, ..row },
                    None => row,
                };
                let agent = agent.name.as_deref().unwrap_or_default();
                let name = record.name.as_deref().unwrap_or_default();
                let record = Record { name: Some(format!("{agent}: {name}")), ..record };
                let owner = record.created_by_user_id;
                let owner = owner.map(|id| self.owners.get(id, &self.lister));
                if !out(self.builder.entry(kind, record, Some(place.clone()), owner)) {
                    return;
                }
            }
        }
    }

    /// Webhooks, with whether they are sent early is the place's own setting.
    fn hooks(&self, place: &Place, out: Out<'_>) {
        let kind = EntryKind::Webhook;
        if !self.wants(kind) {
            return;
        }
        let rows = self.rows(&Call::below(kind, place, "hooks", Order::Numbered));
        if rows.is_empty() {
            return;
        }
        let base = format!("/{}s", place.place_type);
        let of_place = Call::below(kind, place, "", Order::Numbered)
            .at(format!("{base}/{}", place.id), &format!("{base}/:id"));
        let early = self.one(&of_place).and_then(|record| {
            let of_project = record.extended_prat_expiry_webhooks_execute;
            of_project.or(record.extended_grat_expiry_webhooks_execute)
        });
        for record in rows {
            let entry = self.builder.entry(kind, record, Some(place.clone()), None);
            let details = Details { early_expiry_events: early, ..entry.details };
            if !out(Entry { details, ..entry }) {
                return;
            }
        }
    }

    fn controllers(&self, root: &Place, out: Out<'_>) {
        let kind = EntryKind::RunnerControllerToken;
        if !self.wants(kind) {
            return;
        }
        let call = Call::below(kind, root, "", Order::Numbered)
            .at("/runner_controllers".to_owned(), "/runner_controllers");
        for controller in self.rows(&call) {
            let path = format!("/runner_controllers/{}/tokens", controller.id);
            let call = Call::below(kind, root, "", Order::Numbered)
                .at(path, "/runner_controllers/:id/tokens");
            self.plain(&call, out);
        }
    }

    /// The administrator's list of access tokens: what places and users did not list.
    fn all_access_tokens(&self, root: &Place, out: Out<'_>) {
        use EntryKind::{
            GroupAccessToken, PersonalAccessToken, ProjectAccessToken, ServiceAccountToken,
        };
        let kinds =
            [PersonalAccessToken, ServiceAccountToken, ProjectAccessToken, GroupAccessToken];
        if !self.wants_any(&kinds) {
            return;
        }
        let call = Call::below(PersonalAccessToken, root, "", Order::Created)
            .at("/personal_access_tokens".to_owned(), "/personal_access_tokens");
        self.each(&call, &mut |record| {
            let owner = record.user_id.map(|id| self.owners.get(id, &self.lister));
            let username = owner.as_ref().and_then(|owner| owner.username.clone());
            let bot = username.as_deref().and_then(owners::place_of_bot);
            let kind = match (bot, owner.as_ref().map(|owner| owner.owner_type)) {
                (Some(("project", _)), _) => ProjectAccessToken,
                (Some(_), _) => GroupAccessToken,
                (None, Some(OwnerType::ServiceAccount)) => ServiceAccountToken,
                (None, _) => PersonalAccessToken,
            };
            let place = match bot {
                Some((place_type, id)) => {
                    Place { place_type, id, path: format!("{place_type} {id}") }
                }
                None => {
                    let id = owner.as_ref().map_or(0, |owner| owner.id);
                    Place { place_type: "user", id, path: username.unwrap_or_default() }
                }
            };
            let entry = self.builder.entry(kind, record, Some(place), owner);
            !self.wants(kind) || !self.is_first(&entry) || out(entry)
        });
    }
}
