//! Which blobs the trees list that references lead to.
//!
//! Most trees are reached, so most blobs are. Only what trees that are not reached list is in
//! doubt: the reached ones are asked whether they list it, too.

use std::collections::HashSet;
use std::io::Read;

use gix::ObjectId;
use gix::hash::oid;
use gix::objs::Kind;
use tokensieve_core::internal::Piece;

use crate::git::store::database::Database;
use crate::git::store::ids::is_object;
use crate::git::store::numbers::{Numbering, Numbers};
use crate::git::store::objects::{NONE, Number};
use crate::git::store::sweep::{ObjectVisitor, Sweep};
use crate::git::store::trees::{Item, Listing, each};

/// What the trees say that are not reached.
#[derive(Debug, Default)]
pub(super) struct Unreached {
    /// Blobs that no tree lists but these.
    pub(super) blobs: Numbers,
    /// The trees that are not what their ids say.
    pub(super) wrong: Vec<Number>,
}

/// Where trees are asked.
pub(super) struct Search<'a> {
    pub(super) numbering: &'a Numbering<'a>,
    pub(super) database: &'a Database,
    pub(super) threads: usize,
}

impl Search<'_> {
    /// Reads the trees that are not among `reached`, and then, where they list a blob, all others.
    pub(super) fn find(&self, reached: &Numbers) -> Unreached {
        let is_other = |number| !reached.contains(number);
        let mut found = Unreached::default();
        for reader in self.read(&is_other, None) {
            found.blobs.merge(&reader.blobs);
            found.wrong.extend(reader.wrong);
        }
        let objects = self.numbering.objects;
        let stored = found.blobs.iter().filter(|number| (*number as usize) < objects.len());
        let ids = Ids::new(stored.map(|number| objects.id(number)));
        if ids.is_empty() {
            return found;
        }
        let is_reached = |number| reached.contains(number);
        for reader in self.read(&is_reached, Some(&ids)) {
            for blob in reader.blobs.iter() {
                found.blobs.remove(blob);
            }
        }
        found
    }

    fn read<'r>(
        &'r self,
        choice: &'r (dyn Fn(Number) -> bool + Sync),
        among: Option<&'r Ids>,
    ) -> Vec<TreeReader<'r>> {
        let sweep = Sweep {
            objects: self.numbering.objects,
            database: self.database,
            kinds: &[Kind::Tree],
            choice: Some(choice),
            threads: self.threads,
            progress: None,
        };
        sweep.run(|| TreeReader {
            numbering: self.numbering,
            among,
            blobs: Numbers::default(),
            wrong: Vec::new(),
        })
    }
}

/// A few ids.
struct Ids {
    ids: HashSet<ObjectId>,
    /// Which ids there are that begin with two given bytes: few enough to tell most others apart.
    heads: Vec<bool>,
}

impl Ids {
    fn new(ids: impl Iterator<Item = ObjectId>) -> Self {
        let ids: HashSet<ObjectId> = ids.collect();
        let mut heads = vec![false; 1 << 16];
        for id in &ids {
            heads[Self::head(id.as_slice())] = true;
        }
        Self { ids, heads }
    }

    fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    fn head(id: &[u8]) -> usize {
        usize::from(id[0]) << 8 | usize::from(id[1])
    }

    fn contains(&self, id: &[u8]) -> bool {
        self.heads[Self::head(id)] && self.ids.contains(oid::from_bytes_unchecked(id))
    }
}

/// Collects the blobs that trees list.
struct TreeReader<'a> {
    numbering: &'a Numbering<'a>,
    /// Only these are of interest. Without them, all are, and the ids of the trees are checked.
    among: Option<&'a Ids>,
    blobs: Numbers,
    wrong: Vec<Number>,
}

impl TreeReader<'_> {
    /// The number of a blob of interest.
    fn number(&self, id: &[u8]) -> Option<Number> {
        let is_wanted = self.among.is_none_or(|ids| ids.contains(id));
        is_wanted.then(|| self.numbering.number(oid::from_bytes_unchecked(id)))
    }
}

impl ObjectVisitor for TreeReader<'_> {
    type State = Listing;

    fn object(
        &mut self,
        number: Number,
        is_chosen: bool,
        kind: Kind,
        data: &[u8],
        made_of: Option<(&Listing, &[Piece])>,
    ) -> Listing {
        let objects = self.numbering.objects;
        if is_chosen && self.among.is_none() && !is_object(&objects.id(number), kind, data) {
            self.wrong.push(number);
        }
        let id_len = objects.id_len();
        let listing = Listing::read(data, id_len, made_of, |entry| {
            if entry.is_tree() { NONE } else { self.number(entry.id).unwrap_or(NONE) }
        });
        match listing {
            Ok(listing) => {
                if is_chosen {
                    self.blobs.extend(listing.items().iter().copied().filter_map(Item::blob));
                }
                listing
            }
            // The entries before the broken one count, too.
            Err(_) => {
                let entries = each(data, id_len).filter_map(Result::ok).filter(|_| is_chosen);
                for entry in entries.filter(|entry| !entry.is_tree() && !entry.is_submodule()) {
                    self.blobs.extend(self.number(entry.id));
                }
                Listing::default()
            }
        }
    }

    fn large(&mut self, _: Number, _: &mut dyn Read) -> std::io::Result<()> {
        Ok(())
    }

    /// It has been counted when it was read for the first time.
    fn unreadable(&mut self, _: Number) {}
}
