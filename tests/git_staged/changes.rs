//! Which files and lines of the index are new.

use super::staged;
use crate::support::repository::Repository;

#[test]
fn only_changed_files_are_read() {
    let repo = Repository::with_commit();
    let token = repo.token();
    for index in 0..30 {
        repo.file(&format!("d{}/f{index}", index % 3), format!("{index}\n{token}\n"));
    }
    repo.commit("old secrets");
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.locations(), scan.files_scanned()), (vec![], 0));
    repo.stage("README", "changed\n");
    repo.stage("src/new.rs", "new\n");
    repo.git(&["rm", "-q", "d0/f0"]);
    assert_eq!(staged(&repo).files_scanned(), 2);
    let run = repo.scan_as_text(&["--staged"]);
    assert!(run.stderr.starts_with("2 files scanned (12 B), 0 findings, 0 skipped"), "{run:?}");
}

#[test]
fn a_changed_mode_changes_no_content() {
    let repo = Repository::with_commit();
    repo.file("script", repo.token());
    repo.commit("old secret");
    repo.git(&["update-index", "--chmod=+x", "script"]);
    assert!(!repo.git(&["diff", "--cached", "--name-only"]).is_empty());
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.locations(), scan.files_scanned()), (vec![], 0));
}

#[test]
fn secrets_in_unchanged_lines_are_old() {
    let repo = Repository::with_commit();
    let (old, new) = (repo.token(), repo.token());
    repo.file("a", format!("one\n{old}\nthree\n"));
    repo.commit("old secret");
    repo.stage("a", format!("zero\none\n{old}\nthree\n"));
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.locations(), ["a:3 (old)"]);
    assert_eq!(scan.findings()[0]["new"], false);
    let run = repo.scan_as_text(&["--staged"]);
    assert!(run.stdout.contains("was there before"), "{run:?}");
    assert!(!run.stderr.contains("git restore --staged"), "nothing is to be taken out: {run:?}");
    assert!(run.stderr.contains("1 finding (1 there before)"), "{run:?}");
    let scan = repo.scan(&["--staged", "--all-lines"]);
    scan.assert_code(1);
    assert_eq!(scan.locations(), ["a:3"]);
    assert!(scan.findings()[0].get("new").is_none());
    // A new one beside it, and the old one again in a new line.
    repo.stage("a", format!("one\n{old}\n{new}\nthree\nagain {old}\n"));
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.locations(), ["a:2 (old)", "a:3", "a:5 (old)"]);
}

/// What a formatter does to a file is no leak, and a range of commits says the same.
#[test]
fn an_old_secret_in_a_line_that_was_touched_is_old() {
    let repo = Repository::with_commit();
    let token = repo.token();
    let text = format!("one\n  key = {token}\nthree\n");
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let changed = [
        text.replace("  key", "\tkey").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        text.replace("key =", "name:").into_bytes(),
        wide,
        format!("{text}{token}\n").into_bytes(),
    ];
    repo.file("other", "other\n");
    repo.file("a", &text);
    repo.commit("old secret");
    let mut before = repo.id("HEAD");
    for content in changed {
        repo.stage("a", content);
        let scan = staged(&repo);
        assert!(scan.locations().iter().all(|found| found.ends_with("(old)")), "{scan:?}");
        scan.assert_code(0);
        repo.scan(&["--staged", "--all-lines"]).assert_code(1);
        let after = repo.commit_staged("touched");
        repo.scan(&["--range", &format!("{before}..{after}")]).assert_code(0);
        before = after;
    }
    // Moved to another file that is there already.
    repo.stage("a", "gone\n");
    repo.stage("other", format!("other\n{token}\n"));
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.locations(), ["other:2 (old)"]);
    // Another one in its place is new.
    repo.git(&["reset", "-q", "--hard"]);
    repo.stage("a", text.replace(&token, &repo.token()));
    staged(&repo).assert_code(1);
}

