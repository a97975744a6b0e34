//! Patches: which lines of a text a patch adds, to which file, and where in it.
//!
//! Nothing of a patch is believed that its lines do not bear out: a hunk ends where its counts or
//! the signs of its lines say so, and a path that leads out of a tree does not count. Lines that
//! are not added are searched as any text.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;

use tokensieve_core::{Located, Position};

use crate::pipeline::matcher::STDIN;

/// Merges of more parents are not read as patches.
const MOST_PARENTS: usize = 8;
/// Longer lines are no headers.
const MAX_HEADER_LEN: usize = 4096;
/// Places this many bytes before the last byte read are forgotten: no match is reported there any
/// more.
const KEPT_LEN: u64 = 8 << 20;
const NAMES: [&[u8]; 3] = [b".patch", b".diff", b".mbox"];

/// Whether a path is that of a patch, or of standard input, which is one where it looks like one.
pub(super) fn is_patch(path: &[u8]) -> bool {
    path == STDIN.as_bytes() || NAMES.iter().any(|name| path.ends_with(name))
}

/// Lines that follow each other in a patch, and in the file that it adds them to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct AddedLines {
    /// Their numbers in the patch, from 1.
    pub(super) first: usize,
    pub(super) last: usize,
    /// The number of the first one in the file.
    pub(super) first_in_file: usize,
    /// The path of the file, from the root of what was compared.
    pub(super) path: Arc<[u8]>,
    /// How many signs are in front of each line: one for each parent of a merge.
    signs: usize,
    /// Where they begin, in bytes.
    start: u64,
}

impl AddedLines {
    /// The number in the file of a line of the patch; behind the last one, that of the last one.
    pub(super) fn in_file(&self, line: usize) -> usize {
        line.min(self.last) - self.first + self.first_in_file
    }

    /// A match that begins in them, put where it is in the file: without the signs of its lines.
    /// One that goes on behind them ends with them.
    pub(super) fn moved<'s>(&self, located: &Located<'s>) -> Located<'s> {
        let place = |position: Position| Position {
            line: self.in_file(position.line),
            column: position.column.saturating_sub(self.signs).max(1),
        };
        let mut moved = located.clone();
        moved.start = place(located.start);
        moved.end = place(located.end);
        let is_sign = |byte: &u8| matches!(byte, b'+' | b' ');
        let before = located.excerpt.before.as_bytes();
        if before.get(..self.signs).is_some_and(|signs| signs.iter().all(is_sign)) {
            moved.excerpt.before = located.excerpt.before[self.signs..].to_owned();
        }
        moved
    }
}

/// The rest of a hunk.
struct Hunk {
    /// Of each file that was compared with the new one: one, or several for a merge.
    old_left: [u32; MOST_PARENTS],
    parents: usize,
    new_left: u32,
    line_in_file: usize,
}

/// A line of a hunk, by its signs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Line {
    /// In the new file and in none of the old ones, or in some of a merge.
    Added,
    /// In all files, or in old ones alone; a remark.
    Other,
}

impl Hunk {
    /// Counts the line that begins with these signs, one for each old file; none where the line is
    /// of no hunk, or of more lines than it has.
    fn count(&mut self, signs: &[u8]) -> Option<Line> {
        const BLANK: [u8; MOST_PARENTS] = [b' '; MOST_PARENTS];
        // Blanks at the end of a line are lost in mails.
        let end = signs.iter().position(|sign| matches!(sign, b'\n' | b'\r'));
        let signs = match end {
            Some(end) if signs[..end].iter().all(|sign| *sign == b' ') => &BLANK[..self.parents],
            _ => signs,
        };
        if signs[0] == b'\\' {
            return Some(Line::Other);
        }
        if !signs.iter().all(|sign| matches!(sign, b' ' | b'+' | b'-')) {
            return None;
        }
        let is_in_new = !signs.contains(&b'-');
        let sign_of_old = if is_in_new { b' ' } else { b'-' };
        let new_left = self.new_left.checked_sub(u32::from(is_in_new))?;
        for (left, sign) in self.old_left.iter_mut().zip(signs) {
            *left = left.checked_sub(u32::from(*sign == sign_of_old))?;
        }
        self.new_left = new_left;
        self.line_in_file += usize::from(is_in_new);
        Some(if is_in_new && signs.contains(&b'+') { Line::Added } else { Line::Other })
    }

    fn is_over(&self) -> bool {
        self.new_left == 0 && self.old_left.iter().all(|left| *left == 0)
    }
}

