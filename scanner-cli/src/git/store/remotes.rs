//! The remotes of a repository: where it comes from, and which of them a URL belongs to.

use std::ffi::OsStr;
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use gix::bstr::{BStr, ByteSlice};
use gix::remote::Direction;
use gix::url::Scheme;
use tokensieve_core::coverage::RepositorySource;

use crate::git::store::repository::Repository;

/// Longer URLs are left alone.
const MAX_URL_LEN: usize = 4096;
/// The settings of a URL that rewrite others, which begin with their value.
const REWRITES: [&str; 2] = ["insteadOf", "pushInsteadOf"];

impl Repository {
    /// Returns where the repository comes from: the remote of the checked-out branch, else
    /// `origin`, else the only one. The URI has neither user, password nor query. `None` where
    /// there is no such remote, or its URL cannot be turned into a URI.
    #[must_use]
    pub fn source(&self) -> Option<RepositorySource> {
        let remote = self.git.find_default_remote(Direction::Fetch)?.ok()?;
        let uri = public_uri(remote.url(Direction::Fetch)?)?;
        Some(RepositorySource { uri, revision: self.head().map(|id| id.to_string()) })
    }

    /// Returns the names of the remotes that a URL belongs to: by their `url` or `pushurl`, as
    /// they are written or as `insteadOf` and `pushInsteadOf` rewrite them. User and password,
    /// a default port and `.git` at the end make no difference.
    pub(crate) fn remotes_at(&self, url: &str) -> Vec<String> {
        let rules = self.rewrites();
        let wanted = places(url.as_bytes().as_bstr(), &rules, self.root());
        let config = self.git.config_snapshot();
        let mut names = Vec::new();
        for section in config.plumbing().sections_by_name("remote").into_iter().flatten() {
            let Some(name) = section.header().subsection_name() else { continue };
            let urls = ["url", "pushurl"].into_iter().flat_map(|key| section.values(key));
            let is_there = urls
                .flat_map(|url| places(url.as_bstr(), &rules, self.root()))
                .any(|place| wanted.contains(&place));
            if is_there {
                names.push(name.to_str_lossy().into_owned());
            }
        }
        names.sort();
        names.dedup();
        names
    }

    /// Whether the configuration has a remote of a name.
    pub(crate) fn has_remote(&self, name: &str) -> bool {
        self.git.remote_names().iter().any(|known| known == name.as_bytes())
    }

    /// The settings that rewrite URLs: for each of both kinds the start of a URL and what stands
    /// in its place.
    fn rewrites(&self) -> [Vec<(Vec<u8>, Vec<u8>)>; 2] {
        let config = self.git.config_snapshot();
        REWRITES.map(|key| {
            let sections = config.plumbing().sections_by_name("url").into_iter().flatten();
            sections
                .flat_map(|section| {
                    let base = section.header().subsection_name().unwrap_or_default().to_vec();
                    let starts = section.values(key);
                    starts.into_iter().map(move |start| (start.to_vec(), base.clone()))
                })
                .collect()
        })
    }
}

/// Returns the places that a URL can mean: as it is written, and as the rules rewrite it.
fn places(
    url: &BStr,
    rules: &[Vec<(Vec<u8>, Vec<u8>)>; 2],
    root: &std::path::Path,
) -> Vec<Vec<u8>> {
    if url.is_empty() || url.len() > MAX_URL_LEN {
        return Vec::new();
    }
    let rewritten = rules.iter().filter_map(|rules| {
        // Git takes the longest of the starts that fit.
        let (start, base) = rules
            .iter()
            .filter(|(start, _)| url.starts_with(start))
            .max_by_key(|(start, _)| start.len())?;
        Some([base.as_slice(), &url[start.len()..]].concat())
    });
    std::iter::once(url.to_vec())
        .chain(rewritten)
        .filter_map(|url| place(url.as_bstr(), root))
        .collect()
}

