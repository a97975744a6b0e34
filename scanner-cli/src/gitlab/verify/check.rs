//! Which call says whether a token lives, and how it is sent.

use jiff::Timestamp;
use serde_json::Value;
use tokensieve_core::Secret;
use zeroize::Zeroizing;

use super::meaning::{self, Administered, Reading, Reply};
use super::record;
use super::settings::Settings;
use super::verdict::State;
use crate::gitlab::answer::Answer;
use crate::gitlab::client::Client;
use crate::gitlab::credential::{Body, Credential, Scheme, percent_encoded};
use crate::gitlab::error::Error;
use crate::gitlab::instance::Instance;
use crate::gitlab::kinds::{Effect, Kind};
use crate::gitlab::ssh_key;
use crate::gitlab::token::Token;

/// How much later than a token's own expiry it counts as expired, in seconds: clocks differ.
const LEEWAY: i64 = 300;
/// A reference that no project has; a trigger starts nothing for it.
const NO_REFERENCE: &str = "tokensieve/no-such-reference-5f2c9d";
/// A scope that no instance has; a client gets no token for it.
const NO_SCOPE: &str = "tokensieve_no_such_scope";
const COOKIE: &[u8] = b"_gitlab_session=";

/// What is going to happen to a token.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Plan {
    /// It is sent: method and path.
    Ask(String),
    /// It is not sent: state and reason.
    Skip(State, String),
}

