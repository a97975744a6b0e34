//! Each command of docs/token-*.md is executed against one model, in the order of the pages, and
//! each command that the table maps a row of GitLab's guide to is one of them.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use gitlab_model::{Fixture, Kind, Model, Options};

use super::rig::words;
use super::secret;
use crate::support::command::{Dir, Run};

/// The pages in the order of a reader; the first one leads to them, and its recipes come last.
const PAGES: [&str; 6] = ["verify", "inventory", "watch", "create", "rotate", "lifecycle"];

fn page() -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let read = |name| std::fs::read_to_string(docs.join(format!("token-{name}.md"))).unwrap();
    PAGES.map(read).concat()
}

/// The lines of the page that begin with `$ tokensieve`.
fn commands(page: &str) -> Vec<String> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("$ tokensieve "));
    lines.map(str::to_owned).collect()
}

/// The first block of TOML on the pages.
fn policies(page: &str) -> &str {
    let (_, rest) = page.split_once("```toml\n").unwrap();
    rest.split_once("```").unwrap().0
}

/// Eve's token is in a CI/CD variable, as the recipe about her says.
fn model() -> Model {
    let secrets = Model::start_with(Fixture::example(), Options::default()).unwrap();
    let mut fixture = Fixture::example();
    fixture.variables[2].value = secret(&secrets, Kind::AccessToken, 18);
    Model::start_with(fixture, Options::default()).unwrap()
}

/// The files that the page's commands name.
fn files(model: &Model, page: &str) -> Dir {
    let dir = Dir::new();
    let leaked = [(Kind::AccessToken, 2), (Kind::Feed, 2), (Kind::AccessToken, 34)];
    let lines = leaked.map(|(kind, id)| secret(model, kind, id));
    dir.file("leaks.txt", lines.join("\n"));
    let credentials = [("admin-token", 1), ("owner-token", 8), ("found-token", 3)];
    for (name, id) in credentials.into_iter().chain([("dead-token", 5)]) {
        let file = dir.file(name, secret(model, Kind::AccessToken, id));
        std::fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
    }
    dir.file("policy.toml", policies(page));
    dir.file("api_json.log", r#"{"status":200,"remote_ip":"10.0.0.1","token_id":2}"#);
    dir
}

#[test]
fn the_page_is_followed_to_the_letter() {
    let page = page();
    let commands = commands(&page);
    assert!(commands.len() >= 60, "{commands:?}");
    let model = model();
    let dir = files(&model, &page);
    let rotating = secret(&model, Kind::AccessToken, 16);
    for command in commands {
        let (command, output) = match command.split_once(" > ") {
            Some((command, file)) => (command.to_owned(), Some(file.to_owned())),
            None => (command, None),
        };
        let command = command.replace("https://gitlab.example.com", model.url());
        let args = words(&command);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
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
    assert_nothing_breaks(&model, &dir);
}

/// After the recipe about the engineer who leaves: her token is dead, and the jobs have another.
fn assert_nothing_breaks(model: &Model, dir: &Dir) {
    let state = model.state();
    let row = |table: &str, id: u64| {
        let rows = state[table].as_array().unwrap().iter();
        rows.clone().find(|row| row["id"] == id).unwrap().clone()
    };
    assert_eq!(row("access_tokens", 18)["revoked"], true);
    let new = std::fs::read_to_string(dir.path().join("sa-eve-jobs.token")).unwrap();
    assert_eq!(row("variables", 3)["writes"], 1);
    let (_, id) = model.owner(new.trim()).unwrap();
    let token = row("access_tokens", id);
    assert_eq!((&token["kind"], &token["revoked"]), (&"service_account".into(), &false.into()));
    let found = std::fs::read_to_string(dir.path().join("tokens.csv")).unwrap();
    assert!(found.lines().count() > 20, "{found}");
}

/// The rows of the table of the guide.
fn rows(page: &str) -> Vec<(&str, &str)> {
    let (_, rest) = page.split_once("## The guide, row by row").unwrap();
    let (table, _) = rest.split_once("\n## ").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(2);
    rows.filter_map(|row| row.trim_matches(['|', ' ']).split_once(" | ")).collect()
}

#[test]
fn each_row_of_the_guide_has_a_command_that_is_executed() {
    let page = page();
    let commands: Vec<Vec<String>> = commands(&page).iter().map(|line| words(line)).collect();
    let policies = policies(&page);
    let rows = rows(&page);
    // One of the rows is not ours, and says so.
    assert!(rows.len() >= 20, "{rows:?}");
    for (guide, ours) in rows {
        let mut count = 0;
        for code in ours.split('`').skip(1).step_by(2) {
            if code.starts_with("token ") || code.starts_with("scan") {
                let wanted: Vec<&str> = code.split(' ').collect();
                let first = wanted.iter().position(|word| word.starts_with("--"));
                let (verbs, flags) = wanted.split_at(first.unwrap_or(wanted.len()));
                let is_it = |words: &&Vec<String>| {
                    words.iter().zip(verbs).all(|(word, verb)| word == verb)
                        && flags.iter().all(|flag| words.iter().any(|word| word == flag))
                };
                assert!(commands.iter().any(|words| is_it(&words)), "{guide}: {code}");
                count += 1;
            } else if ours.contains("policy `") && !code.contains('/') {
                let key = format!("{} = ", code.replace('-', "_"));
                assert!(policies.contains(&key), "{guide}: {code}");
            }
        }
        assert!(count > 0, "{guide} has no command");
    }
}
