//! `tokensieve git --range`: what commits brought in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::support::scratch::{Repo, Scan};
use crate::support::tokens::Random;

fn range(repo: &Repo, range: &str) -> Scan {
    repo.scan(&["--range", range])
}

/// For each finding, the commits that introduced it, by their summaries, with the places.
fn told(repo: &Repo, scan: &Scan) -> Vec<String> {
    let log = repo.git(&["log", "--all", "--reflog", "--format=%H %s"]);
    let names: HashMap<&str, &str> = log.lines().filter_map(|line| line.split_once(' ')).collect();
    let told = |finding: &Value| {
        let places = finding["places"].as_array().unwrap();
        assert_eq!(
            finding["commit"]["id"], places[0]["commit"],
            "the first one is that of the finding"
        );
        assert_eq!(finding["path"], places[0]["path"]);
        assert_eq!(finding["start_line"], places[0]["start_line"]);
        let place = |place: &Value| {
            let name = names[place["commit"].as_str().unwrap()];
            format!("{name} {}:{}", place["path"].as_str().unwrap(), place["start_line"])
        };
        places.iter().map(place).collect::<Vec<_>>().join(", ")
    };
    scan.findings().iter().map(told).collect()
}

/// Commits a file; the id of the commit.
fn commit(repo: &Repo, message: &str, name: &str, content: impl AsRef<[u8]>) -> String {
    repo.file(name, content);
    repo.commit(message)
}

fn remove(repo: &Repo, name: &str) {
    std::fs::remove_file(repo.path().join(name)).unwrap();
}

#[test]
fn who_brought_it_in() {
    let repo = Repo::with_commit();
    let token = repo.token();
    let bad = commit(&repo, "bad\n\nMore about it.", "a", format!("one\n{token}\n"));
    let last = commit(&repo, "good", "b", "two\n");
    let scan = range(&repo, "HEAD~2..HEAD");
    scan.assert_code(1);
    assert_eq!(told(&repo, &scan), ["bad a:2"]);
    let finding = &scan.findings()[0];
    let expected = serde_json::json!({
        "id": bad, "author": "Ada Author", "email": "ada@example.com", "summary": "bad",
        "date": repo.git(&["show", "-s", "--format=%aI", &bad]),
    });
    let date = |value: &Value| value.as_str().unwrap().replace("+00:00", "Z");
    assert_eq!(date(&finding["commit"]["date"]), date(&expected["date"]));
    for key in ["id", "author", "email", "summary"] {
        assert_eq!(finding["commit"][key], expected[key]);
    }
    assert_eq!(finding["last_commit"], last.as_str());
    assert_eq!(finding["in_head"], true);
    assert_eq!(finding["refs"], serde_json::json!(["HEAD", "refs/heads/main"]));
    assert!(finding.get("new").is_none());
    let coverage = scan.coverage();
    assert_eq!(
        (&coverage["commits"], &coverage["files_scanned"]),
        (&Value::from(2), &Value::from(2))
    );
    let run = Scan::of_text(&repo, &["--range", "HEAD~2..HEAD"]);
    for expected in ["a:2:1", "bad", &bad[..12], "Ada Author <ada@example.com>", "still in HEAD"] {
        assert!(run.stdout.contains(expected), "{expected} in {run:?}");
    }
    assert!(!run.stdout.contains(&token[8..]));
    assert!(run.stderr.starts_with("2 files scanned in 2 commits"), "{run:?}");
}

#[test]
fn what_is_taken_back_within_a_range() {
    let repo = Repo::with_commit();
    let bad = commit(&repo, "bad", "a", repo.token());
    commit(&repo, "good", "a", "taken back\n");
    let scan = range(&repo, "HEAD~2..HEAD");
    scan.assert_code(1);
    assert_eq!(told(&repo, &scan), ["bad a:1"]);
    let finding = &scan.findings()[0];
    assert_eq!(
        (&finding["in_head"], &finding["last_commit"]),
        (&Value::from(false), &Value::from(bad))
    );
    // Neither of both commits alone is to blame for what the other one did.
    assert_eq!(told(&repo, &range(&repo, "HEAD~2..HEAD~")), ["bad a:1"]);
    range(&repo, "HEAD~..HEAD").assert_code(0);
}

