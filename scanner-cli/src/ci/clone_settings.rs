//! Which settings of a clone git is given when it fetches for us.
//!
//! Runners leave credentials and certificates in the settings of their clones, and so can whoever
//! had the clone before. So a setting counts only if it is one that runners write, for the one
//! server that the job's environment names. All others, proxies, cookies, rewritten addresses and
//! programs among them, do not count; those that would have are named.

use std::path::Path;

use crate::ci::fetch_folder::Kept;

/// What GitLab Runner sets as the helper for credentials: the token of the job comes from the
/// environment.
const RUNNER_HELPERS: [&str; 2] = [
    r#"!f(){ if [ "$1" = "get" ] ; then echo "password=${CI_JOB_TOKEN}" ; fi ; } ; f"#,
    concat!(
        r#"!f(){ if [ "$1" = "get" ] ; then echo "username=gitlab-ci-token"; "#,
        r#"echo "password=${CI_JOB_TOKEN}"; fi; }; f"#
    ),
];
/// No more settings are named.
const MAX_NAMED: usize = 5;

/// Why git is not run at all.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

/// The settings of a clone.
#[derive(Debug)]
pub(super) struct CloneSettings {
    /// The name of the remote.
    pub(super) remote: String,
    pub(super) kept: Kept,
    /// The names of those that do not count.
    pub(super) left_out: Vec<String>,
}

/// Chooses from what `git config --null --list --show-scope` prints. `base` is where a relative
/// path of the remote begins; `server` is the URL of the server that the job is of.
///
/// # Errors
///
/// There is no remote, or git would run a program to talk to it.
pub(super) fn choose(
    listed: &str,
    base: &Path,
    server: Option<&str>,
) -> Result<CloneSettings, Refused> {
    let settings = settings(listed);
    let remote = remote(&settings)?;
    let mut kept = Kept { url: address(&settings, &remote, base)?, ..Kept::default() };
    let server = server.and_then(Place::of);
    let mut left_out = Vec::new();
    for setting in &settings {
        if setting.is_of_partial_clone(&remote) {
            kept.is_partial = true;
        } else if setting.is_for(server.as_ref()) {
            kept.settings.push(setting.parts());
        } else if setting.matters(&remote, &kept.url) {
            left_out.push(setting.shown());
        }
    }
    left_out.sort_unstable();
    left_out.dedup();
    if left_out.len() > MAX_NAMED {
        let more = left_out.len() - MAX_NAMED;
        left_out.truncate(MAX_NAMED);
        left_out.push(format!("{more} more"));
    }
    Ok(CloneSettings { remote, kept, left_out })
}

/// A setting of the repository itself.
#[derive(Debug)]
struct Setting {
    /// In lower case.
    section: String,
    /// As it is written.
    subsection: String,
    /// In lower case.
    name: String,
    value: String,
}

/// Reads settings, as far as they come from the repository.
fn settings(listed: &str) -> Vec<Setting> {
    let mut parts = listed.split('\0');
    let mut settings = Vec::new();
    while let (Some(scope), Some(pair)) = (parts.next(), parts.next()) {
        if matches!(scope, "system" | "global" | "command") {
            continue;
        }
        let (key, value) = pair.split_once('\n').unwrap_or((pair, "true"));
        let (section, rest) = key.split_once('.').unwrap_or((key, ""));
        let (subsection, name) = rest.rsplit_once('.').unwrap_or(("", rest));
        settings.push(Setting {
            section: section.to_lowercase(),
            subsection: subsection.to_owned(),
            name: name.to_lowercase(),
            value: value.to_owned(),
        });
    }
    settings
}

impl Setting {
    fn key(&self) -> (&str, &str) {
        (&self.section, &self.name)
    }

    /// Whether it says that the clone leaves out files until they are needed.
    fn is_of_partial_clone(&self, remote: &str) -> bool {
        match self.key() {
            ("extensions", "partialclone") => true,
            ("remote", "promisor") => {
                self.subsection == remote && !matches!(self.value.as_str(), "false" | "no" | "0")
            }
            _ => false,
        }
    }

    /// Whether it is one that runners write for their server.
    fn is_for(&self, server: Option<&Place>) -> bool {
        let is_of_runner = match self.key() {
            ("http", "extraheader") => !self.value.contains(['\r', '\n']),
            ("http", "sslcainfo" | "sslcert" | "sslkey") | ("credential", "username") => true,
            ("credential", "helper") => RUNNER_HELPERS.contains(&self.value.as_str()),
            _ => false,
        };
        is_of_runner && server.is_some() && Place::of(&self.subsection).as_ref() == server
    }

