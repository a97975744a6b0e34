//! What a scan looked at, and what it did not.
//!
//! Every scan ends with this record. A *gap* makes a scan incomplete: something that should have
//! been looked at was not. An *exclusion* was meant to be left out. What was *not opened* is a
//! container whose outside alone was looked at.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// Why something was not scanned.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(test, derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Skip {
    /// It could not be opened or read.
    Unreadable,
    /// It was there and then was not.
    Vanished,
    /// It was cut short while it was being read.
    Truncated,
    /// A folder could not be listed, or only in part.
    UnlistedFolder,
    /// `.gitignore` leaves it out.
    Ignored,
    /// `--exclude-path` leaves it out.
    ExcludedPath,
    /// It is larger than `--max-file-size`.
    TooLarge,
    /// A symbolic link that is not followed.
    Symlink,
    /// A symbolic link that leads back to a folder above it.
    SymlinkLoop,
    /// A named pipe.
    Fifo,
    /// A device.
    Device,
    /// A socket.
    Socket,
    /// The folder where git keeps its data.
    GitFolder,
    /// The scan's own report or configuration.
    OwnFile,
    /// A git object that is mentioned and not stored.
    MissingObject,
    /// A git object that cannot be read, or a file that holds some.
    CorruptObject,
    /// A git object that takes more memory than it may, or is made of one that does.
    LargeObject,
    /// A git object at more paths than were looked at, or in folders nested too deeply.
    UnlistedPaths,
    /// The history was cut off when it was cloned.
    ShallowHistory,
    /// The commits to scan could not be determined.
    UnresolvedRange,
    /// The time limit of the scan was reached.
    OutOfTime,
    /// Encoded text that unpacks to far more than its size, and was not searched to its end.
    EncodedText,
    /// An archive, or a member of one, that does not follow its format or fails its own checksum.
    BrokenArchive,
    /// An archive that is nested too deeply in others to be opened.
    ArchiveDepth(Bound),
    /// An archive that expands to more bytes than were scanned.
    ArchiveSize(Bound),
    /// A member of an archive that expands to too many times its size: the rest was not scanned.
    ArchiveRatio(Bound),
    /// An archive with more members than were scanned.
    ArchiveMembers(Bound),
}

/// Who set a limit.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(test, derive(serde::Deserialize))]
pub enum Bound {
    /// Nobody: it is the default. What lies beyond it should have been looked at.
    Default,
    /// The user, who does not want to look beyond it.
    Chosen,
}

impl Skip {
    /// Whether a scan that skipped for this reason is incomplete.
    #[must_use]
    pub const fn is_gap(self) -> bool {
        match self {
            Self::Unreadable
            | Self::Vanished
            | Self::Truncated
            | Self::UnlistedFolder
            | Self::MissingObject
            | Self::CorruptObject
            | Self::LargeObject
            | Self::UnlistedPaths
            | Self::ShallowHistory
            | Self::UnresolvedRange
            | Self::OutOfTime
            | Self::EncodedText
            | Self::BrokenArchive => true,
            Self::ArchiveDepth(bound)
            | Self::ArchiveSize(bound)
            | Self::ArchiveRatio(bound)
            | Self::ArchiveMembers(bound) => matches!(bound, Bound::Default),
            Self::Ignored
            | Self::ExcludedPath
            | Self::TooLarge
            | Self::Symlink
            | Self::SymlinkLoop
            | Self::Fifo
            | Self::Device
            | Self::Socket
            | Self::GitFolder
            | Self::OwnFile => false,
        }
    }

