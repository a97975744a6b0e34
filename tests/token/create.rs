//! `token create`: every situation of the decision chart, faults, and what is refused.

use std::os::unix::fs::PermissionsExt;

use gitlab_model::{Fault, Fixture, Kind};
use serde_json::{Value, json};

use super::rig::Rig;
use crate::support::command::Run;

/// Answers that most situations share.
const USUAL: [(&str, &str); 6] = [
    ("--in-ci", "no"),
    ("--access", "read"),
    ("--span", "project"),
    ("--permission", "none"),
    ("--service-account", "yes"),
    ("--days", "30"),
];

fn create(rig: &Rig, args: &[&str]) -> Run {
    let mut all = vec!["--secret-file", "new", "--name", "nightly report"];
    all.extend(args);
    rig.run("create", &all)
}

/// The same by the questions of the chart.
fn by_chart(rig: &Rig, args: &[&str]) -> Run {
    let mut all = Vec::new();
    for (flag, value) in USUAL {
        if !args.contains(&flag) {
            all.extend([flag, value]);
        }
    }
    all.extend(args);
    create(rig, &all)
}

fn row(run: &Run) -> Value {
    run.json()["creations"][0].clone()
}

fn admin() -> Rig {
    let rig = Rig::new();
    rig.credential("me", 1);
    rig
}

/// Nothing but reading was asked, nothing was written.
fn assert_dry(rig: &Rig, run: &Run) {
    assert_eq!(row(run)["state"], "planned", "{run:?}");
    assert!(rig.model.requests().iter().all(|request| request.method == "GET"));
    assert!(!rig.dir.path().join("new").exists() && !rig.dir.path().join(".state").exists());
}

/// The secret is in its file, belongs to what the report says, and is nowhere else.
fn assert_made(rig: &Rig, run: &Run, kind: Kind) -> u64 {
    let row = row(run.assert_code(0));
    assert_eq!(row["state"], "done", "{run:?}");
    let id = row["id"].as_u64().unwrap();
    let secret = rig.text("new");
    assert_eq!(rig.model.owner(&secret), Some((kind, id)), "{run:?}");
    let mode = rig.dir.path().join("new").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    for text in [&run.stdout, &run.stderr, &rig.journal()] {
        assert!(!text.contains(&secret), "a secret is shown");
    }
    id
}

/// Each situation whose secret a request makes: flags, the table of the row, its kind.
type Situation = (&'static [&'static str], Kind, &'static str);

const SITUATIONS: &[Situation] = &[
    (
        &["--who", "machine", "--touches", "api", "--in-ci", "yes", "--project", "acme/shop"],
        Kind::AccessToken,
        "project_access_token",
    ),
    (
        &["--who", "machine", "--touches", "git", "--access", "write", "--project", "1"],
        Kind::AccessToken,
        "project_access_token",
    ),
    (
        &["--who", "machine", "--touches", "api", "--span", "projects", "--group", "acme"],
        Kind::AccessToken,
        "group_access_token",
    ),
    (
        &["--who", "machine", "--touches", "api", "--span", "groups", "--group", "1"],
        Kind::AccessToken,
        "service_account_token",
    ),
    (
        &["--who", "machine", "--touches", "api", "--span", "instance"],
        Kind::AccessToken,
        "service_account_token",
    ),
    (
        &["--who", "machine", "--touches", "registry", "--project", "1"],
        Kind::DeployToken,
        "deploy_token",
    ),
    (
        &["--who", "machine", "--touches", "packages", "--span", "projects", "--group", "1"],
        Kind::DeployToken,
        "deploy_token",
    ),
    (
        &["--who", "machine", "--touches", "pipelines", "--project", "1"],
        Kind::Trigger,
        "pipeline_trigger_token",
    ),
    (
        &["--who", "machine", "--touches", "runners", "--project", "acme/shop"],
        Kind::Runner,
        "runner_authentication_token",
    ),
    (
        &["--who", "machine", "--touches", "runners", "--span", "projects", "--group", "acme"],
        Kind::Runner,
        "runner_authentication_token",
    ),
    (
        &["--who", "machine", "--touches", "runners", "--span", "instance"],
        Kind::Runner,
        "runner_authentication_token",
    ),
    (
        &["--who", "machine", "--touches", "cluster", "--project", "1"],
        Kind::AgentToken,
        "kubernetes_agent_token",
    ),
    (
        &["--who", "machine", "--touches", "itself", "--project", "1"],
        Kind::AccessToken,
        "project_access_token",
    ),
    (&["--who", "person", "--touches", "itself"], Kind::AccessToken, "personal_access_token"),
    (
        &["--who", "person", "--touches", "api", "--permission", "read_issue"],
        Kind::AccessToken,
        "personal_access_token",
    ),
    (
        &["--who", "person", "--touches", "other-user", "--user", "eve"],
        Kind::AccessToken,
        "impersonation_token",
    ),
];

