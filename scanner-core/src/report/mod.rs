//! Writes what a scan came to: for people, for programs, for forges.
//!
//! A report is handed findings that are redacted already and writes them in the order they are in.
//! All formats are described in docs/formats.md. A run without findings is a valid document in each
//! of them.

mod escaped;
mod json;
mod model;
#[cfg(feature = "sarif")]
mod sarif;
mod text;

pub use self::escaped::write_json;
pub use self::model::{Report, TextStyle};

use core::fmt;
use core::str::FromStr;
use std::io::{self, Write};

use crate::verdict::UnknownName;

/// The form of a report.
///
/// ```
/// use tokensieve_core::report::Format;
///
/// assert_eq!("jsonl".parse(), Ok(Format::Jsonl));
/// assert_eq!(Format::default(), Format::Text);
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
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
}

impl Format {
    /// All formats.
    pub const ALL: &[Self] = &[
        Self::Text,
        Self::Json,
        Self::Jsonl,
        #[cfg(feature = "sarif")]
        Self::Sarif,
    ];

    /// The name used in arguments.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            #[cfg(feature = "sarif")]
            Self::Sarif => "sarif",
        }
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
        match format {
            Format::Text => text::write(self, style, out),
            Format::Json => json::write_document(self, out),
            Format::Jsonl => json::write_lines(self, out),
            #[cfg(feature = "sarif")]
            Format::Sarif => sarif::write(self, out),
        }
    }
}

#[cfg(test)]
mod fixture;

#[cfg(test)]
mod tests {
    use super::fixture::Fixture;
    use super::*;

    #[test]
    fn no_format_holds_a_secret_that_is_not_shown() {
        let fixtures = [Fixture::new(false), Fixture::odd()];
        for (fixture, format) in fixtures
            .iter()
            .flat_map(|fixture| Format::ALL.iter().map(move |format| (fixture, format)))
        {
            let written = fixture.write(*format);
            for secret in fixture.secrets() {
                assert!(!written.contains(secret), "{format}: {written}");
            }
        }
    }

    #[test]
    fn no_format_passes_on_what_changes_how_the_rest_looks() {
        for format in Format::ALL {
            for line in Fixture::odd().write(*format).lines() {
                assert_eq!(line, crate::escape(line.chars()), "{format}");
            }
        }
    }

    #[test]
    fn an_empty_run_is_a_valid_document() {
        let empty = Fixture::empty();
        assert_eq!(empty.write(Format::Text), "");
        let document: serde_json::Value = serde_json::from_str(&empty.write(Format::Json)).unwrap();
        assert_eq!(document["findings"].as_array().unwrap().len(), 0);
        assert_eq!(document["coverage"]["complete"], true);
        let lines = empty.write(Format::Jsonl);
        assert_eq!(lines.lines().count(), 1);
        assert!(lines.starts_with(r#"{"type":"coverage","version":1,"complete":true"#), "{lines}");
    }
}
