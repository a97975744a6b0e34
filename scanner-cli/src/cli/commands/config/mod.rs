//! `tokensieve config`

mod show;

use clap::{Args as ClapArgs, Command, Subcommand};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tokensieve_core::gitleaks::{self, Gitleaks};
use tokensieve_core::{LintLevel, RuleSet};

use crate::cli::environment::CommandLine;
use crate::cli::output;
use crate::cli::output::Target;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::output::summary::counted;
use crate::cli::settings::budget;
use crate::cli::settings::config::{Chosen, FILE_NAME, GITLEAKS_NAME, Loaded, one_of};
use crate::cli::settings::patterns;
use crate::source::Root;
use crate::tree_file;

#[derive(ClapArgs, Debug)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Say what is wrong with a configuration file, or is otherwise than it seems.
    Lint {
        /// A configuration of this program or of gitleaks; without one, those of the repository.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Write a configuration of gitleaks in the form of this program: .tokensieve.toml and a rule
    /// file.
    Convert {
        /// A configuration of gitleaks; without one, that of the repository.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// The folder to write to. No file is overwritten.
        #[arg(short, long, value_name = "DIR", default_value = ".")]
        output: PathBuf,
    },
    /// Show each setting of a scan, its value, and where that comes from.
    Show(Box<show::ShowArgs>),
}

/// The name of the rule file that is written beside a converted configuration.
const RULE_FILE: &str = ".tokensieve-rules.toml";

/// Runs one of the commands. `line` is how it was called, as an argument of `command`.
pub(crate) fn run(args: &ConfigArgs, line: &CommandLine, command: &Command) -> Result<Exit> {
    match &args.command {
        ConfigCommand::Lint { file } => lint(file.as_deref()),
        ConfigCommand::Convert { file, output } => convert(file.as_deref(), output),
        ConfigCommand::Show(args) => show::run(args, line, command),
    }
}

