//! The URL of a GitLab instance, as its user names it.

use std::fmt;
use std::net::{IpAddr, ToSocketAddrs};

use ureq::http::Uri;

use super::error::Error;

/// An instance: scheme, host, port and the path that GitLab is installed below.
///
/// ```
/// use tokensieve::gitlab::Instance;
///
/// let instance = Instance::parse("https://git.example.com/gitlab/")?;
/// assert_eq!(instance.url("/api/v4/version"), "https://git.example.com/gitlab/api/v4/version");
/// assert!(Instance::parse("http://git.example.com").is_err());
/// # Ok::<(), tokensieve::gitlab::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Instance {
    is_tls: bool,
    /// In lower case; an IPv6 address without brackets.
    host: String,
    port: u16,
    /// Empty, or `/` and more, without a slash at its end.
    base: String,
}

impl Instance {
    /// Reads a URL, or a bare host, which stands for `https://` and that host.
    ///
    /// A path, a port, a trailing slash and a trailing `/api/v4` may be there; a user, a query and
    /// a fragment may not, since they could carry secrets.
    ///
    /// # Errors
    ///
    /// The text is no such URL, or it is `http://` to a host other than this machine.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let wrong = |why: &str| Error::Instance(why.to_owned());
        if text.contains(['?', '#', '@']) {
            return Err(wrong("a user, a query or a fragment has no place in it"));
        }
        let with_scheme =
            if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let uri: Uri = with_scheme.parse().map_err(|_| wrong("it cannot be read as a URL"))?;
        let is_tls = match uri.scheme_str().map(str::to_ascii_lowercase).as_deref() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(wrong("its scheme is neither https nor http")),
        };
        let host = bare_host(&uri).filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| wrong("it has no host"))?;
        let base = uri.path().trim_end_matches('/');
        let base = base.strip_suffix("/api/v4").unwrap_or(base).trim_end_matches('/').to_owned();
        let port = uri.port_u16().unwrap_or(default_port(is_tls));
        let instance = Self { is_tls, host, port, base };
        if !is_tls && !instance.is_loopback() {
            return Err(wrong("http:// would send secrets in clear; use https://"));
        }
        Ok(instance)
    }

    /// The host, in lower case; an IPv6 address without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether requests travel inside TLS.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.is_tls
    }

    /// The path that GitLab is installed below: empty, or `/gitlab`.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The URL of a path below the instance; the path begins with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{self}{path}")
    }

    /// Whether a host is the instance's own, or below it: `registry.gitlab.example.com`.
    #[must_use]
    pub fn owns_host(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        host == self.host
            || host
                .strip_suffix(&self.host)
                .is_some_and(|left| left.ends_with('.') && left.len() > 1)
    }

    /// Whether a URL has scheme, host and port of the instance.
    pub(super) fn has_origin_of(&self, uri: &Uri) -> bool {
        let is_tls = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(default_port(is_tls));
        is_tls == self.is_tls && bare_host(uri).as_ref() == Some(&self.host) && port == self.port
    }

    /// Whether the host is this machine: a loopback address, or `localhost` where it leads to
    /// loopback addresses alone.
    fn is_loopback(&self) -> bool {
        if let Ok(address) = self.host.parse::<IpAddr>() {
            return address.is_loopback();
        }
        self.host == "localhost"
            && (self.host.as_str(), self.port)
                .to_socket_addrs()
                .is_ok_and(|mut addresses| addresses.all(|address| address.ip().is_loopback()))
    }
}

impl fmt::Display for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_tls { "https://" } else { "http://" })?;
        if self.host.contains(':') {
            write!(f, "[{}]", self.host)?;
        } else {
            f.write_str(&self.host)?;
        }
        if self.port != default_port(self.is_tls) {
            write!(f, ":{}", self.port)?;
        }
        f.write_str(&self.base)
    }
}

fn default_port(is_tls: bool) -> u16 {
    if is_tls { 443 } else { 80 }
}

fn bare_host(uri: &Uri) -> Option<String> {
    let host = uri.host()?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    Some(host.trim_end_matches('.').to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_normalised() {
        let rows = [
            ("https://gitlab.example.com", "https://gitlab.example.com"),
            ("https://GitLab.Example.COM./", "https://gitlab.example.com"),
            ("gitlab.example.com", "https://gitlab.example.com"),
            ("gitlab.example.com:8443", "https://gitlab.example.com:8443"),
            ("https://gitlab.example.com:443/", "https://gitlab.example.com"),
            ("https://example.com/git/lab//", "https://example.com/git/lab"),
            ("https://example.com/git/api/v4/", "https://example.com/git"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("http://[::1]:3000/x", "http://[::1]:3000/x"),
            ("https://[2001:db8::7]", "https://[2001:db8::7]"),
        ];
        for (text, expected) in rows {
            assert_eq!(Instance::parse(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn what_could_leak_is_refused() {
        let bad = [
            "",
            "https://",
            "http://gitlab.example.com",
            "http://10.0.0.1",
            "ftp://127.0.0.1",
            "https://user:pass@example.com",
            "https://example.com/?private_token=x",
            "https://example.com/#a",
            "https://exa mple.com",
            "http://localhost.example.com",
            "http://[::ffff:10.0.0.1]",
            "file:///etc/passwd",
            "https://ex\u{e4}mple.com",
        ];
        for text in bad {
            assert!(matches!(Instance::parse(text), Err(Error::Instance(_))), "{text}");
        }
    }

    #[test]
    fn origins_and_hosts_are_compared_as_a_whole() {
        let instance = Instance::parse("https://gitlab.example.com/git").unwrap();
        let same = |url: &str| instance.has_origin_of(&url.parse().unwrap());
        assert!(same("https://gitlab.example.com/api/v4/projects/2"));
        assert!(same("https://GITLAB.example.com:443/"));
        for foreign in [
            "http://gitlab.example.com/",
            "https://gitlab.example.com:444/",
            "https://gitlab.example.com.evil.example/",
            "https://evil.example/",
            "/api/v4/x",
        ] {
            assert!(!same(foreign), "{foreign}");
        }
        assert!(instance.owns_host("registry.gitlab.example.com"));
        assert!(instance.owns_host("GitLab.example.com"));
        for foreign in ["example.com", "evilgitlab.example.com", ".gitlab.example.com", ""] {
            assert!(!instance.owns_host(foreign), "{foreign}");
        }
    }
}
