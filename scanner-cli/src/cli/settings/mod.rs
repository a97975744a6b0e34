//! Arguments and configuration, settled: what a scan is to do.

mod allowlist;
pub(crate) mod budget;
#[cfg(feature = "git")]
pub(crate) mod committed;
pub(crate) mod config;
mod config_lines;
#[cfg(feature = "git")]
pub(crate) mod git_options;
pub(crate) mod key;
pub(crate) mod patterns;
pub(crate) mod suppressions;
mod tree_configuration;
mod user;
pub(crate) mod walk;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use tokensieve_core::coverage::TreeConfiguration;
use tokensieve_core::report::{Format, LinkTemplate, TextStyle};
use tokensieve_core::{Confidence, DEFAULT_DECODE_DEPTH, RuleSet, Scanner, Severity};

use crate::cli::args::{CommonArgs, ProgressStyle, ReportFile, RuleArgs, When};
use crate::cli::output::STDOUT;
use crate::cli::output::message;
use crate::cli::settings::config::Loaded;
use crate::cli::settings::patterns::Patterns;
use crate::cli::settings::suppressions::{Comments, TreeFiles};
use crate::cli::settings::tree_configuration::ReplacedRules;
use crate::cli::settings::user::UserSettings;
use crate::pipeline::Options;
use crate::source::exclusions;
use crate::threads;

/// What a scan is to do, whatever its source.
pub(crate) struct Settings {
    pub(crate) rules: RuleSet,
    pub(crate) scanner: Scanner,
    pub(crate) options: Options,
    /// Patterns of paths that are left out.
    pub(crate) exclude_paths: Vec<String>,
    /// The number of threads, where it is not one a processor.
    pub(crate) jobs: Option<usize>,
    pub(crate) format: Format,
    pub(crate) style: TextStyle,
    /// Where the report goes, if not to standard output.
    pub(crate) output: Option<PathBuf>,
    /// Reports beside it.
    pub(crate) reports: Vec<ReportFile>,
    /// How findings link to a forge, where it is not guessed.
    pub(crate) link: Option<LinkTemplate>,
    /// GitLab's report holds secrets in clear.
    pub(crate) has_raw_extracts: bool,
    /// Text that goes to files has colours, too.
    pub(crate) colours_files: bool,
    /// The roots of what is scanned: a link below them is not followed by what writes.
    pub(crate) roots: Vec<PathBuf>,
    /// The files of the scanned tree that take something away.
    pub(crate) configuration: Vec<TreeConfiguration>,
    pub(crate) warnings: Vec<String>,
    /// Findings less severe than this are not reported.
    pub(crate) min_severity: Option<Severity>,
    pub(crate) decode_depth: usize,
    /// Findings less severe than this do not change the exit code.
    pub(crate) fail_on: Option<Severity>,
    pub(crate) progress: ProgressStyle,
    pub(crate) exit_code: u8,
    pub(crate) is_quiet: bool,
    /// Suppressed findings are in the report, too.
    pub(crate) shows_suppressed: bool,
}

impl Settings {
    /// Brings arguments and configuration together. Flags go before the configuration; lists add
    /// up.
    pub(crate) fn resolve(
        args: &CommonArgs,
        loaded: &Loaded,
        files: &TreeFiles,
        comments: Comments,
    ) -> Result<Self> {
        let config = &loaded.config;
        if !args.output.quiet {
            warn_of_gitleaks(loaded);
        }
        let (rules, replaced) = rule_set(&args.rules, loaded)?;
        let min_confidence =
            args.rules.min_confidence.or(config.min_confidence).unwrap_or(Confidence::Possible);
        let prefixes = config.gitlab.prefixes.iter().chain(&args.rules.gitlab_prefixes).cloned();
        let decode_depth =
            args.rules.decode_depth.or(loaded.decode_depth).unwrap_or(DEFAULT_DECODE_DEPTH);
        let color = args.output.color.or(loaded.user.color).unwrap_or_default();
        let custom_key = key::from_environment()?;
        let (suppressions, key) =
            suppressions::suppressions(args, loaded, files, comments, custom_key.as_ref())?;
        let today = suppressions::today();
        let allow = loaded.allow.iter().chain(&loaded.gitleaks_allow).map(|allow| &allow.list);
        let scanner = Scanner::builder()
            .clearing(allow.filter(|list| !list.is_expired(today)))
            .keeps_refuted(true)
            .keeps_shadowed(suppressions.can_clear())
            .gitlab_prefixes(prefixes)
            .min_confidence(min_confidence)
            .decode_depth(decode_depth)
            .passwords(args.rules.passwords.unwrap_or_default())
            .build(&rules)?;
        message::know_redactor(scanner.redactor());
        let options = Options {
            min_confidence,
            shows_secrets: args.output.show_secrets,
            key: custom_key.or(key).unwrap_or_default(),
            takes_notes: args.output.verbose,
            suppressions: Arc::new(suppressions),
            // What is known covers what rules about some paths find in the same bytes.
            keeps_suppressed: args.output.show_suppressed || rules.has_rules_with_paths(),
            names_all_refs: args.output.all_refs,
            // The clock of a command starts before `deadline` is set.
            ..Options::default()
        };
        let Patterns { list: exclude_paths, warnings } =
            patterns::resolve(loaded, &args.exclude_paths, &files.roots);
        exclusions(&exclude_paths, Path::new("/")).context("wrong --exclude-path")?;
        let output = args.output.output.as_ref().or(loaded.runner.output.as_ref());
        let output = output.filter(|file| file.as_os_str() != STDOUT).cloned();
        let guessed = output.as_ref().and_then(|file| Format::of_file(&file.to_string_lossy()));
        let format = args.output.format.or(loaded.format).or(guessed).or(loaded.user.format);
        let format = format.unwrap_or_default();
        let has_raw_extracts = args.output.gitlab_raw_extract;
        let mut formats = args.output.reports.iter().map(|report| report.format).chain([format]);
        if has_raw_extracts && !formats.any(|format| format == Format::Gitlab) {
            bail!(
                "--gitlab-raw-extract is about GitLab's report: add `--report \
                 gl-secret-detection-report.json`"
            );
        }
        Ok(Self {
            configuration: tree_configuration::of(args, loaded, files, &options, replaced)
                .named_from_root(&files.roots, scanner.redactor()),
            scanner,
            options,
            exclude_paths,
            jobs: args
                .jobs
                .or(loaded.runner.jobs)
                .or(loaded.user.jobs)
                .map(|jobs| threads::capped(jobs.into())),
            format,
            style: TextStyle {
                is_coloured: is_coloured(color, output.is_some()),
                is_verbose: args.output.verbose,
                width: output.is_none().then(terminal_width).flatten(),
            },
            min_severity: args.rules.min_severity,
            decode_depth,
            fail_on: args.output.fail_on,
            progress: args.output.progress.or(loaded.user.progress).unwrap_or_default(),
            output,
            reports: args.output.reports.clone(),
            link: args.output.link.clone(),
            has_raw_extracts,
            colours_files: color == When::Always,
            roots: files.roots.clone(),
            warnings,
            exit_code: args.output.exit_code.or(loaded.runner.exit_code).unwrap_or(1),
            is_quiet: args.output.quiet,
            shows_suppressed: args.output.show_suppressed,
            rules,
        })
    }
}

