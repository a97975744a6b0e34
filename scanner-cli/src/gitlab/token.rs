//! A token that was found: what it is, as far as it says so itself.

use tokensieve_core::internal::Routable;
use tokensieve_core::{Facts, Rule, Secret};

use super::kinds::Kind;

/// Rules that know a token by what stands around it, and know its kind for sure by that.
const SURE_CONTEXTS: &[&str] = &[
    "gitlab_private_token",
    "gitlab_runner_auth_token_unprefixed",
    "gitlab_ci_build_token_unprefixed",
    "gitlab_oauth_access_token",
    "gitlab_oauth_access_token_response",
    "gitlab_oauth_access_token_after_url",
];

/// A token to inspect or to verify.
#[derive(Clone)]
pub struct Token {
    kind: Kind,
    rule_id: String,
    secret: Secret,
    facts: Facts,
    prefix_len: usize,
    custom_prefix_len: usize,
    is_sure_of_kind: bool,
    other_hosts: Vec<String>,
}

impl Token {
    /// What a rule found; none where the rule is not about GitLab.
    #[must_use]
    pub fn new(rule: &Rule, secret: Secret, facts: Facts) -> Option<Self> {
        let kind = Kind::of(rule)?;
        let (custom_prefix_len, prefix_len) = prefix(kind, secret.expose(), rule);
        let is_sure_of_kind = rule.is_self_identifying() || SURE_CONTEXTS.contains(&rule.id());
        Some(Self {
            kind,
            rule_id: rule.id().to_owned(),
            secret,
            facts,
            prefix_len,
            custom_prefix_len,
            is_sure_of_kind,
            other_hosts: Vec::new(),
        })
    }

    /// The token with hosts that stand near it and are not the instance's: it is not sent then.
    #[must_use]
    pub fn with_other_hosts(mut self, hosts: Vec<String>) -> Self {
        self.other_hosts = hosts;
        self
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The id of the rule that found it.
    #[must_use]
    pub fn rule_id(&self) -> &str {
        &self.rule_id
    }

    /// The secret, in clear.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// What the token tells about itself.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Hosts near it that are not the instance's.
    #[must_use]
    pub fn other_hosts(&self) -> &[String] {
        &self.other_hosts
    }

    /// Whether prefix or context leave no doubt about the kind.
    #[must_use]
    pub fn is_sure_of_kind(&self) -> bool {
        self.is_sure_of_kind
    }

    /// The whole public beginning: `acme-glpat-`. Empty where there is none.
    #[must_use]
    pub fn prefix(&self) -> &str {
        std::str::from_utf8(&self.secret.expose()[..self.prefix_len]).unwrap_or_default()
    }

    /// The part of it that an administrator chose, without the hyphen behind it: `acme`, or all
    /// of a prefix that replaces `glpat-`.
    #[must_use]
    pub fn custom_prefix(&self) -> Option<&str> {
        let prefix = self.prefix().get(..self.custom_prefix_len)?;
        (!prefix.is_empty()).then_some(prefix)
    }

    /// The form of its body: `routable v1`, `routable v0`, `jwt`, `path hmac`, `partitioned`,
    /// `typed`, `hex`, `base36`, `random`, or the format of a private key.
    #[must_use]
    pub fn form(&self) -> String {
        let text = self.secret.expose();
        if self.kind == Kind::PrivateKey {
            return self.facts.get("format").unwrap_or("other").to_owned();
        }
        if let Ok(routable) = Routable::check(text) {
            return format!("routable v{}", routable.version());
        }
        form_of_body(self.kind, &text[self.prefix_len..]).to_owned()
    }
}

/// Whether the type of a runner is in its token: `t1_` and 20 characters.
fn is_typed(body: &[u8]) -> bool {
    matches!(body, [b't', b'1'..=b'3', b'_', rest @ ..] if rest.len() == 20)
}

fn form_of_body(kind: Kind, body: &[u8]) -> &'static str {
    let is_hex = |body: &[u8]| !body.is_empty() && body.iter().all(is_lower_hex);
    if body.starts_with(b"eyJ") && body.iter().filter(|byte| **byte == b'.').count() == 2 {
        return "jwt";
    }
    match kind {
        Kind::FeedToken if body.len() > 64 && is_hex(&body[..64]) => "path hmac",
        Kind::CiJobToken if is_partitioned(body) => "partitioned",
        Kind::RunnerAuthenticationToken if is_typed(body) => "typed",
        Kind::IncomingEmailToken => "base36",
        Kind::WebhookSecret | Kind::ExternalStorageToken => "chosen",
        Kind::SessionCookie => "session id",
        _ if is_hex(body) && body.len() >= 30 => "hex",
        _ => "random",
    }
}