/// Lines are those of the text, not of the bytes: a code unit can hold the byte of a line feed.
#[test]
fn lines_of_wide_text_are_those_of_the_text() {
    let repo = Repository::with_commit();
    let (old, new) = (repo.token(), repo.token());
    for (name, is_big) in [("le", false), ("be", true)] {
        let wide = |text: &str| -> Vec<u8> {
            let unit = |unit: u16| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
        };
        // U+010A and U+0A05.
        let head = "\u{10a}\u{a05}\u{10a}\u{a05}\u{10a}\n".repeat(3);
        repo.file(name, wide(&format!("{head}{old}\nlast\n")));
        repo.commit("old secret");
        repo.stage(name, wide(&format!("{head}{old}\n{new}\nlast\n")));
        let scan = staged(&repo);
        assert_eq!(scan.locations(), [format!("{name}:4 (old)"), format!("{name}:5")]);
        scan.assert_code(1);
        repo.stage(name, wide(&format!("first\n{head}{old}\nlast\n")));
        assert_eq!(staged(&repo).locations(), [format!("{name}:5 (old)")]);
        repo.git(&["reset", "-q", "--hard"]);
    }
}

#[test]
fn a_secret_of_many_lines_is_old_only_as_a_whole() {
    let repo = Repository::with_commit();
    let rules = "[[rules]]\nid = 'acme'\nregex = 'acme-key\n(?:[a-z]{8}\n){2,9}end'\n";
    let rules = repo.file(".git/acme.toml", rules.replace("\n(", "\\n(").replace("\n)", "\\n)"));
    let key = |lines: &[&str]| format!("head\nacme-key\n{}\nend\ntail\n", lines.join("\n"));
    let lines = ["abcdefgh", "bcdefghi", "cdefghij"];
    for name in ["same", "longer", "behind"] {
        repo.file(name, key(&lines));
    }
    repo.commit("keys");
    repo.stage("same", key(&lines).replace("head", "changed\nhead"));
    repo.stage("longer", key(&[&lines[..], &["defghijk"]].concat()));
    repo.stage("behind", key(&lines).replace("tail", "changed\ntail"));
    let scan = repo.scan(&["--staged", "--rules", rules.to_str().unwrap()]);
    scan.assert_code(1);
    assert_eq!(scan.locations(), ["behind:2 (old)", "longer:2", "same:3 (old)"]);
}

#[test]
fn a_renamed_file_keeps_its_old_secret() {
    let repo = Repository::with_commit();
    let (token, other) = (repo.token(), repo.token());
    repo.file("a", format!("one\n{token}\n"));
    repo.file("folder/b", format!("{other}\n"));
    repo.commit("old secrets");
    repo.git(&["mv", "a", "moved"]);
    repo.git(&["mv", "folder", "else where"]);
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.locations(), ["else where/b:1 (old)", "moved:2 (old)"]);
    repo.scan(&["--staged", "--all-lines"]).assert_code(1);
    // Changed while it was moved.
    let new = repo.token();
    repo.stage("moved", format!("changed\none\n{token}\n{new}\n"));
    assert_eq!(staged(&repo).locations(), ["else where/b:1 (old)", "moved:3 (old)", "moved:4"]);
    // A copy is one more place.
    repo.git(&["reset", "-q", "--hard"]);
    repo.stage("copy", format!("one\n{token}\n"));
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.locations(), ["copy:2"]);
}

#[test]
fn files_that_become_folders_and_links_are_compared() {
    let repo = Repository::with_commit();
    let (token, other) = (repo.token(), repo.token());
    repo.file("a", format!("{token}\n"));
    repo.file("folder/deep/b", format!("{other}\n"));
    repo.commit("old secrets");
    // A file to a folder, a folder to a file; the secrets go along.
    repo.git(&["rm", "-q", "-r", "a", "folder"]);
    repo.stage("a/inner", format!("{token}\n"));
    repo.stage("folder", format!("{other}\n"));
    let scan = staged(&repo);
    assert_eq!(scan.locations(), ["a/inner:1 (old)", "folder:1 (old)"]);
    scan.assert_code(0);
    repo.commit_staged("swapped");
    // And back, with new secrets.
    let (token, other) = (repo.token(), repo.token());
    repo.git(&["rm", "-q", "-r", "a", "folder"]);
    repo.stage("a", format!("{token}\n"));
    repo.stage("folder/deep/b", format!("{other}\n"));
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.locations(), ["a:1", "folder/deep/b:1"]);
    repo.commit_staged("swapped back");
    // To a link and back.
    repo.remove("a");
    std::os::unix::fs::symlink(repo.token(), repo.path().join("a")).unwrap();
    repo.git(&["add", "a"]);
    assert_eq!(staged(&repo).locations(), ["a:1"]);
    repo.commit_staged("a link");
    repo.remove("a");
    repo.stage("a", format!("{}\n", repo.token()));
    assert_eq!(staged(&repo).locations(), ["a:1"]);
}

