//! What GitLab's lists say of a row: all keys that the inventory reads, each of which may lack.
//!
//! Lists of triggers repeat secrets. No field of a record holds one, so none is copied.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A time that was told: `Some(None)` is a key that is there and null.
pub(super) type Told = Option<Option<String>>;

fn told<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Told, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A number; runners have a word under the same key.
fn level<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_u64().and_then(|level| u32::try_from(level).ok()))
}

/// A row of any list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Record {
    pub(super) id: u64,
    pub(super) name: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) application_name: Option<String>,
    pub(super) url: Option<String>,
    pub(super) username: Option<String>,
    pub(super) path_with_namespace: Option<String>,
    pub(super) full_path: Option<String>,
    pub(super) user_id: Option<u64>,
    pub(super) owner: Option<UserRecord>,
    pub(super) created_by: Option<UserRecord>,
    pub(super) created_by_user_id: Option<u64>,
    pub(super) created_at: Option<String>,
    pub(super) expires_at: Option<String>,
    pub(super) token_expires_at: Option<String>,
    #[serde(deserialize_with = "told")]
    pub(super) last_used_at: Told,
    pub(super) last_used: Option<String>,
    pub(super) contacted_at: Option<String>,
    pub(super) groups: Vec<PlaceRecord>,
    pub(super) projects: Vec<PlaceRecord>,
    pub(super) last_used_ips: Option<Vec<String>>,
    pub(super) scopes: Option<Vec<String>>,
    pub(super) granular_scopes: Option<Vec<Grant>>,
    #[serde(deserialize_with = "level")]
    pub(super) access_level: Option<u32>,
    pub(super) resource_type: Option<String>,
    pub(super) resource_id: Option<u64>,
    pub(super) revoked: Option<bool>,
    pub(super) active: Option<bool>,
    pub(super) expired: Option<bool>,
    pub(super) paused: Option<bool>,
    pub(super) can_push: Option<bool>,
    pub(super) key: Option<String>,
    pub(super) state: Option<String>,
    pub(super) bot: Option<bool>,
    pub(super) token_present: Option<bool>,
    pub(super) signing_token_present: Option<bool>,
    pub(super) resource_access_token_events: Option<bool>,
    pub(super) resource_deploy_token_events: Option<bool>,
    pub(super) extended_prat_expiry_webhooks_execute: Option<bool>,
    pub(super) extended_grat_expiry_webhooks_execute: Option<bool>,
    pub(super) alert_status: Option<String>,
    pub(super) inbound_enabled: Option<bool>,
    pub(super) version: Option<String>,
    pub(super) event_name: Option<String>,
    pub(super) author_id: Option<i64>,
    pub(super) details: Option<AuditDetails>,
    pub(super) inactive_resource_access_tokens_delete_after_days: Option<i64>,
}

/// An account inside of another row.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct UserRecord {
    pub(super) id: u64,
    pub(super) username: Option<String>,
    pub(super) state: Option<String>,
}

/// A group or project inside of another row.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PlaceRecord {
    pub(super) id: u64,
}

/// What an audit event tells.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AuditDetails {
    pub(super) custom_message: Option<String>,
    pub(super) author_name: Option<String>,
    pub(super) ip_address: Option<String>,
    /// A number or a text.
    pub(super) target_id: serde_json::Value,
}

/// An entry of a fine-grained token.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Grant {
    pub(super) access: Option<String>,
    pub(super) permissions: Vec<String>,
    pub(super) project_id: Option<u64>,
    pub(super) group_id: Option<u64>,
}

/// The rows of a list, and how many of them cannot be read; none where the text is no list.
///
/// Rows are read one by one only where one of them is broken.
pub(super) fn rows<T: DeserializeOwned>(body: &[u8]) -> Option<(Vec<T>, usize)> {
    if let Ok(rows) = serde_json::from_slice(body) {
        return Some((rows, 0));
    }
    let values: Vec<serde_json::Value> = serde_json::from_slice(body).ok()?;
    let count = values.len();
    let rows: Vec<T> =
        values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect();
    let broken = count - rows.len();
    Some((rows, broken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_numbers_and_times_can_be_told_to_be_none() {
        let read = |text: &str| serde_json::from_str::<Record>(text).unwrap();
        assert_eq!(read(r#"{"access_level":40}"#).access_level, Some(40));
        assert_eq!(read(r#"{"access_level":"not_protected"}"#).access_level, None);
        assert_eq!(read(r#"{"last_used_at":null}"#).last_used_at, Some(None));
        assert_eq!(read("{}").last_used_at, None);
    }

    #[test]
    fn a_broken_row_does_not_take_the_others_along() {
        let body = br#"[{"id":1,"name":"a","token":"x"},{"id":"two"},7,{"id":3}]"#;
        let (rows, broken) = rows::<Record>(body).unwrap();
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(broken, 2);
        for text in ["", "{}", "[{", "<html>"] {
            assert!(super::rows::<Record>(text.as_bytes()).is_none(), "{text}");
        }
    }
}
