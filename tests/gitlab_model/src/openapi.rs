//! Holds every answer to what others wrote: GitLab's OpenAPI document and, where that is silent,
//! a reviewed list of exceptions. See `openapi/README.md`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::Value;

use crate::reply::Reply;

const DERIVED: &str = include_str!("../openapi/gitlab-18.4.json");
const EXCEPTIONS: &str = include_str!("../openapi/exceptions.json");

/// Keys and their types, by name of the thing.
type Entities = BTreeMap<String, BTreeMap<String, String>>;

/// What was derived from GitLab's document.
#[derive(Deserialize)]
struct Derived {
    /// Statuses, and the type of the body, by method and path.
    operations: BTreeMap<String, BTreeMap<String, String>>,
    entities: Entities,
}

/// What the model does beyond it, each with its reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    /// Statuses that any operation may answer with.
    statuses_everywhere: BTreeMap<String, String>,
    /// Statuses of one operation.
    statuses: BTreeMap<String, BTreeMap<String, String>>,
    /// Operations that the document lacks, or whose bodies it describes wrongly.
    operations: BTreeMap<String, Operation>,
    /// Things that the document does not describe.
    entities: Entities,
    /// Keys that the document lacks: type and reason.
    keys: BTreeMap<String, (String, String)>,
    /// Keys whose type is another than the document's: type and reason.
    types: BTreeMap<String, (String, String)>,
}

/// An operation, by whose documentation it goes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Operation {
    /// The documentation page, or the reason.
    by: String,
    answers: BTreeMap<String, String>,
}

/// Both lists, with the paths in one form.
struct Lists {
    operations: BTreeMap<String, BTreeMap<String, String>>,
    entities: Entities,
    exceptions: Exceptions,
}

/// Writes each parameter of a path as `:`, whether it is `:id` or `{id}`.
fn plain(operation: &str) -> String {
    let (method, path) = operation.split_once(' ').unwrap_or(("", operation));
    // The document writes an optional part in one of its paths.
    let path = path.replace("(ref/{ref}/)", "");
    let segments =
        path.split('/').map(|segment| if segment.starts_with([':', '{']) { ":" } else { segment });
    format!("{method} {}", segments.collect::<Vec<_>>().join("/"))
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| read().unwrap_or_else(|error| panic!("openapi/: {error}")))
}

fn read() -> Result<Lists, serde_json::Error> {
    let derived: Derived = serde_json::from_str(DERIVED)?;
    let mut exceptions: Exceptions = serde_json::from_str(EXCEPTIONS)?;
    let operations = derived.operations.into_iter();
    let operations = operations.map(|(name, answers)| (plain(&name), answers)).collect();
    exceptions.operations =
        exceptions.operations.into_iter().map(|(name, own)| (plain(&name), own)).collect();
    exceptions.statuses =
        exceptions.statuses.into_iter().map(|(name, own)| (plain(&name), own)).collect();
    let mut entities = derived.entities;
    entities.extend(exceptions.entities.clone());
    Ok(Lists { operations, entities, exceptions })
}

/// Returns in what an answer leaves the lists; nothing where no route was found.
pub(crate) fn violations(method: &str, route: &str, reply: &Reply) -> Vec<String> {
    if route.is_empty() {
        return Vec::new();
    }
    let lists = lists();
    let name = format!("{method} {route}");
    let key = plain(&name);
    let own = lists.exceptions.operations.get(&key);
    let by = own.map_or("the document", |own| &own.by);
    let answers = own.map(|own| &own.answers).or_else(|| lists.operations.get(&key));
    let Some(answers) = answers else {
        return vec![format!("{name}: no such operation")];
    };
    let status = reply.status.to_string();
    let Some(kind) = answers.get(&status) else {
        let own = lists.exceptions.statuses.get(&key);
        let known = own.is_some_and(|own| own.contains_key(&status))
            || lists.exceptions.statuses_everywhere.contains_key(&status);
        return if known {
            Vec::new()
        } else {
            vec![format!("{name}: no status {status} by {by}")]
        };
    };
    let mut found = Vec::new();
    if reply.status < 300 && !kind.is_empty() && reply.status != 204 {
        match serde_json::from_slice::<Value>(&reply.body) {
            // Lists of one kind are described as one row in places.
            Ok(Value::Array(rows)) if !kind.starts_with('[') => {
                rows.iter().for_each(|row| check(lists, kind, row, kind, &mut found));
            }
            Ok(value) => check(lists, kind, &value, kind, &mut found),
            Err(error) => found.push(error.to_string()),
        }
    }
    found.into_iter().map(|text| format!("{name}: {text} by {by}")).collect()
}

