//! Where exactly a secret stands in an object.
//!
//! While many objects are scanned, only which of them hold a secret is kept. The few that are
//! reported are looked at once more, for lines, columns and the text around.

use std::collections::HashMap;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::objs::Kind;
use tokensieve_core::{
    Finding, Fingerprint, Group, Located, Origin, Overlap, OverlapResolver, Rule, Scanner, Secret,
};

use crate::git::store::database::Reader;
use crate::pipeline::Pipeline;
use crate::pipeline::suppress::{Asked, Silence};

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
pub(crate) struct Spot<'s> {
    pub(crate) path: Vec<u8>,
    pub(crate) located: Located<'s>,
    fingerprint: Fingerprint,
}

/// What a second look at an object came to.
pub(crate) enum Sighting<'s> {
    /// A place that counts.
    Open(Spot<'s>),
    /// All places are silenced; this is the first of them.
    Silenced(Spot<'s>, Silence),
    /// A better match holds its bytes, wherever it is, or its rule is about other files.
    Beaten,
    /// It cannot be read any more.
    Gone,
}

/// A path that a rule has found.
pub(crate) struct FoundPath<'s> {
    pub(crate) path: Vec<u8>,
    pub(crate) located: Located<'s>,
}

impl<'s> FoundPath<'s> {
    /// All that rules about paths alone find in one.
    pub(crate) fn all(scanner: &'s Scanner, path: &[u8]) -> Vec<Self> {
        let located = scanner.by_path(path).into_iter();
        located.map(|located| Self { path: path.to_vec(), located }).collect()
    }
}

/// The introductions of one secret, place by place: which of them count.
pub(crate) struct Introductions<'s> {
    /// The first place that counts.
    pub(crate) first: Option<Spot<'s>>,
    /// The first place that does not, and the commit that brought it there.
    silenced: Option<(Spot<'s>, Silence, Option<ObjectId>)>,
    /// A place cannot be read any more, so nobody knows whether it counts.
    pub(crate) is_any_gone: bool,
}

impl<'s> Introductions<'s> {
    pub(crate) fn new() -> Self {
        Self { first: None, silenced: None, is_any_gone: false }
    }

    /// Takes a place, with the commit that brought it there, and hands it back where it counts.
    pub(crate) fn take(
        &mut self,
        sighting: Sighting<'s>,
        commit: Option<ObjectId>,
    ) -> Option<Spot<'s>> {
        match sighting {
            Sighting::Open(spot) => {
                if self.first.is_none() {
                    self.first = Some(spot.clone());
                }
                Some(spot)
            }
            Sighting::Silenced(spot, silence) => {
                self.silenced.get_or_insert((spot, silence, commit));
                None
            }
            Sighting::Beaten => None,
            Sighting::Gone => {
                self.is_any_gone = true;
                None
            }
        }
    }

    /// The first place of a secret none of whose places counts, and all of them for suppressions.
    pub(crate) fn silenced(&self) -> Option<(&Spot<'s>, &Silence, Option<ObjectId>)> {
        let (spot, silence, commit) = self.silenced.as_ref()?;
        (self.first.is_none() && !self.is_any_gone).then_some((spot, silence, *commit))
    }
}

/// Looks at objects once more.
pub(crate) struct Places<'s> {
    pipeline: &'s Pipeline,
    reader: Reader,
    seen: HashMap<ObjectId, Vec<Named<'s>>>,
}

impl<'s> Places<'s> {
    pub(crate) fn new(pipeline: &'s Pipeline, reader: Reader) -> Self {
        Self { pipeline, reader, seen: HashMap::new() }
    }

