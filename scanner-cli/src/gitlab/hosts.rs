//! Hosts that stand near a token in the text where it was found.

use core::ops::Range;

use super::instance::Instance;

/// How much text before and behind a token is looked at, in bytes.
const REACH: usize = 2048;
/// How many lines above and below its own count as near.
const LINES_BESIDE: usize = 3;
/// The most hosts that are reported.
const MOST: usize = 8;

/// Hosts near a token, in the order of the text, each once.
///
/// On the token's own lines each host in a URL counts; on three lines above and below only those
/// that are named like a GitLab.
#[must_use]
pub fn hosts_near(text: &[u8], token: Range<usize>) -> Vec<String> {
    let left = token.start.saturating_sub(REACH);
    let right = text.len().min(token.end.saturating_add(REACH));
    let own = line_start(text, left, token.start)..line_end(text, right, token.end);
    let mut hosts = Vec::new();
    let mut add = |host: String| {
        if hosts.len() < MOST && !hosts.contains(&host) {
            hosts.push(host);
        }
    };
    let above = lines_above(text, left, own.start);
    let below = lines_below(text, right, own.end);
    hosts_in(&text[above..own.start])
        .into_iter()
        .filter(|host| is_gitlabs(host))
        .for_each(&mut add);
    hosts_in(&text[own.clone()]).into_iter().for_each(&mut add);
    hosts_in(&text[own.end..below]).into_iter().filter(|host| is_gitlabs(host)).for_each(add);
    hosts
}

/// The hosts near a token that are another instance's; none where its own stands near, too.
#[must_use]
pub fn other_hosts(hosts: Vec<String>, instance: &Instance) -> Vec<String> {
    if hosts.iter().any(|host| instance.owns_host(host)) { Vec::new() } else { hosts }
}

fn is_gitlabs(host: &str) -> bool {
    host.contains("gitlab")
}

fn line_start(text: &[u8], left: usize, at: usize) -> usize {
    text[left..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(left, |newline| left + newline + 1)
}

fn line_end(text: &[u8], right: usize, at: usize) -> usize {
    text[at..right].iter().position(|byte| *byte == b'\n').map_or(right, |newline| at + newline)
}

fn lines_above(text: &[u8], left: usize, start: usize) -> usize {
    let mut at = start;
    for _ in 0..LINES_BESIDE {
        if at > left {
            at = line_start(text, left, at - 1);
        }
    }
    at
}

fn lines_below(text: &[u8], right: usize, end: usize) -> usize {
    let mut at = end;
    for _ in 0..LINES_BESIDE {
        if at < right {
            at = line_end(text, right, at + 1);
        }
    }
    at
}

/// The hosts of all URLs in a text, in lower case, without users and ports.
fn hosts_in(text: &[u8]) -> Vec<String> {
    const SCHEME_END: &[u8] = b"://";
    let mut hosts = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].windows(3).position(|window| window == SCHEME_END) {
        at += found + SCHEME_END.len();
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/?#\"'`<>\\,;)}|".contains(byte);
        let len = text[at..].iter().position(is_end).unwrap_or(text.len() - at);
        let authority = &text[at..at + len];
        let start = authority.iter().rposition(|byte| *byte == b'@').map_or(0, |sign| sign + 1);
        hosts.extend(host(&authority[start..]));
    }
    hosts
}

fn host(authority: &[u8]) -> Option<String> {
    const LONGEST: usize = 253;
    let text = std::str::from_utf8(authority).ok()?;
    let host = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None => text.split(':').next()?,
    };
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    let host = host.trim_end_matches('.');
    (!host.is_empty() && host.len() <= LONGEST && host.bytes().all(is_host))
        .then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(text: &str) -> Vec<String> {
        let start = text.find("TOK").unwrap();
        hosts_near(text.as_bytes(), start..start + 3)
    }

    #[test]
    fn hosts_of_the_line_and_gitlabs_beside_it() {
        let rows: &[(&str, &[&str])] = &[
            ("git clone https://oauth2:TOK@Git.Example.com/a/b", &["git.example.com"]),
            ("curl -H 'PRIVATE-TOKEN: TOK' \"https://a.example:8443/api\"", &["a.example"]),
            ("url = https://gitlab.other.example/\ntoken = TOK\n", &["gitlab.other.example"]),
            ("see https://docs.example.com/\ntoken = TOK\n", &[]),
            ("https://gitlab.far.example\n\n\n\n\nTOK", &[]),
            ("TOK\nhttp://[::1]:80/\nhttps://my-gitlab.example", &["my-gitlab.example"]),
            ("http://[2001:db8::7]:80/ TOK", &["2001:db8::7"]),
            ("https://${HOST}/ TOK https:// TOK", &[]),
            (
                "TOK https://a.example https://a.example/ https://b.example.",
                &["a.example", "b.example"],
            ),
            ("TOK", &[]),
        ];
        for (text, hosts) in rows {
            assert_eq!(near(text), *hosts, "{text}");
        }
    }

    #[test]
    fn far_text_and_many_hosts_are_bounded() {
        let far = format!("https://gitlab.far.example {} TOK", "x".repeat(REACH));
        assert_eq!(near(&far), [""; 0]);
        let many: String = (0..50).map(|at| format!("https://h{at}.example ")).collect();
        assert_eq!(near(&(many + "TOK")).len(), MOST);
    }

    #[test]
    fn the_own_host_outweighs_others() {
        let own = Instance::parse("https://gitlab.example.com").unwrap();
        let list = |hosts: &[&str]| hosts.iter().map(|host| (*host).to_owned()).collect();
        assert_eq!(other_hosts(list(&["evil.example"]), &own), ["evil.example"]);
        assert_eq!(other_hosts(list(&["x.example", "registry.gitlab.example.com"]), &own), [""; 0]);
        assert_eq!(other_hosts(Vec::new(), &own), [""; 0]);
    }
}
