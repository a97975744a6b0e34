//! Which files and lines of the index are new.

use super::staged;
use crate::support::repository::Repository;

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
