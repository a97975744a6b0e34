//! What tests ask and tell a running model, below `/-/model/`.

use serde_json::{Value, json};

use crate::http::Request;
use crate::reply::Reply;
use crate::serve::{Shared, lock};

/// Answers a request of a test.
pub(crate) fn answer(shared: &Shared, request: &Request, path: &str) -> Reply {
    let outcome = match (request.method.as_str(), path) {
        ("GET", "requests") => Ok(json!(*lock(&shared.log))),
        ("GET", "state") => Ok(lock(&shared.core).dump()),
        ("GET", "secrets") => Ok(secrets(shared)),
        ("GET", "violations") => Ok(json!(*lock(&shared.violations))),
        ("POST", "fault") => fault(shared, request),
        ("DELETE", "fault") => {
            lock(&shared.faults).clear();
            Ok(json!({}))
        }
        ("POST", "advance") => advance(shared, request),
        _ => return Reply::not_found("Model page"),
    };
    match outcome {
        Ok(value) => Reply::json(200, &value),
        Err(text) => Reply::json(400, &json!({"error": text})),
    }
}

fn secrets(shared: &Shared) -> Value {
    let all = lock(&shared.core).secrets();
    all.iter()
        .map(
            |((kind, id), secret)| json!({"kind": format!("{kind:?}"), "id": id, "secret": secret}),
        )
        .collect()
}

fn fault(shared: &Shared, request: &Request) -> Result<Value, String> {
    let text = request.text("fault").ok_or("fault is missing")?;
    lock(&shared.faults).push(text.parse()?);
    Ok(json!({}))
}

fn advance(shared: &Shared, request: &Request) -> Result<Value, String> {
    let text = request.text("days").ok_or("days is missing")?;
    let days = text.parse().map_err(|_| format!("{text:?} is no number of days"))?;
    let mut core = lock(&shared.core);
    core.advance(days);
    Ok(json!({"now": core.now().to_string()}))
}
