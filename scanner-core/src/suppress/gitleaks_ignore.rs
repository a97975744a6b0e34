//! `.gitleaksignore`: places that are known, one a line.
//!
//! `file:rule:line` is that line of that file, in whatever commit; `commit:file:rule:line` is one
//! place. A broken line silences nothing, and a caller can tell which one it is.

/// A place that is known.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IgnoreLine {
    /// Its own line in the file, from 1.
    pub at: usize,
    commit: Option<String>,
    path: Vec<u8>,
    rule: String,
    line: usize,
}

impl IgnoreLine {
    /// Whether this is the place of a secret: the path from the root or as it was reached, the line
    /// where it or the match around it starts, the id of the commit that brought it there.
    #[must_use]
    pub fn is_at(&self, paths: &[&[u8]], lines: [usize; 2], commit: Option<&str>) -> bool {
        let is_in_commit = match (&self.commit, commit) {
            (None, _) => true,
            (Some(own), Some(commit)) => own.eq_ignore_ascii_case(commit),
            (Some(_), None) => false,
        };
        is_in_commit && lines.contains(&self.line) && paths.contains(&self.path.as_slice())
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &[u8] {
        &self.path
    }

    /// The id of the rule, mostly one of gitleaks.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// Whether it is about one commit.
    #[must_use]
    pub fn has_commit(&self) -> bool {
        self.commit.is_some()
    }
}

/// What an ignore file says.
///
/// ```
/// use tokensieve_core::suppression::IgnoreFile;
///
/// let file = IgnoreFile::read(b"# known\nsrc/a.txt:gitlab-pat:3\nbroken\n");
/// assert!(file.lines[0].is_at(&[b"src/a.txt"], [3, 3], None));
/// assert_eq!(file.broken, [3]);
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct IgnoreFile {
    /// The places.
    pub lines: Vec<IgnoreLine>,
    /// The numbers, from 1, of lines that name no place.
    pub broken: Vec<usize>,
}

impl IgnoreFile {
    /// Reads a file. Backslashes in it are slashes.
    #[must_use]
    pub fn read(text: &[u8]) -> Self {
        let mut file = Self::default();
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        for (at, line) in (1..).zip(text.split(|byte| *byte == b'\n')) {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with(b"#") {
                continue;
            }
            match read_line(at, line) {
                Some(read) => file.lines.push(read),
                None => file.broken.push(at),
            }
        }
        file
    }
}

/// From the right, since a path can hold colons.
fn read_line(at: usize, text: &[u8]) -> Option<IgnoreLine> {
    let mut fields = text.rsplitn(3, |byte| *byte == b':');
    let line: usize = std::str::from_utf8(fields.next()?).ok()?.parse().ok()?;
    let rule = std::str::from_utf8(fields.next()?).ok().filter(|rule| !rule.is_empty())?.to_owned();
    let place = fields.next()?;
    let is_commit = |id: &[u8]| matches!(id.len(), 40 | 64) && id.iter().all(u8::is_ascii_hexdigit);
    let split = place
        .iter()
        .position(|byte| *byte == b':')
        .map(|colon| (&place[..colon], &place[colon + 1..]));
    let (commit, path) = match split {
        Some((id, path)) if is_commit(id) => {
            (std::str::from_utf8(id).ok().map(str::to_owned), path)
        }
        _ => (None, place),
    };
    let path: Vec<u8> = path.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect();
    let path = path.strip_prefix(b"./").unwrap_or(&path).to_vec();
    Some(IgnoreLine { at, commit, path, rule, line })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

    fn only(text: &str) -> IgnoreLine {
        let mut file = IgnoreFile::read(text.as_bytes());
        assert_eq!((file.lines.len(), file.broken.len()), (1, 0), "{text}");
        file.lines.remove(0)
    }

    #[test]
    fn three_fields_are_everywhere_four_are_one_place() {
        let three = only("  a\\b.txt:gitlab-pat:7 \r\n");
        assert!(
            three.is_at(&[b"a/b.txt"], [7, 7], None)
                && three.is_at(&[b"x", b"a/b.txt"], [8, 7], Some(COMMIT))
        );
        assert!(
            !three.is_at(&[b"a/b.txt"], [8, 8], None) && !three.is_at(&[b"b.txt"], [7, 7], None)
        );
        let four = only(&format!("{}:a/b.txt:gitlab-pat:7", COMMIT.to_uppercase()));
        assert!(four.has_commit() && four.is_at(&[b"a/b.txt"], [7, 7], Some(COMMIT)));
        assert!(
            !four.is_at(&[b"a/b.txt"], [7, 7], None)
                && !four.is_at(&[b"a/b.txt"], [7, 7], Some("1123"))
        );
    }

    #[test]
    fn odd_paths() {
        assert!(only(":gitlab-pat:1").is_at(&[b""], [1, 1], None));
        assert!(only("a:b.txt:gitlab-pat:1").is_at(&[b"a:b.txt"], [1, 1], None));
        assert!(only("a.zip!b.txt:gitlab-pat:1").is_at(&[b"a.zip!b.txt"], [1, 1], None));
    }

    #[test]
    fn broken_lines_are_told() {
        let file = IgnoreFile::read(
            b"\n# a\nb\na:1\na:rule:\na:rule:x\na::1\n\xff:rule:2\n<<<<<<< HEAD\n",
        );
        assert_eq!(file.broken, [3, 4, 5, 6, 7, 9]);
        assert_eq!(file.lines.len(), 1);
    }
}
