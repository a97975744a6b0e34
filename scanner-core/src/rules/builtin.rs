//! What the engine has to know of every built-in rule before any of them is read.
//!
//! Reading some hundred rule files takes longer than many a scan. So what is needed at start-up is
//! generated from them and checked in, in [`builtin_rows`](super::builtin_rows): names and
//! literals. A file is read when the first candidate of one of its rules turns up, or when somebody
//! asks for a rule.

use std::sync::{Arc, LazyLock, OnceLock};

use super::builtin_rows::ROWS;
use super::file;
use super::literals::Literal;
use crate::rules::rule::Rule;

/// A built-in rule that need not have been read.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) max_len: usize,
    /// Whether the token prefixes of GitLab instances matter to it.
    pub(super) takes_custom_prefix: bool,
    /// Whether a word to the left of its literals rules a match out.
    pub(super) is_bounded: bool,
    /// The literals: bytes, whether both cases of letters are meant, how many token characters
    /// follow.
    pub(super) literals: &'static [(&'static [u8], bool, u8)],
}

impl Row {
    pub(super) fn literals(&self) -> Vec<Literal> {
        let literal = |(bytes, is_folded, continued): &(&[u8], bool, u8)| Literal {
            bytes: bytes.to_vec(),
            is_folded: *is_folded,
            continued: *continued,
            is_bounded: self.is_bounded,
        };
        self.literals.iter().map(literal).collect()
    }
}

/// Where a built-in rule is: the index of its provider, and its own in the provider's file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Builtin {
    pub(super) provider: usize,
    pub(super) index: usize,
}

impl Builtin {
    /// All built-in rules, in their order.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        ROWS.iter()
            .enumerate()
            .flat_map(|(provider, rows)| (0..rows.len()).map(move |index| Self { provider, index }))
    }

    pub(super) fn row(self) -> &'static Row {
        &ROWS[self.provider][self.index]
    }

    pub(super) fn provider(self) -> &'static str {
        tokensieve_rules::PROVIDERS[self.provider].name
    }

    /// The text of the file that it is in.
    pub(super) fn text(self) -> &'static str {
        tokensieve_rules::PROVIDERS[self.provider].rules
    }

    /// The rule; its file is read if it has not been.
    pub(super) fn rule(self) -> &'static Arc<Rule> {
        static READ: LazyLock<Vec<OnceLock<Vec<Arc<Rule>>>>> =
            LazyLock::new(|| tokensieve_rules::PROVIDERS.iter().map(|_| OnceLock::new()).collect());
        let rules = READ[self.provider].get_or_init(|| {
            let name = self.provider();
            let file = file::read(name, name, self.text())
                .expect("the built-in rule files are read by a test");
            let entries = file.entries;
            entries.into_iter().map(|entry| Arc::new(entry.rule)).collect()
        });
        &rules[self.index]
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::super::{file, literals};
    use super::*;
    use crate::rules::regex::parse;

    const HEAD: &str = "\
//! Generated from the rule files: see [`builtin`](super::builtin).
//!
//! Do not edit: the test `rules::builtin::tests::is_current` compares it with what is derived from
//! the rules, and writes it anew where `TOKENSIEVE_UPDATE=1` is set.

use super::builtin::Row;

/// The rules of each provider, in the order of the files.
#[rustfmt::skip]
pub(super) static ROWS: &[&[Row]] = &[
";

    /// The file as it should be.
    fn derived() -> String {
        let mut out = HEAD.to_owned();
        for provider in tokensieve_rules::PROVIDERS {
            writeln!(out, "    // {}\n    &[", provider.name).unwrap();
            for entry in file::read(provider.name, provider.name, provider.rules).unwrap().entries {
                let rule = &entry.rule;
                let literals = literals::derive(&parse(&rule.regex).unwrap())
                    .unwrap_or_else(|| panic!("the built-in rule {} has no literals", rule.id));
                writeln!(
                    out,
                    "        Row {{ id: {:?}, aliases: &{:?}, max_len: {}, takes_custom_prefix: {}, is_bounded: {}, literals: &[",
                    rule.id,
                    rule.aliases,
                    rule.max_len,
                    rule.custom_prefix.is_some(),
                    rule.is_bounded_on_the_left(),
                )
                .unwrap();
                for literal in literals {
                    let Literal { bytes, is_folded, continued, .. } = literal;
                    writeln!(
                        out,
                        "            (b\"{}\", {is_folded}, {continued}),",
                        bytes.escape_ascii()
                    )
                    .unwrap();
                }
                out.push_str("        ] },\n");
            }
            out.push_str("    ],\n");
        }
        out.push_str("];\n");
        out
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test writes the table")]
    fn is_current() {
        const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules/builtin_rows.rs");
        let derived = derived();
        if std::env::var("TOKENSIEVE_UPDATE").is_ok() {
            std::fs::write(FILE, derived).unwrap();
            return;
        }
        let is_current = std::fs::read_to_string(FILE).unwrap() == derived;
        assert!(is_current, "run the tests with TOKENSIEVE_UPDATE=1 to write {FILE} anew");
        assert_eq!(ROWS.len(), tokensieve_rules::PROVIDERS.len());
    }

    #[test]
    fn rows_are_the_rules_of_their_files() {
        for builtin in Builtin::all() {
            let (row, rule) = (builtin.row(), builtin.rule());
            assert_eq!((row.id, builtin.provider()), (rule.id(), rule.provider()));
            assert_eq!(row.aliases, rule.aliases());
            assert!(rule.keywords.is_none() && rule.path.is_none(), "{}", row.id);
        }
    }
}