    /// Whether git would have fetched in another way because of it.
    fn matters(&self, remote: &str, url: &str) -> bool {
        match self.key() {
            ("core", "sshcommand" | "gitproxy" | "askpass" | "alternaterefscommand") => true,
            ("fetch", "bundleuri") | ("hook", "command") | ("protocol", "allow") => true,
            ("remote", "uploadpack" | "vcs" | "proxy" | "proxyauthmethod") => {
                self.subsection == remote
            }
            ("url", "insteadof") => !self.value.is_empty() && url.starts_with(&self.value),
            ("credential", "interactive") => false,
            ("http" | "credential", _) => {
                self.subsection.is_empty() || is_same_host(&self.subsection, url)
            }
            _ => false,
        }
    }

    /// Section, subsection, name and value.
    fn parts(&self) -> [String; 4] {
        [&self.section, &self.subsection, &self.name, &self.value].map(String::clone)
    }

    /// The name. The middle part is left out if it may be an address.
    fn shown(&self) -> String {
        let Self { section, subsection, name, .. } = self;
        match subsection.as_str() {
            "" => format!("{section}.{name}"),
            plain if is_plain(plain) => format!("{section}.{plain}.{name}"),
            _ => format!("{section}.*.{name}"),
        }
    }
}

/// A server as URLs name it, without user and password.
#[derive(Debug, Eq, PartialEq)]
struct Place {
    scheme: String,
    host: String,
    port: Option<u16>,
    /// Where a server has a path of its own.
    path: String,
}

impl Place {
    /// The place of a URL of HTTP; none where there is a user that could be meant for something
    /// else, a query, or no such URL at all.
    fn of(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let scheme = scheme.to_lowercase();
        let default = match scheme.as_str() {
            "https" => 443,
            "http" => 80,
            _ => return None,
        };
        if rest.contains(['?', '#', '*', '\\']) || rest.contains(char::is_whitespace) {
            return None;
        }
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let is_port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if is_port(port) => (host, port.parse().ok()?),
            Some(_) if !authority.ends_with(']') => return None,
            _ => (authority, default),
        };
        let is_host = !host.is_empty() && !host.contains('@');
        let port = Some(port).filter(|port| *port != default);
        let path = path.trim_end_matches('/').to_owned();
        is_host.then(|| Self { scheme, host: host.to_lowercase(), port, path })
    }
}

/// Whether two URLs are of one server, whoever the users in them are.
fn is_same_host(one: &str, other: &str) -> bool {
    let of = |url: &str| {
        let (scheme, rest) = url.split_once("://")?;
        let authority = rest.split('/').next()?;
        let host = authority.rsplit('@').next()?;
        Place::of(&format!("{scheme}://{host}"))
    };
    of(one).is_some_and(|place| of(other) == Some(place))
}

pub(super) fn is_plain(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte);
    !name.is_empty() && !name.starts_with('-') && name.bytes().all(is_plain)
}

/// Whether an address is one that git needs a further program for, other than those for HTTP and
/// SSH.
fn is_strange(address: &str) -> bool {
    const KNOWN: [&str; 9] =
        ["http", "https", "ssh", "git", "file", "git+ssh", "ssh+git", "ftp", "ftps"];
    let (scheme, rest) = address.split_at(scheme_len(address));
    rest.starts_with("::")
        || (rest.starts_with("://") && !KNOWN.contains(&scheme.to_lowercase().as_str()))
}

fn scheme_len(address: &str) -> usize {
    address
        .find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
        .unwrap_or(address.len())
}

/// The address of a remote: the first that it has. A relative path begins at `base`.
fn address(settings: &[Setting], remote: &str, base: &Path) -> Result<String, Refused> {
    let url = settings
        .iter()
        .find(|it| it.key() == ("remote", "url") && it.subsection == remote && !it.value.is_empty())
        .map(|setting| setting.value.clone())
        .ok_or_else(|| Refused(format!("the remote {remote} has no address")))?;
    if is_strange(url.trim()) || url.contains(['\n', '\0']) {
        return Err(Refused(format!(
            "the repository's own settings give the remote {remote} an address that git would \
             run a program for, so nothing is fetched"
        )));
    }
    // A colon before the first slash is that of a URL or of `host:path`.
    let is_path = !url.split('/').next().is_some_and(|first| first.contains(':'));
    Ok(if is_path { base.join(&url).to_string_lossy().into_owned() } else { url })
}

