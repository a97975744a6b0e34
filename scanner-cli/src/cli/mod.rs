//! The command line.
//!
//! Arguments (`args`) say what the user typed and touch nothing. `settings` brings them together
//! with the configuration file and looks at the machine. The commands run on what is settled.

mod args;
mod commands;
mod environment;
#[cfg(feature = "gitlab")]
mod no_dumps;
mod output;
mod reports;
mod run;
mod settings;
mod survey;
mod tip;
#[cfg(feature = "gitlab")]
mod verification;
mod version;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use self::args::help;
#[cfg(feature = "gitlab")]
use self::commands::token;
use self::commands::{audit, baseline, config, explain, mask, rules, scan, serve};
#[cfg(feature = "git")]
use self::commands::{ci, git, pre_receive};

pub use self::output::exit::Exit;
use self::output::message;

/// Finds leaked secrets: exact about GitLab tokens, fast, and never "clean" when it did not look.
#[derive(Debug, Parser)]
#[command(name = "tokensieve", version, max_term_width = 100, after_help = help::TOP)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Scan files, folders or standard input.
    Scan(Box<scan::ScanArgs>),
    /// Scan a git repository: its whole history, a range of commits, or what is staged.
    #[cfg(feature = "git")]
    Git(Box<git::GitArgs>),
    /// Scan the new commits of a CI job: a merge request, a push or a tag, in GitLab CI or GitHub
    /// Actions.
    #[cfg(feature = "git")]
    Ci(Box<ci::CiArgs>),
    /// Scan a push on the server: git's and GitLab's pre-receive hook.
    #[cfg(feature = "git")]
    PreReceive(Box<pre_receive::PreReceiveArgs>),
    /// List, show, check and measure rules.
    #[command(after_long_help = help::RULES)]
    Rules(rules::RulesArgs),
    /// Show the settings in force, check configuration files, convert those of gitleaks.
    #[command(after_long_help = help::CONFIG)]
    Config(config::ConfigArgs),
    /// Accept known secrets, so that only new ones are reported.
    #[command(after_long_help = help::BASELINE)]
    Baseline(baseline::BaselineArgs),
    /// Inspect, verify, list, watch, create, rotate and revoke GitLab tokens.
    #[cfg(feature = "gitlab")]
    #[command(after_long_help = help::TOKEN)]
    Token(token::TokenArgs),
    /// Explain a rule, or a finding by its fingerprint.
    Explain(Box<explain::ExplainArgs>),
    /// Mask secrets in the output of another command.
    Mask(mask::MaskArgs),
    /// Answer requests of editors and other programs: JSON lines on standard input and output.
    Serve(serve::ServeArgs),
    /// Find suppressions that no longer match: comments, allowlists, baselines, ignore files.
    #[command(after_long_help = help::AUDIT)]
    Audit(Box<audit::AuditArgs>),
}

/// Runs the command line and says how the process ends. What it has to say goes to stdout and
/// stderr.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    message::hide_panics();
    let typed: Vec<OsString> = arguments.into_iter().collect();
    if typed.get(1).is_some_and(|first| first == "--version") {
        let text = format!("tokensieve {}\n", version::long());
        return match output::to_stdout(|out| out.write_all(text.as_bytes())) {
            Ok(()) => Exit::Clean,
            Err(_) => Exit::Usage,
        };
    }
    let mut command = Args::command();
    let line = match environment::complete(&mut command, typed, std::env::vars_os()) {
        Ok(line) => line,
        Err(wrong) => {
            message::print(&format!("error: {wrong}"));
            return Exit::Usage;
        }
    };
    for (name, meant) in &line.misspelt {
        message::print(&format!("warning: {name} is the variable of no option: is it {meant}?"));
    }
    let matches = command.try_get_matches_from_mut(&line.arguments);
    let args = match matches.and_then(|matches| Args::from_arg_matches(&matches)) {
        Ok(args) => args,
        Err(error) => return usage(&error, &line.arguments),
    };
    let result = match args.command {
        Command::Scan(args) => scan::run(&args),
        #[cfg(feature = "git")]
        Command::Git(args) => git::run(&args),
        #[cfg(feature = "git")]
        Command::Ci(args) => ci::run(&args),
        #[cfg(feature = "git")]
        Command::PreReceive(args) => pre_receive::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Config(args) => {
            command.build();
            config::run(&args, &line, &command)
        }
        Command::Baseline(args) => baseline::run(&args.command),
        #[cfg(feature = "gitlab")]
        Command::Token(args) => token::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Mask(args) => mask::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Audit(args) => audit::run(&args),
    };
    match result {
        Ok(exit) => exit,
        Err(error) => {
            message::error(&error);
            Exit::Usage
        }
    }
}

