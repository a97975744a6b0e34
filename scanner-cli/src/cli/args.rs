//! What the user types. Nothing here touches the machine.

use std::path::PathBuf;

use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand, ValueEnum};
use tokensieve_core::report::Format;
use tokensieve_core::{Confidence, Date, LARGEST_DECODE_DEPTH};

use crate::suppress::STDIN;

const EXIT_CODES: &str = "Exit codes:
  0  everything was looked at, nothing was found
  1  there are findings (see --exit-code)
  2  a wrong argument, rule file or configuration
  3  nothing was found, but something could not be looked at";

/// Finds leaked secrets: exact about GitLab tokens, fast, and never "clean" when it did not look.
#[derive(Debug, Parser)]
#[command(name = "tokensieve", version, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Scan files, folders or standard input.
    Scan(Box<ScanArgs>),
    /// Scan a git repository: its whole history, a range of commits, or what is staged.
    #[cfg(feature = "git")]
    Git(Box<GitArgs>),
    /// Scan what a job of GitLab CI or GitHub Actions is about: a merge request, a push, a tag.
    #[cfg(feature = "git")]
    Ci(Box<CiArgs>),
    /// Scan what is being pushed to this repository: a server-side hook of git and GitLab.
    #[cfg(feature = "git")]
    PreReceive(Box<PreReceiveArgs>),
    /// Look at the rules.
    Rules(RulesArgs),
    /// Check configuration files, and write those of gitleaks in the form of this program.
    Config(ConfigArgs),
    /// Keep a list of secrets that are known, so that only new ones are reported.
    Baseline(BaselineArgs),
    /// Find suppressions that match nothing any more: comments, allowlists, baselines, ignore files.
    Audit(Box<AuditArgs>),
}

/// Scan files, folders or standard input.
///
/// Findings go to standard output, the summary to standard error. Secrets are never printed unless asked for.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct ScanArgs {
    /// Files or folders; `-` is standard input. Without any, the current folder.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) common: CommonArgs,

    #[command(flatten)]
    pub(super) input: InputArgs,
}

/// Scan a git repository: its whole history, a range of commits, or what is staged.
///
/// Without --staged or --range, every blob that any reference leads to is scanned, and each secret is reported once,
/// with the commit that introduced it. Nothing of the repository is executed.
#[cfg(feature = "git")]
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct GitArgs {
    /// The repository, or a folder in it. Without one, that of the current folder, or of GIT_DIR.
    #[arg(value_name = "REPO")]
    pub(super) repo: Option<PathBuf>,

    #[command(flatten)]
    pub(super) part: PartArgs,

    #[command(flatten)]
    pub(super) common: CommonArgs,
}

#[cfg(feature = "git")]
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Which part")]
pub(super) struct PartArgs {
    /// Scan what is staged, as it would be committed. For pre-commit hooks.
    #[arg(long, conflicts_with_all = ["range", "pre_push", "all_objects", "branches", "since", "until", "max_commits"])]
    pub(super) staged: bool,

    /// With --staged: findings in lines that were there before fail, too.
    #[arg(long, requires = "staged")]
    pub(super) all_lines: bool,

    /// Scan what the commits of a range brought in: A..B is what B has and A has not.
    #[arg(long, value_name = "A..B")]
    #[arg(conflicts_with_all = ["pre_push", "all_objects", "branches", "since", "until", "max_commits"])]
    pub(super) range: Option<String>,

    /// Scan what is about to be pushed. For pre-push hooks: reads their standard input; the value is their first
    /// argument, the name of the remote.
    #[arg(long, value_name = "REMOTE", num_args = 0..=1, default_missing_value = "")]
    #[arg(conflicts_with_all = ["all_objects", "branches", "since", "until", "max_commits"])]
    pub(super) pre_push: Option<String>,

    /// Scan objects that no reference leads to, too: what was committed and then dropped.
    #[arg(long)]
    pub(super) all_objects: bool,

