//! The one HTTP client.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{Method, Request, Uri};
use ureq::{Agent, Proxy};
use zeroize::Zeroizing;

use super::answer::Answer;
use super::credential::{Body, Credential};
use super::error::Error;
use super::gate::{self, Gate};
use super::instance::Instance;
use super::{tls, wait};

const USER_AGENT: &str = concat!("tokensieve/", env!("CARGO_PKG_VERSION"));
/// Redirects of one request, all on the same host.
const MOST_REDIRECTS: usize = 5;

/// Limits of a [`Client`].
#[derive(Clone, Debug)]
pub struct Options {
    /// A PEM file with authorities that are trusted beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The longest body that is read, in bytes.
    pub max_body: u64,
    /// How often a GET is sent before its failure counts.
    pub attempts: u32,
    /// The longest wait that a server can ask for.
    pub longest_wait: Duration,
    /// How long name, connection, sending, and each step of an answer may take.
    pub phase_timeout: Duration,
    /// How long a request with all its redirects may take.
    pub total_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ca_file: None,
            max_body: 4 << 20,
            attempts: 4,
            longest_wait: Duration::from_secs(60),
            phase_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_secs(60),
        }
    }
}

/// Talks to one instance.
///
/// At most 4 requests are under way at once. Only GET is sent again after a failure. Redirects to
/// another scheme, host or port are errors. Proxies come from the environment, for `https://` only.
pub struct Client {
    instance: Instance,
    reads: Agent,
    /// Without a pool: a write on a stale connection would fail without saying whether it was done.
    writes: Agent,
    gate: Gate,
    options: Options,
    stop: Arc<AtomicBool>,
}

impl Client {
    /// Prepares TLS; connects to nothing. Once `stop` is true, no further request is sent.
    ///
    /// # Errors
    ///
    /// TLS cannot be used: see [`Error::Setup`].
    pub fn new(instance: Instance, options: Options, stop: Arc<AtomicBool>) -> Result<Self, Error> {
        let is_tls = instance.is_tls();
        let (reads, writes) =
            (agent(is_tls, gate::MOST_AT_ONCE, &options)?, agent(is_tls, 0, &options)?);
        Ok(Self { instance, reads, writes, gate: Gate::default(), options, stop })
    }

    /// The instance that is talked to.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Whether the user has stopped the program.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Gets a path below the instance, again after 429, 502, 503, 504 and failures of the network.
    ///
    /// # Errors
    ///
    /// The last attempt brought no answer.
    pub fn get(&self, path: &str, credential: Option<&Credential<'_>>) -> Result<Answer, Error> {
        let mut attempt = 0;
        loop {
            let result = self.follow(path, credential);
            let Some(time) = self.retry_after(&result, attempt) else { return result };
            if time > self.options.longest_wait {
                return if result.is_ok() { Err(Error::Wait(time)) } else { result };
            }
            gate::sleep(time, &self.stop)?;
            attempt += 1;
        }
    }

    /// Posts once: whatever happens, nothing is sent again, and no redirect is followed.
    ///
    /// # Errors
    ///
    /// There is no answer. Whether the server did its work is not known then.
    pub fn post(
        &self,
        path: &str,
        credential: Option<&Credential<'_>>,
        body: &Body,
    ) -> Result<Answer, Error> {
        let url = self.instance.url(path);
        self.once(&Method::POST, &url, credential, Some(body))
    }

    /// Puts once, as [`post`](Self::post) posts.
    ///
    /// # Errors
    ///
    /// There is no answer. Whether the server did its work is not known then.
    pub fn put(
        &self,
        path: &str,
        credential: Option<&Credential<'_>>,
        body: &Body,
    ) -> Result<Answer, Error> {
        self.once(&Method::PUT, &self.instance.url(path), credential, Some(body))
    }

    /// Deletes once, as [`post`](Self::post) posts.
    ///
    /// # Errors
    ///
    /// There is no answer. Whether the server did its work is not known then.
    pub fn delete(
        &self,
        path: &str,
        credential: Option<&Credential<'_>>,
        body: Option<&Body>,
    ) -> Result<Answer, Error> {
        self.once(&Method::DELETE, &self.instance.url(path), credential, body)
    }

    /// Sleeps, unless the user stops the program.
    pub(super) fn sleep(&self, time: Duration) -> Result<(), Error> {
        gate::sleep(time, &self.stop)
    }

    /// Ends a row of refusals: an answer with a status of refusal proved that a token lives.
    pub(super) fn accepted(&self) {
        self.gate.accepted();
    }

    /// The wait before a GET is sent again; none where its result counts.
    fn retry_after(&self, result: &Result<Answer, Error>, attempt: u32) -> Option<Duration> {
        if attempt + 1 >= self.options.attempts {
            return None;
        }
        match result {
            Ok(answer) if matches!(answer.status, 429 | 502 | 503 | 504) => {
                let asked = wait::asked(&answer.headers);
                Some(asked.unwrap_or_default().max(wait::backoff(attempt)))
            }
            Err(Error::Network(_) | Error::Unreached(_) | Error::Timeout(_)) => {
                Some(wait::backoff(attempt))
            }
            _ => None,
        }
    }

    fn follow(&self, path: &str, credential: Option<&Credential<'_>>) -> Result<Answer, Error> {
        let mut url = self.instance.url(path);
        for _ in 0..=MOST_REDIRECTS {
            let answer = self.once(&Method::GET, &url, credential, None)?;
            match self.redirect(&answer)? {
                Some(next) => url = next,
                None => return Ok(answer),
            }
        }
        Err(Error::RedirectLoop)
    }

