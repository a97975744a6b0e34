//! Finds the introductions of a secret: commits, with the paths that brought it in.

use std::collections::HashMap;

use gix::objs::Kind;

use crate::git::findings::excluded::Excluded;
use crate::git::findings::matches::FoundSecret;
use crate::git::findings::rescanner::Introduction;
use crate::git::history::attribution::{Attribution, SecretsByTree};
use crate::git::history::graph::Graph;
use crate::git::store::database::Reader;
use crate::git::store::objects::{Number, Objects};
use crate::git::store::trees;

/// How many bytes the kept paths of a secret in one tree may take.
const MAX_PATHS_LEN: usize = 1 << 20;

/// Finds the introductions of secrets.
pub(crate) struct IntroductionFinder<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) graph: &'a Graph,
    pub(crate) secrets_by_tree: &'a SecretsByTree,
    /// The secrets in blobs, by their numbers, sorted.
    pub(crate) by_blob: &'a HashMap<Number, Vec<u32>>,
    pub(crate) reader: Reader,
    pub(crate) hash_len: usize,
    pub(crate) excluded: Excluded,
    /// Trees that a reference or a tag names.
    pub(crate) ref_trees: Vec<Number>,
}

/// Where a secret was introduced.
#[derive(Default)]
pub(crate) struct Introduced {
    pub(crate) list: Vec<Introduction>,
    /// How many more places there are, which were not looked at.
    pub(crate) more: u64,
    /// Whether the user excludes the places of the secret that were looked at, all of them.
    pub(crate) is_excluded: bool,
}

/// The paths of a secret in a tree, with their blobs.
#[derive(Default)]
struct Paths {
    list: Vec<(Vec<u8>, Number)>,
    more: u64,
}

/// What is to be looked at in a tree.
enum Step {
    Tree { folder: Vec<u8>, tree: Number },
    Blob { path: Vec<u8>, blob: Number },
    Leave(Number),
}

