//! The configuration file: `.tokensieve.toml`, and beside it or in its place that of gitleaks.
//!
//! It holds the settings that a repository wants for everyone. Settings that a repository must not
//! decide come from a file that the user names, or from nowhere. Unknown keys are errors. A file
//! that does not say `version` is one of gitleaks.

use std::collections::BTreeMap;
#[cfg(feature = "archives")]
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use tokensieve_core::gitleaks::{self, Gitleaks};
use tokensieve_core::internal::plain_toml_message;
use tokensieve_core::report::Format;
use tokensieve_core::{Confidence, MAX_DECODE_DEPTH, RuleSet};
use toml::Spanned;

use crate::cli::args;
use crate::cli::output::message;
use crate::cli::settings::allowlist::{Allow, AllowForm};
use crate::cli::settings::config_lines::{Lines, one_of as one_of_names};
use crate::cli::settings::user::UserSettings;
use crate::source::Root;
use crate::tree_file;

/// The name that is looked for.
pub(crate) const FILE_NAME: &str = ".tokensieve.toml";
/// The name of gitleaks' file.
pub(crate) const GITLEAKS_NAME: &str = ".gitleaks.toml";
/// Names gitleaks' file, wherever it is.
const GITLEAKS_FILE: &str = "GITLEAKS_CONFIG";
/// Holds the text of gitleaks' file.
const GITLEAKS_TEXT: &str = "GITLEAKS_CONFIG_TOML";
/// The only version there is.
const VERSION: i64 = 1;

/// What a configuration file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    version: Option<Spanned<i64>>,
    #[serde(default)]
    pub(crate) rules: Vec<PathBuf>,
    #[serde(default)]
    pub(crate) only: Vec<String>,
    #[serde(default)]
    pub(crate) exclude_rules: Vec<String>,
    #[serde(default)]
    pub(crate) gitlab: GitlabConfig,
    pub(crate) min_confidence: Option<Confidence>,
    decode_depth: Option<Spanned<usize>>,
    #[serde(default)]
    pub(crate) no_ignore: bool,
    #[serde(default)]
    exclude_paths: Vec<Spanned<String>>,
    max_file_size: Option<Spanned<SizeForm>>,
    follow: Option<Spanned<bool>>,
    #[cfg(feature = "archives")]
    #[serde(default)]
    pub(crate) archives: bool,
    #[cfg(feature = "archives")]
    pub(crate) archive_depth: Option<NonZeroU64>,
    #[cfg(feature = "archives")]
    max_archive_size: Option<Spanned<SizeForm>>,
    #[cfg(feature = "archives")]
    pub(crate) max_archive_ratio: Option<NonZeroU64>,
    #[cfg(feature = "archives")]
    pub(crate) max_archive_members: Option<u64>,
    jobs: Option<Spanned<u16>>,
    format: Option<Spanned<String>>,
    exit_code: Option<Spanned<u8>>,
    output: Option<Spanned<PathBuf>>,
    #[serde(default)]
    allow: Vec<Spanned<AllowForm>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GitlabConfig {
    #[serde(default)]
    pub(crate) prefixes: Vec<String>,
}

/// Who has chosen a configuration.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Chosen {
    /// Whoever writes the scanned tree: it was found there.
    #[default]
    ByTree,
    /// The user, who has named it.
    ByUser,
}

/// Settings of whoever runs a scan. A tree must not make a scan leave it, take all processors, hide
/// its findings from the caller, or write a file.
#[derive(Debug, Default)]
pub(crate) struct RunnerSettings {
    pub(crate) jobs: Option<u16>,
    pub(crate) follow: bool,
    pub(crate) exit_code: Option<u8>,
    /// As seen from the working folder.
    pub(crate) output: Option<PathBuf>,
}