#[test]
fn the_target_of_a_link_is_text() {
    let repo = Repository::with_commit();
    std::os::unix::fs::symlink(format!("/srv/{}", repo.token()), repo.path().join("link")).unwrap();
    // What it leads to is not looked at.
    let outside = Repository::uninitialized();
    let secret = outside.file("secret", outside.token());
    std::os::unix::fs::symlink(secret, repo.path().join("away")).unwrap();
    repo.git(&["add", "--all"]);
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!((scan.locations(), scan.files_scanned()), (vec!["link:1".to_owned()], 2));
}

#[test]
fn files_only_intended_to_be_added_are_not_staged() {
    let repo = Repository::with_commit();
    repo.file("later", repo.token());
    repo.file("folder/later", repo.token());
    repo.git(&["add", "-N", "later", "folder/later"]);
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.files_scanned(), 0);
    repo.stage("now", repo.token());
    repo.stage("folder/now", "nothing");
    let scan = staged(&repo);
    assert_eq!((scan.locations(), scan.files_scanned()), (vec!["now:1".to_owned()], 2));
    repo.git(&["add", "later"]);
    assert_eq!(staged(&repo).locations(), ["later:1", "now:1"]);
    // A committed file that is intended to be added again: nothing of it is staged.
    repo.file("src/main.rs", repo.token());
    repo.git(&["rm", "-q", "--cached", "src/main.rs"]);
    repo.git(&["add", "-N", "src/main.rs"]);
    assert_eq!(staged(&repo).locations(), ["later:1", "now:1"]);
}

#[test]
fn sides_of_a_conflict_that_are_not_ours_are_new() {
    let repo = Repository::with_commit();
    let (base, ours, theirs, added) = (repo.token(), repo.token(), repo.token(), repo.token());
    repo.file("a", format!("one\n{base}\n"));
    repo.file("gone", format!("{base}\n"));
    repo.commit("base");
    repo.git(&["checkout", "-q", "-b", "theirs"]);
    repo.file("a", format!("one\n{theirs}\n"));
    repo.file("gone", format!("{base}\n{theirs}\n"));
    repo.file("both", format!("{added}\n"));
    repo.commit("theirs");
    repo.git(&["checkout", "-q", "main"]);
    repo.file("a", format!("one\n{ours}\n"));
    repo.file("both", "ours\n");
    repo.remove("gone");
    repo.commit("ours");
    // What a merge brings was committed elsewhere.
    assert!(!repo.git_output(&["merge", "-q", "theirs"]).status.success());
    assert!(!repo.git(&["ls-files", "-u"]).is_empty());
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.locations(), ["a:2 (old)"]);
    repo.git(&["merge", "--abort"]);
    assert!(!repo.git_output(&["cherry-pick", "theirs"]).status.success());
    assert!(!repo.git(&["ls-files", "-u"]).is_empty());
    let scan = staged(&repo);
    scan.assert_code(1);
    // What this side has is old; what the other side has is about to be committed here.
    let mut found = scan.locations();
    found.sort();
    assert_eq!(found, ["a:2", "a:2 (old)", "both:1", "gone:1", "gone:2"]);
    // Settled.
    repo.stage("a", format!("one\n{ours}\n"));
    repo.stage("both", "settled\n");
    repo.git(&["rm", "-q", "--cached", "gone"]);
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.locations(), scan.files_scanned()), (vec![], 1));
}

#[test]
fn a_staged_secret_is_told_how_to_take_it_out() {
    let repo = Repository::with_commit();
    repo.stage("a", repo.token());
    let run = repo.scan_as_text(&["--staged"]);
    run.assert_code(1);
    for way in ["git restore --staged FILE", "tokensieve:allow", "baseline add"] {
        assert!(run.stderr.contains(way), "{way} in {run:?}");
    }
    assert!(run.stderr.ends_with("failed: 1 finding, the worst of critical severity\n"), "{run:?}");
}
