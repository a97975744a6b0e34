//! What goes wrong on purpose, by name.

use std::str::FromStr;
use std::time::Duration;

use serde_json::json;

use crate::reply::Reply;

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// An answer in place of the work; the number is its row in `INSTEAD`.
    Instead(usize),
    /// The connection ends before the work.
    CutBefore,
    /// A reset before the work.
    ResetBefore,
    /// Nothing is done and nothing is answered for long.
    StallBefore,
    /// The work is done, then the connection ends.
    CutAfter,
    /// The work is done, then the connection is reset.
    ResetAfter,
    /// The work is done, half of the head is sent.
    HalfHeaders,
    /// The work is done, the head and half of the body are sent.
    HalfBody,
    /// As `HalfBody`, but the connection stays open for long.
    StallBody,
    /// The work is done, the answer comes late.
    StallAfter,
    /// The work is done, a proxy answers 502.
    BadGatewayAfter,
    /// The answer is right, one byte at a time.
    Slow,
    /// A body that never ends.
    Endless,
    /// 200 with JSON that is cut off, of the length that was announced.
    BrokenJson,
    /// `link` headers lead to another host.
    LinkForeign,
    /// Lists do not say how many rows there are.
    NoTotals,
    /// A row is added after each page of a token list.
    RowsInserted,
    /// A row is removed after each page of a token list.
    RowsRemoved,
}

/// Names and kinds of the faults that are no answer in place of the work.
const NAMED: &[(&str, FaultKind)] = &[
    ("cut-before", FaultKind::CutBefore),
    ("reset-before", FaultKind::ResetBefore),
    ("stall-before", FaultKind::StallBefore),
    ("cut-after", FaultKind::CutAfter),
    ("reset-after", FaultKind::ResetAfter),
    ("half-headers", FaultKind::HalfHeaders),
    ("half-body", FaultKind::HalfBody),
    ("stall-body", FaultKind::StallBody),
    ("stall-after", FaultKind::StallAfter),
    ("502-after", FaultKind::BadGatewayAfter),
    ("slow", FaultKind::Slow),
    ("endless-body", FaultKind::Endless),
    ("broken-json", FaultKind::BrokenJson),
    ("link-foreign", FaultKind::LinkForeign),
    ("no-totals", FaultKind::NoTotals),
    ("rows-inserted", FaultKind::RowsInserted),
    ("rows-removed", FaultKind::RowsRemoved),
];

/// A name, and the answer in place of the work.
type Instead = (&'static str, fn() -> Reply);

/// Names of answers in place of the work, and the answers.
const INSTEAD: &[Instead] = &[
    ("401", Reply::unauthorized),
    ("401-html", || Reply::html(401, "Sign in")),
    ("403-html", || Reply::html(403, "Forbidden")),
    ("403-plain", || Reply::plain(403, "Forbidden\n")),
    ("403-json", Reply::forbidden),
    ("404-html", || Reply::html(404, "The page could not be found")),
    ("429-plain", || Reply::plain(429, "Retry later\n")),
    ("429-headers", limited),
    ("429-json", || Reply::json(429, &json!({"message": {"error": TOO_OFTEN}}))),
    ("429-html", || Reply::html(429, "Too many requests")),
    ("500-json", || Reply::message(500, "500 Internal Server Error")),
    ("500-html", || Reply::html(500, "Whoops, something went wrong on our end.")),
    ("502-html", || Reply::html(502, "Waiting for GitLab to boot")),
    ("503-html", || Reply::html(503, "Deploy in progress")),
    ("200-html", || Reply::html(200, "Welcome to nginx!")),
    ("200-empty", || Reply { content_type: "application/json", ..Reply::empty(200) }),
    ("redirect-foreign", || redirect("http://203.0.113.7/api/v4/")),
    ("redirect-sign-in", || redirect("/users/sign_in")),
    ("405-offset", || Reply::json(405, &json!({"error": OFFSET}))),
];

const TOO_OFTEN: &str = "This endpoint has been requested too many times. Try again later.";
const OFFSET: &str = "Offset pagination has a maximum allowed offset of 50000 for requests that \
    return objects of type Project. Remaining records can be retrieved using keyset pagination.";

/// The answer of the rack limiter, with all its headers. The wait is one second.
fn limited() -> Reply {
    let reset = jiff::Timestamp::now().as_second() + 1;
    Reply::plain(429, "Retry later\n")
        .with("RateLimit-Limit", "60")
        .with("RateLimit-Name", "throttle_authenticated_api")
        .with("RateLimit-Observed", "61")
        .with("RateLimit-Remaining", "0")
        .with("RateLimit-Reset", &reset.to_string())
        .with("Retry-After", "1")
}

fn redirect(location: &str) -> Reply {
    Reply::html(302, "Redirected").with("Location", location)
}

/// A fault and where it strikes. In text: `NAME`, `NAME*TIMES`, `NAME@PATH`,
/// `NAME@METHOD:PATH`, and `NAME*TIMES@METHOD:PATH`; PATH is a part of the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// Only requests of this method.
    pub method: Option<String>,
    /// Only requests whose path contains this.
    pub path: Option<String>,
    /// How many requests are struck; `None` is all.
    pub times: Option<u32>,
    /// How many requests pass before.
    pub skip: u32,
    /// How long a stall lasts.
    pub stall: Duration,
}

