//! Nothing outside of what is scanned is read, written, run or handed out.

use std::fs;
use std::os::unix::fs::symlink;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::make::store::{Id, Store, commit_of};
use super::make::token::gitlab;
use super::sandbox::{Limits, Run, Sandbox, fifo, has};
use super::scene::Scene;
use super::server::{Answer, Log, serve};
use crate::support::tokens::Random;

/// Files that are picked up by their names.
const PICKED_UP: [&str; 5] =
    [".gitignore", ".tokensieve.toml", ".gitleaks.toml", ".gitleaksignore", ".tokensieve.baseline"];

/// Something outside that is to stay there.
const PRIVATE: &str = "quokka wombat bandicoot";

/// A sandbox with a token in a file and a private file beside it.
fn sandbox() -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    let secret = gitlab(&mut Random::new(58));
    sandbox.file("a.txt", format!("key = {secret}\n"));
    fs::write(sandbox.outside().join("private"), format!("{PRIVATE}\n").repeat(3)).unwrap();
    fifo(&sandbox.outside().join("fifo"));
    (sandbox, secret)
}

fn shows_nothing_private(run: &Run) {
    for word in PRIVATE.split(' ') {
        assert!(
            !has(&run.stdout, word.as_bytes()) && !has(&run.stderr, word.as_bytes()),
            "shows {word}: {run:?}"
        );
    }
}

/// All commands that pick files up.
fn is_kept(sandbox: &Sandbox, secret: &String) {
    for args in [&["scan", "."][..], &["config", "lint"], &["audit", "--no-history"]] {
        let run = sandbox.run(args, Limits::SMALL);
        run.keeps(std::slice::from_ref(secret)).is_plain();
        shows_nothing_private(&run);
    }
}

#[test]
fn links_in_the_place_of_files_that_are_picked_up() {
    let targets = [
        "/proc/self/pagemap",
        "/proc/self/environ",
        "/dev/zero",
        "../out/fifo",
        "../out/private",
        ".",
    ];
    for name in PICKED_UP {
        for target in targets {
            let (sandbox, secret) = sandbox();
            symlink(target, sandbox.inside().join(name)).unwrap();
            is_kept(&sandbox, &secret);
        }
    }
}

#[test]
fn fifos_and_large_files_in_the_place_of_files_that_are_picked_up() {
    for name in PICKED_UP {
        let (sandbox, secret) = sandbox();
        fifo(&sandbox.inside().join(name));
        is_kept(&sandbox, &secret);
        fs::remove_file(sandbox.inside().join(name)).unwrap();
        // Of a gigabyte, nearly all of it a hole.
        let file = fs::File::create(sandbox.inside().join(name)).unwrap();
        file.set_len(1 << 30).unwrap();
        let limits = Limits { cpu: 40, ..Limits::SMALL };
        let run = sandbox.run(&["config", "lint"], limits);
        run.keeps(std::slice::from_ref(&secret));
    }
}

#[test]
fn files_that_a_configuration_of_the_tree_names() {
    let targets = [
        "pipe",
        "/dev/zero",
        "/proc/self/pagemap",
        "../out/private",
        "../out/fifo",
        "link",
        "/proc/self/fd/0",
    ];
    for target in targets {
        for (name, text) in [
            (".tokensieve.toml", format!("version = 1\nrules = ['{target}']\n")),
            (".gitleaks.toml", format!("[extend]\npath = '{target}'\n")),
        ] {
            let (sandbox, secret) = sandbox();
            fifo(&sandbox.inside().join("pipe"));
            symlink("../out/private", sandbox.inside().join("link")).unwrap();
            sandbox.file(name, text);
            is_kept(&sandbox, &secret);
        }
    }
}

#[test]
fn the_report_replaces_nothing_that_a_link_of_the_tree_leads_to() {
    for target in ["../out/private", "../out/new", "../out/fifo", "/dev/null"] {
        let (sandbox, secret) = sandbox();
        symlink(target, sandbox.inside().join("tokensieve.sarif")).unwrap();
        let before = sandbox.snapshot();
        let run = sandbox
            .run(&["scan", "a.txt", "-f", "sarif", "--output", "tokensieve.sarif"], Limits::SMALL);
        run.keeps(std::slice::from_ref(&secret));
        let mut after = sandbox.snapshot();
        // In the place of the link may be the report.
        let link = sandbox.inside().join("tokensieve.sarif");
        after.remove(&link);
        assert!(
            before.iter().filter(|(path, _)| **path != link).eq(&after),
            "{before:?} became {after:?}"
        );
    }
}

