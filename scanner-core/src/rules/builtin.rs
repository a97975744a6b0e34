//! The built-in rules: a table of the facts that start-up needs, and each rule on demand.
//!
//! Parsing all rule files takes longer than many a scan. The crate `tokensieve-rules` therefore
//! carries a generated table of names and literals ([`tokensieve_rules::ROWS`]) as static data. A
//! rule file is parsed when the first candidate of one of its rules turns up, or when a caller asks
//! for one of its rules.

use std::sync::{Arc, LazyLock, OnceLock};

use tokensieve_rules::{PROVIDERS, ROWS, Row, RowLiteral, RowRun};

use super::file;
use super::literals::Literal;
use crate::rules::rule::Rule;

/// The facts about a built-in rule that are known without its rule file: a [`Row`] with names.
///
/// Borrows from the static table, so making one copies a few words and allocates nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct BuiltinRow {
    pub(super) id: &'static str,
    /// The ids that other scanners have for the rule.
    pub(super) aliases: &'static [&'static str],
    /// The longest match, in bytes.
    pub(super) max_len: usize,
    /// Whether the token prefixes of GitLab instances apply to the rule.
    pub(super) takes_custom_prefix: bool,
    /// Whether a word directly to the left of a literal rules a match out.
    is_bounded: bool,
    literals: &'static [RowLiteral],
    /// The run that every match of a rule without a prefix holds.
    pub(super) run: Option<&'static RowRun>,
}

impl BuiltinRow {
    fn new(row: &Row) -> Self {
        let &(id, aliases, max_len, takes_custom_prefix, is_bounded, literals, run) = row;
        Self { id, aliases, max_len, takes_custom_prefix, is_bounded, literals, run }
    }

    /// Returns the literals of the rule, at least one: every match starts with one of them.
    ///
    /// Copies the bytes of each literal.
    pub(super) fn literals(&self) -> Vec<Literal> {
        let is_bounded = self.is_bounded;
        let mut literals = Vec::with_capacity(self.literals.len());
        for &(bytes, is_folded, continued) in self.literals {
            let bytes = bytes.to_vec();
            literals.push(Literal { bytes, is_folded, continued, is_bounded });
        }
        literals
    }
}

/// The position of a built-in rule: the index of its provider in [`PROVIDERS`] and [`ROWS`], and
/// its own index in the provider's rule file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Builtin {
    pub(super) provider: usize,
    pub(super) index: usize,
}

impl Builtin {
    /// Returns all built-in rules: providers by name, the rules of each in the order of its file.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let of_provider = |(provider, rows): (usize, &&[Row])| {
            let len = rows.len();
            (0..len).map(move |index| Self { provider, index })
        };
        ROWS.iter().enumerate().flat_map(of_provider)
    }

    /// Returns the facts that the table holds. Parses nothing.
    pub(super) fn row(self) -> BuiltinRow {
        BuiltinRow::new(&ROWS[self.provider][self.index])
    }

    pub(super) fn provider(self) -> &'static str {
        PROVIDERS[self.provider].name
    }

    /// Returns the text of the rule file that holds the rule.
    pub(super) fn text(self) -> &'static str {
        PROVIDERS[self.provider].rules
    }

    /// Returns the rule. The first call for a provider parses its rule file; later ones share the
    /// result.
    pub(super) fn rule(self) -> &'static Arc<Rule> {
        static READ: LazyLock<Vec<OnceLock<Vec<Arc<Rule>>>>> =
            LazyLock::new(|| PROVIDERS.iter().map(|_| OnceLock::new()).collect());
        let rules = READ[self.provider].get_or_init(|| {
            let name = self.provider();
            let file = file::read(name, name, self.text());
            let entries = file.expect("the built-in rule files are read by a test").entries;
            entries.into_iter().map(|entry| Arc::new(entry.rule)).collect()
        });
        &rules[self.index]
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use regex_syntax::hir::Hir;

    use super::*;
    use crate::confirm::required_run::RequiredRun;
    use crate::rules::regex::parse;
    use crate::rules::{file, literals};

    /// The source file of the table.
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/rows.rs");
    /// The longest line that the file may have, in bytes.
    const MAX_LINE_LEN: usize = 100;
    const HOW_TO_UPDATE: &str = "run `TOKENSIEVE_UPDATE=1 cargo test -p tokensieve-core builtin`";
    const FILE_HEAD: &str = "\
//! Generated from the rule files; do not edit. After a change of a rule, this command writes it:
//!
//! ```text
//! TOKENSIEVE_UPDATE=1 cargo test -p tokensieve-core builtin
//! ```

use crate::Row;

