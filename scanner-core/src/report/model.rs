//! What a report is made of.

use crate::finding::Finding;
use crate::finding::coverage::Coverage;
use crate::report::link::LinkTemplate;

/// How a text report looks. Other formats have but one look.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextStyle {
    /// With colours, as ANSI escape codes.
    pub is_coloured: bool,
    /// With all places of a secret and the references that lead to it.
    pub is_verbose: bool,
    /// The width of the terminal in cells; without it, long lines are not wrapped.
    pub width: Option<usize>,
}

/// What a scan came to.
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
    /// What was looked at.
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
    /// A report without links, of a scan that took place in 1970.
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

    /// Links to a finding, where it can be linked to.
    pub(super) fn link_to(&self, finding: &Finding) -> Option<String> {
        let revision = self.coverage.repository.as_ref().and_then(|from| from.revision.as_deref());
        self.link?.link(finding, revision)
    }
}
