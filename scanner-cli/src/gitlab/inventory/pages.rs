//! Reads lists to their end so that no row is lost and none comes twice, though others make and
//! revoke tokens meanwhile.
//!
//! Lists that sort by creation are read with a cursor: each request asks for what was made since
//! the last row. Lists by key have theirs in GitLab's own `link`. Others have numbered pages alone,
//! which shift when rows come and go: they are read until two passes agree.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use tokensieve_core::{Redactor, Secret};

use super::record::{self, Record};
use crate::gitlab::answer::Answer;
use crate::gitlab::clean::Cleaner;
use crate::gitlab::client::Client;
use crate::gitlab::credential::{Credential, percent_encoded};

/// The most rows that GitLab puts on a page.
const PER_PAGE: usize = 100;
/// How often a list that cannot be sorted is read until two passes agree.
const MOST_PASSES: usize = 4;
/// A server that has more pages has no end.
const MOST_PAGES: u32 = 200_000;
/// Answers give times to the millisecond, the database is finer.
const GRAIN: SignedDuration = SignedDuration::from_millis(1);

/// How a list is read to its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Order {
    /// It knows `sort=created_asc` and `created_after`, at least in newer releases.
    Created,
    /// It knows `pagination=keyset`.
    Key,
    /// It has numbered pages and nothing else.
    Numbered,
}

/// Why a call brought no list, or not all of it.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) reason: String,
    /// The answer's status; 0 where there was none, or where it is not the reason.
    pub(super) status: u16,
}

impl Refusal {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), status: 0 }
    }

    /// Whether this release, tier or caller has no such list, as opposed to one that failed.
    pub(super) fn is_not_offered(&self) -> bool {
        matches!(self.status, 401 | 403 | 404)
    }
}

/// Takes a row; false ends the reading.
pub(super) type Row<'r> = &'r mut dyn FnMut(Record) -> bool;

/// Reads lists as one caller.
#[derive(Clone, Copy)]
pub(super) struct Lister<'a> {
    pub(super) client: &'a Client,
    pub(super) credential: &'a Credential<'a>,
    pub(super) redactor: &'a Redactor,
    /// Holds nothing: no secret is asked about.
    pub(super) no_secret: &'a Secret,
}

struct Page {
    rows: Vec<Record>,
    broken: usize,
    has_next: bool,
    /// The query of GitLab's link to the next page. Its host and path are not looked at.
    next_query: Option<String>,
}

/// One reading of a whole list.
#[derive(Default)]
struct Pass {
    ids: HashSet<u64>,
    broken: usize,
    /// Nothing can have been lost.
    is_sure: bool,
    is_ended: bool,
}

impl Pass {
    /// Notes a page and hands on its rows. Returns whether any row was new in this pass.
    fn take(&mut self, page: Page, seen: &mut HashSet<u64>, row: Row<'_>) -> bool {
        self.broken += page.broken;
        let mut has_new = false;
        for record in page.rows {
            if record.id == 0 {
                self.broken += 1;
                continue;
            }
            has_new |= self.ids.insert(record.id);
            if seen.insert(record.id) && !self.is_ended {
                self.is_ended = !row(record);
            }
        }
        has_new
    }
}

