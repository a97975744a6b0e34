//! The table of formats: names, file names, media types, writers.

use core::fmt;
use core::str::FromStr;
use std::io::{self, Write};

use crate::report::model::{Report, TextStyle};
#[cfg(feature = "sarif")]
use crate::report::sarif;
use crate::report::{
    codequality, csv, github, gitlab, gitleaks, html, json, junit, markdown, text,
};
use crate::verdict::UnknownName;

/// The form of a report.
///
/// ```
/// use tokensieve_core::report::Format;
///
/// assert_eq!("jsonl".parse(), Ok(Format::Jsonl));
/// assert_eq!(Format::default(), Format::Text);
/// assert_eq!(Format::of_file("out/gl-secret-detection-report.json"), Some(Format::Gitlab));
/// assert_eq!(Format::of_file("leaks.csv"), Some(Format::Csv));
/// assert_eq!(Format::Csv.media_type(), "text/csv");
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[non_exhaustive]
pub enum Format {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// SARIF 2.1.0.
    #[cfg(feature = "sarif")]
    Sarif,
    /// GitLab's report of secret detection.
    Gitlab,
    /// GitLab's Code Quality report.
    CodeQuality,
    /// JUnit's XML.
    Junit,
    /// Comma-separated values.
    Csv,
    /// Markdown for a comment on a merge request.
    Markdown,
    /// Workflow commands of GitHub Actions.
    Github,
    /// The JSON report of gitleaks.
    Gitleaks,
    /// A page for a browser.
    Html,
}

/// A row of the table.
struct Row {
    format: Format,
    name: &'static str,
    /// The names of files that are known to be of the form.
    files: &'static [&'static str],
    /// How the names of other files of the form end.
    endings: &'static [&'static str],
    media_type: &'static str,
    /// Whether it has secrets in clear where findings hold them.
    can_show_secrets: bool,
    write: fn(&Report<'_>, TextStyle, &mut dyn Write) -> io::Result<()>,
}

const ROWS: &[Row] = &[
    Row {
        format: Format::Text,
        name: "text",
        files: &[],
        endings: &[".txt", ".text", ".log"],
        media_type: "text/plain",
        can_show_secrets: true,
        write: text::write,
    },
    Row {
        format: Format::Json,
        name: "json",
        files: &[],
        endings: &[".json"],
        media_type: "application/json",
        can_show_secrets: true,
        write: |report, _, out| json::write_document(report, out),
    },
    Row {
        format: Format::Jsonl,
        name: "jsonl",
        files: &[],
        endings: &[".jsonl", ".ndjson"],
        media_type: "application/jsonl",
        can_show_secrets: true,
        write: |report, _, out| json::write_lines(report, out),
    },
    #[cfg(feature = "sarif")]
    Row {
        format: Format::Sarif,
        name: "sarif",
        files: &[],
        endings: &[".sarif", ".sarif.json"],
        media_type: "application/sarif+json",
        can_show_secrets: false,
        write: |report, _, out| sarif::write(report, out),
    },
    Row {
        format: Format::Gitlab,
        name: "gitlab",
        files: &["gl-secret-detection-report.json"],
        endings: &[".gitlab.json"],
        media_type: "application/json",
        can_show_secrets: false,
        write: |report, _, out| gitlab::write(report, out),
    },
    Row {
        format: Format::CodeQuality,
        name: "codequality",
        files: &["gl-code-quality-report.json", "codequality.json", "code-quality.json"],
        endings: &[".codequality.json"],
        media_type: "application/json",
        can_show_secrets: false,
        write: |report, _, out| codequality::write(report, out),
    },
    Row {
        format: Format::Junit,
        name: "junit",
        files: &[],
        endings: &[".xml"],
        media_type: "application/xml",
        can_show_secrets: false,
        write: |report, _, out| junit::write(report, out),
    },
    Row {
        format: Format::Csv,
        name: "csv",
        files: &[],
        endings: &[".csv"],
        media_type: "text/csv",
        can_show_secrets: true,
        write: |report, _, out| csv::write(report, out),
    },
    Row {
        format: Format::Markdown,
        name: "markdown",
        files: &[],
        endings: &[".md", ".markdown"],
        media_type: "text/markdown",
        can_show_secrets: false,
        write: |report, _, out| markdown::write(report, out),
    },
    Row {
        format: Format::Github,
        name: "github",
        files: &[],
        endings: &[],
        media_type: "text/plain",
        can_show_secrets: false,
        write: |report, _, out| github::write(report, out),
    },
    Row {
        format: Format::Gitleaks,
        name: "gitleaks",
        files: &["gitleaks.json", "gitleaks-report.json"],
        endings: &[".gitleaks.json"],
        media_type: "application/json",
        can_show_secrets: true,
        write: |report, _, out| gitleaks::write(report, out),
    },
    Row {
        format: Format::Html,
        name: "html",
        files: &[],
        endings: &[".html", ".htm"],
        media_type: "text/html",
        can_show_secrets: false,
        write: |report, _, out| html::write(report, out),
    },
];

