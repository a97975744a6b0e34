//! `tokensieve pre-receive`

use crate::cli::args::{CommonArgs, EXIT_CODES, help};
use clap::{Args as ClapArgs, ValueEnum};
use std::fmt::Write;
use std::io::Read;
use std::time::Instant;

use anyhow::{Context, Result};
use tokensieve_core::coverage::Skip;
use tokensieve_core::{Finding, escape};

use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::output::summary;
use crate::cli::settings::config::of_commit;
use crate::cli::settings::git_options::range_options;
use crate::cli::settings::suppressions::{Comments, TreeFiles};
use crate::cli::settings::{self, Settings};
use crate::git::{Push, Repository, scan_range};
use crate::pipeline::{Options, Outcome, Pipeline};

/// Scan what is being pushed to this repository: a server-side hook of git and GitLab.
///
/// Reads `old new ref` lines from standard input, as git gives them to its pre-receive hook, and
/// scans what the push brings in. A push with secrets is rejected, and whoever pushed is told
/// which. The configuration is that of the default branch on the server; what the push brings along
/// does not count.
#[cfg(feature = "git")]
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES, after_long_help = help::PRE_RECEIVE)]
pub(crate) struct PreReceiveArgs {
    /// What becomes of a push that could not be looked at in time.
    #[arg(long, value_name = "WHAT", value_enum, default_value_t, requires = "timeout")]
    pub(crate) on_timeout: OnTimeout,

    /// Whoever pushes cannot override the scan, neither by a push option nor in a commit message.
    #[arg(long)]
    pub(crate) no_override: bool,

    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

#[cfg(feature = "git")]
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum OnTimeout {
    #[default]
    Reject,
    Accept,
}

/// The push option that overrides the scan: `git push -o tokensieve.skip`.
const OVERRIDE_OPTION: &str = "tokensieve.skip";
/// What overrides the scan in the message of a commit.
const OVERRIDE_WORDS: &str = "[skip tokensieve]";

/// Scans a push and says what becomes of it.
pub(crate) fn run(args: &PreReceiveArgs) -> Result<Exit> {
    let deadline = args.common.deadline();
    let mut lines = String::new();
    std::io::stdin()
        .read_to_string(&mut lines)
        .context("cannot read what git says is being pushed")?;
    let mut repository = Repository::open(None)?;
    // What the push brings along is not in HEAD yet.
    let loaded = settings::configuration(&args.common, || of_commit(&repository, None))?;
    let files = TreeFiles::of_commit(&args.common, &repository, None);
    if let Some(max_memory) = args.common.max_memory.or(loaded.user.max_memory) {
        repository.set_max_memory(max_memory);
    }
    let settings = Settings::resolve(&args.common, &loaded, &files, Comments::Brought)?;
    let push = repository.being_received(&lines)?;
    let overridden = if args.no_override { None } else { overridden(&repository, &push, deadline) };
    let pipeline =
        Pipeline::new(settings.scanner.clone(), Options { deadline, ..settings.options.clone() });
    let options = range_options(&settings, push.include, push.exclude);
    let outcome = scan_range(&pipeline, &mut repository, &options);
    let verdict = Verdict { args, outcome: &outcome, overridden };
    print_message(&verdict.message(), verdict.is_accepted());
    Ok(if verdict.is_accepted() {
        Exit::Clean
    } else {
        Exit::of(&outcome, settings.exit_code.max(1), None)
    })
}

/// Returns how the user who pushes overrode the scan, if they did.
fn overridden(
    repository: &Repository,
    push: &Push,
    deadline: Option<Instant>,
) -> Option<&'static str> {
    let count =
        std::env::var("GIT_PUSH_OPTION_COUNT").ok().and_then(|count| count.parse::<usize>().ok());
    let options = (0..count.unwrap_or(0))
        .filter_map(|index| std::env::var(format!("GIT_PUSH_OPTION_{index}")).ok());
    if options.into_iter().any(|option| option == OVERRIDE_OPTION) {
        Some("a push option")
    } else {
        repository.is_in_messages(push, OVERRIDE_WORDS, deadline).then_some("a commit message")
    }
}