#[test]
fn what_was_there_before() {
    let repo = Repo::with_commit();
    let (old, new) = (repo.token(), repo.token());
    repo.file("keep", format!("{new}\n"));
    commit(&repo, "old", "a", format!("{old}\n"));
    let start = repo.id("HEAD");
    let is_clean = |what: &str| {
        let scan = range(&repo, &format!("{start}..HEAD"));
        assert_eq!((scan.found(), scan.run.code), (vec![], Some(0)), "{what}");
        scan
    };
    commit(&repo, "changed", "a", format!("more\n{old}\n"));
    let scan = is_clean("the file was changed around it");
    assert_eq!(
        scan.coverage()["suppressed"],
        serde_json::json!([{"reason": "was there before", "count": 1}])
    );
    repo.git(&["mv", "a", "b"]);
    repo.commit("moved");
    is_clean("moved");
    repo.file("folder/b", std::fs::read(repo.path().join("b")).unwrap());
    repo.commit("copied");
    is_clean("copied");
    commit(&repo, "elsewhere", "c", format!("{old}\nand {new}\n"));
    is_clean("two secrets of two other files in a third");
    remove(&repo, "b");
    remove(&repo, "folder/b");
    repo.git(&["mv", "c", "d"]);
    repo.commit("only one place is left");
    is_clean("only one place is left");
    commit(&repo, "bad", "e", repo.token());
    assert_eq!(told(&repo, &range(&repo, &format!("{start}..HEAD"))), ["bad e:1"]);
}

#[test]
fn what_is_added_again() {
    let repo = Repo::with_commit();
    let (old, new) = (repo.token(), repo.token());
    commit(&repo, "old", "a", format!("{old}\n"));
    let start = repo.id("HEAD");
    commit(&repo, "removed", "a", "nothing\n");
    commit(&repo, "again", "b", format!("{old}\n"));
    assert_eq!(told(&repo, &range(&repo, &format!("{start}..HEAD"))), ["again b:1"]);
    commit(&repo, "new", "c", format!("{new}\n"));
    remove(&repo, "c");
    repo.commit("new removed");
    commit(&repo, "new again", "d/c", format!("x\n{new}\n"));
    let mut told = told(&repo, &range(&repo, &format!("{start}..HEAD")));
    told.sort();
    assert_eq!(told, ["again b:1", "new c:1, new again d/c:2"]);
}

#[test]
fn many_places_of_one_commit() {
    let repo = Repo::with_commit();
    let token = repo.token();
    repo.file("b", format!("x\n{token}\n{token}\n"));
    repo.file("a/c", format!("{token}\n"));
    repo.commit("bad");
    repo.git(&["commit", "-q", "--allow-empty", "-m", &format!("said\n\n{}", repo.token())]);
    let mut told = told(&repo, &range(&repo, "HEAD~2..HEAD"));
    told.sort();
    assert_eq!(told, ["bad a/c:1, bad b:2", "said <commit message>:3"]);
}

#[test]
fn merges() {
    let repo = Repo::with_commit();
    let (side, main, old) = (repo.token(), repo.token(), repo.token());
    commit(&repo, "old", "old", format!("{old}\n"));
    repo.git(&["tag", "start"]);
    repo.git(&["checkout", "-q", "-b", "side"]);
    commit(&repo, "side", "side", format!("{side}\n"));
    repo.git(&["checkout", "-q", "main"]);
    commit(&repo, "main", "main", format!("{main}\n"));
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    let told_of = |name: &str| {
        let mut told = told(&repo, &range(&repo, name));
        told.sort();
        told
    };
    assert_eq!(
        told_of("start..HEAD"),
        ["main main:1", "side side:1"],
        "the merge brought nothing of its own"
    );
    assert_eq!(told_of("HEAD^1..HEAD"), ["side side:1"]);
    assert_eq!(told_of("HEAD^2..HEAD"), ["main main:1"]);
    // Swapped between the sides: each of the parents has one.
    repo.git(&["mv", "side", "x"]);
    repo.git(&["mv", "main", "side"]);
    repo.git(&["mv", "x", "main"]);
    repo.git(&["commit", "-q", "--amend", "-m", "swapping merge"]);
    assert_eq!(told_of("start..HEAD"), ["main main:1", "side side:1"]);
    // One that has something of neither.
    repo.git(&["reset", "-q", "--hard", "HEAD^1"]);
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "side"]);
    let evil = repo.token();
    commit(&repo, "evil", "README", format!("{evil}\n{old}\n"));
    assert_eq!(repo.git(&["rev-list", "--merges", "start..HEAD"]), repo.id("HEAD"));
    assert_eq!(told_of("start..HEAD"), ["evil README:1", "main main:1", "side side:1"]);
    assert_eq!(told_of("HEAD^1..HEAD"), ["evil README:1", "side side:1"]);
    // Three parents.
    for name in ["one", "two"] {
        repo.git(&["checkout", "-q", "-b", name, "start"]);
        commit(&repo, name, name, format!("{}\n", repo.token()));
    }
    repo.git(&["checkout", "-q", "-b", "three", "start"]);
    let (one, two, three) = (repo.id("one"), repo.id("two"), repo.id("three"));
    let tree = repo.id("one^{tree}");
    let octopus =
        repo.git(&["commit-tree", "-m", "octopus", "-p", &three, "-p", &two, "-p", &one, &tree]);
    assert_eq!(told_of(&format!("start..{octopus}")), ["one one:1", "two two:1"]);
    // A history of its own.
    repo.git(&["checkout", "-q", "--orphan", "other", "start"]);
    repo.git(&["rm", "-q", "--cached", "README"]);
    remove(&repo, "README");
    commit(&repo, "root", "other", format!("{}\n{side}\n", repo.token()));
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--allow-unrelated-histories", "-m", "unrelated", "other"]);
    let told = told_of("HEAD^1..HEAD");
    assert_eq!(told, ["root old:1", "root other:1", "root other:2"], "a root has all from nowhere");
}

