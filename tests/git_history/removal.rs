//! Which commit removed what is not in HEAD any more.

use serde_json::Value;

use super::generated;
use super::model::{History, key};
use crate::support::repository::{AUTHOR, EMAIL, Repository};

fn removed(repository: &Repository) -> Value {
    repository.scan(&["."]).finding()["removed"]["id"].clone()
}

#[test]
fn the_last_commit_that_removed_it() {
    let repository = Repository::with_commit();
    let token = repository.token();
    repository.file("a", &token);
    repository.commit("added");
    repository.git(&["mv", "a", "b"]);
    repository.commit("moved");
    assert!(removed(&repository).is_null(), "it is in HEAD");
    repository.file("b", "");
    repository.commit("removed");
    repository.file("c", &token);
    repository.commit("added again");
    repository.remove("c");
    repository.git(&["add", "-A"]);
    let mut commit = repository.git_command(&["commit", "-qm", "Removed \u{1b}[31mfor good"]);
    assert!(commit.env("GIT_COMMITTER_DATE", "1700864000 +0000").status().unwrap().success());
    let id = repository.git(&["rev-parse", "HEAD"]);
    repository.file("d", "nothing");
    repository.commit("later");
    let run = repository.scan(&["."]);
    let finding = run.finding();
    assert_eq!(finding["removed"]["id"], id);
    assert_eq!(finding["removed"]["author"], AUTHOR);
    assert_eq!(finding["removed"]["email"], EMAIL);
    assert_eq!(finding["removed"]["date"], repository.git(&["log", "-1", "--format=%aI", &id]));
    // The clock of these repositories starts at 1,700,000,000: ten days and some minutes before.
    assert_eq!(finding["exposed_days"], 9);
    let text = repository.run(&["git"]).stdout;
    let line = text.lines().find(|line| line.starts_with("  removed by: ")).unwrap();
    assert!(line.contains(&id[..12]) && line.ends_with(", after 9 days"), "{line}");
    assert!(!text.contains('\u{1b}'), "{text}");
    // From another branch's point of view it is still there.
    repository.git(&["checkout", "-q", "HEAD~2"]);
    assert!(removed(&repository).is_null());
}

#[test]
fn merges_remove_nothing_that_a_side_had_removed() {
    let repository = Repository::with_commit();
    repository.file("a", repository.token());
    repository.commit("added");
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.remove("a");
    let side = repository.commit("removed on the side");
    repository.git(&["checkout", "-q", "main"]);
    repository.file("b", "main");
    repository.commit("main");
    assert!(removed(&repository).is_null());
    repository.git(&["merge", "-q", "--no-edit", "side"]);
    assert_eq!(removed(&repository), side);
}

#[test]
fn a_merge_that_leaves_it_out() {
    let repository = Repository::with_commit();
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.file("a", repository.token());
    repository.commit("added on the side");
    repository.git(&["checkout", "-q", "main"]);
    repository.file("b", "main");
    repository.commit("main");
    assert!(removed(&repository).is_null(), "HEAD never had it");
    repository.git(&["merge", "-q", "--no-edit", "-s", "ours", "side"]);
    assert_eq!(removed(&repository), repository.git(&["rev-parse", "HEAD"]));
}

#[test]
fn what_only_a_message_holds_is_not_removed() {
    let repository = Repository::with_commit();
    repository.file("a", "a");
    repository.commit(&format!("key {}", repository.token()));
    repository.file("a", "b");
    repository.commit("later");
    assert!(removed(&repository).is_null());
}

/// What a plain walk says of random histories: the commit does not hold the secret, its parents do,
/// and nothing that comes after it removed it again.
#[test]
fn random_histories() {
    for seed in 21..24 {
        let repository = generated::repository(seed, 40);
        let history = History::read(&repository);
        let log = repository.git(&["rev-list", "HEAD"]);
        let run = repository.scan(&["."]);
        let mut count = 0;
        for finding in run.findings().iter().filter(|finding| finding["in_head"] == false) {
            let key = key(finding);
            let removes = |id: &str| history.removes(id, &key);
            let Some(id) = finding["removed"]["id"].as_str() else {
                assert!(!log.lines().any(|id| history.holds(id, &key)), "{seed} {key:?}");
                continue;
            };
            count += 1;
            assert!(!history.holds(id, &key) && log.contains(id), "{seed} {id}");
            assert_eq!(removes(id), log.lines().any(removes), "{seed} {id}");
            let later = repository.git(&["rev-list", "--ancestry-path", &format!("{id}..HEAD")]);
            assert!(!later.lines().any(removes), "{seed} {id}");
        }
        assert!(count > 0, "{seed}");
    }
}
