//! Runs the cases that stand beside the rules.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use tokensieve_core::{Confidence, Proof, Rule, RuleSet, Scanner};

const FEWEST_FOUND: usize = 3;
const FEWEST_NEAR: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    found: Vec<Found>,
    near: Vec<Near>,
}

/// Text that holds one secret.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    rule: String,
    #[serde(default)]
    before: Vec<String>,
    secret: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    confidence: Option<Confidence>,
    facts: Option<BTreeMap<String, String>>,
}

/// Text that nearly holds one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Near {
    rule: String,
    why: String,
    text: Vec<String>,
    /// The rule that rightly finds something else in it.
    finds: Option<String>,
}

fn each_provider(mut check: impl FnMut(&Cases)) {
    for (provider, cases) in tokensieve_rules::CASES {
        let cases = toml::from_str(cases).unwrap_or_else(|error| panic!("{provider}: {error}"));
        check(&cases);
    }
}

#[test]
fn what_must_be_found_is_found_once_and_exactly() {
    let scanner = Scanner::new(&RuleSet::builtin());
    let mut failures = Vec::new();
    each_provider(|cases| {
        for (index, case) in cases.found.iter().enumerate() {
            if let Err(problem) = check_found(&scanner, case) {
                failures.push(format!("found #{index} of {}: {problem}", case.rule));
            }
        }
    });
    assert!(failures.is_empty(), "{} cases fail:\n{}", failures.len(), failures.join("\n"));
}

fn check_found(scanner: &Scanner, case: &Found) -> Result<(), String> {
    let (before, secret) = (case.before.concat(), case.secret.concat());
    let text = [before.as_str(), &secret, &case.after.concat()].concat();
    let found = scanner.find(text.as_bytes());
    let [only] = found.as_slice() else {
        return Err(format!("{} findings: {found:?}", found.len()));
    };
    if only.rule().id() != case.rule {
        return Err(format!("found by {}", only.rule().id()));
    }
    let expected = before.len()..before.len() + secret.len();
    if only.span().range() != expected {
        return Err(format!("span {:?} instead of {expected:?}", only.span().range()));
    }
    if case.confidence.is_some_and(|confidence| confidence != only.confidence()) {
        return Err(format!("is {}", only.confidence()));
    }
    let facts: BTreeMap<String, String> =
        only.facts().iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    match &case.facts {
        Some(expected) if *expected != facts => Err(format!("facts {facts:?}")),
        _ => Ok(()),
    }
}

/// A checksum leaves no doubt where a token begins and ends.
#[test]
fn what_a_checksum_proves_is_found_whatever_is_glued_to_it() {
    const CHECKSUMS: [Proof; 4] =
        [Proof::Crc32Base62, Proof::Crc32Base62OfAll, Proof::Crc32Base64, Proof::Crc32Hex];
    let rules = RuleSet::builtin();
    let scanner = Scanner::new(&rules);
    let mut seen = BTreeSet::new();
    each_provider(|cases| {
        let is_proved = |case: &&Found| {
            let proof = rules.get(&case.rule).unwrap().proof();
            proof.is_some_and(|proof| CHECKSUMS.contains(&proof))
                && case.confidence == Some(Confidence::Proved)
        };
        for case in cases.found.iter().filter(is_proved) {
            let secret = case.secret.concat();
            for before in ["", "x", "0", "_", "backup-", "key_"] {
                for after in ["", "x", "0", "_", "-bak", "_old.env", "==", "x1y2z3"] {
                    let text = [before, &secret, after].concat();
                    let found = scanner.find(text.as_bytes());
                    let spans: Vec<_> =
                        found.iter().map(|one| (one.rule().id(), one.span().range())).collect();
                    let expected = before.len()..before.len() + secret.len();
                    assert_eq!(spans, [(case.rule.as_str(), expected)], "{before}...{after}");
                }
            }
            // One with a wrong checksum is still refuted.
            let last = if secret.ends_with('0') { '1' } else { '0' };
            let wrong = format!("x{}{last}-bak", &secret[..secret.len() - 1]);
            assert!(scanner.find(wrong.as_bytes()).is_empty(), "{}", case.rule);
            seen.insert(case.rule.clone());
        }
    });
    let known =
        rules.iter().filter(|rule| rule.proof().is_some_and(|one| CHECKSUMS.contains(&one)));
    assert_eq!(seen, known.map(|rule| rule.id().to_owned()).collect());
}

