//! Where suppressions come from: the configuration, and the files of a tree that hold baselines and
//! ignored places.

use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use tokensieve_core::suppression::{Baseline, Date, GitleaksReport, IgnoreFile};
use tokensieve_core::{FingerprintKey, RuleSet};

use crate::cli::args::CommonArgs;
use crate::cli::settings::config::{Loaded, nearest};
use crate::cli::settings::key::key_of;
use crate::pipeline::suppress::Suppressions;
use crate::source::Root;
use crate::tree_file;

/// The baseline that is picked up without a flag.
pub(crate) const BASELINE: &str = ".tokensieve.baseline";
/// The ignore file of gitleaks.
pub(crate) const IGNORE_FILE: &str = ".gitleaksignore";

/// Whether comments beside secrets count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Comments {
    Honoured,
    #[cfg(feature = "git")]
    /// They come with the change that is judged.
    Brought,
}

/// A file with its name in messages.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) name: String,
    content: Vec<u8>,
}

impl Text {
    fn read(file: &Path) -> Result<Self> {
        let content =
            std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Self { name: file.display().to_string(), content })
    }

    /// Reads a file that nobody named.
    fn picked_up(file: &Path) -> Result<Self> {
        let content =
            tree_file::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Self { name: file.display().to_string(), content })
    }

    fn as_str(&self) -> Result<&str> {
        std::str::from_utf8(&self.content).with_context(|| format!("{} is not UTF-8", self.name))
    }
}

/// The files of a tree that hold suppressions.
#[derive(Clone, Debug, Default)]
pub(crate) struct TreeFiles {
    pub(crate) baseline: Option<Text>,
    ignored: Vec<Text>,
    /// Those on disk that hold nothing but ids, or, where they were named, secrets that are known.
    pub(crate) on_disk: Vec<PathBuf>,
    /// The roots of the tree, absolute and without links.
    pub(crate) roots: Vec<PathBuf>,
}

impl TreeFiles {
    /// A tree none of whose files count.
    pub(crate) fn without_files(roots: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut roots: Vec<PathBuf> = roots.into_iter().collect();
        roots.sort();
        roots.dedup();
        Self { roots, ..Self::default() }
    }

    /// The names of the files that are used.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.baseline.iter().chain(&self.ignored).map(|text| text.name.as_str())
    }

    /// Those of folders, upwards to the roots of their repositories, unless no file of the tree is
    /// wanted.
    pub(crate) fn of_folders(args: &CommonArgs, roots: &[Root]) -> Result<Self> {
        let mut files = Self::without_files(roots.iter().map(|root| root.path().to_owned()));
        if args.no_config {
            return Ok(files);
        }
        if !args.no_baseline && args.baseline.is_none() {
            let mut found: Vec<PathBuf> =
                roots.iter().filter_map(|root| nearest(root, BASELINE)).collect();
            found.sort();
            found.dedup();
            match found.as_slice() {
                [] => {}
                [file] => {
                    files.baseline = Some(Text::picked_up(file)?);
                    files.on_disk.push(file.clone());
                }
                [one, other, ..] => bail!(
                    "the paths have different files of one kind, {} and {}: scan them one by one",
                    one.display(),
                    other.display()
                ),
            }
        }
        files.ignored =
            ignore_files(roots).iter().map(|file| Text::picked_up(file)).collect::<Result<_>>()?;
        Ok(files)
    }

    /// Those of a commit, or of HEAD.
    #[cfg(feature = "git")]
    pub(crate) fn of_commit(
        args: &CommonArgs,
        repository: &crate::git::Repository,
        commit: Option<gix::ObjectId>,
    ) -> Self {
        let files = Self::without_files(repository.root().canonicalize());
        if args.no_config {
            return files;
        }
        let read = |name: &str| {
            let at = commit.map_or_else(|| "HEAD".to_owned(), |commit| commit.to_string());
            repository
                .file(commit, name)
                .map(|content| Text { name: format!("{at}:{name}"), content })
        };
        let wants_baseline = !args.no_baseline && args.baseline.is_none();
        Self {
            baseline: wants_baseline.then(|| read(BASELINE)).flatten(),
            ignored: read(IGNORE_FILE).into_iter().collect(),
            ..files
        }
    }
}