#[test]
fn both_sides_of_a_symmetric_range() {
    let repo = Repo::with_commit();
    commit(&repo, "old", "old", repo.token());
    repo.git(&["checkout", "-q", "-b", "side"]);
    commit(&repo, "side", "side", repo.token());
    repo.git(&["checkout", "-q", "main"]);
    commit(&repo, "main", "main", repo.token());
    for name in ["main...side", "side...main", "...side", "side..."] {
        let scan = range(&repo, name);
        let mut told = told(&repo, &scan);
        told.sort();
        assert_eq!(told, ["main main:1", "side side:1"], "{name}");
        assert_eq!(scan.coverage()["commits"], 2);
    }
    assert_eq!(told(&repo, &range(&repo, "main..side")), ["side side:1"]);
    // Without a common beginning, all of both.
    repo.git(&["checkout", "-q", "--orphan", "other"]);
    repo.git(&["rm", "-q", "-r", "--cached", "."]);
    repo.git(&["commit", "-q", "--allow-empty", "-m", "root"]);
    assert_eq!(range(&repo, "other...side").found().len(), 2);
}

#[test]
fn names_of_ranges() {
    let repo = Repo::with_commit();
    commit(&repo, "bad", "a", repo.token());
    commit(&repo, "good", "b", "nothing");
    let id = repo.id("HEAD~2");
    for name in [
        "HEAD~2..HEAD",
        "HEAD~2..",
        "main~2..main",
        "@~2..@",
        &format!("{id}..{}", repo.id("HEAD")),
        &id[..9],
    ] {
        let name = if name.contains("..") { name.to_owned() } else { format!("{name}..main") };
        assert_eq!(range(&repo, &name).found(), ["a:1"], "{name}");
    }
    for name in
        ["HEAD..HEAD", "..", "...", "..HEAD~2", "HEAD..HEAD~2", "main..HEAD~", "HEAD...HEAD"]
    {
        let scan = range(&repo, name);
        scan.assert_code(0);
        assert_eq!((scan.files(), &scan.coverage()["commits"]), (0, &Value::from(0)), "{name}");
    }
}

#[test]
fn wrong_ranges() {
    let repo = Repo::with_commit();
    let token = repo.token();
    let absent = "1".repeat(40);
    let blob = repo.id("HEAD:README");
    let wrong = [
        "no-such-branch..HEAD".to_owned(),
        "HEAD..no-such-branch".to_owned(),
        "HEAD...no-such-branch".to_owned(),
        "HEAD~99..HEAD".to_owned(),
        "HEAD".to_owned(),
        String::new(),
        "HEAD..HEAD..HEAD".to_owned(),
        "HEAD....HEAD".to_owned(),
        format!("{absent}..HEAD"),
        format!("HEAD..{absent}"),
        format!("{absent}...HEAD"),
        format!("{blob}...HEAD"),
        format!("{token}..HEAD"),
    ];
    for name in &wrong {
        let run = Scan::of_text(&repo, &["--range", name]);
        run.assert_code(2);
        assert!(run.stdout.is_empty() && !run.stderr.contains("panicked"), "{name}: {run:?}");
        assert!(run.stderr.contains("of this repository"), "{name}: {run:?}");
        assert!(!run.stderr.contains(&token[8..]), "{name}: {run:?}");
    }
    // Nothing was committed yet.
    let run = Scan::of_text(&Repo::new(), &["--range", "HEAD~..HEAD"]);
    run.assert_code(2);
    assert!(run.stderr.contains("is no revision of this repository"), "{run:?}");
}

