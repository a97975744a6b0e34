//! Keeps known findings from being reported: one value that every source asks.
//!
//! Comments, allowlists, baselines and ignore files come together here. The matching is the core's;
//! this knows which file an entry comes from, whether it has expired, and, for `tokensieve audit`,
//! whether it matched anything.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tokensieve_core::suppression::{
    AllowedBy, Allowlist, Baseline, Date, GitleaksReport, IgnoreFile, Suppression, allow_comments,
    allowed_by, is_allowed_in_vain,
};
use tokensieve_core::{FingerprintKey, Id, Located, Redactor};

use crate::pipeline::allow_comments::AllowComments;
use crate::pipeline::matcher::{BrokenLine, Matcher, MatcherKey};
pub use crate::pipeline::matcher::{Query, SuppressionKind};
use crate::pipeline::shown_path::shown_path;

/// A matcher with its place, and whether it suppressed anything.
struct Entry {
    matcher: Box<dyn Matcher>,
    file: String,
    /// The line in the file, or the number of the entry.
    line: usize,
    is_expired: bool,
    is_used: AtomicBool,
}

impl Entry {
    fn place(&self) -> String {
        place(&self.file, self.line, self.matcher.is_numbered_entry())
    }

    fn unused_reason(&self) -> UnusedReason {
        if self.matcher.is_broken() {
            UnusedReason::Broken
        } else if self.is_expired {
            UnusedReason::Expired
        } else {
            UnusedReason::MatchesNothing
        }
    }

    fn to_unused(&self) -> Unused {
        Unused {
            file: self.file.clone(),
            line: self.line,
            is_numbered_entry: self.matcher.is_numbered_entry(),
            kind: self.matcher.kind(),
            why: self.unused_reason(),
            reason: self.matcher.reason().map(ToOwned::to_owned),
            owner: self.matcher.owner().map(ToOwned::to_owned),
        }
    }
}

/// A suppression that is not needed any more, for `tokensieve audit`. Nothing in it is redacted.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Unused {
    /// The file that it stands in.
    pub file: String,
    /// Its line, from 1; in a report of gitleaks, the number of the entry.
    pub line: usize,
    /// Whether its file has numbered entries rather than lines, as a report of gitleaks has.
    pub is_numbered_entry: bool,
    /// Its kind.
    pub kind: SuppressionKind,
    /// Why it is unused.
    pub why: UnusedReason,
    /// The reason that it gives.
    pub reason: Option<String>,
    /// The owner that it names.
    pub owner: Option<String>,
}

/// Why a suppression is unused.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum UnusedReason {
    /// It cannot be understood.
    Broken,
    /// Its last day has passed.
    Expired,
    /// No match of the scan is suppressed by it.
    MatchesNothing,
}

impl UnusedReason {
    /// The words used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Broken => "cannot be understood",
            Self::Expired => "has expired",
            Self::MatchesNothing => "matches nothing",
        }
    }
}

impl std::fmt::Display for Unused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: {}: {}",
            place(&self.file, self.line, self.is_numbered_entry),
            self.kind.as_str(),
            self.why.as_str()
        )?;
        for (name, value) in [("reason", &self.reason), ("owner", &self.owner)] {
            if let Some(value) = value {
                write!(f, "; {name}: {value}")?;
            }
        }
        Ok(())
    }
}

/// Where a suppression stands: entries of a report of gitleaks have no lines, but an order.
fn place(file: &str, line: usize, is_numbered_entry: bool) -> String {
    if is_numbered_entry { format!("{file}, entry {line}") } else { format!("{file}:{line}") }
}

/// Why a match is not reported.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SuppressedBy {
    /// What kind of suppression it was.
    pub kind: SuppressionKind,
    /// Which entry.
    entry: Option<usize>,
    /// What a comment gives as its reason.
    reason: Option<String>,
}

/// The ids of secrets in one baseline, with the key that they were made with.
struct SecretIds {
    key: FingerprintKey,
    entries: HashMap<Id, Vec<usize>>,
}

/// All suppressions of a scan.
#[derive(Default)]
pub struct Suppressions {
    honours_comments: bool,
    /// Every suppression is asked, not only until one applies, and comments are looked for.
    is_audit: bool,
    entries: Vec<Entry>,
    /// Positions in `entries`, by the [`MatcherKey`] of the matcher. An expired one is nowhere.
    for_any: Vec<usize>,
    by_secret_id: Vec<SecretIds>,
    by_secret: HashMap<Vec<u8>, Vec<usize>>,
    by_path: HashMap<Vec<u8>, Vec<usize>>,
    /// Filled in an audit.
    comments: Mutex<AllowComments>,
    warnings: Vec<String>,
}

