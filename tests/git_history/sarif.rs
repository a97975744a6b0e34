//! What SARIF says of the history that a secret comes from.

use serde_json::{Value, json};

use crate::support::repository::Repository;

fn run_of(repo: &Repository, args: &[&str]) -> Value {
    let run = repo.run(&[args, &["-f", "sarif"]].concat());
    let mut document: Value = serde_json::from_str(&run.stdout).unwrap();
    document["runs"][0].take()
}

#[test]
fn results_have_the_commit_that_introduced_them() {
    let repo = Repository::with_commit();
    let base = repo.id("HEAD");
    repo.file("a", format!("one\n{}\n", repo.token()));
    let introduced = repo.commit("secret");
    repo.git(&["branch", "other"]);
    repo.file("a", "gone\n");
    let last = repo.commit("gone");
    let range = format!("{base}..HEAD");
    for args in [&["git"][..], &["git", "--range", &range], &["ci", "--no-fetch", "--base", &base]]
    {
        let run = run_of(&repo, args);
        let result = &run["results"][0];
        let message = result["message"]["text"].as_str().unwrap();
        let author = repo.git(&["log", "-1", "--format=%an", &introduced]);
        let day = repo.git(&["log", "-1", "--format=%as", &introduced]);
        for expected in [&introduced[..12], &author, &day, "not in HEAD", "references lead to it"] {
            assert!(message.contains(expected), "{args:?}: {expected} in {message}");
        }
        let properties = &result["properties"];
        assert_eq!(properties["commit"], json!(introduced), "{args:?}");
        assert_eq!(properties["lastCommit"], json!(introduced));
        assert_eq!(properties["author"], json!(author));
        assert_eq!(properties["inHead"], json!(false));
        assert_eq!(properties["introductions"], json!(1));
        // HEAD, main and other.
        assert_eq!(properties["references"], json!(3), "{args:?}");
        assert!(properties["date"].as_str().unwrap().starts_with(&day));
        assert!(result.get("baselineState").is_none(), "all are new");
        assert!(run.get("versionControlProvenance").is_none(), "there is no remote");
    }
    repo.git(&["remote", "add", "origin", "https://me:word@gitlab.example.com/g/p.git"]);
    let run = run_of(&repo, &["git"]);
    let source = &run["versionControlProvenance"][0];
    assert_eq!(source["repositoryUri"], json!("https://gitlab.example.com/g/p.git"));
    assert_eq!(source["revisionId"], json!(last));
    assert_eq!(source["mappedTo"], json!({"uriBaseId": "%SRCROOT%"}));
}

#[test]
fn what_was_there_before_is_unchanged() {
    let repo = Repository::with_commit();
    repo.file("a", format!("{}\n", repo.token()));
    repo.commit("old");
    repo.git(&["mv", "a", "b"]);
    let states = |repo: &Repository| -> Vec<Value> {
        let run = run_of(repo, &["git", "--staged"]);
        run["results"].as_array().unwrap().iter().map(|one| one["baselineState"].clone()).collect()
    };
    assert_eq!(states(&repo), [json!("unchanged")]);
    repo.scan(&["--staged"]).assert_code(0);
    // The standard wants it on all results or on none.
    repo.stage("c", repo.token());
    assert_eq!(states(&repo), [json!("unchanged"), json!("new")]);
}