/// Reads a patch line by line, as it comes.
pub(super) struct Patch {
    added: VecDeque<AddedLines>,
    /// The number of the line that is being read.
    line: usize,
    read: u64,
    /// The beginning of that line, where it may be a header.
    head: Vec<u8>,
    /// Whether the signs of that line have been read.
    is_begun: bool,
    /// Whether the rest of that line is of no interest.
    skips: bool,
    /// What `---` in the line before said.
    old: Option<Vec<u8>>,
    path: Option<Arc<[u8]>>,
    hunk: Option<Hunk>,
}

impl Patch {
    pub(super) fn new() -> Self {
        Self {
            added: VecDeque::new(),
            line: 1,
            read: 0,
            head: Vec::new(),
            is_begun: false,
            skips: false,
            old: None,
            path: None,
            hunk: None,
        }
    }

    /// The lines of a patch that is in memory.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut patch = Self::new();
        patch.push(bytes);
        patch
    }

    /// Takes more of the patch.
    pub(super) fn push(&mut self, mut text: &[u8]) {
        while !text.is_empty() {
            if !self.is_begun {
                self.begin_line(text);
            }
            let newline = memchr::memchr(b'\n', text);
            let len = newline.unwrap_or(text.len());
            if !self.skips {
                let room = MAX_HEADER_LEN.saturating_sub(self.head.len());
                self.head.extend_from_slice(&text[..len.min(room)]);
            }
            self.read += len as u64;
            if newline.is_none() {
                break;
            }
            self.end_line();
            text = &text[len + 1..];
        }
        while self.added.front().is_some_and(|lines| lines.start + KEPT_LEN < self.read) {
            // The last ones may be added to.
            if self.added.len() == 1 {
                break;
            }
            self.added.pop_front();
        }
    }

    /// Looks at the signs of a line, of which `text` is the beginning or goes on behind what is
    /// known of it: in a hunk they say all. Waits for the rest of them where there are too few.
    fn begin_line(&mut self, text: &[u8]) {
        let parents = self.hunk.as_ref().map_or(1, |hunk| hunk.parents);
        let mut signs = [0; MOST_PARENTS];
        let known = self.head.iter().chain(text).take(parents);
        let len = signs.iter_mut().zip(known).map(|(sign, byte)| *sign = *byte).count();
        let signs = &signs[..len];
        if len < parents && !signs.contains(&b'\n') {
            return;
        }
        self.is_begun = true;
        if let Some(hunk) = &mut self.hunk {
            let line_in_file = hunk.line_in_file;
            if let Some(line) = hunk.count(signs) {
                if hunk.is_over() {
                    self.hunk = None;
                }
                if line == Line::Added {
                    self.add(line_in_file, parents);
                }
                self.skips = true;
                return;
            }
            self.hunk = None;
        }
        let sign = signs[0];
        // Behind a hunk comes the next one of its file, or that file is done with.
        if !matches!(sign, b'@' | b'+' | b'\\') {
            self.path = None;
        }
        if !matches!(sign, b'-' | b'+') {
            self.old = None;
        }
        self.skips = !matches!(sign, b'-' | b'+' | b'@');
    }

    fn add(&mut self, first_in_file: usize, signs: usize) {
        let Some(path) = &self.path else { return };
        let line = self.line;
        match self.added.back_mut() {
            Some(last)
                if last.last + 1 == line
                    && last.in_file(last.last) + 1 == first_in_file
                    && last.path == *path =>
            {
                last.last = line;
            }
            _ => self.added.push_back(AddedLines {
                first: line,
                last: line,
                first_in_file,
                path: Arc::clone(path),
                signs,
                start: self.read,
            }),
        }
    }

    fn end_line(&mut self) {
        self.line += 1;
        self.read += 1;
        self.is_begun = false;
        let head = std::mem::take(&mut self.head);
        if !std::mem::take(&mut self.skips) && head.len() < MAX_HEADER_LEN {
            self.header(&head);
        }
    }

    fn header(&mut self, line: &[u8]) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let old = self.old.take();
        if let Some(name) = line.strip_prefix(b"--- ") {
            self.old = Some(name.to_vec());
        } else if let (Some(name), Some(old)) = (line.strip_prefix(b"+++ "), old) {
            self.path = path(name, &old).map(Arc::from);
        } else if line.starts_with(b"@@") && self.path.is_some() {
            self.hunk = hunk(line);
            if self.hunk.is_none() {
                self.path = None;
            }
        } else {
            self.path = None;
        }
    }

    /// The added lines that a line of the patch is one of.
    pub(super) fn added(&self, line: usize) -> Option<&AddedLines> {
        let next = self.added.partition_point(|lines| lines.first <= line);
        self.added.get(next.checked_sub(1)?).filter(|lines| line <= lines.last)
    }
}