impl Format {
    /// All formats.
    pub const ALL: &[Self] = {
        const ALL: [Format; ROWS.len()] = {
            let mut all = [Format::Text; ROWS.len()];
            let mut at = 0;
            while at < ROWS.len() {
                all[at] = ROWS[at].format;
                at += 1;
            }
            all
        };
        &ALL
    };

    fn row(self) -> &'static Row {
        // Each format has a row, which a test asks for: the alternative is never taken.
        ROWS.iter().find(|row| row.format == self).unwrap_or(&ROWS[0])
    }

    /// The name used in arguments.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().name
    }

    /// The media type of a report, as HTTP names it. All of them are UTF-8.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.row().media_type
    }

    /// Whether a report of findings that hold their secrets shows them. Forges keep the files that
    /// others are for; GitLab's has them only with [`Report::has_raw_extracts`].
    #[must_use]
    pub fn can_show_secrets(self) -> bool {
        self.row().can_show_secrets
    }

    /// Guesses the form of a file from its name: one that tools look for, else how it ends.
    /// Upper and lower case are the same.
    #[must_use]
    pub fn of_file(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
        if let Some(row) = ROWS.iter().find(|row| row.files.contains(&name.as_str())) {
            return Some(row.format);
        }
        // The longer ending says more.
        let endings = ROWS.iter().flat_map(|row| row.endings.iter().map(move |end| (row, end)));
        endings
            .filter(|(_, end)| name.ends_with(**end))
            .max_by_key(|(_, end)| end.len())
            .map(|(row, _)| row.format)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL.iter().copied().find(|format| format.as_str() == text).ok_or(UnknownName)
    }
}

impl Report<'_> {
    /// Writes the report.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, format: Format, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
        (format.row().write)(self, style, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::tests::all_of;

    #[test]
    fn every_format_has_one_row() {
        for format in all_of::<Format>() {
            let count = ROWS.iter().filter(|row| row.format == format).count();
            assert_eq!(count, 1, "{format:?}");
        }
    }

    #[test]
    fn each_name_and_ending_is_of_one_format() {
        for row in ROWS {
            assert_eq!(row.format.row().name, row.name);
            assert_eq!(row.name.parse(), Ok(row.format));
            for file in row.files {
                assert_eq!(Format::of_file(&format!("a/{file}")), Some(row.format));
            }
            for end in row.endings {
                assert_eq!(Format::of_file(&format!("a{end}")), Some(row.format), "{end}");
            }
        }
    }

    #[test]
    fn files_of_no_form() {
        for name in ["", "report", "a.csv/b", "json", "a.docx"] {
            assert_eq!(Format::of_file(name), None, "{name}");
        }
        assert_eq!(Format::of_file(r"C:\out\A.SARIF"), Some(Format::Sarif));
    }
}
