//! Secrets are not shown, wherever they stand and whatever stands beside them, and what is shown is
//! plain text.

use std::fs;
use std::io::pipe;
use std::process::Stdio;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::make::store::{FILE, FOLDER};
use super::make::token::{github, gitlab, word};
use super::sandbox::{Limits, Sandbox};
use super::scene::{Look, Scene};
use crate::support::tokens::Random;

/// Ways to report, each with what it could show.
const REPORTS: [&[&str]; 6] = [
    &["-f", "text"],
    &["-f", "text", "-v"],
    &["-f", "json"],
    &["-f", "jsonl"],
    &["-f", "sarif"],
    &["--show-suppressed"],
];

/// What may stand beside a token so that it is no finding any more, and still is one to whoever
/// reads it.
const BESIDE: [(&str, &str); 9] = [
    ("", ""),
    ("", "_old"),
    ("", "x2"),
    ("", "-bak"),
    ("", ".env"),
    ("bk-", "2"),
    ("X", ""),
    ("old_", "_2"),
    ("9", "-"),
];

fn tokens() -> [String; 2] {
    let random = &mut Random::new(70);
    [github(random), gitlab(random)]
}

#[test]
fn tokens_with_something_beside_them_in_files_and_lines() {
    let planted = tokens();
    let sandbox = Sandbox::new();
    let mut random = Random::new(71);
    for (number, (before, after)) in BESIDE.iter().enumerate() {
        for (other, secret) in planted.iter().enumerate() {
            let odd = format!("{before}{secret}{after}");
            let finding = gitlab(&mut random);
            sandbox
                .file(format!("{number}{other}/{odd}"), format!("a {odd} b {finding} c {odd}\n"));
            sandbox.file(format!("{odd}/f"), format!("k = {finding}\n# {odd}"));
        }
    }
    for args in REPORTS {
        sandbox.run(&[&["scan"], args].concat(), Limits::SMALL).keeps(&planted).code_is(&[1]);
    }
    sandbox.run(&["audit", "--no-history"], Limits::SMALL).keeps(&planted);
    sandbox.run(&["baseline", "create"], Limits::SMALL).keeps(&planted);
}

/// Ways to write a token that a name can hold: in encodings on top of each other, behind what is no
/// text.
fn encoded(token: &str) -> Vec<String> {
    let base64 = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let token = token.as_bytes();
    let mut all = vec![hex(token), hex(token).to_uppercase(), base64(hex(token).as_bytes())];
    all.push(base64(&[&[0, 1, 0x9f][..], token].concat()));
    let mut deep = base64(token);
    for _ in 0..4 {
        all.push(deep.clone());
        deep = base64(deep.as_bytes());
    }
    all
}

#[test]
fn encoded_tokens_in_names() {
    const BESIDE: [(&str, &str); 6] =
        [("", ""), ("v123", ""), ("Backup", "Old"), ("key_", ".env"), ("a-", "-2"), ("x9", "")];
    let mut random = Random::new(73);
    let planted: Vec<String> = tokens().iter().flat_map(|token| encoded(token)).collect();
    let scene = Scene::new();
    let mut entries = Vec::new();
    for encoded in &planted {
        for (before, after) in BESIDE {
            let name = format!("{before}{encoded}{after}");
            let content = format!("k = {}\n", gitlab(&mut random));
            entries.push((name.clone(), scene.store.blob(&content)));
            scene.sandbox.file(format!("dir/{name}"), content);
        }
    }
    entries.sort();
    let listed: Vec<_> = entries.iter().map(|(name, id)| (FILE, name.as_bytes(), *id)).collect();
    let tree = scene.store.tree(&listed);
    let tree = scene.store.tree(&[(FOLDER, b"dir", tree)]);
    let head = scene.store.commit(tree, &[scene.base], "names");
    scene.store.refer(&format!("refs/heads/b-{}", planted[0]), head);
    for args in REPORTS {
        let run = scene.sandbox.run(&[&["scan", "dir"], args].concat(), Limits::ANY);
        run.keeps(&planted).code_is(&[1]);
        scene.look(Look::History, head, args, Limits::ANY).keeps(&planted).code_is(&[1]);
    }
    // However little is decoded to find something.
    let args = ["scan", "dir", "--decode-depth", "0"];
    scene.sandbox.run(&args, Limits::ANY).keeps(&planted).code_is(&[1]);
}