impl Lister<'_> {
    /// Gets a single row.
    pub(super) fn one(&self, path: &str) -> Result<Record, Refusal> {
        let answer = self.get(path, "")?;
        serde_json::from_slice(&answer.body).map_err(|_| Refusal::new("the answer is no record"))
    }

    /// Reads a list to its end and hands on each row once.
    ///
    /// # Errors
    ///
    /// A page is refused, rows are broken, or no two passes agreed. Rows may have been handed on.
    pub(super) fn each(&self, path: &str, order: Order, row: Row<'_>) -> Result<(), Refusal> {
        let mut seen = HashSet::new();
        let mut before: Option<HashSet<u64>> = None;
        for _ in 0..MOST_PASSES {
            let pass = match order {
                Order::Created => self.by_creation(path, &mut seen, row)?,
                Order::Key => self.by_key(path, &mut seen, row)?,
                Order::Numbered => self.by_number(path, &mut seen, row)?,
            };
            if pass.is_ended || pass.is_sure || before.as_ref() == Some(&pass.ids) {
                return match pass.broken {
                    0 => Ok(()),
                    count => Err(Refusal::new(format!("{count} rows cannot be read"))),
                };
            }
            before = Some(pass.ids);
        }
        Err(Refusal::new("the list changed while it was read: no two passes agree"))
    }

    /// Reads by a cursor, or by number where the server ignores the order that it is asked for.
    fn by_creation(
        &self,
        path: &str,
        seen: &mut HashSet<u64>,
        row: Row<'_>,
    ) -> Result<Pass, Refusal> {
        let mut pass = Pass { is_sure: true, ..Pass::default() };
        let (mut after, mut number) = (None::<Timestamp>, 1);
        for _ in 0..MOST_PAGES {
            let since = after.map_or_else(String::new, |after| {
                format!("&created_after={}", percent_encoded(&format!("{after:.3}")))
            });
            let page = self.page(path, &format!("sort=created_asc&page={number}{since}"))?;
            let has_next = page.has_next;
            let times = times(&page.rows);
            let last = times.as_ref().and_then(|times| times.last().copied());
            let is_ordered = times.is_some_and(|times| is_ordered(&times, after));
            if has_next && !is_ordered {
                return self.by_number(path, seen, row);
            }
            pass.take(page, seen, row);
            let Some(last) = last.filter(|_| has_next && !pass.is_ended) else { return Ok(pass) };
            let cursor = last.checked_sub(GRAIN).unwrap_or(last);
            if after.is_none_or(|after| cursor > after) {
                (after, number) = (Some(cursor), 1);
            } else {
                // A page full of rows of one moment: only a second pass tells whether all came.
                number += 1;
                pass.is_sure = false;
            }
        }
        Err(endless())
    }

    fn by_key(&self, path: &str, seen: &mut HashSet<u64>, row: Row<'_>) -> Result<Pass, Refusal> {
        let mut pass = Pass { is_sure: true, ..Pass::default() };
        let (bare, _) = path.split_once('?').unwrap_or((path, ""));
        let mut page = self.page(path, "pagination=keyset&order_by=id&sort=asc")?;
        for _ in 0..MOST_PAGES {
            let (next, has_next) = (page.next_query.take(), page.has_next);
            let has_new = pass.take(page, seen, row);
            let next = match next {
                Some(next) if has_new && !pass.is_ended => next,
                // A release that has no keys here.
                None if has_next => return self.by_number(path, seen, row),
                _ => return Ok(pass),
            };
            page = self.page(bare, &next)?;
        }
        Err(endless())
    }

    fn by_number(
        &self,
        path: &str,
        seen: &mut HashSet<u64>,
        row: Row<'_>,
    ) -> Result<Pass, Refusal> {
        let mut pass = Pass::default();
        for number in 1..=MOST_PAGES {
            let page = self.page(path, &format!("page={number}"))?;
            let has_next = page.has_next;
            pass.take(page, seen, row);
            if !has_next || pass.is_ended {
                pass.is_sure = number == 1;
                return Ok(pass);
            }
        }
        Err(endless())
    }

    fn page(&self, path: &str, query: &str) -> Result<Page, Refusal> {
        let size = if query.contains("per_page=") { "" } else { "&per_page=100" };
        let answer = self.get(path, &format!("{query}{size}"))?;
        let no_list = || Refusal::new("the answer is no list");
        let (rows, broken) = record::rows(&answer.body).ok_or_else(no_list)?;
        let next_query = answer.header("link").and_then(next_query);
        let by_number = answer.next_page().is_some();
        // Without a word about pages, a full one may have another after it.
        let is_silent = answer.header("x-next-page").is_none() && answer.header("link").is_none();
        let is_full = rows.len() + broken >= PER_PAGE;
        let has_next = by_number || next_query.is_some() || (is_silent && is_full);
        Ok(Page { rows, broken, has_next, next_query })
    }

    fn get(&self, path: &str, query: &str) -> Result<Answer, Refusal> {
        let mark = match (query.is_empty(), path.contains('?')) {
            (true, _) => "",
            (false, true) => "&",
            (false, false) => "?",
        };
        let path = format!("/api/v4{path}{mark}{query}");
        let answer = self.client.get(&path, Some(self.credential));
        let answer = answer.map_err(|error| Refusal::new(error.to_string()))?;
        if answer.is_success() { Ok(answer) } else { Err(self.refusal(&answer)) }
    }

    /// What a refusal says, in our words where GitLab's are known.
    fn refusal(&self, answer: &Answer) -> Refusal {
        let json = answer.json().unwrap_or_default();
        let text = |key: &str| json.get(key).and_then(|value| value.as_str()).unwrap_or_default();
        let (status, error) = (answer.status, text("error"));
        if status == 404 && error == "404 Not Found" {
            return Refusal { reason: "this release has no such endpoint".to_owned(), status };
        }
        let cleaner = Cleaner { redactor: self.redactor, secret: self.no_secret };
        let described = cleaner.clean(text("error_description"));
        let reason = match status {
            401 | 403 if !described.is_empty() => format!("{status}: {described}"),
            401 | 403 if json.is_object() => {
                format!("{status}: not for this caller, or not in this tier")
            }
            401 | 403 => format!("{status} without a word of GitLab's: a proxy, or a ban"),
            404 => "404: not there, or not shown to this caller".to_owned(),
            _ if !error.is_empty() => format!("{status}: {}", cleaner.clean(error)),
            _ => format!("status {status}"),
        };
        Refusal { reason, status }
    }
}

