//! Files that git tracks are scanned though `.gitignore` names them, whatever the repository is
//! like.

use crate::support::command::Run;
use crate::support::repository::Repository;

/// A repository with a tracked and an untracked file that `.gitignore` names, each with a secret.
fn with_tracked() -> Repository {
    let repo = Repository::with_commit();
    repo.file(".gitignore", "*.env\n");
    repo.file("tracked.env", format!("{}\n", repo.token()));
    repo.git(&["add", "-f", ".gitignore", "tracked.env"]);
    repo.commit_staged("tracked");
    repo.file("other.env", format!("{}\n", repo.token()));
    repo
}

fn assert_scans_all(run: &Run) {
    assert_eq!(run.assert_code(1).paths(), ["other.env", "tracked.env"], "{run:?}");
    assert!(run.stderr.contains("its git index cannot be read"), "{run:?}");
}

#[test]
fn a_broken_index_hides_nothing() {
    let repo = with_tracked();
    assert_eq!(repo.scan_files(&[]).paths(), ["tracked.env"]);
    let index = repo.git_path("index");
    let whole = std::fs::read(&index).unwrap();
    let mut changed = whole.clone();
    let at = changed.windows(7).position(|name| name == b"tracked").unwrap();
    changed[at] = b'x';
    for broken in [&b""[..], b"DIRC", &whole[..whole.len() / 2], &changed] {
        std::fs::write(&index, broken).unwrap();
        assert_scans_all(&repo.scan_files(&[]));
    }
    std::fs::remove_file(&index).unwrap();
    assert_scans_all(&repo.scan_files(&[]));
    std::fs::write(&index, &whole).unwrap();
    assert_eq!(repo.scan_files(&[]).paths(), ["tracked.env"]);
    // A repository that nothing was added to.
    let fresh = Repository::new();
    fresh.file(".gitignore", "*.env\n");
    fresh.file("a.env", fresh.token());
    let run = fresh.scan_files(&[]);
    assert_eq!((run.code, run.skipped_count("ignored")), (Some(0), 1));
}

#[test]
fn settings_do_not_matter() {
    for format in ["sha1", "sha256"] {
        let repo = Repository::init(&[&format!("--object-format={format}")]);
        repo.file(".gitignore", "*.env\n");
        repo.file("tracked.env", repo.token());
        repo.git(&["add", "-f", "tracked.env"]);
        for config in ["[core]\n\trepositoryformatversion = 99\n", "[core", "\0"] {
            std::fs::write(repo.git_path("config"), config).unwrap();
            assert_eq!(repo.scan_files(&[]).paths(), ["tracked.env"], "{format} {config}");
        }
    }
}

#[test]
fn the_index_of_a_commit_under_way_is_asked_by_staged_alone() {
    let repo = with_tracked();
    let other = repo.git_path("other-index");
    let variables = [("GIT_INDEX_FILE", other.to_str().unwrap())];
    let mut add = repo.git_command(&["add", "-f", "other.env"]);
    assert!(add.envs(variables).status().unwrap().success());
    let mut scan = repo.tokensieve(&["scan", "-f", "json"]);
    let run = Run::of(scan.envs(variables).output().unwrap());
    assert_eq!(run.paths(), ["tracked.env"]);
    let run = repo.scan_with_variables(&["--staged"], &variables);
    assert_eq!(run.paths(), ["other.env"]);
}

#[test]
fn each_repository_has_its_own_index() {
    let outer = Repository::with_commit();
    let inner = outer.beside("repository/inner");
    outer.git(&["init", "-q", "inner"]);
    inner.file(".gitignore", "*.env\n");
    inner.file("tracked.env", inner.token());
    inner.file("other.env", inner.token());
    inner.git(&["add", "-f", "tracked.env"]);
    inner.commit_staged("inner");
    assert_eq!(outer.scan_files(&[]).paths(), ["inner/tracked.env"]);
    // The rule may stand further out, and may be about the folder of a submodule.
    inner.remove(".gitignore");
    outer.file(".gitignore", "*.env\n");
    assert_eq!(outer.scan_files(&[]).paths(), ["inner/tracked.env"]);
    outer.git(&["add", "inner"]);
    outer.file(".gitignore", "inner/\n");
    assert_eq!(outer.scan_files(&[]).paths(), ["inner/tracked.env"]);
    // A link to nowhere in place of a submodule's data.
    inner.git(&["rm", "-q", "--cached", "tracked.env"]);
    std::fs::remove_dir_all(inner.git_path("")).unwrap();
    inner.file(".git", "gitdir: ../nowhere\n");
    let run = outer.scan_files(&[]);
    assert_eq!(run.paths(), ["inner/other.env", "inner/tracked.env"]);
    assert!(run.stderr.contains("inner: its git index cannot be read"), "{run:?}");
}

#[test]
fn submodules_are_told() {
    let sub = Repository::with_commit();
    let repo = sub.beside("outer");
    sub.git(&["init", "-q", "../outer"]);
    repo.file("a", "clean\n");
    repo.commit("first");
    repo.git(&["submodule", "--quiet", "add", "../repository", "deep/sub"]);
    let added = repo.commit("submodule");
    let run = repo.scan(&[]);
    let (count, examples) = run.unopened("submodule");
    assert_eq!((run.code, count, examples.len()), (Some(0), 1, 1), "{run:?}");
    assert!(examples[0].starts_with("sub ("), "{examples:?}");
    // Also where it is gone by now, and from what the cache knows.
    repo.git(&["rm", "-q", "deep/sub"]);
    repo.commit("without");
    let cache = repo.dir().path().join("cache");
    for _ in 0..2 {
        let run = repo.scan(&["--cache", cache.to_str().unwrap()]);
        assert_eq!(run.unopened("submodule").0, 1, "{run:?}");
    }
    assert_eq!(repo.scan(&["--branch", "HEAD~2"]).unopened("submodule").0, 0);
    // Trees that list the same count once; another commit, or another name, is another submodule.
    let entry = |id: &str, path: &str| format!("160000,{id},deep/{path}");
    let listed = repo.git(&["rev-parse", &format!("{added}:deep/sub")]).trim().to_owned();
    for (step, entry) in
        [entry(&listed, "sub"), entry(&"1".repeat(40), "sub"), entry(&"2".repeat(40), "other")]
            .iter()
            .enumerate()
    {
        repo.git(&["update-index", "--add", "--cacheinfo", entry]);
        repo.file("a", format!("clean {step}\n"));
        repo.git(&["add", "a"]);
        repo.git(&["commit", "-q", "-m", "more"]);
    }
    for _ in 0..2 {
        let run = repo.scan(&["--cache", cache.to_str().unwrap()]);
        assert_eq!(run.unopened("submodule").0, 3, "{run:?}");
    }
    // A clone without them has an empty folder.
    repo.git(&["checkout", "-q", &added]);
    let clone = repo.cloned("clone", &[]);
    let run = clone.scan_files(&[]);
    assert_eq!(run.unopened("submodule"), (1, vec!["deep/sub".to_owned()]), "{run:?}");
    clone.git(&["submodule", "--quiet", "update", "--init"]);
    assert_eq!(clone.scan_files(&[]).unopened("submodule").0, 0);
    // Other empty folders are not submodules.
    std::fs::create_dir(clone.path().join("empty")).unwrap();
    assert_eq!(clone.scan_files(&[]).unopened("submodule").0, 0);
}