#[test]
fn tags() {
    let repo = Repo::with_commit();
    repo.git(&["tag", "-a", "-m", "clean", "v1"]);
    commit(&repo, "bad", "a", repo.token());
    repo.git(&["tag", "-a", "-m", "clean", "v2"]);
    repo.git(&["tag", "-a", "-m", "a tag of a tag", "v2-again", "v2"]);
    for name in ["v1..v2", "v1..v2-again", "v1..HEAD", "v1...v2"] {
        let scan = range(&repo, name);
        scan.assert_code(1);
        assert_eq!(told(&repo, &scan), ["bad a:1"], "{name}");
    }
    range(&repo, "v2..v2-again").assert_code(0);
    range(&repo, "v2-again..HEAD").assert_code(0);
    // What a tag says is new with it.
    repo.git(&["tag", "-a", "-m", &format!("clean\n\nkey {}", repo.token()), "v3"]);
    let scan = range(&repo, "v2..v3");
    scan.assert_code(1);
    assert_eq!(told(&repo, &scan), ["bad <tag message>:3"]);
    range(&repo, "v1..HEAD").assert_code(1);
    range(&repo, "v3..HEAD").assert_code(0);
}

#[test]
fn what_commits_say() {
    let repo = Repo::with_commit();
    let (token, other) = (repo.token(), repo.token());
    repo.git(&["commit", "-q", "--allow-empty", "-m", &format!("key {token}\n\nand\n{other}")]);
    let scan = range(&repo, "HEAD~..HEAD");
    scan.assert_code(1);
    let mut found = scan.found();
    found.sort();
    assert_eq!(found, ["<commit message>:1", "<commit message>:4"]);
    assert!(
        !scan.run.stdout.contains(&token[8..]) && !scan.run.stdout.contains(&other[8..]),
        "{scan:?}"
    );
    assert_eq!(scan.files(), 0, "no file was brought in");
    assert!(scan.findings()[0]["commit"]["summary"].as_str().unwrap().starts_with("key glp"));
    // In a name.
    repo.git(&[
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "clean",
        "--author",
        &format!("{} <a@b>", repo.token()),
    ]);
    let scan = range(&repo, "HEAD~..HEAD");
    assert_eq!(scan.found().len(), 1);
    assert!(scan.found()[0].starts_with("<commit header>:"), "{scan:?}");
    range(&repo, "HEAD..HEAD").assert_code(0);
}

#[test]
fn clones_without_the_whole_history() {
    let origin = Repo::with_commit();
    commit(&origin, "old", "old", origin.token());
    for index in 0..4 {
        commit(&origin, "clean", "a", format!("{index}\n"));
    }
    let url = format!("file://{}", origin.path().display());
    let repo = Repo::outside();
    repo.git(&["clone", "-q", "--depth", "3", &url, "."]);
    // Ranges that do not reach the cut.
    for name in ["HEAD~..HEAD", "HEAD~2..HEAD", "HEAD~2..HEAD~"] {
        let scan = range(&repo, name);
        scan.assert_code(0);
        assert_eq!(scan.coverage()["shallow"], false, "{name}");
    }
    range(&repo, "HEAD~3..HEAD").run.assert_code(2);
    // One that does: what the first commit brought in cannot be told, so it counts as new.
    repo.git(&["fetch", "-q", "--depth", "1", "origin", &format!("{}:base", origin.id("HEAD~3"))]);
    let scan = range(&repo, "base..HEAD");
    scan.assert_code(1);
    assert_eq!(scan.found(), ["old:1"]);
    assert_eq!(
        (scan.skipped("shallow history"), &scan.coverage()["shallow"]),
        (1, &Value::from(true))
    );
    // Nothing is found, and yet nobody knows.
    let clean = Repo::outside();
    let origin = Repo::with_commit();
    for index in 0..4 {
        commit(&origin, "clean", "a", format!("{index}\n"));
    }
    let url = format!("file://{}", origin.path().display());
    clean.git(&["clone", "-q", "--depth", "2", &url, "."]);
    clean.git(&["fetch", "-q", "--depth", "1", "origin", &format!("{}:base", origin.id("HEAD~3"))]);
    let scan = range(&clean, "base..HEAD");
    scan.assert_code(3);
    assert_eq!((scan.found(), &scan.coverage()["complete"]), (vec![], &Value::from(false)));
    let run = Scan::of_text(&clean, &["--range", "base..HEAD"]);
    assert!(
        run.stderr.contains("incomplete: 1 shallow history") && run.stderr.contains("--unshallow"),
        "{run:?}"
    );
    clean.git(&["fetch", "-q", "--unshallow"]);
    range(&clean, "base..HEAD").assert_code(0);
}