/// A pattern of paths with the line it stands in.
#[derive(Clone, Debug)]
pub(crate) struct PathPattern {
    pub(crate) text: String,
    pub(crate) line: usize,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum SizeForm {
    Bytes(u64),
    Text(String),
}

/// A configuration with the values that need more than their type checked.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) config: Config,
    pub(crate) runner: RunnerSettings,
    pub(crate) exclude_paths: Vec<PathPattern>,
    pub(crate) max_file_size: Option<u64>,
    #[cfg(feature = "archives")]
    pub(crate) max_archive_size: Option<u64>,
    pub(crate) format: Option<Format>,
    pub(crate) decode_depth: Option<usize>,
    /// Rule files that are not on disk, with their names.
    pub(crate) rule_texts: Vec<(String, String)>,
    /// Entries of allowlists.
    pub(crate) allow: Vec<Allow>,
    /// The file it was read from.
    pub(crate) file: Option<PathBuf>,
    /// The allowlists of gitleaks' file.
    pub(crate) gitleaks_allow: Vec<Allow>,
    /// What is wrong with those that are left out.
    pub(crate) unused_allowlists: Vec<String>,
    /// What a file of gitleaks says.
    pub(crate) gitleaks: Option<Gitleaks>,
    /// The file it was read from, where it is one.
    pub(crate) gitleaks_file: Option<PathBuf>,
    /// The name of the configuration of this program, where there is one: then the built-in rules
    /// count, whatever gitleaks' file says.
    pub(crate) name: Option<String>,
    /// The line of each key in it.
    pub(crate) lines: BTreeMap<String, usize>,
    /// The variable that names gitleaks' file, or holds it.
    pub(crate) gitleaks_variable: Option<&'static str>,
    /// What the user wants on this machine, behind all others.
    pub(crate) user: UserSettings,
    /// Who has chosen the file of this program.
    pub(crate) chosen: Chosen,
    /// Who has chosen the file of gitleaks.
    pub(crate) gitleaks_chosen: Chosen,
}

impl Loaded {
    /// Reads a file of either form that the user has named.
    pub(crate) fn read_named(file: &Path) -> Result<Self> {
        if gitleaks::is_native(&text_of(file)?) {
            return Self::read(file, Chosen::ByUser);
        }
        let mut loaded = Self { gitleaks_chosen: Chosen::ByUser, ..Self::default() };
        loaded.read_gitleaks(file)?;
        Ok(loaded)
    }

    /// Reads a file of this program.
    pub(crate) fn read(file: &Path, chosen: Chosen) -> Result<Self> {
        let text = text_of(file)?;
        // Rule files are named as seen from the configuration.
        let folder = file.parent().unwrap_or(Path::new(""));
        message::know_configuration(&text, &|rules| message::text_of(&folder.join(rules)));
        let mut loaded = Self::parse(&text, &file.display().to_string(), chosen)?;
        for rules in &mut loaded.config.rules {
            *rules = folder.join(&rules);
        }
        loaded.file = Some(file.to_owned());
        Ok(loaded)
    }

    /// Reads a file of this program that nobody named, and the rule files that it names: those
    /// below the root.
    fn picked_up(file: &Path, root: &Path) -> Result<Self> {
        let name = file.display().to_string();
        let text = picked_up_text(file)?;
        let folder = file.parent().unwrap_or(Path::new(""));
        // An error can quote a secret that only its own rules and prefixes know.
        message::know_configuration(&text, &|rules| {
            String::from_utf8(tree_file::read_below(root, &folder.join(rules)).ok()?).ok()
        });
        let mut loaded = Self::parse(&text, &name, Chosen::ByTree)?;
        for path in std::mem::take(&mut loaded.config.rules) {
            let path = folder.join(path);
            let shown = path.display().to_string();
            let wrong = || format!("{name}: cannot read the rules in {shown}");
            let content = tree_file::read_below(root, &path).with_context(wrong)?;
            let text = String::from_utf8(content).with_context(wrong)?;
            loaded.rule_texts.push((shown, text));
        }
        loaded.file = Some(file.to_owned());
        Ok(loaded)
    }

