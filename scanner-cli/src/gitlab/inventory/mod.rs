//! Lists credentials: all kinds that GitLab's API lists, of a project, a group with all below it, a
//! user or the instance.
//!
//! Entries go out one by one, so memory does not grow with their number, but for 8 bytes each of
//! the ids that were seen. What cannot be listed is a [`Gap`]: nothing is left out in silence.

mod audit;
mod build;
mod caller;
mod entry;
mod enumerate;
mod gap;
mod held;
mod leaks;
mod managed;
mod owners;
mod pages;
mod places;
mod record;
mod scope;
mod settings;
mod walk;

use std::cell::Cell;

use jiff::Timestamp;
use tokensieve_core::Secret;

use self::audit::Makers;
use self::build::Builder;
pub use self::caller::{Caller, own_reach};
pub use self::entry::{
    Details, Entry, EntryKind, EntryState, Made, Owner, OwnerState, OwnerType, Place, days_between,
};
pub use self::gap::Gap;
pub use self::held::{Held, Variable, held};
pub use self::leaks::{Certainty, Leak, Match};
use self::pages::Lister;
pub use self::scope::Scope;
pub use self::settings::{Setting, Worth, settings};
use self::walk::Walk;
use super::clean::Cleaner;

/// Days after which GitLab deletes the record of an inactive project or group token, where nobody
/// changed that.
const RETENTION: i64 = 30;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where.
    pub scope: Scope,
    /// Which kinds; others are not asked about.
    pub kinds: Vec<EntryKind>,
    /// The time that states and days are counted from.
    pub now: Timestamp,
    /// Audit events are asked for, to tell who made a token.
    pub with_audit: bool,
}

/// How a run ended.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Calls that brought no list, or not all of it.
    pub gaps: Vec<Gap>,
    /// What no API lists, in this scope.
    pub not_listed: Vec<&'static str>,
    /// The release that the instance says it is.
    pub release: Option<String>,
    /// Whether the user stopped the run.
    pub is_stopped: bool,
}

impl Listed {
    /// Whether everything was listed that an API lists.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.gaps.is_empty() && !self.is_stopped
    }
}

/// Lists a scope. `out` takes the entries and returns whether to go on.
pub fn list(caller: Caller<'_>, request: &Request, out: &mut dyn FnMut(Entry) -> bool) -> Listed {
    let no_secret = Secret::new(b"");
    let Caller { client, credential, redactor } = caller;
    let lister = Lister { client, credential, redactor, no_secret: &no_secret };
    let cleaner = Cleaner { redactor, secret: &no_secret };
    let retention = retention(&lister, &request.scope);
    let builder = Builder { cleaner, now: request.now, retention };
    let release = lister.one("/version").ok().and_then(|record| record.version);
    let mut walk = Walk::new(lister, builder, request.kinds.clone(), &request.scope);
    let places = walk.places(&request.scope);
    walk.note_places(&places);
    let goes_on = Cell::new(true);
    let mut makers = if request.with_audit { walk.makers(&places) } else { Makers::default() };
    let mut out = |mut entry: Entry| {
        entry.made_by = audit::key(&entry).and_then(|key| makers.remove(&key));
        goes_on.set(goes_on.get() && out(entry));
        goes_on.get()
    };
    if let (Scope::Group(_), Some(root)) = (&request.scope, places.first()) {
        let covered = walk.managed(root, &places, &mut out);
        walk.leave_out(&covered);
    }
    if goes_on.get() {
        walk.all(&places, &mut out);
    }
    if goes_on.get() && request.scope == Scope::Instance && !client.is_stopped() {
        walk.instance(&mut out);
    }
    Listed {
        gaps: walk.into_gaps(),
        not_listed: not_listed(request),
        release: release.map(|text| cleaner.clean(&text)),
        is_stopped: client.is_stopped(),
    }
}

/// The instance's setting, which administrators see.
fn retention(lister: &Lister<'_>, scope: &Scope) -> Option<i64> {
    if *scope != Scope::Instance {
        return Some(RETENTION);
    }
    match lister.one("/application/settings") {
        Ok(record) => record.inactive_resource_access_tokens_delete_after_days,
        Err(_) => Some(RETENTION),
    }
}

/// What no API lists.
fn not_listed(request: &Request) -> Vec<&'static str> {
    let mut all = vec![
        "feed, incoming mail and static object tokens",
        "sessions, OAuth access and refresh tokens",
        "SCIM tokens, feature flags client tokens, runner registration tokens",
        "job tokens, which die with their job",
        "OAuth applications of users and groups",
    ];
    if matches!(request.scope, Scope::Project(_) | Scope::Group(_)) {
        all.push(
            "personal and impersonation tokens of members, but for those of enterprise users: an \
             administrator lists them by user or instance",
        );
    }
    all
}
