//! References that git keeps in tables, which gix does not read.

use std::collections::BTreeSet;
use std::fs;

use crate::support::repository::Repository;

fn with_tables(format: &str) -> Repository {
    let repo = Repository::init(&["--ref-format=reftable", &format!("--object-format={format}")]);
    repo.file("readme", "nothing\n");
    repo.commit("base");
    repo
}

/// Where secrets are found, and which references lead to each.
fn found(repo: &Repository) -> BTreeSet<(String, String)> {
    let run = repo.scan(&["--all-refs", "."]);
    assert!(run.is_complete(), "{run:?}");
    let text = |value: &serde_json::Value| value.to_string().replace('"', "");
    run.findings().iter().map(|one| (text(&one["path"]), text(&one["refs"]))).collect()
}

fn expected(list: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    list.iter().map(|(path, refs)| ((*path).to_owned(), format!("[{refs}]"))).collect()
}

#[test]
fn every_reference_in_a_table_is_followed() {
    for format in ["sha1", "sha256"] {
        let repo = with_tables(format);
        let branch = |name: &str| {
            repo.git(&["checkout", "-q", "--detach", "main"]);
            repo.file(name, repo.token());
            let id = repo.commit(name);
            repo.git(&["checkout", "-q", "main"]);
            id
        };
        let id = branch("branch");
        repo.git(&["update-ref", "refs/heads/a", &id]);
        repo.git(&["symbolic-ref", "refs/heads/symbolic", "refs/heads/a"]);
        repo.git(&["tag", "-a", "-m", "tag", "v1", &branch("tagged")]);
        for name in ["old stash", "new stash"] {
            repo.file("readme", repo.token());
            repo.git(&["stash", "-q", "-m", name]);
        }
        repo.git(&["worktree", "add", "-q", "--detach", "../linked", &branch("linked")]);
        // More than a block of them, some of which are deleted again.
        let main = repo.id("main");
        let many: String = (0..3000).map(|at| format!("create refs/keep/{at} {main}\n")).collect();
        repo.git_with_input(&["update-ref", "--stdin"], many);
        let gone = branch("gone");
        repo.git(&["update-ref", "refs/heads/gone", &gone]);
        repo.git(&["update-ref", "-d", "refs/heads/gone"]);
        let wanted = expected(&[
            ("branch", "refs/heads/a"),
            ("tagged", "refs/tags/v1"),
            ("readme", "refs/stash"),
            ("linked", "worktrees/linked/HEAD"),
        ]);
        assert_eq!(found(&repo), wanted, "{format}");
        assert_eq!(repo.scan(&["."]).findings().len(), 5, "both stashes");
        repo.git(&["pack-refs", "--all"]);
        assert_eq!(found(&repo), wanted, "{format}");
        // From the other working tree.
        let linked = repo.beside("linked");
        let run = linked.scan(&["."]);
        assert_eq!(run.findings().len(), 5, "{run:?}");
        linked.scan(&["--range", "HEAD~..HEAD"]).assert_code(1);
        linked.file("more", linked.token());
        linked.git(&["add", "more"]);
        assert_eq!(linked.scan(&["--staged"]).assert_code(1).paths(), ["more"]);
    }
}

#[test]
fn every_command_reads_tables() {
    let repo = with_tables("sha1");
    repo.file("a", repo.token());
    repo.commit("old secret");
    repo.stage("b", "nothing");
    assert_eq!(repo.scan(&["--staged"]).assert_code(0).findings().len(), 0);
    repo.commit_staged("clean");
    repo.scan(&["--range", "HEAD~..main"]).assert_code(0);
    repo.scan(&["--range", "main~2..HEAD"]).assert_code(1);
    repo.run(&["ci", "--no-fetch", "--base", "main~"]).assert_code(0);
    repo.run(&["ci", "--no-fetch", "--base", "main~2"]).assert_code(1);
    // A server: what it has is old, also for a new branch.
    let server = repo.beside("server");
    repo.git(&["init", "-q", "--bare", "--ref-format=reftable", "../server"]);
    repo.git(&["remote", "add", "origin", "../server"]);
    repo.git(&["push", "-q", "origin", "main"]);
    server.hook("pre-receive", "exec \"$TOKENSIEVE\" pre-receive");
    repo.file("c", "nothing");
    repo.commit("clean");
    repo.git(&["push", "-q", "origin", "main", "main~:refs/heads/other"]);
    repo.file("c", repo.token());
    repo.commit("secret");
    assert!(!repo.git_output(&["push", "-q", "origin", "main"]).status.success());
    repo.hook("pre-push", "exec \"$TOKENSIEVE\" git --pre-push \"$1\"");
    repo.git(&["push", "-q", "origin", "main~:refs/heads/third"]);
}

#[test]
fn broken_tables_are_no_clean_scan() {
    let repo = with_tables("sha1");
    let tables = repo.git_path("reftable");
    let list = fs::read_to_string(tables.join("tables.list")).unwrap();
    let name = list.lines().last().unwrap();
    let good = fs::read(tables.join(name)).unwrap();
    let replace = |content: &[u8]| {
        fs::remove_file(tables.join(name)).unwrap();
        fs::write(tables.join(name), content).unwrap();
    };
    let half = good.len() / 2;
    for broken in [&b""[..], &good[..half], &good[1..], b"REFT"] {
        replace(broken);
        for args in [&["."][..], &["--staged"], &["--range", "HEAD~..HEAD"]] {
            let run = repo.scan(args);
            run.assert_code(2);
            assert!(run.stderr.contains("cannot read the references"), "{run:?}");
        }
    }
    replace(&good);
    repo.scan(&["."]).assert_code(0);
    fs::write(tables.join("tables.list"), "../../config\n").unwrap();
    repo.scan(&["."]).assert_code(2);
    repo.git_path("reftable");
    // A way to keep them that is not known yet.
    fs::write(tables.join("tables.list"), list).unwrap();
    repo.git(&["config", "extensions.refStorage", "files"]);
    let config = repo.read(".git/config").replace("files", "something");
    fs::write(repo.git_path("config"), config).unwrap();
    repo.scan(&["."]).assert_code(2);
}