#[test]
fn each_situation_of_the_chart_is_made() {
    for (flags, kind, name) in SITUATIONS {
        let rig = admin();
        let dry = by_chart(&rig, flags);
        assert_eq!(row(dry.assert_code(0))["kind"], *name, "{dry:?}");
        assert_dry(&rig, &dry);
        let run = by_chart(&rig, &[*flags, &["--yes"]].concat());
        let id = assert_made(&rig, &run, *kind);
        let (planned, made) = (row(&dry), row(&run));
        assert_eq!(made["scopes"], planned["scopes"]);
        let table = match kind {
            Kind::DeployToken => "deploy_tokens",
            Kind::Trigger => "triggers",
            Kind::Runner => "runners",
            Kind::AgentToken => "agent_tokens",
            _ => "access_tokens",
        };
        let stored = rig.row(table, id);
        if let Some(scopes) = planned.get("scopes").filter(|_| *kind != Kind::Runner) {
            assert_eq!(stored["scopes"], *scopes, "{flags:?}");
        }
        if let Some(day) = planned["expires_at"].as_str() {
            assert!(stored["expires_at"].as_str().unwrap().starts_with(day), "{stored}");
        }
        let posts = rig.model.requests().into_iter().filter(|it| it.method == "POST").count();
        let is_with_account = *name == "service_account_token";
        assert_eq!(posts, if is_with_account { 2 } else { 1 }, "{flags:?}");
        // Again: the journal knows it, or its name is taken; no second one is made.
        let again = by_chart(&rig, &[*flags, &["--yes"]].concat());
        assert_eq!(again.code, Some(i32::from(is_with_account)), "{again:?}");
        assert!(rig.model.violations().is_empty(), "{:?}", rig.model.violations());
    }
}

#[test]
fn where_no_request_makes_a_secret_it_says_how_it_is_made() {
    let rows: &[(&[&str], &str)] = &[
        (&["--who", "machine", "--in-ci", "yes", "--touches", "git"], "CI_JOB_TOKEN"),
        (&["--who", "machine", "--in-ci", "yes", "--touches", "cloud"], ".gitlab-ci.yml"),
        (&["--who", "person", "--touches", "api"], "/-/user_settings/personal_access_tokens"),
        (&["--who", "person", "--touches", "git"], "POST /api/v4/user/keys"),
        (&["--who", "machine", "--touches", "git-ssh"], "POST /api/v4/projects/"),
        (&["--who", "machine", "--touches", "application"], "POST /api/v4/applications"),
        (&["--who", "machine", "--touches", "users"], "SCIM"),
        (&["--who", "machine", "--touches", "flags"], "feature_flags"),
        (&["--who", "person", "--touches", "feed"], "/-/user_settings"),
        (&["--who", "person", "--touches", "mail"], "/-/user_settings"),
        (&["--who", "gitlab", "--touches", "webhook"], "PUT /api/v4/projects/"),
        (
            &[
                "--who",
                "machine",
                "--touches",
                "api",
                "--span",
                "groups",
                "--service-account",
                "no",
            ],
            "/-/user_settings/personal_access_tokens",
        ),
    ];
    let rig = admin();
    for (flags, part) in rows {
        let run = by_chart(&rig, &[*flags, &["--yes"]].concat());
        assert!(run.assert_code(2).stderr.contains(part), "{flags:?}: {run:?}");
    }
    assert!(rig.model.requests().iter().all(|request| request.method == "GET"));
    assert!(!rig.dir.path().join("new").exists());
}