#[test]
fn tokens_with_something_beside_them_in_histories() {
    let planted = tokens();
    let scene = Scene::new();
    let mut random = Random::new(72);
    let mut parents = vec![scene.base];
    for (before, after) in BESIDE {
        for secret in &planted {
            let odd = format!("{before}{secret}{after}");
            let blob = scene.store.blob(format!("k = {} {odd}\n", gitlab(&mut random)));
            let tree = scene.store.tree(&[(FILE, odd.as_bytes(), blob)]);
            let tree = scene.store.tree(&[(FOLDER, odd.as_bytes(), tree)]);
            let who = format!("{odd} <{odd}@example.com> 1700000000 +0000");
            let parent = parents.last().unwrap();
            let text = format!(
                "tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\nsee {odd} there\n"
            );
            let commit = scene.store.put("commit", text.as_bytes());
            scene.store.refer(&format!("refs/heads/b-{odd}"), commit);
            scene.store.refer(&format!("refs/tags/{odd}"), commit);
            parents.push(commit);
        }
    }
    // What branches lead to is no news in a push, so the last commit is on none.
    let blob = scene.store.blob(format!("k = {} {}\n", gitlab(&mut random), planted[0]));
    let tree = scene.store.tree(&[(FILE, b"last", blob)]);
    let who = "A <a@example.com> 1700000000 +0000";
    let text = format!(
        "tree {tree}\nparent {}\nauthor {who}\ncommitter {who}\n\nlast\n",
        parents.last().unwrap()
    );
    let head = scene.store.put("commit", text.as_bytes());
    for look in Look::ALL {
        for args in REPORTS {
            let is_text = args == REPORTS[0];
            if is_text || Look::REPORTS.contains(&look) {
                scene.look(look, head, args, Limits::SMALL).keeps(&planted).code_is(&[1]);
            }
        }
    }
}

#[test]
fn rules_of_a_tree_make_nothing_forgotten() {
    let planted = tokens();
    let same_ids = ["github_personal_access_token", "gitlab_personal_access_token"];
    let rule = |id: &str| format!("[[rules]]\nid = '{id}'\nregex = 'nothing-fits-[0-9]{{40}}'\n");
    let native: String = same_ids.iter().map(|id| rule(id)).collect();
    let word = concat!("tok", "-[0-9a-f]{16}");
    let own = format!("[[rules]]\nid = 'own'\nregex = '{word}'\n");
    let configurations: [(&str, String); 5] = [
        (".tokensieve.toml", "version = 1\nrules = ['r.toml']\n".into()),
        (
            ".tokensieve.toml",
            "version = 1\nrules = ['r.toml']\nonly = ['own']\ndecode_depth = 0\n".into(),
        ),
        (
            ".tokensieve.toml",
            format!("version = 1\nrules = ['r.toml']\nexclude_rules = {same_ids:?}\n"),
        ),
        (
            ".gitleaks.toml",
            rule("github_personal_access_token")
                + &rule("own").replace("nothing-fits-[0-9]{40}", word),
        ),
        (
            ".gitleaks.toml",
            format!("[extend]\nuseDefault = true\ndisabledRules = {same_ids:?}\n{own}"),
        ),
    ];
    for (name, text) in configurations {
        let sandbox = Sandbox::new();
        sandbox.file(name, text);
        sandbox.file("r.toml", format!("{native}{own}"));
        for secret in &planted {
            let line = format!("x {secret} {} y {secret}\n", concat!("tok", "-0123456789abcdef"));
            sandbox.file(format!("{secret}/{secret}"), line);
        }
        for args in REPORTS {
            sandbox.run(&[&["scan"], args].concat(), Limits::SMALL).keeps(&planted);
        }
    }
}

