//! Every kind of repository, every kind of reference, every way of storing objects.

use std::collections::BTreeMap;

use crate::support::command::Run;
use crate::support::repository::Repository;
use crate::support::tokens::{Random, personal};

/// Makes one token after the other.
struct Tokens(Random);

impl Tokens {
    fn new(seed: u64) -> Self {
        Self(Random::new(seed))
    }

    fn next(&mut self) -> String {
        personal(&mut self.0)
    }
}

/// A repository of one commit with nothing to find.
fn clean() -> Repository {
    let repository = Repository::new();
    repository.file("readme", "nothing\n");
    repository.commit("base");
    repository
}

/// A repository with a token that a second commit brought and a third one removed.
fn with_history(init: &[&str]) -> Repository {
    let repository = Repository::init(init);
    repository.file("readme", "nothing\n");
    repository.commit("base");
    repository.file("src/secret", format!("a\n{}\n", Tokens::new(31).next()));
    repository.commit("oops");
    repository.git(&["rm", "-q", "src/secret"]);
    repository.commit("removed");
    repository
}

/// The one token of [`with_history`] is found, and nothing is missing.
fn assert_found(run: &Run) {
    run.assert_code(1);
    let finding = run.finding();
    assert_eq!((&finding["path"], &finding["start_line"]), (&"src/secret".into(), &2.into()));
    assert_eq!(finding["commit"]["summary"], "oops");
    assert_eq!((run.coverage_count("commits"), run.coverage_count("blobs_scanned")), (3, 2));
    assert!(run.is_complete());
}

#[test]
fn every_reference() {
    let repository = clean();
    let mut tokens = Tokens::new(32);
    let mut expected: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    let mut expect = |token: &str, path: &str, refs: &[&str]| {
        let refs = refs.iter().map(ToString::to_string).collect();
        assert!(expected.insert(token.to_owned(), (path.to_owned(), refs)).is_none());
    };
    let git = |args: &[&str]| repository.git(args);
    // A commit beside the checked-out branch.
    let mut aside = |repository: &Repository, path: &str| {
        let token = tokens.next();
        let blob = repository.blob(&token);
        let tree = repository.tree(&format!("100644 blob {blob}\t{path}\n"));
        (repository.git(&["commit-tree", "-m", path, &tree]), token, blob, tree)
    };

    let (branch, token, ..) = aside(&repository, "branch");
    git(&["branch", "with/slash", &branch]);
    expect(&token, "branch", &["refs/heads/with/slash"]);
    let (light, token, ..) = aside(&repository, "light");
    git(&["tag", "light", &light]);
    expect(&token, "light", &["refs/tags/light"]);
    let (heavy, token, ..) = aside(&repository, "heavy");
    git(&["tag", "-a", "-m", "a tag", "inner", &heavy]);
    git(&["tag", "-a", "-m", "a tag of a tag", "outer", "inner"]);
    git(&["tag", "-d", "inner"]);
    expect(&token, "heavy", &["refs/tags/outer"]);
    let (_, token, blob, _) = aside(&repository, "blob");
    git(&["tag", "blob", &blob]);
    expect(&token, "<blob>", &["refs/tags/blob"]);
    let (_, token, _, tree) = aside(&repository, "tree");
    git(&["tag", "-a", "-m", "a tree", "tree", &tree]);
    expect(&token, "tree", &["refs/tags/tree"]);
    let (remote, token, ..) = aside(&repository, "remote");
    git(&["update-ref", "refs/remotes/origin/topic", &remote]);
    expect(&token, "remote", &["refs/remotes/origin/topic"]);
    let (odd, token, ..) = aside(&repository, "odd");
    git(&["update-ref", "refs/merge-requests/7/head", &odd]);
    expect(&token, "odd", &["refs/merge-requests/7/head"]);

    let mut tokens = Tokens::new(33);
    let token = tokens.next();
    git(&["tag", "-a", "-m", &format!("deploys with\n{token}"), "message", "main"]);
    expect(&token, "<tag message>", &["refs/tags/message"]);
    let token = tokens.next();
    repository.commit(&format!("About\n\nuses {token}"));
    expect(&token, "<commit message>", &["HEAD", "refs/heads/main", "refs/stash"]);
    let token = tokens.next();
    git(&["notes", "add", "-m", &token, "HEAD"]);
    let noted = repository.git(&["rev-parse", "HEAD"]);
    expect(&token, &noted, &["refs/notes/commits"]);
    // The older stash hides behind the younger one, and untracked files behind a third parent.
    for name in ["older", "younger"] {
        let (tracked, untracked) = (tokens.next(), tokens.next());
        repository.file("readme", &tracked);
        repository.file(name, &untracked);
        git(&["stash", "push", "-q", "-u"]);
        expect(&tracked, "readme", &["refs/stash"]);
        expect(&untracked, name, &["refs/stash"]);
    }
    let token = tokens.next();
    git(&["checkout", "-q", "--detach"]);
    repository.file("detached", &token);
    repository.commit("on no branch");
    expect(&token, "detached", &["HEAD"]);

    for is_packed in [false, true] {
        let run = repository.scan(&["--show-secrets", "."]);
        let told: BTreeMap<String, (String, Vec<String>)> = run
            .findings()
            .iter()
            .map(|finding| {
                let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
                let refs = finding["refs"].as_array().unwrap().iter().map(text).collect();
                (text(&finding["secret"]), (text(&finding["path"]), refs))
            })
            .collect();
        for (token, (path, refs)) in &expected {
            let (told_path, told_refs) =
                told.get(token).unwrap_or_else(|| panic!("{path} {refs:?} is not found"));
            assert_eq!((told_path, told_refs), (path, refs));
        }
        assert_eq!(told.len(), expected.len());
        assert!(run.is_complete());
        if !is_packed {
            git(&["pack-refs", "--all"]);
            git(&["repack", "-adfq"]);
        }
    }
}

