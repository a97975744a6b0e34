//! Makes findings of what was found in a history: each at the place that introduced it.

use crate::git::store::commits::describe;
use std::collections::HashMap;

use gix::objs::Kind;
use tokensieve_core::{Commit, Finding, Place, Provenance};

use crate::git::findings::excluded::Excluded;
use crate::git::findings::matches::Found;
use crate::git::findings::places::{Introductions, Places, Spot};
use crate::git::history::attribution::{Holdings, Story};
use crate::git::history::graph::Graph;
use crate::git::store::database::Reader;
use crate::git::store::objects::{Number, Objects};
use crate::git::store::trees;
use crate::pipeline::Pipeline;

/// Makes findings of what was found.
pub(crate) struct Teller<'a, 's> {
    pub(crate) pipeline: &'s Pipeline,
    pub(crate) objects: &'a Objects,
    pub(crate) graph: &'a Graph,
    pub(crate) holdings: &'a Holdings,
    pub(crate) by_blob: &'a HashMap<Number, Vec<u32>>,
    pub(crate) reader: Reader,
    pub(crate) hash_len: usize,
    pub(crate) excluded: Excluded,
    /// Trees that a reference or a tag names.
    pub(crate) bare: Vec<Number>,
    pub(crate) places: Places<'s>,
}

impl<'s> Teller<'_, 's> {
    /// One finding for a secret, at the place that introduced it. There is none if no place can be
    /// read, or none counts.
    pub(crate) fn tell(
        &mut self,
        found: &Found<'s, Number>,
        introductions: Vec<(Option<Number>, Vec<u8>, Number)>,
        frame: &Provenance,
        taken: &mut Introductions<'s>,
    ) -> Option<Finding> {
        let mut provenance = frame.clone();
        for (commit, path, object) in introductions {
            let id = self.objects.id(object);
            let commit_id = commit.map(|commit| self.objects.id(commit));
            let sighting =
                self.places.first(id, found.rule, &found.secret, &path, commit_id.as_ref());
            let is_first = taken.first.is_none();
            let Some(spot) = taken.take(sighting, commit_id) else { continue };
            provenance.places.push(Place {
                commit: commit_id.map_or_else(String::new, |id| id.to_string()),
                path: String::from_utf8_lossy(&spot.path).into_owned(),
                start_line: spot.located.start.line,
            });
            if is_first {
                provenance.commit = commit.and_then(|commit| self.commit(commit));
            }
        }
        Some(self.finding(taken.first.as_ref()?, provenance))
    }

    pub(crate) fn finding(&self, spot: &Spot<'s>, provenance: Provenance) -> Finding {
        self.places
            .finding(spot)
            .with_provenance(provenance.redacted(self.pipeline.scanner().redactor()))
    }

    /// The commits that introduced a secret, with the path and the object that holds it. An object
    /// that no tree names has no path.
    pub(crate) fn introductions(
        &self,
        secret: u32,
        found: &Found<'s, Number>,
        story: &Story,
    ) -> Vec<(Option<Number>, Vec<u8>, Number)> {
        let mut introductions = Vec::new();
        for commit in story.introduced.iter().filter_map(|number| self.graph.commit(*number)) {
            let is_by_tree = !story.only_said.contains(&commit.object);
            let mut paths = if is_by_tree { self.paths(commit.tree, secret) } else { Vec::new() };
            paths.retain(|(path, _)| !self.excluded.leaves_out(path));
            paths.sort();
            introductions
                .extend(paths.into_iter().map(|(path, blob)| (Some(commit.object), path, blob)));
            if found.objects.contains(&commit.object) {
                introductions.push((Some(commit.object), Vec::new(), commit.object));
            }
        }
        // Held by a tree that only a reference leads to,
        if story.introduced.is_empty() {
            let mut paths: Vec<(Vec<u8>, Number)> =
                self.bare.iter().flat_map(|tree| self.paths(*tree, secret)).collect();
            paths.sort();
            paths.dedup();
            let is_all_left_out =
                !paths.is_empty() && paths.iter().all(|(path, _)| self.excluded.leaves_out(path));
            paths.retain(|(path, _)| !self.excluded.leaves_out(path));
            introductions.extend(paths.into_iter().map(|(path, blob)| (None, path, blob)));
            if is_all_left_out {
                return introductions;
            }
        }
        // by a tag, or by a blob.
        if story.introduced.is_empty() && introductions.is_empty() {
            let tagged = |object: Number| {
                self.graph.commit(self.graph.peeled(object)).map(|commit| commit.object)
            };
            introductions
                .extend(found.objects.iter().map(|object| (tagged(*object), Vec::new(), *object)));
        }
        introductions
    }

    /// The paths in a tree where a secret is.
    fn paths(&self, tree: Number, secret: u32) -> Vec<(Vec<u8>, Number)> {
        let mut paths = Vec::new();
        let mut open = vec![(Vec::new(), tree)];
        let mut data = Vec::new();
        while let Some((folder, tree)) = open.pop() {
            if !self.holdings.holds(tree, secret)
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
                    if self.holdings.holds(number, secret) {
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

    /// What a commit says about itself.
    pub(crate) fn commit(&self, number: Number) -> Option<Commit> {
        let mut data = Vec::new();
        let id = self.objects.id(number);
        (self.reader.read(&id, &mut data) == Some(Kind::Commit)).then(|| describe(&id, &data))
    }
}