    /// Scan only the history of this branch, or of any other revision. Repeatable.
    #[arg(long = "branch", value_name = "REV", conflicts_with = "all_objects")]
    pub(super) branches: Vec<String>,

    /// Report only what commits introduced that were made since then: a date, or `2 weeks ago`.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) since: Option<i64>,

    /// Report only what commits introduced that were made until then.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) until: Option<i64>,

    /// Report only what the newest N commits introduced.
    #[arg(long, value_name = "N")]
    pub(super) max_commits: Option<usize>,

    /// Keep in this folder what was seen, so that the next scan only looks at what is new. It holds no secrets. A cache
    /// that others can write proves nothing.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["staged", "range", "pre_push"])]
    pub(super) cache: Option<PathBuf>,
}

/// Scan what a job of GitLab CI or GitHub Actions is about: a merge request, a push, a tag.
///
/// The range is worked out from the environment and told, with the reason. Where the clone is too shallow for it, it is
/// deepened. A range that cannot be told is exit code 3, with the command that repairs it. The configuration is that of
/// the base; what a merge request brings along does not count.
#[cfg(feature = "git")]
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct CiArgs {
    /// The repository, or a folder in it. Without one, that of the current folder, or of GIT_DIR.
    #[arg(value_name = "REPO")]
    pub(super) repo: Option<PathBuf>,

    /// Scan from here on, whatever the environment says.
    #[arg(long, value_name = "REV", help_heading = "Which part")]
    pub(super) base: Option<String>,

    /// Scan up to here, whatever the environment says.
    #[arg(long, value_name = "REV", help_heading = "Which part")]
    pub(super) head: Option<String>,

    /// Do not use the network: a clone that is too shallow is exit code 3.
    #[arg(long, help_heading = "Which part")]
    pub(super) no_fetch: bool,

    /// Fail if the range adds suppressions to the configuration.
    #[arg(long, help_heading = "Configuration")]
    pub(super) deny_new_suppressions: bool,

    #[command(flatten)]
    pub(super) common: CommonArgs,
}

/// Scan what is being pushed to this repository: a server-side hook of git and GitLab.
///
/// Reads `old new ref` lines from standard input, as git gives them to its pre-receive hook, and scans what the push
/// brings in. A push with secrets is rejected, and whoever pushed is told which. The configuration is that of the
/// default branch on the server; what the push brings along does not count.
#[cfg(feature = "git")]
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct PreReceiveArgs {
    /// Be done after so many seconds.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) timeout: Option<u64>,

    /// What becomes of a push that could not be looked at in time.
    #[arg(long, value_name = "WHAT", value_enum, default_value_t, requires = "timeout")]
    pub(super) on_timeout: OnTimeout,

    /// Whoever pushes cannot override the scan, neither by a push option nor in a commit message.
    #[arg(long)]
    pub(super) no_override: bool,

    #[command(flatten)]
    pub(super) common: CommonArgs,
}

#[cfg(feature = "git")]
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum OnTimeout {
    #[default]
    Reject,
    Accept,
}

/// What all scans have in common.
#[derive(ClapArgs, Debug)]
pub(super) struct CommonArgs {
    #[command(flatten)]
    pub(super) rules: RuleArgs,

    #[command(flatten)]
    pub(super) output: OutputArgs,

    /// Skip what matches this pattern, which means what it would in a .gitignore at the repository's root. Repeatable.
    #[arg(long = "exclude-path", value_name = "GLOB", help_heading = "Where to look")]
    pub(super) exclude_paths: Vec<String>,

    /// The number of threads [default: one a processor].
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    #[arg(help_heading = "Where to look")]
    pub(super) jobs: Option<u16>,

    /// Read this configuration file instead of the repository's .tokensieve.toml.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Configuration")]
    pub(super) config: Option<PathBuf>,

    /// Read no configuration file of the repository.
    #[arg(long, alias = "no-repo-config", help_heading = "Configuration")]
    pub(super) no_config: bool,

    /// Do not report what this baseline lists, instead of the repository's .tokensieve.baseline. A JSON report of
    /// gitleaks is one, too.
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline", help_heading = "Configuration")]
    pub(super) baseline: Option<PathBuf>,

