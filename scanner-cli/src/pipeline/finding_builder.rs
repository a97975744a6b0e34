//! Makes findings, the same way for files, histories, ranges of commits and the index.
//!
//! A source gives matches with their locations, or the introductions of a secret, commit by commit.
//! A match becomes a finding or a suppression, never both, and is counted here and nowhere else.

#[cfg(feature = "git")]
use tokensieve_core::Redactor;
use tokensieve_core::{Finding, Located};

use crate::pipeline::matcher::Query;
use crate::pipeline::outcome::Outcome;
use crate::pipeline::shared::Pipeline;
use crate::pipeline::shown_path::shown_path;
use crate::pipeline::suppress::SuppressedBy;

/// Makes the findings of one scan.
#[derive(Clone, Copy)]
pub(crate) struct FindingBuilder<'p> {
    pipeline: &'p Pipeline,
}

impl<'p> FindingBuilder<'p> {
    pub(crate) fn new(pipeline: &'p Pipeline) -> Self {
        Self { pipeline }
    }

    /// What redacts everything that is shown.
    #[cfg(feature = "git")]
    pub(super) fn redactor(&self) -> &'p Redactor {
        self.pipeline.scanner.redactor()
    }

    /// Whether the suppressions ask about every place.
    #[cfg(feature = "git")]
    pub(super) fn is_audit(&self) -> bool {
        self.pipeline.options.suppressions.is_audit()
    }

    /// Makes the finding of a match, suppressed or not.
    pub(crate) fn finding(&self, query: &Query<'_>) -> Finding {
        Finding::new(
            query.origin,
            query.located,
            query.fingerprint,
            self.pipeline.scanner.redactor(),
            self.pipeline.options.shows_secrets,
        )
    }

    /// Returns what keeps a match from being reported, if anything does.
    pub(crate) fn suppressed_by(&self, query: &Query<'_>) -> Option<SuppressedBy> {
        self.pipeline.options.suppressions.find(query)
    }

    /// Adds the finding of a match to the outcome: to those that are reported, or to those that a
    /// suppression keeps from it. `change` completes the finding.
    pub(crate) fn add(
        &self,
        query: &Query<'_>,
        outcome: &mut Outcome,
        change: impl FnOnce(Finding) -> Finding,
    ) {
        match self.suppressed_by(query) {
            None => {
                outcome.findings.push(change(self.finding(query)));
                self.note_vain_comment(query, outcome);
            }
            Some(by) => {
                let finding = || change(self.finding(query));
                self.add_suppressed(&by, query.origin.path(), query.located, finding, outcome);
            }
        }
    }

    /// Says that a comment beside a finding does not allow it, though its author meant it to. Notes
    /// need not be asked for.
    fn note_vain_comment(&self, query: &Query<'_>, outcome: &mut Outcome) {
        let located = query.located;
        if self.pipeline.options.suppressions.has_vain_comment(located) {
            outcome.notes.push(format!(
                "{}:{}: the comment `tokensieve:allow` does not allow {}: behind it stand ids of \
                 rules with commas between them, and a reason behind `--`",
                shown_path(self.pipeline.scanner.redactor(), query.origin.path()),
                located.start.line,
                located.matched.rule().id(),
            ));
        }
    }

    /// Counts a match that a suppression keeps from being reported. The finding is made only where
    /// suppressed findings are kept.
    pub(crate) fn add_suppressed(
        &self,
        by: &SuppressedBy,
        path: &[u8],
        located: &Located<'_>,
        finding: impl FnOnce() -> Finding,
        outcome: &mut Outcome,
    ) {
        let options = &self.pipeline.options;
        let mut why = String::new();
        if options.takes_notes || options.keeps_suppressed {
            let suppression = options.suppressions.describe(by, self.pipeline.scanner.redactor());
            why = suppression.in_words();
            if options.keeps_suppressed {
                outcome.suppressed.push(finding().suppressed(suppression));
            }
        }
        outcome.coverage.suppress(by.kind.as_str());
        self.note_suppressed(path, located, &why, outcome);
    }

    /// Counts a match that is less sure than asked for.
    pub(crate) fn add_unsure(&self, path: &[u8], located: &Located<'_>, outcome: &mut Outcome) {
        let reason =
            located.matched.reason().map_or("below the least confidence", |reason| reason.as_str());
        outcome.coverage.suppress(reason);
        self.note_suppressed(path, located, reason, outcome);
    }

    fn note_suppressed(
        &self,
        path: &[u8],
        located: &Located<'_>,
        why: &str,
        outcome: &mut Outcome,
    ) {
        if self.pipeline.options.takes_notes {
            outcome.notes.push(format!(
                "{}:{}:{}: suppressed: {} ({why})",
                shown_path(self.pipeline.scanner.redactor(), path),
                located.start.line,
                located.start.column,
                located.matched.rule().id(),
            ));
        }
    }
}
