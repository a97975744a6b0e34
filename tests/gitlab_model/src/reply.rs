//! Answers: GitLab's shapes for errors, and the bytes that are written.

use serde_json::{Value, json};

/// What a handler returns: both sides are answers; `Err` ends a handler early.
pub(crate) type Outcome = Result<Reply, Reply>;

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// Makes a JSON answer.
    pub(crate) fn json(status: u16, value: &Value) -> Reply {
        let body = value.to_string().into_bytes();
        Reply { status, headers: Vec::new(), content_type: "application/json", body }
    }

    /// Makes an answer without a body.
    pub(crate) fn empty(status: u16) -> Reply {
        Reply { status, headers: Vec::new(), content_type: "", body: Vec::new() }
    }

    /// Makes an answer of plain text.
    pub(crate) fn plain(status: u16, text: &str) -> Reply {
        Reply { content_type: "text/plain", body: text.into(), ..Reply::empty(status) }
    }

    /// Makes a page.
    pub(crate) fn html(status: u16, title: &str) -> Reply {
        let page = format!(
            "<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n\
             <body><h1>{title}</h1></body></html>\n"
        );
        Reply { content_type: "text/html", body: page.into(), ..Reply::empty(status) }
    }

    /// Makes the error `{"message": text}`.
    pub(crate) fn message(status: u16, text: &str) -> Reply {
        Reply::json(status, &json!({"message": text}))
    }

    /// 401 for an unknown credential, none, or a caller without the right.
    pub(crate) fn unauthorized() -> Reply {
        Reply::message(401, "401 Unauthorized")
    }

    /// 403 for a caller without the right.
    pub(crate) fn forbidden() -> Reply {
        Reply::message(403, "403 Forbidden")
    }

    /// 404 for a thing that is not there, or not shown to this caller.
    pub(crate) fn not_found(thing: &str) -> Reply {
        let space = if thing.is_empty() { "" } else { " " };
        Reply::message(404, &format!("404 {thing}{space}Not Found"))
    }

    /// 404 for a path that this release does not know.
    pub(crate) fn no_route() -> Reply {
        Reply::json(404, &json!({"error": "404 Not Found"}))
    }

    /// 400 of a service: `{"message": "400 Bad request - text"}`.
    pub(crate) fn bad(text: &str) -> Reply {
        Reply::message(400, &format!("400 Bad request - {text}"))
    }

    /// 400 of a record: `{"message": {"field": ["text"]}}`.
    pub(crate) fn message_of(field: &str, text: &str) -> Reply {
        Reply::json(400, &json!({"message": {field: [text]}}))
    }

    /// 400 of the parameter validation: `{"error": "name is missing"}`.
    pub(crate) fn parameter(text: &str) -> Reply {
        Reply::json(400, &json!({"error": text}))
    }

    /// An error of RFC 6750.
    pub(crate) fn bearer(status: u16, error: &str, description: &str) -> Reply {
        let challenge = format!(
            "Bearer realm=\"Protected by OAuth 2.0\", error=\"{error}\", \
             error_description=\"{description}\""
        );
        let value = json!({"error": error, "error_description": description});
        Reply::json(status, &value).with("WWW-Authenticate", &challenge)
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Reply {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Returns head and body as they are sent.
    pub(crate) fn bytes(&self, close: bool) -> (Vec<u8>, Vec<u8>) {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        if !self.content_type.is_empty() {
            head += &format!("Content-Type: {}\r\n", self.content_type);
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if self.status != 204 {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        if close {
            head += "Connection: close\r\n";
        }
        head += "\r\n";
        (head.into_bytes(), self.body.clone())
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        410 => "Gone",
        412 => "Precondition Failed",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Status",
    }
}