    /// Report what a baseline lists, too.
    #[arg(long, help_heading = "Configuration")]
    pub(super) no_baseline: bool,

    /// Report what comments such as `tokensieve:allow` allow, too.
    #[arg(long, help_heading = "Configuration")]
    pub(super) no_inline_allow: bool,
}

#[derive(ClapArgs, Debug)]
pub(super) struct BaselineArgs {
    #[command(subcommand)]
    pub(super) command: BaselineCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum BaselineCommand {
    /// Write a baseline of everything that is found now.
    Create {
        #[command(flatten)]
        survey: Box<SurveyArgs>,
        #[command(flatten)]
        known: KnownArgs,
    },
    /// Add to a baseline what is found now and not in it.
    Update {
        #[command(flatten)]
        survey: Box<SurveyArgs>,
        #[command(flatten)]
        known: KnownArgs,
        /// Also take out what is not found any more.
        #[arg(long)]
        prune: bool,
    },
    /// Make a baseline of a JSON report of gitleaks that holds its secrets in clear.
    Convert {
        /// The report.
        #[arg(value_name = "FILE")]
        report: PathBuf,
        /// The baseline to be written; entries are added to one that exists.
        #[arg(long, value_name = "FILE", default_value = ".tokensieve.baseline")]
        baseline: PathBuf,
        /// Know the rules of a file, too. Repeatable.
        #[arg(long = "rules", value_name = "FILE")]
        rules: Vec<PathBuf>,
    },
}

/// What new entries of a baseline say.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "New entries")]
pub(super) struct KnownArgs {
    /// Look at the whole history of the repository, too.
    #[arg(long)]
    pub(super) git: bool,

    /// Why they are known.
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,

    /// Who answers for them.
    #[arg(long, value_name = "TEXT")]
    pub(super) owner: Option<String>,

    /// Their last day: from the day after on they silence nothing.
    #[arg(long, value_name = "DATE")]
    pub(super) expires: Option<Date>,
}

/// Find suppressions that match nothing any more: comments, allowlists, baselines, ignore files.
///
/// The files are scanned, and the whole history where there is one.
#[derive(ClapArgs, Debug)]
pub(super) struct AuditArgs {
    #[command(flatten)]
    pub(super) survey: SurveyArgs,

    /// Look at the files only. What is about commits is not judged then.
    #[arg(long)]
    pub(super) no_history: bool,

    /// End with exit code 1 where something is not needed any more.
    #[arg(long)]
    pub(super) deny_unused: bool,

    /// The format of the list.
    #[arg(short, long, value_enum, default_value_t)]
    pub(super) format: AuditFormat,
}

/// A look at everything that leads to no report of findings.
#[derive(ClapArgs, Debug)]
pub(super) struct SurveyArgs {
    /// A file or folder. Without one, the current folder.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,

    #[command(flatten)]
    pub(super) rules: RuleArgs,

    /// Skip what matches this pattern, which means what it would in a .gitignore at the repository's root. Repeatable.
    #[arg(long = "exclude-path", value_name = "GLOB", help_heading = "Where to look")]
    exclude_paths: Vec<String>,

    /// Scan what .gitignore files leave out, too.
    #[arg(long, help_heading = "Where to look")]
    no_ignore: bool,

    /// The number of threads [default: one a processor].
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    #[arg(help_heading = "Where to look")]
    jobs: Option<u16>,

    /// Read this configuration file instead of the repository's .tokensieve.toml.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Configuration")]
    config: Option<PathBuf>,

    /// Read no configuration file of the repository.
    #[arg(long, alias = "no-repo-config", help_heading = "Configuration")]
    no_config: bool,

