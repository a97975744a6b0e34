//! The result of a scan: findings, coverage, notes.

use tokensieve_core::{Coverage, Finding};

use crate::pipeline::matcher::SuppressionKind;

/// The result of a scan.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, in the order of reports.
    pub findings: Vec<Finding>,
    /// Suppressed findings, in the same order. Filled only where
    /// [`Options::keeps_suppressed`](crate::pipeline::Options::keeps_suppressed) says so.
    pub suppressed: Vec<Finding>,
    /// What was scanned, skipped and suppressed, as counts with examples.
    pub coverage: Coverage,
    /// Notes for the user: each skipped and suppressed item where they were asked for, and what the
    /// user has to know in any case. Redacted and sorted.
    pub notes: Vec<String>,
    /// Whether the scanned content is staged and not committed yet.
    pub is_uncommitted: bool,
}

impl Outcome {
    /// Brings the outcome into the form of reports: sorts it, and drops findings of rules that are
    /// about some files only where a finding of another rule covers them.
    ///
    /// Every source does so before it hands its outcome out. Doing it again, after merging, is
    /// allowed.
    pub(crate) fn finish(&mut self) {
        sort(&mut self.findings);
        sort(&mut self.suppressed);
        self.notes.sort();
        self.drop_covered();
    }

    /// Suppressed findings cover others, too, but for those that an allowlist clears.
    fn drop_covered(&mut self) {
        if self.findings.iter().all(|finding| finding.rule().path().is_none()) {
            return;
        }
        let is_about_all_files = |finding: &&Finding| finding.rule().path().is_none();
        let covers = |finding: &&Finding| match finding.suppression() {
            Some(suppression) => suppression.kind != SuppressionKind::Allowlist.as_str(),
            None => true,
        };
        let suppressed = self.suppressed.iter().filter(covers);
        let mut covering: Vec<&Finding> =
            self.findings.iter().chain(suppressed).filter(is_about_all_files).collect();
        covering.sort_by(|a, b| a.report_order(b));
        let is_covered: Vec<bool> = self
            .findings
            .iter()
            .map(|finding| finding.rule().path().is_some() && overlaps_any(finding, &covering))
            .collect();
        let mut is_covered = is_covered.into_iter();
        self.findings.retain(|_| !is_covered.next().unwrap_or(false));
    }

    pub(crate) fn merge(&mut self, other: Self) {
        append(&mut self.findings, other.findings);
        append(&mut self.suppressed, other.suppressed);
        self.coverage.merge(other.coverage);
        self.notes.extend(other.notes);
        self.is_uncommitted |= other.is_uncommitted;
    }
}

/// Sorts findings. Mostly they are in order, and sorting takes room for as many again.
fn sort(findings: &mut [Finding]) {
    if !findings.is_sorted_by(|a, b| a.report_order(b).is_le()) {
        findings.sort_by(Finding::report_order);
    }
}

/// Appends findings; the first ones are not copied.
fn append(findings: &mut Vec<Finding>, mut others: Vec<Finding>) {
    if findings.is_empty() {
        std::mem::swap(findings, &mut others);
    } else {
        findings.append(&mut others);
    }
}

/// Returns whether a finding shares bytes with another one in the same file. The others are in the
/// order of reports.
fn overlaps_any(finding: &Finding, others: &[&Finding]) -> bool {
    let first = others.partition_point(|other| other.from_root() < finding.from_root());
    for other in &others[first..] {
        if other.from_root() != finding.from_root() {
            return false;
        }
        if other.span().overlaps(finding.span()) {
            return true;
        }
    }
    false
}
