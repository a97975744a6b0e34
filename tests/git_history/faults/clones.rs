//! Clones that lack a part of the history.

use super::{assert_gap, token, with_history};
use crate::support::repository::Repository;

#[test]
fn shallow_clones_are_gaps() {
    let origin = with_history();
    let clone = origin.cloned("shallow", &["--depth=1"]);
    let run = clone.scan(&["."]);
    let boundary = clone.git(&["rev-parse", "HEAD"]);
    assert_gap(&run, "shallow history", 0, &boundary);
    assert_eq!(run.json()["coverage"]["shallow"], true);
    assert_eq!((run.coverage_count("commits"), run.coverage_count("blobs_scanned")), (1, 1));
    assert!(run.stderr.contains("git fetch --unshallow"), "{}", run.stderr);
    clone.git(&["fetch", "-q", "--depth=2"]);
    // What was there at the cut counts as introduced there.
    let run = clone.scan(&["."]);
    run.assert_code(1);
    assert_eq!(run.finding()["commit"]["id"], clone.git(&["rev-parse", "HEAD~"]));
    assert!(!run.is_complete());
    clone.git(&["fetch", "-q", "--unshallow"]);
    let run = clone.scan(&["."]);
    assert_eq!((run.paths(), run.is_complete()), (vec!["src/secret".to_owned()], true));
    assert_eq!(run.json()["coverage"]["shallow"], false);
    // A cut in another history is no gap in this one.
    let clone = origin.cloned("shallow2", &["--depth=1"]);
    clone.git(&["checkout", "-q", "--orphan", "own"]);
    clone.file("readme", "own");
    clone.commit("own");
    clone.scan(&["--branch", "own", "."]).assert_code(0);
}

#[test]
fn partial_clones_are_not_completed() {
    let origin = with_history();
    for (setting, value) in
        [("uploadpack.allowFilter", "true"), ("uploadpack.allowAnySHA1InWant", "true")]
    {
        origin.git(&["config", setting, value]);
    }
    for (filter, missing) in [("blob:none", 2), ("tree:0", 3)] {
        let clone = origin.cloned(filter, &["--no-checkout", &format!("--filter={filter}")]);
        let stored = || clone.git(&["count-objects", "-v"]);
        let before = stored();
        let run = clone.scan(&["."]);
        assert_eq!(stored(), before, "nothing was fetched");
        run.assert_code(3);
        let missing = if filter == "tree:0" { clone_trees(&origin) } else { missing };
        assert_eq!(
            (run.coverage_count("missing_objects"), run.coverage_count("blobs_scanned")),
            (missing, 0)
        );
        assert_eq!((run.coverage_count("commits"), run.skipped("missing object").0), (3, missing));
        // What is there is scanned.
        clone.git(&["commit-tree", "-m", &token(58), &origin.git(&["rev-parse", "HEAD^{tree}"])]);
        let commit = clone.git(&[
            "commit-tree",
            "-m",
            &token(58),
            &origin.git(&["rev-parse", "HEAD^{tree}"]),
        ]);
        clone.git(&["update-ref", "refs/heads/more", &commit]);
        let run = clone.scan(&["."]);
        assert_eq!((run.paths(), run.code), (vec!["<commit message>".to_owned()], Some(1)));
    }
}

/// The number of root trees.
fn clone_trees(origin: &Repository) -> u64 {
    let trees = origin.git(&["log", "--format=%T"]);
    trees.lines().collect::<std::collections::BTreeSet<_>>().len() as u64
}