    /// Adds a file of gitleaks that nobody named. What it extends is below the root.
    fn pick_up_gitleaks(&mut self, file: &Path, root: &Path) -> Result<()> {
        // gitleaks takes what a file extends as seen from the working folder.
        let working = std::env::current_dir().and_then(|folder| folder.canonicalize()).ok();
        let read = |path: &Path| {
            let path = working.as_deref().unwrap_or(root).join(path);
            String::from_utf8(tree_file::read_below(root, &path).ok()?).ok()
        };
        self.add_gitleaks(&picked_up_text(file)?, &file.display().to_string(), &read)?;
        self.gitleaks_file = Some(file.to_owned());
        Ok(())
    }

    fn parse(text: &str, name: &str, chosen: Chosen) -> Result<Self> {
        let lines = Lines::new(text);
        let line = |offset: usize| lines.at(offset);
        let mut config: Config = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line(span.start));
            anyhow::anyhow!("{name}:{line}: {}", plain_toml_message(error.message()))
        })?;
        match &config.version {
            None => bail!("{name}:1: a configuration starts with `version = {VERSION}`"),
            Some(version) if *version.get_ref() != VERSION => bail!(
                "{name}:{}: version {} is not known to this program, which reads version {VERSION}",
                line(version.span().start),
                version.get_ref()
            ),
            Some(_) => {}
        }
        let mut loaded = Self::default();
        let size = |form: &Option<Spanned<SizeForm>>, key: &str| -> Result<Option<u64>> {
            let Some(size) = form else { return Ok(None) };
            match size.get_ref() {
                SizeForm::Bytes(bytes) => Ok(Some(*bytes)),
                SizeForm::Text(text) => args::size(text).map(Some).map_err(|wanted| {
                    anyhow::anyhow!("{name}:{}: {key}: {wanted}", line(size.span().start))
                }),
            }
        };
        loaded.max_file_size = size(&config.max_file_size, "max_file_size")?;
        #[cfg(feature = "archives")]
        {
            loaded.max_archive_size = size(&config.max_archive_size, "max_archive_size")?;
        }
        if let Some(format) = &config.format {
            loaded.format = Some(format.get_ref().parse().map_err(|_| {
                let names = one_of_names(Format::ALL.iter().map(|format| format.as_str()));
                anyhow::anyhow!("{name}:{}: format is {names}", line(format.span().start))
            })?);
        }
        if let Some(depth) = &config.decode_depth {
            if *depth.get_ref() > MAX_DECODE_DEPTH {
                bail!(
                    "{name}:{}: decode_depth is at most {MAX_DECODE_DEPTH}",
                    line(depth.span().start)
                );
            }
            loaded.decode_depth = Some(*depth.get_ref());
        }
        loaded.runner = RunnerSettings::of(&mut config, chosen)
            .map_err(|Misplaced { at, what }| anyhow::anyhow!("{name}:{}: {what}", line(at)))?;
        for pattern in std::mem::take(&mut config.exclude_paths) {
            let line = line(pattern.span().start);
            loaded.exclude_paths.push(PathPattern { text: pattern.into_inner(), line });
        }
        for form in std::mem::take(&mut config.allow) {
            let at = line(form.span().start);
            loaded.allow.push(Allow::of(form.into_inner(), name, at)?);
        }
        loaded.config = config;
        loaded.lines = lines.of_keys(text);
        loaded.name = Some(name.to_owned());
        loaded.chosen = chosen;
        Ok(loaded)
    }

    /// Adds a file of gitleaks.
    fn read_gitleaks(&mut self, file: &Path) -> Result<()> {
        // gitleaks takes what a file extends as seen from the working folder.
        self.add_gitleaks(&text_of(file)?, &file.display().to_string(), &|path| {
            std::fs::read_to_string(path).ok()
        })?;
        self.gitleaks_file = Some(file.to_owned());
        Ok(())
    }

    /// Adds a text of gitleaks. `read` gives the texts of the files that it extends.
    pub(crate) fn add_gitleaks(
        &mut self,
        text: &str,
        name: &str,
        read: &dyn Fn(&Path) -> Option<String>,
    ) -> Result<()> {
        let gitleaks = Gitleaks::read(name, text, &|path| read(Path::new(path)))?;
        (self.gitleaks_allow, self.unused_allowlists) = Allow::of_gitleaks(&gitleaks);
        self.gitleaks = Some(gitleaks);
        Ok(())
    }

    /// Takes gitleaks' file from where its variables say, which go before that of the repository.
    pub(crate) fn obey_environment(&mut self) -> Result<()> {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        if let Some(file) = variable(GITLEAKS_FILE) {
            self.read_gitleaks(Path::new(&file))
                .with_context(|| format!("{GITLEAKS_FILE} names it"))?;
            self.gitleaks_variable = Some(GITLEAKS_FILE);
        } else if let Some(text) = variable(GITLEAKS_TEXT) {
            let text = text.to_str().with_context(|| format!("{GITLEAKS_TEXT} is not UTF-8"))?;
            self.add_gitleaks(text, GITLEAKS_TEXT, &|path| std::fs::read_to_string(path).ok())?;
            self.gitleaks_file = None;
            self.gitleaks_variable = Some(GITLEAKS_TEXT);
        } else {
            return Ok(());
        }
        self.gitleaks_chosen = Chosen::ByUser;
        Ok(())
    }

    /// The rules that all others are added to.
    pub(crate) fn base_rules(&self) -> RuleSet {
        let has_own_only =
            self.gitleaks.as_ref().is_some_and(|gitleaks| !gitleaks.extends_builtin());
        if has_own_only && self.name.is_none() { RuleSet::default() } else { RuleSet::builtin() }
    }

    /// Reads a text that is in no file. `read` gives the texts of the rule files it names.
    #[cfg(feature = "git")]
    pub(crate) fn of_text(
        text: &str,
        name: &str,
        read: &dyn Fn(&Path) -> Option<String>,
    ) -> Result<Self> {
        message::know_configuration(text, read);
        let mut loaded = Self::parse(text, name, Chosen::ByTree)?;
        for path in std::mem::take(&mut loaded.config.rules) {
            let text = read(&path)
                .with_context(|| format!("{name}: cannot read the rules in {}", path.display()))?;
            loaded.rule_texts.push((path.display().to_string(), text));
        }
        Ok(loaded)
    }

    /// What of it keeps findings from being reported, a line each.
    #[cfg(feature = "git")]
    pub(crate) fn suppressions(&self) -> std::collections::BTreeSet<String> {
        let config = &self.config;
        let list = |key: &'static str, values: &[String]| -> Vec<String> {
            values.iter().map(|value| format!("{key}: {value}")).collect()
        };
        let mut lines = [
            list("exclude_rules", &config.exclude_rules),
            self.exclude_paths.iter().map(|it| format!("exclude_paths: {}", it.text)).collect(),
        ]
        .concat();
        if !config.only.is_empty() {
            lines.push(format!("only: {}", config.only.join(", ")));
        }
        if let Some(gitleaks) = &self.gitleaks {
            lines.extend(gitleaks.suppressions());
        }
        lines.extend(
            config.min_confidence.map(|confidence| format!("min_confidence: {confidence}")),
        );
        lines.extend(self.decode_depth.map(|depth| format!("decode_depth: {depth}")));
        lines.extend(self.max_file_size.map(|size| format!("max_file_size: {size}")));
        #[cfg(feature = "archives")]
        {
            lines.extend(config.archive_depth.map(|depth| format!("archive_depth: {depth}")));
            lines.extend(self.max_archive_size.map(|size| format!("max_archive_size: {size}")));
            lines.extend(
                config.max_archive_ratio.map(|ratio| format!("max_archive_ratio: {ratio}")),
            );
            lines.extend(
                config.max_archive_members.map(|members| format!("max_archive_members: {members}")),
            );
        }
        // A rule with the id of a built-in one takes its place.
        lines.extend(self.rule_texts.iter().map(|(name, _)| format!("rules: {name}")));
        lines.extend(self.allow.iter().map(Allow::in_short));
        lines.into_iter().collect()
    }

    /// Whether it says how large something may be that is looked at.
    pub(crate) fn limits_sizes(&self) -> bool {
        #[cfg(feature = "archives")]
        let limits_archives = self.max_archive_size.is_some()
            || self.config.archive_depth.is_some()
            || self.config.max_archive_ratio.is_some()
            || self.config.max_archive_members.is_some();
        #[cfg(not(feature = "archives"))]
        let limits_archives = false;
        limits_archives || self.max_file_size.is_some()
    }

    /// Looks upwards from each path to the root of its repository. All paths must agree.
    pub(crate) fn find(roots: &[Root]) -> Result<Self> {
        let root_of = |file: &Path| {
            let root = roots.iter().map(Root::path).find(|root| file.starts_with(root));
            root.or_else(|| file.parent()).unwrap_or(Path::new("")).to_owned()
        };
        let mut loaded = match one_of(roots, FILE_NAME)? {
            Some(file) => Self::picked_up(&file, &root_of(&file))?,
            None => Self::default(),
        };
        if let Some(file) = one_of(roots, GITLEAKS_NAME)? {
            loaded.pick_up_gitleaks(&file, &root_of(&file))?;
        }
        Ok(loaded)
    }
}

