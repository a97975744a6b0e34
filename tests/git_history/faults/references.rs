//! References that are broken, lead nowhere, or are many.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{assert_gap, token, write};
use crate::support::command::Run;
use crate::support::repository::{Repository, START};
use crate::support::tokens::{Random, personal};

#[test]
fn heads_that_lead_nowhere_are_gaps() {
    const NOWHERE: &str = "1111111111111111111111111111111111111111\n";
    let repository = Repository::new();
    repository.file("a", "nothing");
    repository.commit("clean");
    repository.scan(&["."]).assert_code(0);
    repository.git(&["worktree", "add", "-q", "--detach", "../linked"]);
    repository.scan(&["."]).assert_code(0);
    for head in ["HEAD", "worktrees/linked/HEAD"] {
        let path = repository.git_path(head);
        let good = fs::read(&path).unwrap();
        write(&path, NOWHERE);
        assert_gap(&repository.scan(&["."]), "missing object", 1, NOWHERE.trim());
        for garbage in ["garbage\n", "", "ref: \n"] {
            write(&path, garbage);
            assert_gap(&repository.scan(&["."]), "unreadable", 0, head);
        }
        write(&path, good);
        repository.scan(&["."]).assert_code(0);
    }
}

#[test]
fn broken_references_are_gaps() {
    let repository = Repository::new();
    repository.file("a", "nothing");
    repository.commit("clean");
    let broken = repository.git_path("refs/heads/broken");
    for garbage in ["garbage\n", "", "0123456789"] {
        write(&broken, garbage);
        assert_gap(&repository.scan(&["."]), "unreadable", 0, "broken");
    }
    let missing = "2222222222222222222222222222222222222222";
    write(&broken, format!("{missing}\n"));
    assert_gap(&repository.scan(&["."]), "missing object", 1, missing);
    fs::remove_file(&broken).unwrap();

    let packed = repository.git_path("packed-refs");
    write(&packed, "# pack-refs with: peeled fully-peeled sorted \nzzzz refs/tags/t\n");
    assert_gap(&repository.scan(&["."]), "unreadable", 0, "packed");
    // With findings, the exit code is theirs, and the gap is still told.
    write(&broken, "garbage\n");
    fs::remove_file(&packed).unwrap();
    repository.file("a", token(52));
    repository.commit("oops");
    let run = repository.scan(&["."]);
    run.assert_code(1);
    assert_eq!((run.paths(), run.is_complete()), (vec!["a".to_owned()], false));
}

#[test]
fn symbolic_references_that_end_nowhere_are_gaps() {
    let repository = Repository::new();
    repository.file("a", "nothing");
    repository.commit("clean");
    let first = repository.git_path("refs/heads/first");
    let second = repository.git_path("refs/heads/second");
    write(&first, "ref: refs/heads/gone\n");
    assert_broken_references(&repository.scan(&["."]), 1, "leads nowhere");
    write(&second, "ref: refs/heads/first\n");
    write(&first, "ref: refs/heads/second\n");
    assert_broken_references(&repository.scan(&["."]), 2, "in a circle");
    repository.git(&["pack-refs", "--all"]);
    write(&repository.git_path("HEAD"), "ref: refs/heads/first\n");
    assert_broken_references(&repository.scan(&["."]), 3, "in a circle");
    // Several that end at a commit are as good as one.
    write(&first, "ref: refs/heads/main\n");
    repository.scan(&["."]).assert_code(0);
    // Neither a branch without a commit nor what git leaves behind of a remote is a gap.
    write(&repository.git_path("HEAD"), "ref: refs/heads/unborn\n");
    fs::create_dir_all(repository.git_path("refs/remotes/origin")).unwrap();
    write(&repository.git_path("refs/remotes/origin/HEAD"), "ref: refs/remotes/origin/gone\n");
    repository.scan(&["."]).assert_code(0);
}

/// Objects of all namespaces are in one place.
#[test]
fn a_namespace_hides_nothing() {
    let repository = Repository::new();
    repository.file("a", token(54));
    repository.commit("oops");
    let run = repository.scan_with_variables(&[], &[("GIT_NAMESPACE", "x")]);
    assert_eq!(run.assert_code(1).paths(), ["a"]);
    assert_eq!(run.coverage_count("commits"), 1);
    let run = repository.scan_with_variables(&["--staged"], &[("GIT_NAMESPACE", "x")]);
    run.assert_code(0);
}

