//! Rotation and revocation: one step, families, the cure for expired tokens.

use gitlab_model::{Fault, Kind, Profile};
use serde_json::{Value, json};

use super::support::{Answer, Checked, model, start};

const SELF_ROTATE: &str = "POST /personal_access_tokens/self/rotate";

/// Returns the number and the secret of a token that was just made.
fn made(answer: &Answer) -> (u64, String) {
    let value = answer.json();
    (value["id"].as_u64().unwrap(), value["token"].as_str().unwrap().to_owned())
}

/// Rotates by itself with whatever secret is given.
fn rotate_self(model: &Checked, secret: &str) -> Answer {
    model.with(secret, SELF_ROTATE, None).unwrap()
}

#[test]
fn rotation_revokes_and_makes_in_one_step() {
    let model = model();
    let answer = model.call(2, SELF_ROTATE, None);
    assert_eq!(answer.status, 200);
    let (id, secret) = made(&answer);
    assert!(model.revoked(2) && !model.revoked(id));
    assert_eq!(model.secret(Kind::AccessToken, id).unwrap(), secret);
    let row = model.row("access_tokens", id).unwrap();
    assert_eq!(row["rotated_from"], 2);
    assert_eq!((&row["name"], &row["scopes"]), (&json!("owner"), &json!(["api"])));
    let days = |row: &Value| row["expires_at"].as_str().unwrap().to_owned();
    let week = model.call(1, "GET /personal_access_tokens/1", None);
    assert!(days(&row) < days(&week.json()), "a week when no date is asked for");
}

#[test]
fn a_revoked_caller_on_a_rotate_path_kills_its_family() {
    for path in [SELF_ROTATE, "POST /personal_access_tokens/999/rotate"] {
        let model = model();
        let first = model.secret(Kind::AccessToken, 2).unwrap();
        let (second_id, second) = made(&rotate_self(&model, &first));
        let (third_id, third) = made(&rotate_self(&model, &second));
        assert!(!model.revoked(third_id));
        let read = model.with(&first, "GET /personal_access_tokens/self", None).unwrap();
        assert_eq!(read.status, 401);
        assert!(!model.revoked(third_id), "reading harms nothing");

        let again = model.with(&first, path, None).unwrap();
        assert_eq!((again.status, &again.json()["error"]), (401, &json!("invalid_token")));
        assert!(model.revoked(second_id) && model.revoked(third_id), "{path}");
        let dead = model.with(&third, "GET /personal_access_tokens/self", None).unwrap();
        assert_eq!(dead.status, 401);
        assert!(!model.revoked(3), "tokens of other families live on");
    }
}

#[test]
fn an_expired_caller_kills_nobody() {
    let model = start(Profile::R18_4, |fixture| {
        fixture.now = Some("2026-01-10T12:00:00Z".parse().unwrap());
        for token in &mut fixture.access_tokens {
            if token.id == 2 {
                token.expires_at = Some("2026-01-15".parse().unwrap());
            }
        }
    });
    let first = model.secret(Kind::AccessToken, 2).unwrap();
    let body = json!({"expires_at": "2026-06-01"});
    let answer = model.with(&first, SELF_ROTATE, Some(&body)).unwrap();
    let (second, _) = made(&answer);
    model.advance_days(10);
    let again = rotate_self(&model, &first);
    assert!(again.body.contains("is expired"), "expiry is looked at first: {again:?}");
    assert!(!model.revoked(second));
}

#[test]
fn by_number_an_expired_token_is_rotated_and_a_revoked_one_is_not() {
    let model = model();
    let answer = model.call(2, "POST /projects/2/access_tokens/31/rotate", None);
    assert_eq!(answer.status, 200, "{answer:?}");
    let (id, _) = made(&answer);
    let row = model.row("access_tokens", id).unwrap();
    assert_eq!((&row["user_id"], &row["access_level"]), (&json!(24), &json!(40)), "same bot");

    let revoked = model.call(2, "POST /personal_access_tokens/6/rotate", None);
    assert_eq!(revoked.status, 400);
    assert!(revoked.body.contains("already revoked"), "{revoked:?}");
    let expired = model.call(31, "POST /projects/2/access_tokens/self/rotate", None);
    assert_eq!(expired.status, 401);
}

