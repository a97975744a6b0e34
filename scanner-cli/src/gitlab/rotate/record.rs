//! What an instance tells about a token that is to be replaced.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use zeroize::Zeroize;

/// When a token was used last.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LastUse {
    /// The instance does not tell it.
    Unknown,
    /// Never.
    Never,
    /// At this time, in Unix seconds.
    At(i64),
}

/// The record of a token. Texts are as the server wrote them: they are cleaned before they are
/// shown.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its id.
    pub id: u64,
    /// The account behind it.
    pub user_id: Option<u64>,
    /// Its name or description.
    pub name: String,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// The role of the bot of a project or group token.
    pub access_level: Option<u64>,
    /// The user name of a deploy token.
    pub username: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// The last day, or the end, as the server wrote it.
    pub expires_at: Option<String>,
    /// Whether it was revoked.
    pub is_revoked: bool,
    /// When it was used.
    pub last_use: LastUse,
    /// The addresses that it was used from.
    pub ips: Vec<String>,
}

impl Record {
    /// Reads a record; none where the answer is no object with an id. Secrets in it are zeroed.
    #[must_use]
    pub fn read(answer: &mut Value) -> Option<Self> {
        for key in ["token", "secret"] {
            if let Some(Value::String(secret)) = answer.get_mut(key) {
                secret.zeroize();
            }
        }
        let answer = &*answer;
        let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
        let number = |key: &str| answer.get(key).and_then(number_of);
        let named = ["name", "description"].iter().find_map(|key| text(key));
        Some(Self {
            id: number("id")?,
            user_id: number("user_id").or_else(|| number("created_by_user_id")),
            name: named.or_else(|| text("application_name")).unwrap_or_default(),
            scopes: texts(answer.get("scopes")),
            access_level: number("access_level"),
            username: text("username"),
            created_at: text("created_at").and_then(|time| time.parse().ok()),
            expires_at: text("expires_at").or_else(|| text("token_expires_at")),
            is_revoked: answer.get("revoked") == Some(&Value::Bool(true))
                || answer.get("status").and_then(Value::as_str) == Some("revoked"),
            last_use: last_use(answer),
            ips: texts(answer.get("last_used_ips")),
        })
    }

    /// Whether it has expired: a token dies when the day of its expiry begins, in UTC.
    #[must_use]
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires_at.as_deref().and_then(start_of).is_some_and(|end| end <= now)
    }

    /// How many days it lived or was to live; none where it does not expire.
    #[must_use]
    pub fn lifetime_days(&self) -> Option<i64> {
        let end = start_of(self.expires_at.as_deref()?)?;
        let start = self.created_at?.as_second();
        Some(((end - start) as f64 / 86_400.0).ceil() as i64)
    }
}

/// GitLab types some ids as strings.
fn number_of(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).take(100).collect()
}

fn last_use(answer: &Value) -> LastUse {
    let key = ["last_used_at", "last_used", "contacted_at"];
    let Some(value) = key.iter().find_map(|key| answer.get(key)) else { return LastUse::Unknown };
    match value {
        Value::Null => LastUse::Never,
        Value::String(time) => {
            time.parse::<Timestamp>().map_or(LastUse::Unknown, |time| LastUse::At(time.as_second()))
        }
        _ => LastUse::Unknown,
    }
}

/// A time, or the beginning of a day in UTC, in Unix seconds.
fn start_of(text: &str) -> Option<i64> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_second());
    }
    let day: Date = text.parse().ok()?;
    Some(jiff::tz::Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()?.as_second())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn records_of_several_kinds() {
        let mut answer = json!({
            "id": "7", "user_id": 2, "name": "ci", "scopes": ["api"], "access_level": 40,
            "created_at": "2026-09-01T10:00:00.000Z", "expires_at": "2026-10-01",
            "revoked": false, "last_used_at": null, "last_used_ips": ["192.0.2.1"],
        });
        let record = Record::read(&mut answer).unwrap();
        assert_eq!((record.id, record.user_id, record.access_level), (7, Some(2), Some(40)));
        assert_eq!((record.last_use, record.lifetime_days()), (LastUse::Never, Some(30)));
        let end = "2026-10-01T00:00:00Z".parse::<Timestamp>().unwrap().as_second();
        assert!(record.is_expired(end) && !record.is_expired(end - 1));
        let mut runner =
            json!({"id": 3, "description": "r", "contacted_at": "2026-09-01T10:00:00Z"});
        let record = Record::read(&mut runner).unwrap();
        assert_eq!(record.name, "r");
        assert!(matches!(record.last_use, LastUse::At(_)));
        assert_eq!(record.lifetime_days(), None);
        let mut deploy = json!({"id": 1, "revoked": true});
        let record = Record::read(&mut deploy).unwrap();
        assert!(record.is_revoked && record.last_use == LastUse::Unknown);
        assert!(Record::read(&mut json!([])).is_none());
        let mut secret = json!({"id": 1, "token": "sesame"});
        assert!(Record::read(&mut secret).is_some());
        assert_eq!(secret["token"], "");
    }
}
