//! Properties over generated texts and configuration files.

use proptest::prelude::*;
use tokensieve_core::gitleaks::Gitleaks;
use tokensieve_core::{RuleSet, Scanner};

use super::{beside, scanner};

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// However the input is cut, the same is found.
    #[test]
    fn chunks_do_not_matter(
        pieces in prop::collection::vec(prop_oneof![
            4 => Just("key=ab12".to_owned()),
            4 => Just("user=abcd\n".to_owned()),
            2 => Just("\u{e9}\n".to_owned()),
            1 => (1_usize..90_000).prop_map(|len| ".\n".repeat(len)),
        ], 1..14),
        cuts in prop::collection::vec(1_usize..300_000, 1..6),
        has_wrong_byte in any::<bool>(),
    ) {
        let config = "[[rules]]\nid = 'a'\nregex = 'key=(\\w+)'\nkeywords = ['user=']\n\
            [[rules.required]]\nid = 'b'\nwithinLines = 500\n\
                      [[rules]]\nid = 'b'\nregex = 'user=(\\w+)'\nkeywords = ['user=']\n\
                      [[rules]]\nid = 'c'\nregex = '(?:^|\\n)\u{e9}(?:\\n|$)'\n\
                      keywords = ['key']\n";
        let mut text = pieces.concat().into_bytes();
        if has_wrong_byte {
            text.insert(text.len() / 2, 0xff);
        }
        let scanner = scanner(config);
        let found = scanner.find(&text);
        let whole: Vec<String> = found.iter().map(|found| format!("{found:?}")).collect();
        let mut stream = scanner.stream();
        let mut found = Vec::new();
        let (mut rest, mut at) = (text.as_slice(), 0);
        while !rest.is_empty() {
            let (chunk, later) = rest.split_at(cuts[at % cuts.len()].min(rest.len()));
            stream.push(chunk, &mut |located| found.push(format!("{:?}", located.matched)));
            (rest, at) = (later, at + 1);
        }
        stream.finish(&mut |located| found.push(format!("{:?}", located.matched)));
        prop_assert_eq!(found, whole);
    }

    /// Whatever a file says, reading it ends with a value or an error.
    #[test]
    fn reading_never_panics(text in concat!(
        "(\\[\\[?(rules|allowlists?|extend|rules\\.allowlists?|rules\\.required)\\]\\]?\n|",
        "(id|regex|path|keywords|entropy|secretGroup|paths|regexes|stopwords|condition|",
        "useDefault|disabledRules|targetRules|withinLines) = ",
        "('[a-c(\\[{}*+?\\\\)|.]{0,8}'|\\['a', 'b'\\]|3|-1|true|1e9|nan|2020-01-01)\n){0,12}",
    )) {
        let _ = Gitleaks::lint("g.toml", &text, &beside);
        if let Ok(gitleaks) = Gitleaks::read("g.toml", &text, &beside) {
            let mut rules = RuleSet::default();
            gitleaks.apply_to(&mut rules);
            let _ = Scanner::new(&rules).find(b"abc abc\n(a) 12\xff");
            let native = gitleaks.to_native("r.toml");
            prop_assert!(native.config.starts_with("version = 1\n"));
        }
    }
}
