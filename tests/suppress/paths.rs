//! Rules about paths, in files and histories.

use serde_json::Value;

use crate::support::command::Run;
use crate::support::repository::Repository;

/// Rules about paths alone: a path is found where a commit brings it in, and at its first line.
#[test]
fn rules_about_paths_find_the_commit_that_adds_a_path() {
    let repo = Repository::with_commit();
    repo.file(".gitleaks.toml", "[[rules]]\nid = 'key-file'\npath = '(^|/)key[.]pem$'\n");
    repo.file("old/key.pem", "x\n");
    let first = repo.commit("old");
    repo.file("old/key.pem", "y\n");
    repo.commit("changed");
    repo.git(&["mv", "old/key.pem", "key.pem"]);
    let moved = repo.commit("moved");
    repo.file("sub/key.pem", "z\n");
    let last = repo.commit("new");
    let told = |scan: &Run| -> Vec<String> {
        let findings = scan.findings();
        let commit = |it: &Value| it["commit"]["id"].as_str().unwrap_or_default().to_owned();
        let line = |it: &Value| {
            format!(
                "{}:{} {} {}",
                it["path"].as_str().unwrap(),
                it["start_line"],
                commit(it),
                it["in_head"]
            )
        };
        findings.iter().map(line).collect()
    };
    let all = [
        format!("key.pem:1 {moved} true"),
        format!("old/key.pem:1 {first} false"),
        format!("sub/key.pem:1 {last} true"),
    ];
    let history = repo.scan(&[]);
    assert_eq!(told(&history), all);
    assert_eq!(history.findings()[1]["refs"], serde_json::json!(["HEAD", "refs/heads/main"]));
    assert_eq!(told(&repo.scan(&["--max-commits", "1"])), [all[2].clone()]);
    assert_eq!(told(&repo.scan(&["--exclude-path", "/sub/"])), all[..2]);
    assert_eq!(told(&repo.scan(&["--range", "HEAD~2..HEAD"])), [all[0].clone(), all[2].clone()]);
    // A file that changes was there with its name before.
    assert_eq!(told(&repo.scan(&["--range", "HEAD~3..HEAD~2"])), [""; 0]);
    // The same fingerprints as in the files.
    let fingerprint = |scan: &Run, path: &str| -> Value {
        scan.findings().iter().find(|it| it["path"] == path).unwrap()["fingerprint"].clone()
    };
    assert_eq!(fingerprint(&repo.scan_files(&[]), "key.pem"), fingerprint(&history, "key.pem"));
    // What is staged: a new path counts, a changed file does not.
    repo.stage("key.pem", "changed\n");
    repo.stage("more/key.pem", "new\n");
    let staged = repo.scan(&["--staged"]);
    let new: Vec<String> = staged
        .assert_code(1)
        .findings()
        .iter()
        .map(|it| format!("{} {}", it["path"].as_str().unwrap(), it["new"]))
        .collect();
    assert_eq!(new, ["key.pem false", "more/key.pem null"]);
    // Merges bring in nothing that one of the parents has.
    repo.git(&["reset", "-q", "--hard", "HEAD"]);
    repo.git(&["checkout", "-q", "-b", "side", "HEAD~1"]);
    repo.file("side/key.pem", "s\n");
    let side = repo.commit("side");
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--no-edit", "side"]);
    assert_eq!(
        told(&repo.scan(&["--range", &format!("{last}..HEAD")])),
        [format!("side/key.pem:1 {side} true")]
    );
    assert_eq!(repo.scan(&[]).findings().len(), 4);
    // Suppressions are about them as about all others.
    repo.file(".gitleaksignore", format!("key.pem:key-file:1\n{last}:sub/key.pem:key-file:1\n"));
    assert_eq!(repo.scan(&[]).findings().len(), 2);
    repo.run(&["baseline", "create", "--git"]).assert_code(0);
    assert_eq!(repo.scan(&[]).assert_code(0).findings().len(), 0);
}

#[test]
fn pushes_with_paths_that_are_not_wanted_are_refused() {
    let repo = Repository::with_commit();
    let server = repo.add_origin();
    server.hook("pre-receive", "exec \"$TOKENSIEVE\" pre-receive");
    repo.file(".gitleaks.toml", "[[rules]]\nid = 'key-file'\npath = 'key[.]pem$'\n");
    let base = repo.commit("config");
    repo.git(&["push", "-q", "origin", "main"]);
    repo.file("key.pem", "x\n");
    repo.commit("key");
    let refused = repo.git_output(&["push", "-q", "origin", "main"]);
    assert!(!refused.status.success(), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("key.pem:1"), "{refused:?}");
    let ci = repo.run(&["ci", "-f", "json", "--base", &base, "--head", "HEAD"]);
    assert_eq!(ci.assert_code(1).locations(), ["key.pem:1"]);
}