/// Help and version are answers, everything else is a mistake. A mistake can quote a secret that
/// was typed.
fn usage(error: &clap::Error, arguments: &[OsString]) -> Exit {
    if error.use_stderr() {
        let mut text = error.render().to_string();
        if let Some(tip) = tip::of(error.kind(), arguments) {
            text += &format!("\n  tip: {tip}\n");
        }
        message::write_stderr(&message::clean_lines(&text));
        Exit::Usage
    } else {
        let _ = error.print();
        Exit::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All commands, with how they are called.
    fn commands() -> Vec<(String, clap::Command)> {
        let mut command = Args::command();
        command.build();
        let mut open = vec![("tokensieve".to_owned(), command)];
        let mut all = Vec::new();
        while let Some((name, command)) = open.pop() {
            let below = command.get_subcommands();
            open.extend(below.map(|it| (format!("{name} {}", it.get_name()), it.clone())));
            all.push((name, command));
        }
        all
    }

    #[test]
    fn examples_in_help_are_arguments() {
        let mut count = 0;
        for (name, command) in commands() {
            let help = command.get_after_long_help().or_else(|| command.get_after_help());
            let help = help.map(ToString::to_string).unwrap_or_default();
            let examples = help.lines().filter(|line| line.starts_with("  "));
            for line in examples.filter(|line| line.contains("tokensieve ")) {
                let call = &line[line.find("tokensieve ").unwrap_or_default()..];
                // What it does stands behind two blanks.
                let call = call.split("  ").next().unwrap_or_default();
                let call = call.split(" | ").next().unwrap_or_default();
                let words = call.replace("'2 weeks ago'", "yesterday").replace("\"made up\"", "x");
                let words = words.replace("\"before we scanned\"", "x");
                let parsed = Args::try_parse_from(words.split(' '));
                assert!(parsed.is_ok(), "{name}: {call}: {}", parsed.unwrap_err());
                assert!(call.starts_with(name.as_str()), "{name}: {call}");
                count += 1;
            }
        }
        assert!(count > 20, "{count}");
    }

    /// Subcommands of a command share the examples of it.
    #[test]
    fn every_command_has_an_example() {
        let mut command = Args::command();
        command.build();
        for command in command.get_subcommands().filter(|it| it.get_name() != "help") {
            let help = command.get_after_long_help().or_else(|| command.get_after_help());
            let help = help.map(ToString::to_string).unwrap_or_default();
            let call = format!("tokensieve {}", command.get_name());
            assert!(help.contains(&call), "{call} has no example behind its options");
        }
    }

    /// What can be chosen from is listed in help, and every option says something.
    #[test]
    fn every_option_says_what_it_is() {
        for (name, command) in commands() {
            for arg in command.get_arguments() {
                let id = arg.get_id();
                assert!(arg.is_hide_set() || arg.get_help().is_some(), "{name}: {id}");
                let values = arg.get_value_names().unwrap_or_default();
                let of_list = ["FORMAT", "CONFIDENCE", "SEVERITY", "WHEN", "HOW", "WHICH", "WHAT"];
                let is_of_list = values.iter().any(|value| of_list.contains(&value.as_str()));
                if is_of_list && !name.starts_with("tokensieve token") {
                    assert!(!arg.get_possible_values().is_empty(), "{name}: {id}");
                }
            }
        }
    }

    #[test]
    fn arguments_are_sound() {
        Args::command().debug_assert();
    }
}