#[test]
fn the_report_goes_through_no_folder_that_is_a_link_of_the_tree() {
    let (sandbox, _) = sandbox();
    symlink("../out", sandbox.inside().join("reports")).unwrap();
    let before = sandbox.snapshot();
    sandbox.run(&["scan", "a.txt", "--output", "reports/private"], Limits::SMALL).keeps(&[]);
    assert_eq!(sandbox.snapshot(), before);
}

#[test]
fn baselines_replace_nothing_that_a_link_leads_to() {
    for target in ["../out/private", "../out/new"] {
        let (sandbox, _) = sandbox();
        symlink(target, sandbox.inside().join(".tokensieve.baseline")).unwrap();
        let private = fs::read(sandbox.outside().join("private")).unwrap();
        for args in [&["baseline", "create"][..], &["baseline", "update"], &["config", "convert"]] {
            sandbox.run(args, Limits::SMALL).keeps(&[]);
            assert_eq!(fs::read(sandbox.outside().join("private")).unwrap(), private);
            assert!(!sandbox.outside().join("new").exists());
        }
    }
}

#[test]
fn links_are_not_followed_because_the_tree_says_so() {
    for target in ["../out", "/proc/self", "/"] {
        let (sandbox, secret) = sandbox();
        let other = gitlab(&mut Random::new(61));
        fs::write(sandbox.outside().join("key"), format!("{PRIVATE}\nkey = {other}\n")).unwrap();
        symlink(target, sandbox.inside().join("link")).unwrap();
        sandbox.file(".tokensieve.toml", "version = 1\nfollow = true\n");
        let run = sandbox.run(&["scan", "-f", "json", "--show-secrets", "."], Limits::SMALL);
        // It is no setting of a tree.
        run.keeps(&[secret, other]).code_is(&[2]);
        shows_nothing_private(&run);
    }
}

/// A clone that lacks the base, whose remote is on the loopback and has all of it. Base and head.
fn shallow(scene: &Scene, url: &str) -> (Id, Id) {
    let tree = scene.store.tree(&[]);
    let middle = commit_of(tree, &[scene.base], "missing in the clone");
    let head = scene.store.commit(tree, &[Id::of("commit", &middle)], "head");
    let server = Store::new(scene.sandbox.path().join("server/a.git"));
    server.commit_file("README", "nothing to see\n", &[]);
    server.tree(&[]);
    server.put("commit", &middle);
    server.main(server.commit(tree, &[Id::of("commit", &middle)], "head"));
    fs::remove_file(scene.store.loose_path(scene.base)).unwrap();
    scene.store.write("shallow", format!("{head}\n"));
    scene.store.main(head);
    config(
        scene,
        &format!(
            "[remote \"origin\"]\n\turl = {url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n"
        ),
    );
    (scene.base, head)
}

/// A server that has the whole history of the scene.
fn with_history(scene: &Scene) -> (String, Log) {
    serve(&Answer::Repositories(scene.sandbox.path().join("server")))
}

#[test]
fn a_clone_without_odd_settings_is_deepened() {
    let scene = Scene::new();
    let (address, log) = with_history(&scene);
    let (base, head) = shallow(&scene, &format!("http://{address}/a.git"));
    fetching(&scene, base, head).keeps(&[]).code_is(&[0]);
    assert!(log.text().contains("git-upload-pack"), "nothing was fetched");
}

fn config(scene: &Scene, more: &str) {
    let path = scene.store.path("config");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, format!("{text}{more}")).unwrap();
}

/// `ci` in a job of GitLab whose server is another one.
fn fetching(scene: &Scene, base: Id, head: Id) -> Run {
    let server = ("CI_SERVER_URL", "https://gitlab.invalid");
    fetching_in(scene, base, head, &[("GITLAB_CI", "true"), server, ("CI_JOB_TOKEN", JOB_TOKEN)])
}

/// `ci` in a job with variables.
fn fetching_in(scene: &Scene, base: Id, head: Id, variables: &[(&str, &str)]) -> Run {
    let (base, head) = (base.to_string(), head.to_string());
    let mut command = scene.sandbox.command(&["ci", "--base", &base, "--head", &head]);
    command.envs(variables.iter().copied()).env("GIT_TERMINAL_PROMPT", "0");
    scene.sandbox.run_command(command, b"", Limits::ANY)
}

const JOB_TOKEN: &str = "job-words-that-stay-here";

