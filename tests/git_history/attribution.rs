//! Who introduced what is found, and where it is now: compared with what git says.

use serde_json::{Value, json};

use super::generated;
use super::model::{History, told};
use crate::support::repository::{AUTHOR, EMAIL, Repository};
use crate::support::tokens::{Random, personal};

/// A place as reports write it.
fn place(commit: &str, path: &str, line: u64) -> Value {
    json!({"commit": commit, "path": path, "start_line": line})
}

fn compare(repository: &Repository) {
    let expected = History::read(repository).stories(&|_| true);
    let run = repository.scan(&["."]);
    assert!(expected.len() > 5);
    let told = told(&run);
    for (key, story) in &expected {
        assert_eq!(told.get(key), Some(story), "{key:?}");
    }
    assert_eq!(told.len(), expected.len());
}

#[test]
fn random_histories() {
    for seed in 11..14 {
        let repository = generated::repository(seed, 40);
        if seed == 12 {
            repository.git(&["repack", "-adfq"]);
        }
        compare(&repository);
    }
}

#[test]
fn a_detached_head_elsewhere() {
    let repository = generated::repository(14, 30);
    let middle = History::read(&repository).order()[12].clone();
    repository.git(&["update-ref", "--no-deref", "HEAD", &middle]);
    compare(&repository);
}

/// In a history without branches, `git log -S` and `git blame` tell the same.
#[test]
fn log_and_blame_agree() {
    let repository = Repository::new();
    let mut random = Random::new(1);
    let tokens: Vec<String> = (0..6).map(|_| personal(&mut random)).collect();
    let mut lines: Vec<String> = (0..40).map(|number| format!("line {number}")).collect();
    for (number, token) in tokens.iter().enumerate() {
        lines.insert(random.below(lines.len()), format!("token: {token}"));
        repository.file("conf/file.txt", lines.join("\n") + "\n");
        repository.commit(&format!("token {number}"));
        lines.insert(random.below(lines.len()), format!("more {number}"));
        if number == 4 {
            lines.retain(|line| !line.contains(&tokens[2]));
        }
        repository.file("conf/file.txt", lines.join("\n") + "\n");
        repository.commit("nothing of interest");
    }
    let run = repository.scan(&["--show-secrets", "."]);
    assert_eq!(run.findings().len(), tokens.len());
    for finding in run.findings() {
        let token = finding["secret"].as_str().unwrap();
        let log = repository.git(&["log", "--reverse", "--format=%H", &format!("-S{token}")]);
        assert_eq!(finding["commit"]["id"], log.lines().next().unwrap());
        let is_in_head = finding["in_head"].as_bool().unwrap();
        assert_eq!(is_in_head, token != tokens[2]);
        if is_in_head {
            let line = lines.iter().position(|line| line.contains(token)).unwrap() + 1;
            let blame =
                repository.git(&["blame", "-p", &format!("-L{line},{line}"), "conf/file.txt"]);
            let [id, original, ..] = blame.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{blame}")
            };
            assert_eq!(finding["commit"]["id"], id);
            assert_eq!(
                finding["start_line"].to_string(),
                original,
                "the line in the commit that introduced it"
            );
            assert_eq!(finding["last_commit"], repository.git(&["rev-parse", "HEAD"]));
        } else {
            // The commit that removed it is the second one; its parent is the last one that holds
            // it.
            let parent =
                repository.git(&["rev-parse", &format!("{}~", log.lines().nth(1).unwrap())]);
            assert_eq!(finding["last_commit"], parent);
        }
    }
}

#[test]
fn what_a_commit_says_about_itself() {
    let repository = Repository::new();
    repository.file("a", personal(&mut Random::new(2)));
    let id = repository.commit("Add the deployment\n\nWith a body.");
    let finding = repository.scan(&["."]).finding();
    let git = |format: &str| repository.git(&["log", "-1", &format!("--format={format}")]);
    assert_eq!(finding["commit"]["id"], id);
    assert_eq!(finding["commit"]["author"], AUTHOR);
    assert_eq!(finding["commit"]["email"], EMAIL);
    assert_eq!(finding["commit"]["date"], git("%aI"));
    assert_eq!(finding["commit"]["summary"], git("%s"));
    assert_eq!(finding["refs"], json!(["HEAD", "refs/heads/main"]));
    assert_eq!(finding["places"], json!([{"commit": id, "path": "a", "start_line": 1}]));
}

