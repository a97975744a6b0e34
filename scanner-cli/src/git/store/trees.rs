//! What trees list, carried from a tree to those made of it.

use gix::bstr::ByteSlice;
use tokensieve_core::internal::Piece;

use crate::git::store::objects::NONE;

/// An entry of a tree.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Item {
    /// Where it begins in the tree.
    start: u32,
    /// What stands there: a number with [`TREE_BIT`] set for a tree; [`NONE`] for the commit of a
    /// submodule.
    object: u32,
}

const TREE_BIT: u32 = 1 << 31;

impl Item {
    /// The number of the blob.
    pub(crate) fn blob(self) -> Option<u32> {
        (self.object != NONE && self.object & TREE_BIT == 0).then_some(self.object)
    }

    /// Whether it is the commit of a submodule, which has no number.
    pub(crate) fn is_submodule(self) -> bool {
        self.object == NONE
    }

    /// The number of the tree.
    pub(crate) fn tree(self) -> Option<u32> {
        (self.object != NONE && self.object & TREE_BIT != 0).then_some(self.object & !TREE_BIT)
    }
}

/// The entries of a tree.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    items: Vec<Item>,
    /// How many bytes the items take.
    end: u32,
}

/// An object that is no valid tree.
#[derive(Debug)]
pub(crate) struct BrokenTree;

/// One entry as it is written.
pub(crate) struct TreeRecord<'t> {
    pub(crate) mode: &'t [u8],
    pub(crate) name: &'t [u8],
    pub(crate) id: &'t [u8],
    /// Where the next one begins.
    next: usize,
}

impl TreeRecord<'_> {
    /// Whether it is a tree.
    pub(crate) fn is_tree(&self) -> bool {
        self.format() == 0o040_000
    }

    /// Whether it is the commit of a submodule.
    pub(crate) fn is_submodule(&self) -> bool {
        self.format() == 0o160_000
    }

    /// The bits of the mode that tell kinds apart. Git minds no others: `40755` is a tree, too.
    fn format(&self) -> u32 {
        let mode = self.mode.iter().fold(0, |mode, digit| mode << 3 | u32::from(digit & 7));
        mode & 0o170_000
    }
}

/// Reads the entry that begins at `at`: `mode name\0id`.
fn written(tree: &[u8], at: usize, hash_len: usize) -> Result<TreeRecord<'_>, BrokenTree> {
    /// Six octal digits.
    const MAX_MODE_LEN: usize = 6;
    let rest = &tree[at..];
    let space =
        rest.iter().take(MAX_MODE_LEN + 1).position(|byte| *byte == b' ').ok_or(BrokenTree)?;
    let name = &rest[space + 1..];
    let end = name.find_byte(0).ok_or(BrokenTree)?;
    let id = name.get(end + 1..end + 1 + hash_len).ok_or(BrokenTree)?;
    Ok(TreeRecord {
        mode: &rest[..space],
        name: &name[..end],
        id,
        next: at + space + 1 + end + 1 + hash_len,
    })
}

/// The entries of a tree as they are written.
pub(crate) fn each(
    tree: &[u8],
    hash_len: usize,
) -> impl Iterator<Item = Result<TreeRecord<'_>, BrokenTree>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        (at < tree.len()).then(|| {
            let entry = written(tree, at, hash_len);
            at = entry.as_ref().map_or(tree.len(), |entry| entry.next);
            entry
        })
    })
}

/// The commits of submodules that a tree lists, up to where it is broken.
pub(crate) fn submodules(tree: &[u8], hash_len: usize) -> impl Iterator<Item = TreeRecord<'_>> {
    each(tree, hash_len).map_while(Result::ok).filter(TreeRecord::is_submodule)
}