#[test]
fn settings_of_a_clone_write_no_file() {
    let settings = [
        "[http]\n\tcookieFile = {out}/private\n\tsaveCookies = true\n",
        "[http \"http://{address}\"]\n\tcookieFile = {out}/private\n\tsaveCookies = true\n",
        "[core]\n\tsshCommand = touch {out}/pwned\n\
         \tfsmonitor = touch {out}/pwned\n\thooksPath = {out}\n",
        "[credential]\n\thelper = !touch {out}/pwned\n",
        "[remote \"origin\"]\n\tuploadpack = touch {out}/pwned\n\
         \tproxy = http://{address}\n\tvcs = pwned\n",
        "[trace2]\n\teventTarget = {out}/pwned\n\tnormalTarget = {out}/pwned\n",
        "[include]\n\tpath = {out}/included\n",
        "[url \"ext::touch {out}/pwned \"]\n\tinsteadOf = http://{address}/\n\
         [protocol \"ext\"]\n\tallow = always\n",
    ];
    for setting in settings {
        let scene = Scene::new();
        let (address, _) = with_history(&scene);
        let (base, head) = shallow(&scene, &format!("http://{address}/a.git"));
        let out = scene.sandbox.outside().display().to_string();
        fs::write(scene.sandbox.outside().join("private"), PRIVATE).unwrap();
        let hidden = format!("[http]\n\tcookieFile = {out}/private\n\tsaveCookies = true\n");
        fs::write(scene.sandbox.outside().join("included"), hidden).unwrap();
        config(&scene, &setting.replace("{out}", &out).replace("{address}", &address));
        fetching(&scene, base, head).keeps(&[]);
        assert_eq!(
            fs::read_to_string(scene.sandbox.outside().join("private")).unwrap(),
            PRIVATE,
            "{setting}"
        );
        assert!(!scene.sandbox.outside().join("pwned").exists(), "{setting}");
    }
}

/// The settings that let a runner fetch from a private project: those of actions/checkout, which
/// wrote them into the clone and then beside it, and those of GitLab Runner, which had the token
/// in the address and then a helper beside the clone.
#[test]
fn settings_of_runners_deepen_a_clone() {
    let header = "[http \"http://{address}/\"]\n\textraheader = AUTHORIZATION: basic {basic}\n";
    let helper = "[credential \"http://{address}\"]\n\
         \thelper = \"{helper}\"\n\tusername = gitlab-ci-token\n";
    let github = [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "push")];
    let gitlab = [("GITLAB_CI", "true"), ("CI_JOB_TOKEN", JOB_TOKEN)];
    for (name, clone, beside, job) in [
        ("checkout v4", header, "", github),
        (
            "checkout v6",
            "[includeIf \"gitdir:{in}/.git\"]\n\tpath = {out}/beside\n",
            header,
            github,
        ),
        ("runner", "[url \"http://{address}/\"]\n\tinsteadOf = git@127.0.0.1:\n", "", gitlab),
        ("runner with a helper", "[include]\n\tpath = {out}/beside\n", helper, gitlab),
    ] {
        for is_its_server in [true, false] {
            let scene = Scene::new();
            let basic = STANDARD.encode(format!("gitlab-ci-token:{JOB_TOKEN}"));
            let folder = scene.sandbox.path().join("server");
            let (address, log) = serve(&Answer::Private(folder, basic.clone()));
            let is_in_address = name == "runner";
            let user =
                if is_in_address { format!("gitlab-ci-token:{JOB_TOKEN}@") } else { String::new() };
            let (base, head) = shallow(&scene, &format!("http://{user}{address}/a.git"));
            let filled = |text: &str| {
                text.replace("{address}", &address)
                    .replace("{basic}", &basic)
                    .replace("{helper}", HELPER)
                    .replace("{in}", &scene.sandbox.inside().display().to_string())
                    .replace("{out}", &scene.sandbox.outside().display().to_string())
            };
            fs::write(scene.sandbox.outside().join("beside"), filled(beside)).unwrap();
            config(&scene, &filled(clone));
            let server = if is_its_server {
                format!("http://{address}")
            } else {
                "http://gitlab.invalid".into()
            };
            let servers = [("CI_SERVER_URL", &*server), ("GITHUB_SERVER_URL", &*server)];
            let run = fetching_in(&scene, base, head, &[&job[..], &servers].concat());
            let code = if is_its_server || is_in_address { 0 } else { 3 };
            run.keeps(&[]).code_is(&[code]);
            let is_sent = log.text().to_lowercase().contains("authorization: ");
            assert_eq!(is_sent, code == 0, "{name}: {}", log.text());
            for output in [&run.stdout, &run.stderr] {
                let is_shown = |secret: &str| has(output, secret.as_bytes());
                assert!(!is_shown(JOB_TOKEN) && !is_shown(&basic), "{name} is shown: {run:?}");
            }
            if code == 3 {
                assert!(has(&run.stderr, b"settings of the clone do not count"), "{run:?}");
            }
        }
    }
}