/// Returns one form of all URLs that mean the same repository.
fn place(url: &BStr, root: &std::path::Path) -> Option<Vec<u8>> {
    let url = gix::url::parse(url).ok()?;
    let path: &BStr = url.path.as_ref();
    if url.scheme == Scheme::File {
        let path = root.join(OsStr::from_bytes(path));
        let path = path.canonicalize().unwrap_or(path);
        return Some(path.into_os_string().into_vec());
    }
    let path = path.trim_start_with(|c| c == '/').trim_end_with(|c| c == '/');
    let path = path.strip_suffix(b".git").unwrap_or(path);
    let port = url.port_or_default().map(|port| format!(":{port}")).unwrap_or_default();
    let host = url.host()?.to_lowercase();
    let scheme = url.scheme.as_str();
    Some([format!("{scheme}://{host}{port}/").as_bytes(), path].concat())
}

/// Returns an absolute URI without user, password, query and fragment.
fn public_uri(url: &gix::Url) -> Option<String> {
    let path: &BStr = url.path.as_ref();
    let end = path.find_byteset("?#").unwrap_or(path.len());
    let path = encoded(&path[..end]);
    let authority = match &url.scheme {
        Scheme::File if path.starts_with('/') => String::new(),
        Scheme::Http | Scheme::Https | Scheme::Ssh | Scheme::Git => {
            let host = url.host()?;
            let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
            let is_v6 = host.contains(':') && host.chars().all(|c| is_plain(c) || c == ':');
            let host = match () {
                () if is_v6 => format!("[{host}]"),
                () if host.chars().all(is_plain) => host.to_owned(),
                () => return None,
            };
            host + &url.port.map(|port| format!(":{port}")).unwrap_or_default()
        }
        _ => return None,
    };
    let slash = if path.starts_with('/') { "" } else { "/" };
    Some(format!("{}://{authority}{slash}{path}", url.scheme.as_str()))
}

/// Percent-encodes whatever a path of a URI cannot have. A percent sign is left alone.
fn encoded(path: &[u8]) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path {
        if byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:@".contains(byte) {
            text.push(char::from(*byte));
        } else {
            text += &format!("%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(url: &str) -> Option<String> {
        public_uri(&gix::url::parse(url).unwrap())
    }

    #[test]
    fn uris_have_no_password() {
        for (url, expected) in [
            ("https://me:word@gitlab.example.com/g/p.git", "https://gitlab.example.com/g/p.git"),
            ("https://h:8443/g/p.git?private_token=x#y", "https://h:8443/g/p.git"),
            ("git@gitlab.example.com:g/p.git", "ssh://gitlab.example.com/g/p.git"),
            ("ssh://git@h:22/g/p", "ssh://h:22/g/p"),
            ("/srv/a b.git", "file:///srv/a%20b.git"),
            ("file:///srv/p.git", "file:///srv/p.git"),
        ] {
            assert_eq!(uri(url).as_deref(), Some(expected), "{url}");
        }
        assert_eq!(uri("../p.git"), None);
    }

    #[test]
    fn urls_of_one_place() {
        let rules = [
            vec![(b"gl:".to_vec(), b"https://gitlab.example.com/".to_vec())],
            vec![(b"https://gitlab.example.com/".to_vec(), b"git@gitlab.example.com:".to_vec())],
        ];
        let of = |url: &str| places(url.as_bytes().as_bstr(), &rules, std::path::Path::new("/"));
        let is_same = |a: &str, b: &str| of(a).iter().any(|place| of(b).contains(place));
        let origin = "https://gitlab.example.com/g/p.git";
        for url in [
            "https://oauth2:word@GitLab.example.com:443/g/p/",
            "gl:g/p.git",
            "git@gitlab.example.com:g/p.git",
            "ssh://git@gitlab.example.com/g/p",
        ] {
            assert!(is_same(url, origin), "{url}: {:?}", of(url));
        }
        for url in ["https://gitlab.example.com/g/other", "https://example.com/g/p.git", ""] {
            assert!(!is_same(url, origin), "{url}");
        }
        assert!(is_same("/srv/x/../p.git", "file:///srv/x/../p.git"));
    }
}