/// `@@ -12,3 +14,5 @@`, or of a merge of two `@@@ -12,3 -10 +14,5 @@@`.
fn hunk(line: &[u8]) -> Option<Hunk> {
    let parents = line.iter().take_while(|byte| **byte == b'@').count().checked_sub(1)?;
    let line = line[parents + 1..].strip_prefix(b" ")?;
    let end = memchr::memmem::find(line, b" @@")?;
    let mut ranges = std::str::from_utf8(&line[..end]).ok()?.split(' ');
    let range = |range: &str| -> Option<(u32, u32)> {
        let (start, len) = range.split_once(',').unwrap_or((range, "1"));
        Some((start.parse().ok()?, len.parse().ok()?))
    };
    let mut old_left = [0; MOST_PARENTS];
    for left in old_left.get_mut(..parents)? {
        *left = range(ranges.next()?.strip_prefix('-')?)?.1;
    }
    let (start, new_left) = range(ranges.next()?.strip_prefix('+')?)?;
    let line_in_file = usize::try_from(start).ok()?;
    let hunk = Hunk { old_left, parents, new_left, line_in_file };
    (parents > 0 && ranges.next().is_none() && !hunk.is_over()).then_some(hunk)
}

/// The path behind `+++`, where `old` is what stood behind `---`; none where it is no path in a
/// tree.
fn path(new: &[u8], old: &[u8]) -> Option<Vec<u8>> {
    const DEV_NULL: &[u8] = b"/dev/null";
    let (new, old) = (name(new)?, name(old)?);
    if new == DEV_NULL {
        return None;
    }
    // `a/` and `b/`, or what git writes for index, working tree, commit and object.
    let is_prefixed = |name: &[u8]| {
        matches!(name, [b'a' | b'b' | b'c' | b'i' | b'o' | b'w' | b'1' | b'2', b'/', _, ..])
    };
    let both_are = is_prefixed(&new) && (is_prefixed(&old) || old == DEV_NULL);
    let path = if both_are { &new[2..] } else { &new[..] };
    let is_inside = |part: &[u8]| !part.is_empty() && part != b"..";
    let is_path =
        path.split(|byte| *byte == b'/').all(is_inside) && !path.iter().any(u8::is_ascii_control);
    is_path.then(|| path.to_vec())
}

/// A name, without quotes and what stands behind it.
fn name(text: &[u8]) -> Option<Vec<u8>> {
    let Some(mut rest) = text.strip_prefix(b"\"") else {
        // A time stands behind a tab.
        let end = memchr::memchr(b'\t', text).unwrap_or(text.len());
        return Some(text[..end].to_vec());
    };
    let mut name = Vec::new();
    loop {
        match rest {
            [b'"', ..] => return Some(name),
            [b'\\', b'0'..=b'3', ..] => {
                let octal = std::str::from_utf8(rest.get(1..4)?).ok()?;
                name.push(u8::from_str_radix(octal, 8).ok()?);
                rest = &rest[4..];
            }
            [b'\\', byte @ (b'"' | b'\\'), after @ ..] => {
                name.push(*byte);
                rest = after;
            }
            [b'\\', ..] | [] => return None,
            [byte, after @ ..] => {
                name.push(*byte);
                rest = after;
            }
        }
    }
}

/// A reader that shows a patch what is read.
pub(super) struct Watched<'r, R> {
    pub(super) reader: R,
    pub(super) patch: Option<&'r RefCell<Patch>>,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        if let Some(patch) = self.patch {
            patch.borrow_mut().push(&buffer[..read]);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str = "\
commit 1234
Subject: a change

    --- a/no
    +++ b/header

diff --git a/src/one.py b/src/one.py
--- a/src/one.py
+++ b/src/one.py
@@ -1,3 +1,4 @@ def f():
 context
-removed
+added
+added
 context
@@ -10 +12 @@
-removed
+added
\\ No newline at end of file
diff --git a/two b/two
new file mode 100644
--- /dev/null
+++ \"b/t\\303\\244 \\\"w\\\"\"
@@ -0,0 +1,2 @@
+++ not a header
+--- neither

