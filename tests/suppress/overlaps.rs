//! Findings of several rules in the same bytes, some of which are suppressed.

use std::collections::BTreeSet;

use super::rules_and_lines;
use crate::support::command::Run;
use crate::support::repository::Repository;

/// Two rules that find parts of the same bytes, the first of which has an allowlist.
const OVERLAPPING: &str = "[[rules]]\nid = 'long'\nregex = 'acme_[a-z]{4}-[0-9]{4}'\n\
    keywords = ['acme']\n\
                           [[rules.allowlists]]\nstopwords = ['fake']\n\
                           [[rules]]\nid = 'short'\nregex = 'acme_[a-z]{4}'\nkeywords = ['acme']\n";

/// As in gitleaks, allowlists of a rule are asked before what it finds pushes others aside; in all
/// sources.
#[test]
fn an_allowlisted_finding_hides_no_other() {
    let repo = Repository::with_commit();
    let base = repo.id("HEAD");
    let text = "acme_fake-1234\nacme_real-1234\n";
    repo.file(".gitleaks.toml", OVERLAPPING);
    repo.git(&["add", ".gitleaks.toml"]);
    repo.stage("a", text);
    let expected = ["short:1", "long:2"];
    assert_eq!(rules_and_lines(&repo.scan_files(&["a"])), expected);
    assert_eq!(rules_and_lines(&repo.scan(&["--staged"])), expected);
    let commit = repo.commit("both");
    // In a history, one file after the other is reported, by the place of its secrets.
    assert_eq!(rules_and_lines(&repo.scan(&[])), expected);
    assert_eq!(rules_and_lines(&repo.scan(&["--range", &format!("{base}..HEAD")])), expected);
    let fingerprints = |scan: &Run| -> BTreeSet<String> {
        scan.findings().iter().map(|it| it["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(fingerprints(&repo.scan_files(&["a"])), fingerprints(&repo.scan(&[])));
    // Standard input, and a file that is searched in parts.
    let mut command = repo.tokensieve(&["scan", "-f", "json", "-"]);
    command.stdin(std::fs::File::open(repo.path().join("a")).unwrap());
    assert_eq!(rules_and_lines(&Run::of(command.output().unwrap())), expected);
    repo.file("large", format!("{}{text}", "x\n".repeat(5 << 20)));
    let large = rules_and_lines(&repo.scan_files(&["large"]));
    assert_eq!(large, ["short:5242881", "long:5242882"]);
    repo.remove("large");
    // A suppressed finding still hides what it overlaps.
    for (file, content) in [
        (".gitleaksignore", "a:short:1\na:long:2\n".to_owned()),
        (".gitleaksignore", format!("{commit}:a:short:1\n{commit}:a:long:2\n")),
    ] {
        repo.file(file, content);
        assert_eq!(rules_and_lines(&repo.scan(&[])), [""; 0]);
    }
    repo.file(".gitleaksignore", "a:long:1\na:long:2\n");
    assert_eq!(rules_and_lines(&repo.scan_files(&["a"])), ["short:1"]);
    repo.file(".gitleaksignore", "");
    repo.run(&["baseline", "create", "--git"]).assert_code(0);
    assert_eq!(rules_and_lines(&repo.scan_files(&[])), [""; 0]);
    assert_eq!(rules_and_lines(&repo.scan(&[])), [""; 0]);
}
