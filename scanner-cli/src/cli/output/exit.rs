//! Exit codes.

use std::process::ExitCode;

use tokensieve_core::{Finding, Severity};

use crate::pipeline::Outcome;

/// How a run ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Exit {
    /// Everything was scanned, and there is nothing to report.
    Clean,
    /// There are findings; the code is the user's choice, 1 unless changed.
    Findings(u8),
    /// The command line, a rule file or a configuration file is wrong.
    Usage,
    /// Nothing was found, but not everything could be scanned.
    Incomplete,
}

impl Exit {
    /// How a scan ends. Findings that were there before the scanned changes do not count, and
    /// neither do those less severe than `fail_on`. Findings count more than gaps: who reacts to
    /// them has to look anyway.
    pub(crate) fn of(outcome: &Outcome, for_findings: u8, fail_on: Option<Severity>) -> Self {
        let counts = |finding: &Finding| {
            finding.is_new() && fail_on.is_none_or(|least| finding.rule().severity() >= least)
        };
        match (outcome.findings.iter().any(counts), outcome.coverage.is_complete()) {
            (true, _) => Self::Findings(for_findings),
            (false, true) => Self::Clean,
            (false, false) => Self::Incomplete,
        }
    }

    /// The number that the process ends with.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings(code) => code,
            Self::Usage => 2,
            Self::Incomplete => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
