//! Links to the line of a finding in the web pages of a forge.

use core::fmt;

use crate::finding::Finding;
use crate::report::words::percent_encoded;

/// The address of a line in a forge, with places to fill in.
///
/// `{commit}`, `{path}`, `{line}` and `{end_line}` stand for those of a finding.
///
/// ```
/// use tokensieve_core::report::LinkTemplate;
///
/// assert!(LinkTemplate::new("https://forge.example/a/b/blob/{commit}/{path}#L{line}").is_ok());
/// assert!(LinkTemplate::new("javascript:{path}").is_err());
/// let guessed = LinkTemplate::of_remote("https://github.com/acme/shop.git", None).unwrap();
/// assert!(guessed.to_string().starts_with("https://github.com/acme/shop/blob/{commit}/{path}#L"));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LinkTemplate(String);

/// Why a text is no template of links.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum BadTemplate {
    /// It does not begin with `https://` or `http://`.
    Scheme,
    /// It holds a character that no URL holds, or a placeholder other than the four.
    Character,
    /// It holds no `{path}`, so all links would be one.
    NoPath,
}

impl fmt::Display for BadTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "a link begins with https:// or http://",
            Self::Character => {
                "a link holds characters of URLs, and {commit}, {path}, {line} and {end_line}"
            }
            Self::NoPath => "a link holds {path}",
        })
    }
}

impl core::error::Error for BadTemplate {}

const PLACES: [&str; 4] = ["{commit}", "{path}", "{line}", "{end_line}"];

/// A kind of forge, by how it lays out its pages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Forge {
    /// GitHub, also in a company.
    Github,
    /// GitLab, wherever it runs.
    Gitlab,
    /// Gitea and Forgejo.
    Gitea,
    /// Bitbucket's cloud.
    Bitbucket,
}

impl Forge {
    /// Guesses the forge from the name of a host.
    ///
    /// ```
    /// use tokensieve_core::report::Forge;
    ///
    /// assert_eq!(Forge::of_host("gitlab.acme.example"), Some(Forge::Gitlab));
    /// assert_eq!(Forge::of_host("git.acme.example"), None);
    /// ```
    #[must_use]
    pub fn of_host(host: &str) -> Option<Self> {
        const NAMES: [(&str, Forge); 6] = [
            ("github", Forge::Github),
            ("gitlab", Forge::Gitlab),
            ("gitea", Forge::Gitea),
            ("forgejo", Forge::Gitea),
            ("codeberg.org", Forge::Gitea),
            ("bitbucket.org", Forge::Bitbucket),
        ];
        NAMES.iter().find(|(part, _)| host.contains(part)).map(|(_, forge)| *forge)
    }

    /// The address of a line below that of the repository.
    fn page(self) -> &'static str {
        match self {
            Self::Github => "/blob/{commit}/{path}#L{line}-L{end_line}",
            Self::Gitlab => "/-/blob/{commit}/{path}#L{line}-{end_line}",
            Self::Gitea => "/src/commit/{commit}/{path}#L{line}-L{end_line}",
            Self::Bitbucket => "/src/{commit}/{path}#lines-{line}:{end_line}",
        }
    }
}

impl LinkTemplate {
    /// Checks a template.
    ///
    /// # Errors
    ///
    /// See [`BadTemplate`].
    pub fn new(text: &str) -> Result<Self, BadTemplate> {
        if !["https://", "http://"].iter().any(|scheme| text.starts_with(scheme)) {
            return Err(BadTemplate::Scheme);
        }
        let rest = PLACES.iter().fold(text.to_owned(), |text, place| text.replace(place, ""));
        let is_of_url = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%".contains(c);
        if !rest.chars().all(is_of_url) {
            return Err(BadTemplate::Character);
        }
        if !text.contains("{path}") {
            return Err(BadTemplate::NoPath);
        }
        Ok(Self(text.to_owned()))
    }

    /// Makes the template of a remote's pages. Without a forge, it is guessed from the name of the
    /// host. Returns nothing for an unknown forge, and for what has no host.
    #[must_use]
    pub fn of_remote(uri: &str, forge: Option<Forge>) -> Option<Self> {
        let (scheme, rest) = uri.split_once("://")?;
        let (host, path) = rest.split_once('/')?;
        let host = host.rsplit('@').next()?;
        let is_web = matches!(scheme, "https" | "http");
        // The port of SSH is not that of the pages.
        let name = host.split(':').next()?;
        let (scheme, host) = if is_web { (scheme, host) } else { ("https", name) };
        let path = path.trim_end_matches('/').trim_end_matches(".git");
        let page = forge.or_else(|| Forge::of_host(name))?.page();
        Self::new(&format!("{scheme}://{host}/{path}{page}")).ok()
    }

    /// Links to a finding: in the commit that introduced it, else in the checked-out one. Returns
    /// `None` where the template needs a commit and none is known, and for a finding that is in no
    /// file.
    pub(super) fn link(&self, finding: &Finding, revision: Option<&str>) -> Option<String> {
        let path = finding.from_root();
        // Messages of commits and names of references have a path in angle brackets.
        if path.first().is_none_or(|first| matches!(first, b'<' | b'/')) {
            return None;
        }
        let introduced = finding.provenance().and_then(|from| from.commit.as_ref());
        let commit = introduced.map(|commit| commit.id.as_str()).or(revision);
        if commit.is_none() && self.0.contains("{commit}") {
            return None;
        }
        let (start, end) = (finding.start().line, finding.end().line);
        Some(
            self.0
                .replace("{commit}", &percent_encoded(commit.unwrap_or_default().as_bytes()))
                .replace("{line}", &start.to_string())
                .replace("{end_line}", &end.to_string())
                .replace("{path}", &percent_encoded(path)),
        )
    }
}

impl fmt::Display for LinkTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_guessed_from_hosts() {
        let table = [
            ("https://gitlab.acme.example/a/b.git", "https://gitlab.acme.example/a/b/-/blob/"),
            ("ssh://git@gitlab.com:2222/a/b.git", "https://gitlab.com/a/b/-/blob/"),
            ("http://gitea.local:3000/a/b", "http://gitea.local:3000/a/b/src/commit/"),
            ("https://codeberg.org/a/b/", "https://codeberg.org/a/b/src/commit/"),
            ("https://bitbucket.org/a/b.git", "https://bitbucket.org/a/b/src/"),
            ("https://me:word@github.com/a/b", "https://github.com/a/b/blob/"),
        ];
        for (remote, expected) in table {
            let template = LinkTemplate::of_remote(remote, None).unwrap().to_string();
            assert_eq!(template.split_once("{commit}").unwrap().0, expected);
        }
        for other in ["https://example.com/a/b", "/srv/git/a", "https://github.com", "x"] {
            assert_eq!(LinkTemplate::of_remote(other, None), None, "{other}");
        }
    }

    #[test]
    fn what_is_no_template() {
        let table = [
            ("ftp://a/{path}", BadTemplate::Scheme),
            ("https://a/{path}\"><b>", BadTemplate::Character),
            ("https://a/{path} b", BadTemplate::Character),
            ("https://a/{file}", BadTemplate::Character),
            ("https://a/{commit}", BadTemplate::NoPath),
        ];
        for (text, expected) in table {
            assert_eq!(LinkTemplate::new(text), Err(expected), "{text}");
        }
    }
}