/// Errors are findings of a kind, warnings are not.
fn lint(file: Option<&Path>) -> Result<Exit> {
    let files = match file {
        Some(file) => vec![file.to_owned()],
        None => {
            let found = [in_repository(FILE_NAME)?, in_repository(GITLEAKS_NAME)?];
            found.into_iter().flatten().collect()
        }
    };
    if files.is_empty() {
        bail!("there is neither {FILE_NAME} nor {GITLEAKS_NAME} here: name a file");
    }
    let (mut errors, mut warnings) = (0, 0);
    let mut lines = Vec::new();
    let mut add_remark = |level, line: String| {
        match level {
            LintLevel::Error => errors += 1,
            LintLevel::Warning => warnings += 1,
        }
        lines.push(line);
    };
    for file in &files {
        let text = text_of(file)?;
        if file.file_name().is_some_and(|name| name == FILE_NAME) || gitleaks::is_native(&text) {
            lint_native(file, &mut add_remark);
        } else if let Some(error) = costs_too_much(file, &text, &read) {
            add_remark(LintLevel::Error, format!("{error:#}"));
        } else {
            for remark in Gitleaks::lint(&file.display().to_string(), &text, &read) {
                add_remark(remark.level, remark.to_string());
            }
        }
    }
    // A remark can quote what a file holds.
    let text = lines.iter().fold(String::new(), |text, line| text + &message::clean(line) + "\n");
    output::to_stdout(|out| out.write_all(text.as_bytes()))?;
    let (errors_found, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
    message::print(&format!("{errors_found}, {warnings}"));
    Ok(if errors == 0 { Exit::Clean } else { Exit::Usage })
}

/// Why a file of gitleaks that is picked up by its name costs too much, if it does.
fn costs_too_much(
    file: &Path,
    text: &str,
    read: &dyn Fn(&str) -> Option<String>,
) -> Option<anyhow::Error> {
    if file.file_name().is_none_or(|name| name != GITLEAKS_NAME) {
        return None;
    }
    let mut loaded = Loaded::default();
    let name = file.display().to_string();
    // What else is wrong with it, the linter tells.
    loaded.add_gitleaks(text, &name, &|path| read(path.to_str()?)).ok()?;
    budget::check(&loaded).err()
}

/// The configuration itself, and the rule files that it names.
fn lint_native(file: &Path, add_remark: &mut impl FnMut(LintLevel, String)) {
    let is_of_tree = file.file_name().is_some_and(|name| name == FILE_NAME);
    let chosen = if is_of_tree { Chosen::ByTree } else { Chosen::ByUser };
    let loaded = match text_of(file).and_then(|_| Loaded::read(file, chosen)) {
        Ok(loaded) => loaded,
        Err(error) => return add_remark(LintLevel::Error, format!("{error:#}")),
    };
    if let (true, Err(error)) = (is_of_tree, budget::check(&loaded)) {
        add_remark(LintLevel::Error, format!("{error:#}"));
    }
    for remark in patterns::lint(&loaded, &Root::of(file).into_iter().collect::<Vec<_>>()) {
        add_remark(LintLevel::Warning, remark);
    }
    let mut known = loaded.base_rules();
    for rules in &loaded.config.rules {
        let name = rules.display().to_string();
        let lints = text_of(rules).and_then(|text| Ok(RuleSet::lint(&name, &text)?));
        match lints {
            Err(error) => add_remark(LintLevel::Error, format!("{error:#}")),
            Ok(lints) => {
                // What it changes has to be there.
                let added = text_of(rules)
                    .and_then(|text| Ok(RuleSet::from_toml(&name, &text)?))
                    .and_then(|own| Ok(known.extend(own)?));
                let is_reported = lints.iter().any(|lint| lint.level == LintLevel::Error);
                if let (Err(error), false) = (added, is_reported) {
                    add_remark(LintLevel::Error, format!("{error:#}"));
                }
                for lint in lints {
                    let level = if lint.level == LintLevel::Error { "error" } else { "warning" };
                    add_remark(lint.level, format!("{name}:{}: {level}: {lint}", lint.line));
                }
            }
        }
    }
}

fn convert(file: Option<&Path>, folder: &Path) -> Result<Exit> {
    let file = match file {
        Some(file) => file.to_owned(),
        None => in_repository(GITLEAKS_NAME)?.with_context(|| {
            format!("there is no {GITLEAKS_NAME} here: name a configuration of gitleaks")
        })?,
    };
    let text = text_of(&file)?;
    if gitleaks::is_native(&text) {
        bail!("{} is a configuration of this program already: it has a `version`", file.display());
    }
    let gitleaks = Gitleaks::read(&file.display().to_string(), &text, &read)?;
    let native = gitleaks.to_native(RULE_FILE);
    let mut targets = vec![(folder.join(FILE_NAME), &native.config)];
    if !native.rules.is_empty() {
        targets.push((folder.join(RULE_FILE), &native.rules));
    }
    if let Some((target, _)) = targets.iter().find(|(target, _)| target.symlink_metadata().is_ok())
    {
        bail!(
            "{} is there already, and is not overwritten: name another folder with -o",
            target.display()
        );
    }
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for (target, text) in targets {
        output::to_file(&Target::of_user(&target), |out| out.write_all(text.as_bytes()))?;
        message::print(&format!("{} is written", target.display()));
    }
    for left_out in &native.left_out {
        message::print(&format!("not converted: {left_out}"));
    }
    Ok(Exit::Clean)
}

fn in_repository(name: &str) -> Result<Option<PathBuf>> {
    let roots: Vec<Root> = Root::of(Path::new(".")).into_iter().collect();
    one_of(&roots, name)
}

fn text_of(file: &Path) -> Result<String> {
    let named = || format!("cannot read {}", file.display());
    String::from_utf8(tree_file::read_bounded(file).with_context(named)?).with_context(named)
}

/// What a file of gitleaks extends is looked for in the working folder, as there.
fn read(path: &str) -> Option<String> {
    text_of(Path::new(path)).ok()
}
