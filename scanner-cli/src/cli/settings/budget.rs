//! How much the regexes of files that nobody named may cost. Whoever writes the scanned tree writes
//! these files, too, and must not make a scan of it take all memory or no end of time.
//!
//! The unit is about one state of the unrolled regexes: memory grows with all of them, and the time
//! for a byte, at worst, with those of one regex.

use anyhow::{Result, bail};
use tokensieve_core::RuleSet;
use tokensieve_core::internal::regex_cost;

use crate::cli::output::message::{MAX_ALL_STATES, MAX_REGEX_STATES};
use crate::cli::settings::config::Loaded;

/// What is left.
struct Budget(u64);

impl Budget {
    /// Takes the cost of something that stands at `place`.
    fn take(&mut self, place: &str, cost: u64, most: u64) -> Result<()> {
        if cost > most {
            bail!(
                "{place} unrolls to about {cost} states, and may have {most} in a file that nobody \
                 named: write `*` or `+` instead of large counts, or name the file with --config"
            );
        }
        self.0 = match self.0.checked_sub(cost) {
            Some(left) => left,
            None => bail!(
                "{place}: up to here regexes and patterns unroll to more than {MAX_ALL_STATES} \
                 states, which is too much for files that nobody named: name the file with --config"
            ),
        };
        Ok(())
    }

    fn take_regex(&mut self, place: &str, regex: &str) -> Result<()> {
        // Text that is no regex was refused or left out when it was read.
        self.take(place, regex_cost(regex).unwrap_or(0), MAX_REGEX_STATES)
    }

    fn take_rules(&mut self, file: &str, rules: &RuleSet) -> Result<()> {
        for rule in rules.iter() {
            let place = |key: &str| format!("{file}: the {key} of rule `{}`", rule.id());
            self.take_regex(&place("regex"), rule.regex())?;
            self.take_regex(&place("path"), rule.path().unwrap_or_default())?;
        }
        Ok(())
    }
}

/// Checks a configuration that nobody named.
///
/// # Errors
///
/// A regex of it, or all of them together, cost too much; the message names the place.
pub(crate) fn check(loaded: &Loaded) -> Result<()> {
    let mut budget = Budget(MAX_ALL_STATES);
    for (file, text) in &loaded.rule_texts {
        // The scan reads the file again, and reports errors in it.
        if let Ok(rules) = RuleSet::from_toml(file, text) {
            budget.take_rules(file, &rules)?;
        }
    }
    if let Some(gitleaks) = &loaded.gitleaks {
        for rule in gitleaks.rules() {
            let place =
                |key: &str| format!("{}:{}: `{key}` of rule `{}`", rule.file, rule.line, rule.id);
            for (key, pattern) in [("regex", &rule.regex), ("path", &rule.path)] {
                if let Some(pattern) = pattern {
                    budget.take_regex(&place(key), pattern.regex())?;
                }
            }
        }
    }
    for allow in loaded.allow.iter().chain(&loaded.gitleaks_allow) {
        // A text that it is asked about is short; a list of many small regexes is as good as one.
        budget.take(
            &format!("{}:{}: the entry", allow.file, allow.line),
            allow.list.cost(),
            MAX_ALL_STATES,
        )?;
    }
    let name = loaded.name.as_deref().unwrap_or_default();
    for pattern in &loaded.exclude_paths {
        let wildcards = pattern.text.bytes().filter(|byte| b"*?[".contains(byte)).count() as u64;
        budget.take(
            &format!("{name}:{}: the pattern", pattern.line),
            1 + wildcards,
            MAX_ALL_STATES,
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_all_are_bounded() {
        let mut budget = Budget(MAX_ALL_STATES);
        assert!(budget.take_regex("a", "a.{0,1000}b").is_ok());
        assert!(budget.take_regex("a", "(?:a.{0,900}){2}b").is_err());
        let error = (0..400).find_map(|_| budget.take_regex("f:7", "a.{0,1000}b").err());
        assert!(error.unwrap().to_string().starts_with("f:7: up to here"));
    }
}
