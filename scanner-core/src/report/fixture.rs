//! One set of findings for the tests of all formats.

use super::{Format, Report, TextStyle};
use serde_json::Value;

use crate::coverage::{Container, Skip};
use crate::suppression::Suppression;
use crate::{
    Commit, Confidence, Coverage, Finding, FingerprintKey, Origin, Provenance, References, RuleSet,
    Scanner,
};

const RULES: &str = r#"
[[rules]]
id = "acme-key"
kind = "acme_key"
name = "Acme key"
description = "Opens all doors."
severity = "critical"
url = "https://acme.example/keys"
prefixes = ["acme_"]
regex = 'acme_[0-9a-f]{16}'
[rules.leak]
ui = "Acme console, Keys, Revoke"
api = "DELETE /v1/keys/:id"

[[rules]]
id = "acme-word"
name = "Acme word"
severity = "medium"
regex = 'acmeword=(?<secret>[a-z]{8})'
confidence = "possible"
"#;

/// A rule as a scanned tree could bring it along, and one whose tokens tell whose they are.
const ODD_RULES: &str = r#"
[[rules]]
id = "odd-key"
name = "Odd \u001b[31mkey\u202e"
description = """LONG
"""
severity = "critical"
prefixes = ["odd_"]
regex = 'odd_[0-9a-f]{16}'
[rules.leak]
ui = "Console\u001b]0;title\u0007"
api = "DELETE /v1/keys/<id>"

[[rules]]
id = "routable"
severity = "critical"
prefixes = ["glpat-"]
regex = 'glpat-[0-9A-Za-z_-]{27,235}\.[0-9a-z]{2}\.[0-9a-z]{2}[01][0-9a-z]{6}'
proof = "gitlab-routable"
"#;

const ODD_KEY: &str = concat!("odd", "_0123a4567b89cdef");
/// An example of a token of user 123, and the same with a wrong checksum.
const PROVED: &str = concat!("glp", "at-AAECAwQFBgcICQoLDA0OD2M6MQpvOjEKdTozZgw", ".01.1318vxcpo");
const REFUTED: &str = concat!("glp", "at-AAECAwQFBgcICQoLDA0OD2M6MQpvOjEKdTozZgw", ".01.1318vxcpx");
const KEY: &str = concat!("acme", "_0123a4567b89cdef");
const OTHER_KEY: &str = concat!("acme", "_fedc9876543210ab");
const WORD: &str = "correcth";

pub(super) struct Fixture {
    rules: RuleSet,
    findings: Vec<Finding>,
    coverage: Coverage,
}

impl Fixture {
    pub(super) fn empty() -> Self {
        let rules = RuleSet::from_toml("acme.toml", RULES).unwrap();
        Self { rules, findings: Vec::new(), coverage: Coverage::default() }
    }

    /// Three findings in two files, and a gap.
    pub(super) fn new(is_shown: bool) -> Self {
        let mut fixture = Self::empty();
        fixture.coverage.skip(Skip::Unreadable, "locked".to_owned());
        fixture.coverage.files_scanned = 2;
        let odd = Origin::new(&b"caf\xe9 #1?.txt"[..], &b"sub/caf\xe9 #1?.txt"[..]);
        fixture.scan(&odd, &format!("first\n\u{e4} key={KEY}; acmeword={WORD}\n"), is_shown);
        let plain = Origin::new("plain.txt", "sub/plain.txt");
        fixture.scan(&plain, OTHER_KEY, is_shown);
        fixture
    }

