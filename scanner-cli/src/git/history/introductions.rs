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

impl IntroductionFinder<'_> {
    /// Returns the introductions of a secret, those of earlier commits first. There is none where
    /// the user excludes all its paths.
    pub(crate) fn introductions(
        &self,
        secret: u32,
        found: &FoundSecret<'_, Number>,
        attribution: &Attribution,
    ) -> Vec<Introduction> {
        let mut introductions = Vec::new();
        for commit in attribution.introduced.iter().filter_map(|number| self.graph.commit(*number))
        {
            let is_in_tree = !attribution.message_only.contains(&commit.object);
            let mut paths = if is_in_tree { self.paths(commit.tree, secret) } else { Vec::new() };
            paths.retain(|(path, _)| !self.excluded.leaves_out(path));
            paths.sort();
            for (path, blob) in paths {
                introductions.push(self.introduction(Some(commit.object), path, blob));
            }
            if found.objects.contains(&commit.object) {
                let commit = commit.object;
                introductions.push(self.introduction(Some(commit), Vec::new(), commit));
            }
        }
        // Held by a tree that only a reference leads to,
        if attribution.introduced.is_empty() {
            let mut paths: Vec<(Vec<u8>, Number)> =
                self.ref_trees.iter().flat_map(|tree| self.paths(*tree, secret)).collect();
            paths.sort();
            paths.dedup();
            let is_all_left_out =
                !paths.is_empty() && paths.iter().all(|(path, _)| self.excluded.leaves_out(path));
            paths.retain(|(path, _)| !self.excluded.leaves_out(path));
            for (path, blob) in paths {
                introductions.push(self.introduction(None, path, blob));
            }
            if is_all_left_out {
                return introductions;
            }
        }
        // by a tag, or by a blob.
        if attribution.introduced.is_empty() && introductions.is_empty() {
            let tagged = |object: Number| {
                self.graph.commit(self.graph.peeled(object)).map(|commit| commit.object)
            };
            for object in &found.objects {
                introductions.push(self.introduction(tagged(*object), Vec::new(), *object));
            }
        }
        introductions
    }

    fn introduction(&self, commit: Option<Number>, path: Vec<u8>, object: Number) -> Introduction {
        let commit = commit.map(|commit| self.objects.id(commit));
        Introduction { commit, path, object: self.objects.id(object) }
    }

    /// Returns the paths in a tree where a secret is, with their blobs. Reads only subtrees that
    /// hold it.
    fn paths(&self, tree: Number, secret: u32) -> Vec<(Vec<u8>, Number)> {
        let mut paths = Vec::new();
        let mut open = vec![(Vec::new(), tree)];
        let mut data = Vec::new();
        while let Some((folder, tree)) = open.pop() {
            if !self.secrets_by_tree.contains(tree, secret)
                || self.reader.read(&self.objects.id(tree), &mut data) != Some(Kind::Tree)
            {
                continue;
            }
            for entry in trees::each(&data, self.hash_len).filter_map(Result::ok) {
                let Some(number) =
                    self.objects.number(gix::hash::oid::from_bytes_unchecked(entry.id))
                else {
                    continue;
                };
                let path = || [folder.as_slice(), entry.name].concat();
                if entry.is_tree() {
                    if self.secrets_by_tree.contains(number, secret) {
                        open.push(([path().as_slice(), b"/"].concat(), number));
                    }
                } else if self
                    .by_blob
                    .get(&number)
                    .is_some_and(|held| held.binary_search(&secret).is_ok())
                {
                    paths.push((path(), number));
                }
            }
        }
        paths
    }
}