impl Listing {
    /// Reads a tree. Entries that were copied whole from another tree are taken from its listing,
    /// and `number`, which tells the numbers of ids, is asked for the others alone.
    pub(crate) fn read(
        tree: &[u8],
        hash_len: usize,
        made_of: Option<(&Self, &[Piece])>,
        mut number: impl FnMut(&TreeRecord<'_>) -> u32,
    ) -> Result<Self, BrokenTree> {
        if tree.len() >= TREE_BIT as usize {
            return Err(BrokenTree);
        }
        let mut listing = Self { items: Vec::new(), end: tree.len() as u32 };
        let mut one = |at: usize, items: &mut Vec<Item>| {
            let entry = written(tree, at, hash_len)?;
            let object = match &entry {
                submodule if submodule.is_submodule() => NONE,
                tree if tree.is_tree() => number(tree) | TREE_BIT,
                blob => number(blob),
            };
            items.push(Item { start: at as u32, object });
            Ok(entry.next)
        };
        let mut at = 0;
        if let Some((base, pieces)) = made_of {
            listing.items.reserve(base.items.len());
            let mut begin = 0;
            for piece in pieces {
                let end = begin + piece.len();
                if let Piece::Copied { from, .. } = *piece {
                    // Entries are cut by copies anywhere; the first one that begins in this copy is
                    // where to look.
                    while at < end {
                        match base.copied(
                            from + (at - begin),
                            from + piece.len(),
                            at,
                            &mut listing.items,
                        ) {
                            Some(len) => at += len,
                            None => at = one(at, &mut listing.items)?,
                        }
                    }
                } else {
                    while at < end {
                        at = one(at, &mut listing.items)?;
                    }
                }
                begin = end;
            }
        }
        while at < tree.len() {
            at = one(at, &mut listing.items)?;
        }
        Ok(listing)
    }

    /// Takes the entries between two offsets, whole ones only, if one begins at the first of them.
    /// They are put at `at`.
    fn copied(&self, from: usize, to: usize, at: usize, items: &mut Vec<Item>) -> Option<usize> {
        let first = self.items.binary_search_by_key(&from, |item| item.start as usize).ok()?;
        // Behind the last entry that ends in the range.
        let last = if self.end as usize <= to {
            self.items.len()
        } else {
            first + self.items[first + 1..].partition_point(|item| item.start as usize <= to)
        };
        if last == first {
            return None;
        }
        let end = self.items.get(last).map_or(self.end, |item| item.start);
        items.extend(self.items[first..last].iter().map(|item| Item {
            start: (item.start as usize - from + at) as u32,
            object: item.object,
        }));
        Some(end as usize - from)
    }

    /// The entries.
    pub(crate) fn items(&self) -> &[Item] {
        &self.items
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HASH_LEN: usize = 20;

    fn tree(names: &[(String, u8)]) -> Vec<u8> {
        let mut tree = Vec::new();
        for (name, byte) in names {
            let mode: &[u8] = match byte % 3 {
                0 => b"40000",
                1 => b"100644",
                _ => b"160000",
            };
            tree.extend_from_slice(
                &[mode, b" ", name.as_bytes(), b"\0", &[*byte; HASH_LEN]].concat(),
            );
        }
        tree
    }

    fn number(entry: &TreeRecord<'_>) -> u32 {
        u32::from(entry.id[0])
    }

    proptest! {
        #[test]
        fn what_is_carried_is_what_is_read(
            names in prop::collection::vec(("[a-z0 ]{1,12}", any::<u8>()), 1..30),
            cuts in prop::collection::vec(
                (any::<prop::sample::Index>(), 0_usize..90, any::<bool>()),
                0..12,
            ),
        ) {
            // A tree made of pieces of another one, whole entries or not: broken ones must be
            // broken either way.
            let base = tree(&names);
            let listed = Listing::read(&base, HASH_LEN, None, number).unwrap();
            let (mut made, mut pieces) = (Vec::new(), Vec::new());
            for (from, len, is_copy) in cuts {
                let from = if is_copy {
                    from.index(base.len())
                } else {
                    listed.items[from.index(listed.items.len())].start as usize
                };
                let len = if is_copy { len.min(base.len() - from) } else { base.len() - from };
                made.extend_from_slice(&base[from..from + len]);
                if len > 0 {
                    let is_new = len % 7 == 0;
                    let copied = Piece::Copied { from, len };
                    pieces.push(if is_new { Piece::New { len } } else { copied });
                }
            }
            let carried = Listing::read(&made, HASH_LEN, Some((&listed, &pieces)), number);
            let carried = carried.map(|made| made.items).ok();
            let read = Listing::read(&made, HASH_LEN, None, number).map(|made| made.items).ok();
            prop_assert_eq!(carried, read);
        }
    }

    #[test]
    fn broken_trees() {
        let whole = tree(&[("a".to_owned(), 1), ("b".to_owned(), 3)]);
        for len in 1..whole.len() {
            let is_whole = len == whole.len() / 2 + 1 || len == 29;
            let listing = Listing::read(&whole[..len], HASH_LEN, None, number);
            assert!(listing.is_err() || is_whole, "{len}");
        }
    }
}