--
+not added
--- a/three
+++ /dev/null
@@ -1 +0,0 @@
-removed
";

    fn shown(patch: &Patch) -> Vec<(usize, usize, usize, String)> {
        let shown = |lines: &AddedLines| {
            let path = String::from_utf8_lossy(&lines.path).into_owned();
            (lines.first, lines.last, lines.first_in_file, path)
        };
        patch.added.iter().map(shown).collect()
    }

    #[test]
    fn lines_and_paths() {
        let expected = [
            (13, 14, 2, "src/one.py".to_owned()),
            (18, 18, 12, "src/one.py".to_owned()),
            (25, 26, 1, "t\u{e4} \"w\"".to_owned()),
        ];
        assert_eq!(shown(&Patch::of(PATCH.as_bytes())), expected);
        for size in 1..60 {
            let mut patch = Patch::new();
            PATCH.as_bytes().chunks(size).for_each(|chunk| patch.push(chunk));
            assert_eq!(shown(&patch), expected, "{size}");
        }
        let crlf = PATCH.replace('\n', "\r\n");
        assert_eq!(shown(&Patch::of(crlf.as_bytes())).len(), 3);
        let patch = Patch::of(PATCH.as_bytes());
        assert_eq!(patch.added(14).map(|lines| lines.in_file(14)), Some(3));
        assert_eq!(patch.added(12), None);
        assert_eq!(patch.added(1000), None);
    }

    const MERGE: &str = "\
diff --cc one.py
index 1111111,2222222..3333333
--- a/one.py
+++ b/one.py
@@@ -1,3 -1,3 +1,4 @@@
  both
- of the first
 -of the second
+ new to the first
++new to both
 +new to the second
@@@@ -1 -1 -1 +1 @@@@
 ++of a merge of three
";

    /// Each old file has a sign in front of a line; a line that one of them lacks is added.
    #[test]
    fn merges() {
        let expected = [(9, 11, 2, "one.py".to_owned()), (13, 13, 1, "one.py".to_owned())];
        for size in 1..40 {
            let mut patch = Patch::new();
            MERGE.as_bytes().chunks(size).for_each(|chunk| patch.push(chunk));
            assert_eq!(shown(&patch), expected, "{size}");
        }
        let counts = MERGE.replace("-1,3 +1,4", "-1,3 +1,3");
        assert_eq!(shown(&Patch::of(counts.as_bytes())), [(9, 10, 2, "one.py".to_owned())]);
    }

    /// A line that has not ended yet is known by its sign.
    #[test]
    fn a_line_counts_from_its_beginning() {
        let begun = "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+begun";
        assert_eq!(shown(&Patch::of(begun.as_bytes())), [(4, 4, 1, "x".to_owned())]);
    }

    #[test]
    fn what_is_not_believed() {
        for header in [
            "--- a/x\n+++ b/../x\n@@ -0,0 +1 @@\n",
            "--- a/x\n+++ /etc/x\n@@ -0,0 +1 @@\n",
            "--- a/x\n+++ b/x\u{1b}[m\n@@ -0,0 +1 @@\n",
            "--- a/x\n+++ \"b/x\n@@ -0,0 +1 @@\n",
            "--- a/x\n\n+++ b/x\n@@ -0,0 +1 @@\n",
            "+++ b/x\n@@ -0,0 +1 @@\n",
            "--- a/x\n+++ b/x\n",
            "--- a/x\n+++ b/x\n@@ -0,0 +99999999999 @@\n",
            "--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n",
            "--- a/x\n+++ b/x\n@@ -0,0 +1,9 @@\nno sign\n",
            "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+it\n",
            "--- a/x\n+++ b/x\n@@ -0,0 -0,0 +1 @@\n",
            "--- a/x\n+++ b/x\n@@@ -0,0 +1 @@@\n",
            "--- a/x\n+++ b/x\n@@@ -1 +0,0 -1 @@@\n",
            "--- a/x\n+++ b/x\n@ -0,0 +1 @\n",
            "--- a/x\n+++ b/x\n@@@@@@@@@@ -1 -1 -1 -1 -1 -1 -1 -1 -1 +1 @@@@@@@@@@\n",
        ] {
            let lines = header.matches('\n').count();
            let patch = Patch::of(format!("{header}+text\n").as_bytes());
            assert_eq!(patch.added(lines + 1), None, "{header}");
        }
    }

    #[test]
    fn what_is_far_behind_is_forgotten() {
        let hunk = format!("--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+{}\n", "x".repeat(1 << 16));
        let mut patch = Patch::new();
        (0..1000).for_each(|_| patch.push(hunk.as_bytes()));
        let kept = patch.added.len() as u64 * hunk.len() as u64;
        assert!((KEPT_LEN - 200_000..KEPT_LEN + 200_000).contains(&kept), "{kept}");
    }
}
