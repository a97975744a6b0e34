//! Posts messages to the URL that the user names.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokensieve_core::Secret;
use ureq::Agent;
use ureq::http::{Request, Uri};
use zeroize::Zeroizing;

use super::event::Message;
use crate::gitlab::client::{Client, Options, agent, error_of};
use crate::gitlab::error::Error;
use crate::gitlab::instance::Instance;
use crate::gitlab::wait;

/// How a signing secret of Standard Webhooks begins.
const PREFIX: &str = "whsec_";
/// How many bytes such a secret has.
const KEY_LEN: std::ops::RangeInclusive<usize> = 24..=64;

/// Why a message was not taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Undelivered {
    /// The receiver does not want this message: it is not sent again in this run.
    Refused(String),
    /// The receiver is not there, or not able: nor are others sent.
    Down(String),
}

/// A receiver.
///
/// Each message is sent until an answer with 2xx comes, at most four times, after growing waits,
/// and after those that the receiver asks for, up to a minute. A message whose answer was lost
/// comes again with the same id. No redirect is followed.
pub struct Webhook {
    /// Can hold a secret: it is not shown.
    url: Zeroizing<String>,
    /// Scheme, host and port.
    origin: Instance,
    agent: Agent,
    key: Option<Zeroizing<Vec<u8>>>,
    options: Options,
}

impl Webhook {
    /// Prepares a receiver: `https://`, or `http://` on this machine. With a secret, `whsec_` and
    /// base64, messages are signed. Connects to nothing.
    ///
    /// # Errors
    ///
    /// The URL or the secret has another form, or TLS cannot be used.
    pub fn new(url: &str, secret: Option<&Secret>, options: Options) -> Result<Self, Error> {
        let wrong = |why: &str| Error::Instance(format!("the webhook: {why}"));
        let uri: Uri = url.trim().parse().map_err(|_| wrong("it cannot be read as a URL"))?;
        let scheme = uri.scheme_str().ok_or_else(|| wrong("it has no scheme"))?;
        let authority = uri.authority().ok_or_else(|| wrong("it has no host"))?;
        // The path and the query are the receiver's; a user or a foreign scheme has no place in it.
        let origin = Instance::parse(&format!("{scheme}://{authority}"))?;
        let agent = agent(origin.is_tls(), 0, &options)?;
        let key = secret.map(|secret| {
            signing_key(secret)
                .ok_or_else(|| wrong("its secret is not whsec_ and the base64 of 24 to 64 bytes"))
        });
        let url = Zeroizing::new(url.trim().to_owned());
        Ok(Self { url, origin, agent, key: key.transpose()?, options })
    }

    /// The receiver, without what could be secret.
    #[must_use]
    pub fn origin(&self) -> &Instance {
        &self.origin
    }

    /// Sends a message. The client tells whether the user stopped the program.
    ///
    /// # Errors
    ///
    /// No attempt was answered with 2xx.
    pub fn send(&self, message: &Message, client: &Client) -> Result<(), Undelivered> {
        let mut attempt = 0;
        loop {
            let down = |why: &dyn std::fmt::Display| Undelivered::Down(why.to_string());
            if client.is_stopped() {
                return Err(down(&Error::Stopped));
            }
            let (failure, asked) = match self.once(message, client) {
                Ok((200..300, _)) => return Ok(()),
                Ok((status @ (408 | 425 | 429 | 500..), asked)) => {
                    (down(&format!("it answers {status}")), asked)
                }
                Ok((status, _)) => {
                    return Err(Undelivered::Refused(format!("it answers {status}")));
                }
                Err(error) => (down(&error), None),
            };
            attempt += 1;
            let time = asked.unwrap_or_default().max(wait::backoff(attempt - 1));
            if attempt >= self.options.attempts || time > self.options.longest_wait {
                return Err(failure);
            }
            client.sleep(time).map_err(|stopped| down(&stopped))?;
        }
    }

    /// Sends once. Returns the status, and the wait that the receiver asks for.
    fn once(&self, message: &Message, client: &Client) -> Result<(u16, Option<Duration>), Error> {
        let unreadable = |error: ureq::http::Error| Error::Network(error.to_string());
        let timestamp = wait::unix_now().to_string();
        let (name, value) = &message.event;
        let mut request = Request::post(self.url.as_str())
            .header("content-type", "application/json")
            .header(*name, value)
            .header("x-gitlab-instance", client.instance().to_string())
            .header("idempotency-key", &message.id)
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", &timestamp);
        if let Some(key) = &self.key {
            let signature = signature(key, (&message.id, &timestamp), &message.body);
            request = request.header("webhook-signature", signature);
        }
        let request = request.body(&message.body[..]).map_err(unreadable)?;
        let answer = self.agent.run(request).map_err(error_of)?;
        Ok((answer.status().as_u16(), wait::asked(answer.headers())))
    }
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("origin", &self.origin).finish_non_exhaustive()
    }
}

fn signing_key(secret: &Secret) -> Option<Zeroizing<Vec<u8>>> {
    let text = std::str::from_utf8(secret.expose()).ok()?.strip_prefix(PREFIX)?;
    let key = STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    KEY_LEN.contains(&key.len()).then(|| Zeroizing::new(key))
}

/// The signature of Standard Webhooks: over id, time and body.
fn signature(key: &[u8], (id, timestamp): (&str, &str), body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn signatures_are_those_of_standard_webhooks() {
        let secret = ["whs", "ec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"].concat();
        let key = signing_key(&Secret::new(secret.as_bytes())).unwrap();
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let signed = signature(&key, (id, "1614265330"), br#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn other_secrets_are_refused() {
        for bad in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!", "whsec_c2hvcnQ="]
        {
            assert!(signing_key(&Secret::new(bad.as_bytes())).is_none(), "{bad}");
        }
    }

    #[test]
    fn receivers_are_private() {
        let new = |url: &str| Webhook::new(url, None, Options::default());
        for bad in [
            "http://hooks.example.com/x",
            "http://10.0.0.1/x",
            "ftp://127.0.0.1/x",
            "http://user:pass@127.0.0.1/x",
            "127.0.0.1/x",
            "",
        ] {
            assert!(new(bad).is_err(), "{bad}");
        }
        let hook = new("http://127.0.0.1:7/services/SECRET?key=SECRET").unwrap();
        assert!(!format!("{hook:?} {}", hook.origin()).contains("SECRET"));
    }
}
