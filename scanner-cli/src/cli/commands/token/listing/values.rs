//! Values on the command line.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::gitlab::inventory::EntryKind;

/// The kind of a name on the command line.
pub(super) fn kind(name: &str) -> Result<EntryKind, String> {
    EntryKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
        let names: Vec<&str> = EntryKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("the kinds are {}", names.join(", "))
    })
}

/// A day or a time on the command line; a day is its start in UTC.
pub(super) fn moment(text: &str) -> Result<Timestamp, String> {
    let of_day = || {
        let day: Date = text.parse().ok()?;
        Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
    };
    let time = text.parse().ok();
    time.or_else(of_day).ok_or_else(|| "expected a day such as 2026-03-10, or a time".to_owned())
}
