//! What findings hold of texts, in little memory: a file can have 100,000 of them.

use std::borrow::Cow;

use crate::redact::Redactor;
use crate::redact::excerpt::Excerpt;

/// What findings of one file show of its paths.
#[derive(Debug)]
pub(super) struct ShownPaths {
    pub(super) path: Box<str>,
    pub(super) path_bytes: Option<Box<[u8]>>,
    /// None where it is the path.
    pub(super) from_root: Option<Box<[u8]>>,
}

impl ShownPaths {
    /// Redacts the path of a file and the one that is relative to the root.
    pub(super) fn new(path: &[u8], from_root: &[u8], redactor: &Redactor) -> Self {
        let text = String::from_utf8_lossy(path);
        // A file can be named like a token.
        let is_secret_path = redactor.is_needed(path);
        let is_utf8 = matches!(text, Cow::Borrowed(_));
        let clean = |path: &[u8]| {
            if redactor.is_needed(path) {
                redactor.redact(&String::from_utf8_lossy(path)).into_bytes()
            } else {
                path.to_vec()
            }
        };
        let shown = redactor.redact(&text);
        let from_root = Some(clean(from_root)).filter(|path| *path != shown.as_bytes());
        Self {
            path: shown.into_boxed_str(),
            path_bytes: (!is_utf8 && !is_secret_path).then(|| path.into()),
            from_root: from_root.map(Vec::into_boxed_slice),
        }
    }
}

/// The line around a finding, fit to be shown: see [`Excerpt`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ExcerptParts<'f> {
    /// What stands before the match.
    pub before: &'f str,
    /// What stands in the place of the match.
    pub redacted: &'f str,
    /// What stands behind the match; empty where the match goes on in the next line.
    pub after: &'f str,
}

/// An excerpt in one piece.
#[derive(Clone)]
pub(super) struct PackedExcerpt {
    text: Box<str>,
    /// Where what is redacted starts and ends.
    start: u32,
    end: u32,
}

impl PackedExcerpt {
    /// # Panics
    ///
    /// If the excerpt is longer than excerpts are.
    pub(super) fn new(excerpt: &Excerpt) -> Self {
        let Excerpt { before, redacted, after } = excerpt;
        let at = |len: usize| u32::try_from(len).expect("excerpts have some hundred columns");
        Self {
            text: [before.as_str(), redacted, after].concat().into_boxed_str(),
            start: at(before.len()),
            end: at(before.len() + redacted.len()),
        }
    }

    pub(super) fn parts(&self) -> ExcerptParts<'_> {
        let (before, rest) = self.text.split_at(self.start as usize);
        let (redacted, after) = rest.split_at((self.end - self.start) as usize);
        ExcerptParts { before, redacted, after }
    }
}
