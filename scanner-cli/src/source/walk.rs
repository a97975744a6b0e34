//! Visits the paths that a user names: files, and folders with everything below them.

use std::fs::Metadata;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ignore::gitignore::Gitignore;
use ignore::{DirEntry, ParallelVisitor, ParallelVisitorBuilder, WalkBuilder, WalkState};
use rayon::prelude::*;
use tokensieve_core::Origin;
use tokensieve_core::coverage::{Container, Skip};

use crate::exclude::exclusions;
use crate::pipeline::{Outcome, Pipeline, Worker};
use crate::source::file::{self, FileOptions, Reading};
use crate::source::gitignore::{IgnoreTree, IgnoreView};
use crate::source::root::{GIT_FOLDER, Root};
use crate::source::tracked::{IsTracked, Tracked};
use crate::threads;

/// How paths are visited.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The number of threads. More than four a processor are not taken.
    pub jobs: usize,
    /// `.gitignore` files are honoured.
    pub is_gitignore_honoured: bool,
    /// Symbolic links are followed.
    pub follows_links: bool,
    /// Larger files are skipped.
    pub max_file_size: Option<u64>,
    /// What these patterns match is skipped. They mean what they would mean in a `.gitignore` at
    /// the root.
    pub excluded: Vec<String>,
    /// Files that are not scanned: reports and configuration of the scan itself.
    pub our_files: Vec<PathBuf>,
    /// How files are read.
    pub reading: Reading,
    /// How far archives are opened, if they are.
    #[cfg(feature = "archives")]
    pub archives: Option<crate::source::archive::Limits>,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            jobs: threads::processors(),
            is_gitignore_honoured: true,
            follows_links: false,
            max_file_size: None,
            excluded: Vec::new(),
            our_files: Vec::new(),
            reading: Reading::Auto,
            #[cfg(feature = "archives")]
            archives: None,
        }
    }
}

impl Walk {
    /// How a file is read. Members of archives are left out by the same patterns as files.
    fn file_options<'a>(&'a self, excluded: Option<&'a Gitignore>) -> FileOptions<'a> {
        #[cfg(not(feature = "archives"))]
        let _ = excluded;
        FileOptions {
            reading: self.reading,
            max_size: self.max_file_size,
            #[cfg(feature = "archives")]
            archives: self.archives.as_ref().map(|limits| crate::source::archive::Opening {
                limits,
                excluded,
                max_size: self.max_file_size,
            }),
            #[cfg(not(feature = "archives"))]
            archives: std::marker::PhantomData,
        }
    }
}

/// Scans files and folders, with [`Walk::jobs`] threads. A path that does not exist is a gap in the
/// coverage, not an error.
pub fn scan_paths(pipeline: &Pipeline, walk: &Walk, paths: &[PathBuf]) -> Outcome {
    let ours = walk
        .our_files
        .iter()
        .filter_map(|path| path.metadata().ok())
        .map(|ours| identity(&ours))
        .collect();
    let scan = Scan { pipeline, walk, ours };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads::capped(walk.jobs)).build();
    let mut roots = Vec::new();
    for path in paths {
        match Root::of(path) {
            Ok(root) => roots.push(root),
            Err(error) => {
                let bytes = path.as_os_str().as_bytes();
                pipeline.worker().skip(file::skip_of(&error), &Origin::new(bytes, bytes));
            }
        }
    }
    let (folders, files): (Vec<_>, Vec<_>) = roots.into_iter().partition(|root| root.is_folder);
    let work = || {
        files.par_chunks(FILES_PER_TASK).for_each(|files| {
            let mut worker = pipeline.worker();
            for root in files {
                scan.named_file(&mut worker, root);
            }
        });
        for root in &folders {
            scan.folder(root);
        }
    };
    match pool {
        Ok(pool) => pool.install(work),
        // Without threads of its own it takes those of the process.
        Err(_) => work(),
    }
    pipeline.take_outcome()
}