/// Arguments of each kind that can be named.
const KINDS: &[(&str, Kind, &[&str])] = &[
    ("project_access_token", Kind::AccessToken, &["--project", "1", "--scopes", "read_api"]),
    ("group_access_token", Kind::AccessToken, &["--group", "1", "--scopes", "read_api"]),
    (
        "service_account_token",
        Kind::AccessToken,
        &["--group", "1", "--scopes", "read_api", "--account", "service_account_group_1_a"],
    ),
    ("deploy_token", Kind::DeployToken, &["--group", "1", "--scopes", "read_registry"]),
    ("pipeline_trigger_token", Kind::Trigger, &["--project", "1"]),
    ("runner_authentication_token", Kind::Runner, &["--group", "1"]),
    ("kubernetes_agent_token", Kind::AgentToken, &["--project", "1", "--agent", "production"]),
];

#[test]
fn kinds_can_be_named() {
    for (kind, table, flags) in KINDS {
        let rig = admin();
        let args = [&["--kind", kind][..], flags].concat();
        assert_dry(&rig, create(&rig, &args).assert_code(0));
        let run = create(&rig, &[&args[..], &["--yes"]].concat());
        assert_made(&rig, &run, *table);
        assert_eq!(row(&run)["kind"], *kind);
        let again = row(create(&rig, &[&args[..], &["--yes"]].concat()).assert_code(0));
        assert_eq!((&again["state"], &again["id"]), (&json!("done"), &row(&run)["id"]), "{kind}");
        assert!(again["reason"].as_str().unwrap().contains("an earlier run made it"));
    }
}

#[test]
fn role_scopes_and_last_day_are_those_that_are_named() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let args = ["--kind", "project_access_token", "--project", "acme/shop", "--yes"];
    let day = &rig.row("access_tokens", 2)["expires_at"];
    let rights = ["--scopes", "read_repository,self_rotate", "--role", "40"];
    let last = ["--expires-at", day.as_str().unwrap()];
    let run = create(&rig, &[&args[..], &rights, &last].concat());
    let id = assert_made(&rig, &run, Kind::AccessToken);
    let stored = rig.row("access_tokens", id);
    assert_eq!(stored["scopes"], json!(["read_repository", "self_rotate"]));
    assert_eq!((&stored["access_level"], &stored["expires_at"]), (&json!(40), day));
}

/// What is refused before anything is sent that changes something.
#[test]
fn what_speaks_against_it_is_told_before() {
    let project = ["--kind", "project_access_token", "--project", "1", "--scopes", "read_api"];
    let long = [&project[..], &["--days", "400"]].concat();
    let agent = ["--kind", "kubernetes_agent_token", "--project", "1"];
    let rows: &[(u64, &[&str], &str)] = &[
        (1, &long, "limit is 365"),
        (3, &project, "lacks the scope api"),
        (30, &project, "makes no other"),
        (2, &agent, "two living tokens"),
    ];
    for (caller, args, part) in rows {
        let mut fixture = Fixture::example();
        for token in fixture.agent_tokens.iter_mut() {
            token.revoked = false;
        }
        let rig = Rig::of(fixture);
        rig.credential("me", *caller);
        for more in [&[][..], &["--yes"]] {
            let run = create(&rig, &[args, more].concat());
            let row = row(run.assert_code(1));
            assert_eq!(row["state"], "refused");
            assert!(row["reason"].as_str().unwrap().contains(part), "{row}");
        }
        assert!(rig.model.requests().iter().all(|request| request.method == "GET"));
        assert!(!rig.dir.path().join("new").exists());
    }
    // The instance's own words, where it does not show its limit.
    let rig = Rig::new();
    rig.credential("me", 2);
    let dry = row(create(&rig, &long).assert_code(0));
    assert!(dry["reason"].as_str().unwrap().contains("limit is not shown to you"), "{dry}");
    let run = create(&rig, &[&long[..], &["--yes"]].concat());
    assert!(row(run.assert_code(1))["reason"].as_str().unwrap().contains("must be before"));
    assert!(!rig.dir.path().join("new").exists(), "nothing is to be put in it");
}

