//! What the user types. Nothing here touches the machine.

#[cfg(feature = "gitlab")]
mod caller;
pub(crate) mod help;
mod report;
#[cfg(feature = "gitlab")]
mod verify;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args as ClapArgs, ValueEnum};
use tokensieve_core::report::{Format, LinkTemplate};
use tokensieve_core::settings::Passwords;
use tokensieve_core::{Confidence, MAX_DECODE_DEPTH, Severity};

#[cfg(feature = "gitlab")]
pub(crate) use self::caller::CallerArgs;
pub(crate) use self::help::EXIT_CODES;
pub(crate) use self::report::{PossibleFormats, ReportFile};
#[cfg(feature = "gitlab")]
pub(crate) use self::verify::{InstanceArgs, VerifyArgs};
use crate::pipeline::matcher::STDIN;

/// Without an API client, scans ask nobody about what they find.
#[cfg(not(feature = "gitlab"))]
#[derive(ClapArgs, Debug, Default)]
pub(crate) struct VerifyArgs {}

/// What all scans have in common.
#[derive(ClapArgs, Debug)]
pub(crate) struct CommonArgs {
    #[command(flatten)]
    pub(crate) rules: RuleArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    /// Skip paths that match this pattern, written as in a .gitignore at the repository's root.
    /// Repeatable.
    #[arg(long = "exclude-path", value_name = "GLOB", help_heading = "Where to look")]
    pub(crate) exclude_paths: Vec<String>,

    /// Number of threads [default: number of CPUs].
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    #[arg(help_heading = "Where to look")]
    pub(crate) jobs: Option<u16>,

    /// In git repositories: memory for one object and the objects that it is stored as changes of.
    /// A larger one is skipped, which is a gap [default: 256M].
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Where to look")]
    pub(crate) max_memory: Option<u64>,

    /// Stop searching after this time: a number of seconds, or with s, m or h. Findings so far are
    /// reported; the rest is a gap.
    #[arg(long, value_name = "TIME", value_parser = duration, help_heading = "Where to look")]
    pub(crate) timeout: Option<Duration>,

    /// Read this configuration file instead of the repository's .tokensieve.toml.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Configuration")]
    pub(crate) config: Option<PathBuf>,

    /// Read no configuration file of the repository.
    #[arg(long, alias = "no-repo-config", help_heading = "Configuration")]
    pub(crate) no_config: bool,

    /// Do not report what this baseline lists, instead of the repository's .tokensieve.baseline. A
    /// JSON report of gitleaks is one, too.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "no_baseline",
        help_heading = "Configuration"
    )]
    pub(crate) baseline: Option<PathBuf>,

    /// Use no baseline: report what it lists, too.
    #[arg(long, help_heading = "Configuration")]
    pub(crate) no_baseline: bool,

    /// Ignore comments such as `tokensieve:allow`: report what they allow, too.
    #[arg(long, help_heading = "Configuration")]
    pub(crate) no_inline_allow: bool,
}

impl CommonArgs {
    /// When searching has to end, if it begins now.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.timeout.map(|timeout| Instant::now() + timeout)
    }
}

#[derive(ClapArgs, Clone, Debug)]
#[command(next_help_heading = "What to look for")]
pub(crate) struct RuleArgs {
    /// Add the rules of a file; a rule with the id of a built-in one takes its place. Repeatable.
    #[arg(long = "rules", value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Use only this rule, by id, alias or provider. Repeatable.
    #[arg(long, value_name = "RULE")]
    pub(crate) only: Vec<String>,

    /// Leave this rule out, by id, alias or provider. Repeatable.
    #[arg(long = "exclude-rule", value_name = "RULE")]
    pub(crate) exclude: Vec<String>,

    /// A token prefix of your GitLab instance: one that replaces `glpat-`, or one that stands
    /// before all `gl...-`. Repeatable.
    #[arg(long = "gitlab-prefix", value_name = "PREFIX")]
    pub(crate) gitlab_prefixes: Vec<String>,

    /// Decode nested encodings (base64, hex, percent, \u escapes, HTML, UTF-16, gzip) up to this
    /// depth, at most 5; 0 decodes nothing [default: 2].
    #[arg(long, value_name = "N", value_parser = decode_depth)]
    pub(crate) decode_depth: Option<usize>,

    /// Which passwords to find: `usual` takes those that are neither words nor defaults, `paranoid`
    /// every literal under a name such as password [default: usual].
    #[arg(long, value_name = "WHICH", value_parser = passwords())]
    pub(crate) passwords: Option<Passwords>,

    /// Report nothing less sure than this [default: possible].
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidences())]
    pub(crate) min_confidence: Option<Confidence>,

    /// Report nothing less severe than this. What is left out is counted as suppressed.
    #[arg(long, value_name = "SEVERITY", value_parser = severities())]
    pub(crate) min_severity: Option<Severity>,
}

