//! Walks over the places of a scope, four at a time, and hands on entries in their order.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use super::build::Builder;
use super::entry::{Entry, EntryKind, EntryState, Place};
use super::gap::{Gap, Gaps};
use super::owners::Owners;
use super::pages::{Lister, Order, Refusal, Row};
use super::record::Record;
use super::scope::{Reach, Scope};

/// As many requests may be under way at once.
const AT_ONCE: usize = 4;
/// How many entries of a place wait for those of the places before it.
const WAITING: usize = 256;

/// Takes an entry; false ends the run.
pub(super) type Out<'o> = &'o mut dyn FnMut(Entry) -> bool;

/// A run over one scope.
pub(super) struct Walk<'a> {
    pub(super) lister: Lister<'a>,
    pub(super) builder: Builder<'a>,
    kinds: Vec<EntryKind>,
    pub(super) reach: Reach,
    pub(super) owners: Owners,
    gaps: Mutex<Gaps>,
    /// Access tokens and runners that went out: several lists can have them.
    emitted: Mutex<HashSet<(bool, u64)>>,
    /// Projects and groups that are listed.
    listed: HashSet<(&'static str, u64)>,
}

/// A list that is to be read.
pub(super) struct Call<'p> {
    pub(super) kind: EntryKind,
    pub(super) place: &'p Place,
    pub(super) path: String,
    /// The call as gaps name it.
    pub(super) named: String,
    pub(super) order: Order,
}

impl<'p> Call<'p> {
    /// `GET /projects/:id/` and a tail.
    pub(super) fn below(kind: EntryKind, place: &'p Place, tail: &str, order: Order) -> Self {
        let base = format!("/{}s", place.place_type);
        let named = format!("GET {base}/:id/{}", tail.split('?').next().unwrap_or(tail));
        Self { kind, place, path: format!("{base}/{}/{tail}", place.id), named, order }
    }

    /// The same list by another path and name.
    pub(super) fn at(self, path: String, named: &str) -> Self {
        Self { path, named: format!("GET {named}"), ..self }
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        lister: Lister<'a>,
        builder: Builder<'a>,
        kinds: Vec<EntryKind>,
        scope: &Scope,
    ) -> Self {
        Self {
            lister,
            builder,
            kinds,
            reach: Reach::of(scope),
            owners: Owners::default(),
            gaps: Mutex::default(),
            emitted: Mutex::default(),
            listed: HashSet::new(),
        }
    }

    pub(super) fn wants(&self, kind: EntryKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Asks no more about kinds that are listed.
    pub(super) fn leave_out(&mut self, listed: &[EntryKind]) {
        self.kinds.retain(|kind| !listed.contains(kind));
    }

    pub(super) fn wants_any(&self, kinds: &[EntryKind]) -> bool {
        kinds.iter().any(|kind| self.wants(*kind))
    }

    pub(super) fn gap(&self, named: &str, refusal: Refusal, place: &str) {
        let mut gaps = self.gaps.lock().unwrap_or_else(PoisonError::into_inner);
        gaps.add(named, refusal.reason, place);
    }

    pub(super) fn into_gaps(self) -> Vec<Gap> {
        self.gaps.into_inner().unwrap_or_else(PoisonError::into_inner).into_sorted()
    }

    /// Notes an access token or a runner that goes out; false where it went out before.
    pub(super) fn is_first(&self, entry: &Entry) -> bool {
        let is_runner = entry.kind == EntryKind::Runner;
        let mut emitted = self.emitted.lock().unwrap_or_else(PoisonError::into_inner);
        !(is_runner || entry.kind.is_access_token()) || emitted.insert((is_runner, entry.id))
    }

    /// Notes the places that are listed.
    pub(super) fn note_places(&mut self, places: &[Place]) {
        self.listed = places.iter().map(|place| (place.place_type, place.id)).collect();
    }

    /// Whether a project or group is one of the places.
    pub(super) fn is_listed(&self, place: (&'static str, u64)) -> bool {
        self.listed.contains(&place)
    }

    /// Reads a list, and notes a gap where it cannot be read to its end.
    pub(super) fn each(&self, call: &Call<'_>, row: Row<'_>) {
        if let Err(refusal) = self.lister.each(&call.path, call.order, row) {
            self.gap(&call.named, refusal, &call.place.path);
        }
    }

    /// All rows of a list that is short.
    pub(super) fn rows(&self, call: &Call<'_>) -> Vec<Record> {
        let mut rows = Vec::new();
        self.each(call, &mut |record| {
            rows.push(record);
            true
        });
        rows
    }

    /// A single row; a gap where it is refused.
    pub(super) fn one(&self, call: &Call<'_>) -> Option<Record> {
        match self.lister.one(&call.path) {
            Ok(record) => Some(record),
            Err(refusal) => {
                self.gap(&call.named, refusal, &call.place.path);
                None
            }
        }
    }

    /// Lists all places, four at a time; entries go out in the order of the places. Returns
    /// whether the run goes on.
    pub(super) fn all(&self, places: &[Place], out: Out<'_>) -> bool {
        places.chunks(AT_ONCE).all(|chunk| {
            !self.lister.client.is_stopped()
                && std::thread::scope(|scope| {
                    let start = |place| {
                        let (sender, receiver) = sync_channel(WAITING);
                        scope.spawn(move || self.place(place, &sender));
                        receiver
                    };
                    let receivers: Vec<_> = chunk.iter().map(start).collect();
                    // Once a receiver is dropped, its thread ends at the next entry.
                    receivers.into_iter().all(|entries| entries.into_iter().all(&mut *out))
                })
        })
    }

    fn place(&self, place: &Place, sender: &SyncSender<Entry>) {
        // Sending fails once nobody receives any more.
        let mut out = |entry: Entry| !self.is_first(&entry) || sender.send(entry).is_ok();
        match place.place_type {
            "project" => self.project(place, &mut out),
            "group" => self.group(place, &mut out),
            _ => self.user(place, &mut out),
        }
    }

    /// The paths of places by type and id, for lists that name ids alone.
    pub(super) fn paths(places: &[Place]) -> HashMap<(&'static str, u64), &Place> {
        places.iter().map(|place| ((place.place_type, place.id), place)).collect()
    }

    /// Hands on each row of a list as an entry of a place without an owner.
    pub(super) fn plain(&self, call: &Call<'_>, out: Out<'_>) {
        self.each(call, &mut |record| {
            out(self.builder.entry(call.kind, record, Some(call.place.clone()), None))
        });
    }

    /// The job token scope of a project, as an entry with the project's id.
    pub(super) fn job_token_scope(&self, place: &Place, out: Out<'_>) {
        let kind = EntryKind::JobTokenScope;
        let call = Call::below(kind, place, "job_token_scope", Order::Numbered);
        let Some(record) = self.one(&call) else { return };
        let named = Record { id: place.id, name: Some("job tokens".to_owned()), ..record };
        let mut entry = self.builder.entry(kind, named, Some(place.clone()), None);
        if entry.details.allowlist.is_none() {
            let reason = "the answer does not say whether the allowlist is on";
            self.gap(&call.named, Refusal::new(reason), &place.path);
        }
        entry.state = match entry.details.allowlist {
            Some(false) => EntryState::Off,
            _ => EntryState::Active,
        };
        out(entry);
    }
}
