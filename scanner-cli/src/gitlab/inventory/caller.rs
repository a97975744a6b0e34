//! Who asks, and how far the caller's own token reaches.

use tokensieve_core::Redactor;

use crate::gitlab::client::Client;
use crate::gitlab::credential::Credential;

/// Who asks whom.
#[derive(Clone, Copy)]
pub struct Caller<'a> {
    /// The instance.
    pub client: &'a Client,
    /// The caller's own credential.
    pub credential: &'a Credential<'a>,
    /// Takes secrets out of what the server says.
    pub redactor: &'a Redactor,
}

/// How far the caller's own token reaches, with its id: `2 groups and 30 projects`. None where it
/// is no access token, or the release is older than 17.4.
///
/// At most 10,000 of each are counted.
#[must_use]
pub fn own_reach(caller: Caller<'_>) -> Option<(u64, String)> {
    const MOST_PAGES: u32 = 100;
    let ask = |path: &str| {
        let answer = caller.client.get(path, Some(caller.credential)).ok()?;
        if answer.is_success() { answer.json() } else { None }
    };
    let id = ask("/api/v4/personal_access_tokens/self")?.get("id")?.as_u64()?;
    let (mut groups, mut projects) = (0, 0);
    for page in 1..=MOST_PAGES {
        let path = "/api/v4/personal_access_tokens/self/associations";
        let both = ask(&format!("{path}?per_page=100&page={page}"))?;
        let count = |key: &str| both.get(key).and_then(|rows| rows.as_array()).map_or(0, Vec::len);
        groups += count("groups");
        projects += count("projects");
        if count("groups").max(count("projects")) < 100 {
            break;
        }
    }
    Some((id, format!("{groups} groups and {projects} projects")))
}