/// The remote to fetch from: `origin`, else the only one.
fn remote(settings: &[Setting]) -> Result<String, Refused> {
    let mut names: Vec<&str> = settings
        .iter()
        .filter(|setting| setting.section == "remote" && setting.name == "url")
        .map(|setting| setting.subsection.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    let name = match names.as_slice() {
        [] => return Err(Refused("the repository has no remote to fetch from".to_owned())),
        [only] => *only,
        _ if names.contains(&"origin") => "origin",
        _ => {
            return Err(Refused(
                "the repository has several remotes, none of them called origin".to_owned(),
            ));
        }
    };
    if is_plain(name) {
        Ok(name.to_owned())
    } else {
        Err(Refused("the remote has an unusual name".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: &str = "https://gitlab.example.com";

    /// Chooses among settings of a clone whose remote is on the server.
    fn chosen(pairs: &[(&str, &str)], server: Option<&str>) -> CloneSettings {
        let url = ("remote.origin.url", "https://gitlab.example.com/g/p.git");
        let pair = |(key, value): &(&str, &str)| format!("local\0{key}\n{value}\0");
        let listed = pair(&url) + &pairs.iter().map(pair).collect::<String>();
        choose(&listed, Path::new("/clone"), server).unwrap()
    }

    #[test]
    fn settings_that_run_or_redirect_something_are_left_out() {
        for (key, value) in [
            ("core.sshcommand", "touch x"),
            ("core.gitproxy", "x"),
            ("core.askpass", "x"),
            ("core.alternaterefscommand", "x"),
            ("credential.helper", "store"),
            ("credential.helper", RUNNER_HELPERS[0]),
            ("credential.https://gitlab.example.com.helper", "!touch x"),
            ("remote.origin.uploadpack", "x"),
            ("remote.origin.vcs", "x"),
            ("remote.origin.proxy", "http://x"),
            ("http.proxy", "http://x"),
            ("http.cookiefile", "/x"),
            ("http.savecookies", "true"),
            ("http.sslverify", "false"),
            ("http.curloptresolve", "x:80:127.0.0.1"),
            ("http.extraheader", "Authorization: x"),
            ("http.https://gitlab.example.com.proxy", "http://x"),
            ("http.https://me@gitlab.example.com/g.cookiefile", "/x"),
            ("url.https://other/.insteadof", "https://gitlab.example.com/"),
            ("protocol.ext.allow", "always"),
            ("hook.x.command", "x"),
            ("fetch.bundleuri", "https://example.com"),
        ] {
            let settings = chosen(&[(key, value)], Some(SERVER));
            assert_eq!(settings.kept.settings, [[""; 4]; 0], "{key}");
            assert_eq!(settings.left_out.len(), 1, "{key}");
        }
    }

    #[test]
    fn settings_that_runners_write_count_for_the_server_of_the_job() {
        for (key, value) in [
            ("credential.https://gitlab.example.com.helper", RUNNER_HELPERS[0]),
            ("credential.https://gitlab.example.com.helper", RUNNER_HELPERS[1]),
            ("credential.https://gitlab.example.com.username", "gitlab-ci-token"),
            ("http.https://gitlab.example.com/.extraheader", "AUTHORIZATION: basic x"),
            ("http.https://GITLAB.example.com:443/.sslcainfo", "/builds/CI_SERVER_TLS_CA_FILE"),
        ] {
            assert_eq!(chosen(&[(key, value)], Some(SERVER)).kept.settings.len(), 1, "{key}");
            for other in [
                None,
                Some("http://gitlab.example.com"),
                Some("https://gitlab.example.com:444"),
                Some("https://gitlab.example.com/sub"),
                Some("https://gitlab.example.com.evil.test"),
                Some("https://me@gitlab.example.com"),
            ] {
                assert_eq!(chosen(&[(key, value)], other).kept.settings.len(), 0, "{other:?}");
            }
        }
        let irrelevant = [("filter.lfs.process", "git-lfs"), ("credential.interactive", "never")];
        assert_eq!(chosen(&irrelevant, Some(SERVER)).left_out, [""; 0]);
    }

    #[test]
    fn settings_of_others_are_theirs() {
        assert!(
            settings("global\0core.sshcommand\nx\0system\0core.askpass\nx\0command\0a.b\nx\0")
                .is_empty()
        );
        let own = settings("worktree\0core.sshcommand\nx\0local\0a.b\0");
        assert_eq!((own.len(), own[1].value.as_str()), (2, "true"));
    }

    #[test]
    fn addresses() {
        let of = |url: &str| {
            let listed = format!("local\0remote.a.url\n{url}\0");
            choose(&listed, Path::new("/clone"), None).map(|chosen| chosen.kept.url)
        };
        for url in ["https://u:p@h/p.git", "git@h:g/p.git", "file:///x", "/x/y::z"] {
            assert_eq!(of(url).unwrap(), url);
        }
        assert_eq!(of("../p::q").unwrap(), "/clone/../p::q");
        for strange in ["ext::sh -c x", "foo://x", " ext::x", "x\nz"] {
            assert!(of(strange).is_err(), "{strange}");
        }
    }

    #[test]
    fn no_address_in_a_name() {
        let shown = |key: &str| settings(&format!("local\0{key}\nx\0"))[0].shown();
        assert_eq!(shown("credential.https://me:pass@host.helper"), "credential.*.helper");
        assert_eq!(shown("remote.origin.uploadpack"), "remote.origin.uploadpack");
        assert_eq!(shown("core.sshcommand"), "core.sshcommand");
    }
}