    /// Where an answer leads: only to another path of this instance's API.
    fn redirect(&self, answer: &Answer) -> Result<Option<String>, Error> {
        if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let Some(location) = answer.header("location") else { return Ok(None) };
        let api = format!("{}/api/v4/", self.instance.base());
        // `//host/path` has a host of its own.
        if location.starts_with('/') && !location.starts_with("//") {
            let origin = self.instance.url("");
            let origin = origin.strip_suffix(self.instance.base()).unwrap_or(&origin);
            return Ok(location.starts_with(&api).then(|| format!("{origin}{location}")));
        }
        let Ok(uri) = location.parse::<Uri>() else { return Ok(None) };
        if uri.host().is_none() && !location.starts_with("//") {
            return Ok(None);
        }
        if !self.instance.has_origin_of(&uri) {
            let scheme = uri.scheme_str().unwrap_or("https");
            let host = uri.authority().map_or("another host", |authority| authority.as_str());
            return Err(Error::ForeignRedirect(format!("{scheme}://{host}")));
        }
        Ok(uri.path().starts_with(&api).then(|| location.to_owned()))
    }

    fn once(
        &self,
        method: &Method,
        url: &str,
        credential: Option<&Credential<'_>>,
        body: Option<&Body>,
    ) -> Result<Answer, Error> {
        let mut request = Request::builder().method(method.clone()).uri(url);
        request = request.header("accept", "application/json");
        if let Some(credential) = credential {
            let (name, value) = credential.header()?;
            request = request.header(name, value);
        }
        if let Some(body) = body {
            request = request.header("content-type", body.content_type);
        }
        let unreadable = |error: ureq::http::Error| Error::Network(error.to_string());
        let permit = self.gate.enter(&self.stop)?;
        let agent = if method == Method::GET { &self.reads } else { &self.writes };
        let result = match body {
            None => agent.run(request.body(()).map_err(unreadable)?),
            Some(body) => {
                // A DELETE has a body where a token is named by its value.
                let request = request.body(&body.bytes[..]).map_err(unreadable)?;
                agent.run(agent.configure_request(request).allow_non_standard_methods(true).build())
            }
        };
        let answer = result.map_err(error_of).and_then(|response| self.read(response));
        self.note(answer.as_ref().ok());
        drop(permit);
        answer
    }

    fn read(&self, response: ureq::http::Response<ureq::Body>) -> Result<Answer, Error> {
        let (head, mut body) = response.into_parts();
        let body = body.with_config().limit(self.options.max_body).read_to_vec();
        let body = Zeroizing::new(body.map_err(error_of)?);
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
    }

    /// Counts refusals in a row, and keeps to the limit that the server tells.
    fn note(&self, answer: Option<&Answer>) {
        let Some(answer) = answer else { return };
        match answer.status {
            401 | 403 | 429 => self.gate.refused(),
            200..300 | 400 | 404 | 422 => self.gate.accepted(),
            _ => {}
        }
        if let Some(time) = wait::asked(&answer.headers) {
            self.gate.pause(time.min(self.options.longest_wait));
        }
    }
}

/// Makes an agent that follows no redirect and keeps a number of connections open.
///
/// # Errors
///
/// TLS cannot be used: see [`Error::Setup`].
pub(super) fn agent(is_tls: bool, idle: usize, options: &Options) -> Result<Agent, Error> {
    let phase = Some(options.phase_timeout);
    let builder = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(USER_AGENT)
        .max_idle_connections_per_host(idle)
        .max_response_header_size(64 << 10)
        .timeout_global(Some(options.total_timeout))
        .timeout_resolve(phase)
        .timeout_connect(phase)
        .timeout_send_request(phase)
        .timeout_send_body(phase)
        .timeout_recv_response(phase)
        .timeout_recv_body(phase);
    let config: Config = if is_tls {
        let tls = tls::config(options.ca_file.as_deref())?;
        builder.https_only(true).proxy(Proxy::try_from_env()).tls_config(tls).build()
    } else {
        // Over a proxy, what is meant for this machine would leave it in clear.
        builder.proxy(None).build()
    };
    Ok(config.new_agent())
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("instance", &self.instance).finish_non_exhaustive()
    }
}

/// The errors of ureq, in our terms. None of them holds a header or a body.
pub(super) fn error_of(error: ureq::Error) -> Error {
    match error {
        ureq::Error::BodyExceedsLimit(limit) => Error::TooLarge(limit),
        ureq::Error::Timeout(phase @ (ureq::Timeout::Resolve | ureq::Timeout::Connect)) => {
            Error::Unreached(format!("timeout ({phase})"))
        }
        ureq::Error::Timeout(phase) => Error::Timeout(phase.to_string()),
        ureq::Error::HostNotFound => Error::Unreached("no such host".into()),
        ureq::Error::ConnectionFailed => Error::Unreached("connection failed".into()),
        ureq::Error::Tls(why) => Error::Tls(why.into()),
        ureq::Error::Rustls(why) => Error::Tls(why.to_string()),
        ureq::Error::Io(error) => {
            let is_tls = error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>());
            let is_late = error.kind() == std::io::ErrorKind::TimedOut;
            let is_unreached = error.kind() == std::io::ErrorKind::ConnectionRefused;
            match error.to_string() {
                why if is_tls => Error::Tls(why),
                why if is_unreached => Error::Unreached(why),
                why if is_late => Error::Timeout(why),
                why => Error::Network(why),
            }
        }
        other => Error::Network(other.to_string()),
    }
}

#[cfg(test)]
mod tests;
