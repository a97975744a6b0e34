//! Gauges in Prometheus' text format, for the textfile collector.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::Timestamp;

use super::end::End;
use crate::gitlab::inventory::{Entry, EntryState};
use crate::gitlab::policy::Violation;

/// The most credentials that have a series of their own: those that end first.
const MOST_SERIES: usize = 10_000;
/// The most characters of a label that are shown.
const LONGEST_LABEL: usize = 100;

/// The series of one credential.
struct Series {
    expires: Option<i64>,
    used: Option<i64>,
    labels: String,
}

/// Gauges under way.
pub(super) struct Gauges {
    now: Timestamp,
    counts: BTreeMap<(&'static str, &'static str), usize>,
    violations: BTreeMap<&'static str, usize>,
    series: Vec<Series>,
    left_out: usize,
}

impl Gauges {
    pub(super) fn new(now: Timestamp) -> Self {
        let (counts, violations) = (BTreeMap::new(), BTreeMap::new());
        Self { now, counts, violations, series: Vec::new(), left_out: 0 }
    }

    /// Counts an entry. What lives and has an end, or was used, has series.
    pub(super) fn entry(&mut self, entry: &Entry, violations: &[Violation]) {
        *self.counts.entry((entry.kind.name(), entry.state.name())).or_default() += 1;
        for violation in violations {
            *self.violations.entry(violation.policy).or_default() += 1;
        }
        let is_alive = matches!(entry.state, EntryState::Active | EntryState::Off);
        let expires = entry.expires_at.map(Timestamp::as_second);
        let used = entry.last_used_at.map(Timestamp::as_second);
        if is_alive && (expires.is_some() || used.is_some()) {
            self.series.push(Series { expires, used, labels: labels(entry) });
        }
        if self.series.len() >= 2 * MOST_SERIES {
            self.cut();
        }
    }

    /// Keeps those whose ends are nearest.
    fn cut(&mut self) {
        self.series.sort_by(|a, b| {
            let key = |series: &Series| series.expires.unwrap_or(i64::MAX);
            (key(a), &a.labels).cmp(&(key(b), &b.labels))
        });
        self.left_out += self.series.len().saturating_sub(MOST_SERIES);
        self.series.truncate(MOST_SERIES);
    }

    /// Writes all gauges.
    pub(super) fn end(mut self, end: &End<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.cut();
        let mut family = |name: &str, help: &str, rows: &mut dyn Iterator<Item = (String, i64)>| {
            writeln!(out, "# HELP tokensieve_{name} {help}\n# TYPE tokensieve_{name} gauge")?;
            for (labels, value) in rows {
                let labels = if labels.is_empty() { labels } else { format!("{{{labels}}}") };
                writeln!(out, "tokensieve_{name}{labels} {value}")?;
            }
            io::Result::Ok(())
        };
        let one = |value: i64| std::iter::once((String::new(), value));
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let instance = end.instance.to_string();
        let info = [
            label("gitlab", &instance),
            label("scope", end.scope),
            label("version", env!("CARGO_PKG_VERSION")),
        ];
        family("info", "Instance and scope.", &mut std::iter::once((info.join(","), 1)))?;
        let help = "Unix time of the first moment at which a credential is dead.";
        let ends = self.series.iter();
        let mut ends = ends.filter_map(|row| Some((row.labels.clone(), row.expires?)));
        family("token_expires_timestamp_seconds", help, &mut ends)?;
        let help = "Unix time at which a credential was used last.";
        let used = self.series.iter();
        let mut used = used.filter_map(|row| Some((row.labels.clone(), row.used?)));
        family("token_last_used_timestamp_seconds", help, &mut used)?;
        let counts = self.counts.iter();
        let mut counts = counts.map(|((kind, state), count)| {
            (format!("{},{}", label("kind", kind), label("state", state)), number(*count))
        });
        family("tokens", "Number of credentials.", &mut counts)?;
        let broken = self.violations.iter();
        let mut broken = broken.map(|(policy, count)| (label("policy", policy), number(*count)));
        family("violations", "Number of credentials that do not meet a policy.", &mut broken)?;
        let help = "Credentials that have no series of their own, as there are too many.";
        family("token_series_left_out", help, &mut one(number(self.left_out)))?;
        let help = "Calls that brought no list, and policies that could not be checked.";
        family("inventory_gaps", help, &mut one(number(end.listed.gaps.len())))?;
        let help = "Whether everything was listed and checked.";
        family("inventory_complete", help, &mut one(i64::from(end.listed.is_complete())))?;
        let help = "Unix time of this inventory.";
        family("inventory_timestamp_seconds", help, &mut one(self.now.as_second()))
    }
}

fn labels(entry: &Entry) -> String {
    let owner = entry.owner.as_ref();
    let owner = owner.map_or_else(String::new, |owner| {
        owner.username.clone().unwrap_or_else(|| owner.id.to_string())
    });
    let place = entry.place.as_ref();
    let all = [
        label("kind", entry.kind.name()),
        label("id", &entry.id.to_string()),
        label("name", &entry.name),
        label("place_type", place.map_or("", |place| place.place_type)),
        label("place_id", &place.map_or_else(String::new, |place| place.id.to_string())),
        label("place", entry.path()),
        label("owner", &owner),
    ];
    all.join(",")
}

/// `name="value"`, with the value cut and escaped.
fn label(name: &str, value: &str) -> String {
    let mut label = format!("{name}=\"");
    for char in value.chars().take(LONGEST_LABEL) {
        match char {
            '\\' => label.push_str("\\\\"),
            '"' => label.push_str("\\\""),
            '\n' => label.push_str("\\n"),
            char => label.push(char),
        }
    }
    label.push('"');
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped_and_cut() {
        assert_eq!(label("name", "a\"b\\c\nd"), r#"name="a\"b\\c\nd""#);
        assert_eq!(label("n", &"x".repeat(1000)).len(), LONGEST_LABEL + 4);
    }
}
