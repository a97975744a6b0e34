//! What a report is made of.

use crate::finding::Finding;
use crate::finding::coverage::Coverage;
use crate::report::link::LinkTemplate;

/// The look of a text report. Other formats have one look.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextStyle {
    /// With colours, as ANSI escape codes.
    pub is_coloured: bool,
    /// With all places of a secret and the references that lead to it.
    pub is_verbose: bool,
    /// The width of the terminal in cells; without it, long lines are not wrapped.
    pub width: Option<usize>,
}

/// The result of a scan, ready to be written in any format.
///
/// ```
/// use tokensieve_core::report::{Format, Report, TextStyle};
/// use tokensieve_core::Coverage;
///
/// let coverage = Coverage::default();
/// let report = Report::new(&[], &coverage, "1.2.3");
/// let mut out = Vec::new();
/// report.write(Format::Json, TextStyle::default(), &mut out)?;
/// assert!(out.starts_with(br#"{"version":1,"findings":[]"#));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Report<'a> {
    /// The findings, in the order of [`Finding::report_order`].
    pub findings: &'a [Finding],
    /// The record of what was scanned.
    pub coverage: &'a Coverage,
    /// The version of the program that reports.
    pub tool_version: &'a str,
    /// When the scan started and ended, in seconds since 1970. Only GitLab's format has it.
    pub started_and_ended: (i64, i64),
    /// How findings link to the pages of a forge, where that is known.
    pub link: Option<&'a LinkTemplate>,
    /// In GitLab's format: the secrets in clear, of findings that hold them. GitLab needs them for
    /// validity checks and revocation; whoever may read the report can read them, too.
    pub has_raw_extracts: bool,
    /// Nothing of it is committed yet, so no secret has left the machine: the text does not tell
    /// how to revoke them. False by default.
    pub is_uncommitted: bool,
}

impl<'a> Report<'a> {
    /// Makes a report without links, whose scan started and ended at 0. Set its fields for more.
    #[must_use]
    pub fn new(findings: &'a [Finding], coverage: &'a Coverage, tool_version: &'a str) -> Self {
        Self {
            findings,
            coverage,
            tool_version,
            started_and_ended: (0, 0),
            link: None,
            has_raw_extracts: false,
            is_uncommitted: false,
        }
    }

    /// Returns the link to a finding, if there is one.
    pub(super) fn link_to(&self, finding: &Finding) -> Option<String> {
        let revision = self.coverage.repository.as_ref().and_then(|from| from.revision.as_deref());
        self.link?.link(finding, revision)
    }
}
