//! The regexes of an allowlist. They are compiled when a text first holds what one of them needs:
//! of thousands of entries, few are ever asked about something that they could match.

use std::sync::OnceLock;

use memchr::memmem;
use regex_automata::meta::Regex;
use regex_syntax::hir::{Hir, HirKind};

use crate::error::{Error, ErrorKind};
use crate::rules::lint::{cost, is_too_large};
use crate::rules::regex::parse;

/// Regexes that are searched as one. They have been checked, so compiling them cannot fail.
#[derive(Clone, Debug)]
pub(super) struct Patterns {
    regexes: Vec<String>,
    /// What a text that one of them matches holds: one of these. None where a regex needs nothing.
    needles: Option<Vec<Vec<u8>>>,
    cost: u64,
    compiled: OnceLock<Option<Regex>>,
}

impl Patterns {
    /// Checks regexes. None for none.
    ///
    /// # Errors
    ///
    /// A regex is wrong, or is too large to be compiled.
    pub(super) fn new(regexes: Vec<String>) -> Result<Option<Self>, Error> {
        if regexes.is_empty() {
            return Ok(None);
        }
        let wrong = |message: String| Error::new(ErrorKind::Suppression, message);
        let mut needles = Some(Vec::with_capacity(regexes.len()));
        let mut sum = 0;
        for regex in &regexes {
            let hir = parse(regex).map_err(|error| {
                wrong(format!("`{}` is no regex: {error}", regex.escape_debug()))
            })?;
            if is_too_large(&hir) {
                return Err(wrong("the regexes are too large".to_owned()));
            }
            sum += cost(&hir);
            needles = needles.zip(needle(&hir)).map(|(mut needles, needle)| {
                needles.push(needle.to_vec());
                needles
            });
        }
        Ok(Some(Self { regexes, needles, cost: sum, compiled: OnceLock::new() }))
    }

    /// What they cost together, as [`cost`] counts.
    pub(super) fn cost(&self) -> u64 {
        self.cost
    }

    /// Whether one of them is found in a text.
    pub(super) fn is_match(&self, text: &[u8]) -> bool {
        let is_there = |needle: &Vec<u8>| memmem::find(text, needle).is_some();
        if self.needles.as_ref().is_some_and(|needles| !needles.iter().any(is_there)) {
            return false;
        }
        let compiled = self.compiled.get_or_init(|| {
            let hirs: Vec<Hir> = self.regexes.iter().filter_map(|it| parse(it).ok()).collect();
            let config = Regex::config().utf8_empty(false).nfa_size_limit(None);
            Regex::builder().configure(config).build_many_from_hir(&hirs).ok()
        });
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// The longest text that each match of a regex holds.
fn needle(hir: &Hir) -> Option<&[u8]> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(&literal.0),
        HirKind::Capture(capture) => needle(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needle(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(needle).max_by_key(|text| text.len()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(regexes: &[&str]) -> Patterns {
        let regexes = regexes.iter().map(|regex| (*regex).to_owned()).collect();
        Patterns::new(regexes).unwrap().unwrap()
    }

    #[test]
    fn needles_are_in_every_match() {
        let of = |regex: &str| needle(&parse(regex).unwrap()).map(<[u8]>::to_vec);
        assert_eq!(of(r"\Aab(?:c|d)(efg)+x*$").as_deref(), Some(&b"efg"[..]));
        for none in ["a|bc", "(?i)key", "x*", "[0-9]+", "(?:abc)?"] {
            assert_eq!(of(none), None, "{none}");
        }
    }

    #[test]
    fn nothing_is_compiled_for_texts_that_lack_the_needle() {
        let one = patterns(&["^p1$", "key-[0-9]"]);
        assert!(!one.is_match(b"a/b") && one.compiled.get().is_none());
        assert!(!one.is_match(b"key-x") && one.compiled.get().is_some());
        assert!(one.is_match(b"p1") && one.is_match(b"the key-7"));
        // One that needs nothing is always asked.
        assert!(patterns(&["abc", "[0-9]"]).is_match(b"7"));
        assert!(patterns(&[""]).is_match(b""));
    }
}