#[test]
fn objects_that_are_missing() {
    let repo = Repo::with_commit();
    commit(&repo, "one", "a", "one\n");
    commit(&repo, "two", "folder/a", "two\n");
    commit(&repo, "three", "b", "three\n");
    let object = |id: &str| repo.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
    let lose = |revision: &str, ranges: &[(&str, i32)]| {
        let path = object(&repo.id(revision));
        let content = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        for (name, code) in ranges {
            let scan = range(&repo, name);
            assert_eq!(scan.run.code, Some(*code), "{revision}, {name}: {scan:?}");
            assert_eq!(
                scan.skipped("missing object"),
                u64::from(*code == 3),
                "{revision}, {name}: {scan:?}"
            );
        }
        std::fs::write(&path, content).unwrap();
    };
    // Only what the range needs has to be there.
    lose("HEAD:folder/a", &[("HEAD~2..HEAD", 3), ("HEAD~..HEAD", 0), ("HEAD~3..HEAD~2", 0)]);
    lose("HEAD:folder", &[("HEAD~2..HEAD", 3), ("HEAD~..HEAD", 0)]);
    lose("HEAD^{tree}", &[("HEAD~2..HEAD", 3), ("HEAD~2..HEAD~", 0)]);
    let (first, second, last) = (repo.id("HEAD~3"), repo.id("HEAD~2"), repo.id("HEAD"));
    lose("HEAD~1", &[(&format!("{second}..{last}"), 3)]);
    lose("HEAD:README", &[(&format!("{first}..{last}"), 0)]);
}

#[test]
fn submodules_links_containers_and_names() {
    use std::os::unix::ffi::OsStrExt;

    let repo = Repo::with_commit();
    repo.entry("160000", &repo.id("HEAD"), "libs/sub");
    let link = repo.blob(repo.token());
    repo.entry("120000", &link, "link");
    let blob = repo.blob(repo.token());
    repo.entry("100755", &blob, std::ffi::OsStr::from_bytes(b"caf\xe9\n x"));
    repo.entry("100644", &blob, "vendor/a");
    repo.commit_staged("odd");
    let scan = repo.scan(&["--range", "HEAD~..HEAD", "--exclude-path", "/vendor"]);
    scan.assert_code(1);
    let mut found = scan.found();
    found.sort();
    assert_eq!(found, ["caf\u{fffd}\n x:1", "link:1"]);
    assert_eq!(scan.unopened("submodule"), ["libs/sub"]);
    let run = Scan::of_text(&repo, &["--range", "HEAD~..HEAD", "--color", "never"]);
    assert!(!run.stdout.contains("\n x"), "{run:?}");
    // A changed mode brings nothing.
    repo.entry("100644", &blob, std::ffi::OsStr::from_bytes(b"caf\xe9\n x"));
    repo.commit_staged("mode");
    let scan = range(&repo, "HEAD~..HEAD");
    assert_eq!((scan.found(), scan.files()), (vec![], 0));
    // Files become folders.
    let old = repo.blob(repo.token());
    repo.entry("100644", &old, "old");
    repo.commit_staged("a file");
    repo.git(&["update-index", "--force-remove", "old"]);
    repo.entry("100644", &old, "old/inner/old");
    repo.entry("100644", &repo.blob(repo.token()), "old/inner/new");
    repo.commit_staged("a folder");
    assert_eq!(told(&repo, &range(&repo, "HEAD~..HEAD")), ["a folder old/inner/new:1"]);
}

#[test]
fn other_ways_to_store_and_to_open() {
    let repo = Repo::with_commit();
    for index in 0..20 {
        let name = format!("f{}", index % 4);
        let text = if index % 3 == 0 { repo.token() } else { format!("{index}\n").repeat(50) };
        commit(&repo, &format!("commit {index}"), &name, text);
    }
    let expected = range(&repo, "HEAD~15..HEAD");
    assert_eq!(expected.found().len(), 5);
    let is_same =
        |scan: &Scan, what: &str| assert_eq!(scan.run.stdout, expected.run.stdout, "{what}");
    for jobs in ["1", "2", "7"] {
        is_same(&repo.scan(&["--range", "HEAD~15..HEAD", "-j", jobs]), "threads");
    }
    is_same(
        &repo.scan(&["--range", "HEAD~15..HEAD", repo.path().to_str().unwrap()]),
        "by its path",
    );
    repo.git(&["repack", "-q", "-a", "-d", "-f"]);
    is_same(&range(&repo, "HEAD~15..HEAD"), "a pack");
    repo.git(&["pack-refs", "--all"]);
    is_same(&range(&repo, "HEAD~15..HEAD"), "packed references");
    repo.git(&["commit-graph", "write", "--reachable"]);
    is_same(&range(&repo, "HEAD~15..HEAD"), "a commit graph");
    let elsewhere = Repo::outside();
    let path = repo.path().to_str().unwrap();
    for (name, args) in [("bare", &["--bare"][..]), ("shared", &["--shared", "--bare"])] {
        elsewhere.git(&[&["clone", "-q"], args, &[path, name]].concat());
        is_same(&elsewhere.scan(&["--range", "HEAD~15..HEAD", name]), name);
        let scan = elsewhere.scan_with(&["--range", "HEAD~15..HEAD"], &[("GIT_DIR", name)]);
        is_same(&scan, "by its variable");
    }
}