/// A setting that is wrong, or stands where it must not: its place, and what is wrong with it.
struct Misplaced {
    at: usize,
    what: String,
}

impl RunnerSettings {
    /// Takes the settings of whoever runs a scan out of a configuration.
    ///
    /// # Errors
    ///
    /// The tree has chosen the configuration, and it holds one of them.
    fn of(config: &mut Config, chosen: Chosen) -> Result<Self, Misplaced> {
        let places = [
            ("follow", "--follow", config.follow.as_ref().map(Spanned::span)),
            ("jobs", "--jobs", config.jobs.as_ref().map(Spanned::span)),
            ("exit_code", "--exit-code", config.exit_code.as_ref().map(Spanned::span)),
            ("output", "--output", config.output.as_ref().map(Spanned::span)),
        ];
        for (key, flag, span) in places {
            if let Some(span) = span.filter(|_| chosen == Chosen::ByTree) {
                let what = format!(
                    "`{key}` is not for a scanned tree to decide: it belongs in {flag}, or in a \
                     file outside of the tree that --config names"
                );
                return Err(Misplaced { at: span.start, what });
            }
        }
        if let Some(jobs) = config.jobs.as_ref().filter(|jobs| *jobs.get_ref() == 0) {
            let what = "jobs is at least 1".to_owned();
            return Err(Misplaced { at: jobs.span().start, what });
        }
        Ok(Self {
            jobs: config.jobs.take().map(Spanned::into_inner),
            follow: config.follow.take().is_some_and(Spanned::into_inner),
            exit_code: config.exit_code.take().map(Spanned::into_inner),
            output: config.output.take().map(Spanned::into_inner),
        })
    }
}

