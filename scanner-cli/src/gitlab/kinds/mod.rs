//! What is known of each kind of token without asking anybody.

mod row;
mod table;

use tokensieve_core::{Facts, Rule};

pub use self::row::{Effect, Kind, Knowledge};
use self::table::TABLE;

impl Kind {
    /// The kind that a rule finds; none for rules of other providers.
    ///
    /// ```
    /// use tokensieve::gitlab::Kind;
    /// use tokensieve_core::RuleSet;
    ///
    /// let rules = RuleSet::builtin();
    /// let kind = |id| Kind::of(rules.get(id).unwrap());
    /// assert_eq!(kind("gitlab_deploy_token"), Some(Kind::DeployToken));
    /// assert_eq!(kind("npm_access_token"), None);
    /// ```
    #[must_use]
    pub fn of(rule: &Rule) -> Option<Self> {
        let row = TABLE.iter().find(|row| row.name == rule.kind())?;
        // Deploy keys and users' keys are private keys like any other.
        (rule.provider() == "gitlab" || row.kind == Self::PrivateKey).then_some(row.kind)
    }

    /// What is known of it.
    #[must_use]
    pub fn knowledge(self) -> &'static Knowledge {
        // A test holds that each kind has its row.
        TABLE.iter().find(|row| row.kind == self).unwrap_or(&TABLE[0])
    }

    /// The name that reports have.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.knowledge().name
    }
}

/// A call of the table with the ids that a token tells: `{project}` becomes `7`, or `:project`
/// where it is not known. `{owner}` stands for `projects/7` or `groups/7`.
#[must_use]
pub fn filled(call: &str, facts: &Facts) -> String {
    let id = |name: &str| facts.get(name).map_or_else(|| format!(":{name}"), str::to_owned);
    let owner = match (facts.get("project"), facts.get("group")) {
        (None, Some(group)) => format!("groups/{group}"),
        _ => format!("projects/{}", id("project")),
    };
    let mut text = call.replace("{owner}", &owner);
    for name in ["project", "group", "user", "job"] {
        text = text.replace(&format!("{{{name}}}"), &id(name));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use tokensieve_core::RuleSet;

    use super::*;

    #[test]
    fn each_kind_of_the_rules_has_its_row() {
        let rules = RuleSet::builtin();
        let mut count = 0;
        for rule in rules.iter().filter(|rule| rule.provider() == "gitlab") {
            let kind = Kind::of(rule);
            assert!(kind.is_some(), "{} has no row", rule.kind());
            let known = kind.unwrap().knowledge();
            for prefix in rule.prefixes() {
                assert!(known.prefixes.contains(&prefix.as_str()), "{prefix} of {}", rule.id());
            }
            count += 1;
        }
        assert!(count > 40, "{count}");
    }

    #[test]
    fn rows_are_complete_and_say_each_kind_once() {
        let names: BTreeSet<_> = TABLE.iter().map(|row| row.name).collect();
        let kinds: BTreeSet<_> = TABLE.iter().map(|row| row.kind).collect();
        assert_eq!((names.len(), kinds.len()), (TABLE.len(), TABLE.len()));
        for row in TABLE {
            assert_eq!(row.kind.knowledge().name, row.name);
            assert!(!row.forms.is_empty() && !row.check.is_empty(), "{}", row.name);
            assert!(!row.revoke.is_empty() && !row.rotate.is_empty(), "{}", row.name);
            let texts = [row.rotate, row.revoke].concat().join(" ") + row.check + row.note;
            assert!(!texts.contains("token="), "{}: a secret in a URL", row.name);
            let rest = filled(&texts, &Facts::default());
            assert!(!rest.contains(['{', '}']), "{}: {rest}", row.name);
        }
    }

    #[test]
    fn ids_are_filled_in() {
        let facts = |pairs: &[(&'static str, &str)]| -> Facts {
            pairs.iter().map(|(key, value)| (*key, (*value).to_owned())).collect()
        };
        let call = "DELETE /api/v4/{owner}/deploy_tokens/:id";
        let rows = [
            (facts(&[("project", "7")]), "DELETE /api/v4/projects/7/deploy_tokens/:id"),
            (facts(&[("group", "8")]), "DELETE /api/v4/groups/8/deploy_tokens/:id"),
            (facts(&[]), "DELETE /api/v4/projects/:project/deploy_tokens/:id"),
        ];
        for (facts, expected) in rows {
            assert_eq!(filled(call, &facts), expected);
        }
        assert_eq!(filled("/users/{user}/block", &facts(&[("user", "9")])), "/users/9/block");
    }
}
