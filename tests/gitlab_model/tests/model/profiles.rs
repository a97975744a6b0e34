//! Releases and tiers: missing endpoints, missing keys, forms of tokens.

use gitlab_model::{Fixture, Kind, Model, Profile, Tier};
use serde_json::json;

use super::support::{Checked, model, send, start};

#[test]
fn endpoints_come_with_their_release() {
    for (request, since) in [
        ("GET /personal_access_tokens/self/associations", Profile::R17_11),
        ("GET /groups/1/service_accounts", Profile::R17_11),
        ("POST /admin/token", Profile::R17_11),
        ("GET /runner_controllers", Profile::R19_6),
        ("GET /groups/1/manage/personal_access_tokens", Profile::R19_6),
        ("GET /projects/1/service_accounts", Profile::R19_6),
    ] {
        for profile in Profile::ALL {
            let model = start(profile, |_| {});
            let answer = model.call(1, request, None);
            let missing =
                answer.status == 404 && answer.json() == json!({"error": "404 Not Found"});
            let later = profile.release() < since.release();
            assert_eq!(missing, later, "{request} in {profile:?}: {answer:?}");
        }
    }
}

#[test]
fn keys_come_with_their_release() {
    for (key, since) in [
        ("description", Some(Profile::R17_11)),
        ("last_used_ips", Some(Profile::R17_11)),
        ("granular", Some(Profile::R19_6)),
        ("token", None),
        ("impersonation", None),
    ] {
        for profile in Profile::ALL {
            let model = start(profile, |_| {});
            let row = model.call(2, "GET /personal_access_tokens/self", None).json();
            let has = since.is_some_and(|since| profile.release() >= since.release());
            assert_eq!(row.get(key).is_some(), has, "{key} in {profile:?}: {row}");
        }
    }
    for profile in Profile::ALL {
        let model = start(profile, |_| {});
        let rows = model.call(2, "GET /personal_access_tokens", None).json();
        let has = profile == Profile::R19_6;
        assert_eq!(rows[0].get("last_used_ips").is_some(), has, "lists came last: {profile:?}");
    }
    let granular = model().call(14, "GET /personal_access_tokens/self", None).json();
    assert_eq!(granular["scopes"], json!(["granular"]));
    assert_eq!(granular["granular_scopes"][0]["access"], "selected_memberships");
}

#[test]
fn tokens_have_the_form_of_their_release() {
    let form = |profile, kind, id| start(profile, |_| {}).secret(kind, id).unwrap();
    let dots = |text: &str| text.matches('.').count();
    for (profile, routable) in [(Profile::R16_11, 0), (Profile::R18_4, 2)] {
        for (kind, id) in [(Kind::AccessToken, 2), (Kind::Runner, 3), (Kind::AgentToken, 1)] {
            assert_eq!(dots(&form(profile, kind, id)), routable, "{profile:?} {kind:?}");
        }
    }
    assert_eq!(dots(&form(Profile::R18_4, Kind::AccessToken, 4)), 0, "made long ago");
    assert!(form(Profile::R17_11, Kind::Runner, 2).contains("rt-t2_"));
    assert!(form(Profile::R17_11, Kind::Runner, 4).starts_with("t3_"), "no prefix then");
    assert!(form(Profile::R18_4, Kind::Runner, 4).starts_with(&["gl", "rtr-"].concat()));
    assert!(form(Profile::R19_6, Kind::Job, 1).contains(".eyJ"));

    let custom = start(Profile::R19_6, |fixture| {
        fixture.instance.instance_token_prefix = "acme".to_owned();
    });
    for kind in [Kind::AccessToken, Kind::DeployToken, Kind::Trigger, Kind::Feed] {
        let secret = custom.secret(kind, 1).unwrap();
        assert!(secret.starts_with("acme-gl"), "{secret}");
    }
    let body = json!({"token": custom.secret(Kind::DeployToken, 1).unwrap()});
    assert_eq!(custom.call(1, "POST /admin/token", Some(&body)).status, 200);
}

