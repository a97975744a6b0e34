//! Where exactly a secret stands in an object.
//!
//! While many objects are scanned, only which of them hold a secret is kept. The few that are reported are looked at
//! once more, for lines, columns and the text around.

use std::collections::HashMap;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::objs::Kind;
use tokensieve_core::{Finding, Fingerprint, Located, Origin, Rule, Secret};

use super::database::Reader;
use crate::pipeline::{Outcome, Pipeline};
use crate::suppress::{Asked, Silence};

/// The path of what stands in the message of a commit.
const COMMIT_MESSAGE: &str = "<commit message>";
/// The path of what stands in the other fields of a commit.
const COMMIT_HEADER: &str = "<commit header>";
/// The path of what stands in the message of a tag.
const TAG_MESSAGE: &str = "<tag message>";
/// The path of what stands in the other fields of a tag.
const TAG_HEADER: &str = "<tag header>";
/// The path of a blob that no tree names.
const BLOB: &str = "<blob>";

/// A match with the path it is reported under where no tree gives one.
type Named<'s> = (&'static str, Located<'s>);

/// The place of a secret.
#[derive(Clone)]
pub(super) struct Spot<'s> {
    pub(super) path: Vec<u8>,
    pub(super) located: Located<'s>,
    fingerprint: Fingerprint,
}

