//! JSON Web Tokens, and GitLab's tokens that are such behind a prefix: job tokens and stateless
//! access tokens.
//!
//! The signature cannot be checked offline, but header and claims can be read. Sources:
//! `lib/ci/job_token/jwt.rb`, `lib/authn/tokens/jwt.rb` and
//! `lib/authn/tokens/stateless_access_token.rb` in GitLab's repository; RFC 7519.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::base36;
use super::fields::{BASE64, host, shown, timestamp};
use super::routable::fact_name;
use crate::proof::claim::{Claim, Evidence};
use crate::verdict::{Confidence, Facts, Reason};

/// Examines three parts behind a prefix.
pub(super) fn examine(claim: &Claim<'_>) -> Evidence {
    let mut parts = claim.body().split(|byte| *byte == b'.');
    let header = parts.next().and_then(object);
    let claims = parts.next().and_then(object);
    let (Some(header), Some(claims)) = (header, claims) else {
        return claim.refuted(Reason::WrongStructure);
    };
    if !header.get("alg").is_some_and(Value::is_string) {
        return claim.refuted(Reason::WrongStructure);
    }
    let is_gitlabs = subject(&claims).is_some();
    claim.with(if is_gitlabs { Confidence::Proved } else { Confidence::Likely }, facts(&claims))
}

/// Examines GitHub's stateless installation tokens: the id of an app, `_`, and a JWT.
///
/// The claims of the JWT are not documented, so its header decides, and facts come from those
/// claims that are there. The id of the app is missing in some.
pub(super) fn examine_of_github(claim: &Claim<'_>) -> Evidence {
    let body = claim.body();
    let digits = body.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let app = (digits > 0 && body.get(digits) == Some(&b'_')).then(|| &body[..digits]);
    let mut parts = body[app.map_or(0, |app| app.len() + 1)..].split(|byte| *byte == b'.');
    let header = parts.next().and_then(object);
    let header = header.as_ref();
    let algorithm = header.and_then(|header| header.get("alg")?.as_str());
    let Some(algorithm) = algorithm.filter(|name| is_name(name)) else {
        return claim.refuted(Reason::WrongStructure);
    };
    let claims = parts.next().and_then(object);
    let is_whole = app.is_some() && claims.is_some();
    let claims = claims.unwrap_or_default();
    let app = app.map(|app| ("app", String::from_utf8_lossy(app).into_owned()));
    let facts = [("algorithm", algorithm.to_owned())].into_iter().chain(app);
    let facts = facts.chain(issuer(&claims)).chain(expiry(&claims)).collect();
    claim.with(if is_whole { Confidence::Proved } else { Confidence::Likely }, facts)
}

/// The payload that everybody's documentation shows, as its first claims have it.
const EXAMPLE_SUBJECT: &str = "1234567890";
const EXAMPLE_NAME: &str = "John Doe";

/// Examines a token of any issuer, which may be in base64 once more.
pub(super) fn examine_of_any_issuer(claim: &Claim<'_>) -> Evidence {
    let text = claim.text();
    let decoded = BASE64.decode(text.trim_ascii_end()).ok();
    let text = if text.contains(&b'.') { text } else { decoded.as_deref().unwrap_or_default() };
    let mut parts = text.split(|byte| *byte == b'.');
    let header = parts.next().and_then(object);
    let claims = parts.next().and_then(object);
    let (Some(header), Some(claims)) = (header, claims) else {
        return claim.refuted(Reason::WrongStructure);
    };
    let Some(algorithm) = header.get("alg").and_then(Value::as_str).filter(|name| is_name(name))
    else {
        return claim.refuted(Reason::WrongStructure);
    };
    let is = |key, value| claims.get(key).and_then(Value::as_str) == Some(value);
    if is("sub", EXAMPLE_SUBJECT) || is("name", EXAMPLE_NAME) {
        return claim.refuted(Reason::Example);
    }
    let (issuer, expiry) = (issuer(&claims), expiry(&claims));
    let algorithm = [("algorithm", algorithm.to_owned())];
    let facts = algorithm
        .into_iter()
        .chain(issuer)
        .chain(expiry)
        .chain(of_known_issuers(&claims))
        .collect();
    // The structure is one that anybody can make.
    claim.with(Confidence::Likely, facts)
}