#[test]
fn near_misses_are_not_reported() {
    let rules = RuleSet::builtin();
    let all = Scanner::new(&rules);
    // What nearly is a token of one kind is still a generated value under a name such as `secret`.
    let filtered: Vec<&str> =
        rules.iter().filter(|rule| rule.filter().is_some()).map(Rule::id).collect();
    let known = Scanner::new(&rules.clone().without(&filtered).unwrap());
    let mut failures = Vec::new();
    each_provider(|cases| {
        for (index, case) in cases.near.iter().enumerate() {
            let text = case.text.concat();
            let scanner = if filtered.contains(&case.rule.as_str()) { &all } else { &known };
            let found = scanner.find(text.as_bytes());
            let rules: Vec<&str> = found.iter().map(|matched| matched.rule().id()).collect();
            let expected: Vec<&str> = case.finds.iter().map(String::as_str).collect();
            if rules != expected {
                failures.push(format!("near #{index} of {} ({}): {found:?}", case.rule, case.why));
            }
        }
    });
    assert!(failures.is_empty(), "{} cases fail:\n{}", failures.len(), failures.join("\n"));
}

/// A file that `rules/lib.rs` does not list is in no program, and no other test looks at it.
#[test]
fn every_rule_file_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let files: BTreeSet<String> = names
        .filter_map(|name| name.to_str().unwrap().strip_suffix(".toml").map(str::to_owned))
        .filter(|name| name != "Cargo" && !name.ends_with(".cases"))
        .collect();
    let listed = tokensieve_rules::CASES.iter().map(|(name, _)| (*name).to_owned());
    assert!(listed.clone().is_sorted(), "rules/lib.rs is not sorted");
    let listed: BTreeSet<String> = listed.collect();
    let missing: Vec<&String> = files.difference(&listed).collect();
    assert!(missing.is_empty(), "rules/lib.rs does not list {missing:?}");
}

#[test]
fn every_rule_has_enough_cases() {
    let rules = RuleSet::builtin();
    let mut counts: BTreeMap<&str, (usize, usize)> =
        rules.iter().map(|rule| (rule.id(), (0, 0))).collect();
    each_provider(|cases| {
        for case in &cases.found {
            counts
                .get_mut(case.rule.as_str())
                .unwrap_or_else(|| panic!("no rule {}", case.rule))
                .0 += 1;
        }
        for case in &cases.near {
            counts
                .get_mut(case.rule.as_str())
                .unwrap_or_else(|| panic!("no rule {}", case.rule))
                .1 += 1;
        }
    });
    for (rule, (found, near)) in counts {
        assert!(
            found >= FEWEST_FOUND && near >= FEWEST_NEAR,
            "{rule}: {found} found, {near} near misses"
        );
    }
}

#[test]
fn every_rule_says_what_it_is_and_what_to_do() {
    for (name, text) in RuleSet::builtin_files() {
        let lints = RuleSet::lint(&name, text).unwrap();
        assert!(
            lints.is_empty(),
            "{}",
            lints.iter().map(|lint| format!("{name}:{} {lint}\n", lint.line)).collect::<String>()
        );
    }
    for rule in RuleSet::builtin().iter() {
        let id = rule.id();
        assert!(!rule.description().is_empty(), "{id} does not say what the token can do");
        assert!(rule.url().starts_with("https://"), "{id} has no documentation");
        assert!(!rule.remediation().ui().is_empty(), "{id} does not say what to do");
    }
}

/// GitLab's own secret detection has ids for these kinds.
#[test]
fn gitlabs_ids_are_used() {
    let rules = RuleSet::builtin();
    for id in [
        "gitlab_personal_access_token",
        "gitlab_personal_access_token_routable",
        "gitlab_personal_access_token_routable_versioned",
        "gitlab_deploy_token",
        "gitlab_runner_auth_token",
        "gitlab_runner_auth_token_routable",
        "gitlab_runner_registration_token",
        "gitlab_kubernetes_agent_token",
        "gitlab_scim_oauth_token",
        "gitlab_ci_build_token",
        "gitlab_incoming_email_token",
        "gitlab_feed_token",
        "gitlab_feed_token_v2",
        "gitlab_pipeline_trigger_token",
        "gitlab_oauth_app_secret",
    ] {
        assert!(rules.get(id).is_some(), "{id}");
    }
}

/// Whoever has ids of gitleaks 8.30.1 in a configuration or an ignore file finds each of them here.
#[test]
fn every_rule_of_gitleaks_has_its_like() {
    const IDS: &str = include_str!("gitleaks-rule-ids.txt");
    let rules = RuleSet::builtin();
    let missing: Vec<&str> = IDS.lines().filter(|id| !rules.has_rule_called(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(IDS.lines().count(), 222);
}