/// What a second look at an object came to.
pub(super) enum Sighting<'s> {
    /// A place that counts.
    Open(Spot<'s>),
    /// All places are silenced; this is the first of them.
    Silenced(Spot<'s>, Silence),
    /// It cannot be read any more.
    Gone,
}

/// The introductions of one secret, place by place: which of them count.
pub(super) struct Introductions<'s> {
    /// The first place that counts.
    pub(super) first: Option<Spot<'s>>,
    /// The first place that does not.
    silenced: Option<(Spot<'s>, Silence)>,
    /// A place cannot be read any more, so nobody knows whether it counts.
    is_any_gone: bool,
}

impl<'s> Introductions<'s> {
    pub(super) fn new() -> Self {
        Self { first: None, silenced: None, is_any_gone: false }
    }

    /// Takes a place, and hands it back where it counts.
    pub(super) fn take(&mut self, sighting: Sighting<'s>) -> Option<Spot<'s>> {
        match sighting {
            Sighting::Open(spot) => {
                if self.first.is_none() {
                    self.first = Some(spot.clone());
                }
                Some(spot)
            }
            Sighting::Silenced(spot, silence) => {
                self.silenced.get_or_insert((spot, silence));
                None
            }
            Sighting::Gone => {
                self.is_any_gone = true;
                None
            }
        }
    }

    /// Counts a secret none of whose places counts, and says whether that was for suppressions.
    pub(super) fn tell_silenced(&self, pipeline: &Pipeline, outcome: &mut Outcome) -> bool {
        match (&self.first, &self.silenced) {
            (None, Some((spot, silence))) if !self.is_any_gone => {
                pipeline.tell_silenced(outcome, *silence, &spot.path, &spot.located);
                true
            }
            _ => false,
        }
    }
}

/// Looks at objects once more.
pub(super) struct Places<'s> {
    pipeline: &'s Pipeline,
    reader: Reader,
    seen: HashMap<ObjectId, Vec<Named<'s>>>,
}

impl<'s> Places<'s> {
    pub(super) fn new(pipeline: &'s Pipeline, reader: Reader) -> Self {
        Self { pipeline, reader, seen: HashMap::new() }
    }

    /// Takes what was found in an object that is too large to be read once more.
    pub(super) fn know(&mut self, id: ObjectId, found: Vec<Located<'s>>) {
        self.seen.insert(id, found.into_iter().map(|located| (BLOB, located)).collect());
    }

    /// The first place of a secret in an object that counts. An empty path stands for an object that no tree names;
    /// the commit is the one that brought the object there.
    pub(super) fn first(
        &mut self,
        id: ObjectId,
        rule: &Rule,
        secret: &Secret,
        path: &[u8],
        commit: Option<&ObjectId>,
    ) -> Sighting<'s> {
        if !self.seen.contains_key(&id) {
            let found = self.look(id);
            self.seen.insert(id, found);
        }
        let list = &self.seen[&id];
        let is_it = |(_, located): &Named<'s>| located.matched.rule().id() == rule.id() && located.secret == *secret;
        let commit = commit.map(ToString::to_string);
        let (mut open, mut silenced) = (None, None);
        for (at, (name, located)) in list.iter().enumerate().filter(|(_, named)| is_it(named)) {
            let path = if path.is_empty() { name.as_bytes().to_vec() } else { path.to_vec() };
            let fingerprint = self.fingerprint(&list[..=at], &path);
            let spot = Spot { path, located: located.clone(), fingerprint };
            match self.silence(&spot, commit.as_deref()) {
                None if open.is_none() => open = Some(spot),
                Some(silence) if silenced.is_none() => silenced = Some((spot, silence)),
                _ => {}
            }
            if open.is_some() && !self.pipeline.options().suppressions.is_audit() {
                break;
            }
        }
        if let Some(spot) = open {
            return Sighting::Open(spot);
        }
        silenced.map_or(Sighting::Gone, |(spot, silence)| Sighting::Silenced(spot, silence))
    }

    /// Why a spot is not to be reported, if it is not.
    pub(super) fn silence(&self, spot: &Spot<'s>, commit: Option<&str>) -> Option<Silence> {
        let origin = Origin::new(spot.path.clone(), spot.path.clone());
        let asked = Asked { located: &spot.located, origin: &origin, commit, fingerprint: spot.fingerprint };
        self.pipeline.options().suppressions.silence(&asked)
    }

    /// All places in an object, whatever their confidence.
    pub(super) fn all(&mut self, id: ObjectId, path: &[u8]) -> Vec<Spot<'s>> {
        if !self.seen.contains_key(&id) {
            let found = self.look(id);
            self.seen.insert(id, found);
        }
        let list = &self.seen[&id];
        let spot = |at: usize| Spot {
            path: path.to_vec(),
            located: list[at].1.clone(),
            fingerprint: self.fingerprint(&list[..=at], path),
        };
        (0..list.len()).map(spot).collect()
    }

    /// The identities of the last one of some matches in one file.
    fn fingerprint(&self, list: &[Named<'s>], path: &[u8]) -> Fingerprint {
        let options = self.pipeline.options();
        let (name, last) = list.last().expect("one was found");
        let mut identities = options.key.file(path);
        for (other, located) in &list[..list.len() - 1] {
            if other == name && located.matched.confidence() >= options.min_confidence {
                let _ = identities.next(located.matched.rule(), &located.secret);
            }
        }
        identities.next(last.matched.rule(), &last.secret)
    }

    fn look(&self, id: ObjectId) -> Vec<Named<'s>> {
        let scanner = self.pipeline.scanner();
        let mut data = Vec::new();
        let mut list = Vec::new();
        let names = match self.reader.read(&id, &mut data) {
            Some(Kind::Blob) => {
                scanner.scan(&data, &mut |located| list.push((BLOB, located)));
                return list;
            }
            Some(Kind::Commit) => (COMMIT_MESSAGE, COMMIT_HEADER),
            Some(Kind::Tag) => (TAG_MESSAGE, TAG_HEADER),
            Some(Kind::Tree) | None => return list,
        };
        // Lines are counted from the beginning of the message.
        let message = data.find(b"\n\n").map_or(data.len(), |end| end + 2);
        scanner.scan(&data[message..], &mut |located| list.push((names.0, located)));
        scanner.scan(&data, &mut |located| list.push((names.1, located)));
        list
    }

    /// The finding at a spot.
    pub(super) fn finding(&self, spot: &Spot<'s>) -> Finding {
        let origin = Origin::new(spot.path.clone(), spot.path.clone());
        let redactor = self.pipeline.scanner().redactor();
        Finding::new(&origin, &spot.located, spot.fingerprint, redactor, self.pipeline.options().shows_secrets)
    }
}
