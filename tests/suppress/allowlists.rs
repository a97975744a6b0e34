//! Allowlists of the configuration and of rules.

use super::ID;
use crate::support::tokens::Random;

/// Patterns of allowlists mean what `--exclude-path` takes them for, which is what git takes them
/// for.
#[test]
fn patterns_mean_what_they_mean_elsewhere() {
    use tokensieve_core::RuleSet;
    use tokensieve_core::suppression::{Allowlist, AllowlistSpec, Subject};

    // A class that is negated matches a slash there, in git and here it does not.
    const PARTS: [&str; 11] = ["a", "b", "ab", "/", "/", "*", "**", "?", "[ab]", ".", "a*"];
    let (rules, mut random) = (RuleSet::builtin(), Random::new(3));
    let around = tokensieve_core::suppression::LineContext::default();
    let mut agreed = 0;
    for _ in 0..20_000 {
        let glob: String =
            (0..1 + random.below(5)).map(|_| PARTS[random.below(PARTS.len())]).collect();
        // What stars beside others mean is left to those who like riddles.
        let is_plain = !glob.contains("***")
            && glob.split('/').all(|part| part == "**" || !part.contains("**"));
        // Folders at the root: there, the root itself is one of them.
        let plain = tokensieve_core::suppression::path_pattern(&glob).unwrap_or((&*glob).into());
        let is_root = plain.ends_with('/') && matches!(plain.trim_matches('/'), "*" | "**");
        if !is_plain || glob.contains("//") || glob == "/" || is_root {
            continue;
        }
        let path = (0..1 + random.below(3)).map(|_| ["a", "b", "ab", "a.b", "ba"][random.below(5)]);
        let path = path.collect::<Vec<_>>().join("/");
        let spec = AllowlistSpec { globs: vec![glob.clone()], ..AllowlistSpec::default() };
        let Ok(list) = Allowlist::new(spec) else {
            assert!(tokensieve_core::suppression::path_pattern(&glob).is_err(), "{glob}");
            continue;
        };
        let subject = Subject {
            rule: rules.get(ID).unwrap(),
            path: path.as_bytes(),
            is_walked: true,
            commit: None,
            fingerprint: None,
            secret: b"x",
            around: &around,
        };
        let expected =
            tokensieve::source::exclusions(std::slice::from_ref(&glob), std::path::Path::new("/r"))
                .unwrap()
                .matched_path_or_any_parents(std::path::Path::new("/r").join(&path), false)
                .is_ignore();
        assert_eq!(list.allows(&subject), expected, "{glob} {path}");
        agreed += usize::from(expected);
    }
    assert!(agreed > 1000, "{agreed}");
}
