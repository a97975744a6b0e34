//! Entries of allowlists in the configuration.

use anyhow::{Result, anyhow};
use serde::Deserialize;
use tokensieve_core::gitleaks::{Gitleaks, GitleaksAllowlist, GitleaksRule};
use tokensieve_core::suppression::{Allowlist, AllowlistSpec, Condition, Date, Target};

/// `[[allow]]` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllowForm {
    #[serde(default)]
    description: String,
    condition: Option<ConditionForm>,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    paths: Vec<String>,
    #[serde(default)]
    path_regexes: Vec<String>,
    /// A folder that one of them fits is passed over.
    #[serde(default)]
    prune_folders: bool,
    #[serde(default)]
    commits: Vec<String>,
    #[serde(default)]
    fingerprints: Vec<String>,
    #[serde(default)]
    regexes: Vec<String>,
    target: Option<TargetForm>,
    #[serde(default)]
    stopwords: Vec<String>,
    reason: Option<String>,
    owner: Option<String>,
    /// A date, with or without quotes.
    expires: Option<toml::Value>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ConditionForm {
    And,
    Or,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TargetForm {
    Secret,
    Match,
    Line,
}

/// An entry with its place.
#[derive(Clone, Debug)]
pub(crate) struct Allow {
    pub(crate) list: Allowlist,
    pub(crate) file: String,
    pub(crate) line: usize,
}

impl Allow {
    /// Reads an entry that stands in this line of a file.
    pub(crate) fn of(form: AllowForm, file: &str, line: usize) -> Result<Self> {
        let place = |message: String| anyhow!("{file}:{line}: {message}");
        let expires: Option<Date> = match form.expires {
            None => None,
            Some(toml::Value::String(text)) => {
                Some(text.parse().map_err(|error| place(format!("{error}")))?)
            }
            Some(value) => {
                let date = value.to_string().parse();
                Some(date.map_err(|_| place("expires is a date such as 2026-12-31".to_owned()))?)
            }
        };
        let spec = AllowlistSpec {
            description: form.description,
            condition: match form.condition {
                None | Some(ConditionForm::And) => Condition::And,
                Some(ConditionForm::Or) => Condition::Or,
            },
            rules: form.rules,
            globs: form.paths,
            path_regexes: form.path_regexes,
            prunes_folders: form.prune_folders,
            commits: form.commits,
            fingerprints: form.fingerprints,
            regexes: form.regexes,
            target: match form.target {
                None | Some(TargetForm::Secret) => Target::Secret,
                Some(TargetForm::Match) => Target::Match,
                Some(TargetForm::Line) => Target::Line,
            },
            stopwords: form.stopwords,
            reason: form.reason,
            owner: form.owner,
            expires,
        };
        let list = Allowlist::new(spec).map_err(|error| place(error.to_string()))?;
        Ok(Self { list, file: file.to_owned(), line })
    }

    /// The allowlists of a file of gitleaks, and what is wrong with those that cannot be used.
    pub(crate) fn of_gitleaks(gitleaks: &Gitleaks) -> (Vec<Self>, Vec<String>) {
        let own = |rule: &'_ GitleaksRule| -> Vec<(GitleaksAllowlist, Option<String>)> {
            rule.allowlists.iter().map(|list| (list.clone(), Some(rule.id.clone()))).collect()
        };
        let of_all = gitleaks.allowlists().iter().map(|list| (list.clone(), None));
        let (mut lists, mut wrong) = (Vec::new(), Vec::new());
        for (list, rule) in gitleaks.rules().iter().flat_map(own).chain(of_all) {
            match Allowlist::new(list.spec(rule.as_deref())) {
                Ok(allowlist) => {
                    lists.push(Self { list: allowlist, file: list.file, line: list.line })
                }
                Err(error) => {
                    wrong.push(format!(
                        "{}:{}: {error}; this allowlist is not used",
                        list.file, list.line
                    ));
                }
            }
        }
        (lists, wrong)
    }

    /// What it allows, in one line.
    pub(crate) fn in_short(&self) -> String {
        let spec = self.list.spec();
        let or = if spec.condition == Condition::Or { " (any of)" } else { "" };
        let kinds = [
            ("rules", &spec.rules),
            ("paths", &spec.globs),
            ("paths like", &spec.path_regexes),
            ("commits", &spec.commits),
            ("fingerprints", &spec.fingerprints),
            ("regexes", &spec.regexes),
            ("stopwords", &spec.stopwords),
        ];
        let kinds = kinds.iter().filter(|(_, values)| !values.is_empty());
        let parts: Vec<String> =
            kinds.map(|(name, values)| format!("{name} {}", values.join(", "))).collect();
        let until = spec.expires.map(|date| format!("; until {date}")).unwrap_or_default();
        format!("allow{or}: {}{until}", parts.join("; "))
    }
}