#[test]
fn ids_of_sha_256() {
    let repo = Repo::outside();
    repo.git(&["init", "-q", "-b", "main", "--object-format=sha256"]);
    commit(&repo, "first", "README", "one\n");
    commit(&repo, "bad", "folder/a", repo.token());
    commit(&repo, "good", "folder/a", "two\n");
    let scan = range(&repo, "HEAD~2..HEAD");
    scan.assert_code(1);
    assert_eq!(told(&repo, &scan), ["bad folder/a:1"]);
    assert_eq!(scan.findings()[0]["commit"]["id"].as_str().unwrap().len(), 64);
}

/// A history of random commits and merges, made of random content and dates. Gives the ids of its commits.
fn random_history(repo: &Repo, random: &mut Random, tokens: &[String]) -> Vec<String> {
    type Files = BTreeMap<String, String>;

    const NAMES: [&str; 7] = ["a", "a/b", "a/b/c", "a.b", "d/e", "d/f", "g"];
    let put = |files: &mut Files, name: &str, content: String| {
        // What is in the way goes.
        files.retain(|other, _| {
            !other.starts_with(&format!("{name}/")) && !name.starts_with(&format!("{other}/"))
        });
        files.insert(name.to_owned(), content);
    };
    let content = |random: &mut Random| {
        let line = |random: &mut Random| match random.below(3) {
            0 => format!("{}\n", tokens[random.below(tokens.len())]),
            _ => format!("line {}\n", random.below(4)),
        };
        (0..random.below(4)).map(|_| line(random)).collect::<String>()
    };
    let mut trees: Vec<Files> = vec![Files::new()];
    let mut stream = String::new();
    for index in 0..40 {
        let parents: BTreeSet<usize> = match index {
            0 => BTreeSet::new(),
            // Now and then a root, else one to three parents among the last ones.
            _ if random.below(15) == 0 => BTreeSet::new(),
            _ => (0..1 + random.below(5) / 2)
                .map(|_| index - 1 - random.below(index.min(5)))
                .collect(),
        };
        let mut files = Files::new();
        for parent in &parents {
            for (name, content) in trees[parent + 1].clone() {
                if random.below(9) > 0 && (!files.contains_key(&name) || random.below(2) == 0) {
                    put(&mut files, &name, content);
                }
            }
        }
        if index > 0 {
            for _ in 0..random.below(3) {
                let content = content(random);
                put(&mut files, NAMES[random.below(NAMES.len())], content);
            }
            if random.below(3) == 0 && !files.is_empty() {
                let name = files.keys().nth(random.below(files.len())).unwrap().clone();
                let moved = files.remove(&name).unwrap();
                put(&mut files, NAMES[random.below(NAMES.len())], moved);
            }
        }
        // Clocks go wrong.
        let date =
            1_700_000_000 + index * 100 + if random.below(4) == 0 { random.below(3000) } else { 0 };
        stream += &format!("commit refs/heads/c{index}\nmark :{}\n", index + 1);
        stream += &format!("committer Carl <carl@example.com> {date} +0000\ndata 2\nc\n");
        for (at, parent) in parents.iter().enumerate() {
            stream += &format!("{} :{}\n", if at == 0 { "from" } else { "merge" }, parent + 1);
        }
        stream += "deleteall\n";
        for (name, content) in &files {
            stream += &format!("M 100644 inline {name}\ndata {}\n{content}\n", content.len());
        }
        trees.push(files);
    }
    repo.git_with_input(&["fast-import", "--quiet", "--force"], stream);
    let ids =
        repo.git(&["for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads"]);
    let ids: BTreeMap<usize, String> = ids
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(name, id)| (name[1..].parse().unwrap(), id.to_owned()))
        .collect();
    ids.into_values().collect()
}

