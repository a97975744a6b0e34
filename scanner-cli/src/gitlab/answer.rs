//! What a server says.

use serde_json::Value;
use ureq::http::HeaderMap;
use zeroize::Zeroizing;

use super::wait;

/// The answer to a request: any status, headers, and the whole body.
///
/// The body is zeroed when dropped: some answers repeat the secret that was asked about.
pub struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Zeroizing<Vec<u8>>,
}

impl Answer {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether the status is 2xx.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON, where it is such.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The server's clock, in Unix seconds, where it tells it.
    #[must_use]
    pub fn server_time(&self) -> Option<i64> {
        wait::http_date(self.header("date")?)
    }

    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The number of the next page of a list; none on the last one.
    #[must_use]
    pub fn next_page(&self) -> Option<u32> {
        self.header("x-next-page")?.trim().parse().ok()
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let len = self.body.len();
        f.debug_struct("Answer").field("status", &self.status).field("body_len", &len).finish()
    }
}