fn is_lower_hex(byte: &u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// `64_` and 20 characters.
fn is_partitioned(body: &[u8]) -> bool {
    let Some(end) = body.iter().position(|byte| *byte == b'_') else { return false };
    (1..=8).contains(&end) && body[..end].iter().all(is_lower_hex) && body.len() == end + 21
}

/// The lengths of the custom part of a prefix and of all of it.
fn prefix(kind: Kind, text: &[u8], rule: &Rule) -> (usize, usize) {
    if matches!(kind, Kind::PrivateKey) {
        return (0, 0);
    }
    if kind == Kind::SessionCookie {
        let end = text.iter().position(|byte| *byte == b'=').map_or(0, |equals| equals + 1);
        return (0, end);
    }
    // Behind an instance prefix, the kind's own one begins at a hyphen or at the start.
    let starts = (0..text.len().min(21)).filter(|at| *at == 0 || text[at - 1] == b'-');
    for at in starts {
        let known = kind.knowledge().prefixes;
        let own = known.iter().find(|own| text[at..].starts_with(own.as_bytes()));
        if let Some(own) = own {
            return (at.saturating_sub(1), at + own.len());
        }
    }
    match Routable::check(text) {
        Ok(routable) if rule.proof().is_some() => (routable.prefix_len(), routable.prefix_len()),
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use tokensieve_core::{RuleSet, Scanner};

    use super::*;

    fn token(parts: &[&str]) -> Token {
        let text = parts.concat();
        let scanner = Scanner::builder().gitlab_prefixes(["acme"]).build(&RuleSet::builtin());
        let scanner = scanner.unwrap();
        let found = scanner.find(text.as_bytes());
        assert_eq!(found.len(), 1, "{text}");
        let secret = Secret::new(&text.as_bytes()[found[0].span().range()]);
        Token::new(found[0].rule(), secret, found[0].facts().clone()).unwrap()
    }

    #[test]
    fn prefixes_and_forms() {
        let v1 = "at-AAECAwQFBgcICQoLDA0OD2M6MQpvOjEKdTozZgw.01.1318vxcpo";
        let v0 = "at-bzoxCnU6M2YAAQIDBAUGBwgJCgsMDQ4PEA.0y18yqx1k";
        let hex = "7c1f4e9a02b8d36557e0a9c4413fd28b96ea0b7d";
        let rows: &[(&[&str], &str, Option<&str>, &str)] = &[
            (&["glp", v1], "glpat-", None, "routable v1"),
            (&["glp", v0], "glpat-", None, "routable v0"),
            (&["glp", "at-6K5h83AacUCCGxzdUCuD"], "glpat-", None, "random"),
            (&["acme-gl", "dt-DWjcN63BtdTsc3iCz_kX"], "acme-gldt-", Some("acme"), "random"),
            (&["glr", "t-t1_rEiWWwCSeJJBHSfyfLgy"], "glrt-", None, "typed"),
            (&["glcb", "t-75_NEMk3yzCyzXQ3Zx-8W_e"], "glcbt-", None, "partitioned"),
            (&["glim", "t-qno54ij5gx2tv7goqhwrrhc2"], "glimt-", None, "base36"),
            (&["glpt", "t-", hex], "glptt-", None, "hex"),
            (&["glf", "t-", hex, "5d3e91c80fa7264b", "18d5c30e-42"], "glft-", None, "path hmac"),
            (
                &["_gitlab_", "session=", "7c1f4e9a02b8d365", "57e0a9c4413fd28b"],
                "_gitlab_session=",
                None,
                "session id",
            ),
        ];
        for (parts, prefix, custom, form) in rows {
            let token = token(parts);
            assert_eq!((token.prefix(), token.custom_prefix()), (*prefix, *custom));
            assert_eq!(token.form(), *form, "{prefix}");
            assert!(token.is_sure_of_kind());
        }
    }

    #[test]
    fn context_alone_is_not_always_sure() {
        let sure = token(&["PRIVATE-TOKEN: ", "6K5h83AacUCCGxzdUCuD\n"]);
        assert!(sure.is_sure_of_kind());
        assert_eq!(sure.prefix(), "");
        let guess = token(&["GITLAB_TOKEN=", "6K5h83AacUCCGxzdUCuD\n"]);
        assert_eq!(guess.kind(), Kind::PersonalAccessToken);
        assert!(!guess.is_sure_of_kind());
    }
}
