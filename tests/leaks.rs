//! No secret of any rule is shown, whatever is glued to it, and no generated value beside a
//! finding.

use serde::Deserialize;
use tokensieve_core::report::{Format, Report, TextStyle};
use tokensieve_core::{
    Commit, Coverage, Finding, FingerprintKey, Origin, Provenance, References, RuleSet, Scanner,
};

use crate::support::tokens::{Random, personal};

#[derive(Deserialize)]
struct Cases {
    found: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    rule: String,
    #[serde(default)]
    before: Vec<String>,
    secret: Vec<String>,
}

/// Text that, glued to a token, keeps its rule from matching, while a reader still sees the token.
const GLUED: [(&str, &str); 8] = [
    ("", ""),
    ("", "_old"),
    ("", "x2"),
    ("", "-bak"),
    ("", ".env"),
    ("bk-", "_2"),
    ("old_", ""),
    ("x2", "x2"),
];

/// Findings in a text, in a file whose path, author and branch have the same name.
fn findings(scanner: &Scanner, text: &str, name: &str) -> Vec<Finding> {
    let key = FingerprintKey::default();
    let origin = Origin::new(format!("d/{name}/f"), format!("d/{name}/f"));
    let mut identities = key.file(origin.from_root());
    let mut found = Vec::new();
    scanner.scan(text.as_bytes(), &mut |located| {
        let fingerprint = identities.next(located.matched.rule(), &located.secret);
        let commit = Commit {
            id: "0".repeat(40),
            author: name.to_owned(),
            email: format!("{name}@example.com"),
            date: "2026-01-01T00:00:00+00:00".to_owned(),
            summary: format!("Add {name} here"),
        };
        let branch = format!("refs/heads/{name}");
        let names = std::iter::once(branch.as_str());
        let refs = References::new(names, References::MAX_NAMES, scanner.redactor()).into();
        let provenance = Provenance { commit: Some(commit), refs, ..Provenance::default() };
        let finding = Finding::new(&origin, &located, fingerprint, scanner.redactor(), false);
        found.push(finding.with_provenance(provenance.redacted(scanner.redactor())));
    });
    found
}

fn report(findings: &[Finding], format: Format) -> String {
    let coverage = Coverage::default();
    let report = Report::new(findings, &coverage, "1");
    let mut out = Vec::new();
    report.write(format, TextStyle::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Asserts that no report of any format shows a secret of the rules' cases, whatever is glued to
/// it. `name` makes the name of the file, the author and the branch from the text in front of the
/// secret, from what is glued to its left, and from the secret with what is glued to it.
fn assert_hidden(name: &dyn Fn(&str, &str, &str) -> String) {
    let scanner = Scanner::new(&RuleSet::builtin());
    let beside = personal(&mut Random::new(70));
    let mut failures = Vec::new();
    for (provider, cases) in tokensieve_rules::CASES {
        let cases: Cases = toml::from_str(cases).unwrap_or_else(|e| panic!("{provider}: {e}"));
        for case in cases.found {
            let (before, secret) = (case.before.concat(), case.secret.concat());
            for (left, right) in GLUED {
                let glued = format!("{left}{secret}{right}");
                let text = format!("{before}{glued} {beside} {left}{before}{secret}{right}\n");
                let found = findings(&scanner, &text, &name(&before, left, &glued));
                assert!(!found.is_empty());
                for format in Format::ALL {
                    if report(&found, *format).contains(&secret) {
                        failures.push(format!("{} {left}|{right} {format}", case.rule));
                    }
                }
            }
        }
    }
    let rules: std::collections::BTreeSet<&str> =
        failures.iter().filter_map(|failure| failure.split(' ').next()).collect();
    assert!(failures.is_empty(), "{} are shown, of {rules:?}", failures.len());
}

#[test]
fn no_secret_of_a_rule_is_shown_in_an_excerpt_with_something_glued_to_it() {
    assert_hidden(&|_, _, _| "plain".to_owned());
}

#[test]
fn no_secret_of_a_rule_is_shown_in_a_name_with_something_glued_to_it() {
    assert_hidden(&|before, left, glued| format!("{left}{before}{}", &glued[left.len()..]));
}

/// Alphabets of generators, each with the length of what they make: at least 40 bits.
const GENERATORS: [(&str, usize); 10] = [
    ("abcdefghijklmnopqrstuvwxyz0123456789", 12),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 10),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 24),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 22),
    ("0123456789abcdef", 16),
    ("0123456789abcdef", 40),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*", 14),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!@#$%&*()-_=+[]{}<>:?", 16),
];

