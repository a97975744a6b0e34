//! Ranges with merges, of two sides, and with tags.

use super::{commit, range, told};
use crate::support::repository::Repository;

#[test]
fn a_merge_introduces_what_no_parent_has() {
    let repo = Repository::with_commit();
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
    repo.remove("README");
    commit(&repo, "root", "other", format!("{}\n{side}\n", repo.token()));
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--allow-unrelated-histories", "-m", "unrelated", "other"]);
    let told = told_of("HEAD^1..HEAD");
    assert_eq!(told, ["root old:1", "root other:1", "root other:2"], "a root has all from nowhere");
}

#[test]
fn messages_of_tags_belong_to_a_range() {
    let repo = Repository::with_commit();
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
