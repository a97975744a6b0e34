//! Random changes of an index, compared with what git says of them.

use super::staged;
use crate::support::repository::Repository;
use crate::support::tokens::Random;

/// Random changes of an index, against what git says of them.
#[test]
fn random_indexes_agree_with_git() {
    for seed in 0..9 {
        let repo = Repository::new();
        let mut random = Random::new(1000 + seed);
        let tokens: Vec<String> = (0..4).map(|_| repo.token()).collect();
        let content = |random: &mut Random| {
            let mut lines: Vec<String> = (0..6).map(|line| format!("{line}\n")).collect();
            for (at, token) in tokens.iter().enumerate() {
                if random.below(4) == 0 {
                    lines[at] = format!("{at} {token}\n");
                }
            }
            lines.retain(|_| random.below(5) > 0);
            lines.concat()
        };
        let name = |random: &mut Random| {
            let mut name = String::new();
            for depth in 0..1 + random.below(3) {
                name += &format!(
                    "{}{}",
                    if depth > 0 { "/" } else { "" },
                    ["a", "a.b", "a-b", "b"][random.below(4)]
                );
            }
            name
        };
        let change = |random: &mut Random| {
            let name = name(random);
            // What is in the way is replaced.
            let mut command =
                repo.git_command(&["update-index", "--add", "--replace", "--cacheinfo"]);
            match random.below(6) {
                0 => drop(repo.git(&["rm", "-q", "-r", "--cached", "--ignore-unmatch", &name])),
                1 => {
                    let link = repo.blob(&tokens[random.below(tokens.len())]);
                    assert!(command.args(["120000", &link, &name]).status().unwrap().success());
                }
                other => {
                    let blob = repo.blob(content(random));
                    let mode = if other == 2 { "100755" } else { "100644" };
                    assert!(command.args([mode, &blob, &name]).status().unwrap().success());
                }
            }
        };
        (0..14).for_each(|_| change(&mut random));
        repo.git(&["commit", "-q", "--allow-empty", "-m", "first"]);
        if seed % 3 == 1 {
            repo.git(&["update-index", "--index-version", "4"]);
        } else if seed % 3 == 2 {
            repo.git(&["update-index", "--split-index"]);
        }
        (0..5).for_each(|_| change(&mut random));
        if seed % 2 == 1 {
            repo.git(&["write-tree"]);
        }
        let (files, expected) = model(&repo, &tokens);
        let scan = staged(&repo);
        assert_eq!((scan.files_scanned(), scan.locations()), (files, expected), "seed {seed}");
        scan.assert_code(i32::from(scan.locations().iter().any(|found| !found.ends_with("(old)"))));
    }
}

/// How many files differ from the last commit, and what is to be found in them, as git tells it.
fn model(repo: &Repository, tokens: &[String]) -> (u64, Vec<String>) {
    let raw = repo.git(&["diff", "--cached", "--raw", "--no-renames", "--abbrev=40", "HEAD"]);
    let changes: Vec<Vec<&str>> =
        raw.lines().map(|line| line.split([' ', '\t']).collect()).collect();
    let text = |id: &str| {
        if id.bytes().all(|b| b == b'0') {
            String::new()
        } else {
            repo.git(&["cat-file", "-p", id])
        }
    };
    let before: String = changes.iter().map(|change| text(change[2])).collect();
    let (mut files, mut found) = (0, Vec::new());
    for change in changes.iter().filter(|change| change[4] != "D" && change[2] != change[3]) {
        files += 1;
        for (number, line) in (1..).zip(text(change[3]).lines()) {
            let Some(token) = tokens.iter().find(|token| line.contains(*token)) else { continue };
            let old = if before.contains(token) { " (old)" } else { "" };
            found.push((change[5].to_owned(), number, old));
        }
    }
    found.sort();
    (files, found.into_iter().map(|(path, line, old)| format!("{path}:{line}{old}")).collect())
}
