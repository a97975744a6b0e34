//! `tokensieve config show`

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args as ClapArgs, Command};
use indicatif::HumanBytes;
use serde::Serialize;

use crate::cli::args::{CommonArgs, InputArgs};
use crate::cli::environment::{CommandLine, typed_options};
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::settings::config::Loaded;
use crate::cli::settings::suppressions::{Comments, TreeFiles};
use crate::cli::settings::walk::{roots, walk};
use crate::cli::settings::{self, Settings};
use crate::source::Walk;

/// Show each setting of a scan, its value, and where that comes from: an option, a variable, a line
/// of a file, or nowhere.
#[derive(ClapArgs, Debug)]
pub(crate) struct ShowArgs {
    /// A file or folder; the settings are those of a scan of it.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// Print JSON: a list of objects with setting, value and source.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    common: CommonArgs,

    #[command(flatten)]
    input: InputArgs,
}

/// A setting as it is shown.
#[derive(Serialize)]
struct Row {
    setting: &'static str,
    value: String,
    source: String,
}

/// Shows the settings of a scan. `line` is how the command was called.
pub(super) fn run(args: &ShowArgs, line: &CommandLine, command: &Command) -> Result<Exit> {
    let roots = roots(std::slice::from_ref(&args.path));
    let loaded = settings::configuration(&args.common, || Loaded::find(&roots))?;
    let files = TreeFiles::of_folders(&args.common, &roots)?;
    let settings = Settings::resolve(&args.common, &loaded, &files, Comments::Honoured)?;
    let walk = walk(&args.input, &settings, &loaded, &files);
    let typed = typed_options(command, &line.typed);
    let mut rows = Rows { typed, line, loaded: &loaded, rows: Vec::new() };
    rows.files(args, &files);
    rows.rules(args, &settings);
    rows.inputs(args, &settings, &walk);
    rows.outputs(args, &settings);
    let mut rows = rows.rows;
    for row in &mut rows {
        row.value = message::clean(&row.value);
        row.source = message::clean(&row.source);
    }
    let text = if args.json { serde_json::to_string_pretty(&rows)? + "\n" } else { table(&rows) };
    output::to_stdout(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

fn table(rows: &[Row]) -> String {
    let width = |of: fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let names = width(|row| row.setting.len());
    let values = width(|row| row.value.chars().count()).min(40);
    let line =
        |row: &Row| format!("{:names$}  {:values$}  {}\n", row.setting, row.value, row.source);
    rows.iter().map(line).collect()
}

struct Rows<'a> {
    typed: BTreeSet<String>,
    line: &'a CommandLine,
    loaded: &'a Loaded,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn add(&mut self, setting: &'static str, value: impl Display, source: String) {
        self.rows.push(Row { setting, value: value.to_string(), source });
    }

    /// Adds a setting that has one value, with the option and the key that it is known by.
    fn one(&mut self, setting: &'static str, option: &str, value: impl Display) {
        let source = self.source(option, setting).unwrap_or_else(|| "default".to_owned());
        self.add(setting, value, source);
    }

    /// Adds a list, an entry a row: those of the file and those of the option.
    fn list(&mut self, setting: &'static str, option: &str, lists: [&[String]; 2]) {
        let [of_file, of_option] = lists;
        if of_file.is_empty() && of_option.is_empty() {
            self.add(setting, "none", "default".to_owned());
        }
        for value in of_file {
            self.add(setting, value, self.in_file(setting).unwrap_or_default());
        }
        for value in of_option {
            self.add(setting, value, self.typed_or_variable(option).unwrap_or_default());
        }
    }

    fn typed_or_variable(&self, option: &str) -> Option<String> {
        if self.typed.contains(option) {
            return Some(format!("--{option}"));
        }
        self.line.variables.get(option).cloned()
    }

    fn in_file(&self, key: &str) -> Option<String> {
        let name = self.loaded.name.as_deref()?;
        self.loaded.lines.get(key).map(|line| format!("{name}:{line}"))
    }

    fn of_user(&self, key: &str) -> Option<String> {
        let user = &self.loaded.user;
        let file = user.file.as_ref()?;
        user.lines.get(key).map(|line| format!("{}:{line}", file.display()))
    }

    fn source(&self, option: &str, key: &str) -> Option<String> {
        self.typed_or_variable(option).or_else(|| self.in_file(key)).or_else(|| self.of_user(key))
    }

    fn files(&mut self, args: &ShowArgs, files: &TreeFiles) {
        let found = "found in the tree";
        let common = &args.common;
        let name = self.loaded.name.clone();
        let source = self
            .typed_or_variable("config")
            .or_else(|| common.no_config.then(|| self.typed_or_variable("no-config")).flatten());
        let found_or = |source: Option<String>| source.unwrap_or_else(|| found.to_owned());
        match &name {
            Some(name) => self.add("configuration", name, found_or(source.clone())),
            None => self.add("configuration", "none", source.clone().unwrap_or_default()),
        }
        if let Some(gitleaks) = &self.loaded.gitleaks {
            let source = self.loaded.gitleaks_variable.map(str::to_owned).or(source);
            self.add("gitleaks' configuration", gitleaks.file(), found_or(source));
        }
        if let Some(file) = &self.loaded.user.file {
            self.add("settings of the user", file.display(), "found in the user's folder".into());
        }
        let baseline = self.typed_or_variable("baseline");
        if let Some(file) = &common.baseline {
            self.add("baseline", file.display(), baseline.unwrap_or_default());
        }
        for name in files.names() {
            let is_baseline = name.ends_with(settings::suppressions::BASELINE);
            let setting = if is_baseline { "baseline" } else { "ignore file" };
            self.add(setting, name, found.to_owned());
        }
        if common.no_baseline {
            let source = self.typed_or_variable("no-baseline").unwrap_or_default();
            self.add("baseline", "none", source);
        }
        if let Some(file) = std::env::var_os(settings::key::KEY_FILE).filter(|it| !it.is_empty()) {
            let file = PathBuf::from(file);
            self.add("key of fingerprints", file.display(), settings::key::KEY_FILE.to_owned());
        }
    }

    fn rules(&mut self, args: &ShowArgs, settings: &Settings) {
        let config = &self.loaded.config;
        let rules = &args.common.rules;
        let paths = |files: &[PathBuf]| -> Vec<String> {
            files.iter().map(|file| file.display().to_string()).collect()
        };
        let picked_up = self.loaded.rule_texts.iter().map(|(name, _)| name.clone());
        let of_file: Vec<String> = paths(&config.rules).into_iter().chain(picked_up).collect();
        self.list("rules", "rules", [&of_file, &paths(&rules.files)]);
        let only = if rules.only.is_empty() { config.only.as_slice() } else { &[] };
        self.list("only", "only", [only, &rules.only]);
        self.list("exclude_rules", "exclude-rule", [&config.exclude_rules, &rules.exclude]);
        let prefixes = [config.gitlab.prefixes.as_slice(), &rules.gitlab_prefixes];
        self.list("gitlab.prefixes", "gitlab-prefix", prefixes);
        self.one("decode_depth", "decode-depth", settings.decode_depth);
        self.one("passwords", "passwords", rules.passwords.unwrap_or_default().as_str());
        self.one("min_confidence", "min-confidence", settings.options.min_confidence);
        self.one("min_severity", "min-severity", or(settings.min_severity, "all"));
        let comments = if args.common.no_inline_allow { "off" } else { "on" };
        self.one("comments that allow", "no-inline-allow", comments);
        for allow in &self.loaded.allow {
            let place = format!("{}:{}", allow.file, allow.line);
            self.add("allow", allow.in_short(), place);
        }
        let of_gitleaks = self.loaded.gitleaks_allow.iter();
        for allow in of_gitleaks {
            let place = format!("{}:{}", allow.file, allow.line);
            self.add("allow", allow.in_short(), place);
        }
    }

    fn inputs(&mut self, args: &ShowArgs, settings: &Settings, walk: &Walk) {
        let common = &args.common;
        let loaded = self.loaded;
        let patterns: Vec<String> =
            loaded.exclude_paths.iter().map(|pattern| pattern.text.clone()).collect();
        self.list("exclude_paths", "exclude-path", [&patterns, &common.exclude_paths]);
        self.one("no_ignore", "no-ignore", !walk.is_gitignore_honoured);
        self.one("no_patches", "no-patches", args.input.no_patches);
        self.one("follow", "follow", walk.follows_links);
        self.one("max_file_size", "max-file-size", or(walk.max_file_size.map(HumanBytes), "none"));
        #[cfg(feature = "archives")]
        match &walk.archives {
            None => self.one("archives", "archives", false),
            Some(limits) => {
                self.one("archives", "archives", true);
                self.one("archive_depth", "archive-depth", limits.depth.most);
                let size = HumanBytes(limits.size.most);
                self.one("max_archive_size", "max-archive-size", size);
                self.one("max_archive_ratio", "max-archive-ratio", limits.ratio.most);
                self.one("max_archive_members", "max-archive-members", limits.members.most);
            }
        }
        self.one("jobs", "jobs", or(settings.jobs, "one per CPU core"));
        let max_memory = common.max_memory.or(loaded.user.max_memory).map(HumanBytes);
        self.one("max_memory", "max-memory", or(max_memory, "256 MiB"));
        let timeout = common.timeout.map(|timeout| format!("{} s", timeout.as_secs()));
        self.one("timeout", "timeout", or(timeout, "none"));
    }

    fn outputs(&mut self, args: &ShowArgs, settings: &Settings) {
        let output = &args.common.output;
        self.one("format", "format", settings.format.as_str());
        let file = settings.output.as_ref().map(|file| file.display());
        self.one("output", "output", or(file, "standard output"));
        let reports: Vec<String> = settings
            .reports
            .iter()
            .map(|report| format!("{}={}", report.format.as_str(), report.file.display()))
            .collect();
        self.list("report", "report", [&[], &reports]);
        let link = settings.link.as_ref().map(ToString::to_string);
        self.one("link", "link", or(link, "guessed from the remote"));
        self.one("exit_code", "exit-code", settings.exit_code);
        self.one("fail_on", "fail-on", or(settings.fail_on, "every severity"));
        let color = output.color.or(self.loaded.user.color).unwrap_or_default();
        self.one("color", "color", color.as_str());
        self.one("progress", "progress", settings.progress.as_str());
        self.one("show_secrets", "show-secrets", settings.options.shows_secrets);
        self.one("show_suppressed", "show-suppressed", settings.shows_suppressed);
        self.one("all_refs", "all-refs", settings.options.names_all_refs);
        self.one("verbose", "verbose", output.verbose);
        self.one("quiet", "quiet", settings.is_quiet);
    }
}

/// A value, or what is there without one.
fn or(value: Option<impl Display>, without: &str) -> String {
    value.map_or_else(|| without.to_owned(), |value| value.to_string())
}
