//! What is found and yet not reported: one value that every source asks.
//!
//! Comments, allowlists, baselines and ignore files come together here. The matching is the core's; this knows which
//! file an entry comes from, whether its day is over, and, for `tokensieve audit`, whether it was of use.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tokensieve_core::{
    AllowedBy, Allowlist, Baseline, BaselineEntry, Borrowed, BorrowedReport, Date, Fingerprint, FingerprintKey, Id,
    IgnoreFile, IgnoreLine, Located, Origin, Subject, allow_comments, allowed_by,
};

/// The kinds of suppressions.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// `tokensieve:allow` and its like.
    Comment,
    /// An entry of a configuration.
    Allowlist,
    /// A line of a baseline.
    Baseline,
    /// A line of a `.gitleaksignore`.
    IgnoreFile,
}

impl Kind {
    /// The name used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comment => "inline comment",
            Self::Allowlist => "allowlist",
            Self::Baseline => "baseline",
            Self::IgnoreFile => "ignore file",
        }
    }
}

enum What {
    Allowlist(Box<Allowlist>),
    Baseline(BaselineEntry),
    Borrowed(Box<Borrowed>),
    Ignored(IgnoreLine),
    /// A line that cannot be understood. It silences nothing.
    Broken,
}

struct Entry {
    what: What,
    file: String,
    line: usize,
    is_expired: bool,
    is_used: AtomicBool,
}

impl Entry {
    fn kind(&self) -> Kind {
        match self.what {
            What::Allowlist(_) => Kind::Allowlist,
            What::Baseline(_) | What::Borrowed(_) => Kind::Baseline,
            What::Ignored(_) | What::Broken => Kind::IgnoreFile,
        }
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Allowlist(list) => list.spec().reason.as_deref(),
            What::Baseline(entry) => entry.reason.as_deref(),
            What::Borrowed(_) | What::Ignored(_) | What::Broken => None,
        }
    }

    fn owner(&self) -> Option<&str> {
        match &self.what {
            What::Allowlist(list) => list.spec().owner.as_deref(),
            What::Baseline(entry) => entry.owner.as_deref(),
            What::Borrowed(_) | What::Ignored(_) | What::Broken => None,
        }
    }

    /// Where it stands: entries of a report of gitleaks have no lines, but an order.
    fn place(&self) -> String {
        match self.what {
            What::Borrowed(_) => format!("{}, entry {}", self.file, self.line),
            _ => format!("{}:{}", self.file, self.line),
        }
    }
}

/// A suppression that nothing needs any more, for `tokensieve audit`.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Unused {
    /// Where it stands.
    pub place: String,
    /// What it is.
    pub kind: Kind,
    /// Why it is of no use, and what it says about itself.
    pub why: String,
}

/// What a source asks about: a match at a place.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The match.
    pub located: &'a Located<'a>,
    /// The file.
    pub origin: &'a Origin,
    /// The id of the commit that brought it there, in a history.
    pub commit: Option<&'a str>,
    /// Its identities.
    pub fingerprint: Fingerprint,
}

/// Why a match is not reported.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Silence {
    /// What kind of suppression it was.
    pub kind: Kind,
    /// Which entry.
    entry: Option<usize>,
}

/// Everything that keeps findings from being reported.
#[derive(Default)]
pub struct Suppressions {
    honours_comments: bool,
    /// Every suppression is asked, not only until one says yes, and comments are looked for.
    is_audit: bool,
    entries: Vec<Entry>,
    allowlists: Vec<usize>,
    /// What the ids of baselines are made with.
    keys: Vec<(FingerprintKey, HashMap<Id, Vec<usize>>)>,
    /// Entries of reports of gitleaks: by their secret, or by their path where the report was redacted.
    borrowed: HashMap<Vec<u8>, Vec<usize>>,
    borrowed_places: HashMap<Vec<u8>, Vec<usize>>,
    ignored: HashMap<Vec<u8>, Vec<usize>>,
    /// The path and line of each comment, and whether it was of use.
    comments: Mutex<BTreeMap<(Vec<u8>, usize), bool>>,
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

    /// Keeps account of what is of use.
    #[must_use]
    pub fn for_audit(mut self) -> Self {
        self.is_audit = true;
        self
    }

    /// Whether every place is to be asked about, also where the answer is known.
    #[cfg(feature = "git")]
    pub(crate) fn is_audit(&self) -> bool {
        self.is_audit
    }