/// What becomes of a push.
struct Verdict<'a> {
    args: &'a PreReceiveArgs,
    outcome: &'a Outcome,
    overridden: Option<&'static str>,
}

impl Verdict<'_> {
    fn has_findings(&self) -> bool {
        self.outcome.findings.iter().any(Finding::is_new)
    }

    /// Whether nothing but time stood against looking at everything.
    fn is_only_late(&self) -> bool {
        self.outcome
            .coverage
            .skipped()
            .all(|(reason, _)| !reason.is_gap() || reason == Skip::OutOfTime)
    }

    fn is_accepted(&self) -> bool {
        if self.overridden.is_some() {
            return true;
        }
        let is_late_and_accepted = self.args.on_timeout == OnTimeout::Accept && self.is_only_late();
        !self.has_findings() && (self.outcome.coverage.is_complete() || is_late_and_accepted)
    }

    /// Returns the message for the user who pushes; empty where the push is clean.
    fn message(&self) -> String {
        /// How many findings are listed.
        const MAX_LISTED_FINDINGS: usize = 20;
        let mut text = String::new();
        let count = self.outcome.findings.len();
        let secrets = if count == 1 { "a secret" } else { "secrets" };
        match (self.has_findings(), self.overridden) {
            (true, None) => {
                let _ = writeln!(text, "This push was rejected, since it would publish {secrets}:");
            }
            (true, Some(how)) => {
                let _ = writeln!(
                    text,
                    "This push publishes {secrets}. It was accepted, since {how} asked for that:"
                );
            }
            (false, _) if self.outcome.coverage.is_complete() => return text,
            (false, _) if self.is_accepted() => {
                let _ = writeln!(
                    text,
                    "This push was accepted, though not all of it could be looked at:"
                );
            }
            (false, _) => {
                let _ = writeln!(
                    text,
                    "This push was rejected, since not all of it could be looked at:"
                );
            }
        }
        for finding in self.outcome.findings.iter().take(MAX_LISTED_FINDINGS) {
            let path = escape(finding.path().chars());
            let _ = writeln!(text);
            let _ = writeln!(
                text,
                "  {path}:{}: {} {}",
                finding.start().line,
                escape(finding.rule().name().chars()),
                finding.redacted()
            );
            if let Some(commit) =
                finding.provenance().and_then(|provenance| provenance.commit.as_ref())
            {
                let id = commit.id.get(..12).unwrap_or(&commit.id);
                let _ = writeln!(
                    text,
                    "    brought in by commit {id}: {}",
                    escape(commit.summary.chars())
                );
            }
            if !finding.rule().remediation().ui().is_empty() {
                let _ = writeln!(
                    text,
                    "    if it was used anywhere: {}",
                    escape(finding.rule().remediation().ui().chars())
                );
            }
        }
        if count > MAX_LISTED_FINDINGS {
            let _ = writeln!(text, "\n  and {} more", count - MAX_LISTED_FINDINGS);
        }
        summary::gaps(&self.outcome.coverage, &mut text);
        if self.has_findings() && self.overridden.is_none() {
            let _ = writeln!(
                text,
                "\nTake it out of every commit that you push (git rebase -i), then push again."
            );
            if !self.args.no_override {
                let _ = writeln!(
                    text,
                    "To push it nevertheless: git push -o {OVERRIDE_OPTION}, or {OVERRIDE_WORDS} \
                     in the message of a commit."
                );
            }
        }
        text
    }
}

/// Prints a message for the user who pushes: git hands them standard error. GitLab shows lines with
/// a prefix in its web interface, too.
fn print_message(text: &str, is_accepted: bool) {
    let is_gitlab = ["GL_ID", "GL_REPOSITORY", "GL_PROTOCOL"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    let prefix = if is_gitlab && !is_accepted { "GL-HOOK-ERR: " } else { "" };
    for line in text.lines() {
        message::write_stderr(&format!("{}\n", format!("{prefix}{line}").trim_end()));
    }
}
