//! The comments that allow something, for an audit of them.

use std::collections::{BTreeMap, BTreeSet};

/// A path and a line, from 1.
pub(super) type Line = (Vec<u8>, usize);

/// The comments that were met, in files and in histories.
#[derive(Debug, Default)]
pub(super) struct AllowComments {
    /// Those that allowed something.
    used: BTreeSet<Line>,
    /// Those in files, and whether something on their line, or on the next, looks like a secret.
    in_files: BTreeMap<Line, bool>,
}

impl AllowComments {
    /// Notes a comment that allows something, in a file or in a commit.
    pub(super) fn add_used(&mut self, line: Line) {
        self.used.insert(line);
    }

    /// Notes a comment in a file. `found` are the lines of the file with something that looks like
    /// a secret, whether or not it is one.
    pub(super) fn add_in_file(&mut self, line: Line, found: &BTreeSet<usize>) {
        let has_candidate = found.contains(&line.1) || found.contains(&(line.1 + 1));
        self.in_files.insert(line, has_candidate);
    }

    /// The comments that allow nothing: those where something looks like a secret, and where a
    /// commit had a comment that is not there any more, the others of that file, since one of them
    /// may be what is left of it. All others are words about comments, as in a manual.
    pub(super) fn unused(&self) -> impl Iterator<Item = &Line> {
        let gone = self.used.iter().filter(|line| !self.in_files.contains_key(*line));
        let paths_with_gone: BTreeSet<&[u8]> = gone.map(|(path, _)| path.as_slice()).collect();
        let counts = move |line: &Line, has_candidate: bool| {
            has_candidate || paths_with_gone.contains(line.0.as_slice())
        };
        let unused = self.in_files.iter().filter(|(line, _)| !self.used.contains(*line));
        unused
            .filter(move |(line, has_candidate)| counts(line, **has_candidate))
            .map(|(line, _)| line)
    }

    /// The number of comments that count, used or not.
    pub(super) fn count(&self) -> usize {
        self.used.len() + self.unused().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str, line: usize) -> Line {
        (path.as_bytes().to_vec(), line)
    }

    #[test]
    fn words_about_comments_do_not_count() {
        let mut comments = AllowComments::default();
        let found = BTreeSet::from([1, 4]);
        for at in [1, 3, 7] {
            comments.add_in_file(line("a", at), &found);
        }
        comments.add_in_file(line("manual", 5), &BTreeSet::new());
        comments.add_used(line("a", 1));
        assert_eq!(comments.unused().collect::<Vec<_>>(), [&line("a", 3)]);
        assert_eq!(comments.count(), 2);
        // A commit had one that is gone.
        comments.add_used(line("a", 6));
        assert_eq!(comments.unused().collect::<Vec<_>>(), [&line("a", 3), &line("a", 7)]);
    }
}
