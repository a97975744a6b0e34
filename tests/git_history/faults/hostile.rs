//! Repositories that are not to be trusted, or not to be read.

use std::fs;
use std::path::Path;

use super::{token, with_history, write};
use crate::support::command::Run;

/// Nothing that a repository says is executed.
#[test]
fn a_hostile_configuration_runs_nothing() {
    use std::os::unix::fs::PermissionsExt;

    let origin = with_history();
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    let repository = origin.cloned("hostile", &["--filter=blob:none"]);
    repository.file("staged", token(61));
    repository.git(&["add", "staged"]);
    // What tracking references lead to would be known to any remote.
    repository.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    let canary = origin.dir().path().join("canary");
    let script = origin
        .dir()
        .file("script", format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\n", canary.display()));
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let script = script.to_str().unwrap();
    let hooks = origin.dir().path().join("hooks");
    fs::create_dir(&hooks).unwrap();
    for hook in [
        "pre-commit",
        "post-checkout",
        "post-index-change",
        "reference-transaction",
        "pre-auto-gc",
        "fsmonitor-watchman",
    ] {
        for folder in [&hooks, &repository.git_path("hooks")] {
            fs::create_dir_all(folder).unwrap();
            fs::copy(script, folder.join(hook)).unwrap();
        }
    }
    let included = origin
        .dir()
        .file("included", format!("[core]\n\teditor = {script}\n[diff]\n\texternal = {script}\n"));
    let attributes =
        "* filter=evil diff=evil merge=evil working-tree-encoding=utf-8 text eol=crlf\n";
    repository.file(".gitattributes", attributes);
    write(&repository.git_path("info/attributes"), attributes);
    let mut config = fs::read_to_string(repository.git_path("config")).unwrap();
    config += &format!(
        "[core]\n\tfsmonitor = {script}\n\tsshCommand = {script}\n\thooksPath = {hooks}\n\
         \tpager = {script}\n\taskPass = {script}\n\tgitProxy = {script}\n\
         \talternateRefsCommand = {script}\n\tuntrackedCache = true\n\
         [diff]\n\texternal = {script}\n\
         [diff \"evil\"]\n\ttextconv = {script}\n\tcommand = {script}\n\
         [filter \"evil\"]\n\tclean = {script}\n\tsmudge = {script}\n\
         \tprocess = {script}\n\trequired = true\n\
         [merge \"evil\"]\n\tdriver = {script}\n\
         [alias]\n\tlog = !{script}\n\tcat-file = !{script}\n\tdiff = !{script}\n\
         [include]\n\tpath = {included}\n[pager]\n\tlog = {script}\n[gpg]\n\tprogram = {script}\n\
         [credential]\n\thelper = !{script}\n[uploadpack]\n\tpackObjectsHook = {script}\n\
         [remote \"origin\"]\n\turl = ext::{script}\n\tuploadpack = {script}\n\tvcs = evil\n\
         [protocol]\n\tallow = always\n",
        hooks = hooks.display(),
        included = included.display(),
    );
    write(&repository.git_path("config"), config);
    let push = format!(
        "refs/heads/main {} refs/heads/main {}\n",
        repository.git(&["rev-parse", "HEAD"]),
        "0".repeat(40)
    );
    let scan = |args: &[&str]| repository.scan(&[args, &["."]].concat());
    for args in [
        &[][..],
        &["--all-objects"],
        &["--staged"],
        &["--staged", "--all-lines"],
        &["--range", "HEAD~2..HEAD"],
        &["--branch", "main"],
    ] {
        let run = scan(args);
        assert!(!canary.exists(), "{args:?}: {}", fs::read_to_string(&canary).unwrap());
        assert!(matches!(run.code, Some(1 | 3)), "{args:?}: {run:?}");
    }
    assert_eq!(scan(&["--staged"]).paths(), ["staged"]);
    let mut command = repository.tokensieve(&["git", "--pre-push=elsewhere", "."]);
    let pushed = origin.dir().file("pushed", push);
    command.stdin(fs::File::open(pushed).unwrap());
    let pushed = Run::of(command.output().unwrap());
    assert!(matches!(pushed.code, Some(1 | 3)), "{pushed:?}");
    Run::of(repository.tokensieve(&["scan", "."]).output().unwrap()).assert_code(1);
    assert!(!canary.exists(), "{}", fs::read_to_string(&canary).unwrap());
    // The script would have told: git itself runs it.
    let _ = repository.git_command(&["status"]).output().unwrap();
    assert!(canary.exists());
}

/// What stands on a command line of git, or in a container's environment, counts as in files.
#[test]
fn safe_directory_counts_wherever_git_reads_it() {
    let repository = with_history();
    let path = repository.path();
    let chown = |owner: &str| {
        std::process::Command::new("chown").arg("-R").arg(owner).arg(&path).status().unwrap()
    };
    // Only root can give files away.
    if !chown("65534:65534").success() {
        return;
    }
    let canonical = path.canonicalize().unwrap();
    let canonical = canonical.to_str().unwrap();
    let parameters = format!("'a.b'='c' 'safe.directory'='{canonical}'");
    let above = format!("{}/*", path.canonicalize().unwrap().parent().unwrap().display());
    let counted = |key: &'static str, value: &str| {
        let (key, value) = (key.to_owned(), value.to_owned());
        vec![
            ("GIT_CONFIG_COUNT", "1".to_owned()),
            ("GIT_CONFIG_KEY_0", key),
            ("GIT_CONFIG_VALUE_0", value),
        ]
    };
    let global = repository.dir().file("all", "[safe]\n\tdirectory = *\n");
    let global = ("GIT_CONFIG_GLOBAL", global.to_str().unwrap().to_owned());
    let environments = [
        counted("safe.directory", "*"),
        counted("Safe.Directory", canonical),
        counted("safe.directory", &above),
        vec![("GIT_CONFIG_PARAMETERS", parameters)],
        vec![("GIT_CONFIG_PARAMETERS", "'safe.directory=*'".to_owned())],
        vec![global.clone()],
        // Refused:
        counted("safe.directory", "/elsewhere"),
        counted("safe.directory", ""),
        counted("other.directory", "*"),
        vec![("GIT_CONFIG_PARAMETERS", "'safe.directory'='*' 'safe.directory'=''".to_owned())],
        // The environment takes back what the file allows.
        [vec![global], counted("safe.directory", "")].concat(),
    ];
    let mut outcomes = Vec::new();
    for variables in &environments {
        let variables = variables.iter().map(|(name, value)| (*name, value.as_str()));
        let mut git = repository.git_command(&["rev-parse", "HEAD"]);
        let git_takes_it = git.envs(variables.clone()).output().unwrap().status.success();
        for args in [&["git", "."][..], &["git", "--staged", "."]] {
            let mut command = repository.tokensieve(args);
            let code = command.envs(variables.clone()).status().unwrap().code();
            assert_eq!(code != Some(2), git_takes_it, "{args:?} {variables:?}");
        }
        outcomes.push(git_takes_it);
    }
    assert_eq!(outcomes, [[true; 6].as_slice(), &[false; 5]].concat());
}

