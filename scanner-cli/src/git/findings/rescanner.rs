//! Scans objects again, for the places of secrets in them.
//!
//! While many objects are scanned, only which of them hold a secret is kept. The few that are
//! reported are scanned a second time, for lines, columns and the text around.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::objs::Kind;
use tokensieve_core::internal::standing;
use tokensieve_core::{Confidence, Fingerprint, Located, Provenance, Rule, Scanner, Secret};

use crate::git::store::database::Reader;
use crate::pipeline::{FindingBuilder, Location, Lookup, Pipeline};

/// The path of a match in the message of a commit.
const COMMIT_MESSAGE_PATH: &str = "<commit message>";
/// The path of a match in the other fields of a commit.
const COMMIT_HEADER_PATH: &str = "<commit header>";
/// The path of a match in the message of a tag.
const TAG_MESSAGE_PATH: &str = "<tag message>";
/// The path of a match in the other fields of a tag.
const TAG_HEADER_PATH: &str = "<tag header>";
/// The path of a match in a blob that no tree names.
const UNNAMED_BLOB_PATH: &str = "<blob>";

/// A match with the path that it has where no tree gives one.
type ObjectMatch<'s> = (&'static str, Located<'s>);

/// A commit that introduced a secret, and the object that holds it there.
#[derive(Clone, Debug)]
pub(crate) struct Introduction {
    /// None for objects that no commit leads to.
    pub(crate) commit: Option<ObjectId>,
    /// The path from the root of the repository; empty where no tree names the object.
    pub(crate) path: Vec<u8>,
    pub(crate) object: ObjectId,
}

impl Introduction {
    /// How many introductions of a secret are looked at one by one, where `count` secrets share the
    /// memory for them.
    pub(crate) fn max_kept(count: usize) -> usize {
        const MAX_OF_ALL: usize = 20_000;
        Provenance::MAX_PLACES.max(MAX_OF_ALL / count.max(1))
    }
}

/// A path that a rule about paths matches.
pub(crate) struct FoundPath<'s> {
    pub(crate) path: Vec<u8>,
    pub(crate) located: Located<'s>,
}

impl<'s> FoundPath<'s> {
    /// Returns the matches of all rules that are about paths alone.
    pub(crate) fn all(scanner: &'s Scanner, path: &[u8]) -> Vec<Self> {
        let located = scanner.by_path(path).into_iter();
        located.map(|located| Self { path: path.to_vec(), located }).collect()
    }
}

/// Whether a match can be reported, or decides whether another one is. All others are only counted:
/// there can be very many.
pub(crate) fn is_of_interest(located: &Located<'_>, least: Confidence) -> bool {
    located.matched.confidence() >= least || located.matched.overlap().is_some()
}

/// Scans objects again. Each is read and scanned once and its matches are kept, so memory grows
/// with the number of objects that hold secrets.
pub(crate) struct ObjectRescanner<'s> {
    pipeline: &'s Pipeline,
    reader: Reader,
    matches: HashMap<ObjectId, Vec<ObjectMatch<'s>>>,
    /// When scans have to end.
    deadline: Option<Instant>,
}

impl<'s> ObjectRescanner<'s> {
    pub(crate) fn new(pipeline: &'s Pipeline, reader: Reader) -> Self {
        Self { pipeline, reader, matches: HashMap::new(), deadline: None }
    }

    /// Bounds the time: what was found before `deadline` is looked for a second longer.
    pub(crate) fn until(mut self, deadline: Option<Instant>) -> Self {
        const GRACE: Duration = Duration::from_secs(1);
        self.deadline = deadline.map(|deadline| deadline + GRACE);
        self
    }