/// What service accounts of Kubernetes and projects of Supabase say of themselves.
///
/// Sources: <https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/> for
/// tokens of a pod (`kubernetes.io`) and those in a Secret (`kubernetes.io/serviceaccount/...`);
/// <https://supabase.com/docs/guides/auth/jwt-fields> (`ref`, `role`).
fn of_known_issuers(claims: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let text = |key: &str| claims.get(key).and_then(Value::as_str).and_then(shown);
    let bound = |path| {
        claims.get("kubernetes.io").and_then(|bound| bound.pointer(path)?.as_str()).and_then(shown)
    };
    let is_supabase = text("iss").is_some_and(|issuer| issuer == "supabase");
    let of_supabase = |key| text(key).filter(|_| is_supabase);
    [
        (
            "namespace",
            bound("/namespace").or_else(|| text("kubernetes.io/serviceaccount/namespace")),
        ),
        (
            "service_account",
            bound("/serviceaccount/name")
                .or_else(|| text("kubernetes.io/serviceaccount/service-account.name")),
        ),
        ("project", of_supabase("ref")),
        ("role", of_supabase("role")),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// Names of algorithms such as `RS256`, and nothing that a report should not show.
fn is_name(name: &str) -> bool {
    const LONGEST: usize = 20;
    !name.is_empty()
        && name.len() <= LONGEST
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn object(part: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// The fact and the id in `gid://gitlab/Ci::Build/123` or `gid://gitlab/User/123`.
fn subject(claims: &Map<String, Value>) -> Option<(&'static str, String)> {
    let id = |prefix| {
        let id = claims.get("sub")?.as_str()?.strip_prefix(prefix)?;
        (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).then(|| id.to_owned())
    };
    id("gid://gitlab/Ci::Build/")
        .map(|id| ("job", id))
        .or_else(|| id("gid://gitlab/User/").map(|id| ("user", id)))
}

/// The host of the issuer, where the claim is a URL or a host.
fn issuer(claims: &Map<String, Value>) -> Option<(&'static str, String)> {
    Some(("issuer", host(claims.get("iss")?.as_str()?)?))
}

/// When the token ends.
fn expiry(claims: &Map<String, Value>) -> Option<(&'static str, String)> {
    Some(("expires_at", timestamp(claims.get("exp")?.as_i64()?)?))
}

fn facts(claims: &Map<String, Value>) -> Facts {
    let routing = claims.iter().filter_map(|(key, value)| {
        let [key] = key.as_bytes() else { return None };
        Some((fact_name(*key)?, base36::decode(value.as_str()?.as_bytes())?.to_string()))
    });
    let (issuer, expiry) = (issuer(claims), expiry(claims));
    let mut facts: Vec<_> = routing.chain(issuer).chain(expiry).collect();
    if let Some((name, id)) = subject(claims)
        && !facts.iter().any(|(known, _)| *known == name)
    {
        facts.push((name, id));
    }
    facts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::{ProofResult, examine as examine_any};
    use crate::rules::rule::Proof;
    use crate::text::span::Span;

    fn evidence(header: &str, claims: &str) -> Evidence {
        let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let token = format!("glcbt-{}.{}.{}", encode(header), encode(claims), "c2ln".repeat(80));
        let claim = Claim {
            haystack: token.as_bytes(),
            secret: Span::new(0, token.len()),
            prefix_len: 6,
            custom_prefix: None,
        };
        match examine_any(Proof::GitlabJwt, &claim) {
            ProofResult::Verdict(evidence) => evidence,
            _ => panic!("a JWT is always decided"),
        }
    }

    #[test]
    fn job_tokens_tell_their_job() {
        let found = evidence(
            r#"{"alg":"RS256","typ":"JWT"}"#,
            r#"{"iss":"https://gitlab.example.com","sub":"gid://gitlab/Ci::Build/4711",
                "exp":1760000000,"p":"2s","o":"1"}"#,
        );
        assert_eq!(found.confidence, Confidence::Proved);
        let facts: Vec<_> = found.facts.iter().collect();
        assert_eq!(
            facts,
            [
                ("expires_at", "2025-10-09T08:53:20Z"),
                ("issuer", "gitlab.example.com"),
                ("job", "4711"),
                ("organization", "1"),
                ("project", "100"),
            ]
        );
    }

    #[test]
    fn tokens_of_any_issuer() {
        let token = |header: &str, claims: &str| {
            let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
            format!("{}.{}.{}", encode(header), encode(claims), "c2ln".repeat(11))
        };
        let examined = |text: &str| {
            examine_of_any_issuer(&Claim {
                haystack: text.as_bytes(),
                secret: Span::new(0, text.len()),
                prefix_len: 0,
                custom_prefix: None,
            })
        };
        let real =
            token(r#"{"alg":"HS256"}"#, r#"{"iss":"https://id.example.com/a","exp":1760000000}"#);
        for text in [real.clone(), BASE64.encode(real)] {
            let found = examined(&text);
            assert_eq!(found.confidence, Confidence::Likely, "{text}");
            let facts: Vec<_> = found.facts.iter().collect();
            assert_eq!(
                facts,
                [
                    ("algorithm", "HS256"),
                    ("expires_at", "2025-10-09T08:53:20Z"),
                    ("issuer", "id.example.com")
                ]
            );
        }
        assert_eq!(examined(&token("{}", "{}")).reason, Some(Reason::WrongStructure));
        assert_eq!(examined(&token(r#"{"alg":"<b>"}"#, "{}")).reason, Some(Reason::WrongStructure));
        let known = token(r#"{"alg":"HS256"}"#, r#"{"sub":"1234567890","name":"John Doe"}"#);
        assert_eq!(examined(&known).reason, Some(Reason::Example));
    }

    #[test]
    fn claims_of_known_issuers() {
        let told = |claims: &str| of_known_issuers(&serde_json::from_str(claims).unwrap());
        let expected = [("namespace", "ci".to_owned()), ("service_account", "deployer".to_owned())];
        let bound = r#"{"iss":"https://k8s","kubernetes.io":{"namespace":"ci",
            "serviceaccount":{"name":"deployer","uid":"0"}}}"#;
        assert_eq!(told(bound), expected);
        let legacy = r#"{"kubernetes.io/serviceaccount/namespace":"ci",
            "kubernetes.io/serviceaccount/service-account.name":"deployer"}"#;
        assert_eq!(told(legacy), expected);
        let supabase = r#"{"iss":"supabase","ref":"abcd","role":"service_role"}"#;
        assert_eq!(
            told(supabase),
            [("project", "abcd".to_owned()), ("role", "service_role".to_owned())]
        );
        assert_eq!(told(&supabase.replace("supabase", "other")), []);
        assert_eq!(told(r#"{"kubernetes.io":1,"iss":"supabase","ref":2,"role":"a\nb"}"#), []);
    }

    #[test]
    fn other_claims_and_no_claims() {
        assert_eq!(
            evidence(r#"{"alg":"RS256"}"#, r#"{"sub":"me"}"#).confidence,
            Confidence::Likely
        );
        assert_eq!(evidence(r#"{"typ":"JWT"}"#, "{}").reason, Some(Reason::WrongStructure));
        assert_eq!(evidence("{}{", "{}").reason, Some(Reason::WrongStructure));
    }
}