#[test]
fn bare_repositories() {
    let bare = with_history(&[]).cloned("bare.git", &["--bare"]);
    assert_found(&bare.scan(&["."]));
    // From elsewhere, and from a folder in it.
    let path = bare.path();
    let path = path.to_str().unwrap();
    assert_found(&bare.beside(".").scan(&[path]));
    assert_found(&bare.scan(&[&format!("{path}/objects")]));
    let command =
        |args: &[&str]| bare.beside(".").tokensieve(&[&["git", "-f", "json"], args].concat());
    assert_found(&Run::of(command(&[]).env("GIT_DIR", path).output().unwrap()));
}

#[test]
fn folders_and_git_folders() {
    let repository = with_history(&[]);
    repository.file("deep/er/file", "");
    assert_found(&repository.scan(&["deep/er"]));
    assert_found(&repository.scan(&[".git"]));
    assert_found(&repository.scan(&[]));
    let separate = repository.beside("elsewhere");
    repository.git(&["init", "-q", "--separate-git-dir", separate.path().to_str().unwrap()]);
    assert!(repository.path().join(".git").is_file());
    assert_found(&repository.scan(&["."]));
}

#[test]
fn linked_worktrees() {
    let main = with_history(&[]);
    main.git(&["worktree", "add", "-q", "-b", "other", "../linked"]);
    let linked = main.beside("linked");
    assert_found(&linked.scan(&["."]));
    // What only the HEAD of one of them leads to is found from each of them.
    let mut tokens = Tokens::new(34);
    for (name, worktree) in [("of-linked", &linked), ("of-main", &main)] {
        worktree.git(&["checkout", "-q", "--detach"]);
        worktree.file(name, tokens.next());
        worktree.commit(name);
    }
    for (name, worktree) in [("main", &main), ("linked", &linked)] {
        let run = worktree.scan(&["."]);
        assert_eq!(run.paths(), ["of-linked", "of-main", "src/secret"], "from {name}");
        assert_eq!(run.coverage_count("blobs_scanned"), main.count_of_blobs() as u64);
        let own = run
            .findings()
            .into_iter()
            .find(|finding| finding["path"] == format!("of-{name}"))
            .unwrap();
        assert_eq!((&own["in_head"], &own["refs"]), (&true.into(), &serde_json::json!(["HEAD"])));
        let other = run.findings().into_iter().find(|finding| finding["in_head"] == false).unwrap();
        assert_eq!(other["refs"].as_array().unwrap().len(), 1, "{other}");
    }
    // The folder of a worktree may be gone.
    std::fs::remove_dir_all(linked.path()).unwrap();
    assert_eq!(main.scan(&["."]).paths(), ["of-linked", "of-main", "src/secret"]);
}

/// A bisection and the like keep references of a worktree's own.
#[test]
fn references_of_worktrees() {
    let main = clean();
    main.git(&["worktree", "add", "-q", "-b", "other", "../linked"]);
    let linked = main.beside("linked");
    linked.file("kept", Tokens::new(35).next());
    linked.commit("kept");
    linked.git(&["update-ref", "refs/worktree/kept", "HEAD"]);
    linked.git(&["reset", "-q", "--hard", "HEAD~"]);
    assert_eq!(linked.scan(&["."]).paths(), ["kept"]);
}