#[derive(ClapArgs, Debug, Default)]
#[command(next_help_heading = "Where to look")]
pub(crate) struct InputArgs {
    /// Scan what .gitignore files leave out, too.
    #[arg(long)]
    pub(crate) no_ignore: bool,

    /// Skip files larger than this: a number of bytes, or with K, M or G.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) max_file_size: Option<u64>,

    /// Follow symbolic links.
    #[arg(long)]
    pub(crate) follow: bool,

    #[cfg(feature = "archives")]
    #[command(flatten)]
    pub(crate) archives: ArchiveArgs,

    /// Scan the paths listed in this file, one a line; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,

    /// The listed paths end with a zero byte instead of a line end.
    #[arg(short = '0', long = "null", requires = "files_from")]
    pub(crate) is_null_separated: bool,

    /// The path that standard input is reported under.
    #[arg(long, value_name = "NAME", default_value = STDIN)]
    pub(crate) stdin_path: String,

    /// Report what patches add (`git log -p`, `git diff`, .patch, .diff and .mbox files) at its
    /// place in the patch, not in the file that it is added to.
    #[arg(long)]
    pub(crate) no_patches: bool,

    /// Map every file into memory.
    #[arg(long, overrides_with = "no_mmap", hide = true)]
    pub(crate) mmap: bool,

    /// Map no file into memory, however large.
    #[arg(long, overrides_with = "mmap")]
    pub(crate) no_mmap: bool,
}

/// How archives are opened. Who sets a limit does not want to look beyond it; beyond a default one
/// there is a gap.
#[cfg(feature = "archives")]
#[derive(ClapArgs, Debug, Default)]
pub(crate) struct ArchiveArgs {
    /// Open archives and compressed files, by their content: zip (jar, whl, apk, docx), tar, gz,
    /// bz2, xz, zst.
    #[arg(long = "archives")]
    pub(crate) is_wanted: bool,

    /// With --archives: open archives in archives up to this depth [default: 3].
    #[arg(long = "archive-depth", value_name = "N")]
    #[arg(value_parser = at_least_one)]
    pub(crate) depth: Option<u64>,

    /// With --archives: expand at most this much of one archive, with all archives in it [default:
    /// 1G].
    #[arg(long = "max-archive-size", value_name = "SIZE", value_parser = size)]
    pub(crate) max_size: Option<u64>,

    /// With --archives: expand a stream of more than 10M to at most N times its size [default:
    /// 200].
    #[arg(long = "max-archive-ratio", value_name = "N")]
    #[arg(value_parser = at_least_one)]
    pub(crate) max_ratio: Option<u64>,

    /// With --archives: open at most N members of one archive [default: 100000].
    #[arg(long = "max-archive-members", value_name = "N", value_parser = number)]
    pub(crate) max_members: Option<u64>,
}

#[derive(ClapArgs, Debug, Default)]
#[command(next_help_heading = "What to print")]
pub(crate) struct OutputArgs {
    /// Format of the report [default: guessed from the name of --output, else text].
    #[arg(short, long, value_name = "FORMAT", value_parser = PossibleFormats)]
    pub(crate) format: Option<Format>,

    /// Write the report to a file, not to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Write one more report to a file, such as `sarif=out/leaks.sarif`. Without `FORMAT=`, the
    /// format is guessed from the file's name. Repeatable.
    #[arg(long = "report", value_name = "[FORMAT=]FILE", value_parser = report::report)]
    pub(crate) reports: Vec<ReportFile>,

    /// How findings link to the pages of a forge: a URL with {commit}, {path}, {line} and
    /// {end_line} [default: guessed from the remote of GitHub, GitLab, Gitea, Bitbucket].
    #[arg(long, value_name = "URL", value_parser = link)]
    pub(crate) link: Option<LinkTemplate>,

    /// Print secrets in clear (text, json, jsonl, csv and gitleaks).
    #[arg(long)]
    pub(crate) show_secrets: bool,

    /// Write the secrets in clear into GitLab's report, which needs them for validity checks and
    /// revocation. Whoever may read the job's artifact can read them, too. Only the file's owner
    /// may read the file.
    #[arg(long)]
    pub(crate) gitlab_raw_extract: bool,

    /// Exit with this code if there are findings; with 0, findings do not fail [default: 1].
    #[arg(long, value_name = "N", value_parser = exit_code)]
    pub(crate) exit_code: Option<u8>,

    /// Fail only on findings of this severity or a higher one. All findings are reported.
    #[arg(long, value_name = "SEVERITY", value_parser = severities())]
    pub(crate) fail_on: Option<Severity>,

    /// When to use colours [default: auto].
    #[arg(long, value_name = "WHEN", value_enum)]
    pub(crate) color: Option<When>,

    /// Also list everything that was skipped or suppressed, with the reason.
    #[arg(short, long, action = ArgAction::SetTrue, conflicts_with = "quiet")]
    pub(crate) verbose: bool,

