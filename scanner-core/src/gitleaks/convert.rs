//! Files of gitleaks, written in the form of this program.

use core::fmt::Write;

use crate::gitleaks::dialect::Pattern;
use crate::gitleaks::extend::Gitleaks;
use crate::gitleaks::model::{GitleaksAllowlist, GitleaksRule};
use crate::suppress::allowlist::{Condition, Target};

/// A file of gitleaks in native form: see [`Gitleaks::to_native`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Native {
    /// The text of `.tokensieve.toml`.
    pub config: String,
    /// The text of a rule file, which the configuration names; empty where there is no rule.
    pub rules: String,
    /// What could not be said in it, a sentence each.
    pub left_out: Vec<String>,
}

impl Gitleaks {
    /// The same in native form. `rule_file` is the name that the file with the rules will have.
    ///
    /// ```
    /// use tokensieve_core::RuleSet;
    /// use tokensieve_core::gitleaks::Gitleaks;
    ///
    /// let text = "[extend]\nuseDefault = true\n\
    ///             [[rules]]\nid = 'acme'\nregex = 'acme_[0-9a-f]{16}'\nkeywords = ['acme_']\n";
    /// let native = Gitleaks::read("g.toml", text, &|_| None)?.to_native("rules.toml");
    /// assert!(native.config.starts_with("version = 1\nrules = ['rules.toml']\n"));
    /// assert_eq!(RuleSet::from_toml("rules.toml", &native.rules)?.len(), 1);
    /// # Ok::<(), tokensieve_core::Error>(())
    /// ```
    #[must_use]
    pub fn to_native(&self, rule_file: &str) -> Native {
        let mut left_out = Vec::new();
        let (mut rules, mut replaced) = (String::new(), Vec::new());
        let builtin = crate::rules::RuleSet::builtin();
        for rule in &self.rules {
            let is_builtin = self.extends_builtin && builtin.has_rule_called(&rule.id);
            if is_builtin && rule.regex.is_none() {
                push_change(&mut rules, rule);
                left_out.extend(without_effect(rule));
            } else {
                if !rules.is_empty() {
                    rules.push('\n');
                }
                push_rule(&mut rules, rule);
                // The rule that it replaces has another id, and would be there beside it.
                let of_alias = builtin
                    .ids_called(&rule.id)
                    .filter(|id| is_builtin && **id != native_id(&rule.id));
                replaced.extend(of_alias.map(ToOwned::to_owned));
            }
        }
        let mut config = String::from("version = 1\n");
        if !rules.is_empty() {
            push_list(&mut config, "rules", &[rule_file]);
        }
        if self.extends_builtin {
            let known = |name: &&str| builtin.has_rule_called(name);
            let replaced = replaced.iter().map(String::as_str);
            let disabled: Vec<&str> = self.disabled_rules().filter(known).chain(replaced).collect();
            if !disabled.is_empty() {
                push_list(&mut config, "exclude_rules", &disabled);
            }
        } else if !self.rules.is_empty() {
            let ids: Vec<String> = self.rules.iter().map(|rule| native_id(&rule.id)).collect();
            push_list(&mut config, "only", &ids);
        }
        let own = self
            .rules
            .iter()
            .flat_map(|rule| rule.allowlists.iter().map(move |list| (list, Some(&rule.id))));
        for (allowlist, id) in own.chain(self.allowlists.iter().map(|list| (list, None))) {
            push_allowlist(&mut config, allowlist, id);
        }
        Native { config, rules, left_out }
    }
}

fn push_rule(out: &mut String, rule: &GitleaksRule) {
    out.push_str("[[rules]]\n");
    let id = native_id(&rule.id);
    push_text(out, "id", &id);
    if id != rule.id {
        push_list(out, "aliases", &[&rule.id]);
    }
    if !rule.description.is_empty() {
        push_text(out, "description", &rule.description);
    }
    if let Some(regex) = &rule.regex {
        push_text(out, "regex", regex.regex());
        let groups = secret_groups(rule);
        if !groups.is_empty() {
            let _ = writeln!(out, "secret_groups = {groups:?}");
        }
    }
    if let Some(path) = &rule.path {
        push_text(out, "path", path.regex());
    }
    if rule.regex.is_some() {
        // Without the key, the rule would have to start with a literal.
        push_list(out, "keywords", &rule.keywords);
    }
    if rule.entropy != 0.0 {
        let _ = writeln!(out, "entropy_above = {:?}", rule.entropy);
    }
    out.push_str("keep_placeholders = true\nchosen_by_humans = true\n");
    if rule.skips_report {
        out.push_str("skip_report = true\n");
    }
    for required in &rule.required {
        out.push_str("\n[[rules.required]]\n");
        push_text(out, "rule", &native_id(&required.rule));
        for (key, value) in
            [("within_lines", required.within_lines), ("within_columns", required.within_columns)]
        {
            if let Some(value) = value {
                let _ = writeln!(out, "{key} = {value}");
            }
        }
    }
}