/// Git refuses the repository of another user, since its configuration could run anything.
#[test]
fn repositories_of_other_users_are_refused() {
    const NOBODY: u32 = 65534;
    let repository = with_history();
    // Only root can give files away.
    if std::os::unix::fs::chown(repository.path().join(".git"), Some(NOBODY), Some(NOBODY)).is_err()
    {
        return;
    }
    let path = repository.path();
    let status = std::process::Command::new("chown")
        .args(["-R", &format!("{NOBODY}:{NOBODY}")])
        .arg(&path)
        .status();
    assert!(status.unwrap().success());
    assert!(!repository.git_command(&["status"]).status().unwrap().success(), "git refuses, too");
    for args in [&[][..], &["--staged"], &["--range", "HEAD~..HEAD"]] {
        let run = repository.scan(&[args, &["."]].concat());
        let expected = format!(
            "git config --global --add safe.directory {}",
            path.canonicalize().unwrap().display()
        );
        assert!(run.assert_code(2).stderr.contains(&expected), "{}", run.stderr);
        assert!(run.stdout.is_empty());
    }
    // Doing what the message says helps.
    let global = repository.dir().file(
        "global",
        format!("[safe]\n\tdirectory = {}\n", path.canonicalize().unwrap().display()),
    );
    let mut command = repository.tokensieve(&["git", "-f", "json", "."]);
    let run = Run::of(command.env("GIT_CONFIG_GLOBAL", global).output().unwrap());
    assert_eq!(run.assert_code(1).paths(), ["src/secret"]);
    // Not if the repository says so itself.
    fs::write(
        path.join(".git/config"),
        format!(
            "[core]\n\trepositoryformatversion = 0\n[safe]\n\tdirectory = {}\n",
            path.display()
        ),
    )
    .unwrap();
    repository.scan(&["."]).assert_code(2);
}

/// Whatever may not be read is a gap, or an error.
#[test]
fn files_that_may_not_be_read_are_gaps() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65534;
    let repository = with_history();
    repository.git(&["repack", "-adfq"]);
    repository.file("loose", "nothing");
    let loose = repository.commit("loose");
    repository.git(&["tag", "-m", "a tag", "packed"]);
    repository.git(&["pack-refs", "--all"]);
    repository.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    repository.file("loose", "changed");
    repository.git(&["stash", "-q"]);
    repository.git(&["worktree", "add", "-q", "--detach", "../linked"]);
    // Permissions deny root nothing, so another user scans what is its own.
    let binary = repository.dir().path().join("tokensieve");
    fs::copy(env!("CARGO_BIN_EXE_tokensieve"), &binary).unwrap();
    let set = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap()
    };
    set(repository.dir().path(), 0o755);
    set(&binary, 0o755);
    let is_root = std::process::Command::new("chown")
        .args(["-R", &format!("{NOBODY}:{NOBODY}")])
        .arg(repository.path())
        .output()
        .is_ok_and(|output| output.status.success());
    let scan = || {
        let prepared = repository.tokensieve(&["git", "-f", "json", "--exclude-path", "src", "."]);
        let mut command = std::process::Command::new(&binary);
        command
            .args(prepared.get_args())
            .current_dir(repository.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null");
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        Run::of_copy(&mut command)
    };
    scan().assert_code(0);
    let pack = repository.packs("pack").remove(0);
    let index = pack.with_extension("idx");
    let folder = repository.loose(&loose).parent().unwrap().to_owned();
    let mut paths = vec![pack, index, folder, repository.loose(&loose)];
    let names = [
        "objects",
        "objects/pack",
        "refs",
        "refs/remotes",
        "refs/remotes/origin/main",
        "packed-refs",
        "HEAD",
    ];
    paths.extend(names.map(|name| repository.git_path(name)));
    let names =
        ["logs/refs/stash", "logs", "worktrees", "worktrees/linked", "worktrees/linked/HEAD", "."];
    paths.extend(names.map(|name| repository.git_path(name)));
    for path in paths {
        let before = fs::metadata(&path).unwrap().permissions().mode();
        set(&path, 0);
        let run = scan();
        set(&path, before & 0o7777);
        assert!(matches!(run.code, Some(2 | 3)), "{}: {run:?}", path.display());
        assert!(run.code == Some(2) || !run.is_complete());
    }
    scan().assert_code(0);
}
