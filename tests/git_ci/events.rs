//! The range of each kind of event.

use tokensieve::ci::{Fetching, RangeOverride};

use super::{ALLOWED, Scene, ZEROS, git, is_said, listed, plan, push, resolved, wished};

#[test]
fn a_push_counts_from_the_commit_before() {
    let scene = Scene::new();
    let before = scene.commits(30);
    let head = scene.commits(4);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 20);
    // All is there, so nothing is fetched.
    let range = resolved(&clone, &push(&before, &head, "main"), Fetching::Forbidden).unwrap();
    assert_eq!(listed(&clone, &range).len(), 4);
    assert!(!is_said(&range, "forced") && !is_said(&range, "fetched"));
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &push(&before, &head, "main"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 4);
}

#[test]
fn a_forced_push_counts_from_what_was_there_before() {
    let scene = Scene::new();
    let fork = scene.commits(6);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let before = scene.commits(3);
    scene.push(&["topic"]);
    scene.work(&["reset", "-q", "--hard", &fork]);
    let head = scene.commits(5);
    scene.push(&["-f", "topic"]);

    // The remote still has it.
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &push(&before, &head, "topic"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{before}")]));
    assert!(is_said(&range, "forced"), "{:?}", range.notices);
    assert_eq!(range.exclude[0].to_string(), before);

    // It has not: what the default branch lacks counts.
    git(&scene.server(), &["reflog", "expire", "--expire=now", "--all"]);
    git(&scene.server(), &["gc", "-q", "--prune=now"]);
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &push(&before, &head, "topic"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{fork}")]));
    assert!(is_said(&range, "is gone"), "{:?}", range.notices);

    // Whether it is gone cannot be told without asking.
    let clone = scene.clone(&head, 2);
    assert!(resolved(&clone, &push(&before, &head, "topic"), Fetching::Forbidden).is_err());
}

#[test]
fn a_forced_push_to_the_default_branch_counts_from_other_branches() {
    let scene = Scene::new();
    scene.commits(2);
    scene.work(&["branch", "other"]);
    let before = scene.commits(3);
    scene.push(&["main", "other"]);
    scene.work(&["reset", "-q", "--hard", "other"]);
    let head = scene.commits(4);
    scene.push(&["-f", "main"]);
    git(&scene.server(), &["reflog", "expire", "--expire=now", "--all"]);
    git(&scene.server(), &["gc", "-q", "--prune=now"]);
    let clone = scene.clone(&head, 1);
    let range = resolved(&clone, &push(&before, &head, "main"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, "^other"]));
}

#[test]
fn a_new_branch_counts_from_the_other_branches() {
    let scene = Scene::new();
    scene.commits(30);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "release"]);
    scene.commits(3);
    scene.push(&["release"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let head = scene.commits(2);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 1);
    let range = resolved(&clone, &push(ZEROS, &head, "topic"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, "^main", "^release"]));
    assert_eq!(range.base.unwrap().to_string(), scene.work(&["rev-parse", "main"]));

    // Made on the server, with nothing new.
    let main = scene.work(&["rev-parse", "main"]);
    scene.push(&["main:empty"]);
    let clone = scene.clone(&main, 1);
    let range = resolved(&clone, &push(ZEROS, &main, "empty"), ALLOWED).unwrap();
    assert!(
        listed(&clone, &range).is_empty() && is_said(&range, "nothing is new"),
        "{:?}",
        range.notices
    );
}

#[test]
fn two_new_branches_do_not_hide_each_other() {
    let scene = Scene::new();
    scene.commits(2);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "one"]);
    let head = scene.commits(3);
    scene.push(&["one", "one:two"]);
    let clone = scene.clone(&head, 1);
    let range = resolved(&clone, &push(ZEROS, &head, "one"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, "^main"]));
    assert!(is_said(&range, "the same push"), "{:?}", range.notices);
}

#[test]
fn the_first_push_of_a_project_is_new_as_a_whole() {
    let scene = Scene::new();
    let head = scene.commits(7);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &push(ZEROS, &head, "main"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 7);
    assert!(range.exclude.is_empty() && is_said(&range, "whole history"), "{:?}", range.notices);
}

#[test]
fn merged_results_and_trains_count_from_the_target() {
    let scene = Scene::new();
    scene.commits(3);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let source = scene.commits(4);
    scene.work(&["checkout", "-q", "main"]);
    let target = scene.commits(6);
    scene.work(&["merge", "-q", "--no-ff", "-m", "a merge", "topic"]);
    let merged = scene.work(&["rev-parse", "HEAD"]);
    scene.push(&[
        "topic",
        &format!("{target}:refs/heads/main"),
        &format!("{merged}:refs/merge-requests/1/merge"),
    ]);
    for (kind, event) in [("merged_result", "merged results"), ("merge_train", "merge train")] {
        let plan = plan(
            &[
                ("CI_PIPELINE_SOURCE", "merge_request_event"),
                ("CI_MERGE_REQUEST_EVENT_TYPE", kind),
                ("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", &source),
                ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", &target),
                ("CI_COMMIT_SHA", &merged),
            ],
            None,
        );
        assert_eq!(plan.event, event);
        let clone = scene.clone(&merged, 1);
        let range = resolved(&clone, &plan, ALLOWED).unwrap();
        assert_eq!(listed(&clone, &range), scene.expected(&[&merged, &format!("^{target}")]));
        assert_eq!(listed(&clone, &range).len(), 5);
    }
}

