//! Secrets on their way to an instance: in headers and bodies only, and zeroed afterwards.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokensieve_core::Secret;
use ureq::http::HeaderValue;
use ureq::http::header::HeaderName;
use zeroize::Zeroizing;

use super::error::Error;

/// How a credential is presented.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Scheme<'a> {
    /// `PRIVATE-TOKEN`: personal, impersonation, project, group and service-account tokens.
    PrivateToken,
    /// `Authorization: Bearer`: OAuth, SCIM and stateless access tokens.
    Bearer,
    /// `JOB-TOKEN`: the token of a running CI/CD job.
    JobToken,
    /// `Authorization: Basic` with this user name.
    Basic(&'a str),
    /// `Cookie`: the secret is the whole `name=value`.
    Cookie,
    /// `UNLEASH-INSTANCEID`: the client token of feature flags.
    UnleashInstance,
}

/// A secret together with how it is presented. Its copy of the secret is zeroed when dropped.
pub struct Credential<'a> {
    scheme: Scheme<'a>,
    secret: Zeroizing<Vec<u8>>,
}

impl<'a> Credential<'a> {
    /// Copies the secret.
    #[must_use]
    pub fn new(scheme: Scheme<'a>, secret: &Secret) -> Self {
        Self { scheme, secret: Zeroizing::new(secret.expose().to_vec()) }
    }

    /// Name and value of the header. The value is marked as sensitive, so that it is not logged.
    pub(super) fn header(&self) -> Result<(HeaderName, HeaderValue), Error> {
        let (name, lead) = match self.scheme {
            Scheme::PrivateToken => ("private-token", ""),
            Scheme::Bearer => ("authorization", "Bearer "),
            Scheme::JobToken => ("job-token", ""),
            Scheme::Basic(_) => ("authorization", "Basic "),
            Scheme::Cookie => ("cookie", ""),
            Scheme::UnleashInstance => ("unleash-instanceid", ""),
        };
        let body = match self.scheme {
            Scheme::Basic(user) => basic(user, &self.secret),
            _ => self.secret.clone(),
        };
        // Space at the ends would be trimmed on the way, and the verdict be about another value.
        if body.is_empty() || !body.iter().all(|byte| matches!(byte, 0x21..=0x7e)) {
            return Err(Error::Unsendable);
        }
        let value = joined(&[lead.as_bytes(), &body]);
        let mut value = HeaderValue::from_bytes(&value).map_err(|_| Error::Unsendable)?;
        value.set_sensitive(true);
        Ok((HeaderName::from_static(name), value))
    }
}

impl fmt::Debug for Credential<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

/// `user:secret` in base64.
fn basic(user: &str, secret: &[u8]) -> Zeroizing<Vec<u8>> {
    let pair = joined(&[user.as_bytes(), b":", secret]);
    let mut encoded = Zeroizing::new(vec![0; pair.len().div_ceil(3) * 4]);
    // The buffer has the exact length of padded base64.
    let len = STANDARD.encode_slice(&*pair, &mut encoded).unwrap_or_default();
    encoded.truncate(len);
    encoded
}

/// Joins parts in a buffer that never grows: growing would leave copies of secrets behind.
fn joined(parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let len = parts.iter().map(|part| part.len()).sum();
    let mut all = Zeroizing::new(Vec::with_capacity(len));
    for part in parts {
        all.extend_from_slice(part);
    }
    all
}

/// The body of a request, zeroed when dropped.
pub struct Body {
    pub(super) content_type: &'static str,
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

impl Body {
    /// A form: keys and values of any bytes.
    #[must_use]
    pub fn form(fields: &[(&str, &[u8])]) -> Self {
        let len = fields.iter().map(|(key, value)| 2 + 3 * (key.len() + value.len())).sum();
        let mut bytes = Zeroizing::new(Vec::with_capacity(len));
        for (key, value) in fields {
            if !bytes.is_empty() {
                bytes.push(b'&');
            }
            push_percent(key.as_bytes(), &mut bytes);
            bytes.push(b'=');
            push_percent(value, &mut bytes);
        }
        Self { content_type: "application/x-www-form-urlencoded", bytes }
    }