/// Where a value stands beside a finding.
const PLACES: [(&str, &str); 8] = [
    ("A=TOKEN DB_PASSWORD=", " B=1"),
    ("TOKEN password: ", ""),
    ("{\"token\":\"TOKEN\",\"password\":\"", "\",\"b\":1}"),
    ("keys = ['TOKEN', '", "']"),
    ("f(\"TOKEN\", \"", "\");"),
    ("TOKEN pw = ", ""),
    ("TOKEN,", ",other"),
    ("use TOKEN and ", " there"),
];

/// How many characters of a value in a row tell too much.
const SHOWN: usize = 8;

fn generated(random: &mut Random, alphabet: &str, len: usize) -> String {
    let alphabet = alphabet.as_bytes();
    loop {
        let value: String =
            (0..len).map(|_| char::from(alphabet[random.below(alphabet.len())])).collect();
        let classes: [fn(u8) -> bool; 4] = [
            |byte| byte.is_ascii_lowercase(),
            |byte| byte.is_ascii_uppercase(),
            |byte| byte.is_ascii_digit(),
            |byte| byte.is_ascii_punctuation(),
        ];
        if classes.iter().filter(|is_in| value.bytes().any(**is_in)).count() > 1 {
            return value;
        }
    }
}

fn excerpt_of(scanner: &Scanner, line: &str, at: usize) -> String {
    let mut shown = None;
    scanner.scan(line.as_bytes(), &mut |located| {
        if located.matched.span().start == at {
            let excerpt = &located.excerpt;
            shown = Some([&*excerpt.before, &*excerpt.redacted, &*excerpt.after].concat());
        }
    });
    shown.expect("the finding is there")
}

#[test]
fn generated_values_beside_a_finding_are_not_shown() {
    const ROUNDS: usize = 60;
    let scanner = Scanner::new(&RuleSet::builtin());
    let random = &mut Random::new(2);
    let (mut all, mut shown) = (0, Vec::new());
    for (alphabet, len) in GENERATORS {
        for (before, after) in PLACES {
            for _ in 0..ROUNDS {
                let (token, value) = (personal(random), generated(random, alphabet, len));
                let at = before.find("TOKEN").unwrap();
                let line = format!("{}{value}{after}", before.replace("TOKEN", &token));
                let excerpt = excerpt_of(&scanner, &line, at);
                assert!(!excerpt.contains(&token[6..]), "{excerpt}");
                all += 1;
                let parts: Vec<char> = value.chars().collect();
                if parts.windows(SHOWN).any(|part| excerpt.contains(&String::from_iter(part))) {
                    shown.push(excerpt);
                }
            }
        }
    }
    // Less than one of ten thousand: none of so few.
    assert!(shown.len() * 10_000 < all, "{} of {all}:\n{}", shown.len(), shown.join("\n"));
}

#[test]
fn excerpts_stay_readable() {
    let scanner = Scanner::new(&RuleSet::builtin());
    let token = personal(&mut Random::new(3));
    for line in [
        "{\"id\":7,\"created_at\":\"2026-05-01T10:00:00Z\",\"token\":\"TOKEN\",\"enabled\":true}",
        "curl -H \"PRIVATE-TOKEN: TOKEN\" \"https://gitlab.example.com/api/v4/projects/1?page=2\"",
        "git clone https://oauth2:TOKEN@gitlab.com/group/project.git",
        "  - name: DB_PASSWORD # and TOKEN in node_modules/@babel/core/lib/index.js",
        "if (user.getName() == null) { return foo(bar, 1, \"TOKEN\"); }",
        "DATABASE_URL=postgres://localhost:5432/app?sslmode=require TOKEN=TOKEN us-east-1",
        "The quick brown fox doesn't jump over TOKEN, and it's fine.",
        "RUN apt-get install -y --no-install-recommends ca-certificates && echo TOKEN",
    ] {
        let text = line.replacen("TOKEN\"", &format!("{token}\""), 1);
        let text = if text == line { line.replacen("TOKEN", &token, 1) } else { text };
        let excerpt = excerpt_of(&scanner, &text, text.find(&token).unwrap());
        let expected = text.replace(&token, concat!("glp", "at-..."));
        assert_eq!(excerpt, expected);
    }
}
