//! What is to be done with one token of a person.

use std::net::IpAddr;

use crate::cli::args::CallerArgs;
use crate::cli::commands::token::command_line::command_line;
use crate::cli::commands::token::create::PlaceArgs;
use crate::gitlab::inventory::{Entry, Variable};
use crate::gitlab::policy::Cidr;

/// Scopes that narrower ones could stand for.
const BROAD: [&str; 3] = ["api", "sudo", "admin_mode"];
/// Scopes that service accounts have no use for, or may not have.
const OF_PEOPLE: [&str; 2] = ["granular", "read_user"];
/// No user name is longer.
const LONGEST_NAME: usize = 60;

/// What is the same for all tokens of a plan.
pub(super) struct Ground<'a> {
    pub(super) place: &'a PlaceArgs,
    pub(super) caller: &'a CallerArgs,
    pub(super) automation: &'a [Cidr],
    pub(super) user: Option<&'a str>,
    pub(super) days: u32,
    /// Tokens without any sign of machines are planned for, too.
    pub(super) all: bool,
}

/// A token and the way from it to a service account.
pub(super) struct Move {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) scopes: Vec<String>,
    pub(super) last_used_at: Option<String>,
    /// What shows that machines use it.
    pub(super) signs: Vec<String>,
    /// What has to be known or done besides the commands.
    pub(super) notes: Vec<String>,
    /// Command lines, in their order; none where it is left alone.
    pub(super) commands: Vec<Step>,
}

/// A command line, and why.
pub(super) struct Step {
    pub(super) why: &'static str,
    pub(super) line: String,
}

/// Plans for one token. `reach` is how far it reaches, where it is the caller's own.
pub(super) fn plan(
    ground: &Ground<'_>,
    entry: &Entry,
    variables: &[Variable],
    reach: Option<&str>,
) -> Move {
    let mut signs: Vec<String> =
        variables.iter().map(|variable| format!("the CI/CD variable {variable}")).collect();
    let mut notes = Vec::new();
    match &entry.last_used_ips {
        Some(ips) => signs.extend(
            ips.iter().filter(|ip| is_automation(ground, ip)).map(|ip| format!("used from {ip}")),
        ),
        None => notes.push("from where it was used is not told by this release".to_owned()),
    }
    notes.extend(reach.map(|reach| format!("it reaches {reach}")));
    let mut planned = Move {
        id: entry.id,
        name: entry.name.clone(),
        scopes: entry.scopes.clone(),
        last_used_at: entry.last_used_at.map(|time| time.to_string()),
        commands: Vec::new(),
        signs,
        notes,
    };
    if planned.signs.is_empty() && !ground.all {
        planned.notes.push("nothing shows that machines use it: it stays".to_owned());
        return planned;
    }
    let scopes: Vec<&str> =
        entry.scopes.iter().map(String::as_str).filter(|s| !OF_PEOPLE.contains(s)).collect();
    if scopes.is_empty() {
        planned.notes.push(
            "its permissions are fine-grained or a person's: `token choose` tells what replaces it"
                .to_owned(),
        );
        return planned;
    }
    commands(ground, variables, &scopes, &mut planned);
    planned
}

fn is_automation(ground: &Ground<'_>, text: &str) -> bool {
    let address = text.parse::<IpAddr>();
    address.is_ok_and(|address| ground.automation.iter().any(|range| range.contains(address)))
}

fn commands(ground: &Ground<'_>, variables: &[Variable], scopes: &[&str], planned: &mut Move) {
    let username = username(&planned.name, planned.id);
    let file = format!("{username}.token");
    let id = planned.id.to_string();
    let place = place_words(ground.place);
    let members = members(variables, scopes);
    let (written, left) = targets(variables);
    planned.commands = vec![
        account(ground, (&planned.name, &username), &place, &members),
        token(ground, (&planned.name, &username, &file), &place, (scopes, &written)),
        verify(ground, &file),
        look(ground, &id),
        revoke(ground, &id),
    ];
    let notes = &mut planned.notes;
    if members.is_empty() {
        notes.push(
            "the account reaches nothing before it is a member: add --member PLACE=LEVEL to the \
             first command"
                .to_owned(),
        );
    }
    if let Some(broad) = scopes.iter().find(|scope| BROAD.contains(scope)) {
        notes.push(format!(
            "the scope {broad} is broad: `token usage` tells from GitLab's log what was called; \
             where it only reads, take read_api"
        ));
    }
    notes.extend(left.iter().map(|variable| {
        format!("put the new value in {variable}, too: one command writes one environment scope")
    }));
    if variables.is_empty() {
        notes.push(format!("put the value of {file} where the machine keeps the old one"));
    }
}

