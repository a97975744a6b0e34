//! `tokensieve rules`

mod bench;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;
use tokensieve_core::{LintLevel, Rule, RuleSet, Severity};

use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::settings;

#[derive(ClapArgs, Debug)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List the rules.
    List {
        /// Add the rules of a file. Repeatable.
        #[arg(long = "rules", value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The format of the list.
        #[arg(short, long, value_enum, default_value_t)]
        format: ListFormat,
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
        top: usize,
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
        RulesCommand::List { files, format } => list(files, *format),
        RulesCommand::Lint { files } => lint(files),
        RulesCommand::Bench { paths, files, top } => bench::run(paths, files, *top),
    }
}

/// A rule as one line of JSON.
#[derive(Serialize)]
struct RuleForm<'r> {
    id: &'r str,
    provider: &'r str,
    kind: &'r str,
    name: &'r str,
    severity: Severity,
    prefixes: &'r [String],
    aliases: &'r [String],
    description: &'r str,
    url: &'r str,
    regex: &'r str,
    #[serde(rename = "remedy")]
    remediation: RemediationForm<'r>,
}

#[derive(Serialize)]
struct RemediationForm<'r> {
    ui: &'r str,
    api: &'r str,
}

impl<'r> From<&'r Rule> for RuleForm<'r> {
    fn from(rule: &'r Rule) -> Self {
        Self {
            id: rule.id(),
            provider: rule.provider(),
            kind: rule.kind(),
            name: rule.name(),
            severity: rule.severity(),
            prefixes: rule.prefixes(),
            aliases: rule.aliases(),
            description: rule.description(),
            url: rule.url(),
            regex: rule.regex(),
            remediation: RemediationForm {
                ui: rule.remediation().ui(),
                api: rule.remediation().api(),
            },
        }
    }
}

fn list(files: &[PathBuf], format: ListFormat) -> Result<Exit> {
    let mut rules = RuleSet::builtin();
    for file in files {
        rules.extend(settings::rules_of(file)?)?;
    }
    let widest = rules.iter().map(|rule| rule.id().len()).max().unwrap_or(0);
    output::to_stdout(|out| {
        rules.iter().try_for_each(|rule| match format {
            ListFormat::Text => {
                writeln!(out, "{:widest$}  {:8}  {}", rule.id(), rule.severity(), rule.name())
            }
            ListFormat::Jsonl => {
                serde_json::to_writer(&mut *out, &RuleForm::from(rule)).map_err(io::Error::from)?;
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
        texts.push((file.display().to_string(), read(file)?));
    }
    let (mut rules, mut errors, mut warnings) = (0, 0, 0);
    output::to_stdout(|out| {
        for (name, text) in &texts {
            let lints = match RuleSet::lint(name, text) {
                Ok(lints) => lints,
                Err(error) => {
                    errors += 1;
                    writeln!(out, "{error}")?;
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
                writeln!(out, "{name}:{}: {level}: {lint}", lint.line)?;
            }
        }
        Ok(())
    })?;
    let _ = writeln!(io::stderr(), "{rules} usable rules, {errors} errors, {warnings} warnings");
    Ok(if errors == 0 { Exit::Clean } else { Exit::Usage })
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