impl Fault {
    /// Makes a fault that strikes every request.
    #[must_use]
    pub fn new(kind: FaultKind) -> Fault {
        let stall = Duration::from_secs(30);
        Fault { kind, method: None, path: None, times: None, skip: 0, stall }
    }

    /// Makes the fault of that name.
    ///
    /// # Panics
    ///
    /// If no fault has this name. Use `parse` for names that come from others.
    #[must_use]
    pub fn named(name: &str) -> Fault {
        match kind(name) {
            Some(kind) => Fault::new(kind),
            None => panic!("no fault {name:?}; there are {}", Fault::names().join(", ")),
        }
    }

    /// Returns the names of all faults.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let instead = INSTEAD.iter().map(|(name, _)| *name);
        instead.chain(NAMED.iter().map(|(name, _)| *name)).collect()
    }

    /// Limits the fault to a method and a part of the path.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Fault {
        self.method = Some(method.to_owned());
        self.path = Some(path.to_owned());
        self
    }

    /// Limits how many requests are struck.
    #[must_use]
    pub fn times(mut self, times: u32) -> Fault {
        self.times = Some(times);
        self
    }

    /// Lets requests pass before the first is struck.
    #[must_use]
    pub fn after(mut self, skip: u32) -> Fault {
        self.skip = skip;
        self
    }

    /// Sets how long a stall lasts.
    #[must_use]
    pub fn stall(mut self, stall: Duration) -> Fault {
        self.stall = stall;
        self
    }

    /// Tells whether a request is struck, and counts.
    pub(crate) fn strikes(&mut self, method: &str, path: &str) -> bool {
        let other = self.method.as_deref().is_some_and(|own| own != method)
            || self.path.as_deref().is_some_and(|part| !path.contains(part));
        if other || self.times == Some(0) {
            return false;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        self.times = self.times.map(|times| times - 1);
        true
    }

    /// Returns the answer in place of the work, when the fault is one.
    pub(crate) fn instead(&self) -> Option<Reply> {
        match self.kind {
            FaultKind::Instead(row) => INSTEAD.get(row).map(|(_, reply)| reply()),
            _ => None,
        }
    }
}

fn kind(name: &str) -> Option<FaultKind> {
    let row = INSTEAD.iter().position(|(known, _)| *known == name);
    let named = || NAMED.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    row.map(FaultKind::Instead).or_else(named)
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Fault, String> {
        let (name, place) = text.split_once('@').map_or((text, None), |(a, b)| (a, Some(b)));
        let (name, times) = name.split_once('*').map_or((name, None), |(a, b)| (a, Some(b)));
        let kind = kind(name)
            .ok_or_else(|| format!("no fault {name:?}; there are {}", Fault::names().join(", ")))?;
        let mut fault = Fault::new(kind);
        if let Some(times) = times {
            fault.times = Some(times.parse().map_err(|_| format!("{text:?}: a number after *"))?);
        }
        if let Some(place) = place {
            let (method, path) =
                place.split_once(':').map_or((None, place), |(a, b)| (Some(a.to_owned()), b));
            fault.method = method;
            fault.path = Some(path.to_owned());
        }
        Ok(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_says_what_how_often_and_where() {
        let fault: Fault = "502-after*2@POST:/rotate".parse().unwrap();
        let expected = Fault::named("502-after").on("POST", "/rotate").times(2);
        assert_eq!(fault, expected);
        assert!("no-such-fault".parse::<Fault>().unwrap_err().contains("429-plain"));
        assert!("401*x".parse::<Fault>().is_err());
    }

    #[test]
    fn a_fault_counts_only_what_it_could_strike() {
        let mut fault = Fault::named("401").on("GET", "/a").after(1).times(1);
        let mut strikes = |method, path| fault.strikes(method, path);
        assert!(!strikes("POST", "/a"));
        assert!(!strikes("GET", "/b"));
        assert!(!strikes("GET", "/a"), "one passes");
        assert!(strikes("GET", "/a/c"));
        assert!(!strikes("GET", "/a"), "struck once");
    }

    #[test]
    fn every_name_leads_back_to_its_fault() {
        for name in Fault::names() {
            assert_eq!(name.parse::<Fault>().unwrap(), Fault::named(name));
        }
    }
}
