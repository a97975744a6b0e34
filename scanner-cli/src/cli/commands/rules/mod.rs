//! `tokensieve rules`

mod bench;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;
use tokensieve_core::report::write_json;
use tokensieve_core::{LintLevel, Rule, RuleSet, Severity};

use crate::cli::args;
use crate::cli::output;
use crate::cli::output::about_rule;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::output::summary::counted;
use crate::cli::settings;

#[derive(ClapArgs, Debug)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List the rules, or those whose id, provider, name or alias holds all of some words.
    List {
        /// Words to look for, in upper or lower case.
        #[arg(value_name = "WORD")]
        words: Vec<String>,
        /// Add the rules of a file. Repeatable.
        #[arg(long = "rules", value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The format of the list.
        #[arg(short, long, value_enum, default_value_t)]
        format: ListFormat,
    },
    /// Show all that is known of a rule.
    Show {
        /// Its id, or the id that another scanner has for it.
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
        /// Add the rules of a file. Repeatable.
        #[arg(long = "rules", value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Check rule files; without any, the built-in rules.
    Lint {
        /// Rule files.
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Measure what each rule costs on files, most costly first: places to try, time, findings.
    Bench {
        /// Files and folders; `.` if there is none.
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Add the rules of a file. Repeatable.
        #[arg(long = "rules", value_name = "FILE")]
        files: Vec<PathBuf>,
        /// How many rules to show.
        #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
        #[arg(value_parser = args::number)]
        top: u64,
    },
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum ListFormat {
    #[default]
    Text,
    Jsonl,
}

/// Runs one of the commands.
pub(crate) fn run(args: &RulesArgs) -> Result<Exit> {
    match &args.command {
        RulesCommand::List { words, files, format } => list(words, files, *format),
        RulesCommand::Show { ids, files } => show(ids, files),
        RulesCommand::Lint { files } => lint(files),
        RulesCommand::Bench { paths, files, top } => {
            bench::run(paths, files, usize::try_from(*top).unwrap_or(usize::MAX))
        }
    }
}

/// A rule as one line of JSON.
#[derive(Serialize)]
struct RuleForm {
    id: String,
    provider: String,
    kind: String,
    name: String,
    severity: Severity,
    prefixes: Vec<String>,
    aliases: Vec<String>,
    description: String,
    url: String,
    regex: String,
    #[serde(rename = "remedy")]
    remediation: RemediationForm,
}

#[derive(Serialize)]
struct RemediationForm {
    ui: String,
    api: String,
}

impl From<&Rule> for RuleForm {
    /// A rule can hold the token that it was made for, so secrets are taken out of all its texts.
    fn from(rule: &Rule) -> Self {
        let clean = message::redact;
        let list = |texts: &[String]| texts.iter().map(|text| clean(text)).collect();
        let remedy = rule.remediation();
        Self {
            id: clean(rule.id()),
            provider: clean(rule.provider()),
            kind: clean(rule.kind()),
            name: clean(rule.name()),
            severity: rule.severity(),
            prefixes: list(rule.prefixes()),
            aliases: list(rule.aliases()),
            description: clean(rule.description()),
            url: clean(rule.url()),
            regex: clean(rule.regex()),
            remediation: RemediationForm { ui: clean(remedy.ui()), api: clean(remedy.api()) },
        }
    }
}

/// The built-in rules and those of files.
fn rules_with(files: &[PathBuf]) -> Result<RuleSet> {
    let mut rules = RuleSet::builtin();
    for file in files {
        message::know_rule_file(file);
        rules.extend(settings::rules_of(file)?)?;
    }
    Ok(rules)
}

/// Whether a rule is called by all of these words, in lower case.
fn is_about(rule: &Rule, words: &[String]) -> bool {
    let names = [&[rule.id(), rule.provider(), rule.name()][..]].concat().join("\n");
    let names = format!("{names}\n{}", rule.aliases().join("\n")).to_lowercase();
    words.iter().all(|word| names.contains(word))
}

fn show(ids: &[String], files: &[PathBuf]) -> Result<Exit> {
    // An unknown one is an error that names the nearest.
    let rules = rules_with(files)?.only(ids)?;
    output::to_stdout(|out| rules.iter().try_for_each(|rule| about_rule::write(rule, out)))?;
    Ok(Exit::Clean)
}

fn list(words: &[String], files: &[PathBuf], format: ListFormat) -> Result<Exit> {
    let rules = rules_with(files)?;
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let wanted = || rules.iter().filter(|rule| is_about(rule, &words));
    let widest = wanted().map(|rule| rule.id().len()).max().unwrap_or(0);
    output::to_stdout(|out| {
        wanted().try_for_each(|rule| match format {
            ListFormat::Text => {
                let (id, name) = (message::clean(rule.id()), message::clean(rule.name()));
                writeln!(out, "{id:widest$}  {:8}  {name}", rule.severity())
            }
            ListFormat::Jsonl => {
                write_json(&RuleForm::from(rule), out)?;
                writeln!(out)
            }
        })
    })?;
    Ok(Exit::Clean)
}

/// Prints what is wrong, a line each; errors are findings of a kind, warnings are not.
fn lint(files: &[PathBuf]) -> Result<Exit> {
    let mut texts: Vec<(String, String)> = Vec::new();
    if files.is_empty() {
        texts.extend(RuleSet::builtin_files().map(|(name, text)| (name, text.to_owned())));
    }
    for file in files {
        let text = read(file)?;
        message::know_rules(text.clone());
        texts.push((file.display().to_string(), text));
    }
    let (mut rules, mut errors, mut warnings) = (0, 0, 0);
    output::to_stdout(|out| {
        for (name, text) in &texts {
            let lints = match RuleSet::lint(name, text) {
                Ok(lints) => lints,
                Err(error) => {
                    errors += 1;
                    let line = error.place().map_or(1, |(_, line)| line);
                    let error = format!("{name}:{line}: error: {}", error.message());
                    writeln!(out, "{}", message::clean(&error))?;
                    continue;
                }
            };
            rules += RuleSet::from_toml(name, text).map_or(0, |set| set.len());
            for lint in lints {
                let level = match lint.level {
                    LintLevel::Error => "error",
                    LintLevel::Warning => "warning",
                };
                if lint.level == LintLevel::Error {
                    errors += 1
                } else {
                    warnings += 1
                }
                let lint = format!("{name}:{}: {level}: {lint}", lint.line);
                writeln!(out, "{}", message::clean(&lint))?;
            }
        }
        Ok(())
    })?;
    let rules = counted(rules, "usable rule");
    let counts = format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"));
    message::print(&format!("{rules}, {counts}"));
    Ok(if errors == 0 { Exit::Clean } else { Exit::Usage })
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
