//! Whether the index of a pack, or the name of a file, has led away from something.
//!
//! Ids are not computed for all that is read: that would cost more than the scan. Where each entry
//! of a pack has an id of its own, wrong indices can only exchange objects. What is reached then
//! holds the data of as many objects as it should, and something hidden must have come to stand
//! under an id that is not reached. A blob has something to hide where it was not read whole, or
//! holds a secret of which no finding tells. So, if one that is not reached does, its id is
//! computed, and trees that are not reached and not what their ids say are lies. The ids of these
//! trees, of commits and of tags were computed when they were read. Those of objects that are
//! stored more than once, of which only one copy is looked at, are computed in any case.

use std::io::Read;

use gix::objs::Kind;
use tokensieve_core::internal::Piece;

use crate::git::history::graph::Graph;
use crate::git::store::database::{Database, Reader};
use crate::git::store::ids::is_object;
use crate::git::store::numbers::Numbers;
use crate::git::store::objects::{Number, Objects};
use crate::git::store::sweep::{ObjectVisitor, Sweep};

/// What was found out about wrong indices.
#[derive(Debug, Default)]
pub(crate) struct Lies {
    /// Objects that are not what their id, or the tree that lists them, says.
    pub(crate) objects: Vec<Number>,
    /// The numbers of packs with entries that no id leads to.
    pub(crate) packs: Vec<usize>,
}

/// Where lies are looked for.
pub(super) struct Search<'o> {
    pub(super) objects: &'o Objects,
    pub(super) database: &'o Database,
    pub(super) threads: usize,
}

impl Search<'_> {
    /// Looks for lies that can have hidden something that is reached. `blobs` are those that trees
    /// list as such, `hiding` the objects that are not reached and have something to hide,
    /// `wrong_trees` those that are not reached and not what their ids say.
    pub(super) fn find(
        &self,
        graph: &Graph,
        blobs: &Numbers,
        hiding: &Numbers,
        wrong_trees: &[Number],
    ) -> Lies {
        let Self { objects, database, threads } = *self;
        let mut lies = Lies::default();
        // A tree that is listed as a blob is not followed.
        lies.objects.extend(blobs.iter().filter(|number| graph.has(*number)));
        for (number, pack) in objects.packs.iter().enumerate() {
            let has_less = pack
                .entries_read()
                .is_some_and(|entries| entries.len() < pack.data.num_objects() as usize);
            if has_less {
                lies.packs.push(number);
            }
        }
        if !hiding.is_empty() {
            lies.objects.extend(wrong_trees);
        }
        let is_doubtful = |number: Number| hiding.contains(number) || objects.is_repeated(number);
        if !objects.numbers().any(is_doubtful) {
            return lies;
        }
        let kinds = &[Kind::Commit, Kind::Tree, Kind::Blob, Kind::Tag];
        let choice = Some(&is_doubtful as &(dyn Fn(Number) -> bool + Sync));
        let sweep = Sweep { objects, database, kinds, choice, threads, progress: None };
        let (hash, reader) = (database.hash(), database.reader());
        let make = || Checker { objects, hash, reader: reader.clone(), wrong: Vec::new() };
        for checker in sweep.run(make) {
            lies.objects.extend(checker.wrong);
        }
        lies.objects.sort_unstable();
        lies.objects.dedup();
        lies
    }
}

/// Compares objects with their ids.
struct Checker<'o> {
    objects: &'o Objects,
    hash: gix::hash::Kind,
    reader: Reader,
    wrong: Vec<Number>,
}

impl Checker<'_> {
    fn check(&mut self, number: Number, is_right: bool) {
        if !is_right {
            self.wrong.push(number);
        }
    }
}

impl ObjectVisitor for Checker<'_> {
    type State = ();

    fn object(
        &mut self,
        number: Number,
        is_chosen: bool,
        kind: Kind,
        data: &[u8],
        _: Option<(&(), &[Piece])>,
    ) {
        if is_chosen {
            let id = self.objects.id(number);
            self.check(number, is_object(&id, kind, data));
        }
    }

    fn large(&mut self, number: Number, data: &mut dyn Read) -> std::io::Result<()> {
        const PART: usize = 64 << 10;
        let id = self.objects.id(number);
        let size = self.reader.header(&id).map_or(0, |(_, size)| size);
        let mut hasher = gix::hash::hasher(self.hash);
        hasher.update(&gix::objs::encode::loose_header(Kind::Blob, size));
        let mut part = vec![0; PART];
        loop {
            match data.read(&mut part)? {
                0 => break,
                len => hasher.update(&part[..len]),
            }
        }
        self.check(number, hasher.try_finalize().is_ok_and(|hash| hash == id));
        Ok(())
    }

    /// An object that can neither be read nor reached hides nothing more than it would anyway; what
    /// is reached was counted before.
    fn unreadable(&mut self, _: Number) {}
}