/// The ignore files that count for paths: as gitleaks does, that of the working folder and that of
/// the scanned one, and those between the latter and the root of its repository.
fn ignore_files(roots: &[Root]) -> Vec<PathBuf> {
    let working = std::env::current_dir().and_then(|folder| folder.canonicalize()).ok();
    let mut files = Vec::new();
    for root in roots {
        let in_repository = |folder: &&Path| folder.starts_with(root.path());
        let is_working = |folder: &&Path| working.as_deref() == Some(*folder);
        let folders =
            root.folder().ancestors().filter(|folder| in_repository(folder) || is_working(folder));
        files.extend(folders.map(|folder| folder.join(IGNORE_FILE)).filter(|file| file.is_file()));
    }
    files.sort();
    files.dedup();
    files
}

/// Brings all suppressions together. Also the key of identities that a baseline has, if one is
/// used.
pub(crate) fn suppressions(
    args: &CommonArgs,
    loaded: &Loaded,
    files: &TreeFiles,
    comments: Comments,
    custom_key: Option<&FingerprintKey>,
) -> Result<(Suppressions, Option<FingerprintKey>)> {
    let mut all = Suppressions::default();
    if comments == Comments::Honoured && !args.no_inline_allow {
        all = all.with_comments();
    }
    let today = today();
    for allow in loaded.allow.iter().chain(&loaded.gitleaks_allow) {
        all.add_allowlist(allow.list.clone(), &allow.file, allow.line, today);
    }
    let named = args.baseline.as_deref().map(Text::read).transpose()?;
    let mut key = None;
    if let Some(text) = named.as_ref().or(files.baseline.as_ref()) {
        if GitleaksReport::is_one(text.as_str()?) {
            let mut report = GitleaksReport::read(&text.name, text.as_str()?)?;
            report.relocate(|path| from_root(path, &files.roots));
            all.add_gitleaks_report(&report, &text.name);
        } else {
            let baseline = Baseline::read(&text.name, text.as_str()?)?;
            let own = key_of(&baseline, &text.name, custom_key)?;
            all.add_baseline(&baseline, own.clone(), &text.name, today);
            key = Some(own);
        }
    }
    for text in &files.ignored {
        all.add_ignore_file(IgnoreFile::read(&text.content), &text.name);
    }
    Ok((all, key))
}

/// The path from its root of a file that a report names by an absolute path, perhaps of another
/// machine: the longest end of the path that is there below a root.
fn from_root(path: &str, roots: &[PathBuf]) -> Option<String> {
    let below = roots.iter().find_map(|root| Path::new(path).strip_prefix(root).ok());
    if let Some(below) = below {
        return below.to_str().map(str::to_owned);
    }
    let mut rest = path;
    while let Some((_, end)) = rest.split_once('/') {
        let is_plain = Path::new(end).components().all(|it| matches!(it, Component::Normal(_)));
        if is_plain && !end.is_empty() && roots.iter().any(|root| root.join(end).is_file()) {
            return Some(end.to_owned());
        }
        rest = end;
    }
    None
}

/// Names of rules in allowlists exist, or what they were meant for is reported for a reason that
/// nobody sees.
pub(crate) fn check_rules(loaded: &Loaded, rules: &RuleSet) -> Result<()> {
    for allow in &loaded.allow {
        let is_unknown = |name: &&String| !rules.has_rule_called(name);
        if let Some(name) = allow.list.spec().rules.iter().find(is_unknown) {
            bail!(
                "{}:{}: no rule is named `{name}`; `tokensieve rules list` shows them",
                allow.file,
                allow.line
            );
        }
    }
    Ok(())
}

/// The day, in UTC.
pub(crate) fn today() -> Date {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Date::of_unix_time(since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX)))
}