    pub(crate) fn pipeline(&self) -> &'s Pipeline {
        self.pipeline
    }

    /// The place of a path that a rule has found.
    pub(crate) fn by_path(&self, found: &FoundPath<'s>) -> Spot<'s> {
        let mut identities = self.pipeline.options().key.file(&found.path);
        let fingerprint = identities.next(found.located.matched.rule(), &found.located.secret);
        Spot { path: found.path.clone(), located: found.located.clone(), fingerprint }
    }

    /// Takes what was found in an object that is too large to be read once more.
    pub(crate) fn know(&mut self, id: ObjectId, found: Vec<Located<'s>>) {
        self.seen.insert(id, found.into_iter().map(|located| (BLOB, located)).collect());
    }

    /// The first place of a secret in an object that counts. An empty path stands for an object
    /// that no tree names; the commit is the one that brought the object there.
    pub(crate) fn first(
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
        let is_it = |(_, located): &Named<'s>| {
            located.matched.rule().id() == rule.id() && located.secret == *secret
        };
        let commit = commit.map(ToString::to_string);
        let stands = self.standing(list, path, commit.as_deref());
        let (mut open, mut silenced, mut is_elsewhere) = (None, None, false);
        for (at, (name, located)) in list.iter().enumerate().filter(|(_, named)| is_it(named)) {
            let path = if path.is_empty() { name.as_bytes().to_vec() } else { path.to_vec() };
            if !stands[at] || !located.matched.is_for_path(&path) {
                is_elsewhere = true;
                continue;
            }
            let fingerprint = self.fingerprint(list, &stands, at, &path);
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
        match silenced {
            Some((spot, silence)) => Sighting::Silenced(spot, silence),
            None if is_elsewhere => Sighting::Beaten,
            None => Sighting::Gone,
        }
    }

    /// Which of the matches in an object stand at a path: of those that share bytes the best,
    /// unless it is released.
    fn standing(&self, list: &[Named<'s>], path: &[u8], commit: Option<&str>) -> Vec<bool> {
        let mut stands = vec![true; list.len()];
        let overlap = |at: &usize| list[*at].1.matched.overlap();
        let mut contested: Vec<usize> =
            (0..list.len()).filter(|at| overlap(at).is_some()).collect();
        contested.sort_by_key(|at| overlap(at).map(|overlap| overlap.rank));
        let mut groups: Vec<(Group, &str, OverlapResolver)> = Vec::new();
        for at in contested {
            let (name, located) = &list[at];
            let Some(Overlap { group, .. }) = located.matched.overlap() else { continue };
            let is_own =
                |known: &(Group, &str, OverlapResolver)| known.0 == group && known.1 == *name;
            let own = groups.iter().position(is_own).unwrap_or_else(|| {
                groups.push((group, name, OverlapResolver::default()));
                groups.len() - 1
            });
            let standing = &mut groups[own].2;
            stands[at] = standing.admits(&located.matched);
            if stands[at] {
                let path = if path.is_empty() { name.as_bytes().to_vec() } else { path.to_vec() };
                let origin = Origin::new(path.clone(), path);
                // What releases a match does not look at its identities, so which of them it is
                // does not matter.
                let mut identities = self.pipeline.options().key.file(origin.from_root());
                let fingerprint = identities.next(located.matched.rule(), &located.secret);
                let asked =
                    Asked { located, origin: &origin, commit, is_walked: false, fingerprint };
                let is_sure =
                    located.matched.confidence() >= self.pipeline.options().min_confidence;
                standing.note(
                    &located.matched,
                    is_sure && self.pipeline.options().suppressions.releases(&asked),
                );
            }
        }
        stands
    }

    /// Why a spot is not to be reported, if it is not.
    pub(crate) fn silence(&self, spot: &Spot<'s>, commit: Option<&str>) -> Option<Silence> {
        let origin = Origin::new(spot.path.clone(), spot.path.clone());
        let asked = Asked {
            located: &spot.located,
            origin: &origin,
            commit,
            is_walked: false,
            fingerprint: spot.fingerprint,
        };
        self.pipeline.options().suppressions.silence(&asked)
    }

    /// All places in an object that stand, whatever their confidence.
    pub(crate) fn all(&mut self, id: ObjectId, path: &[u8]) -> Vec<Spot<'s>> {
        if !self.seen.contains_key(&id) {
            let found = self.look(id);
            self.seen.insert(id, found);
        }
        let list = &self.seen[&id];
        let stands = self.standing(list, path, None);
        let spot = |at: usize| Spot {
            path: path.to_vec(),
            located: list[at].1.clone(),
            fingerprint: self.fingerprint(list, &stands, at, path),
        };
        (0..list.len()).filter(|at| stands[*at]).map(spot).collect()
    }

    /// The identities of one of the matches in a file.
    fn fingerprint(
        &self,
        list: &[Named<'s>],
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
    pub(crate) fn finding(&self, spot: &Spot<'s>) -> Finding {
        let origin = Origin::new(spot.path.clone(), spot.path.clone());
        let redactor = self.pipeline.scanner().redactor();
        Finding::new(
            &origin,
            &spot.located,
            spot.fingerprint,
            redactor,
            self.pipeline.options().shows_secrets,
        )
    }
}