    /// Adds an allowlist that stands in this line of a file.
    pub fn add_allowlist(&mut self, list: Allowlist, file: &str, line: usize, today: Date) {
        let is_expired = list.is_expired(today);
        let expires = list.spec().expires;
        let at = self.add(What::Allowlist(Box::new(list)), file, line, is_expired);
        match expires {
            Some(expires) if is_expired => self.warn_expired(at, expires),
            _ => self.allowlists.push(at),
        }
    }

    /// Adds the entries of a baseline whose ids are made with this key.
    pub fn add_baseline(&mut self, baseline: &Baseline, key: FingerprintKey, file: &str, today: Date) {
        let mut by_secret: HashMap<Id, Vec<usize>> = HashMap::new();
        for entry in baseline.entries() {
            let is_expired = entry.is_expired(today);
            let at = self.add(What::Baseline(entry.clone()), file, entry.at, is_expired);
            match entry.expires {
                Some(expires) if is_expired => self.warn_expired(at, expires),
                _ => by_secret.entry(entry.secret).or_default().push(at),
            }
        }
        self.keys.push((key, by_secret));
    }

    /// Adds a report of gitleaks that serves as a baseline.
    pub fn add_borrowed(&mut self, report: &BorrowedReport, file: &str) {
        for (number, finding) in (1..).zip(&report.findings) {
            let at = self.add(What::Borrowed(Box::new(finding.clone())), file, number, false);
            let index = match finding.secret() {
                Some(secret) => self.borrowed.entry(secret.to_vec()),
                None => self.borrowed_places.entry(finding.path().to_vec()),
            };
            index.or_default().push(at);
        }
    }

    /// Adds the lines of an ignore file.
    pub fn add_ignore_file(&mut self, read: IgnoreFile, file: &str) {
        for line in read.lines {
            let (number, path) = (line.at, line.path().to_vec());
            let at = self.add(What::Ignored(line), file, number, false);
            self.ignored.entry(path).or_default().push(at);
        }
        for line in read.broken {
            self.add(What::Broken, file, line, false);
            self.warnings.push(format!(
                "{file}:{line}: neither file:rule:line nor commit:file:rule:line; the line silences nothing"
            ));
        }
    }

    fn add(&mut self, what: What, file: &str, line: usize, is_expired: bool) -> usize {
        let file = file.to_owned();
        self.entries.push(Entry { what, file, line, is_expired, is_used: AtomicBool::new(false) });
        self.entries.len() - 1
    }

    fn warn_expired(&mut self, at: usize, expires: Date) {
        let entry = &self.entries[at];
        let owner = entry.owner().map(|owner| format!(" (owner: {owner})")).unwrap_or_default();
        self.warnings.push(format!("{}: expired after {expires}; it silences nothing{owner}", entry.place()));
    }

    /// What whoever scans should know.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Why a match is not to be reported, if it is not.
    #[must_use]
    pub fn silence(&self, asked: &Asked<'_>) -> Option<Silence> {
        let mut silence = self.by_comment(asked);
        if silence.is_some() && !self.is_audit {
            return silence;
        }
        for at in self.candidates(asked) {
            if self.says_yes(at, asked) {
                self.entries[at].is_used.store(true, Ordering::Relaxed);
                silence = silence.or(Some(Silence { kind: self.entries[at].kind(), entry: Some(at) }));
                if !self.is_audit {
                    break;
                }
            }
        }
        silence
    }

    fn by_comment(&self, asked: &Asked<'_>) -> Option<Silence> {
        if !self.honours_comments {
            return None;
        }
        let around = &asked.located.surroundings;
        let AllowedBy { line } = allowed_by(asked.located.matched.rule(), around)?;
        if self.is_audit {
            let first = asked.located.start.line.saturating_sub(around.lines_above());
            let place = (asked.origin.path().to_vec(), first.saturating_add_signed(line));
            self.comments.lock().expect("nothing panics while it is locked").insert(place, true);
        }
        Some(Silence { kind: Kind::Comment, entry: None })
    }

