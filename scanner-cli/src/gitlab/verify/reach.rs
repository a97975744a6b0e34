//! What a living access token reaches: its projects and groups, with its role.

use serde_json::{Map, Value};

use crate::gitlab::clean::Cleaner;
use crate::gitlab::client::Client;
use crate::gitlab::credential::{Credential, Scheme};
use crate::gitlab::token::Token;

/// How many pages of a hundred are read.
const MOST_PAGES: u32 = 20;

/// `{"projects":[{id,path,access_level}],"groups":[...],"complete":bool}`.
///
/// `complete` is false where a page was refused or there are too many.
pub(super) fn ask(client: &Client, token: &Token, cleaner: &Cleaner<'_>) -> Value {
    let credential = Credential::new(Scheme::PrivateToken, token.secret());
    let (mut projects, mut groups) = (Vec::new(), Vec::new());
    let mut page = Some(1);
    while let Some(number) = page.filter(|number| *number <= MOST_PAGES) {
        let path =
            format!("/api/v4/personal_access_tokens/self/associations?per_page=100&page={number}");
        let answer =
            client.get(&path, Some(&credential)).ok().filter(|answer| answer.status() == 200);
        let Some((answer, body)) =
            answer.and_then(|answer| answer.json().map(|body| (answer, body)))
        else {
            break;
        };
        let before = projects.len() + groups.len();
        push(&mut projects, &body["projects"], "path_with_namespace", cleaner);
        push(&mut groups, &body["groups"], "web_url", cleaner);
        let next = answer.next_page().filter(|next| *next > number);
        // Without the header, a full page may have a successor.
        let is_full = projects.len() + groups.len() >= before + 100;
        let has_header = answer.header("x-next-page").is_some();
        page = if has_header { next } else { is_full.then_some(number + 1) };
    }
    let mut reach = Map::new();
    reach.insert("projects".into(), projects.into());
    reach.insert("groups".into(), groups.into());
    reach.insert("complete".into(), page.is_none().into());
    Value::Object(reach)
}

fn push(list: &mut Vec<Value>, rows: &Value, path_key: &str, cleaner: &Cleaner<'_>) {
    for row in rows.as_array().into_iter().flatten() {
        let mut kept = Map::new();
        if let Some(id) = row["id"].as_u64() {
            kept.insert("id".into(), id.into());
        }
        if let Some(path) = row[path_key].as_str() {
            kept.insert("path".into(), cleaner.clean(path).into());
        }
        if let Some(level) = access_level(&row["access_levels"]) {
            kept.insert("access_level".into(), level.into());
        }
        list.push(Value::Object(kept));
    }
}

/// The highest of the roles: a number, or a number for each way that leads there.
fn access_level(levels: &Value) -> Option<u64> {
    if let Some(level) = levels.as_u64() {
        return Some(level);
    }
    let each = levels.as_object()?.values();
    each.filter_map(|level| level.as_u64().or_else(|| level["access_level"].as_u64())).max()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_highest_role_counts() {
        let rows = [
            (json!(30), Some(30)),
            (json!({"project_access_level": 20, "group_access_level": 40}), Some(40)),
            (json!({"project_access_level": null, "group_access_level": 40}), Some(40)),
            (json!({"project_access_level": {"access_level": 50}}), Some(50)),
            (json!(null), None),
        ];
        for (levels, expected) in rows {
            assert_eq!(access_level(&levels), expected, "{levels}");
        }
    }
}
