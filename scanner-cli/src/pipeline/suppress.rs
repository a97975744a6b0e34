//! What is found and yet not reported: one value that every source asks.
//!
//! Comments, allowlists, baselines and ignore files come together here. The matching is the core's;
//! this knows which file an entry comes from, whether its day is over, and, for `tokensieve audit`,
//! whether it was of use.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tokensieve_core::{
    AllowedBy, Allowlist, Baseline, BaselineEntry, Date, Fingerprint, FingerprintKey,
    GitleaksFinding, GitleaksReport, Id, IgnoreFile, IgnoreLine, Located, Origin, Redactor,
    Subject, Suppression, allow_comments, allowed_by,
};

use crate::pipeline::shown_path;

/// What standard input is called unless somebody says otherwise.
pub(crate) const STDIN: &str = "<stdin>";

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
    GitleaksFinding(Box<GitleaksFinding>),
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
            What::Baseline(_) | What::GitleaksFinding(_) => Kind::Baseline,
            What::Ignored(_) | What::Broken => Kind::IgnoreFile,
        }
    }

    /// Whether it says what a secret is not, rather than which finding is known.
    fn releases(&self) -> bool {
        matches!(&self.what, What::Allowlist(list) if list.spec().fingerprints.is_empty())
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Allowlist(list) => list.spec().reason.as_deref(),
            What::Baseline(entry) => entry.reason.as_deref(),
            What::GitleaksFinding(_) | What::Ignored(_) | What::Broken => None,
        }
    }

    fn owner(&self) -> Option<&str> {
        match &self.what {
            What::Allowlist(list) => list.spec().owner.as_deref(),
            What::Baseline(entry) => entry.owner.as_deref(),
            What::GitleaksFinding(_) | What::Ignored(_) | What::Broken => None,
        }
    }

    fn place(&self) -> String {
        place(&self.file, self.line, self.is_borrowed())
    }

    fn is_borrowed(&self) -> bool {
        matches!(self.what, What::GitleaksFinding(_))
    }
}

/// A suppression that nothing needs any more, for `tokensieve audit`. Nothing in it is redacted.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Unused {
    /// The file that it stands in.
    pub file: String,
    /// Its line there; of a report of gitleaks, which entry it is.
    pub line: usize,
    /// Whether it is an entry of a report of gitleaks.
    pub is_borrowed: bool,
    /// What it is.
    pub kind: Kind,
    /// Why it is of no use.
    pub why: Useless,
    /// Why somebody put it there.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// Why a suppression is of no use.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Useless {
    /// It cannot be understood.
    Broken,
    /// Its day is over.
    Expired,
    /// What it is about is not found any more.
    MatchesNothing,
}