/// A JWT of a length.
fn jwt(random: &mut Random, len: usize) -> String {
    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let sign = word(random, 43);
    let rest = len - head.len() - sign.len() - 2;
    let mut claims =
        URL_SAFE_NO_PAD.encode(format!(r#"{{"sub":"{}"}}"#, word(random, rest * 3 / 4 - 10)));
    while claims.len() < rest {
        claims.push('A');
    }
    format!("{head}.{claims}.{sign}")
}

#[test]
fn excerpts_begin_inside_of_no_token() {
    // Lines are read from 4,096 bytes before a match on; the token is cut there, at each of its
    // characters.
    let planted = tokens();
    let mut random = Random::new(53);
    let sandbox = Sandbox::new();
    for (kind, secret) in planted.iter().enumerate() {
        for cut in (0..=secret.len()).step_by(3) {
            for (glue, join) in [("X", ""), ("", ""), ("", " ")] {
                let jwt = jwt(&mut random, 4096 - 5 - cut - join.len());
                let line = format!("{glue}{secret}{join}{jwt} k = {}\n", gitlab(&mut random));
                sandbox.file(format!("{kind}-{cut}-{}-{}", glue.len(), join.len()), line);
            }
        }
    }
    for only in [&[][..], &["--only", "gitlab_personal_access_token"]] {
        for args in REPORTS {
            sandbox
                .run(&[&["scan"], only, args].concat(), Limits::SMALL)
                .keeps(&planted)
                .code_is(&[1]);
        }
    }
}

#[test]
fn excerpts_begin_inside_of_no_private_key() {
    let mut random = Random::new(54);
    let sandbox = Sandbox::new();
    let mut planted = Vec::new();
    for len in [2000, 4000, 4400, 6000, 9000] {
        let body = word(&mut random, len);
        let label = concat!("PRIVATE", " KEY");
        let key = format!("-----BEGIN {label}-----\\n{body}\\n-----END {label}-----");
        sandbox.file(
            format!("{len}.json"),
            format!("{{\"k\": \"{key}\\n\", \"t\": \"{}\"}}\n", gitlab(&mut random)),
        );
        // Without its end, and with a finding in its last line.
        let lines: Vec<&str> =
            body.as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap()).collect();
        let open =
            format!("-----BEGIN {label}-----\n{} {}\n", lines.join("\n"), gitlab(&mut random));
        sandbox.file(format!("{len}.pem"), open);
        planted.push(body);
    }
    for only in [&[][..], &["--only", "gitlab_personal_access_token"]] {
        for args in REPORTS {
            sandbox
                .run(&[&["scan"], only, args].concat(), Limits::SMALL)
                .keeps(&planted)
                .code_is(&[1]);
        }
    }
}

#[test]
fn errors_know_custom_prefixes_and_own_rules() {
    let body = word(&mut Random::new(66), 20);
    let planted = [format!("acme-pat-{body}"), body];
    let token = &planted[0];
    let own =
        "[[rules]]\nid = 'acme'\nprefixes = ['acme-pat-']\nregex = 'acme-pat-[0-9A-Za-z]{20}'\n";
    let bad = [
        format!("[[allow]]\nregexes = ['{token}(']\n"),
        format!("only = ['{token}']\n"),
        format!("{token} = 1\n"),
        format!("exclude_paths = ['{token}[']\n"),
        format!("rules = ['own.toml', '{token}.toml']\n"),
        format!("min_confidence = '{token}'\n"),
        format!("[[allow]]\nrules = ['{token}']\n"),
        format!("[gitlab]\nprefixes = ['{token} ']\n"),
    ];
    for bad in bad {
        for (known_by, args) in
            [("rules = ['own.toml']\n", &[][..]), ("", &["--gitlab-prefix", "acme-pat-"])]
        {
            let sandbox = Sandbox::new();
            let known_by = if bad.starts_with("rules") { "" } else { known_by };
            sandbox.file(".tokensieve.toml", format!("version = 1\n{known_by}{bad}"));
            sandbox.file("own.toml", own);
            for command in [&["scan"][..], &["audit", "--no-history"]] {
                sandbox.run(&[command, args].concat(), Limits::SMALL).keeps(&planted);
            }
            if args.is_empty() {
                sandbox.run(&["config", "lint"], Limits::SMALL).keeps(&planted);
            }
        }
    }
}

#[test]
fn lists_of_rules_show_nothing() {
    for secret in tokens() {
        let rules = format!(
            "[[rules]]\nid = '{secret}'\nname = 'name {secret}'\ndescription = '{secret}'\n\
             url = 'https://a/{secret}'\n\
             aliases = ['a-{secret}']\nregex = '{secret}'\n[rules.leak]\nui = '{secret}'\n"
        );
        let sandbox = Sandbox::new();
        sandbox.file("r.toml", rules);
        sandbox
            .file(format!("{secret}.toml"), format!("[[rules]]\nid = '{secret}'\nregex = '('\n"));
        sandbox.file("text", format!("{secret}\n").repeat(3));
        let named = format!("{secret}.toml");
        for args in [
            &["rules", "lint", "r.toml"][..],
            &["rules", "lint", &named],
            &["rules", "list", "--rules", "r.toml"],
            &["rules", "list", "--rules", "r.toml", "-f", "jsonl"],
            &["rules", "list", "--rules", &named],
            &["rules", "bench", "--rules", "r.toml", "text"],
            &["scan", "--rules", "r.toml", "text"],
            &["scan", "--rules", "r.toml", "text", "-f", "sarif"],
            &["scan", "--rules", "r.toml", "text", "-f", "json"],
            &["scan", "--only", &secret],
            &["scan", &secret],
        ] {
            sandbox.run(args, Limits::ANY).keeps(std::slice::from_ref(&secret));
        }
    }
}

/// What a terminal or a CI system would obey.
const COMMANDS: [&str; 4] =
    ["::add-mask::a", "##[error]a", "a\u{1b}]0;title\u{7}", "a\n::stop-commands::x"];

#[test]
fn names_of_files_are_no_commands() {
    let sandbox = Sandbox::new();
    let mut random = Random::new(62);
    for name in COMMANDS {
        sandbox.file(name, format!("k = {}\n", gitlab(&mut random)));
        sandbox
            .file(format!("{name}.d/f"), format!("k = {}\n{}\n", gitlab(&mut random), COMMANDS[3]));
        sandbox.file(format!("d/{name}.zip"), b"PK\x03\x04 broken");
    }
    for args in [
        &["scan"][..],
        &["scan", "-v"],
        &["scan", "--archives", "-f", "json"],
        &["scan", "-f", "sarif"],
    ] {
        sandbox.run(args, Limits::SMALL).keeps(&[]).is_plain();
    }
    for name in COMMANDS {
        sandbox.run(&["scan", name], Limits::SMALL).keeps(&[]).is_plain();
        sandbox.run(&["scan", "--config", name], Limits::SMALL).keeps(&[]).is_plain();
        sandbox.run(&["scan", "--baseline", name], Limits::SMALL).keeps(&[]).is_plain();
        sandbox.run(&["scan", "--rules", name], Limits::SMALL).keeps(&[]).is_plain();
        sandbox.run(&["rules", "lint", name], Limits::SMALL).keeps(&[]).is_plain();
        sandbox.run(&["git", name], Limits::SMALL).keeps(&[]).is_plain();
    }
}

#[test]
fn texts_of_configurations_are_no_commands() {
    for text in COMMANDS {
        // As TOML writes it, and as JSON does.
        let quoted = serde_json::to_string(text).unwrap();
        let configurations = [
            (".tokensieve.toml", format!("version = 1\n{quoted} = 1\n")),
            (".tokensieve.toml", format!("version = 1\nonly = [{quoted}]\n")),
            (".tokensieve.toml", format!("version = 1\nrules = [{quoted}]\n")),
            (".tokensieve.toml", format!("version = 1\nexclude_paths = [{quoted}, \"[\"]\n")),
            (".tokensieve.toml", format!("version = 1\n[[allow]]\nregexes = [{quoted}, \"(\"]\n")),
            (
                ".tokensieve.toml",
                format!("version = 1\nrules = ['r.toml']\nonly = ['r']\n# {quoted}\n"),
            ),
            (".gitleaks.toml", format!("title = {quoted}\n{quoted} = 1\n")),
            (
                ".gitleaks.toml",
                format!("[[rules]]\nid = {quoted}\nregex = {quoted}\n[[rules]]\nid = {quoted}\n"),
            ),
            (".gitleaks.toml", format!("[extend]\npath = {quoted}\ndisabledRules = [{quoted}]\n")),
            (".gitleaksignore", format!("{text}:rule:1\n{text}\n")),
            (".tokensieve.baseline", format!("tokensieve-baseline version=1 salt=00\n{text}\n")),
            (".gitignore", format!("{text}\n[{text}\n")),
        ];
        let rule = format!(
            "[[rules]]\nid = 'r'\nname = {quoted}\nregex = 'needle-[0-9]{{8}}'\n\
             description = {quoted}\n"
        );
        for (name, content) in configurations {
            let sandbox = Sandbox::new();
            sandbox.file(name, content);
            sandbox.file("r.toml", format!("{rule}[rules.leak]\nui = {quoted}\n"));
            sandbox.file("text", "needle-12345678\n");
            for args in [
                &["scan"][..],
                &["config", "lint"],
                &["audit", "--no-history"],
                &["rules", "lint", "r.toml"],
            ] {
                sandbox.run(args, Limits::SMALL).keeps(&[]).is_plain();
            }
            sandbox
                .run(&["rules", "list", "--rules", "r.toml"], Limits::SMALL)
                .keeps(&[])
                .is_plain();
        }
    }
}

#[test]
fn standard_error_that_takes_nothing() {
    let scene = Scene::new();
    let secret = gitlab(&mut Random::new(67));
    let head = scene.store.commit_file("bad", format!("k = {secret}\n"), &[scene.base]);
    scene.sandbox.file("bad", format!("k = {secret}\n"));
    scene.sandbox.file(
        ".gitleaks.toml",
        "[extend]\nuseDefault = true\n[[rules]]\nid = 'a'\nregex = 'a{9}'\n",
    );
    let line = format!("{} {head} refs/heads/new\n", "0".repeat(40));
    let commands: [(&[&str], &str, &[i32]); 6] = [
        (&["scan", "bad"], "", &[1]),
        (&["scan", "nothing"], "", &[2]),
        (&["audit", "--no-history"], "", &[0, 1, 2, 3]),
        (&["pre-receive"], &line, &[1]),
        (&["git", "--pre-push", "origin", "--only", "nothing"], "", &[2]),
        (&["config", "lint"], "", &[0, 1, 2, 3]),
    ];
    for (args, input, codes) in commands {
        for is_full in [true, false] {
            let mut command = scene.sandbox.command(args);
            if args == ["pre-receive"] {
                command.env("GIT_DIR", scene.store.path("."));
            }
            let stderr = if is_full {
                Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap())
            } else {
                // Nobody reads it any more.
                Stdio::from(pipe().unwrap().1)
            };
            command.stderr(stderr);
            let run = scene.sandbox.run_deaf(command, input.as_bytes(), Limits::SMALL);
            run.keeps(std::slice::from_ref(&secret)).code_is(codes);
        }
    }
}
