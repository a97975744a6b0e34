//! Arguments and configuration, settled: what a scan is to do.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tokensieve_core::report::{Format, TextStyle};
use tokensieve_core::{Confidence, FingerprintKey, RuleSet, Scanner};

use super::args::{InputArgs, RuleArgs, ScanArgs, When};
use super::config::Loaded;
use crate::pipeline::Options;
use crate::source::{Reading, Root, Walk};

/// The environment variable that names a file with the key of all fingerprints.
const KEY_FILE: &str = "TOKENSIEVE_KEY_FILE";
const STDIN: &str = "-";

/// What a scan is to do.
pub(super) struct Settings {
    pub(super) rules: RuleSet,
    pub(super) scanner: Scanner,
    pub(super) options: Options,
    pub(super) walk: Walk,
    pub(super) paths: Vec<PathBuf>,
    /// Standard input is scanned, under this name.
    pub(super) stdin: Option<String>,
    pub(super) format: Format,
    pub(super) style: TextStyle,
    pub(super) output: Option<PathBuf>,
    pub(super) exit_code: u8,
}

impl Settings {
    /// Settles the arguments of `scan`. Flags go before the configuration; lists add up.
    pub(super) fn resolve(args: &ScanArgs) -> Result<Self> {
        let (paths, stdin) = paths(args)?;
        let loaded = configuration(args, &paths)?;
        let config = &loaded.config;
        let rules = rule_set(&args.rules, &loaded)?;
        let min_confidence = args.rules.min_confidence.or(config.min_confidence).unwrap_or(Confidence::Possible);
        let prefixes = config.gitlab.prefixes.iter().chain(&args.rules.gitlab_prefixes).cloned();
        let scanner = Scanner::builder().gitlab_prefixes(prefixes).min_confidence(min_confidence).build(&rules)?;
        let options = Options {
            min_confidence,
            shows_secrets: args.output.show_secrets,
            key: key()?,
            takes_notes: args.output.verbose,
        };
        Ok(Self {
            scanner,
            options,
            walk: walk(&args.input, args.output.output.as_deref(), &loaded)?,
            paths,
            stdin,
            format: args.output.format.or(loaded.format).unwrap_or_default(),
            style: TextStyle {
                is_coloured: is_coloured(args.output.color, args.output.output.is_some()),
                is_verbose: args.output.verbose,
            },
            output: args.output.output.clone(),
            exit_code: args.output.exit_code.or(config.exit_code).unwrap_or(1),
            rules,
        })
    }
}

/// The paths to scan, and the name of standard input where it is one of them.
fn paths(args: &ScanArgs) -> Result<(Vec<PathBuf>, Option<String>)> {
    let mut paths = args.paths.clone();
    let is_stdin = |path: &PathBuf| path.as_os_str() == STDIN;
    let stdin = paths.iter().any(is_stdin).then(|| args.input.stdin_path.clone());
    paths.retain(|path| !is_stdin(path));
    for path in &paths {
        if let Err(error) = path.symlink_metadata() {
            bail!("cannot scan {}: {error}", path.display());
        }
    }
    if let Some(list) = &args.input.files_from {
        if list.as_os_str() == STDIN && stdin.is_some() {
            bail!("standard input cannot be both scanned and the list of files");
        }
        paths.extend(listed(list, args.input.is_null_separated)?);
    } else if paths.is_empty() && stdin.is_none() {
        paths.push(PathBuf::from("."));
    }
    Ok((paths, stdin))
}

/// The paths in a list. One that does not exist is for the coverage to tell: files come and go between listing and
/// scanning.
fn listed(list: &Path, is_null_separated: bool) -> Result<Vec<PathBuf>> {
    use std::os::unix::ffi::OsStringExt;

    let mut text = Vec::new();
    let read = if list.as_os_str() == STDIN {
        io::stdin().read_to_end(&mut text).map(drop)
    } else {
        std::fs::read(list).map(|read| text = read)
    };
    read.with_context(|| format!("cannot read the list of files {}", list.display()))?;
    let end = if is_null_separated { b'\0' } else { b'\n' };
    let path = |line: &[u8]| {
        let line = if is_null_separated { line } else { line.strip_suffix(b"\r").unwrap_or(line) };
        (!line.is_empty()).then(|| PathBuf::from(std::ffi::OsString::from_vec(line.to_vec())))
    };
    Ok(text.split(|byte| *byte == end).filter_map(path).collect())
}

fn configuration(args: &ScanArgs, paths: &[PathBuf]) -> Result<Loaded> {
    match &args.config {
        Some(file) => Loaded::read(file),
        None if args.no_config => Ok(Loaded::default()),
        None => {
            let mut roots: Vec<Root> = paths.iter().filter_map(|path| Root::of(path).ok()).collect();
            // Standard input and lists belong to where the command was called.
            if roots.is_empty() {
                roots.extend(Root::of(Path::new(".")).ok());
            }
            Loaded::find(&roots)
        }
    }
}

/// The built-in rules, those of rule files, and of these the ones that are wanted.
fn rule_set(args: &RuleArgs, loaded: &Loaded) -> Result<RuleSet> {
    let mut rules = RuleSet::builtin();
    for file in loaded.config.rules.iter().chain(&args.files) {
        rules.extend(rules_of(file)?);
    }
    let only = if args.only.is_empty() { &loaded.config.only } else { &args.only };
    if !only.is_empty() {
        rules = rules.only(only)?;
    }
    let exclude: Vec<&String> = loaded.config.exclude_rules.iter().chain(&args.exclude).collect();
    rules = rules.without(&exclude)?;
    if rules.is_empty() {
        bail!("no rule is left to look for: see --only and --exclude-rule, and `tokensieve rules list`");
    }
    Ok(rules)
}

/// The rules of a file.
pub(super) fn rules_of(file: &Path) -> Result<RuleSet> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(RuleSet::from_toml(&file.display().to_string(), &text)?)
}

fn walk(args: &InputArgs, output: Option<&Path>, loaded: &Loaded) -> Result<Walk> {
    let config = &loaded.config;
    let mut walk = Walk {
        is_gitignore_honoured: !(args.no_ignore || config.no_ignore),
        follows_links: args.follow || config.follow,
        max_file_size: args.max_file_size.or(loaded.max_file_size),
        excluded: config.exclude_paths.iter().chain(&args.exclude_paths).cloned().collect(),
        own_files: loaded.file.iter().cloned().chain(output.map(Path::to_owned)).collect(),
        reading: if args.mmap {
            Reading::Mapped
        } else if args.no_mmap {
            Reading::Plain
        } else {
            Reading::Auto
        },
        ..Walk::default()
    };
    if let Some(jobs) = args.jobs.or(config.jobs) {
        walk.jobs = usize::from(jobs);
    }
    walk.exclusions(Path::new("/")).context("wrong --exclude-path")?;
    Ok(walk)
}

fn key() -> Result<FingerprintKey> {
    let Some(file) = std::env::var_os(KEY_FILE).filter(|file| !file.is_empty()) else {
        return Ok(FingerprintKey::default());
    };
    let file = PathBuf::from(file);
    let named = || format!("{KEY_FILE} names {}", file.display());
    let key = std::fs::read(&file).with_context(named)?;
    FingerprintKey::new(key.trim_ascii()).with_context(named)
}

fn is_coloured(when: When, is_file: bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
            !is_file && io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
        }
    }
}