/// The commits of a repository with their parents.
struct Graph {
    parents: BTreeMap<String, Vec<String>>,
}

impl Graph {
    fn new(repo: &Repo) -> Self {
        let lines = repo.git(&["rev-list", "--all", "--parents"]);
        let ids = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let split = |mut ids: Vec<String>| (ids.remove(0), ids);
        Self { parents: lines.lines().map(|line| split(ids(line))).collect() }
    }

    /// The commits that a commit leads to, itself included.
    fn reached<'m>(&'m self, commit: &'m str) -> BTreeSet<&'m str> {
        let mut reached = BTreeSet::from([commit]);
        let mut open = vec![commit];
        while let Some(commit) = open.pop() {
            open.extend(
                self.parents[commit]
                    .iter()
                    .map(String::as_str)
                    .filter(|parent| reached.insert(*parent)),
            );
        }
        reached
    }

    /// The commits of a range. Git itself gets them wrong where clocks are wrong.
    fn range<'m>(&'m self, from: &'m str, dots: &str, to: &'m str) -> Vec<&'m str> {
        let (from, to) = (self.reached(from), self.reached(to));
        if dots == ".." { &to - &from } else { &to ^ &from }.into_iter().collect()
    }
}

/// What git tells of a repository: for each commit its parents, and what its tree has, path by path.
struct Model {
    graph: Graph,
    trees: BTreeMap<String, BTreeMap<String, String>>,
    blobs: BTreeMap<String, String>,
}

impl Model {
    fn new(repo: &Repo) -> Self {
        let graph = Graph::new(repo);
        let mut trees = BTreeMap::new();
        for commit in graph.parents.keys() {
            let entry = |line: &str| {
                let (entry, path) = line.split_once('\t').unwrap();
                (path.to_owned(), entry.split(' ').nth(2).unwrap().to_owned())
            };
            let listing = repo.git(&["ls-tree", "-r", "--full-tree", commit]);
            trees.insert(commit.clone(), listing.lines().map(entry).collect::<BTreeMap<_, _>>());
        }
        let ids: BTreeSet<String> = trees.values().flat_map(BTreeMap::values).cloned().collect();
        let list = ids.iter().fold(String::new(), |list, id| list + id + "\n");
        let content = repo.git_with_input(&["cat-file", "--batch"], list) + "\n\n";
        let mut blobs = BTreeMap::new();
        let mut rest = content.as_str();
        while let Some((header, after)) =
            rest.split_once('\n').filter(|(header, _)| !header.is_empty())
        {
            let [id, _, len] = header.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{header}")
            };
            let (text, after) = after.split_at(len.parse().unwrap());
            blobs.insert(id.to_owned(), text.to_owned());
            rest = &after[1..];
        }
        Self { graph, trees, blobs }
    }

    fn holds(&self, commit: &str, token: &str) -> bool {
        self.trees[commit].values().any(|blob| self.blobs[blob].contains(token))
    }

    /// Where the commits introduced a token: commit, path and line.
    fn introduced(&self, commits: &[&str], token: &str) -> BTreeSet<(String, String, u64)> {
        let mut introduced = BTreeSet::new();
        for commit in commits {
            if self.graph.parents[*commit].iter().any(|parent| self.holds(parent, token)) {
                continue;
            }
            for (path, blob) in &self.trees[*commit] {
                if let Some(line) = self.blobs[blob].lines().position(|line| line.contains(token)) {
                    introduced.insert(((*commit).to_owned(), path.clone(), line as u64 + 1));
                }
            }
        }
        introduced
    }

    /// How many blobs the commits brought to a path where no parent has them.
    fn brought(&self, commits: &[&str]) -> u64 {
        let mut brought = BTreeSet::new();
        for commit in commits {
            let is_new = |(path, blob): &(&String, &String)| {
                !self.graph.parents[*commit]
                    .iter()
                    .any(|parent| self.trees[parent].get(*path) == Some(*blob))
            };
            brought.extend(self.trees[*commit].iter().filter(is_new).map(|(_, blob)| blob));
        }
        brought.len() as u64
    }
}

fn places(finding: &Value) -> BTreeSet<(String, String, u64)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let place = |place: &Value| {
        (text(&place["commit"]), text(&place["path"]), place["start_line"].as_u64().unwrap())
    };
    finding["places"].as_array().unwrap().iter().map(place).collect()
}

