//! The literals of the built-in rules, generated from their regexes.
//!
//! Do not edit: the test `ruleset::table::tests::is_current` compares it with what is derived from the rules, and
//! writes it anew where `TOKENSIEVE_UPDATE=1` is set.

use super::literals::Literal;

/// The literals of a built-in rule.
pub(super) fn literals_of(id: &str) -> Option<Vec<Literal>> {
    let (_, rows) = LITERALS.iter().find(|(rule, _)| *rule == id)?;
    let literal = |(bytes, is_folded): &(&[u8], bool)| Literal { bytes: bytes.to_vec(), is_folded: *is_folded };
    Some(rows.iter().map(literal).collect())
}

/// The literals of a rule: bytes, and whether both cases of letters are meant.
type Rows = &'static [(&'static [u8], bool)];

#[rustfmt::skip]
const LITERALS: &[(&str, Rows)] = &[
];

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::super::{file, literals, parse};
    use super::LITERALS;

    /// The table as it should be, from the line after its head to the line before its end.
    fn derived() -> String {
        let mut out = String::new();
        for provider in tokensieve_rules::PROVIDERS {
            for entry in file::read(provider.name, provider.name, provider.rules).unwrap() {
                let id = &entry.rule.id;
                let literals = literals::derive(&parse(&entry.rule.regex).unwrap())
                    .unwrap_or_else(|| panic!("the built-in rule {id} has no literals"));
                writeln!(out, "    (\"{id}\", &[").unwrap();
                for literal in literals {
                    writeln!(out, "        (b\"{}\", {}),", literal.bytes.escape_ascii(), literal.is_folded).unwrap();
                }
                writeln!(out, "    ]),").unwrap();
            }
        }
        out
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test writes the table")]
    fn is_current() {
        const HEAD: &str = "const LITERALS: &[(&str, Rows)] = &[\n";
        const END: &str = "];\n";
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ruleset/table.rs");
        let text = std::fs::read_to_string(file).unwrap();
        let start = text.find(HEAD).unwrap() + HEAD.len();
        let end = start + text[start..].find(END).unwrap();
        let derived = derived();
        if std::env::var("TOKENSIEVE_UPDATE").is_ok() {
            std::fs::write(file, [&text[..start], &derived, &text[end..]].concat()).unwrap();
            return;
        }
        assert_eq!(text[start..end], derived, "run the tests with TOKENSIEVE_UPDATE=1 to write the table anew");
        assert_eq!(text[start..end].matches("&[\n").count(), LITERALS.len());
    }
}