fn endless() -> Refusal {
    Refusal::new("the list has no end")
}

/// The times at which rows were made; none where one of them does not say so.
fn times(rows: &[Record]) -> Option<Vec<Timestamp>> {
    rows.iter().map(|row| row.created_at.as_ref()?.parse().ok()).collect()
}

/// Whether times rise and none lies before the cursor.
fn is_ordered(times: &[Timestamp], after: Option<Timestamp>) -> bool {
    times.is_sorted() && after.is_none_or(|after| times.first().is_none_or(|first| *first >= after))
}

/// The query of the link to the next page.
fn next_query(link: &str) -> Option<String> {
    let is_next = |part: &&str| part.contains("rel=\"next\"") || part.contains("rel=next");
    let part = link.split(',').find(is_next)?;
    let (_, rest) = part.split_once('<')?;
    let (url, _) = rest.split_once('>')?;
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next()?;
    (!query.is_empty()).then(|| query.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_query_of_a_link_counts() {
        let link = "<https://evil.example/api/v4/x?page=1&a=b>; rel=\"prev\", \
                    <https://evil.example/other?page=3&id_after=7>; rel=\"next\"";
        assert_eq!(next_query(link).as_deref(), Some("page=3&id_after=7"));
        for none in ["", "<a?b>; rel=\"first\"", "<a>; rel=\"next\"", "a?b; rel=\"next\""] {
            assert_eq!(next_query(none), None, "{none}");
        }
    }

    #[test]
    fn order_is_not_taken_on_trust() {
        let at = |second| Timestamp::from_second(second).unwrap();
        assert!(is_ordered(&[at(1), at(1), at(2)], None));
        assert!(is_ordered(&[at(5)], Some(at(5))));
        assert!(!is_ordered(&[at(2), at(1)], None));
        assert!(!is_ordered(&[at(4)], Some(at(5))), "the server ignores created_after");
    }
}
