//! Ids that stand in a secret in the clear or in base64, and times.

use super::fields::{decoded, number, shown_bytes, timestamp};
use crate::proof::claim::Claim;
use crate::verdict::Facts;

/// Slack: the app of an app-level token (<https://docs.slack.dev/authentication/tokens>), the
/// workspace of a webhook (`https://hooks.slack.com/services/T.../B.../...`:
/// <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>).
pub(super) fn slack(claim: &Claim<'_>) -> Facts {
    let text = claim.text();
    let app = text.strip_prefix(b"xapp-").and_then(|rest| rest.split(|byte| *byte == b'-').nth(1));
    let app = app.filter(|id| id.starts_with(b"A")).and_then(shown_bytes).map(|id| ("app", id));
    let team = text
        .split(|byte| *byte == b'/')
        .next()
        .filter(|id| id.len() < text.len() && id.starts_with(b"T"));
    app.into_iter().chain(team.and_then(shown_bytes).map(|id| ("team", id))).collect()
}

/// Discord: the first part of a bot's token is the id of its user in base64
/// (<https://discord.com/developers/docs/reference#authentication> shows one).
pub(super) fn discord(claim: &Claim<'_>) -> Facts {
    let first = claim.text().split(|byte| *byte == b'.').next().unwrap_or_default();
    let user = decoded(first).filter(|id| (17..=20).contains(&id.len())).and_then(|id| number(&id));
    user.map(|id| ("user", id)).into_iter().collect()
}

/// Telegram: the id of the bot stands before the colon
/// (<https://core.telegram.org/bots/api#authorizing-your-bot>).
pub(super) fn telegram(claim: &Claim<'_>) -> Facts {
    let id = claim.text().split(|byte| matches!(byte, b':' | b'%')).next().unwrap_or_default();
    number(id).map(|id| ("bot", id)).into_iter().collect()
}

/// JFrog: a reference token is base64 of `reftkn:01:<expiry>:...`; an expiry of zero means that it
/// does not expire.
pub(super) fn jfrog(claim: &Claim<'_>) -> Facts {
    let text = decoded(claim.text()).unwrap_or_default();
    let expiry = text
        .split(|byte| *byte == b':')
        .nth(2)
        .and_then(number)
        .and_then(|digits| digits.parse().ok());
    expiry
        .filter(|seconds| *seconds > 0)
        .and_then(timestamp)
        .map(|time| ("expires_at", time))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    fn told(facts: fn(&Claim<'_>) -> Facts, text: &str) -> Vec<(&'static str, String)> {
        let claim = Claim {
            haystack: text.as_bytes(),
            secret: Span::new(0, text.len()),
            prefix_len: 0,
            custom_prefix: None,
        };
        facts(&claim).iter().map(|(name, value)| (name, value.to_owned())).collect()
    }

    #[test]
    fn slacks() {
        assert_eq!(told(slack, "xapp-1-A0123456789-987-0"), [("app", "A0123456789".to_owned())]);
        assert_eq!(told(slack, "T01234567/B01234567/abc"), [("team", "T01234567".to_owned())]);
        for other in ["xapp-", "xoxb-1-2-3", "T01234567", "01234567/abc", ""] {
            assert_eq!(told(slack, other), [], "{other}");
        }
    }

    #[test]
    fn others() {
        assert_eq!(told(telegram, "123456789:AAE"), [("bot", "123456789".to_owned())]);
        assert_eq!(told(telegram, "123456789%3AAAE"), [("bot", "123456789".to_owned())]);
        assert_eq!(told(telegram, ":"), []);
        // The example of Discord's documentation.
        assert_eq!(
            told(discord, "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ"),
            [("user", "198622483471925248".to_owned())]
        );
        assert_eq!(told(discord, "MTk4.Cl2FMQ"), []);
        let jfrogs =
            |expiry: &str| told(jfrog, &STANDARD.encode(format!("reftkn:01:{expiry}:abc")));
        assert_eq!(jfrogs("1760000000"), [("expires_at", "2025-10-09T08:53:20Z".to_owned())]);
        for other in ["0000000000", "abc", ""] {
            assert_eq!(jfrogs(other), [], "{other}");
        }
    }
}
