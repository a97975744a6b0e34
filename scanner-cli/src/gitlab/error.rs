//! What can go wrong between this program and an instance.

use std::fmt;
use std::time::Duration;

/// Why a request has no answer that could be used.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The text is not the URL of an instance. Holds what is wrong with it.
    Instance(String),
    /// A secret has bytes that no HTTP header can carry.
    Unsendable,
    /// TLS cannot be used on this machine, or certificates cannot be read. Holds the reason.
    Setup(String),
    /// The server's certificate or handshake is refused. Holds the reason.
    Tls(String),
    /// The network failed on the way: a connection was cut, or held no HTTP. Holds the reason.
    Network(String),
    /// There was no connection, so nothing was sent: no such host, refused, or too late. Holds the
    /// reason.
    Unreached(String),
    /// A phase took longer than its limit. Holds the phase.
    Timeout(String),
    /// The body is larger than the limit, in bytes.
    TooLarge(u64),
    /// The server redirects to another scheme, host or port. Holds that origin.
    ForeignRedirect(String),
    /// The server redirects too often.
    RedirectLoop,
    /// The server asks to wait longer than this program does.
    Wait(Duration),
    /// No more requests are sent after this many refusals in a row.
    TooManyRefusals(u32),
    /// The user stopped the program.
    Stopped,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instance(why) => write!(f, "not the URL of an instance: {why}"),
            Self::Unsendable => f.write_str("it holds bytes that no HTTP header can carry"),
            Self::Setup(why) | Self::Network(why) | Self::Unreached(why) => f.write_str(why),
            Self::Tls(why) => write!(f, "TLS: {why}"),
            Self::Timeout(phase) => write!(f, "timeout ({phase})"),
            Self::TooLarge(limit) => write!(f, "the answer is larger than {limit} bytes"),
            Self::ForeignRedirect(origin) => write!(f, "redirect to {origin}, not followed"),
            Self::RedirectLoop => f.write_str("too many redirects"),
            Self::Wait(time) => write!(f, "the server asks to wait {} s", time.as_secs()),
            Self::TooManyRefusals(count) => {
                write!(f, "not asked: {count} refusals in a row, and servers ban those who go on")
            }
            Self::Stopped => f.write_str("not asked: stopped by the user"),
        }
    }
}

impl Error {
    /// Whether the request is known not to have left this program.
    #[must_use]
    pub fn is_unsent(&self) -> bool {
        matches!(
            self,
            Self::Instance(_)
                | Self::Unsendable
                | Self::Setup(_)
                | Self::Unreached(_)
                | Self::TooManyRefusals(_)
                | Self::Stopped
        )
    }
}

impl std::error::Error for Error {}