/// Scans a stream. Without archives to be opened, it is like a file with this origin.
///
/// # Errors
///
/// Reading failed. What was read before has been scanned, and its findings count.
pub fn scan_stream(
    worker: &mut Worker<'_>,
    walk: &Walk,
    origin: &Origin,
    reader: impl io::Read,
) -> io::Result<()> {
    let excluded =
        exclusions(&walk.excluded, Path::new("/")).ok().filter(|excluded| !excluded.is_empty());
    #[cfg(feature = "archives")]
    if let Some(opening) = walk.file_options(excluded.as_ref()).archives {
        return crate::source::archive::scan_stream(worker, opening, origin, reader);
    }
    let _ = excluded;
    worker.reader(origin, reader).map(drop)
}

/// What a user reads about a repository whose index cannot be read.
const INDEX_IS_BROKEN: &str =
    "its git index cannot be read, so what .gitignore leaves out is scanned, too";

/// How long files are still listed once time is over, to count those that are left.
const LISTING_GRACE: Duration = Duration::from_secs(1);

/// How many named files one task scans.
const FILES_PER_TASK: usize = 16;

struct Scan<'p> {
    pipeline: &'p Pipeline,
    walk: &'p Walk,
    /// Device and inode of the files in [`Walk::our_files`].
    ours: Vec<(u64, u64)>,
}

fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

impl Scan<'_> {
    fn is_our_file(&self, path: &Path) -> bool {
        !self.ours.is_empty()
            && self.walk.our_files.iter().any(|ours| ours.file_name() == path.file_name())
            && path.metadata().is_ok_and(|metadata| self.ours.contains(&identity(&metadata)))
    }

    /// The patterns that leave paths out, where there are any.
    fn exclusions(&self, root: &Root) -> Option<Gitignore> {
        exclusions(&self.walk.excluded, &root.root).ok().filter(|excluded| !excluded.is_empty())
    }

    /// Scans a file that the user named. Ignore files do not apply to named paths; exclusions do.
    fn named_file(&self, worker: &mut Worker<'_>, root: &Root) {
        let file = root.file(&root.argument);
        let excluded = self.exclusions(root);
        let is_excluded = excluded.as_ref().is_some_and(|excluded| {
            excluded.matched_path_or_any_parents(&root.start, false).is_ignore()
        });
        let reason = if is_excluded {
            Some(Skip::ExcludedPath)
        } else if self.is_our_file(&root.start) {
            Some(Skip::OwnFile)
        } else {
            root.start.metadata().ok().and_then(|metadata| file::skip_of_type(metadata.file_type()))
        };
        match reason {
            Some(reason) => worker.skip(reason, &file),
            None => {
                file::scan(worker, self.walk.file_options(excluded.as_ref()), &root.argument, &file)
            }
        }
    }

    fn folder(&self, root: &Root) {
        let tree = self
            .walk
            .is_gitignore_honoured
            .then(|| IgnoreTree::new(&root.argument, &root.start, &root.root));
        let excluded = self.exclusions(root);
        let tracked = Tracked::new(&root.root);
        let mut visitors = WalkVisitorBuilder {
            scan: self,
            root,
            tree: tree.as_ref(),
            excluded: excluded.as_ref(),
            tracked: &tracked,
        };
        WalkBuilder::new(&root.argument)
            .standard_filters(false)
            .follow_links(self.walk.follows_links)
            .threads(threads::capped(self.walk.jobs))
            .build_parallel()
            .visit(&mut visitors);
        for broken in tracked.broken() {
            self.pipeline.worker().note(&root.file(&broken), INDEX_IS_BROKEN);
        }
    }
}

struct WalkVisitorBuilder<'s> {
    scan: &'s Scan<'s>,
    root: &'s Root,
    tree: Option<&'s IgnoreTree>,
    excluded: Option<&'s Gitignore>,
    tracked: &'s Tracked<'s>,
}