#[test]
fn strangers_get_401_and_administrators_404() {
    let model = model();
    for path in ["GET /personal_access_tokens/1", "GET /personal_access_tokens/9999"] {
        assert_eq!(model.call(2, path, None).status, 401, "{path}");
    }
    assert_eq!(model.call(1, "GET /personal_access_tokens/9999", None).status, 404);
    assert_eq!(model.call(1, "GET /personal_access_tokens/2", None).status, 200);
    assert_eq!(model.call(2, "GET /personal_access_tokens?user_id=7", None).status, 401);
    assert_eq!(model.call(1, "GET /personal_access_tokens?user_id=999", None).status, 404);
    assert_eq!(model.call(18, "GET /projects/1/access_tokens", None).status, 401, "a developer");
    let answer = model.call(19, "GET /projects/1/access_tokens/999", None);
    assert_eq!(answer.json()["message"], "404 Project Access Token Not Found");
    let other = model.call(19, "GET /groups/1/access_tokens", None);
    assert_eq!(other.json()["message"], "404 Group Not Found");
}

#[test]
fn a_token_that_only_rotates_itself_does_that_and_nothing_else() {
    let model = model();
    for path in ["GET /user", "POST /personal_access_tokens/2/rotate"] {
        let answer = model.call(16, path, None);
        assert_eq!(answer.json()["error"], "insufficient_scope", "{path}");
    }
    assert_eq!(model.call(16, SELF_ROTATE, None).status, 200);
}

#[test]
fn limits_and_settings_refuse_rotations() {
    let model = model();
    let far = json!({"expires_at": "2999-01-01"});
    let past = json!({"expires_at": "2001-01-01"});
    for body in [far, past] {
        assert_eq!(model.call(2, SELF_ROTATE, Some(&body)).status, 400);
    }
    assert!(!model.revoked(2));
    let strict = start(Profile::R19_6, |fixture| fixture.instance.enforce_granular_tokens = true);
    let answer = strict.call(2, SELF_ROTATE, None);
    assert!(answer.body.contains("legacy personal access tokens"), "{answer:?}");
    assert_eq!(strict.call(30, "POST /projects/1/access_tokens/self/rotate", None).status, 200);
}

#[test]
fn self_rotation_of_a_place_wants_the_bot_of_that_place() {
    let model = model();
    let path = "POST /projects/1/access_tokens/self/rotate";
    assert_eq!(model.call(2, path, None).status, 405, "a person's token");
    assert_eq!(model.call(32, path, None).status, 401, "a group's token");
    assert_eq!(model.call(30, path, None).status, 200);
}

#[test]
fn any_scope_revokes_itself_and_a_second_time_is_refused() {
    let model = model();
    assert_eq!(model.call(4, "DELETE /personal_access_tokens/self", None).status, 204);
    assert!(model.revoked(4));
    assert_eq!(model.call(4, "DELETE /personal_access_tokens/self", None).status, 401);
    assert_eq!(model.call(19, "DELETE /projects/1/access_tokens/30", None).status, 204);
    assert!(model.revoked(30));
}

#[test]
fn a_lost_answer_is_the_end_of_a_client_that_repeats_itself() {
    let model = model();
    model.fault(Fault::named("502-after").on("POST", "/rotate").times(1));
    let first = model.secret(Kind::AccessToken, 2).unwrap();
    assert_eq!(rotate_self(&model, &first).status, 502);
    assert!(model.revoked(2), "the work was done");
    assert_eq!(rotate_self(&model, &first).status, 401);
    let state = model.state();
    let rows = state["access_tokens"].as_array().unwrap();
    let heirs: Vec<_> = rows.iter().filter(|row| row["rotated_from"] == 2).collect();
    assert_eq!(heirs.len(), 1);
    assert_eq!(heirs[0]["revoked"], true, "the retry killed the heir");
}

#[test]
fn a_second_credential_rescues_a_lost_answer() {
    let model = model();
    model.fault(Fault::named("cut-after").on("POST", "/rotate").times(1));
    let path = "POST /projects/1/access_tokens/30/rotate";
    assert!(model.try_call(19, path, None).is_err());
    let list = model.call(19, "GET /projects/1/access_tokens?state=active", None).json();
    let heir = list.as_array().unwrap().iter().find(|row| row["name"] == "ci").unwrap();
    let path = format!("POST /projects/1/access_tokens/{}/rotate", heir["id"]);
    let (id, secret) = made(&model.call(19, &path, None));
    let answer = model.with(&secret, "GET /personal_access_tokens/self", None).unwrap();
    assert_eq!(answer.json()["id"], id);
}

#[test]
fn inactive_rows_of_bots_go_after_thirty_days() {
    let model = model();
    model.advance_days(27);
    assert!(model.row("access_tokens", 31).is_some(), "inactive for 29 days");
    model.advance_days(2);
    assert!(model.row("access_tokens", 31).is_none());
    assert!(model.row("users", 24).is_none(), "its bot goes with it");
    assert!(model.row("access_tokens", 5).is_some(), "personal tokens stay");
}