    /// The baseline, instead of .tokensieve.baseline at the root.
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub(super) baseline: Option<PathBuf>,
}

impl SurveyArgs {
    /// The same as arguments of a scan.
    pub(super) fn common(&self) -> CommonArgs {
        CommonArgs {
            rules: self.rules.clone(),
            output: OutputArgs::default(),
            exclude_paths: self.exclude_paths.clone(),
            jobs: self.jobs,
            config: self.config.clone(),
            no_config: self.no_config,
            baseline: self.baseline.clone(),
            no_baseline: false,
            no_inline_allow: false,
        }
    }

    /// How files are visited.
    pub(super) fn input(&self) -> InputArgs {
        InputArgs { no_ignore: self.no_ignore, ..InputArgs::default() }
    }
}

#[derive(ClapArgs, Clone, Debug)]
#[command(next_help_heading = "What to look for")]
pub(super) struct RuleArgs {
    /// Add the rules of a file; a rule with the id of a built-in one takes its place. Repeatable.
    #[arg(long = "rules", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// Use only this rule, by id, alias or provider. Repeatable.
    #[arg(long, value_name = "RULE")]
    pub(super) only: Vec<String>,

    /// Leave this rule out, by id, alias or provider. Repeatable.
    #[arg(long = "exclude-rule", value_name = "RULE")]
    pub(super) exclude: Vec<String>,

    /// A token prefix of your GitLab instance: one that replaces `glpat-`, or one that stands before all `gl...-`.
    /// Repeatable.
    #[arg(long = "gitlab-prefix", value_name = "PREFIX")]
    pub(super) gitlab_prefixes: Vec<String>,

    /// Decode what is encoded (base64, hex, percent, \u escapes, HTML, UTF-16, gzip) so many times over, at most 5; 0 decodes
    /// nothing [default: 2].
    #[arg(long, value_name = "N", value_parser = decode_depth)]
    pub(super) decode_depth: Option<usize>,

    /// Report nothing less sure than this [default: possible].
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    pub(super) min_confidence: Option<Confidence>,
}

#[derive(ClapArgs, Debug, Default)]
#[command(next_help_heading = "Where to look")]
pub(super) struct InputArgs {
    /// Scan what .gitignore files leave out, too.
    #[arg(long)]
    pub(super) no_ignore: bool,

    /// Skip files that are larger: a number of bytes, or with K, M or G.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(super) max_file_size: Option<u64>,

    /// Follow symbolic links.
    #[arg(long)]
    pub(super) follow: bool,

    #[cfg(feature = "archives")]
    #[command(flatten)]
    pub(super) archives: ArchiveArgs,

    /// Scan the paths listed in this file, one a line; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(super) files_from: Option<PathBuf>,

    /// The listed paths end with a zero byte instead of a line end.
    #[arg(short = '0', long = "null", requires = "files_from")]
    pub(super) is_null_separated: bool,

    /// The path that standard input is reported under.
    #[arg(long, value_name = "NAME", default_value = STDIN)]
    pub(super) stdin_path: String,

    /// Map every file into memory.
    #[arg(long, overrides_with = "no_mmap", hide = true)]
    pub(super) mmap: bool,

    /// Map no file into memory, however large.
    #[arg(long, overrides_with = "mmap")]
    pub(super) no_mmap: bool,
}

/// How archives are opened. Who sets a limit does not want to look beyond it; beyond a default one there is a gap.
#[cfg(feature = "archives")]
#[derive(ClapArgs, Debug, Default)]
pub(super) struct ArchiveArgs {
    /// Open archives and compressed files, by their content: zip (jar, whl, apk, docx), tar, gz, bz2, xz, zst.
    #[arg(long = "archives")]
    pub(super) is_wanted: bool,

    /// With --archives: open so many archives in one another [default: 3].
    #[arg(long = "archive-depth", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) depth: Option<u64>,

    /// With --archives: expand no more than this of one archive, with all archives in it [default: 1G].
    #[arg(long = "max-archive-size", value_name = "SIZE", value_parser = size)]
    pub(super) max_size: Option<u64>,

    /// With --archives: expand nothing larger than 10M to more than N times its size [default: 200].
    #[arg(long = "max-archive-ratio", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) max_ratio: Option<u64>,