    /// The name used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Vanished => "vanished",
            Self::Truncated => "truncated",
            Self::UnlistedFolder => "unlisted folder",
            Self::Ignored => "ignored",
            Self::ExcludedPath => "excluded path",
            Self::TooLarge => "too large",
            Self::Symlink => "symlink",
            Self::SymlinkLoop => "symlink loop",
            Self::Fifo => "fifo",
            Self::Device => "device",
            Self::Socket => "socket",
            Self::GitFolder => "git folder",
            Self::OwnFile => "own file",
            Self::MissingObject => "missing object",
            Self::CorruptObject => "corrupt object",
            Self::LargeObject => "large object",
            Self::UnlistedPaths => "unlisted paths",
            Self::ShallowHistory => "shallow history",
            Self::UnresolvedRange => "unresolved range",
            Self::OutOfTime => "out of time",
            Self::EncodedText => "encoded text",
            Self::BrokenArchive => "broken archive",
            Self::ArchiveDepth(_) => "archive depth",
            Self::ArchiveSize(_) => "archive size",
            Self::ArchiveRatio(_) => "archive ratio",
            Self::ArchiveMembers(_) => "archive members",
        }
    }
}

/// A kind of container that was not opened.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Container {
    /// A compressed file or an archive.
    Archive,
    /// A pointer of Git LFS: the content is elsewhere.
    Lfs,
    /// A git submodule that is not checked out.
    Submodule,
    /// Something that only a passphrase opens.
    Encrypted,
}

impl Container {
    /// The name used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Archive => "archive",
            Self::Lfs => "lfs",
            Self::Submodule => "submodule",
            Self::Encrypted => "encrypted",
        }
    }

    /// Returns which container a file is, judged by its beginning: the signatures are those in the
    /// formats' own specifications. Reads at most the first 262 bytes of `head`; from a shorter
    /// one, tar cannot be recognised.
    ///
    /// ```
    /// use tokensieve_core::coverage::Container;
    ///
    /// assert_eq!(Container::of(b"PK\x03\x04..."), Some(Container::Archive));
    /// assert_eq!(Container::of(b"fn main() {}"), None);
    /// ```
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        const TAR_MAGIC_AT: usize = 257;
        const LFS: &[u8] = b"version https://git-lfs.github.com/spec/v1\n";
        const ENCRYPTED: [&[u8]; 4] = [
            b"-----BEGIN PGP MESSAGE-----",
            b"age-encryption.org/v1\n",
            b"Salted__",
            b"\0GITCRYPT\0",
        ];
        const ARCHIVES: [&[u8]; 8] = [
            b"PK\x03\x04",
            b"\x1f\x8b\x08",
            b"BZh",
            b"\xfd7zXZ\0",
            b"\x28\xb5\x2f\xfd",
            b"7z\xbc\xaf\x27\x1c",
            b"Rar!\x1a\x07",
            b"!<arch>\n",
        ];
        if head.starts_with(LFS) {
            Some(Self::Lfs)
        } else if ENCRYPTED.iter().any(|magic| head.starts_with(magic)) {
            Some(Self::Encrypted)
        } else if ARCHIVES.iter().any(|magic| head.starts_with(magic))
            || head.get(TAR_MAGIC_AT..).is_some_and(|rest| rest.starts_with(b"ustar"))
        {
            Some(Self::Archive)
        } else {
            None
        }
    }
}

/// How often something happened, with a few examples.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    count: u64,
    examples: Vec<String>,
}

impl Tally {
    /// More examples than this are not kept.
    pub const MOST_EXAMPLES: usize = 5;

    fn add(&mut self, example: String) {
        self.count += 1;
        self.keep(example);
    }

    /// The first examples in the order of their text are kept, so that the order of events does not
    /// show.
    fn keep(&mut self, example: String) {
        if let Err(at) = self.examples.binary_search(&example)
            && at < Self::MOST_EXAMPLES
        {
            self.examples.insert(at, example);
            self.examples.truncate(Self::MOST_EXAMPLES);
        }
    }

    fn merge(&mut self, other: Self) {
        self.count += other.count;
        for example in other.examples {
            self.keep(example);
        }
    }

    /// How often.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// A few examples, sorted.
    #[must_use]
    pub fn examples(&self) -> &[String] {
        &self.examples
    }
}

