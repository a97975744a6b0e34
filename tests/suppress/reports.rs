//! What reports and audits say about suppressions.

use serde_json::Value;

use super::ID;
use crate::support::repository::Repository;

#[test]
fn audit_tells_what_is_not_needed() {
    let repo = Repository::new();
    let (a, b) = (repo.token(), repo.token());
    // A value that looks like a secret but is refuted, and words about comments.
    let none = ["glp", "at-xxxxxxxxxxxxxxxxxxxx"].concat();
    let text =
        format!("{a} # tokensieve:allow\n{none} # tokensieve:allow\nwrite # tokensieve:allow\n");
    repo.file("a", text);
    repo.file("old", &b);
    let old = repo.commit("old");
    repo.file("old", "");
    repo.file(
        ".gitleaksignore",
        format!("{old}:old:gitlab-pat:1\n{old}:old:gitlab-pat:7\na:gitlab-pat:1\nbroken\n"),
    );
    repo.file(
        ".tokensieve.toml",
        "version = 1\n[[allow]]\npaths = ['a']\n[[allow]]\npaths = ['nowhere']\nowner = 'ada'\n\
         [[allow]]\npaths = ['a']\nexpires = 2020-01-31\n",
    );
    let known = format!(
        "{}{ID} {}\n",
        "tokensieve-baseline version=1 salt=00112233445566778899aabbccddeeff\n",
        "00".repeat(16)
    );
    repo.file(".tokensieve.baseline", known);
    let audit = |args: &[&str]| repo.run(&[&["audit"], args].concat());
    let all = audit(&["--deny-unused"]);
    let folder = repo.path().canonicalize().unwrap();
    let lines: Vec<String> = all
        .stdout
        .lines()
        .map(|line| line.replace(&format!("{}/", folder.display()), ""))
        .collect();
    assert_eq!(
        lines,
        [
            ".gitleaksignore:2: ignore file: matches nothing",
            ".gitleaksignore:4: ignore file: cannot be understood",
            ".tokensieve.baseline:2: baseline: matches nothing",
            ".tokensieve.toml:4: allowlist: matches nothing; owner: ada",
            ".tokensieve.toml:7: allowlist: has expired",
            "a:2: inline comment: matches nothing",
        ],
        "{all:?}"
    );
    assert_eq!(all.code, Some(1));
    assert_eq!(audit(&[]).code, Some(0));
    // Without the history, nothing is said about its places.
    let files = audit(&["--no-history"]);
    assert!(
        !files.stdout.contains(".gitleaksignore:2") && files.stdout.contains(".gitleaksignore:4"),
        "{files:?}"
    );
    // With everything in its place there is nothing to be denied.
    for name in [".gitleaksignore", ".tokensieve.toml", ".tokensieve.baseline"] {
        repo.remove(name);
    }
    repo.file("a", format!("{a} # tokensieve:allow\n"));
    assert_eq!(audit(&["--deny-unused"]).code, Some(0));
    // A comment that is left where its secret was.
    repo.file("a", format!("b\n{a} # tokensieve:allow\n"));
    repo.commit("moved");
    repo.file("a", "1\n2\n3\n4 # tokensieve:allow\n");
    assert!(audit(&[]).stdout.starts_with("a:4: inline comment: matches nothing"));
    repo.file("b", "nothing # tokensieve:allow\n");
    assert_eq!(audit(&[]).stdout.lines().count(), 1);
}