/// The helper that GitLab's runner sets.
const HELPER: &str = concat!(
    "!f(){ if [ \\\"$1\\\" = \\\"get\\\" ] ; then echo \\\"username=gitlab-ci-token\\\"; ",
    "echo \\\"password=${CI_JOB_TOKEN}\\\"; fi; }; f"
);

#[test]
fn settings_of_a_clone_hand_out_no_token() {
    let settings = [
        "[credential]\n\thelper = \"{helper}\"\n",
        "[credential \"http://{address}\"]\n\thelper = \"{helper}\"\n",
        "[credential \"https://gitlab.invalid\"]\n\thelper = \"{helper}\"\n",
        "[credential \"https://gitlab.invalid\"]\n\thelper = \"{helper}\"\n\
         [url \"http://{address}/\"]\n\tinsteadOf = https://gitlab.invalid/\n\
              [remote \"origin\"]\n\turl = https://gitlab.invalid/a.git\n",
        "[http]\n\textraHeader = \"Authorization: Basic {token}\"\n",
        "[http \"http://{address}\"]\n\textraHeader = \"Authorization: Basic {token}\"\n",
        "[http]\n\tproxy = http://user:{token}@{address}\n\
         [remote \"origin\"]\n\turl = http://gitlab.invalid/a.git\n",
    ];
    for setting in settings {
        let scene = Scene::new();
        let (address, log) = serve(&Answer::Unauthorized);
        let (base, head) = shallow(&scene, &format!("http://{address}/a.git"));
        let setting = setting.replace("{helper}", HELPER).replace("{token}", JOB_TOKEN);
        config(&scene, &setting.replace("{address}", &address));
        let run = fetching(&scene, base, head);
        run.keeps(&[]);
        let asked = log.text();
        assert!(!asked.contains("Authorization"), "{setting}: the server was told {asked}");
        for output in [&run.stdout, &run.stderr] {
            assert!(!has(output, JOB_TOKEN.as_bytes()), "shows the token of the job: {run:?}");
        }
    }
}

#[test]
fn no_settings_redirect_a_fetch() {
    for setting in [
        "[url \"http://{other}/\"]\n\tinsteadOf = http://{address}/\n",
        "[http]\n\tproxy = http://{other}\n",
        "[remote \"origin\"]\n\tproxy = http://{other}\n",
        "[http]\n\tcurloptResolve = 127.0.0.1:80:127.0.0.2\n\tproxy = http://{other}\n",
    ] {
        let scene = Scene::new();
        let (address, _) = with_history(&scene);
        let (other, log) = serve(&Answer::Unauthorized);
        let (base, head) = shallow(&scene, &format!("http://{address}/a.git"));
        config(&scene, &setting.replace("{other}", &other).replace("{address}", &address));
        fetching(&scene, base, head).keeps(&[]);
        assert_eq!(log.text(), "", "{setting}");
    }
}

#[test]
fn nothing_of_a_clone_is_run() {
    let scene = Scene::new();
    let pwned = scene.sandbox.outside().join("pwned");
    let touch = format!("touch {}", pwned.display());
    config(
        &scene,
        &format!(
            "[core]\n\tfsmonitor = {touch}\n\tpager = {touch}\n\
         \teditor = {touch}\n\tsshCommand = {touch}\n\thooksPath = {}\n\
         [filter \"x\"]\n\tclean = {touch}\n\
         \tsmudge = {touch}\n\tprocess = {touch}\n\
         [diff \"x\"]\n\ttextconv = {touch}\n\tcommand = {touch}\n\
         [gpg]\n\tprogram = {touch}\n[alias]\n\tlog = !{touch}\n",
            scene.sandbox.outside().display()
        ),
    );
    scene.sandbox.file(".gitattributes", "* filter=x diff=x\n");
    for name in ["post-checkout", "pre-commit", "reference-transaction", "post-index-change"] {
        let path = scene.sandbox.outside().join(name);
        fs::write(&path, format!("#!/bin/sh\n{touch}\n")).unwrap();
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    let head = scene.store.commit_file("a", "text\n", &[scene.base]);
    for look in super::scene::Look::ALL {
        scene.look(look, head, &[], Limits::SMALL).keeps(&[]);
        assert!(!pwned.exists(), "{look:?}");
    }
    for args in [&["git", "--staged"][..], &["scan"], &["audit"], &["baseline", "create"]] {
        scene.sandbox.run(args, Limits::SMALL).keeps(&[]);
        assert!(!pwned.exists(), "{args:?}");
    }
}