#[test]
fn a_broken_log_of_stashes_is_a_gap() {
    let repository = Repository::new();
    repository.file("a", "nothing");
    repository.commit("clean");
    for content in [token(53), "something else".to_owned()] {
        repository.file("a", content);
        repository.git(&["stash", "-q"]);
    }
    assert_eq!(repository.scan(&["."]).paths(), ["a"]);
    let log = repository.git_path("logs/refs/stash");
    let text = fs::read_to_string(&log).unwrap();
    write(&log, format!("garbage\n{}\n", text.lines().nth(1).unwrap()));
    assert_gap(&repository.scan(&["."]), "unreadable", 0, "the log of refs/stash");
}

#[test]
fn ten_thousand_references_take_little_time() {
    let repository = Repository::new();
    let mut stream = Vec::new();
    for number in 1..=100_u64 {
        let content = if number == 50 { token(54) } else { format!("{number}") };
        let head = format!(
            "commit refs/heads/main\nmark :{number}\ncommitter A <a@example.com> {} +0000\n\
             data 1\nx\n",
            START + number
        );
        let content =
            format!("M 100644 inline f{}\ndata {}\n{content}\n", number % 7, content.len());
        stream.extend_from_slice((head + &content).as_bytes());
    }
    repository.git_with_input(&["fast-import", "--quiet"], &stream);
    let ids = repository.git(&["rev-list", "--reverse", "main"]);
    let ids: Vec<&str> = ids.lines().collect();
    let mut packed = "# pack-refs with: peeled fully-peeled sorted \n".to_owned();
    for number in 0..10_000 {
        packed += &format!("{} refs/tags/t{number:05}\n", ids[number % 100]);
    }
    write(&repository.git_path("packed-refs"), packed);
    let start = Instant::now();
    let run = repository.scan(&["."]);
    let elapsed = start.elapsed();
    assert!(elapsed < Duration::from_secs(4), "{elapsed:?}");
    let finding = run.finding();
    assert_eq!(finding["commit"]["id"], ids[49]);
    // Of each hundred, those from the fiftieth on; the branch and HEAD.
    assert_eq!(finding["ref_count"], 51 * 100 + 2);
}

#[test]
fn references_are_counted_and_the_first_are_named() {
    let repository = Repository::new();
    let mut random = Random::new(28);
    let secrets: Vec<String> = (0..70).map(|_| personal(&mut random)).collect();
    repository.file("keys", secrets.join("\n"));
    let base = repository.commit("keys");
    repository.file("other", token(29));
    let head = repository.commit("another");
    let names = ["merge-requests", "keep-around", "forks/x", "heads"];
    let lines: String = (0..2000)
        .map(|number| format!("create refs/{}/{number:05}/head {head}\n", names[number % 4]))
        .collect();
    repository.git_with_input(&["update-ref", "--stdin"], lines);
    let namespaces = json!({
        "refs/merge-requests/": 500, "refs/keep-around/": 500, "refs/forks/x/": 500,
        "refs/heads/": 501,
    });
    for (args, count) in [(&["."][..], 71), (&["--range", &format!("{base}..{head}")], 1)] {
        let run = repository.scan(args);
        let findings = run.assert_code(1).findings();
        assert_eq!(findings.len(), count);
        for finding in &findings {
            // HEAD and main are among them.
            assert_eq!(finding["ref_count"], 2002);
            assert_eq!(finding["ref_namespaces"], namespaces);
            let refs = finding["refs"].as_array().unwrap();
            assert_eq!((refs.len(), &refs[0]), (20, &json!("HEAD")));
        }
        assert!(run.stdout.len() < count * 4000, "{}", run.stdout.len());
        let all = repository.scan(&[args, &["--all-refs"]].concat()).findings();
        assert_eq!(all[0]["refs"].as_array().unwrap().len(), 2002);
    }
    let text = repository.scan_as_text(&["."]);
    assert!(text.stdout.contains("  on HEAD and 2,001 other references\n"), "{text:?}");
    let text = repository.scan_as_text(&[".", "--verbose"]);
    // The names that there are, of which 20 are kept.
    assert!(text.stdout.contains("refs/forks/x/00014/head, "), "{text:?}");
    assert!(text.stdout.contains(" and 1,982 other references\n"), "{text:?}");
}

/// Asserts that `expected` references are gaps, one of them for this reason.
fn assert_broken_references(run: &Run, expected: u64, reason: &str) {
    run.assert_code(3);
    let (count, examples) = run.skipped("unreadable");
    assert_eq!(count, expected, "{run:?}");
    assert!(examples.iter().any(|example| example.contains(reason)), "{reason}: {run:?}");
}