#[test]
fn random_ranges() {
    for seed in 0..6 {
        let repo = Repo::new();
        let mut random = Random::new(5000 + seed);
        let tokens: Vec<String> = (0..5).map(|_| repo.token()).collect();
        let commits = random_history(&repo, &mut random, &tokens);
        let model = Model::new(&repo);
        let last = commits.len() - 1;
        repo.git(&["update-ref", "--no-deref", "HEAD", &commits[last]]);
        let mut ranges = vec![(0, last, "..")];
        ranges.extend((0..5).map(|_| (random.below(last), last - random.below(4), "..")));
        ranges.extend((0..2).map(|_| (random.below(last), last - random.below(9), "...")));
        for (from, to, dots) in ranges {
            let name = format!("{}{dots}{}", commits[from], commits[to]);
            let listed = model.graph.range(&commits[from], dots, &commits[to]);
            let mut scan_command =
                repo.command(&["git", "-f", "json", "--show-secrets", "--range", &name]);
            let scan = Scan::of(crate::support::command::Run::of(scan_command.output().unwrap()));
            let what = format!("seed {seed}, c{from}{dots}c{to}");
            assert_eq!(scan.coverage()["commits"].as_u64(), Some(listed.len() as u64), "{what}");
            assert_eq!(scan.files(), model.brought(&listed), "{what}");
            let findings = scan.findings();
            let mut expected_count = 0;
            for token in &tokens {
                let expected = model.introduced(&listed, token);
                let finding = findings.iter().find(|finding| finding["secret"] == token.as_str());
                assert_eq!(finding.map(places).unwrap_or_default(), expected, "{what}, {token}");
                let Some(finding) = finding else { continue };
                expected_count += 1;
                assert_eq!(finding["in_head"], model.holds(&commits[last], token), "{what}");
                assert_eq!(finding["commit"]["id"], finding["places"][0]["commit"], "{what}");
                assert!(model.holds(finding["last_commit"].as_str().unwrap(), token), "{what}");
                // No other commit that introduced it comes before the one it is attributed to.
                let first = finding["commit"]["id"].as_str().unwrap();
                let before = &model.graph.reached(first) - &BTreeSet::from([first]);
                let is_before =
                    |(commit, ..): &&(String, String, u64)| before.contains(commit.as_str());
                assert_eq!(expected.iter().find(is_before), None, "{what}");
            }
            assert_eq!(findings.len(), expected_count, "{what}");
            scan.assert_code(i32::from(expected_count > 0));
        }
        // From an empty root, a range is the history of the branch without it.
        let told = |args: &[&str]| {
            let findings = repo.scan(args).findings();
            let key = |finding: &Value| (finding["secret_id"].to_string(), places(finding));
            findings.iter().map(key).collect::<BTreeMap<_, _>>()
        };
        let of_range = told(&["--range", &format!("{}..HEAD", commits[0])]);
        let of_branch = told(&["--branch", "HEAD"]);
        assert_eq!(of_range, of_branch, "seed {seed}");
    }
}

/// Both sides of a range are followed by dates, which may be wrong.
#[test]
fn wrong_clocks() {
    for seed in 0..4 {
        let repo = Repo::new();
        let mut random = Random::new(600 + seed);
        let mut stream = String::new();
        for index in 1..=60_i32 {
            let date = 1_000_000_000 + random.below(1_000_000);
            stream += &format!("commit refs/heads/c{index}\nmark :{index}\n");
            stream += &format!("committer Carl <carl@example.com> {date} +0000\ndata 2\nc\n");
            // Two long branches that meet now and then.
            let (own, other) = (index - 2, index - 1 - random.below(9) as i32);
            for (word, parent) in [("from", own), ("merge", other)] {
                if parent > 0 && (word == "from" || random.below(9) == 0) {
                    stream += &format!("{word} :{parent}\n");
                }
            }
            stream += &format!("M 100644 inline f{index}\ndata 0\n\n");
        }
        repo.git_with_input(&["fast-import", "--quiet", "--force"], stream);
        let graph = Graph::new(&repo);
        let names: Vec<String> = (1..=60).map(|index| format!("c{index}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let ids = repo.git(&[&["rev-parse"], &names[..]].concat());
        let ids: Vec<&str> = ids.lines().collect();
        for _ in 0..12 {
            let (from, to) = (ids[random.below(60)], ids[60 - 1 - random.below(20)]);
            for dots in ["..", "..."] {
                let name = format!("{from}{dots}{to}");
                let expected = graph.range(from, dots, to).len() as u64;
                let scan = range(&repo, &name);
                assert_eq!(
                    scan.coverage()["commits"].as_u64(),
                    Some(expected),
                    "seed {seed}, {name}"
                );
            }
        }
    }
}
