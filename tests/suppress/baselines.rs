//! Baselines: they know secrets, wherever these move.

use serde_json::Value;

use super::ID;
use crate::support::command::Run;
use crate::support::repository::Repository;
use crate::support::tokens::Random;

/// Branches that move lines and files, add known secrets to the baseline, are rebased, squashed and
/// merged.
#[test]
fn a_baseline_survives_what_happens_to_a_repository() {
    let mut random = Random::new(9);
    for _ in 0..4 {
        let repo = Repository::new();
        repo.file(".gitattributes", ".tokensieve.baseline merge=union\n");
        for at in 0..4 {
            repo.file(&format!("f{at}"), format!("first\nkey {}\nlast\n", repo.token()));
        }
        repo.commit("old secrets");
        repo.scan_files(&[]).assert_code(1);
        repo.run(&["baseline", "create", "--reason", "before our time"]).assert_code(0);
        repo.commit("baseline");
        let header = |repo: &Repository| {
            repo.read(".tokensieve.baseline").lines().next().unwrap().to_owned()
        };
        let first = header(&repo);
        let mut files: Vec<String> = (0..4).map(|at| format!("f{at}")).collect();
        for step in 0..6 {
            let (left, right) = (format!("left{step}"), format!("right{step}"));
            for (at, branch) in [&left, &right].into_iter().enumerate() {
                repo.git(&["checkout", "-q", "-b", branch, "main"]);
                // Lines move, in a file of its own for each branch.
                let half = files.len() / 2;
                let file = &files[at * half + random.below(half)];
                repo.file(
                    file,
                    format!("{}\n{}", "x\n".repeat(1 + random.below(5)), repo.read(file)),
                );
                // A secret comes in that somebody says is harmless.
                repo.file(&format!("new{step}{at}"), format!("{}\n", repo.token()));
                repo.run(&["baseline", "update"]).assert_code(0);
                repo.commit("more");
            }
            match random.below(3) {
                0 => {
                    repo.git(&["rebase", "-q", &left, &right]);
                    repo.git(&["checkout", "-q", "main"]);
                    repo.git(&["merge", "-q", "--ff-only", &right]);
                }
                1 => {
                    repo.git(&["checkout", "-q", "main"]);
                    repo.git(&["merge", "-q", "--no-edit", &left]);
                    repo.git(&["merge", "-q", "--no-edit", &right]);
                }
                _ => {
                    repo.git(&["checkout", "-q", "main"]);
                    repo.git(&["merge", "-q", "--no-edit", &left]);
                    repo.git(&["merge", "-q", "--squash", &right]);
                    repo.commit("squashed");
                }
            }
            // Files move.
            let from = random.below(files.len());
            let to = format!("moved/{step}");
            repo.file(&to, "");
            repo.git(&["mv", "-f", &files[from], &to]);
            files[from] = to;
            repo.commit("move");
            assert_eq!(header(&repo), first);
            assert_eq!(repo.scan_files(&[]).assert_code(0).locations(), [""; 0]);
            assert_eq!(repo.scan(&[]).assert_code(0).locations(), [""; 0]);
            // What nobody knows yet is reported, also beside what is known.
            let known = repo.read(&files[0]);
            repo.file(&files[0], known.replace("key ", &format!("{} ", repo.token())));
            assert_eq!(repo.scan_files(&[]).assert_code(1).findings().len(), 1);
            repo.git(&["checkout", "-q", "--", "."]);
        }
        // Once more the file is as the program would write it, and nothing in it is secret.
        repo.run(&["baseline", "update"]).assert_code(0);
        let text = repo.read(".tokensieve.baseline");
        let lines: Vec<&str> = text.lines().skip(2).collect();
        assert!(lines.is_sorted() && lines.len() == 4 + 12, "{text}");
        assert!(!text.contains("pat-"), "{text}");
    }
}