#[test]
fn submodules() {
    let library = with_history(&[]);
    let above = library.beside("above");
    std::fs::create_dir(above.path()).unwrap();
    above.git(&["init", "-q", "-b", "main"]);
    let url = library.path();
    above.git(&[
        "submodule",
        "--quiet",
        "add",
        "--name",
        "lib",
        url.to_str().unwrap(),
        "third/lib",
    ]);
    above.commit("with a submodule");
    let module = above.beside("above/third/lib");
    assert!(module.path().join(".git").is_file());
    assert_found(&module.scan(&["."]));
    assert_found(&above.scan(&[".git/modules/lib"]));
    // The commit of a submodule is not an object that is missing here.
    let run = above.scan(&["."]);
    run.assert_code(0);
    assert_eq!(
        (run.coverage_count("blobs_scanned"), run.coverage_count("missing_objects")),
        (1, 0)
    );
}

#[test]
fn alternates() {
    let origin = with_history(&[]);
    let shared = |of: &Repository, name: &str| {
        of.git(&["clone", "-q", "--shared", of.path().to_str().unwrap(), &format!("../{name}")]);
        of.beside(name)
    };
    let borrower = shared(&origin, "borrower");
    let second = shared(&borrower, "second");
    assert_eq!(second.git(&["count-objects"]), "0 objects, 0 kilobytes");
    assert_found(&second.scan(&["."]));
    // A relative path counts from the folder of objects.
    std::fs::write(
        borrower.git_path("objects/info/alternates"),
        "../../../repository/.git/objects\n",
    )
    .unwrap();
    assert_found(&second.scan(&["."]));
    origin.git(&["repack", "-adfq"]);
    assert_found(&second.scan(&["."]));
    // Both lend to each other.
    std::fs::write(origin.git_path("objects/info/alternates"), "../../../borrower/.git/objects\n")
        .unwrap();
    let run = second.scan(&["."]);
    assert!(run.code == Some(1) || run.code == Some(2), "{run:?}");
    std::fs::remove_file(origin.git_path("objects/info/alternates")).unwrap();
    // The lender is gone.
    std::fs::rename(origin.path(), origin.beside("moved").path()).unwrap();
    let run = second.scan(&["."]);
    run.assert_code(3);
    assert!(run.coverage_count("missing_objects") > 0);
}

#[test]
fn packs_and_loose_objects() {
    let repository = with_history(&[]);
    assert_found(&repository.scan(&["."]));
    repository.git(&["repack", "-q"]);
    // Each object is there twice.
    assert_found(&repository.scan(&["."]));
    repository.git(&["prune-packed"]);
    assert_found(&repository.scan(&["."]));
    repository.file("more", "nothing");
    repository.commit("more");
    repository.git(&["repack", "-dq"]);
    assert_eq!(repository.packs("pack").len(), 2);
    let two_packs = repository.scan(&["."]);
    assert_eq!(
        (
            two_packs.finding()["commit"]["summary"].as_str(),
            two_packs.coverage_count("blobs_scanned")
        ),
        (Some("oops"), 3)
    );
    repository.git(&["multi-pack-index", "write", "--bitmap"]);
    assert_eq!(repository.scan(&["."]).stdout, two_packs.stdout);
    repository.git(&["commit-graph", "write", "--reachable"]);
    assert_eq!(repository.scan(&["."]).stdout, two_packs.stdout);
    repository.git(&["repack", "-adfq", "--write-bitmap-index"]);
    assert_eq!(repository.scan(&["."]).stdout, two_packs.stdout);
    // Indices of the first version, and those that could lead beyond two gigabytes.
    let pack = repository.packs("pack").remove(0);
    for version in ["1", "2,0x10"] {
        let index = pack.with_extension("idx");
        std::fs::remove_file(&index).unwrap();
        repository.git(&[
            "index-pack",
            &format!("--index-version={version}"),
            pack.to_str().unwrap(),
        ]);
        assert_eq!(repository.scan(&["."]).stdout, two_packs.stdout, "{version}");
    }
}

#[test]
fn longer_ids() {
    let repository = with_history(&["--object-format=sha256"]);
    let run = repository.scan(&["."]);
    assert_found(&run);
    assert_eq!(run.finding()["commit"]["id"].as_str().unwrap().len(), 64);
    repository.git(&["repack", "-adfq"]);
    assert_found(&repository.scan(&["."]));
    assert_eq!(repository.scan(&["."]).stdout, run.stdout);
}

