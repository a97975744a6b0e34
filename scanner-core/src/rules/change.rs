//! What a rule file changes in rules that it does not replace.

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, ErrorKind};
use crate::rules::regex::in_short;
use crate::rules::regex::parse;
use crate::rules::rule::Rule;
use crate::verdict::{Confidence, Severity};

/// What to do about a leak, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeakForm {
    #[serde(default)]
    pub(super) ui: String,
    #[serde(default)]
    pub(super) api: String,
}

/// `[[changes]]` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeForm {
    pub(super) rule: Spanned<String>,
    name: Option<String>,
    description: Option<String>,
    url: Option<String>,
    severity: Option<Severity>,
    confidence: Option<Confidence>,
    min_entropy: Option<f64>,
    entropy_above: Option<f64>,
    path: Option<String>,
    leak: Option<LeakForm>,
}

/// A change of all rules with an id or an alias.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// The id or the alias.
    pub(crate) rule: String,
    /// Where it stands.
    pub(crate) file: String,
    pub(crate) line: usize,
    name: Option<String>,
    description: Option<String>,
    url: Option<String>,
    severity: Option<Severity>,
    confidence: Option<Confidence>,
    min_entropy: Option<f64>,
    entropy_above: Option<f64>,
    path: Option<String>,
    leak: Option<(String, String)>,
}

impl Change {
    /// Reads a change that stands in this line of a file.
    pub(super) fn of(form: ChangeForm, file: &str, line: usize) -> Result<Self, Error> {
        let rule = form.rule.into_inner();
        let wrong = |what: String| {
            Err(Error::new(ErrorKind::Rule, format!("rule `{rule}`: {what}")).at(file, line))
        };
        if form.confidence.is_some_and(|confidence| {
            !matches!(confidence, Confidence::Possible | Confidence::Likely)
        }) {
            return wrong(
                "`confidence` must be `possible` or `likely`; only a proof can decide more"
                    .to_owned(),
            );
        }
        if form.min_entropy.is_some_and(|bits| !(0.0..=8.0).contains(&bits)) {
            return wrong("`min_entropy` must be from 0 to 8 bits a byte".to_owned());
        }
        if form.entropy_above.is_some_and(|bits| !(0.0..8.0).contains(&bits)) {
            return wrong("`entropy_above` must be from 0 to less than 8 bits a byte".to_owned());
        }
        if let Some(Err(error)) = form.path.as_deref().map(parse) {
            return wrong(format!("`path` is no regex: {}", in_short(&error)));
        }
        Ok(Self {
            rule,
            file: file.to_owned(),
            line,
            name: form.name,
            description: form.description,
            url: form.url,
            severity: form.severity,
            confidence: form.confidence,
            min_entropy: form.min_entropy,
            entropy_above: form.entropy_above,
            path: form.path,
            leak: form.leak.map(|leak| (leak.ui, leak.api)),
        })
    }

    /// Changes what is given, and leaves the rest as it is.
    pub(super) fn apply_to(&self, rule: &mut Rule) {
        fn set<T: Clone>(place: &mut T, value: Option<&T>) {
            if let Some(value) = value {
                place.clone_from(value);
            }
        }
        set(&mut rule.name, self.name.as_ref());
        set(&mut rule.description, self.description.as_ref());
        set(&mut rule.url, self.url.as_ref());
        set(&mut rule.severity, self.severity.as_ref());
        set(&mut rule.confidence, self.confidence.as_ref());
        rule.min_entropy = self.min_entropy.or(rule.min_entropy);
        rule.entropy_above = self.entropy_above.or(rule.entropy_above);
        rule.path = self.path.clone().or(rule.path.take());
        if let Some((ui, api)) = &self.leak {
            (rule.remediation.ui, rule.remediation.api) = (ui.clone(), api.clone());
        }
    }
}
