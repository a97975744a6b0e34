//! Each command of docs/token-lifecycle.md is executed against the model.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use gitlab_model::Kind;

use super::{model, secret};
use crate::support::command::{Dir, Run};

/// The lines of the page that begin with `$ tokensieve`.
fn commands(page: &str) -> Vec<String> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("$ tokensieve "));
    lines.map(str::to_owned).collect()
}

/// The first block of TOML on the page.
fn policies(page: &str) -> &str {
    let (_, rest) = page.split_once("```toml\n").unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_page_is_followed_to_the_letter() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/token-lifecycle.md");
    let page = std::fs::read_to_string(page).unwrap();
    let commands = commands(&page);
    assert!(commands.len() >= 6, "{commands:?}");
    let model = model();
    let dir = Dir::new();
    let leaked = [(Kind::AccessToken, 2), (Kind::Feed, 2), (Kind::AccessToken, 34)];
    let lines = leaked.map(|(kind, id)| secret(&model, kind, id));
    dir.file("leaks.txt", lines.join("\n"));
    dir.file("policy.toml", policies(&page));
    dir.file("api_json.log", r#"{"status":200,"remote_ip":"10.0.0.1","token_id":2}"#);
    for (name, id) in [("admin-token", 1), ("owner-token", 8), ("found-token", 3)] {
        let file = dir.file(name, secret(&model, Kind::AccessToken, id));
        std::fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
    }
    let rotating = secret(&model, Kind::AccessToken, 16);
    for command in commands {
        let (command, output) = match command.split_once(" > ") {
            Some((command, file)) => (command.to_owned(), Some(file.to_owned())),
            None => (command, None),
        };
        let command = command.replace("https://gitlab.example.com", model.url());
        let args: Vec<&str> = command.split(' ').collect();
        let mut program = dir.command(&args);
        program.env("CI_SERVER_URL", model.url()).env("ROTATING_TOKEN", &rotating);
        let run = Run::of(program.output().unwrap());
        assert!(matches!(run.code, Some(0 | 1)), "{command}: {run:?}");
        // What leaked is the owner's and an instance's account: in part not the caller's.
        if command.contains("--yes") && !command.contains("--from") {
            assert_eq!(run.code, Some(0), "{command}: {run:?}");
        }
        if let Some(file) = output {
            dir.file(&file, &run.stdout);
        }
    }
}