    /// List suppressed findings in the report, too, each with its comment, allowlist, baseline or
    /// ignore file and the reason. They do not fail.
    #[arg(long)]
    pub(crate) show_suppressed: bool,

    /// In histories: name all references that lead to a secret [default: the first 20].
    #[arg(long)]
    pub(crate) all_refs: bool,

    /// How to show progress [default: auto].
    #[arg(long, value_name = "HOW", value_enum)]
    pub(crate) progress: Option<ProgressStyle>,

    /// Print nothing but findings and errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// When something is done that suits a terminal only.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless NO_COLOR or TERM=dumb forbids it.
    #[default]
    Auto,
    Always,
    Never,
}

impl When {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum ProgressStyle {
    /// A bar on a terminal; plain lines where the variable CI is set; else nothing.
    #[default]
    Auto,
    /// A line every ten seconds.
    Plain,
    Never,
}

impl ProgressStyle {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Plain => "plain",
            Self::Never => "never",
        }
    }
}

/// Reads the name of a confidence; help lists all of them.
pub(crate) fn confidences() -> impl TypedValueParser<Value = Confidence> {
    PossibleValuesParser::new(Confidence::ALL.map(Confidence::as_str))
        .try_map(|name| name.parse::<Confidence>())
}

/// Reads the name of a severity; help lists all of them.
pub(crate) fn severities() -> impl TypedValueParser<Value = Severity> {
    PossibleValuesParser::new(Severity::ALL.map(Severity::as_str))
        .try_map(|name| name.parse::<Severity>())
}

/// Reads the name of a choice of passwords; help lists all of them.
fn passwords() -> impl TypedValueParser<Value = Passwords> {
    PossibleValuesParser::new(Passwords::ALL.map(Passwords::as_str))
        .try_map(|name| name.parse::<Passwords>())
}

/// A number of threads.
pub(crate) fn jobs(text: &str) -> Result<u16, String> {
    const MOST: u16 = 256;
    let jobs = text.parse().ok().filter(|jobs| (1..=MOST).contains(jobs));
    jobs.ok_or_else(|| format!("expected a number from 1 to {MOST}"))
}

/// A number of anything.
pub(crate) fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "expected a number such as 10".to_owned())
}

/// A number of anything, but not 0.
#[cfg(feature = "archives")]
fn at_least_one(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "expected a number from 1 on".to_owned())
}

fn exit_code(text: &str) -> Result<u8, String> {
    text.parse().map_err(|_| "expected a number from 0 to 255".to_owned())
}

/// A number of encodings on top of each other.
fn decode_depth(text: &str) -> Result<usize, String> {
    let depth = text.parse().ok().filter(|depth| *depth <= MAX_DECODE_DEPTH);
    depth.ok_or_else(|| format!("expected a number from 0 to {MAX_DECODE_DEPTH}"))
}

fn link(text: &str) -> Result<LinkTemplate, String> {
    LinkTemplate::new(text).map_err(|wrong| wrong.to_string())
}

/// A time of one second or more and a year or less: a number of seconds, or with s, m or h.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    const MAX_SECONDS: u64 = 366 * 24 * 3600;
    let (digits, factor) = match text.as_bytes().last() {
        Some(b's') => (&text[..text.len() - 1], 1),
        Some(b'm') => (&text[..text.len() - 1], 60),
        Some(b'h') => (&text[..text.len() - 1], 3600),
        _ => (text, 1),
    };
    let number: Option<u64> = digits.parse().ok();
    number
        .and_then(|number| number.checked_mul(factor))
        .filter(|seconds| (1..=MAX_SECONDS).contains(seconds))
        .map(Duration::from_secs)
        .ok_or_else(|| "expected a time such as 30, 90s, 10m or 2h".to_owned())
}

/// A number of bytes, with K, M or G in powers of 1024.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.as_bytes().last() {
        Some(b'k' | b'K') => (&text[..text.len() - 1], 1 << 10),
        Some(b'm' | b'M') => (&text[..text.len() - 1], 1 << 20),
        Some(b'g' | b'G') => (&text[..text.len() - 1], 1 << 30),
        _ => (text, 1),
    };
    let number: Option<u64> = digits.parse().ok();
    number
        .and_then(|number| number.checked_mul(factor))
        .ok_or_else(|| "expected a number such as 4096, 500K or 2G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(size("10"), Ok(10));
        assert_eq!(size("2k"), Ok(2048));
        assert_eq!(size("1G"), Ok(1 << 30));
        for bad in ["", "k", "1.5M", "-1", "99999999999G"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn durations() {
        for (text, seconds) in [("30", 30), ("90s", 90), ("10m", 600), ("2h", 7200)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)));
        }
        for bad in ["", "s", "0", "1.5m", "-1", "10d", "99999999h"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }
}