#[test]
fn a_pull_request_counts_from_its_merge_base_of_today() {
    let scene = Scene::new();
    let old = scene.commits(3);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    scene.commits(2);
    scene.work(&["checkout", "-q", "main"]);
    let new = scene.commits(4);
    // The branch takes over what the target has; the event still tells the base of the beginning.
    scene.work(&["checkout", "-q", "topic"]);
    scene.work(&["merge", "-q", "--no-ff", "-m", "from main", "main"]);
    let head = scene.commits(1);
    scene.work(&["checkout", "-q", "main"]);
    scene.work(&["merge", "-q", "--no-ff", "-m", "to try", "topic"]);
    let merge = scene.work(&["rev-parse", "HEAD"]);
    scene.push(&[
        "topic",
        &format!("{new}:refs/heads/main"),
        &format!("{merge}:refs/pull/1/merge"),
    ]);
    let payload = format!(
        r#"{{"pull_request":{{"base":{{"sha":"{old}","ref":"main"}},"head":{{"sha":"{head}"}}}}}}"#
    );
    let plan =
        plan(&[("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_SHA", &merge)], Some(&payload));
    let clone = scene.clone(&merge, 1);
    let range = resolved(&clone, &plan, ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{new}")]));
    assert_eq!(listed(&clone, &range).len(), 4);
}

#[test]
fn a_tag_counts_from_the_branches() {
    let scene = Scene::new();
    scene.commits(4);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "--detach"]);
    let head = scene.commits(2);
    scene.work(&["tag", "-a", "-m", "a release", "v1"]);
    // Another tag on the same commit hides nothing.
    scene.work(&["tag", "v1-again"]);
    scene.push(&["v1", "v1-again"]);
    let tag = scene.work(&["rev-parse", "v1"]);
    let of = |name: &str| {
        let variables = [
            ("CI_PIPELINE_SOURCE", "push"),
            ("CI_COMMIT_TAG", name),
            ("CI_COMMIT_SHA", head.as_str()),
        ];
        plan(&variables, None)
    };
    let clone = scene.clone(&head, 1);
    let range = resolved(&clone, &of("v1"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, "^main"]));
    assert_eq!(
        range.include.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [head.clone(), tag]
    );
    let range = resolved(&clone, &of("v1-again"), ALLOWED).unwrap();
    assert_eq!((listed(&clone, &range).len(), range.include.len()), (2, 1));

    // A tag of what a branch has brings nothing.
    scene.push(&[&format!("{head}:refs/heads/release")]);
    let range = resolved(&clone, &of("v1-again"), ALLOWED).unwrap();
    assert!(listed(&clone, &range).is_empty() && is_said(&range, "nothing is new"));
}

#[test]
fn a_schedule_scans_the_whole_history() {
    let scene = Scene::new();
    let head = scene.commits(9);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 2);
    let plan = plan(&[("CI_PIPELINE_SOURCE", "schedule"), ("CI_COMMIT_SHA", &head)], None);
    let failed = resolved(&clone, &plan, Fetching::Forbidden).unwrap_err();
    assert!(
        failed.fix.contains("git fetch --unshallow origin") && failed.fix.contains("GIT_DEPTH"),
        "{failed:?}"
    );
    let range = resolved(&clone, &plan, ALLOWED).unwrap();
    assert_eq!((listed(&clone, &range).len(), range.base), (9, None));
}

#[test]
fn a_base_that_is_given_wins() {
    let scene = Scene::new();
    scene.commits(5);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let head = scene.commits(3);
    scene.push(&["topic"]);
    let given = |base: &str| {
        let variables = [("CI_PIPELINE_SOURCE", "schedule"), ("CI_COMMIT_SHA", head.as_str())];
        wished(&variables, None, &RangeOverride { base: Some(base.to_owned()), head: None })
    };
    for (base, count) in [("origin/main", 3), ("main", 3), ("HEAD~2", 2)] {
        let clone = scene.clone(&head, 1);
        let range = resolved(&clone, &given(base), ALLOWED).unwrap();
        assert_eq!(listed(&clone, &range).len(), count, "{base}");
    }
    let clone = scene.clone(&head, 1);
    let failed = resolved(&clone, &given("origin/mian"), ALLOWED).unwrap_err();
    assert!(failed.is_mistyped && failed.why.contains("origin/mian"), "{failed:?}");
    let unknown = "1234567890123456789012345678901234567890";
    assert!(resolved(&clone, &given(unknown), ALLOWED).unwrap_err().is_mistyped);
}