#[test]
fn wrong_arguments_send_nothing() {
    let rig = admin();
    let rows: &[(&[&str], &str)] = &[
        (&["--kind", "project_access_token", "--project", "1"], "needs --scopes"),
        (&["--kind", "pipeline_trigger_token", "--project", "1", "--scopes", "api"], "no scopes"),
        (&["--kind", "project_access_token", "--scopes", "api"], "needs --project"),
        (&["--kind", "feed_token"], "invalid value"),
        (&["--kind", "deploy_token", "--who", "machine"], "cannot be used with"),
        (&["--kind", "pipeline_trigger_token", "--project", "1", "--days", "0"], "no number"),
    ];
    for (args, part) in rows {
        let run = create(&rig, &[*args, &["--yes"]].concat());
        assert!(run.assert_code(2).stderr.contains(part), "{args:?}: {run:?}");
    }
    assert!(rig.model.requests().iter().all(|request| request.method == "GET"));
}

#[test]
fn a_file_that_is_there_stops_it_before_the_call() {
    for (kind, _, flags) in KINDS.iter().filter(|(kind, ..)| *kind != "service_account_token") {
        let rig = admin();
        rig.secret("new", "somebody's");
        let args = [&["--kind", kind, "--yes"][..], flags].concat();
        let run = create(&rig, &args);
        assert_eq!(row(run.assert_code(1))["state"], "refused");
        assert!(rig.model.requests().iter().all(|request| request.method == "GET"));
        assert_eq!(rig.text("new"), "somebody's");
    }
}

/// A fault of the one call, whether the token was made, and the state that is reported.
const FAULTS: &[(&str, bool, &str)] = &[
    ("cut-before", false, "not_started"),
    ("reset-before", false, "not_started"),
    ("503-html", false, "not_started"),
    ("429-plain", false, "refused"),
    ("cut-after", true, "lost"),
    ("reset-after", true, "lost"),
    ("502-after", true, "lost"),
    ("half-headers", true, "lost"),
    ("half-body", true, "lost"),
    ("broken-json", true, "lost"),
];

/// The end of the path of the one call.
fn call(kind: &str) -> &'static str {
    match kind {
        "project_access_token" | "group_access_token" => "/access_tokens",
        "service_account_token" => "/personal_access_tokens",
        "deploy_token" => "/deploy_tokens",
        "pipeline_trigger_token" => "/triggers",
        "runner_authentication_token" => "/user/runners",
        _ => "/tokens",
    }
}

/// After a lost answer, the report names the orphan's id and the command that revokes it; after
/// that the same command makes another one. No call is sent twice by itself.
#[test]
fn lost_answers_are_told_and_healed() {
    for (kind, table, flags) in KINDS {
        for (fault, is_made, state) in FAULTS {
            let rig = admin();
            let args = [&["--kind", kind, "--yes", "--settle", "0"][..], flags].concat();
            rig.model.fault(Fault::named(fault).on("POST", call(kind)).times(1));
            let first = create(&rig, &args);
            let told = row(&first);
            assert_eq!(told["state"], *state, "{kind} {fault}: {first:?}");
            assert_eq!(rig.count("POST", call(kind)), 1, "{kind} {fault}");
            if *is_made {
                assert_eq!(first.code, Some(3));
                assert!(told["reason"].as_str().unwrap().contains("nobody has the value of"));
                let again = create(&rig, &args);
                assert_eq!(row(again.assert_code(3))["state"], "lost", "no second one is made");
                let line = told["revoke"][0].as_str().unwrap();
                let words: Vec<&str> = line.split(' ').skip(1).collect();
                rig.dir.run(&words).assert_code(0);
            }
            let last = create(&rig, &args);
            assert_made(&rig, &last, *table);
        }
    }
}

/// A run that was killed after it had written the secret, and before the journal knew it.
#[test]
fn a_secret_that_is_in_its_file_is_not_made_again() {
    for (kind, table, flags) in KINDS {
        let rig = admin();
        let args = [&["--kind", kind, "--yes"][..], flags].concat();
        let first = create(&rig, &args);
        assert_made(&rig, &first, *table);
        let journal = rig.journal();
        let begun: Vec<&str> = journal.lines().take(1).collect();
        assert!(begun[0].contains("\"event\":\"begin\""), "{journal}");
        rig.dir.file(".state/tokensieve/rotations.jsonl", format!("{}\n", begun[0]));
        let again = row(create(&rig, &args).assert_code(0));
        assert_eq!(again["state"], "done");
        assert_eq!(again["reason"], "an earlier run wrote the secret");
        assert_eq!(rig.count("POST", call(kind)), 1, "{kind}");
    }
}

