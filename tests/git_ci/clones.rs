//! Clones that lack a part of the history: what is fetched, and when nothing is.

use tokensieve::ci::Fetching;
use tokensieve::git::{RangeOptions, Repository, scan_range};

use super::{ALLOWED, Scene, git, is_said, listed, merge_request, plan, resolved, sorted};

#[test]
fn a_shallow_clone_is_deepened_until_it_is_connected() {
    let scene = Scene::new();
    let base = scene.commits(3);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let head = scene.commits(70);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 5);

    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{base}")]));
    assert_eq!(listed(&clone, &range).len(), 70);
    assert_eq!(range.base.unwrap().to_string(), base);
    assert!(
        is_said(&range, "50 more commits") && is_said(&range, "remote origin"),
        "{:?}",
        range.notices
    );
    // No reference was written, and the second time there is nothing to fetch.
    assert_eq!(git(&clone, &["for-each-ref"]), "");
    assert!(!clone.join(".git/FETCH_HEAD").exists());
    assert_eq!(
        resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap().exclude,
        range.exclude
    );
}

#[test]
fn a_base_that_was_fetched_by_its_id_is_not_connected() {
    let scene = Scene::new();
    scene.commits(5);
    let fork = scene.commits(1);
    let base = scene.commits(8);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic", &fork]);
    let head = scene.commits(6);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 3);
    git(&clone, &["fetch", "-q", "--depth=1", "origin", &base]);

    let expected = scene.expected(&[&head, &format!("^{base}")]);
    let naive = sorted(&git(&clone, &["rev-list", &head, &format!("^{base}")]));
    assert!(naive.len() < expected.len(), "this is the trap");
    let failed = resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap_err();
    assert!(failed.why.contains("shallow"), "{failed:?}");
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), expected);
    assert_eq!(range.base.unwrap().to_string(), fork);
}

#[test]
fn a_base_without_history_is_fetched_beside_a_whole_head() {
    let scene = Scene::new();
    let fork = scene.commits(4);
    let base = scene.commits(3);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic", &fork]);
    let head = scene.commits(2);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 0);
    git(&clone, &["fetch", "-q", "--depth=1", "origin", &base]);

    let failed = resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap_err();
    assert!(failed.why.contains("no commit in common"), "{failed:?}");
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{base}")]));
}

#[test]
fn a_whole_clone_stays_whole() {
    let scene = Scene::new();
    let fork = scene.commits(4);
    let base = scene.commits(3);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic", &fork]);
    let head = scene.commits(2);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 0);
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 2);
    assert!(!clone.join(".git/shallow").exists());
}

#[test]
fn without_a_common_commit_the_whole_head_is_new() {
    let scene = Scene::new();
    let base = scene.commits(4);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "--orphan", "topic"]);
    let head = scene.commits(3);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 3);
    assert!(is_said(&range, "no history in common"), "{:?}", range.notices);
}

#[test]
fn a_plain_clone_counts_from_its_remote() {
    let scene = Scene::new();
    scene.commits(3);
    scene.push(&["main"]);
    git(scene.dir.path(), &["clone", "-q", &scene.url(), "plain"]);
    let clone = scene.dir.path().join("plain");
    let nothing = plan(&[], None);
    // On the default branch nothing is new, and that is not taken for an answer.
    let range = resolved(&clone, &nothing, ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 3);
    assert!(is_said(&range, "all is scanned"), "{:?}", range.notices);
    git(&clone, &["commit", "-q", "--allow-empty", "-m", "new"]);
    let range = resolved(&clone, &nothing, Fetching::Forbidden).unwrap();
    assert_eq!(listed(&clone, &range).len(), 1);
    // Without a remote, everything is.
    git(&clone, &["remote", "remove", "origin"]);
    let range = resolved(&clone, &nothing, ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 4);
}

#[test]
fn without_fetching_the_error_names_the_command_that_helps() {
    let scene = Scene::new();
    let base = scene.commits(3);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let head = scene.commits(6);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 2);
    let failed = resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap_err();
    assert!(failed.why.contains("fetching is forbidden") && !failed.is_mistyped, "{failed:?}");
    let command = failed.fix.split(", or ").next().unwrap();
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    git(&clone, &arguments);
    let range = resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap();
    assert_eq!(listed(&clone, &range).len(), 6);
}

#[test]
fn a_partial_clone_stays_partial() {
    let scene = Scene::new();
    git(&scene.server(), &["config", "uploadpack.allowFilter", "true"]);
    let file = scene.dir.path().join("work/file");
    let write = |text: &str| {
        std::fs::write(&file, text).unwrap();
        scene.work(&["add", "file"]);
        scene.commits(1)
    };
    let base = write("one");
    write("two");
    let blob = scene.work(&["rev-parse", "HEAD:file"]);
    let head = write("three");
    scene.push(&["main"]);
    git(
        scene.dir.path(),
        &["clone", "-q", "--filter=blob:none", "--no-checkout", &scene.url(), "partial"],
    );
    let clone = scene.dir.path().join("partial");
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(range.exclude[0].to_string(), base);
    assert!(is_said(&range, "partial clone"), "{:?}", range.notices);
    let blob = gix::ObjectId::from_hex(blob.as_bytes()).unwrap();
    assert!(!gix::open(&clone).unwrap().has_object(blob));

    let arguments =
        ["clone", "-q", "--depth=1", "--filter=blob:none", "--no-checkout", &scene.url(), "both"];
    git(scene.dir.path(), &arguments);
    let clone = scene.dir.path().join("both");
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(range.exclude[0].to_string(), base);
    // What is fetched at all is fetched with its files.
    assert!(gix::open(&clone).unwrap().has_object(blob));
}

#[test]
fn commits_that_were_fetched_are_scanned() {
    let scene = Scene::new();
    let base = scene.commits(3);
    let head = scene.commits(60);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 2);
    let mut repository = Repository::open(Some(&clone)).unwrap();
    let range = repository.resolve(&merge_request(&base, &head), ALLOWED).unwrap();
    let scanner = tokensieve_core::Scanner::new(&tokensieve_core::RuleSet::builtin());
    let pipeline =
        tokensieve::pipeline::Pipeline::new(scanner, tokensieve::pipeline::Options::default());
    let options =
        RangeOptions { include: range.include, exclude: range.exclude, ..RangeOptions::default() };
    let coverage = scan_range(&pipeline, &mut repository, &options).coverage;
    let git = coverage.git.unwrap();
    assert_eq!((git.commits, git.missing_objects, git.shallow), (60, 0, false));
}

#[test]
fn a_remote_that_is_shallow_itself_is_named() {
    let scene = Scene::new();
    let base = scene.commits(3);
    let head = scene.commits(6);
    scene.push(&["main"]);
    let middle = scene.clone(&head, 3);
    git(&middle, &["branch", "main", &head]);
    git(
        scene.dir.path(),
        &["clone", "-q", "--bare", &format!("file://{}", middle.display()), "mirror"],
    );
    let clone = scene.dir.path().join("mirror");
    let failed = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap_err();
    assert!(failed.why.contains("neither in the clone nor on the remote"), "{failed:?}");
    let plan = plan(&[("CI_PIPELINE_SOURCE", "schedule"), ("CI_COMMIT_SHA", &head)], None);
    let failed = resolved(&clone, &plan, ALLOWED).unwrap_err();
    assert!(failed.why.contains("so is the remote"), "{failed:?}");
}
