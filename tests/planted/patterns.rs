//! Patterns of paths that are written as paths, and those that can match nothing.

use crate::support::repository::Repository;

fn with_vendor() -> Repository {
    let repo = Repository::with_commit();
    repo.file("vendor/a", format!("{}\n", repo.token()));
    repo.commit("vendor");
    repo
}

#[test]
fn patterns_that_are_written_as_paths_mean_what_they_say() {
    let repo = with_vendor();
    let root = repo.path().canonicalize().unwrap();
    let absolute = root.join("vendor").display().to_string();
    let folder = format!("{absolute}/");
    for pattern in [
        "./vendor",
        "./vendor/",
        "./vendor/a",
        "vendor//a",
        r"vendor\a",
        r".\vendor\",
        &absolute,
        &folder,
    ] {
        for command in [&["scan", "."][..], &["git"], &["git", "--range", "HEAD~1..HEAD"]] {
            let run = repo.run(&[command, &["-f", "json", "--exclude-path", pattern]].concat());
            run.assert_code(0);
            assert!(!run.stderr.contains("warning"), "{pattern}: {run:?}");
        }
        let toml = format!("version = 1\nexclude_paths = ['{pattern}']\n");
        repo.file(".tokensieve.toml", toml);
        repo.run(&["scan", "."]).assert_code(0);
        let lint = repo.run(&["config", "lint"]);
        assert!(lint.stdout.contains(".tokensieve.toml:2: warning: "), "{pattern}: {lint:?}");
        repo.remove(".tokensieve.toml");
    }
    // Anchored, as the dot says.
    repo.file("x/vendor/b", repo.token());
    let run = repo.scan_files(&["--exclude-path", "./vendor", "."]);
    assert_eq!(run.paths(), ["x/vendor/b"]);
}

#[test]
fn patterns_that_can_match_nothing_are_warned_of() {
    let repo = with_vendor();
    let outside = repo.dir().file("elsewhere/a", "").display().to_string();
    for pattern in
        ["../vendor", "vendor/../x", "#vendor", "/", "./", "!vendor", r"C:\vendor", &outside]
    {
        for command in [&["scan", "."][..], &["git"], &["git", "--staged"]] {
            let run = repo.run(&[command, &["--exclude-path", pattern]].concat());
            assert!(run.stderr.contains(&format!("`{pattern}` excludes nothing: ")), "{run:?}");
        }
        let toml = format!("version = 1\nexclude_paths = ['{pattern}']\n");
        repo.file(".tokensieve.toml", toml);
        assert!(repo.run(&["scan", "."]).assert_code(1).stderr.contains(".tokensieve.toml:2: "));
        let lint = repo.run(&["config", "lint"]);
        assert!(lint.stdout.contains(":2: warning: ") && lint.code == Some(0), "{lint:?}");
        repo.remove(".tokensieve.toml");
    }
    // What takes something back is of use.
    let run =
        repo.run(&["scan", ".", "--exclude-path", "/vendor/*", "--exclude-path", "!/vendor/a"]);
    assert!(!run.assert_code(1).stderr.contains("warning"), "{run:?}");
}
