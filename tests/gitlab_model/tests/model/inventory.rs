//! Making, changing and removing the other kinds.

use gitlab_model::Kind;
use serde_json::{Value, json};

use super::support::{model, send};

fn ids(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|row| row["id"].as_u64().unwrap()).collect()
}

#[test]
fn deploy_tokens_are_made_listed_and_deleted() {
    let model = model();
    let body = json!({"name": "new", "scopes": ["read_repository"]});
    let answer = model.call(19, "POST /projects/1/deploy_tokens", Some(&body));
    assert_eq!(answer.status, 201);
    let id = answer.json()["id"].as_u64().unwrap();
    assert_eq!(model.secret(Kind::DeployToken, id).as_deref(), answer.json()["token"].as_str());
    assert_eq!(answer.json()["username"], format!("gitlab+deploy-token-{id}"));
    let list = |query: &str| {
        ids(&model.call(19, &format!("GET /projects/1/deploy_tokens{query}"), None).json())
    };
    assert_eq!(list(""), [1, 3, 4, id]);
    assert_eq!(list("?active=true"), [1, id]);
    let shown = model.call(19, "GET /projects/1/deploy_tokens/3", None).json();
    assert_eq!((&shown["expired"], &shown["revoked"]), (&json!(true), &json!(false)));
    let path = format!("DELETE /projects/1/deploy_tokens/{id}");
    assert_eq!(model.call(19, &path, None).status, 204);
    assert_eq!(model.call(19, &path, None).status, 404);
    let wrong = json!({"name": "new", "scopes": ["api"]});
    assert_eq!(model.call(19, "POST /projects/1/deploy_tokens", Some(&wrong)).status, 400);
}

#[test]
fn triggers_show_four_characters_to_others() {
    let model = model();
    let own = model.call(2, "GET /projects/1/triggers/1", None).json();
    assert_eq!(own["token"].as_str(), model.secret(Kind::Trigger, 1).as_deref());
    let other = model.call(19, "GET /projects/1/triggers/1", None).json();
    assert_eq!(other["token"].as_str().map(str::len), Some(4));
}

#[test]
fn runners_get_other_tokens_and_go() {
    let model = model();
    let before = model.secret(Kind::Runner, 2).unwrap();
    let answer = model.call(2, "POST /runners/2/reset_authentication_token", None);
    assert_eq!(answer.status, 201);
    assert!(answer.json()["token_expires_at"].is_string());
    let after = model.secret(Kind::Runner, 2).unwrap();
    assert_eq!((before != after, answer.json()["token"].as_str()), (true, Some(after.as_str())));
    let by_itself = json!({"token": model.secret(Kind::Runner, 3).unwrap()});
    let path = "POST /api/v4/runners/reset_authentication_token";
    let answer = send(model.address(), path, &[], Some(&by_itself)).unwrap();
    assert_eq!((answer.status, answer.json().get("token_expires_at")), (201, None));
    let again = send(model.address(), path, &[], Some(&by_itself)).unwrap();
    assert_eq!(again.status, 403, "the old token is dead");
    let delete = json!({"token": model.secret(Kind::Runner, 3).unwrap()});
    assert_eq!(
        send(model.address(), "DELETE /api/v4/runners", &[], Some(&delete)).unwrap().status,
        204
    );
    assert!(model.row("runners", 3).is_none());
    let all = model.call(1, "GET /runners/all?status=never_contacted", None).json();
    assert_eq!(ids(&all), [2, 5]);
    assert_eq!(model.call(18, "GET /runners/4", None).status, 403, "a developer");
}

#[test]
fn an_agent_has_two_tokens_at_most() {
    let model = model();
    let path = "POST /projects/1/cluster_agents/1/tokens";
    let body = json!({"name": "second"});
    let made = model.call(2, path, Some(&body));
    assert_eq!(made.status, 201);
    assert_eq!(model.call(2, path, Some(&body)).status, 400);
    let list = model.call(2, "GET /projects/1/cluster_agents/1/tokens", None).json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(list[0].get("last_used_at"), None);
    assert_eq!(model.call(2, "DELETE /projects/1/cluster_agents/1/tokens/1", None).status, 204);
    let gone = "GET /projects/1/cluster_agents/1/tokens/1";
    assert_eq!(model.call(2, gone, None).status, 404, "revoked ones are not shown");
    assert_eq!(model.call(2, path, Some(&body)).status, 201);
}

#[test]
fn variables_with_one_name_need_the_scope() {
    let model = model();
    let one = "/projects/1/variables/API_TOKEN";
    for method in ["GET", "PUT", "DELETE"] {
        let answer = model.call(19, &format!("{method} {one}"), Some(&json!({"value": "x"})));
        assert_eq!(answer.status, 409, "{method}");
    }
    let path = format!("PUT {one}?filter%5Benvironment_scope%5D=production");
    let secret = json!({"value": "a-longer-value"});
    let answer = model.call(19, &path, Some(&secret)).json();
    assert_eq!((&answer["value"], &answer["hidden"]), (&Value::Null, &json!(true)));
    assert_eq!(model.row("variables", 2).unwrap()["writes"], 1);
    let short = json!({"value": "short"});
    assert_eq!(model.call(19, &path, Some(&short)).status, 400, "it can't be masked");
    let nested = json!({"value": "y", "filter": {"environment_scope": "*"}});
    assert_eq!(model.call(19, &format!("PUT {one}"), Some(&nested)).status, 200);
    let new = json!({"key": "NEW", "value": "long-enough", "masked_and_hidden": true});
    let made = model.call(19, "POST /projects/1/variables", Some(&new));
    assert_eq!((made.status, &made.json()["masked"]), (201, &json!(true)));
    assert_eq!(model.call(19, "POST /projects/1/variables", Some(&new)).status, 400);
    assert_eq!(model.call(16, "GET /projects/1/variables", None).status, 403, "self_rotate");
}