/// An amended commit is still there until it is pruned.
#[test]
fn objects_that_nothing_leads_to() {
    let repository = clean();
    repository.file("config", Tokens::new(36).next());
    let dropped = repository.commit("oops");
    repository.file("config", "no token\n");
    repository.git(&["add", "-A"]);
    repository.git(&["commit", "-q", "--amend", "-m", "repaired"]);
    let run = repository.scan(&["."]);
    run.assert_code(0);
    assert_eq!((run.coverage_count("commits"), run.coverage_count("blobs_scanned")), (2, 2));
    for is_packed in [false, true] {
        let run = repository.scan(&["--all-objects", "."]);
        let finding = run.finding();
        assert_eq!(
            (&finding["path"], &finding["commit"]["id"]),
            (&"config".into(), &dropped.as_str().into())
        );
        assert_eq!(
            (&finding["refs"], &finding["in_head"]),
            (&serde_json::json!([]), &false.into())
        );
        assert_eq!((run.coverage_count("commits"), run.coverage_count("blobs_scanned")), (3, 3));
        if !is_packed {
            // As a push leaves it in a repository on a server.
            repository.git(&["repack", "-adfq", "--keep-unreachable"]);
            assert!(!repository.loose(&dropped).exists());
            repository.scan(&["."]).assert_code(0);
        }
    }
    // A blob that was staged and never committed.
    let blob = repository.blob(Tokens::new(37).next());
    let run = repository.scan(&["--all-objects", "."]);
    let finding = run.findings().into_iter().find(|finding| finding["path"] == "<blob>").unwrap();
    assert!(finding.get("commit").is_none(), "{finding}");
    repository.scan(&["."]).assert_code(0);
    assert!(repository.loose(&blob).exists());
}

/// Replacements are for looking at a history, not for hiding what it holds.
#[test]
fn replacements_are_not_followed() {
    let repository = with_history(&[]);
    let plain = repository.scan(&["."]);
    let with_token = repository.git(&["rev-parse", "HEAD~"]);
    let without = repository.git(&["rev-parse", "HEAD~2"]);
    let blob = repository.git(&["rev-parse", "HEAD~:src/secret"]);
    let other = repository.git(&["rev-parse", "HEAD~:readme"]);
    repository.git(&["replace", &with_token, &without]);
    repository.git(&["replace", &blob, &other]);
    assert_found(&repository.scan(&["."]));
    // What takes the place of something is reached, too.
    let mut random = Random::new(38);
    let replacing = repository.blob(personal(&mut random));
    repository.git(&["replace", "-f", &other, &replacing]);
    let run = repository.scan(&["."]);
    assert_eq!(run.findings().len(), 2);
    assert_eq!(
        plain.finding()["commit"],
        run.findings().into_iter().find(|it| it["path"] == "src/secret").unwrap()["commit"]
    );
}

#[test]
fn links_and_odd_entries() {
    let repository = clean();
    let mut tokens = Tokens::new(39);
    std::os::unix::fs::symlink(tokens.next(), repository.path().join("link")).unwrap();
    repository.file("run.sh", tokens.next());
    repository.git(&["add", "-A"]);
    repository.git(&["update-index", "--chmod=+x", "run.sh"]);
    repository.commit_staged("a link and a program");
    let run = repository.scan(&["."]);
    assert_eq!(run.paths(), ["link", "run.sh"]);
}

/// Git takes any mode for a folder that says so in its highest bits.
#[test]
fn folders_of_unusual_modes() {
    let repository = clean();
    let blob = repository.blob(Tokens::new(40).next());
    let folder = repository.tree(&format!("100644 blob {blob}\tsecret\n"));
    let raw: Vec<u8> =
        (0..20).map(|at| u8::from_str_radix(&folder[2 * at..2 * at + 2], 16).unwrap()).collect();
    for mode in ["40755", "040000", "40777"] {
        let tree = [mode.as_bytes(), b" folder\0", &raw].concat();
        let tree = repository
            .git_with_input(&["hash-object", "-t", "tree", "-w", "--literally", "--stdin"], &tree);
        assert!(repository.git(&["ls-tree", "-r", &tree]).ends_with("folder/secret"));
        let commit = repository.git(&["commit-tree", "-m", "odd", &tree]);
        repository.git(&["update-ref", "refs/heads/odd", &commit]);
        let run = repository.scan(&["."]);
        assert_eq!(run.paths(), ["folder/secret"], "{mode}");
        let range = repository.scan(&["--range", "main..odd", "."]);
        assert_eq!(range.paths(), ["folder/secret"], "{mode}");
    }
}

/// The bytes that are counted are those of the files that are counted.
#[test]
fn bytes_that_nothing_leads_to_are_not_counted() {
    let repository = clean();
    let before = repository.scan(&["."]).coverage_count("bytes_scanned");
    repository.blob("staged once, and never committed");
    let run = repository.scan(&["."]);
    assert_eq!(
        (run.coverage_count("files_scanned"), run.coverage_count("bytes_scanned")),
        (1, before)
    );
}

/// A tag can name a tree without a commit.
#[test]
fn trees_without_commits() {
    let repository = clean();
    let blob = repository.blob(Tokens::new(41).next());
    let tree = repository.tree(&format!("100644 blob {blob}\tfolder-file\n"));
    repository.git(&["tag", "tree", &tree]);
    let finding = repository.scan(&["."]).finding();
    assert_eq!(finding["refs"], serde_json::json!(["refs/tags/tree"]));
    assert_eq!(finding["path"], "folder-file");
}