impl IntroductionFinder<'_> {
    /// Returns the introductions of a secret, those of earlier commits first, at most `max` of
    /// them. If there are none, though none of its places is excluded, returns the objects that
    /// hold the secret, so that the finding is reported.
    pub(crate) fn introductions(
        &self,
        secret: u32,
        found: &FoundSecret<'_, Number>,
        attribution: &Attribution,
        max: usize,
    ) -> Introduced {
        let mut introduced = Introduced::default();
        for commit in attribution.introduced.iter().filter_map(|number| self.graph.commit(*number))
        {
            if !attribution.message_only.contains(&commit.object) {
                self.add_paths(Some(commit.object), commit.tree, secret, max, &mut introduced);
            }
            if found.objects.contains(&commit.object) {
                let commit = commit.object;
                introduced.list.push(self.introduction(Some(commit), Vec::new(), commit));
            }
        }
        // Held by a tree that only a reference leads to,
        if attribution.introduced.is_empty() {
            for tree in &self.ref_trees {
                self.add_paths(None, *tree, secret, max, &mut introduced);
            }
        }
        // by a tag, by a blob, or by something that lies about what it leads to.
        if introduced.list.is_empty() && introduced.more == 0 && !introduced.is_excluded {
            let tagged = |object: Number| {
                self.graph.commit(self.graph.peeled(object)).map(|commit| commit.object)
            };
            for object in &found.objects {
                introduced.list.push(self.introduction(tagged(*object), Vec::new(), *object));
            }
        }
        introduced
    }

    fn introduction(&self, commit: Option<Number>, path: Vec<u8>, object: Number) -> Introduction {
        let commit = commit.map(|commit| self.objects.id(commit));
        Introduction { commit, path, object: self.objects.id(object) }
    }

    /// Adds the paths of a secret in a tree that are not excluded.
    fn add_paths(
        &self,
        commit: Option<Number>,
        tree: Number,
        secret: u32,
        max: usize,
        introduced: &mut Introduced,
    ) {
        let Paths { mut list, more } =
            self.paths(tree, secret, max - introduced.list.len().min(max));
        introduced.more = introduced.more.saturating_add(more);
        let before = list.len();
        list.retain(|(path, _)| !self.excluded.leaves_out(path));
        introduced.is_excluded |= list.len() < before;
        list.sort();
        let introductions =
            list.into_iter().map(|(path, blob)| self.introduction(commit, path, blob));
        introduced.list.extend(introductions);
    }

    /// Returns the first paths in a tree where a secret is, and counts the others. Reads only
    /// subtrees that hold it.
    fn paths(&self, tree: Number, secret: u32, max: usize) -> Paths {
        /// The longest path that is followed: a tree that claims to be a part of itself has no end.
        const MAX_PATH_LEN: usize = 1 << 16;
        let mut paths = Paths::default();
        let mut len = 0;
        let mut open = vec![Step::Tree { folder: Vec::new(), tree }];
        while let Some(step) = open.pop() {
            match step {
                Step::Blob { path, blob } => {
                    len += path.len();
                    paths.list.push((path, blob));
                }
                Step::Tree { folder, tree } if folder.len() <= MAX_PATH_LEN => {
                    let from = open.len();
                    self.each_holder(tree, secret, &mut |name, number, is_tree| {
                        let path = [folder.as_slice(), name].concat();
                        open.push(if is_tree {
                            Step::Tree { folder: [path.as_slice(), b"/"].concat(), tree: number }
                        } else {
                            Step::Blob { path, blob: number }
                        });
                    });
                    open[from..].reverse();
                }
                Step::Tree { .. } | Step::Leave(_) => paths.more = paths.more.saturating_add(1),
            }
            if paths.list.len() >= max || len >= MAX_PATHS_LEN {
                let all = self.count(tree, secret);
                paths.more = all.saturating_sub(paths.list.len() as u64);
                break;
            }
        }
        paths
    }

    /// Counts the paths in a tree where a secret is.
    fn count(&self, root: Number, secret: u32) -> u64 {
        // Subtrees first, without recursion: a tree can be nested deeper than a stack of calls.
        let mut counts: HashMap<Number, Option<u64>> = HashMap::new();
        let mut open = vec![Step::Tree { folder: Vec::new(), tree: root }];
        while let Some(step) = open.pop() {
            match step {
                Step::Tree { tree, .. } if !counts.contains_key(&tree) => {
                    counts.insert(tree, None);
                    open.push(Step::Leave(tree));
                    self.each_holder(tree, secret, &mut |_, number, is_tree| {
                        if is_tree {
                            open.push(Step::Tree { folder: Vec::new(), tree: number });
                        }
                    });
                }
                Step::Leave(tree) => {
                    let mut sum = 0_u64;
                    self.each_holder(tree, secret, &mut |_, number, is_tree| {
                        let below = counts.get(&number).copied().flatten().unwrap_or(0);
                        sum = sum.saturating_add(if is_tree { below } else { 1 });
                    });
                    counts.insert(tree, Some(sum));
                }
                Step::Tree { .. } | Step::Blob { .. } => {}
            }
        }
        counts.get(&root).copied().flatten().unwrap_or(0)
    }

    /// Tells the entries of a tree that hold a secret: their names, their numbers, and whether they
    /// are trees.
    fn each_holder(&self, tree: Number, secret: u32, tell: &mut dyn FnMut(&[u8], Number, bool)) {
        let mut data = Vec::new();
        if !self.secrets_by_tree.contains(tree, secret)
            || self.reader.read(&self.objects.id(tree), &mut data) != Some(Kind::Tree)
        {
            return;
        }
        for entry in trees::each(&data, self.hash_len).filter_map(Result::ok) {
            let Some(number) = self.objects.number(gix::hash::oid::from_bytes_unchecked(entry.id))
            else {
                continue;
            };
            let is_tree = entry.is_tree();
            let holds = if is_tree {
                self.secrets_by_tree.contains(number, secret)
            } else {
                self.by_blob.get(&number).is_some_and(|held| held.binary_search(&secret).is_ok())
            };
            if holds {
                tell(entry.name, number, is_tree);
            }
        }
    }
}