/// The record of what a scan looked at.
///
/// Records of parts of a scan can be merged in any order.
///
/// ```
/// use tokensieve_core::{Coverage};
/// use tokensieve_core::coverage::{Skip};
///
/// let mut coverage = Coverage::default();
/// coverage.skip(Skip::Symlink, "link".to_owned());
/// assert!(coverage.is_complete());
/// coverage.skip(Skip::Unreadable, "locked".to_owned());
/// assert!(!coverage.is_complete());
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Coverage {
    /// The number of rules that were looked for.
    pub rules: usize,
    /// The number of files, or other inputs, that were scanned to their end.
    pub files_scanned: u64,
    /// The number of bytes that were scanned.
    pub bytes_scanned: u64,
    /// What was seen of a git repository, where one was looked at.
    pub git: Option<GitCoverage>,
    /// The files of the scanned tree that take something away, in the order of reports. Redacted.
    pub configuration: Vec<TreeConfiguration>,
    /// Which repository that is, where it has a remote. Only SARIF reports have it.
    pub repository: Option<RepositorySource>,
    skipped: BTreeMap<Skip, Tally>,
    suppressed: BTreeMap<&'static str, u64>,
    unopened: BTreeMap<Container, Tally>,
}

/// A file of the scanned tree that keeps findings from being made or reported: a configuration, a
/// baseline or an ignore file. Whoever writes the tree writes it, too.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct TreeConfiguration {
    /// The file, as reports name it.
    pub file: String,
    /// What it takes away, such as `paths`, `rules` or `baseline`.
    pub takes_away: Vec<&'static str>,
}

/// What a scan saw of a git repository.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct GitCoverage {
    /// The number of commits that were looked at.
    pub commits: u64,
    /// The number of blobs that were scanned.
    pub blobs_scanned: u64,
    /// The number of objects that should be there and could not be read.
    pub missing_objects: u64,
    /// Whether the history was cut off when it was cloned.
    pub shallow: bool,
}

/// Where a scanned repository comes from. Everything in it is fit to be shown.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RepositorySource {
    /// An absolute URI of the remote, without user name and password.
    pub uri: String,
    /// The id of the checked-out commit, if there is one.
    pub revision: Option<String>,
}

impl GitCoverage {
    fn merge(&mut self, other: Self) {
        self.commits += other.commits;
        self.blobs_scanned += other.blobs_scanned;
        self.missing_objects += other.missing_objects;
        self.shallow |= other.shallow;
    }
}

impl Coverage {
    /// Counts something that was not scanned. `example` names it, redacted by the caller; the first
    /// [`Tally::MOST_EXAMPLES`] in order are kept.
    pub fn skip(&mut self, reason: Skip, example: String) {
        self.skipped.entry(reason).or_default().add(example);
    }

    /// Counts a match that is not reported.
    pub fn suppress(&mut self, reason: &'static str) {
        *self.suppressed.entry(reason).or_default() += 1;
    }

    /// Counts a container whose inside was not scanned. `example` names it, redacted by the caller.
    pub fn leave_unopened(&mut self, kind: Container, example: String) {
        self.unopened.entry(kind).or_default().add(example);
    }

    /// Adds the record of another part of the scan. Any order of parts gives the same record.
    pub fn merge(&mut self, other: Self) {
        self.rules = self.rules.max(other.rules);
        self.files_scanned += other.files_scanned;
        self.bytes_scanned += other.bytes_scanned;
        if let Some(git) = other.git {
            self.git.get_or_insert_default().merge(git);
        }
        if self.repository.is_none() {
            self.repository = other.repository;
        }
        for (reason, tally) in other.skipped {
            self.skipped.entry(reason).or_default().merge(tally);
        }
        for (reason, count) in other.suppressed {
            *self.suppressed.entry(reason).or_default() += count;
        }
        for (kind, tally) in other.unopened {
            self.unopened.entry(kind).or_default().merge(tally);
        }
        self.configuration.extend(other.configuration);
        self.configuration.sort();
        self.configuration.dedup();
    }

    /// Returns whether the scan has no gap: nothing was skipped that should have been scanned.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.skipped.keys().any(|reason| reason.is_gap())
    }

    /// What was not scanned, by reason.
    pub fn skipped(&self) -> impl Iterator<Item = (Skip, &Tally)> {
        self.skipped.iter().map(|(reason, tally)| (*reason, tally))
    }

    /// What was found and not reported, by reason.
    pub fn suppressed(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.suppressed.iter().map(|(reason, count)| (*reason, *count))
    }

    /// What was not opened, by kind.
    pub fn unopened(&self) -> impl Iterator<Item = (Container, &Tally)> {
        self.unopened.iter().map(|(kind, tally)| (*kind, tally))
    }
}