    /// What makes findings of the places.
    pub(crate) fn builder(&self) -> FindingBuilder<'s> {
        FindingBuilder::new(self.pipeline)
    }

    /// The location of a path that a rule matches.
    pub(crate) fn path_location(&self, found: &FoundPath<'s>) -> Location<'s> {
        let mut identities = self.pipeline.options().key.file(&found.path);
        let fingerprint = identities.next(found.located.matched.rule(), &found.located.secret);
        Location::new(found.path.clone(), found.located.clone(), fingerprint)
    }

    /// Looks up whether a path that a rule matches is reported, where `commit` introduced it.
    pub(crate) fn lookup_path(
        &self,
        found: &FoundPath<'s>,
        commit: Option<ObjectId>,
    ) -> Lookup<'s> {
        let location = self.path_location(found);
        let commit = commit.map(|commit| commit.to_string());
        match self.builder().suppressed_by(&location.query(commit.as_deref())) {
            None => Lookup::Reportable(location),
            Some(by) => Lookup::Suppressed(location, by),
        }
    }

    /// Adds the matches in an object that is too large to be read whole.
    pub(crate) fn insert(&mut self, id: ObjectId, found: Vec<Located<'s>>) {
        let found = found.into_iter().map(|located| (UNNAMED_BLOB_PATH, located)).collect();
        self.matches.insert(id, found);
    }

    /// Looks for the best place of a secret in the object of an introduction that is reported: the
    /// surest, of these one that is not encoded, of these the first. Places that are not sure
    /// enough to be reported do not count.
    pub(crate) fn lookup(
        &mut self,
        rule: &Rule,
        secret: &Secret,
        introduction: &Introduction,
    ) -> Lookup<'s> {
        self.scan_once(introduction.object);
        let list = &self.matches[&introduction.object];
        let commit = introduction.commit.map(|commit| commit.to_string());
        let stands = self.standing(list, &introduction.path, commit.as_deref());
        let (mut reportable, mut suppressed, mut is_shadowed) = (None, None, false);
        for at in self.places(list, rule, secret) {
            let (name, located) = &list[at];
            let path = path_or_name(&introduction.path, name);
            if !stands[at] || !located.matched.is_for_path(path) {
                is_shadowed = true;
                continue;
            }
            let fingerprint = self.fingerprint(list, &stands, at, path);
            let location = Location::new(path.to_vec(), located.clone(), fingerprint);
            match self.builder().suppressed_by(&location.query(commit.as_deref())) {
                None if reportable.is_none() => reportable = Some(location),
                Some(by) if suppressed.is_none() => suppressed = Some((location, by)),
                _ => {}
            }
            // An audit asks the suppressions about every place.
            if reportable.is_some() && !self.pipeline.options().suppressions.is_audit() {
                break;
            }
        }
        match (reportable, suppressed) {
            (Some(location), _) => Lookup::Reportable(location),
            (None, Some((location, by))) => Lookup::Suppressed(location, by),
            (None, None) if is_shadowed => Lookup::Shadowed,
            (None, None) => Lookup::Unreadable,
        }
    }

    /// Returns which matches are places of a secret that are sure enough, the best first.
    fn places(&self, list: &[ObjectMatch<'s>], rule: &Rule, secret: &Secret) -> Vec<usize> {
        let least = self.pipeline.options().min_confidence;
        let is_place = |at: &usize| {
            let (_, Located { matched, secret: found, .. }) = &list[*at];
            matched.rule().id() == rule.id() && found == secret && matched.confidence() >= least
        };
        let mut places: Vec<usize> = (0..list.len()).filter(is_place).collect();
        places.sort_by_key(|at| {
            let matched = &list[*at].1.matched;
            (Reverse(matched.confidence()), !matched.decoded().is_empty())
        });
        places
    }

    /// Returns all places in an object at a path that no better match shadows and whose rules are
    /// about the path, whatever their confidence.
    pub(crate) fn locations(&mut self, id: ObjectId, path: &[u8]) -> Vec<Location<'s>> {
        self.scan_once(id);
        let list = &self.matches[&id];
        let stands = self.standing(list, path, None);
        let mut locations = Vec::new();
        for (at, (_, located)) in list.iter().enumerate() {
            if stands[at] && located.matched.is_for_path(path) {
                let fingerprint = self.fingerprint(list, &stands, at, path);
                locations.push(Location::new(path.to_vec(), located.clone(), fingerprint));
            }
        }
        locations
    }

    /// Says for each match in an object whether it stands at a path: of those that share bytes the
    /// best one does, and the next one where an allowlist clears the best.
    fn standing(&self, list: &[ObjectMatch<'s>], path: &[u8], commit: Option<&str>) -> Vec<bool> {
        let matches = list.iter().map(|(name, located)| (&**name, &located.matched));
        standing(matches, |at| {
            let (name, located) = &list[at];
            self.is_cleared(located, path_or_name(path, name), commit)
        })
    }

    /// Whether an allowlist clears a match that is sure enough to be reported.
    fn is_cleared(&self, located: &Located<'s>, path: &[u8], commit: Option<&str>) -> bool {
        let options = self.pipeline.options();
        if located.matched.confidence() < options.min_confidence {
            return false;
        }
        // Allowlists that clear a match do not look at its identities, so any will do.
        let mut identities = options.key.file(path);
        let fingerprint = identities.next(located.matched.rule(), &located.secret);
        let location = Location::new(path.to_vec(), located.clone(), fingerprint);
        options.suppressions.is_cleared(&location.query(commit))
    }

    /// Makes the identities of one of the matches in a file.
    fn fingerprint(
        &self,
        list: &[ObjectMatch<'s>],
        stands: &[bool],
        at: usize,
        path: &[u8],
    ) -> Fingerprint {
        let options = self.pipeline.options();
        let (name, last) = &list[at];
        let mut identities = options.key.file(path);
        for ((other, located), stands) in list[..at].iter().zip(stands) {
            if *stands && other == name && located.matched.confidence() >= options.min_confidence {
                let _ = identities.next(located.matched.rule(), &located.secret);
            }
        }
        identities.next(last.matched.rule(), &last.secret)
    }

    fn scan_once(&mut self, id: ObjectId) {
        if !self.matches.contains_key(&id) {
            let found = self.scan(id);
            self.matches.insert(id, found);
        }
    }

    /// Scans an object. One that cannot be read holds nothing.
    fn scan(&self, id: ObjectId) -> Vec<ObjectMatch<'s>> {
        let scanner = self.pipeline.scanner();
        let mut data = Vec::new();
        let mut list = Vec::new();
        let least = self.pipeline.options().min_confidence;
        let mut goes_on = || self.deadline.is_none_or(|deadline| Instant::now() < deadline);
        if !goes_on() {
            return list;
        }
        let mut push = |name, located: Located<'s>| {
            if is_of_interest(&located, least) {
                list.push((name, located));
            }
        };
        let names = match self.reader.read(&id, &mut data) {
            Some(Kind::Blob) => {
                let mut emit = |located| push(UNNAMED_BLOB_PATH, located);
                scanner.scan_while(&data, &mut emit, &mut goes_on);
                return list;
            }
            Some(Kind::Commit) => (COMMIT_MESSAGE_PATH, COMMIT_HEADER_PATH),
            Some(Kind::Tag) => (TAG_MESSAGE_PATH, TAG_HEADER_PATH),
            Some(Kind::Tree) | None => return list,
        };
        // Lines are counted from the beginning of the message.
        let message = data.find(b"\n\n").map_or(data.len(), |end| end + 2);
        scanner.scan(&data[message..], &mut |located| push(names.0, located));
        scanner.scan(&data, &mut |located| push(names.1, located));
        list
    }
}

/// The path that a tree gives, or else the name of the part of the object.
fn path_or_name<'a>(path: &'a [u8], name: &'static str) -> &'a [u8] {
    if path.is_empty() { name.as_bytes() } else { path }
}