#[test]
fn an_update_keeps_what_entries_say_and_prunes_on_request() {
    let repo = Repository::new();
    repo.file("a", repo.token());
    repo.run(&["baseline", "create", "--reason", "made up", "--owner", "ada"]).assert_code(0);
    let created = repo.read(".tokensieve.baseline");
    assert!(created.contains(r#" reason="made up" owner="ada""#), "{created}");
    assert_eq!(repo.run(&["baseline", "create"]).code, Some(2));
    repo.file("b", repo.token());
    repo.run(&["baseline", "update"]).assert_code(0);
    let updated = repo.read(".tokensieve.baseline");
    assert!(created.lines().all(|line| updated.lines().any(|kept| kept == line)), "{updated}");
    assert_eq!(updated.lines().count(), created.lines().count() + 1);
    repo.file("a", "gone");
    repo.run(&["baseline", "update"]).assert_code(0);
    assert_eq!(repo.read(".tokensieve.baseline"), updated);
    repo.run(&["baseline", "update", "--prune"]).assert_code(0);
    let pruned = repo.read(".tokensieve.baseline");
    assert!(
        pruned.lines().count() == created.lines().count() && !pruned.contains("owner="),
        "{pruned}"
    );
    let with_secret = repo.run(&["baseline", "update", "--reason", &repo.token()]);
    assert_eq!(with_secret.code, Some(2), "{with_secret:?}");
}

#[test]
fn entries_of_baselines_hold_for_their_paths_and_days() {
    let repo = Repository::new();
    let token = repo.token();
    repo.file("a/x", &token);
    repo.file("b/x", &token);
    repo.run(&["baseline", "create"]).assert_code(0);
    let text = repo.read(".tokensieve.baseline");
    repo.scan_files(&[]).assert_code(0);
    let with = |more: &str| {
        let lines = text.lines().map(|line| {
            if line.starts_with(ID) { format!("{line} {more}\n") } else { format!("{line}\n") }
        });
        repo.file(".tokensieve.baseline", lines.collect::<String>());
        repo.scan_files(&[])
    };
    assert_eq!(with("path=a/").locations(), ["b/x:1"]);
    assert_eq!(with("expires=9999-12-31").locations(), [""; 0]);
    let expired = with("expires=2020-01-31 owner=\"ada\"");
    assert_eq!(expired.assert_code(1).findings().len(), 2);
    let warning =
        ".tokensieve.baseline:3: expired after 2020-01-31; it suppresses nothing (owner: ada)";
    assert!(expired.stderr.contains(warning), "{}", expired.stderr);
    assert_eq!(repo.scan_files(&["--no-baseline"]).findings().len(), 2);
}

#[test]
fn reports_of_gitleaks_are_baselines() {
    let repo = Repository::new();
    let (known, new) = (repo.token(), repo.token());
    repo.file("a", format!("{known}\n{new}\n"));
    let entry = |secret: &str| {
        format!(r#"{{"RuleID": "gitlab-pat", "StartLine": 1, "File": "a", "Secret": "{secret}"}}"#)
    };
    repo.file("clear.json", format!("[{}, {}]", entry(&known), entry("REDACTED")));
    repo.file("redacted.json", format!("[{}]", entry("REDACTED")));
    for report in ["clear.json", "redacted.json"] {
        let found = repo.scan_files(&["--baseline", report, "a"]).findings();
        assert_eq!(
            found.iter().map(|it| it["start_line"].clone()).collect::<Vec<Value>>(),
            [2],
            "{report}"
        );
    }
    let converted = repo.run(&["baseline", "convert", "clear.json"]);
    assert!(
        converted.code == Some(0) && converted.stderr.contains("1 without their secrets"),
        "{converted:?}"
    );
    // Wherever it is now.
    repo.file("a", format!("\n\n{new} {known}\n"));
    assert_eq!(repo.scan_files(&["a"]).findings().len(), 1);
    assert!(!repo.read(".tokensieve.baseline").contains(&known[6..]));
    repo.file("broken.json", "[\n{\"RuleID\": 1}]");
    let broken = repo.run(&["scan", "--baseline", "broken.json"]);
    assert!(
        broken.code == Some(2) && broken.stderr.contains("broken.json:2: this report has no"),
        "{broken:?}"
    );
}

#[test]
fn a_baseline_needs_its_key() {
    let repo = Repository::new();
    repo.file("a", repo.token());
    let key = repo.file(".git/key", "0123456789abcdef0123456789abcdef");
    let with_key = |args: &[&str]| {
        Run::of(repo.tokensieve(args).env("TOKENSIEVE_KEY_FILE", &key).output().unwrap())
    };
    with_key(&["baseline", "create"]).assert_code(0);
    assert!(repo.read(".tokensieve.baseline").starts_with("tokensieve-baseline version=1 key="));
    with_key(&["scan"]).assert_code(0);
    let without = repo.run(&["scan"]);
    assert!(
        without.code == Some(2) && without.stderr.contains(".tokensieve.baseline:1: its ids"),
        "{without:?}"
    );
    repo.run(&["scan", "--no-baseline"]).assert_code(1);
    repo.remove(".tokensieve.baseline");
    std::fs::remove_file(&key).unwrap();
    // A salt is random: two baselines have nothing in common.
    let created = [0, 1].map(|_| {
        let _ = std::fs::remove_file(repo.path().join(".tokensieve.baseline"));
        repo.run(&["baseline", "create"]).assert_code(0);
        repo.read(".tokensieve.baseline")
    });
    assert!(
        created[0].lines().next() != created[1].lines().next()
            && created[0].lines().last() != created[1].lines().last()
    );
}

/// A baseline knows a secret wherever a history has it, or at the paths that its entry names.
#[test]
fn a_baseline_knows_all_places_of_a_history() {
    let repo = Repository::new();
    let token = repo.token();
    let mut places = 0;
    for round in 0..6 {
        for folder in ["a", "b"] {
            repo.file(&format!("{folder}/{round}"), format!("{}{token}\n", "x\n".repeat(round)));
            places += 1;
        }
        repo.commit("in");
        for folder in ["a", "b"] {
            repo.remove(&format!("{folder}/{round}"));
        }
        repo.commit("out");
    }
    let found = repo.scan(&[]);
    assert_eq!(found.assert_code(1).findings()[0]["places"].as_array().unwrap().len(), places);
    repo.run(&["baseline", "create"]).assert_code(0);
    assert_eq!(repo.read(".tokensieve.baseline").lines().count(), 2);
    repo.run(&["baseline", "update", "--git"]).assert_code(0);
    let baseline = repo.read(".tokensieve.baseline");
    assert_eq!(baseline.lines().count(), 3);
    let silenced = repo.scan(&[]);
    assert_eq!(
        (silenced.assert_code(0).findings().len(), silenced.suppressed_count("baseline")),
        (0, 1)
    );
    // With a path, the other places are left, and the first of them is where it is reported.
    repo.file(".tokensieve.baseline", format!("{} path=\"a/\"\n", baseline.trim_end()));
    let left = repo.scan(&[]).assert_code(1).findings();
    assert_eq!(
        (left[0]["path"].as_str().unwrap(), left[0]["places"].as_array().unwrap().len()),
        ("b/0", places / 2)
    );
    // One place with the comment of another commit does not hide the others.
    repo.file(
        ".tokensieve.baseline",
        baseline.lines().take(2).map(|line| format!("{line}\n")).collect::<String>(),
    );
    repo.file("c", format!("{token} # tokensieve:allow\n"));
    repo.commit("allowed");
    assert_eq!(repo.scan(&[]).findings()[0]["places"].as_array().unwrap().len(), places);
}

/// A redacted report of gitleaks knows places alone, in the form of the machine that made it.
#[test]
fn redacted_reports_of_other_machines() {
    let repo = Repository::with_commit();
    repo.file("src/foo.txt", format!("x\n{}\n", repo.token()));
    repo.file("foo.txt", format!("x\n{}\n", repo.token()));
    repo.commit("secrets");
    let absolute = repo.path().canonicalize().unwrap().join("src/foo.txt");
    for file in [
        "src/foo.txt",
        "./src/foo.txt",
        r"src\foo.txt",
        "/builds/g/p/src/foo.txt",
        r"C:\builds\p\src\foo.txt",
        absolute.to_str().unwrap(),
    ] {
        let report = serde_json::json!([{
            "RuleID": "gitlab-pat", "File": file, "StartLine": 2, "Secret": "REDACTED",
        }]);
        let report = repo.dir().file("report.json", report.to_string());
        let args = ["--baseline", report.to_str().unwrap()];
        let run = repo.scan_files(&[&args[..], &["."]].concat());
        assert_eq!(run.locations(), ["foo.txt:2"], "{file}");
        let run = repo.scan_files(&[&args[..], &["src"]].concat());
        assert_eq!(run.assert_code(0).suppressed_count("baseline"), 1, "{file}");
    }
    // What old versions wrote where there was nothing.
    let report = repo.dir().file("report.json", "null\n");
    repo.scan_files(&["--baseline", report.to_str().unwrap(), "."]).assert_code(1);
}