#[cfg(feature = "git")]
/// The configuration in a commit.
pub(crate) fn of_commit(
    repository: &crate::git::Repository,
    commit: Option<gix::ObjectId>,
) -> Result<Loaded> {
    let named = |file: &str| {
        commit.map_or_else(|| format!("HEAD:{file}"), |commit| format!("{commit}:{file}"))
    };
    let text = |file: &str| -> Result<Option<String>> {
        let Some(text) = repository.file(commit, file) else { return Ok(None) };
        Ok(Some(String::from_utf8(text).with_context(|| format!("{} is not UTF-8", named(file)))?))
    };
    let read = |path: &Path| text(path.to_str()?).ok().flatten();
    let mut loaded = match text(FILE_NAME)? {
        Some(text) => Loaded::of_text(&text, &named(FILE_NAME), &read)?,
        None => Loaded::default(),
    };
    if let Some(text) = text(GITLEAKS_NAME)? {
        loaded.add_gitleaks(&text, &named(GITLEAKS_NAME), &read)?;
    }
    Ok(loaded)
}

fn text_of(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// The text of a file that nobody named.
fn picked_up_text(file: &Path) -> Result<String> {
    let named = || format!("cannot read {}", file.display());
    let content = tree_file::read(file).with_context(named)?;
    String::from_utf8(content).with_context(named)
}

/// The file of this name that the paths have in common.
pub(crate) fn one_of(roots: &[Root], name: &str) -> Result<Option<PathBuf>> {
    let mut found: Vec<PathBuf> = roots.iter().filter_map(|root| nearest(root, name)).collect();
    found.dedup();
    match found.as_slice() {
        [] => Ok(None),
        [file] => Ok(Some(file.clone())),
        [one, other, ..] => bail!(
            "the paths have different configurations, {} and {}: scan them one by one, or name \
             one with --config",
            one.display(),
            other.display()
        ),
    }
}

/// The file of this name that is nearest upwards from a path, in its repository.
pub(crate) fn nearest(root: &Root, name: &str) -> Option<PathBuf> {
    root.folder()
        .ancestors()
        .take_while(|folder| folder.starts_with(root.path()))
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Loaded::parse(text, "c.toml", Chosen::ByTree).unwrap_err().to_string()
    }

    #[test]
    fn wrong_files_name_their_line() {
        assert!(error("").starts_with("c.toml:1: a configuration starts with `version = 1`"));
        assert!(error("version = 2\n").starts_with("c.toml:1: version 2 is not known"));
        assert!(error("version = 1\nonli = []\n").starts_with("c.toml:2: unknown field `onli`"));
        assert!(error("version = 1\n\nformat = 'xml'\n").starts_with("c.toml:3: format is"));
        assert!(
            error("version = 1\ndecode_depth = 6\n")
                .starts_with("c.toml:2: decode_depth is at most 5")
        );
        assert!(
            error("version = 1\nmax_file_size = '1 dog'\n")
                .starts_with("c.toml:2: max_file_size: expected a number")
        );
        #[cfg(feature = "archives")]
        {
            assert!(
                error("version = 1\nmax_archive_size = 'x'\n")
                    .starts_with("c.toml:2: max_archive_size: expected")
            );
            assert!(
                error("version = 1\narchive_depth = 0\n").starts_with("c.toml:2: `0` is too small")
            );
        }
        assert!(
            error("version = 1\nmin_confidence = 'sure'\n")
                .starts_with("c.toml:2: `sure` is not one of refuted, ")
        );
    }

    #[test]
    fn values() {
        let loaded = Loaded::parse(
            "version = 1\nmax_file_size = '2M'\nformat = 'json'\n[gitlab]\nprefixes = ['acme']\n",
            "",
            Chosen::ByTree,
        )
        .unwrap();
        assert_eq!(loaded.max_file_size, Some(2 << 20));
        assert_eq!(loaded.format, Some(Format::Json));
        assert_eq!(loaded.config.gitlab.prefixes, ["acme"]);
    }

    #[test]
    fn what_a_tree_does_not_decide() {
        for (key, value) in
            [("follow", "true"), ("jobs", "2"), ("exit_code", "0"), ("output", "'r.json'")]
        {
            let text = format!("version = 1\n{key} = {value}\n");
            assert!(error(&text).starts_with(&format!("c.toml:2: `{key}` is not")), "{text}");
            assert!(Loaded::parse(&text, "c.toml", Chosen::ByUser).is_ok(), "{text}");
        }
    }
}