/// The rows of each provider: providers as in [`PROVIDERS`](crate::PROVIDERS), rows as in its file.
#[rustfmt::skip]
pub static ROWS: &[&[Row]] = &[
";

    /// Derives the table from the rule files and returns the text of its source file.
    fn derived() -> String {
        let mut out = FILE_HEAD.to_owned();
        for provider in PROVIDERS {
            writeln!(out, "    &[ // {}", provider.name).unwrap();
            for entry in file::read(provider.name, provider.name, provider.rules).unwrap().entries {
                push_wrapped(&mut out, &source_of_row(&entry.rule));
            }
            out.push_str("    ],\n");
        }
        out.push_str("];\n");
        out
    }

    /// Returns the source of a rule's row, in the pieces between which a line may break.
    fn source_of_row(rule: &Rule) -> Vec<String> {
        let hir = parse(&rule.regex).unwrap();
        let literals = literals::derive(&hir)
            .unwrap_or_else(|| panic!("the built-in rule {} has no literals", rule.id));
        let mut literal_sources = Vec::new();
        for Literal { bytes, is_folded, continued, .. } in literals {
            let bytes = bytes.escape_ascii();
            literal_sources.push(format!("(b\"{bytes}\", {is_folded}, {continued})"));
        }
        let aliases = rule.aliases.iter().map(|alias| format!("{alias:?}")).collect();
        let mut pieces = vec![format!("({:?},", rule.id)];
        pieces.extend(source_of_slice(aliases, ","));
        pieces.push(format!("{},", rule.max_len));
        pieces.push(format!("{},", rule.custom_prefix.is_some()));
        pieces.push(format!("{},", rule.is_bounded_on_the_left()));
        pieces.extend(source_of_slice(literal_sources, ","));
        pieces.extend(source_of_run(rule, &hir));
        pieces
    }

    /// Returns the source of the run that a rule's row has, in the pieces between which a line may
    /// break.
    fn source_of_run(rule: &Rule, hir: &Hir) -> Vec<String> {
        let is_named = rule.syntax.is_some() || !rule.prefixes.is_empty();
        let run = RequiredRun::of(hir, literals::MIN_LITERAL_LEN).map(RequiredRun::row);
        match run.filter(|(.., to)| !is_named && *to <= rule.max_len) {
            Some((set, len, from, to)) => {
                let mut pieces: Vec<String> =
                    set.iter().map(|word| format!("{word:#x},")).collect();
                pieces[0].insert_str(0, "Some(&([");
                pieces[3] = format!("{:#x}],", set[3]);
                pieces.push(format!("{len}, {from}, {to}))),"));
                pieces
            }
            None => vec!["None),".to_owned()],
        }
    }

    /// Returns the pieces of `&[a, b]`, with `end` behind the bracket.
    fn source_of_slice(mut items: Vec<String>, end: &str) -> Vec<String> {
        let Some(last) = items.pop() else { return vec![format!("&[]{end}")] };
        let mut pieces: Vec<String> = items.into_iter().map(|item| item + ",").collect();
        pieces.push(format!("{last}]{end}"));
        pieces[0].insert_str(0, "&[");
        pieces
    }

    /// Appends pieces with as many on a line as fit; lines after the first are indented further.
    fn push_wrapped(out: &mut String, pieces: &[String]) {
        let mut line = format!("        {}", pieces[0]);
        for piece in &pieces[1..] {
            if line.len() + 1 + piece.len() > MAX_LINE_LEN {
                writeln!(out, "{line}").unwrap();
                line = " ".repeat(11);
            }
            line.push(' ');
            line.push_str(piece);
        }
        writeln!(out, "{line}").unwrap();
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test writes the table")]
    fn is_current() {
        let derived = derived();
        let longest = derived.lines().max_by_key(|line| line.len()).unwrap();
        assert!(longest.len() <= MAX_LINE_LEN, "a line that does not fit: {longest}");
        let is_current = std::fs::read_to_string(FILE).is_ok_and(|text| text == derived);
        if !is_current && std::env::var("TOKENSIEVE_UPDATE").is_ok() {
            std::fs::write(FILE, derived).unwrap();
            return;
        }
        assert!(is_current, "{FILE} is stale: {HOW_TO_UPDATE}");
    }

    #[test]
    fn rows_are_the_rules_of_their_files() {
        assert_eq!(ROWS.len(), PROVIDERS.len(), "a stale table: {HOW_TO_UPDATE}");
        for builtin in Builtin::all() {
            let (row, rule) = (builtin.row(), builtin.rule());
            assert_eq!((row.id, builtin.provider()), (rule.id(), rule.provider()));
            assert_eq!(row.aliases, rule.aliases());
            assert!(rule.keywords.is_none() && rule.path.is_none(), "{}", row.id);
        }
    }
}
