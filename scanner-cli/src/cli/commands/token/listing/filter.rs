//! Which entries are shown.

use std::net::IpAddr;

use clap::{Args as ClapArgs, ValueEnum};
use jiff::Timestamp;

use super::values::{kind, moment};
use crate::gitlab::inventory::{Entry, EntryKind, OwnerState, OwnerType};
use crate::gitlab::policy::Cidr;

/// Conditions that an entry has to meet, all of them. Of a repeatable one, any value will do.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// Only these kinds; others are not asked about. Repeatable, or separated by commas.
    #[arg(long, value_name = "KIND", value_parser = kind, value_delimiter = ',')]
    kind: Vec<EntryKind>,

    /// All kinds but these. Repeatable, or separated by commas.
    #[arg(long, value_name = "KIND", value_parser = kind, value_delimiter = ',')]
    skip_kind: Vec<EntryKind>,

    /// Only entries with this id. Repeatable.
    #[arg(long, value_name = "ID")]
    id: Vec<u64>,

    /// Only names that contain this text, in any case.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,

    /// Only entries of this project, group or user and what lies below it, by path.
    #[arg(long, value_name = "PATH")]
    below: Option<String>,

    /// Only entries of this owner, by name or id.
    #[arg(long, value_name = "USER")]
    owner: Option<String>,

    /// Only entries of such owners.
    #[arg(long, value_name = "TYPE", value_enum)]
    owner_type: Option<OwnerFilter>,

    /// Only entries whose owner is blocked, deactivated or departed.
    #[arg(long)]
    inactive_owner_only: bool,

    /// Only entries with one of these scopes or permissions. Repeatable.
    #[arg(long, value_name = "SCOPE")]
    scope: Vec<String>,

    /// Only bots with this access level or more: 10 Guest to 50 Owner.
    #[arg(long, value_name = "LEVEL")]
    min_role: Option<u32>,

    /// Only entries that were made since this day.
    #[arg(long, value_name = "DAY", value_parser = moment)]
    created_after: Option<Timestamp>,

    /// Only entries that were made before this day.
    #[arg(long, value_name = "DAY", value_parser = moment)]
    created_before: Option<Timestamp>,

    /// Only entries that end on this day or later.
    #[arg(long, value_name = "DAY", value_parser = moment)]
    expires_after: Option<Timestamp>,

    /// Only entries that end before this day.
    #[arg(long, value_name = "DAY", value_parser = moment)]
    expires_before: Option<Timestamp>,

    /// Only entries without an end.
    #[arg(long, conflicts_with_all = ["expires_after", "expires_before"])]
    never_expires: bool,

    /// Only entries that were used since this day.
    #[arg(long, value_name = "DAY", value_parser = moment)]
    used_after: Option<Timestamp>,

    /// Only entries that were used last before this day.
    #[arg(long, value_name = "DAY", value_parser = moment)]
    used_before: Option<Timestamp>,

    /// Only entries that were never used, where GitLab tells so.
    #[arg(long, conflicts_with_all = ["used_after", "used_before"])]
    never_used: bool,

    /// Only entries that were used from this address or range. Repeatable.
    #[arg(long, value_name = "CIDR")]
    used_from: Vec<Cidr>,

    /// Only expired project and group tokens whose record GitLab deletes within this many days.
    #[arg(long, value_name = "DAYS")]
    deleted_within: Option<i64>,
}

/// Which states an entry may have, for commands that look at one moment.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Filters")]
pub(crate) struct StateArgs {
    /// Only entries in one of these states. Repeatable.
    #[arg(long, value_name = "STATE", value_enum)]
    state: Vec<StateFilter>,
}