impl std::fmt::Debug for Suppressions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Suppressions").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Suppressions {
    /// Honours comments.
    #[must_use]
    pub fn with_comments(mut self) -> Self {
        self.honours_comments = true;
        self
    }

    /// Records which suppressions are of use, for [`Suppressions::unused`]. Each match is held
    /// against all of them then.
    #[must_use]
    pub fn for_audit(mut self) -> Self {
        self.is_audit = true;
        self
    }

    /// Returns whether every place of a secret is asked about, even where one has decided.
    #[cfg(feature = "git")]
    pub(crate) fn is_audit(&self) -> bool {
        self.is_audit
    }

    /// Adds an allowlist that stands in this line of a file. One that has expired before `today`
    /// suppresses nothing and is warned of.
    pub fn add_allowlist(&mut self, list: Allowlist, file: &str, line: usize, today: Date) {
        let is_expired = list.is_expired(today);
        self.add(Box::new(list), file, line, is_expired);
    }

    /// Adds the entries of a baseline whose ids are made with this key. One that has expired before
    /// `today` suppresses nothing and is warned of.
    pub fn add_baseline(
        &mut self,
        baseline: &Baseline,
        key: FingerprintKey,
        file: &str,
        today: Date,
    ) {
        self.by_secret_id.push(SecretIds { key, entries: HashMap::new() });
        for entry in baseline.entries() {
            let is_expired = entry.is_expired(today);
            self.add(Box::new(entry.clone()), file, entry.at, is_expired);
        }
    }

    /// Adds a report of gitleaks that serves as a baseline.
    pub fn add_gitleaks_report(&mut self, report: &GitleaksReport, file: &str) {
        for (number, finding) in (1..).zip(&report.findings) {
            self.add(Box::new(finding.clone()), file, number, false);
        }
    }

    /// Adds the lines of an ignore file. Those that cannot be understood are warned of.
    pub fn add_ignore_file(&mut self, read: IgnoreFile, file: &str) {
        for line in read.lines {
            let number = line.at;
            self.add(Box::new(line), file, number, false);
        }
        for line in read.broken {
            self.add(Box::new(BrokenLine), file, line, false);
            self.warnings.push(format!(
                "{file}:{line}: neither file:rule:line nor commit:file:rule:line; \
                 the line suppresses nothing"
            ));
        }
    }

    fn add(&mut self, matcher: Box<dyn Matcher>, file: &str, line: usize, is_expired: bool) {
        let at = self.entries.len();
        if !is_expired {
            match matcher.key() {
                MatcherKey::Any => self.for_any.push(at),
                MatcherKey::SecretId(id) => {
                    if let Some(ids) = self.by_secret_id.last_mut() {
                        ids.entries.entry(id).or_default().push(at);
                    }
                }
                MatcherKey::Secret(secret) => {
                    self.by_secret.entry(secret.to_vec()).or_default().push(at);
                }
                MatcherKey::Path(path) => self.by_path.entry(path.to_vec()).or_default().push(at),
                MatcherKey::Never => {}
            }
        }
        let file = file.to_owned();
        let entry = Entry { matcher, file, line, is_expired, is_used: AtomicBool::new(false) };
        if let Some(expires) = entry.matcher.expires().filter(|_| is_expired) {
            let owner = entry.matcher.owner();
            let owner = owner.map(|owner| format!(" (owner: {owner})")).unwrap_or_default();
            self.warnings.push(format!(
                "{}: expired after {expires}; it suppresses nothing{owner}",
                entry.place()
            ));
        }
        self.entries.push(entry);
    }

    /// Returns warnings for the user: expired entries, and lines that cannot be understood. They
    /// may quote secrets.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The file and the kind of each entry that can suppress something: not of expired and broken
    /// ones.
    #[cfg(feature = "cli")]
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, SuppressionKind)> {
        let in_force = self.entries.iter().filter(|it| !it.is_expired && !it.matcher.is_broken());
        in_force.map(|entry| (entry.file.as_str(), entry.matcher.kind()))
    }

    /// Returns the first suppression that applies to a match: a comment, else an entry in the order
    /// of candidates. An audit asks all of them, to learn which are used.
    #[must_use]
    pub fn find(&self, query: &Query<'_>) -> Option<SuppressedBy> {
        let mut found = self.by_comment(query);
        if found.is_some() && !self.is_audit {
            return found;
        }
        for at in self.candidates(query) {
            let Entry { matcher, is_used, .. } = &self.entries[at];
            if matcher.matches(query) {
                is_used.store(true, Ordering::Relaxed);
                let kind = matcher.kind();
                found = found.or(Some(SuppressedBy { kind, entry: Some(at), reason: None }));
                if !self.is_audit {
                    break;
                }
            }
        }
        found
    }

    fn by_comment(&self, query: &Query<'_>) -> Option<SuppressedBy> {
        if !self.honours_comments {
            return None;
        }
        let around = &query.located.context;
        let AllowedBy { line, reason } = allowed_by(query.located.matched.rule(), around)?;
        if self.is_audit {
            let first = query.located.start.line.saturating_sub(around.lines_above());
            let place = (query.origin.path().to_vec(), first.saturating_add_signed(line));
            self.comments.lock().expect("nothing panics while it is locked").add_used(place);
        }
        let reason = reason.map(|reason| String::from_utf8_lossy(reason).into_owned());
        Some(SuppressedBy { kind: SuppressionKind::Comment, entry: None, reason })
    }

    /// Returns whether a comment is meant to allow a match, and does not.
    pub(super) fn has_vain_comment(&self, located: &Located<'_>) -> bool {
        self.honours_comments && is_allowed_in_vain(located.matched.rule(), &located.context)
    }

    /// Returns the entries whose keys a match has, in the order in which they are asked.
    fn candidates(&self, query: &Query<'_>) -> Vec<usize> {
        let mut candidates = self.for_any.clone();
        let secret = &query.located.secret;
        for SecretIds { key, entries } in &self.by_secret_id {
            if !entries.is_empty() {
                candidates.extend(entries.get(&key.secret_id(secret)).into_iter().flatten());
            }
        }
        candidates.extend(self.by_secret.get(secret.expose()).into_iter().flatten());
        for path in query.paths() {
            candidates.extend(self.by_path.get(path).into_iter().flatten());
        }
        candidates
    }

    /// Whether an allowlist says that a match is no secret of its kind: then a match that shares
    /// its bytes may be one of another kind. Comments, baselines, ignore files and fingerprints say
    /// that a finding is known, and a known finding still hides what it overlaps.
    #[must_use]
    pub fn is_cleared(&self, query: &Query<'_>) -> bool {
        let mut matchers = self.for_any.iter().map(|at| &self.entries[*at].matcher);
        matchers.any(|matcher| matcher.clears() && matcher.matches(query))
    }

    /// Whether some allowlist could clear a match.
    #[must_use]
    pub fn can_clear(&self) -> bool {
        self.for_any.iter().any(|at| self.entries[*at].matcher.clears())
    }

    /// What reports say about a match that is not reported.
    pub(crate) fn describe(&self, by: &SuppressedBy, redactor: &Redactor) -> Suppression {
        let entry = by.entry.map(|at| &self.entries[at]);
        let clean = |text: &str| shown_path(redactor, text.as_bytes());
        let reason =
            by.reason.as_deref().or_else(|| entry.and_then(|entry| entry.matcher.reason()));
        Suppression {
            kind: by.kind.as_str(),
            is_in_source: by.kind == SuppressionKind::Comment,
            place: entry.map(|entry| clean(&entry.place())),
            reason: reason.map(clean),
            owner: entry.and_then(|entry| entry.matcher.owner()).map(clean),
        }
    }

    /// Whether the comments in files are looked for.
    pub(crate) fn looks_for_comments(&self) -> bool {
        self.is_audit && self.honours_comments
    }

    /// Records the comments in a file, for an audit. `found` are its lines with something that
    /// looks like a secret, whether or not it is one.
    pub(crate) fn note_comments(
        &self,
        path: impl FnOnce() -> Vec<u8>,
        text: &[u8],
        found: &BTreeSet<usize>,
    ) {
        let mut lines = allow_comments(text).peekable();
        if lines.peek().is_some() {
            let path = path();
            let mut comments = self.comments.lock().expect("nothing panics while it is locked");
            for line in lines {
                comments.add_in_file((path.clone(), line), found);
            }
        }
    }

    /// Returns the suppressions that matched nothing so far, for [`Suppressions::for_audit`].
    /// Without `has_history`, those about commits are left out.
    #[must_use]
    pub fn unused(&self, has_history: bool) -> Vec<Unused> {
        let mut unused = Vec::new();
        for entry in &self.entries {
            let is_out_of_sight = !has_history && entry.matcher.needs_history();
            if !is_out_of_sight && !entry.is_used.load(Ordering::Relaxed) {
                unused.push(entry.to_unused());
            }
        }
        let comments = self.comments.lock().expect("nothing panics while it is locked");
        unused.extend(comments.unused().map(|(path, line)| Unused {
            file: String::from_utf8_lossy(path).into_owned(),
            line: *line,
            is_numbered_entry: false,
            kind: SuppressionKind::Comment,
            why: UnusedReason::MatchesNothing,
            reason: None,
            owner: None,
        }));
        unused
    }

    /// The number of suppressions, with the comments of an audit.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len()
            + self.comments.lock().expect("nothing panics while it is locked").count()
    }
}