/// Checks a value against a type. The document does not say what may be null, so all may.
fn check(lists: &Lists, kind: &str, value: &Value, place: &str, found: &mut Vec<String>) {
    if value.is_null() || kind == "any" {
        return;
    }
    if let Some(item) = kind.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        match value.as_array() {
            Some(rows) => rows.iter().for_each(|row| check(lists, item, row, place, found)),
            None => found.push(format!("{place} is no list")),
        }
        return;
    }
    if let Some(keys) = lists.entities.get(kind) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    check_key(lists, kind, keys, (key, value), found);
                }
            }
            // A key that holds several of a thing is described as one in places.
            Value::Array(rows) => rows.iter().for_each(|row| check(lists, kind, row, place, found)),
            _ => found.push(format!("{place} is no object")),
        }
        return;
    }
    let fits = match kind {
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        _ => false,
    };
    if !fits {
        found.push(format!("{place} is {value}, no {kind}"));
    }
}

fn check_key(
    lists: &Lists,
    entity: &str,
    keys: &BTreeMap<String, String>,
    (key, value): (&String, &Value),
    found: &mut Vec<String>,
) {
    let place = format!("{entity}.{key}");
    let excepted = lists.exceptions.types.get(&place).or(lists.exceptions.keys.get(&place));
    match excepted.map(|(kind, _)| kind).or_else(|| keys.get(key)) {
        Some(kind) => check(lists, kind, value, &place, found),
        None => found.push(format!("no key {place}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::routes;

    #[test]
    fn every_route_is_in_the_document_or_names_its_page() {
        let lists = lists();
        for route in routes::all() {
            let key = plain(&format!("{} {}", route.method, route.path));
            let known = lists.operations.contains_key(&key)
                || lists.exceptions.operations.contains_key(&key);
            assert!(known, "{key}");
        }
    }

    /// The answers of a route are held to the lists where something calls it.
    #[test]
    fn every_route_that_reads_is_called_by_the_sweep() {
        const SWEEP: &str = include_str!("../tests/model/sweep.rs");
        // They take no access token, want a parameter, or have no row in the example.
        const ELSEWHERE: [&str; 6] = [
            "/api/v4/admin/ci/variables/:key",
            "/api/v4/projects/:id/service_accounts/:user_id/personal_access_tokens",
            "/api/v4/job",
            "/api/v4/keys",
            "/api/v4/feature_flags/unleash/:project_id",
            "/api/v4/feature_flags/unleash/:project_id/client/features",
        ];
        let texts = SWEEP.split('"').filter(|text| text.starts_with('/'));
        let called: Vec<Vec<&str>> = texts
            .map(|text| text.split('?').next().unwrap_or_default().split('/').collect())
            .collect();
        let mut missing = Vec::new();
        for route in routes::all().filter(|route| route.method == "GET") {
            let Some(path) = route.path.strip_prefix("/api/v4") else { continue };
            let segments: Vec<&str> = path.split('/').collect();
            let fits = |call: &Vec<&str>| {
                let mut pairs = segments.iter().zip(call);
                call.len() == segments.len()
                    && pairs.all(|(own, segment)| own.starts_with(':') || own == segment)
            };
            if !called.iter().any(fits) && !ELSEWHERE.contains(&route.path) {
                missing.push(route.path);
            }
        }
        assert!(missing.is_empty(), "tests/model/sweep.rs does not call {missing:?}");
    }

    #[test]
    fn exceptions_are_needed_and_have_reasons() {
        let Lists { operations, entities, exceptions } = lists();
        let routes: Vec<String> =
            routes::all().map(|route| plain(&format!("{} {}", route.method, route.path))).collect();
        for (name, own) in &exceptions.operations {
            assert!(routes.contains(name), "{name} is no route");
            assert!(!own.by.is_empty(), "{name} has no page");
        }
        for (place, (kind, reason)) in &exceptions.keys {
            let (entity, key) = place.rsplit_once('.').unwrap();
            let keys = entities.get(entity).unwrap_or_else(|| panic!("no thing {entity}"));
            assert!(!keys.contains_key(key), "{place} is in the document");
            assert!(!reason.is_empty() && !kind.is_empty(), "{place}");
        }
        for (place, (kind, reason)) in &exceptions.types {
            let (entity, key) = place.rsplit_once('.').unwrap();
            let own = entities.get(entity).and_then(|keys| keys.get(key));
            assert!(own.is_some_and(|own| own != kind), "{place}: {own:?}");
            assert!(!reason.is_empty(), "{place}");
        }
        for (name, own) in &exceptions.statuses {
            for (status, reason) in own {
                let listed = operations.get(name).is_some_and(|all| all.contains_key(status));
                assert!(!listed, "{name} {status} is in the document");
                assert!(!reason.is_empty(), "{name} {status}");
            }
        }
    }

    #[test]
    fn what_the_lists_lack_is_found() {
        let route = "/api/v4/personal_access_tokens/self";
        let violations = |status, value| violations("GET", route, &Reply::json(status, &value));
        assert_eq!(violations(200, json!({"id": 1, "name": null})), [""; 0]);
        let found = violations(200, json!({"id": "1", "creator": 5}));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("no key PersonalAccessTokenWithLastUsedIps.creator"));
        assert!(found[1].contains("no integer"));
        assert_eq!(violations(207, json!({})).len(), 1);
        assert_eq!(super::violations("GET", "/api/v4/x", &Reply::empty(200)).len(), 1);
    }
}
