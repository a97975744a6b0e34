//! Counts the references that lead to what introduced secrets.

use tokensieve_core::internal::SharedReferences;
use tokensieve_core::{Redactor, References};

use crate::git::store::repository::Tip;
use crate::pipeline::Pipeline;

/// Counts and names references.
pub(crate) struct ReferenceCounter<'a> {
    tips: &'a [Tip],
    max: usize,
    redactor: &'a Redactor,
    /// What was counted last: most secrets of a commit are reached by the same references.
    last: Option<(Vec<u32>, SharedReferences)>,
}

impl<'a> ReferenceCounter<'a> {
    /// A counter of references that are given by their positions in `tips`, which are in the order
    /// of their names.
    pub(crate) fn new(pipeline: &'a Pipeline, tips: &'a [Tip]) -> Self {
        let max =
            if pipeline.options().names_all_refs { usize::MAX } else { References::MAX_NAMES };
        Self { tips, max, redactor: pipeline.scanner().redactor(), last: None }
    }

    /// Counts references by their positions, which come in any order. One that is given twice
    /// counts once.
    pub(crate) fn count(&mut self, mut positions: Vec<u32>) -> SharedReferences {
        positions.sort_unstable();
        positions.dedup();
        if let Some((known, references)) = &self.last
            && *known == positions
        {
            return references.clone();
        }
        let mut names: Vec<&str> =
            positions.iter().map(|at| self.tips[*at as usize].name.as_str()).collect();
        // The log of a stash has one name for all its entries.
        names.dedup();
        let references = References::new(names.into_iter(), self.max, self.redactor);
        let shared = SharedReferences::from(references);
        self.last = Some((positions, shared.clone()));
        shared
    }
}