impl Useless {
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
            place(&self.file, self.line, self.is_borrowed),
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
fn place(file: &str, line: usize, is_borrowed: bool) -> String {
    if is_borrowed { format!("{file}, entry {line}") } else { format!("{file}:{line}") }
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
    /// Whether it was found by walking through folders.
    pub is_walked: bool,
    /// Its identities.
    pub fingerprint: Fingerprint,
}

/// Why a match is not reported.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Silence {
    /// What kind of suppression it was.
    pub kind: Kind,
    /// Which entry.
    entry: Option<usize>,
    /// What a comment gives as its reason.
    reason: Option<String>,
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
    /// Entries of reports of gitleaks: by their secret, or by their path where the report was
    /// redacted.
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
    pub fn add_baseline(
        &mut self,
        baseline: &Baseline,
        key: FingerprintKey,
        file: &str,
        today: Date,
    ) {
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
    pub fn add_borrowed(&mut self, report: &GitleaksReport, file: &str) {
        for (number, finding) in (1..).zip(&report.findings) {
            let at =
                self.add(What::GitleaksFinding(Box::new(finding.clone())), file, number, false);
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
        self.warnings.push(format!(
            "{}: expired after {expires}; it silences nothing{owner}",
            entry.place()
        ));
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
                silence = silence.or_else(|| {
                    Some(Silence { kind: self.entries[at].kind(), entry: Some(at), reason: None })
                });
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
        let around = &asked.located.context;
        let AllowedBy { line, reason } = allowed_by(asked.located.matched.rule(), around)?;
        if self.is_audit {
            let first = asked.located.start.line.saturating_sub(around.lines_above());
            let place = (asked.origin.path().to_vec(), first.saturating_add_signed(line));
            self.comments.lock().expect("nothing panics while it is locked").insert(place, true);
        }
        let reason = reason.map(|reason| String::from_utf8_lossy(reason).into_owned());
        Some(Silence { kind: Kind::Comment, entry: None, reason })
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
        let lines = [line, line.saturating_sub(located.context.lines_above())];
        match &self.entries[at].what {
            What::Allowlist(list) => list.allows(&Subject {
                rule,
                path: asked.origin.from_root(),
                is_walked: asked.is_walked,
                commit: asked.commit,
                fingerprint: Some(asked.fingerprint),
                secret: located.secret.expose(),
                around: &located.context,
            }),
            // It was found by its id, so the id is the right one.
            What::Baseline(entry) => entry.is_about(rule, entry.secret, asked.origin.from_root()),
            What::GitleaksFinding(borrowed) => {
                borrowed.is_about(rule, located.secret.expose(), &paths(asked), lines, asked.commit)
            }
            What::Ignored(ignored) => {
                rule.is_called(ignored.rule().as_bytes())
                    && ignored.is_at(&paths(asked), lines, asked.commit)
            }
            What::Broken => false,
        }
    }

    /// Whether an allowlist says that a match is no secret of its kind: then what shares its bytes
    /// may be one of another kind. Comments, baselines, ignore files and fingerprints are about
    /// what was found in a place, and that stays known.
    #[must_use]
    pub fn releases(&self, asked: &Asked<'_>) -> bool {
        let releases = |at: &usize| self.entries[*at].releases() && self.says_yes(*at, asked);
        self.allowlists.iter().any(releases)
    }

    /// Whether something could release a match.
    #[must_use]
    pub fn can_release(&self) -> bool {
        self.allowlists.iter().any(|at| self.entries[*at].releases())
    }

    /// What reports say about a match that is not reported.
    pub(crate) fn describe(&self, silence: &Silence, redactor: &Redactor) -> Suppression {
        let entry = silence.entry.map(|at| &self.entries[at]);
        let clean = |text: &str| shown_path(redactor, text.as_bytes());
        let reason = silence.reason.as_deref().or_else(|| entry.and_then(Entry::reason));
        Suppression {
            kind: silence.kind.as_str(),
            is_in_source: silence.kind == Kind::Comment,
            place: entry.map(|entry| clean(&entry.place())),
            reason: reason.map(clean),
            owner: entry.and_then(Entry::owner).map(clean),
        }
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

    /// What was of no use in the scans that asked. Where no history was looked at, what is about
    /// commits is left out.
    #[must_use]
    pub fn unused(&self, has_history: bool) -> Vec<Unused> {
        let is_out_of_sight = |entry: &Entry| {
            !has_history && matches!(&entry.what, What::Ignored(line) if line.has_commit())
        };
        let entries = self.entries.iter().filter(|entry| !entry.is_used.load(Ordering::Relaxed));
        let mut unused: Vec<Unused> = entries
            .filter(|entry| !is_out_of_sight(entry))
            .map(|entry| Unused {
                file: entry.file.clone(),
                line: entry.line,
                is_borrowed: entry.is_borrowed(),
                kind: entry.kind(),
                why: match &entry.what {
                    What::Broken => Useless::Broken,
                    _ if entry.is_expired => Useless::Expired,
                    _ => Useless::MatchesNothing,
                },
                reason: entry.reason().map(ToOwned::to_owned),
                owner: entry.owner().map(ToOwned::to_owned),
            })
            .collect();
        let comments = self.comments.lock().expect("nothing panics while it is locked");
        let comments = comments.iter().filter(|(_, is_used)| !**is_used);
        unused.extend(comments.map(|((path, line), _)| Unused {
            file: String::from_utf8_lossy(path).into_owned(),
            line: *line,
            is_borrowed: false,
            kind: Kind::Comment,
            why: Useless::MatchesNothing,
            reason: None,
            owner: None,
        }));
        unused
    }

    /// How many suppressions there are, with the comments that were seen.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len() + self.comments.lock().expect("nothing panics while it is locked").len()
    }
}

/// The path from the root, and as it was reached. Standard input has none in gitleaks.
fn paths<'a>(asked: &Asked<'a>) -> Vec<&'a [u8]> {
    let mut paths = vec![asked.origin.from_root(), asked.origin.path()];
    paths.dedup();
    if asked.origin.path() == STDIN.as_bytes() {
        paths.push(b"");
    }
    paths
}
