//! Writes what a scan came to: for people, for programs, for forges.
//!
//! A report is handed findings that are redacted already and writes them in the order they are in.
//! All formats are described in docs/formats.md. A run without findings is a valid document in each
//! of them. One file a format; `format.rs` has the table of them.

mod codequality;
mod csv;
mod escaped;
mod format;
mod github;
mod gitlab;
mod gitleaks;
mod groups;
mod html;
mod json;
mod junit;
mod link;
mod markdown;
mod model;
#[cfg(feature = "sarif")]
mod sarif;
mod text;
mod words;

pub use self::escaped::write_json;
pub use self::format::Format;
pub use self::html::{HtmlPage, PageData, html_text};
pub use self::link::{BadTemplate, Forge, LinkTemplate};
pub use self::model::{Report, TextStyle};
pub use crate::finding::packed::ExcerptParts;

#[cfg(test)]
mod fixture;

#[cfg(test)]
mod tests {
    use super::fixture::Fixture;
    use super::*;

    #[test]
    fn no_format_holds_a_secret_that_is_not_shown() {
        for (fixture, format) in every_format(false) {
            let written = fixture.write(format);
            for secret in fixture.secrets() {
                assert!(!written.contains(secret), "{format}: {written}");
            }
        }
    }

    #[test]
    fn forges_get_no_secret_even_where_it_is_shown() {
        let fixture = Fixture::new(true);
        for format in Format::ALL.iter().filter(|format| !format.can_show_secrets()) {
            let written = fixture.write(*format);
            for secret in fixture.secrets() {
                assert!(!written.contains(secret), "{format}: {written}");
            }
        }
        for format in Format::ALL.iter().filter(|format| format.can_show_secrets()) {
            assert!(fixture.write(*format).contains(fixture.secrets()[0]), "{format}");
        }
    }

    #[test]
    fn no_format_passes_on_what_changes_how_the_rest_looks() {
        for (fixture, format) in every_format(false) {
            for line in fixture.write(format).lines() {
                assert_eq!(line, crate::escape(line.chars()), "{format}");
                if format != Format::Github {
                    assert!(!line.trim_start().starts_with("::"), "{format}: {line}");
                }
            }
        }
    }

    /// All formats of all fixtures.
    fn every_format(is_shown: bool) -> Vec<(Fixture, Format)> {
        let fixtures = || {
            [
                Fixture::empty(),
                Fixture::new(is_shown),
                Fixture::odd(),
                Fixture::hostile(),
                Fixture::suppressed(),
                Fixture::repeated(),
            ]
        };
        let of = |format: &Format| fixtures().map(|fixture| (fixture, *format));
        Format::ALL.iter().flat_map(of).collect()
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