/// The form of the JSON reports: see docs/formats.md.
impl Serialize for Coverage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("complete", &self.is_complete())?;
        map.serialize_entry("rules", &self.rules)?;
        map.serialize_entry("files_scanned", &self.files_scanned)?;
        map.serialize_entry("bytes_scanned", &self.bytes_scanned)?;
        if let Some(git) = &self.git {
            map.serialize_entry("commits", &git.commits)?;
            map.serialize_entry("blobs_scanned", &git.blobs_scanned)?;
            map.serialize_entry("missing_objects", &git.missing_objects)?;
            map.serialize_entry("shallow", &git.shallow)?;
        }
        let skipped: Vec<_> = self
            .skipped()
            .map(|(reason, tally)| SkippedForm {
                reason: reason.as_str(),
                gap: reason.is_gap(),
                count: tally.count,
                examples: &tally.examples,
            })
            .collect();
        map.serialize_entry("skipped", &skipped)?;
        let suppressed: Vec<_> =
            self.suppressed().map(|(reason, count)| SuppressedForm { reason, count }).collect();
        map.serialize_entry("suppressed", &suppressed)?;
        let unopened: Vec<_> = self
            .unopened()
            .map(|(kind, tally)| UnopenedForm {
                kind: kind.as_str(),
                count: tally.count,
                examples: &tally.examples,
            })
            .collect();
        map.serialize_entry("unopened", &unopened)?;
        map.serialize_entry("configuration", &self.configuration)?;
        map.end()
    }
}

#[derive(Serialize)]
struct SkippedForm<'a> {
    reason: &'static str,
    gap: bool,
    count: u64,
    examples: &'a [String],
}

#[derive(Serialize)]
struct SuppressedForm {
    reason: &'static str,
    count: u64,
}

#[derive(Serialize)]
struct UnopenedForm<'a> {
    kind: &'static str,
    count: u64,
    examples: &'a [String],
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::tests::names_of;

    #[test]
    fn merging_in_any_order_gives_the_same() {
        let part = |names: &[&str]| {
            let mut coverage = Coverage::default();
            for name in names {
                coverage.skip(Skip::Ignored, (*name).to_owned());
                coverage.suppress("placeholder");
            }
            coverage
        };
        let parts = [part(&["c", "g", "a"]), part(&["b", "f"]), part(&["e", "d", "h"])];
        let merged = |order: [usize; 3]| {
            let mut all = Coverage::default();
            for index in order {
                all.merge(parts[index].clone());
            }
            all
        };
        assert_eq!(merged([0, 1, 2]), merged([2, 1, 0]));
        let all = merged([1, 0, 2]);
        let (_, tally) = all.skipped().next().unwrap();
        assert_eq!(
            (tally.count(), tally.examples()),
            (8, &["a", "b", "c", "d", "e"].map(String::from)[..])
        );
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test reads the guide")]
    fn every_reason_to_skip_is_in_the_guide() {
        const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/guide.md");
        let guide = std::fs::read_to_string(GUIDE).unwrap();
        for name in names_of::<Skip>() {
            let name = name.replace('-', " ");
            let has_row = |line: &str| line.starts_with('|') && line.contains(&format!("`{name}`"));
            assert!(guide.lines().any(has_row), "`{name}` is in no table of docs/guide.md");
        }
    }

    #[test]
    fn containers_by_their_signature() {
        let tar = [&[0; 257][..], b"ustar\0"].concat();
        let table: [(&[u8], Option<Container>); 5] = [
            (b"PK\x03\x04rest", Some(Container::Archive)),
            (&tar, Some(Container::Archive)),
            (b"version https://git-lfs.github.com/spec/v1\noid", Some(Container::Lfs)),
            (b"Salted__12345678", Some(Container::Encrypted)),
            (b"fn main() {}", None),
        ];
        for (head, expected) in table {
            assert_eq!(Container::of(head), expected);
        }
    }
}