/// Writes what a rule changes in a built-in one.
fn push_change(out: &mut String, rule: &GitleaksRule) {
    let changes_nothing = rule.description.is_empty() && rule.entropy == 0.0 && rule.path.is_none();
    if changes_nothing {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str("[[changes]]\n");
    push_text(out, "rule", &rule.id);
    if !rule.description.is_empty() {
        push_text(out, "description", &rule.description);
    }
    if let Some(path) = &rule.path {
        push_text(out, "path", path.regex());
    }
    if rule.entropy != 0.0 {
        let _ = writeln!(out, "entropy_above = {:?}", rule.entropy);
    }
}

/// What a rule says of a built-in one that has no meaning for it.
fn without_effect(rule: &GitleaksRule) -> Option<String> {
    let keys = [
        ("secretGroup", rule.secret_group != 0),
        ("keywords", !rule.keywords.is_empty()),
        ("tags", !rule.tags.is_empty()),
    ];
    let keys: Vec<&str> =
        keys.iter().filter(|(_, is_there)| *is_there).map(|(key, _)| *key).collect();
    (!keys.is_empty()).then(|| {
        format!(
            "{} of rule `{}`, which is built in here and has no use for them",
            keys.join(" and "),
            rule.id
        )
    })
}

/// The groups that may hold the secret, in the order in which they are asked.
pub(super) fn secret_groups(rule: &GitleaksRule) -> Vec<usize> {
    match rule.secret_group {
        0 => (1..=rule.regex.as_ref().map_or(0, |regex| regex.groups)).collect(),
        group => vec![group],
    }
}

/// An id of the characters that ids are made of here.
fn native_id(id: &str) -> String {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    id.trim().chars().map(|c| if is_legal(c) { c } else { '-' }).collect()
}

fn push_allowlist(out: &mut String, allowlist: &GitleaksAllowlist, rule: Option<&String>) {
    let mut text = String::from("\n[[allow]]\n");
    if !allowlist.description.is_empty() {
        push_text(&mut text, "description", &allowlist.description);
    }
    let rules: Vec<String> =
        rule.into_iter().chain(&allowlist.target_rules).map(|id| native_id(id)).collect();
    let regexes = |list: &[Pattern]| {
        list.iter().map(|pattern| pattern.regex().to_owned()).collect::<Vec<_>>()
    };
    if allowlist.condition == Condition::Or {
        push_text(&mut text, "condition", "or");
    }
    if allowlist.regex_target != Target::Secret {
        push_text(&mut text, "target", allowlist.regex_target.as_str());
    }
    for (key, list) in [
        ("rules", rules),
        ("commits", allowlist.commits.clone()),
        ("path_regexes", regexes(&allowlist.paths)),
        ("regexes", regexes(&allowlist.regexes)),
        ("stopwords", allowlist.stopwords.clone()),
    ] {
        if !list.is_empty() {
            push_list(&mut text, key, &list);
        }
    }
    if allowlist.spec(rule.map(String::as_str)).prunes_folders {
        text.push_str("prune_folders = true\n");
    }
    out.push_str(&text);
}

fn push_text(out: &mut String, key: &str, text: &str) {
    let _ = writeln!(out, "{key} = {}", quoted(text));
}

fn push_list<S: AsRef<str>>(out: &mut String, key: &str, items: &[S]) {
    let items: Vec<String> = items.iter().map(|item| quoted(item.as_ref())).collect();
    let _ = writeln!(out, "{key} = [{}]", items.join(", "));
}

/// A text as TOML has it: as it is where it can be.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c == '\t' || !c.is_control();
    if text.chars().all(is_plain) {
        if !text.contains('\'') {
            return format!("'{text}'");
        }
        if !text.contains("'''") && !text.ends_with('\'') {
            return format!("'''{text}'''");
        }
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

    #[test]
    fn texts_are_quoted_so_that_they_are_read_as_they_are() {
        for text in ["", "a", "it's", "'", "a'", "'''", "a\nb\t\\\"", "\u{1}\u{7f}\u{e9}", "'''\\"]
        {
            let table: toml::Table = toml::from_str(&format!("x = {}\n", quoted(text))).unwrap();
            assert_eq!(table["x"].as_str(), Some(text), "{}", quoted(text));
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let text = "[[rules]]\nid = 'acme key/1'\ndescription = \"Acme's\"\n\
                    regex = '(a)|(?i:b)\\s'\npath = 'x$'\nentropy = 3\n\
                    keywords = ['A', 'b']\n[[rules.required]]\nid = 'other'\nwithinLines = 3\n\
                    [[rules.allowlists]]\nregexes = ['x\\d']\n\
                    [[rules]]\nid = 'other'\nregex = '(x)(y)(z)'\nsecretGroup = 2\n\
                    skipReport = true\n\
                    [[allowlists]]\ncondition = 'and'\npaths = ['p']\nstopwords = ['s']\n";
        let native = Gitleaks::read("g.toml", text, &|_| None).unwrap().to_native("r.toml");
        assert_eq!(native.config.lines().next(), Some("version = 1"));
        assert!(
            native.config.contains("rules = ['r.toml']\nonly = ['acme-key-1', 'other']\n"),
            "{}",
            native.config
        );
        for list in [
            "condition = 'or'\nrules = ['acme-key-1']\nregexes = ",
            "path_regexes = ['p']\nstopwords = ['s']\n",
        ] {
            assert!(native.config.contains(&format!("\n[[allow]]\n{list}")), "{}", native.config);
        }
        assert!(native.left_out.is_empty(), "{:?}", native.left_out);
        let rules = RuleSet::from_toml("r.toml", &native.rules)
            .unwrap_or_else(|error| panic!("{error}\n{}", native.rules));
        let rule = rules.get("acme-key-1").unwrap();
        assert_eq!(rule.regex(), r"(a)|(?:[Bb])[\t\n\x0C\r ]");
        assert!(rule.is_called("acme key/1"));
        assert_eq!(rule.keywords(), ["a", "b"]);
        assert!(
            native.rules.contains("secret_groups = [1]\n")
                && native.rules.contains("secret_groups = [2]\n"),
            "{}",
            native.rules
        );
    }
}