impl StateArgs {
    /// Whether an entry has one of the states.
    pub(crate) fn accepts(&self, entry: &Entry) -> bool {
        self.state.is_empty()
            || self.state.iter().any(|state| state_name(*state) == entry.state.name())
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum OwnerFilter {
    Person,
    Bot,
    ServiceAccount,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum StateFilter {
    Active,
    Expired,
    Revoked,
    Off,
}

impl FilterArgs {
    /// The kinds to ask about. Job token scopes are listed where they are named or a policy is
    /// about them.
    pub(crate) fn kinds(&self, with_job_tokens: bool) -> Vec<EntryKind> {
        let is_wanted = |kind: &EntryKind| match kind {
            EntryKind::JobTokenScope => with_job_tokens || self.kind.contains(kind),
            _ => self.kind.is_empty() || self.kind.contains(kind),
        };
        let kinds = EntryKind::ALL.into_iter().filter(is_wanted);
        kinds.filter(|kind| !self.skip_kind.contains(kind)).collect()
    }

    /// Whether an entry meets all conditions.
    pub(crate) fn accepts(&self, entry: &Entry) -> bool {
        let has_id = self.id.is_empty() || self.id.contains(&entry.id);
        has_id
            && self.accepts_names(entry)
            && self.accepts_owner(entry)
            && self.accepts_rights(entry)
            && self.accepts_times(entry)
            && self.accepts_use(entry)
            && self
                .deleted_within
                .is_none_or(|days| entry.deleted_in_days.is_some_and(|left| left <= days))
    }

    fn accepts_names(&self, entry: &Entry) -> bool {
        let has_name = self
            .name
            .as_ref()
            .is_none_or(|part| entry.name.to_lowercase().contains(&part.to_lowercase()));
        let is_below = self.below.as_ref().is_none_or(|path| {
            let path = path.trim_end_matches('/');
            let rest = entry.path().strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        has_name && is_below
    }

    fn accepts_owner(&self, entry: &Entry) -> bool {
        let owner = entry.owner.as_ref();
        let has_name = self.owner.as_ref().is_none_or(|name| {
            owner.is_some_and(|owner| {
                owner.username.as_ref() == Some(name) || owner.id.to_string() == *name
            })
        });
        let has_type = self.owner_type.is_none_or(|wanted| {
            owner.is_some_and(|owner| match wanted {
                OwnerFilter::Person => owner.owner_type == OwnerType::Person,
                OwnerFilter::Bot => owner.owner_type == OwnerType::Bot,
                OwnerFilter::ServiceAccount => owner.owner_type == OwnerType::ServiceAccount,
            })
        });
        let is_inactive = owner
            .is_some_and(|owner| !matches!(owner.state, OwnerState::Active | OwnerState::Unknown));
        has_name && has_type && (!self.inactive_owner_only || is_inactive)
    }

    fn accepts_rights(&self, entry: &Entry) -> bool {
        let has = |wanted: &String| {
            let permission = |text: &String| text.split(' ').next() == Some(wanted.as_str());
            entry.scopes.contains(wanted) || entry.permissions.iter().any(permission)
        };
        let has_scope = self.scope.is_empty() || self.scope.iter().any(has);
        has_scope && self.min_role.is_none_or(|least| entry.role.is_some_and(|role| role >= least))
    }

    fn accepts_times(&self, entry: &Entry) -> bool {
        lies_between(entry.created_at, self.created_after, self.created_before)
            && lies_between(entry.expires_at, self.expires_after, self.expires_before)
            && !(self.never_expires && entry.expires_at.is_some())
    }

    fn accepts_use(&self, entry: &Entry) -> bool {
        let never = entry.is_use_told && entry.last_used_at.is_none();
        let from = |range: &Cidr| {
            let addresses = entry.last_used_ips.iter().flatten();
            let mut addresses = addresses.filter_map(|text| text.parse::<IpAddr>().ok());
            addresses.any(|address| range.contains(address))
        };
        lies_between(entry.last_used_at, self.used_after, self.used_before)
            && (!self.never_used || never)
            && (self.used_from.is_empty() || self.used_from.iter().any(from))
    }
}

fn state_name(state: StateFilter) -> &'static str {
    match state {
        StateFilter::Active => "active",
        StateFilter::Expired => "expired",
        StateFilter::Revoked => "revoked",
        StateFilter::Off => "off",
    }
}

/// Whether a time lies at `after` or later, and earlier than `before`. No time meets no bound.
fn lies_between(
    time: Option<Timestamp>,
    after: Option<Timestamp>,
    before: Option<Timestamp>,
) -> bool {
    after.is_none_or(|after| time.is_some_and(|time| time >= after))
        && before.is_none_or(|before| time.is_some_and(|time| time < before))
}