/// A token that was there before is no orphan, though it has the name and is not shown at first.
#[test]
fn what_was_there_before_is_no_orphan() {
    let mut fixture = Fixture::example();
    fixture.access_tokens.iter_mut().find(|token| token.id == 30).unwrap().name =
        "nightly report".to_owned();
    let rig = Rig::of(fixture);
    rig.credential("me", 1);
    let (kind, _, flags) = KINDS[0];
    let args = [&["--kind", kind, "--yes", "--settle", "0"][..], flags].concat();
    rig.model.fault(Fault::named("403-json").on("GET", call(kind)).times(1));
    rig.model.fault(Fault::named("cut-before").on("POST", call(kind)).times(1));
    let told = row(create(&rig, &args).assert_code(1));
    assert_eq!((&told["state"], told.get("revoke")), (&json!("not_started"), None), "{told}");
}

/// Right after a lost answer the request may still be under way.
#[test]
fn it_waits_before_it_asks_again() {
    let rig = admin();
    let (kind, _, flags) = KINDS[0];
    let args = [&["--kind", kind, "--yes"][..], flags].concat();
    rig.model.fault(Fault::named("cut-before").on("POST", call(kind)).times(1));
    assert_eq!(row(create(&rig, &args).assert_code(1))["state"], "not_started");
    let again = row(create(&rig, &args).assert_code(1));
    assert!(again["reason"].as_str().unwrap().contains("run the command again in"), "{again}");
    assert_eq!(rig.count("POST", call(kind)), 1);
}

/// An account whose token was not made is used by the next run.
#[test]
fn an_account_without_its_token_is_not_made_twice() {
    let args = ["--kind", "service_account_token", "--group", "1", "--scopes", "api", "--yes"];
    let args = [&args[..], &["--settle", "0"]].concat();
    for (end, fault) in [
        ("/service_accounts", "cut-after"),
        ("/personal_access_tokens", "cut-before"),
        ("/personal_access_tokens", "429-plain"),
    ] {
        let rig = admin();
        rig.model.fault(Fault::named(fault).on("POST", end).times(1));
        let first = row(create(&rig, &args).assert_code(1));
        let reason = first["reason"].as_str().unwrap();
        let (_, rest) = reason.split_once("--account ").unwrap_or_else(|| panic!("{reason}"));
        let id = rest.split(' ').next().unwrap();
        let again = row(create(&rig, &args).assert_code(1));
        assert!(again["reason"].as_str().unwrap().contains(&format!("--account {id}")));
        let last = create(&rig, &[&args[..], &["--account", id]].concat());
        let made = assert_made(&rig, &last, Kind::AccessToken);
        assert_eq!(rig.row("access_tokens", made)["user_id"].to_string(), id);
        assert_eq!(rig.count("POST", "/service_accounts"), 1);
    }
}

#[test]
fn text_for_people() {
    let rig = admin();
    let url = rig.model.url().to_owned();
    let run = rig.dir.run(&[
        "token",
        "create",
        "--kind",
        "deploy_token",
        "--project",
        "1",
        "--scopes",
        "read_registry",
        "--instance",
        &url,
        "--token-file",
        "me",
        "--name",
        "pull",
        "--secret-file",
        "new",
    ]);
    let reason = "deploy_token pull: refused: a living one has this name, with the id 1";
    assert!(run.assert_code(1).stdout.starts_with(reason), "{}", run.stdout);
    let run = rig.dir.run(&[
        "token",
        "create",
        "--kind",
        "deploy_token",
        "--project",
        "1",
        "--scopes",
        "read_registry",
        "--instance",
        &url,
        "--token-file",
        "me",
        "--name",
        "pull 2",
        "--secret-file",
        "new",
    ]);
    let text = &run.assert_code(0).stdout;
    for part in [
        "deploy_token pull 2: planned, to new: keep it in",
        "\n  call: POST /api/v4/projects/1/deploy_tokens\n",
        "\n  scopes: read_registry\n",
        "\n  when it leaks: make a new one",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}
