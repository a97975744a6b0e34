//! Tokens that hold a JSON object in base64, which says whom they are for.
//!
//! A body that does not decode is not refuted by that: providers change what they put into their
//! tokens, and a token that was cut short is worth a look.

use serde_json::{Map, Value};

use super::fields::{host, object, shown, timestamp};
use crate::proof::claim::{Claim, ProofResult};
use crate::rules::rule::Proof;
use crate::verdict::{Confidence, Facts};

/// How a value becomes a fact.
#[derive(Clone, Copy)]
enum Read {
    Text,
    Host,
    Time,
}

/// What the object of a kind of token looks like.
struct Form {
    /// The byte behind the object, where something follows.
    ends_at: Option<u8>,
    /// JSON pointers of what is always there.
    needed: &'static [&'static str],
    /// JSON pointers, the facts that they stand for, and how they are read.
    facts: &'static [(&'static str, &'static str, Read)],
}

/// `src/sentry/utils/security/orgauthtoken_token.py` in <https://github.com/getsentry/sentry>.
const SENTRY: Form = Form {
    ends_at: Some(b'_'),
    needed: &["/iat", "/org"],
    facts: &[
        ("/org", "organization", Read::Text),
        ("/url", "host", Read::Host),
        ("/region_url", "region", Read::Host),
        ("/iat", "created_at", Read::Time),
    ],
};

/// `pkg/components/apikeygen` in <https://github.com/grafana/grafana>.
const GRAFANA_API_KEY: Form = Form {
    ends_at: None,
    needed: &["/k", "/n", "/id"],
    facts: &[("/id", "organization", Read::Text), ("/n", "name", Read::Text)],
};

/// Tokens of Grafana Cloud's access policies tell their region in `m`:
/// <https://grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/access-policies/>.
const GRAFANA_CLOUD: Form = Form {
    ends_at: None,
    needed: &["/o", "/n", "/k"],
    facts: &[
        ("/o", "organization", Read::Text),
        ("/n", "name", Read::Text),
        ("/m/r", "region", Read::Text),
    ],
};

/// <https://developer.1password.com/docs/service-accounts/security/>: what a service account signs
/// in with.
const ONE_PASSWORD: Form = Form {
    ends_at: None,
    needed: &["/signInAddress", "/secretKey"],
    facts: &[("/signInAddress", "host", Read::Host)],
};

/// <https://docs.mapbox.com/help/dive-deeper/access-tokens/>: the payload names the user.
const MAPBOX: Form =
    Form { ends_at: Some(b'.'), needed: &["/u", "/a"], facts: &[("/u", "user", Read::Text)] };

/// `TunnelToken` in `connection/connection.go` of <https://github.com/cloudflare/cloudflared>.
const CLOUDFLARE_TUNNEL: Form = Form {
    ends_at: None,
    needed: &["/a", "/t", "/s"],
    facts: &[("/a", "account", Read::Text), ("/t", "tunnel", Read::Text)],
};

/// <https://docs.neptune.ai/setup/setting_api_token/>
const NEPTUNE: Form = Form {
    ends_at: None,
    needed: &["/api_address", "/api_key"],
    facts: &[("/api_address", "host", Read::Host)],
};

/// <https://www.tinybird.co/docs/api-reference/token-api>
const TINYBIRD: Form = Form {
    ends_at: Some(b'.'),
    needed: &["/u", "/id"],
    facts: &[("/u", "user", Read::Text), ("/host", "region", Read::Text)],
};

fn form(proof: Proof) -> Option<&'static Form> {
    Some(match proof {
        Proof::SentryToken => &SENTRY,
        Proof::GrafanaApiKey => &GRAFANA_API_KEY,
        Proof::GrafanaCloudToken => &GRAFANA_CLOUD,
        Proof::OnePasswordToken => &ONE_PASSWORD,
        Proof::MapboxToken => &MAPBOX,
        Proof::CloudflareTunnelToken => &CLOUDFLARE_TUNNEL,
        Proof::NeptuneToken => &NEPTUNE,
        Proof::TinybirdToken => &TINYBIRD,
        _ => return None,
    })
}

/// Examines a token: the object begins at the first `eyJ`, which is `{"`.
pub(super) fn examine(proof: Proof, claim: &Claim<'_>) -> ProofResult {
    let Some(form) = form(proof) else { return ProofResult::Inconclusive };
    match read(form, claim.text()) {
        Some(object) => ProofResult::Verdict(claim.with(Confidence::Proved, facts(form, &object))),
        None => ProofResult::Inconclusive,
    }
}

