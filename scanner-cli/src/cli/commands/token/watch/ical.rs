//! A calendar of ends, after RFC 5545: an event for each credential that has one, with an alarm for
//! each step.

use std::io::{self, Write};

use jiff::Timestamp;
use jiff::tz::Offset;
use sha2::{Digest, Sha256};

use crate::gitlab::inventory::{Entry, EntryState};
use crate::gitlab::watch::Steps;

/// The longest line, in octets, without its end.
const LONGEST: usize = 75;

/// A calendar under way.
pub(super) struct Calendar {
    instance: String,
    now: Timestamp,
    steps: Steps,
    events: usize,
}

impl Calendar {
    pub(super) fn new(instance: String, now: Timestamp, steps: Steps) -> Self {
        Self { instance, now, steps, events: 0 }
    }

    fn start(&self, out: &mut dyn Write) -> io::Result<()> {
        line("BEGIN:VCALENDAR", out)?;
        line("VERSION:2.0", out)?;
        line("PRODID:-//Tokensieve//token watch//EN", out)
    }

    /// Writes the event of an entry that lives and has an end.
    pub(super) fn entry(&mut self, entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
        let is_alive = matches!(entry.state, EntryState::Active | EntryState::Off);
        let Some(ends) = entry.expires_at.filter(|_| is_alive) else { return Ok(()) };
        if self.events == 0 {
            self.start(out)?;
        }
        self.events += 1;
        let of = match entry.path() {
            "" => String::new(),
            path => format!(" of {path}"),
        };
        let title = format!("{} \"{}\"{of} expires", entry.kind.name(), entry.name);
        let owner = entry.owner.as_ref();
        let owner = owner.and_then(|owner| owner.username.as_ref());
        let owner = owner.map_or_else(String::new, |name| format!("\nOwner: {name}"));
        let scopes = match entry.scopes.join(" ") {
            none if none.is_empty() => none,
            scopes => format!("\nScopes: {scopes}"),
        };
        let id = entry.id;
        let about = format!("Instance: {}\nId: {id}{owner}{scopes}", self.instance);
        line("BEGIN:VEVENT", out)?;
        line(&format!("UID:{}", self.uid(entry)), out)?;
        line(&format!("DTSTAMP:{}", time(self.now)), out)?;
        line(&format!("DTSTART:{}", time(ends)), out)?;
        line(&format!("SUMMARY:{}", escaped(&title)), out)?;
        line(&format!("DESCRIPTION:{}", escaped(&about)), out)?;
        line(&format!("CATEGORIES:{}", entry.kind.name()), out)?;
        line("TRANSP:TRANSPARENT", out)?;
        for step in self.steps.iter() {
            line("BEGIN:VALARM", out)?;
            line("ACTION:DISPLAY", out)?;
            line(&format!("DESCRIPTION:{}", escaped(&title)), out)?;
            line(&format!("TRIGGER:-P{step}D"), out)?;
            line("END:VALARM", out)?;
        }
        line("END:VEVENT", out)
    }

    /// Writes the end.
    pub(super) fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.events == 0 {
            self.start(out)?;
            // A calendar has at least one component.
            let empty = [
                "BEGIN:VTIMEZONE",
                "TZID:Etc/UTC",
                "BEGIN:STANDARD",
                "DTSTART:19700101T000000",
                "TZOFFSETFROM:+0000",
                "TZOFFSETTO:+0000",
                "END:STANDARD",
                "END:VTIMEZONE",
            ];
            empty.iter().try_for_each(|text| line(text, out))?;
        }
        line("END:VCALENDAR", out)
    }

    /// The same for the same credential in each calendar.
    fn uid(&self, entry: &Entry) -> String {
        let place = entry.place.as_ref().map_or(0, |place| place.id);
        let text = format!("{}\n{}\n{}\n{place}", self.instance, entry.kind.name(), entry.id);
        let digest = Sha256::digest(text);
        let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{hex}@tokensieve")
    }
}

/// `20260310T000000Z`.
fn time(time: Timestamp) -> String {
    Offset::UTC.to_datetime(time).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text value.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\\' | ';' | ',' => escaped.extend(['\\', char]),
            '\n' => escaped.push_str("\\n"),
            char if char.is_control() => escaped.push(' '),
            char => escaped.push(char),
        }
    }
    escaped
}

/// Writes a line, folded: no piece is longer than 75 octets, and none ends inside of a character.
fn line(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = text;
    // Pieces after the first begin with a blank.
    let mut room = LONGEST;
    while rest.len() > room {
        let cut = rest.floor_char_boundary(room);
        write!(out, "{}\r\n ", &rest[..cut])?;
        rest = &rest[cut..];
        room = LONGEST - 1;
    }
    write!(out, "{rest}\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let mut out = Vec::new();
        line(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_are_folded_between_characters() {
        for text in ["a".repeat(75), "a".repeat(76), "\u{e4}\u{20ac}\u{1f600}".repeat(60)] {
            let folded = lines(&text);
            assert_eq!(folded.replace("\r\n ", "").trim_end(), text);
            let pieces: Vec<&str> = folded.trim_end().split("\r\n").collect();
            assert!(pieces.iter().all(|piece| piece.len() <= LONGEST), "{pieces:?}");
            assert_eq!(pieces.len() == 1, text.len() <= LONGEST);
        }
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne\u{7}f:g\""), "a\\;b\\,c\\\\d\\ne f:g\"");
    }
}
