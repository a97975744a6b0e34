//! `serve` and `mask` from other languages: the programs in examples/clients, run for real where
//! their language is installed.

use std::path::Path;
use std::process::Command;

use crate::support::command::{Dir, Run};
use crate::support::tokens::{Random, personal};

/// Runs a client with the built binary in its PATH; None where its language is not installed.
fn run(dir: &Dir, language: &str, client: &str, args: &[&str]) -> Option<Run> {
    if Command::new(language).arg("--version").output().is_err() {
        eprintln!("{language} is not installed: {client} is not tried");
        return None;
    }
    let binary = Path::new(env!("CARGO_BIN_EXE_tokensieve")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::env::split_paths(&path);
    let path = std::env::join_paths([binary.to_owned()].into_iter().chain(paths)).unwrap();
    let client = format!("{}/examples/clients/{client}", env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(language);
    command.arg(client).args(args).current_dir(dir.path()).env("PATH", path);
    Some(Run::of(command.output().unwrap()))
}

#[test]
fn programs_ask_about_many_files() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(101));
    dir.file("a.env", format!("\nTOKEN={token}\n"));
    dir.file("b \u{2028}\u{1f511}.bin", b"\xff\xfe\x00 nothing \n in \"here\"");
    dir.file("c.txt", "nothing\n");
    let files = ["a.env", "b \u{2028}\u{1f511}.bin", "c.txt"];
    for (language, client) in [("python3", "serve.py"), ("node", "serve.mjs")] {
        let Some(run) = run(&dir, language, client, &files) else { continue };
        run.assert_code(1);
        let expected = ["a.env:2: gitlab_personal_access_token glp", "at-...\n"].concat();
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (expected.as_str(), ""));
        if let Some(run) = self::run(&dir, language, client, &files[1..]) {
            run.assert_code(0);
        }
    }
    if let Some(run) = run(&dir, "python3", "serve.py", &["--redact", "a.env"]) {
        let redacted = ["\nTOKEN=glp", "at-...\n"].concat();
        assert!(run.stdout.ends_with(&redacted) && !run.stdout.contains(&token[8..]), "{run:?}");
    }
}

#[test]
fn a_command_is_masked_and_keeps_its_code() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(102));
    let script = format!("echo before; echo key={token}; echo to stderr {token} >&2; exit 7");
    if let Some(run) = run(&dir, "python3", "mask.py", &["sh", "-c", &script]) {
        run.assert_code(7);
        assert!(run.stdout.starts_with("before\nkey=glp") && !run.stdout.contains(&token[8..]));
        assert!(run.stdout.contains("to stderr glp"), "{run:?}");
    }
}