#[test]
fn suppressed_findings_can_be_shown() {
    let repo = Repository::new();
    let [a, b, c, open] = [0; 4].map(|_| repo.token());
    repo.file("a", format!("{a} # tokensieve:allow -- made up */\n{b}\n{open}\n"));
    repo.file("c", format!("{c}\n"));
    repo.commit("all");
    repo.file(".gitleaksignore", "a:gitlab-pat:2\n");
    repo.file(
        ".tokensieve.toml",
        "version = 1\n[[allow]]\npaths = ['c']\nreason = 'a test'\nowner = 'ada'\n",
    );
    assert_eq!(repo.scan_files(&[]).findings().len(), 1);
    let folder = repo.path().canonicalize().unwrap();
    for scan in [repo.scan_files(&["--show-suppressed"]), repo.scan(&["--show-suppressed"])] {
        let told: Vec<String> = scan
            .assert_code(1)
            .findings()
            .iter()
            .map(|it| {
                let text =
                    it["suppression"].to_string().replace(&format!("{}/", folder.display()), "");
                format!("{}:{} {text}", it["path"].as_str().unwrap(), it["start_line"])
            })
            .collect();
        assert_eq!(
            told,
            [
                r#"a:1 {"kind":"inline comment","reason":"made up"}"#,
                r#"a:2 {"kind":"ignore file","place":".gitleaksignore:1"}"#,
                "a:3 null",
                concat!(
                    r#"c:1 {"kind":"allowlist","owner":"ada","#,
                    r#""place":".tokensieve.toml:2","reason":"a test"}"#
                ),
            ]
        );
    }
    for args in [
        &["scan", "-f", "sarif", "--show-suppressed"][..],
        &["git", "-f", "sarif", "--show-suppressed"],
    ] {
        let document: Value = serde_json::from_str(&repo.run(args).stdout).unwrap();
        let kinds: Vec<String> = document["runs"][0]["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|result| {
                let list = result["suppressions"].as_array().unwrap();
                list.iter()
                    .map(|it| {
                        format!(
                            "{}:{}",
                            it["kind"].as_str().unwrap(),
                            it["status"].as_str().unwrap()
                        )
                    })
                    .collect()
            })
            .collect();
        assert_eq!(kinds, ["inSource:accepted", "external:accepted", "", "external:accepted"]);
        let text =
            document["runs"][0]["results"][0]["suppressions"][0]["justification"].as_str().unwrap();
        assert_eq!(text, "inline comment: made up");
    }
    // Without the flag nothing is said about it, and with it nothing more counts.
    let plain: Value = serde_json::from_str(&repo.run(&["scan", "-f", "sarif"]).stdout).unwrap();
    assert!(plain["runs"][0]["results"][0].get("suppressions").is_none());
    let text = repo.run(&["scan", "--show-suppressed"]);
    assert!(text.stdout.contains("  suppressed: inline comment: made up\n"), "{text:?}");
    assert!(text.stderr.contains(" 1 finding,"), "{text:?}");
    repo.file("a", format!("{a} # tokensieve:allow\n"));
    assert_eq!(repo.scan_files(&["--show-suppressed"]).assert_code(0).findings().len(), 2);
    // What is staged, too.
    repo.git(&["checkout", "-q", "--", "a"]);
    repo.stage("d", format!("{} # tokensieve:allow\n", repo.token()));
    let staged = repo.scan(&["--staged", "--show-suppressed"]);
    assert_eq!(staged.assert_code(0).findings()[0]["suppression"]["kind"], "inline comment");
}

#[test]
fn audits_in_json_list_each_unused_suppression() {
    let repo = Repository::new();
    let token = repo.token();
    let none = ["glp", "at-xxxxxxxxxxxxxxxxxxxx"].concat();
    repo.file("a", format!("{token} # tokensieve:allow\n{none} # tokensieve:allow -- made up\n"));
    let entry =
        format!("version = 1\n[[allow]]\npaths = ['x']\nowner = 'ada'\nreason = 'why {token}'\n");
    repo.file(".tokensieve.toml", entry);
    repo.file(
        "gitleaks.json",
        r#"[{"RuleID": "gitlab-pat", "Secret": "x", "File": "a", "StartLine": 2}]"#,
    );
    let audit =
        |args: &[&str]| repo.run(&[&["audit", "--baseline", "gitleaks.json"], args].concat());
    let document = audit(&["--format", "json", "--deny-unused"]);
    assert_eq!(document.code, Some(1));
    assert!(!document.stdout.contains(&token), "{document:?}");
    let document = document.json();
    assert_eq!((&document["version"], &document["suppressions"]), (&1.into(), &4.into()));
    assert_eq!(document["coverage"]["complete"], true);
    assert!(document["coverage"]["rules"].as_u64().unwrap() > 100);
    let folder = repo.path().canonicalize().unwrap();
    let mut unused = document["unused"].clone();
    for one in unused.as_array_mut().unwrap() {
        let file = one["file"].as_str().unwrap().replace(&format!("{}/", folder.display()), "");
        one["file"] = file.into();
    }
    let expected = serde_json::json!([
        {
            "kind": "allowlist", "file": ".tokensieve.toml", "line": 2, "why": "matches nothing",
            "reason": "why glpat-...", "owner": "ada"
        },
        {"kind": "inline comment", "file": "a", "line": 2, "why": "matches nothing"},
        {"kind": "baseline", "file": "gitleaks.json", "entry": 1, "why": "matches nothing"},
    ]);
    assert_eq!(unused, expected);
    let lines = audit(&["-f", "jsonl"]);
    let lines: Vec<Value> =
        lines.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines.iter().map(|it| it["type"].as_str().unwrap()).collect::<Vec<_>>(),
        ["unused", "unused", "unused", "coverage"]
    );
    assert_eq!((&lines[3]["version"], &lines[3]["suppressions"]), (&1.into(), &4.into()));
}
