//! Who makes tokens, on which instance.

use jiff::Timestamp;
use jiff::civil::Date;
use tokensieve_core::Redactor;

use crate::gitlab::clean::Cleaner;
use crate::gitlab::client::Client;
use crate::gitlab::rotate::api::{Api, Caller};
use crate::gitlab::rotate::record::Record;

/// Makes tokens on one instance.
pub struct Creator<'a> {
    /// Talks to the instance.
    pub client: &'a Client,
    /// Who calls.
    pub caller: &'a Caller,
    /// Cleans what the server says.
    pub redactor: &'a Redactor,
    /// How many seconds after a lost answer a token that is not listed was not made.
    pub settle: i64,
    /// The time, in Unix seconds.
    pub now: i64,
}

impl Creator<'_> {
    pub(super) fn api(&self) -> Api<'_> {
        Api { client: self.client, caller: self.caller }
    }

    /// What the server said, fit to be shown.
    #[must_use]
    pub fn clean(&self, text: &str) -> String {
        Cleaner { redactor: self.redactor, secret: self.caller.secret() }.clean(text)
    }

    pub(super) fn lives(&self, row: &Record) -> bool {
        !row.is_revoked && !row.is_expired(self.now)
    }

    /// Days from today to a date; none for what is no date.
    pub(super) fn days_until(&self, day: &str) -> Option<i64> {
        let day: Date = day.parse().ok()?;
        let now = Timestamp::from_second(self.now).ok()?;
        let today = jiff::tz::Offset::UTC.to_datetime(now).date();
        today.until(day).ok().map(|span| i64::from(span.get_days()))
    }
}