#[test]
fn tiers_lack_what_is_paid_for() {
    let at = |tier, profile| Checked(Model::start(Fixture::example(), profile, tier).unwrap());
    let free = at(Tier::Free, Profile::R18_4);
    assert_eq!(free.call(1, "GET /audit_events", None).status, 403);
    assert_eq!(free.call(2, "GET /groups/1/service_accounts", None).status, 403);
    assert_eq!(free.call(2, "GET /groups/1/hooks", None).status, 403);
    let later = at(Tier::Free, Profile::R19_6);
    assert_eq!(later.call(2, "GET /groups/1/service_accounts", None).status, 200, "since 18.11");
    let premium = at(Tier::Premium, Profile::R18_4);
    assert_eq!(premium.call(1, "GET /audit_events", None).status, 200);
    let settings = premium.call(1, "GET /application/settings", None).json();
    assert_eq!(settings.get("max_personal_access_token_lifetime"), None, "Ultimate's");
}

#[test]
fn the_inventory_of_a_group_is_on_gitlab_com_only() {
    let own = model();
    let path = "GET /groups/1/manage/resource_access_tokens";
    assert_eq!(own.call(2, path, None).status, 404);
    let com = start(Profile::R19_6, |fixture| fixture.instance.gitlab_com = true);
    let rows = com.call(2, path, None).json();
    let ids: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["id"]).collect();
    assert_eq!(ids, [30, 31, 32], "those of subgroups, too");
    assert_eq!(rows[0]["resource_type"], "project");
    let personal = com.call(2, "GET /groups/1/manage/personal_access_tokens", None).json();
    assert_eq!(personal[0]["id"], 18, "of enterprise users");
    assert_eq!(
        com.call(2, "GET /groups/2/manage/ssh_keys", None).status,
        404,
        "no top-level group"
    );
    assert_eq!(com.call(18, path, None).status, 403, "no owner");
    assert_eq!(com.call(2, &path.replacen("GET", "POST", 1), None).status, 404);
}

#[test]
fn an_installation_below_a_path_answers_there_only() {
    let model = start(Profile::R19_6, |fixture| {
        fixture.instance.relative_url_root = "/gitlab".to_owned();
    });
    assert!(model.url().ends_with("/gitlab"));
    let secret = model.secret(Kind::AccessToken, 1).unwrap();
    let ask =
        |path: &str| send(model.address(), path, &[("PRIVATE-TOKEN", &secret)], None).unwrap();
    let there = ask("GET /gitlab/api/v4/personal_access_tokens?per_page=2");
    assert_eq!(there.status, 200);
    assert!(there.link("next").unwrap().starts_with(&format!("{}/api/v4/", model.url())));
    let elsewhere = ask("GET /api/v4/personal_access_tokens");
    assert_eq!((elsewhere.status, elsewhere.header("content-type")), (404, Some("text/html")));
}

#[test]
fn moved_projects_are_redirected_to_their_number() {
    let model = model();
    let answer = model.call(2, "GET /projects/acme%2Fold-shop", None);
    assert_eq!(answer.status, 301);
    assert_eq!(answer.header("location"), Some(&*format!("{}/api/v4/projects/1", model.url())));
    assert_eq!(model.call(2, "GET /projects/acme%2Fshop", None).json()["id"], 1);
}

#[test]
fn administrators_need_the_scope_where_the_mode_is_on() {
    let model = start(Profile::R19_6, |fixture| {
        fixture.instance.admin_mode = true;
        fixture.access_tokens.iter_mut().find(|token| token.id == 3).unwrap().user_id = 1;
    });
    assert_eq!(model.call(1, "GET /deploy_tokens", None).status, 200);
    assert_eq!(model.call(3, "GET /deploy_tokens", None).status, 403);
}