/// The configuration that was named, or the one that `find` finds, unless none is wanted.
pub(crate) fn configuration(
    args: &CommonArgs,
    find: impl FnOnce() -> Result<Loaded>,
) -> Result<Loaded> {
    message::know_prefixes(args.rules.gitlab_prefixes.iter().map(String::as_str));
    args.rules.files.iter().for_each(|file| message::know_rule_file(file));
    let user = UserSettings::read()?;
    let mut loaded = match &args.config {
        Some(file) => return Ok(Loaded { user, ..Loaded::read_named(file)? }),
        None if args.no_config => Loaded::default(),
        None => find()?,
    };
    budget::check(&loaded)?;
    loaded.obey_environment()?;
    loaded.user = user;
    Ok(loaded)
}

/// Says on standard error, in one line, that a file of gitleaks does otherwise than it seems. The
/// linter says all of it.
fn warn_of_gitleaks(loaded: &Loaded) {
    let Some(gitleaks) = &loaded.gitleaks else { return };
    let remarks = gitleaks.remarks().iter().map(ToString::to_string);
    let remarks: Vec<String> = remarks.chain(loaded.unused_allowlists.iter().cloned()).collect();
    let Some(first) = remarks.first() else { return };
    // A remark can quote what the file holds.
    let first = first.replacen(": warning: ", ": ", 1);
    let more = match remarks.len() - 1 {
        0 => String::new(),
        more => format!(" ({more} more: see `tokensieve config lint {}`)", gitleaks.file()),
    };
    message::print(&format!("warning: {first}{more}"));
}

/// The built-in rules, those of rule files, and of these the ones that are wanted. Also which files
/// have replaced, changed or taken out built-in ones.
fn rule_set(args: &RuleArgs, loaded: &Loaded) -> Result<(RuleSet, ReplacedRules)> {
    let mut rules = loaded.base_rules();
    let mut replaced = ReplacedRules::default();
    let before = rules.builtin_len();
    for file in &loaded.config.rules {
        rules.extend(rules_of(file)?)?;
    }
    for (name, text) in &loaded.rule_texts {
        rules.extend(RuleSet::from_toml(name, text)?)?;
    }
    replaced.by_configuration = rules.builtin_len() < before;
    for file in &args.files {
        rules.extend(rules_of(file)?)?;
    }
    if let Some(gitleaks) = &loaded.gitleaks {
        let before = rules.builtin_len();
        gitleaks.apply_to(&mut rules);
        replaced.by_gitleaks = before == 0 || rules.builtin_len() < before;
        if rules.is_empty() {
            bail!(
                "{}: no rule is left to look for: write `[extend]` and `useDefault = true` to \
                 add to the built-in ones",
                gitleaks.file()
            );
        }
    }
    suppressions::check_rules(loaded, &rules)?;
    let only = if args.only.is_empty() { &loaded.config.only } else { &args.only };
    if !only.is_empty() {
        rules = rules.only(only)?;
    }
    let exclude: Vec<&String> = loaded.config.exclude_rules.iter().chain(&args.exclude).collect();
    rules = rules.without(&exclude)?;
    if rules.is_empty() {
        bail!(
            "no rule is left to look for: see --only and --exclude-rule, and `tokensieve rules \
             list`"
        );
    }
    Ok((rules, replaced))
}

/// The rules of a file.
pub(crate) fn rules_of(file: &Path) -> Result<RuleSet> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(RuleSet::from_toml(&file.display().to_string(), &text)?)
}

/// Files have colours only where they are asked for. A terminal has them unless NO_COLOR,
/// CLICOLOR=0 or TERM=dumb say otherwise; CLICOLOR_FORCE is for logs of CI jobs.
fn is_coloured(when: When, is_file: bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let choice = anstream::AutoStream::choice(&io::stdout());
            !is_file && choice != anstream::ColorChoice::Never
        }
    }
}

/// The width of the terminal that standard output is, if it is one.
fn terminal_width() -> Option<usize> {
    let (width, _) = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten()?;
    Some(usize::from(width.0))
}