    /// A JSON value that holds no secret.
    #[must_use]
    pub fn of_value(value: &serde_json::Value) -> Self {
        let bytes = Zeroizing::new(value.to_string().into_bytes());
        Self { content_type: "application/json", bytes }
    }

    /// A JSON object with strings as values.
    ///
    /// # Errors
    ///
    /// A value is not UTF-8.
    pub fn json(fields: &[(&str, &[u8])]) -> Result<Self, Error> {
        let len =
            fields.iter().map(|(key, value)| 8 + 6 * (key.len() + value.len())).sum::<usize>();
        let mut bytes = Zeroizing::new(Vec::with_capacity(len + 2));
        bytes.push(b'{');
        for (key, value) in fields {
            if bytes.len() > 1 {
                bytes.push(b',');
            }
            push_json(key, &mut bytes);
            bytes.push(b':');
            push_json(std::str::from_utf8(value).map_err(|_| Error::Unsendable)?, &mut bytes);
        }
        bytes.push(b'}');
        Ok(Self { content_type: "application/json", bytes })
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("content_type", &self.content_type).finish_non_exhaustive()
    }
}

fn push_percent(text: &[u8], out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(*byte),
            _ => out.extend([b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]),
        }
    }
}

/// A segment of a path or a value of a query, percent-encoded. Not for secrets.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    let mut out = Vec::new();
    push_percent(text.as_bytes(), &mut out);
    // All of it is ASCII.
    String::from_utf8_lossy(&out).into_owned()
}

fn push_json(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            0..0x20 => out.extend(format!("\\u{byte:04x}").bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(scheme: Scheme<'_>, secret: &[u8]) -> Result<(String, String), Error> {
        let (name, value) = Credential::new(scheme, &Secret::new(secret)).header()?;
        assert!(value.is_sensitive());
        Ok((name.to_string(), value.to_str().unwrap().to_owned()))
    }

    #[test]
    fn headers_of_all_schemes() {
        let rows = [
            (Scheme::PrivateToken, "private-token", "abc"),
            (Scheme::Bearer, "authorization", "Bearer abc"),
            (Scheme::JobToken, "job-token", "abc"),
            (Scheme::Basic("ada"), "authorization", "Basic YWRhOmFiYw=="),
            (Scheme::Cookie, "cookie", "abc"),
            (Scheme::UnleashInstance, "unleash-instanceid", "abc"),
        ];
        for (scheme, name, value) in rows {
            assert_eq!(header(scheme, b"abc"), Ok((name.to_owned(), value.to_owned())));
        }
    }

    #[test]
    fn what_would_change_on_the_way_is_not_sent() {
        for bad in [&b""[..], b" abc", b"abc\r\nX: y", b"a\0b", b"caf\xc3\xa9"] {
            assert_eq!(header(Scheme::PrivateToken, bad), Err(Error::Unsendable));
        }
    }

    #[test]
    fn bodies_are_escaped_and_never_grow() {
        let form = Body::form(&[("token", b"a b&c=\xff"), ("ref", b"x/y")]);
        assert_eq!(&**form.bytes, b"token=a%20b%26c%3D%FF&ref=x%2Fy");
        let json = Body::json(&[("token", b"a\"\\\n\x01"), ("b", "\u{e9}".as_bytes())]).unwrap();
        let read: serde_json::Value = serde_json::from_slice(&json.bytes).unwrap();
        assert_eq!(read, serde_json::json!({"token": "a\"\\\n\u{1}", "b": "\u{e9}"}));
        let worst = vec![1; 1000];
        let json = Body::json(&[("t", &worst)]).unwrap();
        assert!(json.bytes.capacity() >= json.bytes.len());
        assert!(Body::json(&[("t", b"\xff")]).is_err());
        assert_eq!(format!("{form:?}{json:?}").matches("..").count(), 2);
    }
}