impl<'s> ParallelVisitorBuilder<'s> for WalkVisitorBuilder<'s> {
    fn build(&mut self) -> Box<dyn ParallelVisitor + 's> {
        Box::new(WalkVisitor {
            scan: self.scan,
            root: self.root,
            ignored: self.tree.map(IgnoreTree::view),
            excluded: self.excluded,
            tracked: self.tracked,
            worker: self.scan.pipeline.worker(),
        })
    }
}

/// One thread of a walk.
struct WalkVisitor<'s> {
    scan: &'s Scan<'s>,
    root: &'s Root,
    ignored: Option<IgnoreView<'s>>,
    excluded: Option<&'s Gitignore>,
    tracked: &'s Tracked<'s>,
    worker: Worker<'s>,
}

impl ParallelVisitor for WalkVisitor<'_> {
    fn visit(&mut self, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        match entry {
            Ok(entry) => self.entry(&entry),
            Err(error) => {
                self.error(&error);
                WalkState::Continue
            }
        }
    }
}

impl WalkVisitor<'_> {
    fn entry(&mut self, entry: &DirEntry) -> WalkState {
        let path = entry.path();
        let Some(file_type) = entry.file_type() else { return WalkState::Continue };
        if entry.depth() == 0 {
            return WalkState::Continue;
        }
        if self.scan.pipeline.is_over_since(LISTING_GRACE) {
            self.worker.skip(Skip::OutOfTime, &self.root.file(path));
            return WalkState::Quit;
        }
        let is_folder = file_type.is_dir();
        if let Some(reason) = self.reason_to_skip(entry, is_folder) {
            self.worker.skip(reason, &self.root.file(path));
            return WalkState::Skip;
        }
        if !is_folder {
            let options = self.scan.walk.file_options(self.excluded);
            file::scan(&mut self.worker, options, path, &self.root.file(path));
        } else if self.tracked.is_absent_submodule(&self.root.absolute(path)) {
            self.worker.leave_unopened(Container::Submodule, &self.root.file(path));
        }
        WalkState::Continue
    }

    fn reason_to_skip(&mut self, entry: &DirEntry, is_folder: bool) -> Option<Skip> {
        let path = entry.path();
        if entry.file_name() == GIT_FOLDER {
            return Some(Skip::GitFolder);
        }
        if let Some(ignored) = &mut self.ignored
            && ignored.leaves_out(path, is_folder)
        {
            if self.tracked.find(&self.root.absolute(path), is_folder) == IsTracked::No {
                return Some(Skip::Ignored);
            }
            if is_folder {
                ignored.leave_out_all_in(path);
            }
        }
        if self.excluded.is_some_and(|excluded| {
            excluded.matched(self.root.absolute(path), is_folder).is_ignore()
        }) {
            return Some(Skip::ExcludedPath);
        }
        if entry.file_type().is_some_and(|file_type| file_type.is_symlink()) {
            return Some(Skip::Symlink);
        }
        if let Some(reason) = entry.file_type().and_then(file::skip_of_type) {
            return Some(reason);
        }
        self.scan.is_our_file(path).then_some(Skip::OwnFile)
    }

    fn error(&mut self, error: &ignore::Error) {
        let (path, reason) = reason_of(error);
        self.worker.skip(reason, &self.root.file(path.unwrap_or(&self.root.argument)));
    }
}

/// The path that an error of the walk is about, and what it means for the coverage.
fn reason_of(error: &ignore::Error) -> (Option<&Path>, Skip) {
    match error {
        ignore::Error::WithPath { path, err } => {
            let (_, reason) = reason_of(err);
            // A link that leads nowhere has nothing to be scanned.
            let is_dangling = reason == Skip::Vanished
                && path.symlink_metadata().is_ok_and(|found| found.is_symlink());
            (Some(path), if is_dangling { Skip::Symlink } else { reason })
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            reason_of(err)
        }
        ignore::Error::Loop { child, .. } => (Some(child), Skip::SymlinkLoop),
        ignore::Error::Io(error) if error.kind() == io::ErrorKind::NotFound => {
            (None, Skip::Vanished)
        }
        _ => (None, Skip::UnlistedFolder),
    }
}
