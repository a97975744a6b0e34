//! A new secret on its way to a CI/CD variable.

use serde_json::Value;
use tokensieve_core::Secret;

use super::api::{Api, Caller, Refusal};
use super::target::Place;
use crate::gitlab::client::Client;
use crate::gitlab::credential::{Body, percent_encoded};

/// A variable of a project or a group.
#[derive(Clone, Debug)]
pub struct Variable {
    place: Place,
    key: String,
    scope: Option<String>,
    /// The attributes that it has; none where it is to be created.
    before: Option<Attributes>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Attributes {
    is_masked: bool,
    is_hidden: bool,
    is_protected: bool,
}

impl Attributes {
    fn of(row: &Value) -> Self {
        let is = |key: &str| row.get(key) == Some(&Value::Bool(true));
        Self { is_masked: is("masked"), is_hidden: is("hidden"), is_protected: is("protected") }
    }
}

impl Variable {
    /// Finds the variable that `PLACE/KEY` names; `project:` or `group:` before it says which of
    /// the two a place is. Nothing is changed.
    ///
    /// # Errors
    ///
    /// The text or the place is not clear, the caller may not read it, or several variables have
    /// the key and no scope was named.
    pub fn find(
        client: &Client,
        caller: &Caller,
        text: &str,
        scope: Option<&str>,
    ) -> Result<Self, Refusal> {
        let api = Api { client, caller };
        let Some((path, key)) = text.rsplit_once('/').filter(|(path, _)| !path.is_empty()) else {
            return Err(Refusal::new(format!("{text}: PROJECT/KEY or GROUP/KEY is expected")));
        };
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if key.is_empty() || key.len() > 255 || !key.bytes().all(letters) {
            return Err(Refusal::new(format!("{key}: a key has letters, digits and _")));
        }
        let place = place_of(api, path)?;
        let mut found = Self { place, key: key.to_owned(), scope: None, before: None };
        let row = |row: &mut Value| {
            let has_key = row.get("key").and_then(Value::as_str) == Some(key);
            let scope = row.get("environment_scope").and_then(Value::as_str).unwrap_or("*");
            has_key.then(|| (scope.to_owned(), Attributes::of(row)))
        };
        let rows = api.rows(&found.list(), row)?;
        let wanted = |(own, _): &&(String, Attributes)| scope.is_none_or(|scope| scope == own);
        let fitting: Vec<_> = rows.iter().filter(wanted).collect();
        match fitting.as_slice() {
            [] => found.scope = scope.map(str::to_owned),
            [(own, attributes)] => {
                found.scope = Some(own.clone());
                found.before = Some(*attributes);
            }
            several => {
                let scopes: Vec<&str> = several.iter().map(|(scope, _)| scope.as_str()).collect();
                let scopes = scopes.join(", ");
                let text = format!("{text}: there are several; choose one by --scope: {scopes}");
                return Err(Refusal::new(text));
            }
        }
        Ok(found)
    }

    fn list(&self) -> String {
        format!("{}/variables", self.place.path())
    }

    /// The path of the variable; a group of the free tier has no scopes to filter by.
    fn path(&self) -> String {
        let path = format!("{}/{}", self.list(), self.key);
        match &self.scope {
            Some(scope) => {
                format!("{path}?filter%5Benvironment_scope%5D={}", percent_encoded(scope))
            }
            None => path,
        }
    }

    /// Whether it is there already.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.before.is_some()
    }

    /// Writes the value and nothing else; creates a missing variable masked, hidden and protected.
    ///
    /// # Errors
    ///
    /// The instance declines, or the variable does not have the attributes that it is to have.
    pub fn write(&self, client: &Client, caller: &Caller, secret: &Secret) -> Result<(), Refusal> {
        let value = secret.expose();
        let credential = caller.credential();
        let Some(before) = self.before else { return self.create(client, caller, value) };
        let body = Body::form(&[("value", value)]);
        let answer = client.put(&self.path(), Some(&credential), &body)?;
        let after = answer.json().filter(|_| answer.is_success());
        let after = after.ok_or_else(|| Refusal::of(&answer))?;
        if Attributes::of(&after) != before {
            return Err(Refusal::new(format!("{}: its attributes have changed", self.key)));
        }
        Ok(())
    }

    fn create(&self, client: &Client, caller: &Caller, value: &[u8]) -> Result<(), Refusal> {
        let scope = self.scope.as_deref().unwrap_or("*");
        let body = Body::form(&[
            ("key", self.key.as_bytes()),
            ("value", value),
            ("masked", b"true"),
            ("masked_and_hidden", b"true"),
            ("protected", b"true"),
            ("raw", b"true"),
            ("environment_scope", scope.as_bytes()),
        ]);
        let answer = client.post(&self.list(), Some(&caller.credential()), &body)?;
        let made = answer.json().filter(|_| answer.is_success());
        let made = made.ok_or_else(|| Refusal::of(&answer))?;
        let wanted = Attributes { is_masked: true, is_hidden: true, is_protected: true };
        if Attributes::of(&made) == wanted {
            return Ok(());
        }
        // It would show the secret: better no variable than this one.
        let scope = percent_encoded(scope);
        let path = format!("{}/{}?filter%5Benvironment_scope%5D={scope}", self.list(), self.key);
        let gone = Api { client, caller }.delete(&path).is_ok();
        let end = if gone { "it was deleted again" } else { "delete it" };
        Err(Refusal::new(format!(
            "{}: this instance did not make it masked, hidden and protected; {end}",
            self.key
        )))
    }
}

/// The project or the group that a path or id names.
pub(super) fn place_of(api: Api<'_>, text: &str) -> Result<Place, Refusal> {
    if let Some(path) = text.strip_prefix("project:") {
        return Ok(Place::Project(path.to_owned()));
    }
    if let Some(path) = text.strip_prefix("group:") {
        return Ok(Place::Group(path.to_owned()));
    }
    let both = [Place::Project(text.to_owned()), Place::Group(text.to_owned())];
    let mut found = Vec::new();
    for place in both {
        match api.get(&place.path()) {
            Ok(_) => found.push(place),
            Err(Refusal { status: Some(404), .. }) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    match (found.len(), found.pop()) {
        (1, Some(place)) => Ok(place),
        (0, _) | (_, None) => {
            Err(Refusal::new(format!("{text}: no project and no group of this path is shown")))
        }
        _ => Err(Refusal::new(format!("{text}: say project:{text} or group:{text}"))),
    }
}
