//! What a user wants on their machine, whatever is scanned: `tokensieve/config.toml` in
//! `$XDG_CONFIG_HOME`, or else in `~/.config`.
//!
//! It decides how fast a scan is and how it looks, never what it finds: the same tree has the same
//! findings on every machine. Everything else goes before it.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use serde::Deserialize;
use tokensieve_core::internal::plain_toml_message;
use tokensieve_core::report::Format;
use toml::Spanned;

use crate::cli::args::{self, ProgressStyle, When};
use crate::cli::settings::config_lines::{Lines, one_of};
use crate::tree_file;

/// The file, in the folder of all configurations.
const FILE: &str = "tokensieve/config.toml";
/// The only version there is.
const VERSION: i64 = 1;
/// What there is.
const KEYS: &str = "`jobs`, `max_memory`, `format`, `color` and `progress`";

/// The settings of a user, those that are given.
#[derive(Debug, Default)]
pub(crate) struct UserSettings {
    pub(crate) jobs: Option<u16>,
    pub(crate) max_memory: Option<u64>,
    pub(crate) format: Option<Format>,
    pub(crate) color: Option<When>,
    pub(crate) progress: Option<ProgressStyle>,
    /// The file they were read from.
    pub(crate) file: Option<PathBuf>,
    /// The line of each key.
    pub(crate) lines: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    version: Option<Spanned<i64>>,
    jobs: Option<Spanned<u16>>,
    max_memory: Option<Spanned<String>>,
    format: Option<Spanned<String>>,
    color: Option<Spanned<String>>,
    progress: Option<Spanned<String>>,
}

impl UserSettings {
    /// Reads the file of the user who runs this, if there is one. A folder that this user may not
    /// look into has none.
    ///
    /// # Errors
    ///
    /// It is there and cannot be read, or something in it is wrong.
    pub(crate) fn read() -> Result<Self> {
        let Some(file) = file() else { return Ok(Self::default()) };
        let text = match tree_file::read_bounded(&file) {
            Ok(text) => String::from_utf8(text)
                .with_context(|| format!("cannot read {}", file.display()))?,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(Self::default());
            }
            // Another user's home, as `sudo -u` and containers leave it in HOME.
            Err(error)
                if error.kind() == ErrorKind::PermissionDenied
                    && file.symlink_metadata().is_err() =>
            {
                return Ok(Self::default());
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", file.display()));
            }
        };
        let mut settings = Self::parse(&text, &file.display().to_string())?;
        settings.file = Some(file);
        Ok(settings)
    }

    fn parse(text: &str, name: &str) -> Result<Self> {
        let lines = Lines::new(text);
        let form: Form = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| lines.at(span.start));
            let message = error.message();
            let plain = plain_toml_message(message);
            let is_unknown = plain.starts_with("unknown field") && !plain.contains("did you mean");
            let why = if is_unknown { refusal(message) } else { plain };
            anyhow!("{name}:{line}: {why}")
        })?;
        match form.version.map(Spanned::into_inner) {
            Some(VERSION) => {}
            _ => bail!("{name}:1: settings start with `version = {VERSION}`"),
        }
        let place = |at: usize| format!("{name}:{}", lines.at(at));
        if let Some(jobs) = form.jobs.as_ref().filter(|jobs| *jobs.get_ref() == 0) {
            bail!("{}: jobs is at least 1", place(jobs.span().start));
        }
        let max_memory = form.max_memory.map(|size| {
            args::size(size.get_ref())
                .map_err(|wanted| anyhow!("{}: max_memory: {wanted}", place(size.span().start)))
        });
        let format = form.format.map(|format| {
            format.get_ref().parse().map_err(|_| {
                let names = Format::ALL.iter().map(|format| format.as_str());
                anyhow!("{}: format is {}", place(format.span().start), one_of(names))
            })
        });
        Ok(Self {
            jobs: form.jobs.map(Spanned::into_inner),
            max_memory: max_memory.transpose()?,
            format: format.transpose()?,
            color: choice(form.color, "color", &place)?,
            progress: choice(form.progress, "progress", &place)?,
            file: None,
            lines: lines.of_keys(text),
        })
    }
}

/// Why a key is not for this file.
fn refusal(message: &str) -> String {
    let key = message.split('`').nth(1).unwrap_or_default();
    format!(
        "`{key}` is no setting of a user: there are {KEYS}. What is found is decided by the \
         repository's .tokensieve.toml, so that every machine finds the same"
    )
}

fn choice<T: ValueEnum>(
    value: Option<Spanned<String>>,
    key: &str,
    place: &dyn Fn(usize) -> String,
) -> Result<Option<T>> {
    let Some(value) = value else { return Ok(None) };
    T::from_str(value.get_ref(), false).map(Some).map_err(|_| {
        let values = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
        let names = one_of(names.iter().map(String::as_str));
        anyhow!("{}: {key} is {names}", place(value.span().start))
    })
}

/// Where the file is, if it is anywhere. A folder that is not absolute counts for nothing, as the
/// specification has it.
fn file() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    let folder = variable("XDG_CONFIG_HOME").filter(|folder| folder.is_absolute());
    let home = || variable("HOME").filter(|home| home.is_absolute());
    let folder = folder.or_else(|| Some(home()?.join(".config")))?;
    Some(folder.join(Path::new(FILE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        UserSettings::parse(text, "u").unwrap_err().to_string()
    }

    #[test]
    fn all_keys() {
        let text = "version = 1\njobs = 2\nmax_memory = '1G'\nformat = 'json'\ncolor = 'never'\n\
                    progress = 'plain'\n";
        let settings = UserSettings::parse(text, "u").unwrap();
        assert_eq!((settings.jobs, settings.max_memory), (Some(2), Some(1 << 30)));
        assert_eq!(settings.format, Some(Format::Json));
        assert_eq!(settings.color, Some(When::Never));
        assert_eq!(settings.progress, Some(ProgressStyle::Plain));
        assert_eq!(settings.lines["progress"], 6);
    }

    #[test]
    fn what_changes_findings_is_refused() {
        let refused = error("version = 1\nexclude_paths = ['a']\n");
        assert!(refused.starts_with("u:2: `exclude_paths` is no setting of a user"), "{refused}");
        assert!(error("version = 1\nformats = 'json'\n").contains("did you mean `format`?"));
        assert!(error("jobs = 2\n").starts_with("u:1: settings start with"));
        assert!(error("version = 1\njobs = 0\n").starts_with("u:2: jobs is at least 1"));
        assert!(error("version = 1\ncolor = 'red'\n").starts_with("u:2: color is one of auto, "));
        let no_number = error("version = 1\nmax_memory = 'x'\n");
        assert!(no_number.starts_with("u:2: max_memory: expected a number"), "{no_number}");
    }
}
