//! How far archives are opened: what a user chooses, and what holds unless they do.

use ignore::gitignore::Gitignore;
use tokensieve_core::coverage::Bound;

/// A limit, and who set it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limit {
    /// The limit.
    pub most: u64,
    /// Whether going beyond it is a gap.
    pub bound: Bound,
}

impl Limit {
    /// The one that a user chose, or else the default.
    #[must_use]
    pub fn new(chosen: Option<u64>, default: u64) -> Self {
        match chosen {
            Some(most) => Self { most, bound: Bound::Chosen },
            None => Self { most: default, bound: Bound::Default },
        }
    }
}

/// How far archives are opened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// How many archives within one another are opened.
    pub depth: Limit,
    /// How many bytes one outermost archive may expand to, with everything in it.
    pub size: Limit,
    /// How many times its size a compressed stream may expand to, beyond 10 MiB.
    pub ratio: Limit,
    /// How many members one outermost archive may have, with those of archives in it.
    pub members: Limit,
}

impl Limits {
    /// The depth that is the default.
    pub const DEPTH: u64 = 3;
    /// The size that is the default.
    pub const SIZE: u64 = 1 << 30;
    /// The ratio that is the default.
    pub const RATIO: u64 = 200;
    /// The number of members that is the default.
    pub const MEMBERS: u64 = 100_000;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: Limit::new(None, Self::DEPTH),
            size: Limit::new(None, Self::SIZE),
            ratio: Limit::new(None, Self::RATIO),
            members: Limit::new(None, Self::MEMBERS),
        }
    }
}

/// How archives are opened, and which of their members are left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening<'a> {
    pub(crate) limits: &'a Limits,
    /// What `--exclude-path` leaves out.
    pub(crate) excluded: Option<&'a Gitignore>,
    /// Larger members are skipped.
    pub(crate) max_size: Option<u64>,
}
