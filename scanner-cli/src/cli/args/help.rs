//! What help says behind the options: examples by task, exit codes, variables.

/// What `--help` says behind the options of a scan: its examples, and what all scans have in
/// common.
macro_rules! of_scan {
    ($examples:literal) => {
        concat!(
            $examples,
            "\n\nEach option has a variable: TOKENSIEVE_JOBS=4 is --jobs 4. \
             `tokensieve config show` says where each setting comes from.\n\n",
            exit_codes!(),
        )
    };
}

macro_rules! exit_codes {
    () => {
        "Exit codes:
  0  everything was looked at, nothing was found
  1  there are findings (see --exit-code)
  2  a wrong argument, rule file or configuration
  3  nothing was found, but something could not be looked at"
    };
}

/// What help of the program says behind its commands.
pub(crate) const TOP: &str = "Examples:
  tokensieve scan                     the files of this folder
  tokensieve git                      the whole history of this repository
  tokensieve git --staged             the next commit, for a hook
  tokensieve ci                       the new commits of a CI job
  tokensieve explain gitlab-pat       a rule, and what to do about a leak

`tokensieve COMMAND --help` has the options of a command, with examples.";

/// What `-h` says behind the options of a scan.
pub(crate) const EXIT_CODES: &str = exit_codes!();

pub(crate) const SCAN: &str = of_scan!(
    "Examples:
  tokensieve scan                                            this folder
  tokensieve scan --report leaks.sarif --report leaks.html   reports beside the text
  tokensieve scan --archives --exclude-path vendor/ src lib  with archives, without a folder
  tokensieve scan --only gitlab --min-confidence likely      surer findings of one provider
  tokensieve scan --fail-on high --timeout 10m               fail on severe ones, stop in time
  git log -p | tokensieve scan -                             what another program prints
  git ls-files -z | tokensieve scan --files-from - -0        listed files"
);

#[cfg(feature = "git")]
pub(crate) const GIT: &str = of_scan!(
    "Examples:
  tokensieve git                                             the whole history
  tokensieve git --staged                                    what is about to be committed
  tokensieve git --range main..HEAD                          what a branch adds
  tokensieve git --since '2 weeks ago'                       what came in lately
  tokensieve git --cache ~/.cache/tokensieve ../shop         again, only what is new
  tokensieve git --report history.html                       a page with a timeline"
);

#[cfg(feature = "git")]
pub(crate) const CI: &str = of_scan!(
    "Examples:
  tokensieve ci                                              the commits of this job
  tokensieve ci --report gl-secret-detection-report.json     for GitLab
  tokensieve ci --report leaks.sarif --timeout 10m           for GitHub, in time
  tokensieve ci --base origin/main --no-fetch                a range of your own"
);

#[cfg(feature = "git")]
pub(crate) const PRE_RECEIVE: &str = of_scan!(
    "Examples, as the last line of a hook:
  tokensieve pre-receive --timeout 20 --on-timeout reject
  tokensieve pre-receive --no-override --config /etc/tokensieve.toml"
);

pub(crate) const RULES: &str = "Examples:
  tokensieve rules list gitlab deploy           rules with these words
  tokensieve rules show gitlab-pat              one rule with all that is known of it
  tokensieve rules lint my.toml                 what is wrong with rules of your own
  tokensieve rules bench src                    which rule takes time";

pub(crate) const CONFIG: &str = "Examples:
  tokensieve config show                        each setting, and where it comes from
  tokensieve config lint                        what is wrong with the files of this repository
  tokensieve config convert .gitleaks.toml      a file of gitleaks in our own form";

pub(crate) const BASELINE: &str = "Examples:
  tokensieve baseline create --git --reason \"before we scanned\"
  tokensieve baseline add 45582eb75a96e2081177e0cdb31c9aa1 --reason \"made up\"
  tokensieve baseline update --prune";

pub(crate) const AUDIT: &str = "Examples:
  tokensieve audit                              files and history
  tokensieve audit --no-history --deny-unused   files only, as a check";

#[cfg(feature = "gitlab")]
pub(crate) const TOKEN: &str = "Examples:
  tokensieve token inspect leak.txt             what a token says of itself; asks nobody
  tokensieve token verify leak.txt --instance https://gitlab.example.com
  tokensieve token choose --project acme/shop   which kind of token does for a task

`tokensieve token COMMAND --help` has the options of each.";
