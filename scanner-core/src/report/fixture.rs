//! One set of findings for the tests of all formats.

use super::{Format, Report, TextStyle};
use crate::coverage::{Container, Skip};
use crate::{Confidence, Coverage, Finding, FingerprintKey, Origin, RuleSet, Scanner};

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
    #[cfg(feature = "sarif")]
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
        let report =
            Report { findings: &self.findings, coverage: &self.coverage, tool_version: "1.2.3" };
        let mut out = Vec::new();
        report.write(format, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}
