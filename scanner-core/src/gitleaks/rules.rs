//! Rules of gitleaks, made rules of this program.

use super::convert::secret_groups;
use super::extend::Gitleaks;
use crate::gitleaks::model::{GitleaksRule, Required};
use crate::rules::RuleSet;
use crate::rules::rule::{DEFAULT_MAX_LEN, Remediation, Requirement, Rule};
use crate::text::boundary::Boundary;
use crate::verdict::{Confidence, Severity};

impl Gitleaks {
    /// Leaves out what the file disables, changes what it changes, and adds what it adds.
    ///
    /// The ids of gitleaks stand for the rules here that have them as an alias.
    ///
    /// ```
    /// use tokensieve_core::RuleSet;
    /// use tokensieve_core::gitleaks::Gitleaks;
    ///
    /// let text = "[extend]\nuseDefault = true\ndisabledRules = ['gitlab-ptt']\n";
    /// let mut rules = RuleSet::builtin();
    /// Gitleaks::read(".gitleaks.toml", text, &|_| None)?.apply_to(&mut rules);
    /// assert!(rules.get("gitlab_pipeline_trigger_token").is_none());
    /// # Ok::<(), tokensieve_core::Error>(())
    /// ```
    pub fn apply_to(&self, rules: &mut RuleSet) {
        for id in self.disabled_rules() {
            rules.remove(id);
        }
        let mut own = Vec::new();
        for rule in &self.rules {
            if rule.regex.is_none() && rules.has_rule_called(&rule.id) {
                rules.change(&rule.id, |base| change(base, rule));
            } else if rule.regex.is_some() || rule.path.is_some() {
                let replaced = rules.ids_called(&rule.id).filter(|id| *id != rule.id);
                let aliases = replaced.map(ToOwned::to_owned).collect();
                rules.remove(&rule.id);
                own.push(rule_of(rule, aliases));
            }
        }
        rules.add(RuleSet::of_rules(own).entries().to_vec());
    }
}

/// What a rule without a regex changes in the one that it extends.
fn change(base: &mut Rule, rule: &GitleaksRule) {
    if !rule.description.is_empty() {
        base.description.clone_from(&rule.description);
    }
    if rule.entropy != 0.0 {
        base.entropy_above = Some(rule.entropy);
    }
    if let Some(path) = &rule.path {
        base.path = Some(path.regex().to_owned());
    }
}

fn rule_of(rule: &GitleaksRule, aliases: Vec<String>) -> Rule {
    let name = if rule.description.is_empty() { &rule.id } else { &rule.description };
    Rule {
        id: rule.id.clone(),
        provider: "gitleaks".to_owned(),
        kind: rule.id.clone(),
        name: name.clone(),
        description: rule.description.clone(),
        severity: Severity::High,
        url: String::new(),
        aliases,
        prefixes: Vec::new(),
        regex: rule.regex.as_ref().map_or_else(String::new, |regex| regex.regex().to_owned()),
        lead: None,
        generated: None,
        left: Boundary::None,
        right: Boundary::None,
        proof: None,
        confidence: Confidence::Likely,
        custom_prefix: None,
        is_mixed_case: false,
        // Nothing is known about the values.
        is_chosen_by_humans: true,
        min_entropy: None,
        filter: None,
        syntax: None,
        keywords: Some(rule.keywords.clone()),
        path: rule.path.as_ref().map(|path| path.regex().to_owned()),
        secret_groups: secret_groups(rule),
        entropy_above: (rule.entropy != 0.0).then_some(rule.entropy),
        keeps_placeholders: true,
        skips_report: rule.skips_report,
        required: rule.required.iter().map(requirement).collect(),
        max_len: DEFAULT_MAX_LEN,
        remediation: Remediation::default(),
    }
}

fn requirement(required: &Required) -> Requirement {
    // A negative distance makes no sense, and 0 stands for it: the linter says so.
    let within =
        |distance: Option<i64>| distance.map(|distance| u64::try_from(distance).unwrap_or(0));
    Requirement {
        rule: required.rule.clone(),
        within_lines: within(required.within_lines),
        within_columns: within(required.within_columns),
    }
}