/// A name that is the same in each run: other commands of the plan find the account by it.
fn username(name: &str, id: u64) -> String {
    let mut slug = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST_NAME);
    format!("sa-{}-{id}", slug.trim_matches('-')).replace("--", "-")
}

fn place_words(place: &PlaceArgs) -> Vec<&str> {
    match (&place.project, &place.group) {
        (Some(name), _) => vec!["--project", name],
        (None, Some(name)) => vec!["--group", name],
        (None, None) => Vec::new(),
    }
}

/// The places of the variables, with the lowest level that does.
fn members(variables: &[Variable], scopes: &[&str]) -> Vec<String> {
    let writes = |scope: &&str| !scope.starts_with("read_");
    let level = if scopes.iter().any(writes) { 30 } else { 20 };
    let named = variables.iter().filter(|variable| !variable.path.is_empty());
    let mut all: Vec<String> = named
        .map(|variable| format!("{}:{}={level}", variable.place_type, variable.path))
        .collect();
    all.sort();
    all.dedup();
    all
}

/// The variables that one command writes, and the others.
fn targets(variables: &[Variable]) -> (Vec<&Variable>, Vec<&Variable>) {
    let first = variables.iter().find(|variable| !variable.path.is_empty());
    let Some(first) = first else { return (Vec::new(), variables.iter().collect()) };
    variables
        .iter()
        .partition(|variable| !variable.path.is_empty() && variable.scope == first.scope)
}

fn account(
    ground: &Ground<'_>,
    (name, username): (&str, &str),
    place: &[&str],
    members: &[String],
) -> Step {
    let mut words = vec!["service-account", "create", "--name", name, "--username", username];
    words.extend(place);
    for member in members {
        words.extend(["--member", member]);
    }
    words.push("--yes");
    let line = command_line(&words, ground.caller);
    Step { why: "the account, one for this use", line }
}

fn token(
    ground: &Ground<'_>,
    (name, username, file): (&str, &str, &str),
    place: &[&str],
    (scopes, variables): (&[&str], &[&Variable]),
) -> Step {
    let (scopes, days) = (scopes.join(","), ground.days.to_string());
    let mut words = vec!["service-account", "token", "--account", username, "--name", name];
    words.extend(place);
    words.extend(["--scopes", &scopes]);
    if scopes.split(',').any(|scope| BROAD.contains(&scope)) {
        words.push("--broad-scopes");
    }
    words.extend(["--days", &days, "--secret-file", file]);
    let named: Vec<String> = variables
        .iter()
        .map(|variable| format!("{}:{}/{}", variable.place_type, variable.path, variable.key))
        .collect();
    for name in &named {
        words.extend(["--to-variable", name]);
    }
    if let Some(variable) = variables.first() {
        words.extend(["--scope", &variable.scope]);
    }
    words.push("--yes");
    let line = command_line(&words, ground.caller);
    Step { why: "its token, and where it goes", line }
}

fn verify(ground: &Ground<'_>, file: &str) -> Step {
    let line = command_line(&["verify", file], &ground.caller.without_credential());
    Step { why: "the new one works", line }
}

fn look(ground: &Ground<'_>, id: &str) -> Step {
    let mut words = vec!["inventory", "--user"];
    words.extend(ground.user);
    words.extend(["--kind", "personal_access_token", "--id", id]);
    let line = command_line(&words, ground.caller);
    Step { why: "days later: the last use of the old one is before the change", line }
}

fn revoke(ground: &Ground<'_>, id: &str) -> Step {
    let within = ground.user.map(|user| format!("user:{user}"));
    let mut words = vec!["revoke", "--kind", "personal_access_token", "--id", id];
    words.extend(within.iter().flat_map(|within| ["--within", within]));
    words.push("--yes");
    Step {
        why: "then, and not before: the old one ends",
        line: command_line(&words, ground.caller),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_accounts_are_names() {
        for (name, expected) in [
            ("owner", "sa-owner-2"),
            ("Nightly report (prod)", "sa-nightly-report-prod-2"),
            ("\u{fc}\u{fc}", "sa-2"),
            ("", "sa-2"),
        ] {
            assert_eq!(username(name, 2), expected);
        }
        assert!(username(&"x".repeat(300), 2).len() < 80);
    }

    #[test]
    fn one_command_writes_one_environment_scope() {
        let variable = |path: &str, scope: &str| Variable {
            place_type: "project",
            path: path.to_owned(),
            key: "K".to_owned(),
            scope: scope.to_owned(),
        };
        let all = [variable("a/b", "*"), variable("a/c", "production"), variable("", "*")];
        let (written, left) = targets(&all);
        assert_eq!((written.len(), left.len()), (1, 2));
        assert_eq!(members(&all, &["read_api"]), ["project:a/b=20", "project:a/c=20"]);
        assert_eq!(members(&all[..1], &["read_api", "api"]), ["project:a/b=30"]);
    }
}
