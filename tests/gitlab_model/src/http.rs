//! Reads requests of HTTP/1.1, with bounds, and holds answers until they are written.

use std::io::{self, Read};

use serde_json::Value;

/// The longest head and the longest body that the model reads.
const MAX_HEAD: usize = 64 << 10;
const MAX_BODY: usize = 4 << 20;
const MAX_HEADERS: usize = 100;

/// One request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The path as it was sent, still percent-encoded.
    pub(crate) path: String,
    /// The query as it was sent, without the question mark.
    pub(crate) query: String,
    /// Names in lower case, in the order of the request.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Which connection it came by, counted from 1.
    pub(crate) connection: u64,
    /// What of the query and the body is parameters, decoded.
    pub(crate) parameters: Vec<(String, Value)>,
}

impl Request {
    /// Returns the value of a header; `name` is in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns a parameter of the query or the body as text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
            other => Some(other.to_string()),
        }
    }

    /// Returns a parameter as it was sent.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.parameters.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Returns a list: a JSON array, repeated `name[]`, or text with commas.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        if let Some(Value::Array(items)) = self.value(name) {
            return items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        }
        let repeated = format!("{name}[]");
        let items = self.parameters.iter().filter(|(key, _)| *key == repeated);
        let items: Vec<String> =
            items.filter_map(|(_, value)| value.as_str()).map(str::to_owned).collect();
        if !items.is_empty() {
            return items;
        }
        let text = self.text(name).unwrap_or_default();
        text.split(',').filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }
}

/// Reads requests from one connection.
pub(crate) struct Reader {
    buffer: Vec<u8>,
}

impl Reader {
    pub(crate) fn new() -> Reader {
        Reader { buffer: Vec::new() }
    }

    /// Reads the next request. `None` is the end of the connection.
    ///
    /// # Errors
    ///
    /// Those of the stream; `InvalidData` for what is no request or is too long.
    pub(crate) fn next(&mut self, stream: &mut impl Read) -> io::Result<Option<Request>> {
        let (mut request, length) = loop {
            if let Some((request, length)) = parse_head(&self.buffer)? {
                break (request, length);
            }
            if self.buffer.len() > MAX_HEAD {
                return Err(invalid("the head is too long"));
            }
            if !self.fill(stream)? {
                return Ok(None);
            }
        };
        self.buffer.drain(..length);
        request.body = self.body(stream, &request)?;
        request.parameters = parameters(&request);
        Ok(Some(request))
    }

    fn body(&mut self, stream: &mut impl Read, request: &Request) -> io::Result<Vec<u8>> {
        if request.header("transfer-encoding").is_some() {
            return self.chunks(stream);
        }
        let length = match request.header("content-length") {
            Some(text) => text.parse().map_err(|_| invalid("a length that is no number"))?,
            None => 0,
        };
        self.exactly(stream, length)
    }

    fn chunks(&mut self, stream: &mut impl Read) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let (start, size) = loop {
                match httparse::parse_chunk_size(&self.buffer) {
                    Ok(httparse::Status::Complete((start, size))) => break (start, size),
                    Ok(httparse::Status::Partial) if self.buffer.len() < MAX_HEAD => {}
                    _ => return Err(invalid("a chunk without a size")),
                }
                if !self.fill(stream)? {
                    return Err(invalid("a body that ends early"));
                }
            };
            self.buffer.drain(..start);
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            if body.len().saturating_add(size) > MAX_BODY {
                return Err(invalid("the body is too long"));
            }
            body.extend(self.exactly(stream, size)?);
            self.exactly(stream, 2)?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    fn exactly(&mut self, stream: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
        if length > MAX_BODY {
            return Err(invalid("the body is too long"));
        }
        while self.buffer.len() < length {
            if !self.fill(stream)? {
                return Err(invalid("a body that ends early"));
            }
        }
        Ok(self.buffer.drain(..length).collect())
    }

    fn fill(&mut self, stream: &mut impl Read) -> io::Result<bool> {
        let mut part = [0; 8192];
        let count = stream.read(&mut part)?;
        self.buffer.extend_from_slice(&part[..count]);
        Ok(count > 0)
    }
}

fn invalid(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

fn parse_head(buffer: &[u8]) -> io::Result<Option<(Request, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let status = head.parse(buffer).map_err(|error| invalid(&error.to_string()))?;
    let httparse::Status::Complete(length) = status else {
        return Ok(None);
    };
    let target = head.path.unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = head.headers.iter().map(|header| {
        let value = String::from_utf8_lossy(header.value).into_owned();
        (header.name.to_ascii_lowercase(), value)
    });
    let request = Request {
        method: head.method.unwrap_or_default().to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.collect(),
        ..Request::default()
    };
    Ok(Some((request, length)))
}

/// Collects the query's and the body's parameters; the body's come last.
fn parameters(request: &Request) -> Vec<(String, Value)> {
    let mut all = pairs(&request.query);
    let kind = request.header("content-type").unwrap_or_default();
    if kind.starts_with("application/x-www-form-urlencoded") {
        all.extend(pairs(&String::from_utf8_lossy(&request.body)));
    } else if let Ok(Value::Object(map)) = serde_json::from_slice(&request.body) {
        all.extend(map);
    }
    all
}

fn pairs(text: &str) -> Vec<(String, Value)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = Value::String(decode(&value.replace('+', " ")));
            (decode(&key.replace('+', " ")), value)
        })
        .collect()
}

/// Decodes percent escapes; what is no escape stays.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = (first == b'%').then(|| after.get(..2)).flatten();
        let digits = escape.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Encodes what may not stand in a query's value.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Request {
        Reader::new().next(&mut text.as_bytes()).unwrap().unwrap()
    }

    #[test]
    fn parameters_come_from_the_query_and_both_kinds_of_body() {
        let request = read("GET /a?name=b%20c&scopes[]=x&scopes[]=y HTTP/1.1\r\n\r\n");
        assert_eq!(request.text("name").as_deref(), Some("b c"));
        assert_eq!(request.list("scopes"), ["x", "y"]);

        let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9";
        let request = read(&format!("POST /a HTTP/1.1\r\n{form}\r\n\r\ntoken=a%2"));
        assert_eq!(request.text("token").as_deref(), Some("a%2"));

        let body = r#"{"scopes":["api"],"id":5}"#;
        let request =
            read(&format!("POST /a HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
        assert_eq!(request.list("scopes"), ["api"]);
        assert_eq!(request.text("id").as_deref(), Some("5"));
    }

    #[test]
    fn chunks_are_joined() {
        let request = read(
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\
             3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        );
        assert_eq!(request.body, b"abcde");
    }

    #[test]
    fn long_and_broken_requests_are_refused() {
        let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(MAX_HEAD + 10_000));
        for text in [
            long.as_str(),
            "POST /a HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n",
            "POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "\0\r\n\r\n",
        ] {
            let result = Reader::new().next(&mut text.as_bytes());
            let part = &text[..text.len().min(40)];
            // A head that ends is read before its length is known to be too long.
            if text.len() < MAX_HEAD {
                assert!(result.is_err(), "{part}");
            }
        }
    }
}
