//! What a configuration of gitleaks says, as values.

use crate::error::{Error, ErrorKind};
use std::fmt;

use crate::gitleaks::dialect::Pattern;
use crate::rules::LintLevel;
use crate::suppress::allowlist::{AllowlistSpec, Condition, Target};

/// Something to be said about a file: what is wrong with it, or what it does otherwise than it
/// seems.
///
/// ```
/// use tokensieve_core::gitleaks::Gitleaks;
///
/// let text = "[[rules]]\nid = 'a'\nregx = 'abc'\n";
/// let remarks = Gitleaks::lint(".gitleaks.toml", text, &|_| None);
/// let told = remarks.iter().map(ToString::to_string);
/// assert!(told.into_iter().any(|remark| remark.starts_with(".gitleaks.toml:3: warning: `regx`")));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Remark {
    /// How bad it is. A file with an error cannot be used.
    pub level: LintLevel,
    /// The file.
    pub file: String,
    /// The 1-based line.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Remark {
    pub(super) fn into_error(self) -> Error {
        Error::new(ErrorKind::Syntax, self.message).at(&self.file, self.line)
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            LintLevel::Error => "error",
            LintLevel::Warning => "warning",
        };
        write!(f, "{}:{}: {level}: {}", self.file, self.line, self.message)
    }
}

/// A rule of gitleaks.
#[derive(Clone, Debug)]
pub struct GitleaksRule {
    /// Any text that is not blank.
    pub id: String,
    /// What it finds.
    pub description: String,
    /// What a match is; none for a rule about paths alone.
    pub regex: Option<Pattern>,
    /// Only files whose path this is found in.
    pub path: Option<Pattern>,
    /// The number of the group that holds the secret; 0 stands for the first one that is not empty.
    pub secret_group: usize,
    /// A secret has more Shannon entropy than this, where it is not 0.
    pub entropy: f64,
    /// In lower case: the rule runs only where one of these occurs.
    pub keywords: Vec<String>,
    /// For reports.
    pub tags: Vec<String>,
    /// What it finds is for other rules to require, and not reported.
    pub skips_report: bool,
    /// What must be found nearby.
    pub required: Vec<Required>,
    /// What it does not find.
    pub allowlists: Vec<GitleaksAllowlist>,
    /// The file that it is in.
    pub file: String,
    /// The 1-based line of its id.
    pub line: usize,
}

/// What another rule must have found for a match to count.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Required {
    /// The id of the other rule.
    pub rule: String,
    /// How many lines away at most.
    pub within_lines: Option<i64>,
    /// How many columns away at most.
    pub within_columns: Option<i64>,
    /// The 1-based line.
    pub line: usize,
}

/// What is not to be reported, of one rule, some or all.
#[derive(Clone, Debug)]
pub struct GitleaksAllowlist {
    /// Why.
    pub description: String,
    /// Whether one check is enough.
    pub condition: Condition,
    /// Full ids of commits, in any case of letters.
    pub commits: Vec<String>,
    /// Searched in the path, anywhere in it.
    pub paths: Vec<Pattern>,
    /// What `regexes` are searched in.
    pub regex_target: Target,
    /// Searched in the target, anywhere in it.
    pub regexes: Vec<Pattern>,
    /// Parts of the secret, in any case of letters.
    pub stopwords: Vec<String>,
    /// The ids of the rules that it is about. An empty list means all rules.
    pub target_rules: Vec<String>,
    /// The file that it is in.
    pub file: String,
    /// The 1-based line.
    pub line: usize,
}

impl GitleaksAllowlist {
    /// Whether gitleaks passes over folders by it: where it belongs to no rule, and a path is
    /// enough.
    fn prunes_folders(&self, rule: Option<&str>) -> bool {
        let is_enough = self.condition == Condition::Or
            || (self.commits.is_empty() && self.regexes.is_empty() && self.stopwords.is_empty());
        is_enough && !self.paths.is_empty() && rule.is_none() && self.target_rules.is_empty()
    }

    /// The same as an allowlist of this program. `rule` is the one that it stands in.
    #[must_use]
    pub fn spec(&self, rule: Option<&str>) -> AllowlistSpec {
        let texts =
            |list: &[Pattern]| list.iter().map(|pattern| pattern.regex().to_owned()).collect();
        AllowlistSpec {
            description: self.description.clone(),
            condition: self.condition,
            rules: rule
                .map(ToOwned::to_owned)
                .into_iter()
                .chain(self.target_rules.iter().cloned())
                .collect(),
            path_regexes: texts(&self.paths),
            prunes_folders: self.prunes_folders(rule),
            commits: self.commits.clone(),
            regexes: texts(&self.regexes),
            target: self.regex_target,
            stopwords: self.stopwords.clone(),
            ..AllowlistSpec::default()
        }
    }
}