#[test]
fn hooks_lose_their_token_with_their_address() {
    let model = model();
    let path = "PUT /projects/1/hooks/1";
    let same = json!({"resource_access_token_events": false});
    assert_eq!(model.call(19, path, Some(&same)).json()["token_present"], true);
    let other = json!({"url": "https://hooks.example/other"});
    let answer = model.call(19, path, Some(&other)).json();
    assert_eq!((&answer["token_present"], answer.get("token")), (&json!(false), None));
    let signed = json!({"signing_token": "made-up"});
    assert_eq!(model.call(19, path, Some(&signed)).json()["signing_token_present"], true);
}

#[test]
fn tokens_are_revoked_by_value() {
    let model = model();
    let path = "POST /groups/1/tokens/revoke";
    let revoke = |secret: String| model.call(2, path, Some(&json!({"token": secret})));
    for _ in 0..2 {
        let answer = revoke(model.secret(Kind::AccessToken, 30).unwrap());
        assert_eq!((answer.status, &answer.json()["revoked"]), (201, &json!(true)));
    }
    assert_eq!(revoke(model.secret(Kind::DeployToken, 2).unwrap()).status, 201);
    assert_eq!(revoke(model.secret(Kind::DeployToken, 1).unwrap()).status, 404, "a project's");
    assert_eq!(revoke(model.secret(Kind::AccessToken, 1).unwrap()).status, 404, "outside");
    let feed = model.secret(Kind::Feed, 2).unwrap();
    assert_eq!(revoke(feed.clone()).status, 201);
    assert_ne!(model.secret(Kind::Feed, 2), Some(feed));
}

#[test]
fn administrators_revoke_by_value_what_can_be() {
    let model = model();
    let delete = |kind, id| {
        let token = json!({"token": model.secret(kind, id).unwrap()});
        model.call(1, "DELETE /admin/token", Some(&token)).status
    };
    for (kind, id) in [
        (Kind::AccessToken, 2),
        (Kind::DeployToken, 1),
        (Kind::AgentToken, 1),
        (Kind::Trigger, 1),
        (Kind::Runner, 1),
        (Kind::Application, 1),
        (Kind::IncomingMail, 2),
    ] {
        let before = model.secret(kind, id);
        assert_eq!(delete(kind, id), 204, "{kind:?}");
        let reset = matches!(kind, Kind::Runner | Kind::Application | Kind::IncomingMail);
        assert_eq!(model.secret(kind, id) != before, reset, "{kind:?}");
    }
    assert_eq!((delete(Kind::Job, 1), delete(Kind::AccessToken, 33)), (422, 422));
    assert!(model.revoked(2));
}

#[test]
fn project_tokens_bring_a_bot_and_bots_bring_none() {
    let model = model();
    let body = json!({"name": "deploys", "scopes": ["read_api"], "access_level": 20,
        "expires_at": model.row("access_tokens", 19).unwrap()["expires_at"]});
    let path = "POST /projects/1/access_tokens";
    let answer = model.call(19, path, Some(&body));
    assert_eq!(answer.status, 201, "{answer:?}");
    let user = answer.json()["user_id"].as_u64().unwrap();
    let bot = model.row("users", user).unwrap();
    assert!(bot["username"].as_str().unwrap().starts_with("project_1_bot_"));
    let own = answer.json()["token"].as_str().unwrap().to_owned();
    let reached = model.with(&own, "GET /projects/1", None).unwrap();
    assert_eq!(reached.status, 200);
    assert_eq!(model.call(30, path, Some(&body)).status, 400, "a bot");
    let above = json!({"name": "x", "scopes": ["api"], "access_level": 50});
    assert_eq!(model.call(19, path, Some(&above)).status, 400);
}

#[test]
fn service_accounts_have_tokens_without_expiry() {
    let model = model();
    let made = model.call(2, "POST /groups/1/service_accounts", Some(&json!({"name": "robot"})));
    assert_eq!(made.status, 201);
    let id = made.json()["id"].as_u64().unwrap();
    let path = format!("/groups/1/service_accounts/{id}/personal_access_tokens");
    let body = json!({"name": "a", "scopes": ["api"]});
    let token = model.call(2, &format!("POST {path}"), Some(&body));
    assert_eq!((token.status, &token.json()["expires_at"]), (201, &Value::Null));
    let number = token.json()["id"].as_u64().unwrap();
    let rotated = model.call(2, &format!("POST {path}/{number}/rotate"), None);
    assert_eq!((rotated.status, &rotated.json()["expires_at"]), (200, &Value::Null));
    let next = rotated.json()["id"].as_u64().unwrap();
    assert_eq!(model.call(2, &format!("DELETE {path}/{next}"), None).status, 204);
    assert_eq!(ids(&model.call(2, &format!("GET {path}"), None).json()), [number, next]);
    let account = format!("DELETE /groups/1/service_accounts/{id}");
    assert_eq!(model.call(2, &account, None).status, 204);
    assert_eq!(ids(&model.call(1, "GET /service_accounts", None).json()), [23]);
}
