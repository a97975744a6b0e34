//! Bounds the cost of opening one outermost archive, and keeps its first fault.
//!
//! Readers lie in one another like the archives. Each layer has a number, the outermost source the
//! lowest. When one fails, all that is read through it fails too, so the first fault is kept with
//! its layer until the code that made the layer closes it. Archives further out go on then, and no
//! fault is reported twice.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;
use std::time::Instant;

use tokensieve_core::coverage::Skip;

use crate::source::archive::limits::{Limit, Limits};

/// How many bytes of zips within other archives are held in memory: a zip is read from its end. One
/// that does not fit is read from front to back.
pub(super) const MAX_HELD_BYTES: u64 = 64 << 20;
/// How much a layer may expand to before its ratio counts.
const RATIO_FREE_BYTES: u64 = 10 << 20;
/// The layer of faults that end all work on the outermost archive.
const WHOLE_ARCHIVE_LAYER: u32 = 0;
/// The layer of the outermost archive's own bytes.
pub(super) const SOURCE_LAYER: u32 = 1;

#[derive(Clone, Copy)]
struct Fault {
    layer: u32,
    skip: Skip,
    is_reported: bool,
}

/// The budget of one outermost archive.
pub(super) struct Budget {
    limits: Limits,
    expanded: Cell<u64>,
    /// What was expanded only to learn how large something is.
    checked: Cell<u64>,
    members: Cell<u64>,
    held: Cell<u64>,
    layers: Cell<u32>,
    fault: Cell<Option<Fault>>,
    /// When the scan has to end.
    deadline: Option<Instant>,
}

impl Budget {
    pub(super) fn new(limits: &Limits, deadline: Option<Instant>) -> Rc<Self> {
        Rc::new(Self {
            limits: *limits,
            expanded: Cell::new(0),
            checked: Cell::new(0),
            members: Cell::new(0),
            held: Cell::new(0),
            layers: Cell::new(SOURCE_LAYER),
            fault: Cell::new(None),
            deadline,
        })
    }

    /// A number for a new layer, above all there are.
    pub(super) fn new_layer(&self) -> u32 {
        self.layers.set(self.layers.get() + 1);
        self.layers.get()
    }

    /// Notes what went wrong in a layer, unless it is a consequence of what went wrong before.
    pub(super) fn blame(&self, layer: u32, skip: Skip) {
        if self.fault.get().is_none() {
            self.fault.set(Some(Fault { layer, skip, is_reported: false }));
        }
    }

    /// Whether a layer that is in use is at fault.
    pub(super) fn is_at_fault(&self) -> bool {
        self.fault.get().is_some()
    }

    /// Returns the fault the first time that it is asked for.
    pub(super) fn take_unreported_fault(&self) -> Option<Skip> {
        let fault = self.fault.get().filter(|fault| !fault.is_reported)?;
        self.fault.set(Some(Fault { is_reported: true, ..fault }));
        Some(fault.skip)
    }

    /// Forgets the fault of a layer that is read no further, and of those within it.
    pub(super) fn close_layer(&self, layer: u32) {
        if self.fault.get().is_some_and(|fault| fault.layer >= layer) {
            self.fault.set(None);
        }
    }

    /// Counts a member. Returns whether the limit allows it; notes the fault if not.
    pub(super) fn admits_member(&self) -> bool {
        let members = self.members.get() + 1;
        self.members.set(members);
        let is_in = members <= self.limits.members.most;
        if !is_in {
            self.blame(WHOLE_ARCHIVE_LAYER, Skip::ArchiveMembers(self.limits.members.bound));
        }
        is_in
    }

    /// Whether there is time left. Notes the fault if not.
    pub(super) fn admits_time(&self) -> bool {
        let is_in = self.deadline.is_none_or(|deadline| Instant::now() < deadline);
        if !is_in {
            self.blame(WHOLE_ARCHIVE_LAYER, Skip::OutOfTime);
        }
        is_in
    }

    /// How much more may be expanded.
    pub(super) fn left(&self) -> u64 {
        self.limits.size.most - self.expanded.get()
    }

    pub(super) fn spend(&self, bytes: u64) {
        self.expanded.set(self.expanded.get() + bytes);
    }

    /// Whether as many bytes may be expanded to learn how large something is: with all others as
    /// many as may be expanded to be searched.
    pub(super) fn admits_check(&self, bytes: u64) -> bool {
        self.checked.get().saturating_add(bytes) <= self.limits.size.most
    }

    pub(super) fn spend_check(&self, bytes: u64) {
        self.checked.set(self.checked.get() + bytes);
    }

    /// Notes that there is more than may be expanded.
    pub(super) fn mark_spent(&self) {
        self.blame(WHOLE_ARCHIVE_LAYER, Skip::ArchiveSize(self.limits.size.bound));
    }

    /// Whether `given` bytes of a layer may come from `taken` compressed ones. Notes the fault if
    /// not.
    pub(super) fn admits_ratio(&self, layer: u32, given: u64, taken: u64) -> bool {
        let Limit { most, bound } = self.limits.ratio;
        let is_in = given <= RATIO_FREE_BYTES || given <= taken.saturating_mul(most);
        if !is_in {
            self.blame(layer, Skip::ArchiveRatio(bound));
        }
        is_in
    }

    /// Reads as much as may be held in memory. The result says whether that was all.
    pub(super) fn hold(&self, input: &mut dyn BufRead) -> io::Result<(Vec<u8>, bool)> {
        let mut bytes = Vec::new();
        input.take(MAX_HELD_BYTES - self.held.get()).read_to_end(&mut bytes)?;
        let is_all = input.fill_buf()?.is_empty();
        self.held.set(self.held.get() + bytes.len() as u64);
        Ok((bytes, is_all))
    }

    /// What was held is not needed any more.
    pub(super) fn release(&self, bytes: usize) {
        self.held.set(self.held.get() - bytes as u64);
    }
}
