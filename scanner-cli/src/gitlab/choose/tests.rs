use super::*;

fn now() -> Timestamp {
    "2026-03-10T12:00:00Z".parse().unwrap()
}

fn advice(answers: &Answers) -> Advice {
    let target = Target { name: Some("nightly".into()), ..Target::default() };
    choose(answers, &target, now()).unwrap()
}

/// A situation of the chart, and the kind and scopes that it ends in.
type Situation = (Answers, &'static str, &'static [&'static str]);

fn situations() -> Vec<Situation> {
    use Touches::{
        Api, Application, Cloud, Cluster, Feed, Flags, Git, GitSsh, Itself, Mail, OtherUser,
        Packages, Pipelines, Registry, Runners, Users, Webhook,
    };
    use Who::{Gitlab, Machine, Person};
    let write = |answers: Answers| Answers { access: Access::Write, ..answers };
    let span = |span, answers: Answers| Answers { span, ..answers };
    let ci = |touches| Answers::new(Machine, true, touches);
    let server = |touches| Answers::new(Machine, false, touches);
    let me = |touches| Answers::new(Person, false, touches);
    let fine = Answers { permission: Some("read_issue".into()), ..me(Api) };
    let alone = |answers: Answers| Answers { service_account: false, ..answers };
    vec![
        (ci(Registry), "ci_job_token", &[]),
        (ci(Git), "ci_job_token", &[]),
        (write(ci(Packages)), "ci_job_token", &[]),
        (span(Span::Projects, ci(Packages)), "ci_job_token", &[]),
        (ci(Cloud), "id_token", &[]),
        (ci(Api), "project_access_token", &["read_api", "self_rotate"]),
        (write(ci(Api)), "project_access_token", &["api", "self_rotate"]),
        (write(ci(Git)), "project_access_token", &["write_repository", "self_rotate"]),
        (span(Span::Groups, ci(Api)), "service_account_token", &["read_api"]),
        (server(Api), "project_access_token", &["read_api"]),
        (span(Span::Projects, server(Api)), "group_access_token", &["read_api"]),
        (span(Span::Groups, write(server(Api))), "service_account_token", &["api"]),
        (span(Span::Instance, server(Api)), "service_account_token", &["read_api"]),
        (alone(span(Span::Groups, server(Api))), "bot_user_token", &["read_api"]),
        (me(Api), "personal_access_token", &["read_api"]),
        (write(me(Api)), "personal_access_token", &["api"]),
        (fine, "fine_grained_token", &[]),
        (me(Git), "ssh_key", &[]),
        (write(me(GitSsh)), "ssh_key", &[]),
        (me(OtherUser), "impersonation_token", &["read_api"]),
        (server(Application), "oauth_application", &["read_user"]),
        (server(Registry), "deploy_token", &["read_registry"]),
        (server(Packages), "deploy_token", &["read_package_registry"]),
        (span(Span::Projects, server(Git)), "deploy_token", &["read_repository"]),
        (write(server(Git)), "project_access_token", &["write_repository"]),
        (server(GitSsh), "deploy_key", &[]),
        (server(Runners), "runner_authentication_token", &["create_runner"]),
        (server(Pipelines), "pipeline_trigger_token", &[]),
        (server(Cluster), "kubernetes_agent_token", &[]),
        (server(Users), "scim_token", &[]),
        (server(Flags), "feature_flags_client_token", &[]),
        (me(Feed), "feed_token", &[]),
        (me(Mail), "incoming_mail_token", &[]),
        (Answers::new(Gitlab, false, Webhook), "webhook_signing_token", &[]),
        (server(Itself), "self_rotate_token", &["self_rotate"]),
    ]
}

#[test]
fn each_situation_of_the_chart_ends_in_its_kind() {
    let mut met = std::collections::BTreeSet::new();
    for (answers, kind, scopes) in situations() {
        let advice = advice(&answers);
        assert_eq!((advice.kind, &advice.scopes[..]), (kind, &owned(scopes)[..]), "{answers:?}");
        assert_eq!(advice.ruled_out.len(), CANDIDATES.len() - 1);
        assert!(advice.ruled_out.iter().all(|other| !other.reason.is_empty()));
        assert!(!advice.calls.is_empty() || advice.page.is_some(), "{kind}");
        met.insert(kind);
    }
    assert_eq!(met.len(), CANDIDATES.len(), "every kind is the right one for somebody");
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn calls_are_filled_in() {
    let answers = Answers::new(Who::Machine, false, Touches::Api);
    let target = Target {
        project: Some("acme/shop".into()),
        name: Some("report".into()),
        ..Target::default()
    };
    let advice = choose(&answers, &target, now()).unwrap();
    assert_eq!(advice.calls[0].path, "/projects/acme%2Fshop/access_tokens");
    let body = serde_json::json!({
        "name": "report",
        "scopes": ["read_api"],
        "expires_at": "2026-06-08",
        "access_level": 20,
    });
    assert_eq!(advice.calls[0].body, body);
    assert_eq!((advice.role, advice.expires_at.as_deref()), (Some(20), Some("2026-06-08")));
    let long = Answers { days: 4000, ..answers };
    let advice = choose(&long, &target, now()).unwrap();
    assert_eq!(advice.expires_at.as_deref(), Some("2027-03-10"), "no longer than GitLab lets it");
}

#[test]
fn contradictions_are_told() {
    let answers = Answers::new(Who::Gitlab, false, Touches::Api);
    let error = choose(&answers, &Target::default(), now()).unwrap_err();
    assert!(error.contains("personal_access_token: it is for people"), "{error}");
}

#[test]
fn what_is_narrower_is_named() {
    let advice = advice(&Answers::new(Who::Machine, false, Touches::Registry));
    let project = advice.ruled_out.iter().find(|other| other.kind == "project_access_token");
    assert_eq!(project.unwrap().reason, "it would do, and deploy_token is narrower");
}
