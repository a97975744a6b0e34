//! Formats and files of reports, as they are typed.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use tokensieve_core::report::Format;

/// A file that a report goes to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ReportFile {
    pub(crate) format: Format,
    /// `-` is standard output.
    pub(crate) file: PathBuf,
}

/// Reads `FORMAT=FILE`, or a file whose name says its format. Only letters before the `=` are a
/// format: a file `./a=b.json` has one in its name.
pub(super) fn report(text: &str) -> Result<ReportFile, String> {
    let (format, file) = match text.split_once('=') {
        Some((name, file)) if name.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            let format = name.parse().map_err(|_| unknown(name))?;
            (format, file)
        }
        _ => (Format::of_file(text).ok_or_else(|| no_format(text))?, text),
    };
    if file.is_empty() {
        return Err("a file is missing behind the `=`".to_owned());
    }
    Ok(ReportFile { format, file: PathBuf::from(file) })
}

fn unknown(name: &str) -> String {
    let names: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
    format!("`{name}` is no format: one of {}", names.join(", "))
}

fn no_format(file: &str) -> String {
    format!("the name says no format: write it in front, as in `json={file}`")
}

/// Reads the name of a format; help lists all of them.
#[derive(Clone, Copy)]
pub(crate) struct PossibleFormats;

impl TypedValueParser for PossibleFormats {
    type Value = Format;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Format, clap::Error> {
        let names = PossibleValuesParser::new(Format::ALL.iter().map(|format| format.as_str()));
        let name = names.parse_ref(command, arg, value)?;
        // It is one of the names.
        Ok(name.parse().unwrap_or_default())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::ALL.iter().map(|format| PossibleValue::new(format.as_str()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_said_or_guessed() {
        let table = [
            ("json=out", Format::Json, "out"),
            ("sarif=a=b", Format::Sarif, "a=b"),
            ("out/a.csv", Format::Csv, "out/a.csv"),
            ("./a=b.md", Format::Markdown, "./a=b.md"),
            ("gl-secret-detection-report.json", Format::Gitlab, "gl-secret-detection-report.json"),
            ("gitlab=-", Format::Gitlab, "-"),
        ];
        for (text, format, file) in table {
            assert_eq!(report(text), Ok(ReportFile { format, file: PathBuf::from(file) }));
        }
        for wrong in ["", "json=", "xml=a", "report", "-", "a=b.json"] {
            assert!(report(wrong).is_err(), "{wrong}");
        }
    }
}