fn read(form: &Form, token: &[u8]) -> Option<Value> {
    let start = token.windows(3).position(|bytes| bytes == b"eyJ")?;
    let encoded = &token[start..];
    let end = encoded.iter().position(|byte| Some(*byte) == form.ends_at).unwrap_or(encoded.len());
    let object: Map<String, Value> = object(&encoded[..end])?;
    let object = Value::Object(object);
    let is_there = |pointer: &&str| object.pointer(pointer).is_some_and(|value| !value.is_null());
    form.needed.iter().all(is_there).then_some(object)
}

fn facts(form: &Form, object: &Value) -> Facts {
    let facts = form.facts.iter().filter_map(|(pointer, name, read)| {
        let value = object.pointer(pointer)?;
        let fact = match read {
            Read::Text if value.is_number() => shown(&value.to_string()),
            Read::Text => shown(value.as_str()?),
            Read::Host => host(value.as_str()?),
            Read::Time => {
                timestamp(value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))?)
            }
        };
        Some((*name, fact?))
    });
    facts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

    const ALL: [Proof; 8] = [
        Proof::SentryToken,
        Proof::GrafanaApiKey,
        Proof::GrafanaCloudToken,
        Proof::OnePasswordToken,
        Proof::MapboxToken,
        Proof::CloudflareTunnelToken,
        Proof::NeptuneToken,
        Proof::TinybirdToken,
    ];

    fn examined(proof: Proof, text: &str) -> ProofResult {
        examine(
            proof,
            &Claim {
                haystack: text.as_bytes(),
                secret: Span::new(0, text.len()),
                prefix_len: 0,
                custom_prefix: None,
            },
        )
    }

    fn facts_of(proof: Proof, text: &str) -> Vec<(&'static str, String)> {
        let ProofResult::Verdict(found) = examined(proof, text) else {
            panic!("{text} is not decided")
        };
        assert_eq!(found.confidence, Confidence::Proved);
        found.facts.iter().map(|(name, value)| (name, value.to_owned())).collect()
    }

    #[test]
    fn what_objects_tell() {
        let encoded = |json: &str| STANDARD.encode(json);
        let fact = |name, value: &str| (name, value.to_owned());
        let sentry = encoded(
            r#"{"iat": 1760000000.25, "url": "https://sentry.io",
                "region_url": "https://us.sentry.io", "org": "acme"}"#,
        );
        assert_eq!(
            facts_of(Proof::SentryToken, &format!("sntrys_{sentry}_c2VjcmV0")),
            [
                fact("created_at", "2025-10-09T08:53:20Z"),
                fact("host", "sentry.io"),
                fact("organization", "acme"),
                fact("region", "us.sentry.io"),
            ]
        );
        assert_eq!(
            facts_of(Proof::GrafanaApiKey, &encoded(r#"{"k":"abc","n":"CI","id":1}"#)),
            [fact("name", "CI"), fact("organization", "1")]
        );
        assert_eq!(
            facts_of(
                Proof::GrafanaCloudToken,
                &encoded(r#"{"o":"7","n":"ci","k":"abc","m":{"r":"eu"}}"#)
            ),
            [fact("name", "ci"), fact("organization", "7"), fact("region", "eu")]
        );
        assert_eq!(
            facts_of(
                Proof::OnePasswordToken,
                &encoded(r#"{"signInAddress":"acme.1password.com","secretKey":"A3"}"#)
            ),
            [fact("host", "acme.1password.com")]
        );
        let mapbox = STANDARD_NO_PAD.encode(r#"{"u":"ada","a":"ck0"}"#);
        assert_eq!(
            facts_of(Proof::MapboxToken, &format!("sk.{mapbox}.c2lnbmF0dXJl")),
            [fact("user", "ada")]
        );
        assert_eq!(
            facts_of(Proof::CloudflareTunnelToken, &encoded(r#"{"a":"0a","t":"1b","s":"c2"}"#)),
            [fact("account", "0a"), fact("tunnel", "1b")]
        );
        assert_eq!(
            facts_of(
                Proof::NeptuneToken,
                &encoded(r#"{"api_address":"https://app.neptune.ai","api_key":"x"}"#)
            ),
            [fact("host", "app.neptune.ai")]
        );
    }

    #[test]
    fn what_does_not_decode_is_left_undecided() {
        for proof in ALL {
            for text in ["", "eyJ", "eyJhIjoxfQ==", "sntrys_eyJhIjoxfQ==_c2VjcmV0", "eyJhIjo\u{e4}"]
            {
                assert!(matches!(examined(proof, text), ProofResult::Inconclusive), "{text}");
            }
        }
    }
}