/// A call with what it needs beside the token.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Check<'a> {
    AccessToken,
    Stateless,
    Session,
    Job,
    Oauth,
    OauthClient(&'a str),
    Runner,
    Registry(&'a str),
    Scim(&'a str),
    FeatureFlags(String),
    Trigger(String),
    /// A fingerprint.
    Key(String),
    Administered,
}

/// What an answer says.
pub(super) struct Outcome {
    pub(super) reading: Reading,
    /// Whether the body is the token's record.
    pub(super) has_record: bool,
    /// Whether not the token was refused, but the credential that asked.
    pub(super) is_callers_fault: bool,
}

impl From<Reading> for Outcome {
    fn from(reading: Reading) -> Self {
        let has_record = reading.state == State::Active;
        Self { reading, has_record, is_callers_fault: false }
    }
}

impl<'a> Check<'a> {
    /// The call that checks a token, or why no call can.
    pub(super) fn choose(
        token: &Token,
        settings: &'a Settings,
        instance: &Instance,
    ) -> Result<Self, Reading> {
        if let Some(host) = other_host(token, instance) {
            return Err(unchecked(format!("other host: {host}")));
        }
        if is_expired_by_itself(token, settings.now) {
            return Err(Reading::new(State::Expired, "it says itself that it has expired"));
        }
        if settings.administrator.is_some() && token.kind().knowledge().is_known_to_admin {
            return Ok(Self::Administered);
        }
        if token.kind().knowledge().effect == Effect::SideEffect && !settings.allows_side_effects {
            return Err(unchecked("needs --allow-side-effects, or --admin"));
        }
        Self::of_kind(token, settings)
    }

    fn of_kind(token: &Token, settings: &'a Settings) -> Result<Self, Reading> {
        let needs = |option: &str| unchecked(format!("needs {option}"));
        let given =
            |value: &'a Option<String>, option| value.as_deref().ok_or_else(|| needs(option));
        let project = || {
            let own = token.facts().get("project").map(str::to_owned);
            own.or_else(|| settings.project.clone())
        };
        Ok(match token.kind() {
            Kind::PersonalAccessToken => Self::AccessToken,
            Kind::OauthAccessToken if is_hex_64(token.secret()) => Self::Oauth,
            // A bearer of 20 characters is an access token from before prefixes.
            Kind::OauthAccessToken => Self::AccessToken,
            Kind::StatelessAccessToken => Self::Stateless,
            Kind::SessionCookie => Self::Session,
            Kind::CiJobToken => Self::Job,
            Kind::RunnerAuthenticationToken => Self::Runner,
            Kind::OauthApplicationSecret => {
                Self::OauthClient(given(&settings.application_id, "--application-id, or --admin")?)
            }
            Kind::DeployToken => {
                Self::Registry(given(&settings.deploy_user, "--deploy-user, or --admin")?)
            }
            Kind::ScimToken => Self::Scim(given(&settings.group, "--group, the group's path")?),
            Kind::FeatureFlagsClientToken => {
                Self::FeatureFlags(project().ok_or_else(|| needs("--project, or --admin"))?)
            }
            Kind::PipelineTriggerToken => {
                Self::Trigger(project().ok_or_else(|| needs("--project, or --admin"))?)
            }
            Kind::PrivateKey => Self::of_key(token, settings)?,
            kind => return Err(uncheckable(kind)),
        })
    }

    fn of_key(token: &Token, settings: &Settings) -> Result<Self, Reading> {
        let fingerprint = ssh_key::fingerprint(token.secret().expose());
        let fingerprint =
            fingerprint.ok_or_else(|| unchecked("this format has no public half to ask about"))?;
        if settings.administrator.is_none() {
            return Err(unchecked("needs --admin"));
        }
        Ok(Self::Key(fingerprint))
    }

    /// Method and path, without anything secret.
    pub(super) fn call(&self) -> String {
        let method = if self.is_get() { "GET" } else { "POST" };
        let path = self.path();
        let path = path.split('?').next().unwrap_or_default();
        format!("{method} {path}")
    }

    /// Whether it is asked with an administrator's credential.
    pub(super) fn is_administrators(&self) -> bool {
        matches!(self, Self::Administered | Self::Key(_))
    }

    fn is_get(&self) -> bool {
        !matches!(self, Self::OauthClient(_) | Self::Runner | Self::Trigger(_) | Self::Administered)
    }

    fn path(&self) -> String {
        match self {
            Self::AccessToken => "/api/v4/personal_access_tokens/self".into(),
            Self::Stateless | Self::Session => "/api/v4/user".into(),
            Self::Job => "/api/v4/job".into(),
            Self::Oauth => "/oauth/token/info".into(),
            Self::OauthClient(_) => "/oauth/token".into(),
            Self::Runner => "/api/v4/runners/verify".into(),
            Self::Registry(_) => "/jwt/auth?service=container_registry".into(),
            Self::Scim(group) => {
                format!("/api/scim/v2/groups/{}/Users?count=1", percent_encoded(group))
            }
            Self::FeatureFlags(project) => {
                format!("/api/v4/feature_flags/unleash/{}", percent_encoded(project))
            }
            Self::Trigger(project) => {
                format!("/api/v4/projects/{}/trigger/pipeline", percent_encoded(project))
            }
            Self::Key(print) => format!("/api/v4/keys?fingerprint={}", percent_encoded(print)),
            Self::Administered => "/api/v4/admin/token".into(),
        }
    }

    /// Sends it, once.
    pub(super) fn send(
        &self,
        token: &Token,
        settings: &Settings,
        client: &Client,
    ) -> Result<Answer, Error> {
        let path = self.path();
        let secret = token.secret();
        let with = |scheme| client.get(&path, Some(&Credential::new(scheme, secret)));
        let administrator = || {
            let own = settings.administrator.as_ref().ok_or(Error::Unsendable)?;
            Ok(Credential::new(Scheme::PrivateToken, own))
        };
        match self {
            Self::AccessToken => with(Scheme::PrivateToken),
            Self::Stateless | Self::Oauth | Self::Scim(_) => with(Scheme::Bearer),
            Self::Job => with(Scheme::JobToken),
            Self::Registry(user) => with(Scheme::Basic(user)),
            Self::FeatureFlags(_) => with(Scheme::UnleashInstance),
            Self::Session => {
                client.get(&path, Some(&Credential::new(Scheme::Cookie, &cookie(secret))))
            }
            Self::Key(_) => client.get(&path, Some(&administrator()?)),
            Self::Administered => {
                let named;
                let value = if token.kind() == Kind::SessionCookie {
                    named = cookie(secret);
                    named.expose()
                } else {
                    secret.expose()
                };
                client.post(&path, Some(&administrator()?), &Body::json(&[("token", value)])?)
            }
            Self::Runner => client.post(&path, None, &Body::json(&[("token", secret.expose())])?),
            Self::Trigger(_) => {
                let fields = [("token", secret.expose()), ("ref", NO_REFERENCE.as_bytes())];
                client.post(&path, None, &Body::form(&fields))
            }
            Self::OauthClient(id) => {
                let fields = [
                    ("grant_type", &b"client_credentials"[..]),
                    ("client_id", id.as_bytes()),
                    ("client_secret", secret.expose()),
                    ("scope", NO_SCOPE.as_bytes()),
                ];
                client.post(&path, None, &Body::form(&fields))
            }
        }
    }

    /// What an answer says; none where the administrator's API does not know the kind.
    pub(super) fn read(
        &self,
        token: &Token,
        answer: &Answer,
        json: Option<&Value>,
        now: i64,
    ) -> Option<Outcome> {
        let reply = Reply { status: answer.status(), json: json.cloned() };
        let reading = match self {
            Self::AccessToken | Self::Stateless | Self::Session => meaning::guarded(&reply),
            Self::Job => meaning::job(&reply),
            Self::Oauth => meaning::oauth(&reply),
            Self::OauthClient(_) => meaning::oauth_client(&reply),
            Self::Runner => meaning::runner(&reply),
            Self::Registry(_) => meaning::registry(&reply),
            Self::Scim(_) => meaning::scim(&reply),
            Self::FeatureFlags(_) => meaning::feature_flags(&reply, answer.body.is_empty()),
            Self::Trigger(_) => meaning::trigger(&reply),
            Self::Key(_) => return Some(of_key(token, &reply, now)),
            Self::Administered => return of_administrator(token, &reply, now),
        };
        if reading.state == State::Active && *self == Self::AccessToken {
            // The record is asked for with the token itself; should it still call itself dead,
            // that counts.
            let (state, reason) = record::life(token.kind(), json?, now);
            return Some(Reading::new(state, reason).into());
        }
        let mut outcome = Outcome::from(if_sure(token, reading));
        // These answers are not about the token: a list of users, a credential for the registry.
        outcome.has_record &= !matches!(
            self,
            Self::Registry(_) | Self::Scim(_) | Self::FeatureFlags(_) | Self::OauthClient(_)
        );
        Some(outcome)
    }
}

/// A kind that is only guessed is not dead because the instance does not know it.
fn if_sure(token: &Token, reading: Reading) -> Reading {
    if reading.state == State::Invalid && !token.is_sure_of_kind() {
        let kind = token.kind().name();
        let why = format!("no {kind} of this instance, but it may be of another kind");
        return Reading::new(State::Unknown, why);
    }
    reading
}

fn of_key(token: &Token, reply: &Reply, now: i64) -> Outcome {
    if let Some(reading) = meaning::keys(reply) {
        let is_callers_fault = matches!(reply.status, 401 | 403);
        return Outcome { reading, has_record: false, is_callers_fault };
    }
    of_record(token, reply, now)
}

fn of_administrator(token: &Token, reply: &Reply, now: i64) -> Option<Outcome> {
    match meaning::administered(reply) {
        Administered::Known => Some(of_record(token, reply, now)),
        Administered::Unsupported => None,
        Administered::Read(reading) => {
            let is_callers_fault = matches!(reply.status, 401 | 403);
            Some(Outcome { reading: if_sure(token, reading), has_record: false, is_callers_fault })
        }
    }
}

fn of_record(token: &Token, reply: &Reply, now: i64) -> Outcome {
    let (state, reason) =
        reply.json.as_ref().map_or((State::Unknown, "the answer has no record"), |record| {
            record::life(token.kind(), record, now)
        });
    Outcome { reading: Reading::new(state, reason), has_record: true, is_callers_fault: false }
}

fn unchecked(reason: impl Into<String>) -> Reading {
    Reading::new(State::Unchecked, reason)
}

/// Why a kind is not checked.
fn uncheckable(kind: Kind) -> Reading {
    let known = kind.knowledge();
    if known.is_known_to_admin {
        return unchecked("needs --admin");
    }
    unchecked(known.check.trim_start_matches("none: ").to_owned())
}

/// Another host that a token names: in its claims, in its prefix, or beside it.
fn other_host(token: &Token, instance: &Instance) -> Option<String> {
    let issuer = token.facts().get("issuer").map(|issuer| {
        let bare = issuer.rsplit_once(':').filter(|(_, port)| port.bytes().all(is_digit));
        bare.map_or(issuer, |(host, _)| host)
    });
    let prefix = token.custom_prefix().filter(|prefix| prefix.contains('.'));
    let named = [issuer, prefix].into_iter().flatten().find(|host| !instance.owns_host(host));
    let near = || (!token.other_hosts().is_empty()).then(|| token.other_hosts().join(", "));
    named.map(str::to_owned).or_else(near)
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

/// Whether a JWT tells an expiry that has passed. Nobody gains by lying here.
fn is_expired_by_itself(token: &Token, now: i64) -> bool {
    let is_jwt = matches!(token.kind(), Kind::CiJobToken | Kind::StatelessAccessToken);
    let expiry = token.facts().get("expires_at").and_then(|time| time.parse::<Timestamp>().ok());
    is_jwt && expiry.is_some_and(|time| time.as_second().saturating_add(LEEWAY) < now)
}

fn is_hex_64(secret: &Secret) -> bool {
    let text = secret.expose();
    text.len() == 64 && text.iter().all(u8::is_ascii_hexdigit)
}

/// The cookie with its name, which some rules leave out.
fn cookie(secret: &Secret) -> Secret {
    if secret.expose().contains(&b'=') {
        return secret.clone();
    }
    let mut named = Zeroizing::new(Vec::with_capacity(COOKIE.len() + secret.expose().len()));
    named.extend_from_slice(COOKIE);
    named.extend_from_slice(secret.expose());
    Secret::new(&named)
}