/// A secret that is removed and added again has two introductions; moves, copies and renames are
/// none.
#[test]
fn introductions() {
    let repository = Repository::new();
    let token = personal(&mut Random::new(3));
    repository.file("a", format!("first\n{token}\n"));
    let first = repository.commit("added");
    repository.git(&["mv", "a", "b"]);
    repository.commit("renamed");
    repository.file("b", format!("first\nsecond\n{token}\n"));
    repository.commit("moved");
    repository.file("c/d", format!("{token}\n"));
    repository.commit("copied");
    repository.git(&["rm", "-qr", "b", "c"]);
    repository.commit("removed");
    repository.file("z", "\n\n\n".to_owned() + &token);
    repository.file("y", &token);
    let again = repository.commit("added again");
    let finding = repository.scan(&["."]).finding();
    assert_eq!(
        finding["places"],
        json!([place(&first, "a", 2), place(&again, "y", 1), place(&again, "z", 4)])
    );
    assert_eq!((&finding["path"], &finding["start_line"]), (&"a".into(), &2.into()));
    assert_eq!(finding["commit"]["id"], first);
    assert_eq!(finding["last_commit"], again);
}

/// It stands in the result of a merge and in neither parent.
#[test]
fn merges_with_content_of_their_own() {
    let repository = Repository::new();
    repository.file("a", "common\n");
    repository.commit("base");
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.file("b", "side\n");
    repository.commit("side");
    repository.git(&["checkout", "-q", "main"]);
    repository.file("c", "main\n");
    repository.commit("main");
    repository.git(&["merge", "-q", "--no-commit", "--no-ff", "side"]);
    repository.file("a", personal(&mut Random::new(4)));
    let merge = repository.commit("Merge side");
    repository.file("a", "common\n");
    let last = repository.commit("repair");
    let finding = repository.scan(&["."]).finding();
    assert_eq!(finding["commit"]["id"], merge);
    assert_eq!(finding["last_commit"], merge);
    assert_eq!(finding["in_head"], false);
    assert_ne!(merge, last);
    // A merge that only brings both sides together introduces nothing.
    let token = personal(&mut Random::new(5));
    repository.git(&["checkout", "-q", "side"]);
    repository.file("d", &token);
    let on_side = repository.commit("a token on the side");
    repository.git(&["checkout", "-q", "main"]);
    repository.git(&["merge", "-q", "--no-ff", "-m", "Merge again", "side"]);
    let findings = repository.scan(&["--show-secrets", "."]).findings();
    let finding = findings.iter().find(|finding| finding["secret"] == token.as_str()).unwrap();
    assert_eq!(finding["places"].as_array().unwrap().len(), 1);
    assert_eq!(finding["commit"]["id"], on_side);
    assert_eq!(finding["in_head"], true);
    assert_eq!(finding["refs"], json!(["HEAD", "refs/heads/main", "refs/heads/side"]));
}

/// The same change on two branches is introduced twice.
#[test]
fn picked_commits() {
    let repository = Repository::new();
    repository.file("a", "common\n");
    repository.commit("base");
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.file("b", personal(&mut Random::new(6)));
    let first = repository.commit("side");
    repository.git(&["checkout", "-q", "main"]);
    repository.git(&["cherry-pick", &first]);
    let second = repository.git(&["rev-parse", "HEAD"]);
    let finding = repository.scan(&["."]).finding();
    let commits: Vec<_> =
        finding["places"].as_array().unwrap().iter().map(|place| place["commit"].clone()).collect();
    assert_eq!(commits, [first, second]);
}

/// A file that has had the token for long does not get it from a commit whose message quotes it.
#[test]
fn messages_that_quote_what_a_file_holds() {
    let repository = Repository::new();
    let token = personal(&mut Random::new(7));
    repository.file("a", &token);
    let first = repository.commit("added");
    repository.file("b", "other");
    let second = repository.commit(&format!("About\n\nthat {token}"));
    let finding = repository.scan(&["."]).finding();
    assert_eq!(
        finding["places"],
        json!([place(&first, "a", 1), place(&second, "<commit message>", 3)])
    );
    assert_eq!(finding["path"], "a");
}

/// Clocks go wrong: parents come before their children all the same.
#[test]
fn dates_that_run_backwards() {
    let repository = Repository::new();
    let token = personal(&mut Random::new(8));
    let commit_at = |content: &str, date: u64| {
        repository.file("a", content);
        repository.git(&["add", "-A"]);
        let date = format!("{date} +0000");
        let status = repository
            .git_command(&["commit", "-q", "-m", "x"])
            .env("GIT_COMMITTER_DATE", &date)
            .env("GIT_AUTHOR_DATE", &date)
            .status()
            .unwrap();
        assert!(status.success());
        repository.git(&["rev-parse", "HEAD"])
    };
    let first = commit_at(&token, 1_900_000_000);
    commit_at("gone", 1_800_000_000);
    let again = commit_at(&token, 1_600_000_000);
    let last = commit_at(&format!("{token}\nmore"), 1_500_000_000);
    let finding = repository.scan(&["."]).finding();
    let commits: Vec<_> =
        finding["places"].as_array().unwrap().iter().map(|place| place["commit"].clone()).collect();
    assert_eq!(commits, [first, again]);
    assert_eq!(finding["last_commit"], last);
}
