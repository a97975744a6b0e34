//! Whatever is found and whatever it stands beside, each report is a document of its form and holds
//! no secret.

use serde_json::Value;
use tokensieve_core::coverage::Skip;
use tokensieve_core::report::{Format, Report, TextStyle};
use tokensieve_core::{Commit, Coverage, Finding, FingerprintKey, Origin, Provenance, References};

use super::{SCANNER, run_on, seeds};

/// Reports all findings in a text, whose beginning is also the name of its file and all that a
/// commit says.
fn writing(data: &[u8]) {
    let name = &data[..data.len().min(80)];
    SCANNER.with(|scanner| {
        let key = FingerprintKey::default();
        let origin = Origin::new(name, name);
        let text = String::from_utf8_lossy(name).into_owned();
        let commit = Commit {
            id: "0".repeat(40),
            author: text.clone(),
            email: text.clone(),
            date: "2026-01-01T00:00:00+00:00".to_owned(),
            summary: text.clone(),
        };
        let names = std::iter::once(text.as_str());
        let refs = References::new(names, References::MAX_NAMES, scanner.redactor()).into();
        let provenance = Provenance { commit: Some(commit), refs, ..Provenance::default() }
            .redacted(scanner.redactor());
        let (mut findings, mut secrets) = (Vec::new(), Vec::new());
        scanner.scan(data, &mut |located| {
            let fingerprint =
                key.file(origin.from_root()).next(located.matched.rule(), &located.secret);
            let finding = Finding::new(&origin, &located, fingerprint, scanner.redactor(), false);
            findings.push(finding.with_provenance(provenance.clone()));
            secrets.push(located.secret.expose().to_vec());
        });
        let mut coverage = Coverage::default();
        coverage.skip(Skip::Unreadable, scanner.redactor().redact(&text));
        let report = Report::new(&findings, &coverage, "0");
        for format in Format::ALL {
            let mut out = Vec::new();
            report
                .write(*format, TextStyle { is_verbose: true, ..TextStyle::default() }, &mut out)
                .unwrap();
            is_well_formed(*format, &out);
            // Shorter ones may be words that stand somewhere else, too. In a name, a value that
            // only its context makes a secret is none.
            let is_in =
                |text: &[u8], secret: &[u8]| text.windows(secret.len()).any(|it| it == secret);
            let shown = scanner.redactor().redact(&text);
            let is_one = |secret: &&Vec<u8>| secret.len() >= 24 && !is_in(shown.as_bytes(), secret);
            for secret in secrets.iter().filter(is_one) {
                let is_shown = is_in(&out, secret);
                assert!(!is_shown, "{format} shows {}", secret.escape_ascii());
            }
        }
    });
}

fn is_well_formed(format: Format, out: &[u8]) {
    let text = str::from_utf8(out).unwrap();
    let odd = text.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(odd, None, "{format}: a control character");
    match format {
        Format::Json | Format::Sarif => drop(serde_json::from_str::<Value>(text).unwrap()),
        Format::Jsonl => {
            text.lines().for_each(|line| drop(serde_json::from_str::<Value>(line).unwrap()))
        }
        _ => {}
    }
}

#[test]
fn fuzz_writing() {
    run_on(writing, &seeds());
}