    /// With --archives: look at no more than N members of one archive [default: 100000].
    #[arg(long = "max-archive-members", value_name = "N")]
    pub(super) max_members: Option<u64>,
}

#[derive(ClapArgs, Debug, Default)]
#[command(next_help_heading = "What to print")]
pub(super) struct OutputArgs {
    /// The format of the report [default: text].
    #[arg(short, long, value_name = "FORMAT", value_parser = format)]
    pub(super) format: Option<Format>,

    /// Write the report to a file.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Print secrets in clear (text, json and jsonl).
    #[arg(long)]
    pub(super) show_secrets: bool,

    /// End with this code where there are findings; 0 only reports [default: 1].
    #[arg(long, value_name = "N")]
    pub(super) exit_code: Option<u8>,

    /// When to use colours.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub(super) color: When,

    /// Also list everything that was skipped or suppressed, with the reason.
    #[arg(short, long, action = ArgAction::SetTrue, conflicts_with = "quiet")]
    pub(super) verbose: bool,

    /// List in the report what comments, allowlists, baselines and ignore files keep from being reported, too, with the
    /// reason. It does not count.
    #[arg(long)]
    pub(super) show_suppressed: bool,

    /// Print nothing but findings and errors.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// When something is done that suits a terminal only.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum When {
    /// On a terminal that is not told otherwise by NO_COLOR or TERM=dumb.
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(ClapArgs, Debug)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
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

#[derive(ClapArgs, Debug)]
pub(super) struct ConfigArgs {
    #[command(subcommand)]
    pub(super) command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Say what is wrong with a configuration file, or is otherwise than it seems.
    Lint {
        /// A configuration of this program or of gitleaks; without one, those of the repository.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Write a configuration of gitleaks in the form of this program: .tokensieve.toml and a rule file.
    Convert {
        /// A configuration of gitleaks; without one, that of the repository.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// The folder to write to. No file is overwritten.
        #[arg(short, long, value_name = "DIR", default_value = ".")]
        output: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum AuditFormat {
    #[default]
    Text,
    Json,
    Jsonl,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum ListFormat {
    #[default]
    Text,
    Jsonl,
}

fn confidence(text: &str) -> Result<Confidence, String> {
    text.parse().map_err(|_| one_of(Confidence::ALL.map(Confidence::as_str)))
}

/// A number of encodings on top of each other.
fn decode_depth(text: &str) -> Result<usize, String> {
    let depth = text.parse().ok().filter(|depth| *depth <= LARGEST_DECODE_DEPTH);
    depth.ok_or_else(|| format!("a number from 0 to {LARGEST_DECODE_DEPTH}"))
}

fn format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|_| "one of text, json, jsonl, sarif".to_owned())
}

fn one_of<const N: usize>(names: [&str; N]) -> String {
    format!("one of {}", names.join(", "))
}

/// A date as git reads it, in seconds since 1970.
#[cfg(feature = "git")]
fn date(text: &str) -> Result<i64, String> {
    let now = gix::date::Zoned::now();
    let date = gix::date::parse(text, Some(now));
    date.map(|date| date.seconds).map_err(|_| "a date such as 2026-01-31 or `2 weeks ago`".to_owned())
}

/// A number of bytes, with K, M or G in powers of 1024.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.as_bytes().last() {
        Some(b'k' | b'K') => (&text[..text.len() - 1], 1 << 10),
        Some(b'm' | b'M') => (&text[..text.len() - 1], 1 << 20),
        Some(b'g' | b'G') => (&text[..text.len() - 1], 1 << 30),
        _ => (text, 1),
    };
    let number: Option<u64> = digits.parse().ok();
    number.and_then(|number| number.checked_mul(factor)).ok_or_else(|| "a number such as 4096, 500K or 2G".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn arguments_are_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn sizes() {
        assert_eq!(size("10"), Ok(10));
        assert_eq!(size("2k"), Ok(2048));
        assert_eq!(size("1G"), Ok(1 << 30));
        for bad in ["", "k", "1.5M", "-1", "99999999999G"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }
}
