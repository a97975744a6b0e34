//! What a report is made of.

use crate::finding::Finding;
use crate::finding::coverage::Coverage;

/// How a text report looks. Other formats have but one look.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextStyle {
    /// With colours, as ANSI escape codes.
    pub is_coloured: bool,
    /// With fingerprints.
    pub is_verbose: bool,
}

/// What a scan came to.
///
/// ```
/// use tokensieve_core::report::{Format, Report, TextStyle};
/// use tokensieve_core::Coverage;
///
/// let report = Report { findings: &[], coverage: &Coverage::default(), tool_version: "1.2.3" };
/// let mut out = Vec::new();
/// report.write(Format::Json, TextStyle::default(), &mut out)?;
/// assert!(out.starts_with(br#"{"version":1,"findings":[]"#));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The findings, in the order of [`Finding::report_order`].
    pub findings: &'a [Finding],
    /// What was looked at.
    pub coverage: &'a Coverage,
    /// The version of the program that reports.
    pub tool_version: &'a str,
}