    /// The entries that could be about a match.
    fn candidates(&self, asked: &Asked<'_>) -> Vec<usize> {
        let mut candidates = self.allowlists.clone();
        let secret = &asked.located.secret;
        for (key, by_secret) in self.keys.iter().filter(|(_, by_secret)| !by_secret.is_empty()) {
            candidates.extend(by_secret.get(&key.secret_id(secret)).into_iter().flatten());
        }
        candidates.extend(self.borrowed.get(secret.expose()).into_iter().flatten());
        for path in paths(asked) {
            candidates.extend(self.borrowed_places.get(path).into_iter().flatten());
            candidates.extend(self.ignored.get(path).into_iter().flatten());
        }
        candidates
    }

    fn says_yes(&self, at: usize, asked: &Asked<'_>) -> bool {
        let located = asked.located;
        let rule = located.matched.rule();
        let line = located.start.line;
        let lines = [line, line.saturating_sub(located.surroundings.lines_above())];
        match &self.entries[at].what {
            What::Allowlist(list) => list.allows(&Subject {
                rule,
                path: asked.origin.from_root(),
                commit: asked.commit,
                fingerprint: Some(asked.fingerprint),
                secret: located.secret.expose(),
                around: &located.surroundings,
            }),
            // It was found by its id, so the id is the right one.
            What::Baseline(entry) => entry.is_about(rule, entry.secret, asked.origin.from_root()),
            What::Borrowed(borrowed) => {
                borrowed.is_about(rule, located.secret.expose(), &paths(asked), lines, asked.commit)
            }
            What::Ignored(ignored) => {
                rule.is_called(ignored.rule().as_bytes()) && ignored.is_at(&paths(asked), lines, asked.commit)
            }
            What::Broken => false,
        }
    }

    /// What a note says about a match that is not reported.
    #[must_use]
    pub fn describe(&self, silence: Silence) -> String {
        let mut text = silence.kind.as_str().to_owned();
        if let Some(entry) = silence.entry.map(|at| &self.entries[at]) {
            let _ = write!(text, ", {}", entry.place());
            if let Some(reason) = entry.reason() {
                let _ = write!(text, ": {reason}");
            }
        }
        text
    }

    /// Takes note of the comments in a file, where there is an account to be kept.
    pub(crate) fn note_comments(&self, path: impl FnOnce() -> Vec<u8>, text: &[u8]) {
        if !self.is_audit || !self.honours_comments {
            return;
        }
        let mut lines = allow_comments(text).peekable();
        if lines.peek().is_some() {
            let path = path();
            let mut comments = self.comments.lock().expect("nothing panics while it is locked");
            for line in lines {
                comments.entry((path.clone(), line)).or_insert(false);
            }
        }
    }

    /// What was of no use in the scans that asked. Where no history was looked at, what is about commits is left out.
    #[must_use]
    pub fn unused(&self, has_history: bool) -> Vec<Unused> {
        let is_out_of_sight =
            |entry: &Entry| !has_history && matches!(&entry.what, What::Ignored(line) if line.has_commit());
        let entries = self.entries.iter().filter(|entry| !entry.is_used.load(Ordering::Relaxed));
        let mut unused: Vec<Unused> = entries
            .filter(|entry| !is_out_of_sight(entry))
            .map(|entry| {
                let mut why = match &entry.what {
                    What::Broken => "cannot be understood".to_owned(),
                    _ if entry.is_expired => "has expired".to_owned(),
                    _ => "matches nothing".to_owned(),
                };
                for (name, value) in [("reason", entry.reason()), ("owner", entry.owner())] {
                    if let Some(value) = value {
                        let _ = write!(why, "; {name}: {value}");
                    }
                }
                Unused { place: entry.place(), kind: entry.kind(), why }
            })
            .collect();
        let comments = self.comments.lock().expect("nothing panics while it is locked");
        let comments = comments.iter().filter(|(_, is_used)| !**is_used);
        unused.extend(comments.map(|((path, line), _)| Unused {
            place: format!("{}:{line}", String::from_utf8_lossy(path)),
            kind: Kind::Comment,
            why: "allows nothing".to_owned(),
        }));
        unused
    }

    /// How many suppressions there are, with the comments that were seen.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len() + self.comments.lock().expect("nothing panics while it is locked").len()
    }
}

/// The path from the root, and as it was reached.
fn paths<'a>(asked: &Asked<'a>) -> Vec<&'a [u8]> {
    let mut paths = vec![asked.origin.from_root(), asked.origin.path()];
    paths.dedup();
    paths
}