    /// As many findings as told.
    pub(super) fn of_many(count: usize) -> Self {
        let mut fixture = Self::empty();
        let key = |index: usize| (index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let text: String = (0..count).map(|index| format!("acme_{:016x}\n", key(index))).collect();
        fixture.scan(&Origin::new("many", "many"), &text, false);
        fixture
    }

    /// Names, paths and rules that want to be more than text; an absolute path; one proved and one
    /// refuted finding.
    pub(super) fn odd() -> Self {
        let rules =
            RuleSet::from_toml("odd.toml", &ODD_RULES.replace("LONG", &"Long. ".repeat(500)))
                .unwrap();
        let mut fixture = Self { rules, findings: Vec::new(), coverage: Coverage::default() };
        fixture.coverage.skip(Skip::Unreadable, "\u{202e}[a](https://b)".to_owned());
        fixture.coverage.leave_unopened(Container::Archive, "\u{9b}.zip".to_owned());
        let odd = "a\u{9b}2J\u{1b}\u{202e}b\n\u{2028}%:\u{e4}";
        fixture.scan(&Origin::new("/x/y", "/x/y"), &format!("key={ODD_KEY}"), false);
        fixture.scan(&Origin::new(odd, odd), PROVED, false);
        fixture.scan(&Origin::new("z", "z"), REFUTED, false);
        fixture
    }

    /// File names and commits that want to be formulas, commands, elements, markup, mentions and
    /// line ends; all of them in a history.
    pub(super) fn hostile() -> Self {
        let mut fixture = Self::empty();
        let names: [&[u8]; 12] = [
            b"=cmd|'/c calc'!A1",
            b"+1,2\n@SUM(1)",
            b"::add-mask::x",
            b"::error file=a::b,c=d",
            b"</script><script>alert(1)</script>",
            b"\"><img src=x onerror=alert(1)>",
            b"`a` | **b** [c](javascript:d) @everyone #1 !2 ~3 ![e](f)",
            b"]]>&lt;<!--",
            b"${{ secrets }} {{ x }} </title>",
            "a\u{1b}[31m\u{9b}2J\u{202e}\u{2028}\u{fffe}\u{e0041}b\rc".as_bytes(),
            b"caf\xe9 \xff\xfe",
            b"##[error]a",
        ];
        for (index, name) in names.into_iter().enumerate() {
            let text = format!("acme_{:016x}", (index as u64 + 3) * 0x0123_4567_89ab_cdef);
            fixture.scan(&Origin::new(name, name), &text, false);
        }
        let text = |finding: &Finding| finding.path().to_owned();
        fixture.findings = fixture
            .findings
            .into_iter()
            .map(|finding| {
                let commit = Commit {
                    id: "0123456789abcdef".repeat(3)[..40].to_owned(),
                    author: text(&finding),
                    email: text(&finding),
                    date: "2026-01-02T03:04:05+00:00".to_owned(),
                    summary: text(&finding),
                };
                let redactor = Scanner::new(&fixture.rules).redactor().clone();
                let name = text(&finding);
                let refs = References::new([name.as_str()].into_iter(), 9, &redactor).into();
                finding.with_provenance(Provenance {
                    commit: Some(commit),
                    last_commit: Some("f".repeat(40)),
                    removed: None,
                    exposed_days: None,
                    refs,
                    place_count: 1,
                    ..Provenance::default()
                })
            })
            .collect();
        fixture
    }

    /// One finding, which a baseline knows.
    pub(super) fn suppressed() -> Self {
        let mut fixture = Self::empty();
        fixture.scan(&Origin::new("known", "known"), KEY, false);
        let suppression = Suppression {
            kind: "baseline",
            is_in_source: false,
            place: None,
            reason: Some("made up".to_owned()),
            owner: None,
        };
        let known = |finding: Finding| finding.suppressed(suppression.clone());
        fixture.findings = fixture.findings.into_iter().map(known).collect();
        fixture
    }

    /// A key three times in two files, a word twice, another key once.
    pub(super) fn repeated() -> Self {
        let mut fixture = Self::empty();
        let word = format!("acmeword={WORD}");
        for (name, text) in [
            ("0.txt", word.clone()),
            ("a.txt", format!("{KEY}\n{KEY}\n")),
            ("b.txt", format!("{KEY}\n{word}\n{OTHER_KEY}\n")),
        ] {
            fixture.scan(&Origin::new(name, name), &text, false);
        }
        fixture
    }

    /// One finding behind other text.
    pub(super) fn with_lines_before(lines: &str) -> Self {
        let mut fixture = Self::empty();
        fixture.scan(&Origin::new("a.txt", "a.txt"), &format!("{lines}{KEY}\n"), false);
        fixture
    }

    /// Something that was not read.
    pub(super) fn leave_out(&mut self, name: &str) {
        self.coverage.skip(Skip::Unreadable, name.to_owned());
    }

    /// One finding behind other text in its line.
    pub(super) fn of_line(before: &str) -> Self {
        let mut fixture = Self::empty();
        fixture.scan(&Origin::new("a.txt", "a.txt"), &format!("{before}{KEY}\n"), false);
        fixture
    }

    /// The number of findings.
    pub(super) fn len(&self) -> usize {
        self.findings.len()
    }

    pub(super) fn report(&self) -> Report<'_> {
        Report::new(&self.findings, &self.coverage, "1.2.3")
    }

    fn scan(&mut self, origin: &Origin, text: &str, is_shown: bool) {
        let scanner =
            Scanner::builder().min_confidence(Confidence::Refuted).build(&self.rules).unwrap();
        let key = FingerprintKey::default();
        let mut identities = key.file(origin.from_root());
        scanner.scan(text.as_bytes(), &mut |located| {
            let fingerprint = identities.next(located.matched.rule(), &located.secret);
            self.findings.push(Finding::new(
                origin,
                &located,
                fingerprint,
                scanner.redactor(),
                is_shown,
            ));
        });
    }

    pub(super) fn secrets(&self) -> [&'static str; 6] {
        [&KEY[5..], &OTHER_KEY[5..], WORD, &ODD_KEY[4..], &PROVED[6..], &REFUTED[6..]]
    }

    pub(super) fn write(&self, format: Format) -> String {
        self.write_styled(format, TextStyle::default())
    }

    pub(super) fn write_styled(&self, format: Format, style: TextStyle) -> String {
        let mut out = Vec::new();
        self.report().write(format, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}

/// Reads a report that is JSON.
pub(super) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
