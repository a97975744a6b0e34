//! Fetches the commits that a clone lacks from its own remote.
//!
//! References are never written: commits are fetched by their ids.

use std::path::PathBuf;
use std::time::Duration;

use gix::ObjectId;

use crate::ci::clone_settings::Refused;
use crate::ci::connected::{self, MergeBase, ShallowGap};
use crate::ci::event::{Plan, Platform};
use crate::ci::git_command::{Branches, Failure, Program};
use crate::git::store::commits;
use crate::git::store::database::{DEFAULT_MAX_MEMORY, Database, Reader};
use crate::git::store::reftable;
use crate::git::store::special_files;

/// Whether the clone may be completed from its own remote.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fetching {
    /// It may.
    Allowed {
        /// How long a single run of git may take.
        limit: Duration,
    },
    /// It is to be taken as it is.
    Forbidden,
}

/// The range is unknown, and nothing may be scanned in its place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unresolved {
    /// What is missing, and why it was not fetched.
    pub why: String,
    /// What to do about it: a command, and the setting of the CI system.
    pub fix: String,
    /// The user has given a revision that does not exist.
    pub is_mistyped: bool,
}

/// How many more commits are fetched at each attempt; the last one fetches everything.
const STEPS: [Step; 4] =
    [Step::Deepen(50), Step::Deepen(200), Step::Deepen(1000), Step::Everything];

#[derive(Clone, Copy, Debug)]
enum Step {
    Deepen(u32),
    Everything,
}

/// What became of asking the remote for commits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Obtained {
    There,
    Gone,
}

/// Gets the objects that a clone lacks, and says what it did.
pub(crate) struct Fetcher<'p> {
    pub(crate) repo: gix::Repository,
    /// The folders with objects.
    pub(crate) folders: Vec<PathBuf>,
    /// Reads objects; it is made again when some were fetched.
    pub(crate) reader: Reader,
    pub(crate) plan: &'p Plan,
    pub(crate) fetching: Fetching,
    /// The name of the remote, if there is one to speak of.
    pub(crate) remote: Option<String>,
    /// The program, once it was needed.
    pub(crate) program: Option<Program>,
    /// The branches of the remote, once they were asked for.
    pub(crate) branches: Option<Branches>,
    pub(crate) notices: Vec<String>,
}

impl Fetcher<'_> {
    /// Whether the clone leaves out files until git asks for them.
    pub(crate) fn is_partial(&self) -> bool {
        let settings = self.repo.config_snapshot();
        let is_promised =
            |name: gix::bstr::BString| settings.boolean(format!("remote.{name}.promisor").as_str());
        settings.string("extensions.partialClone").is_some()
            || self.repo.remote_names().into_iter().any(|name| is_promised(name).unwrap_or(false))
    }

    pub(crate) fn notice(&mut self, what: impl Into<String>) {
        self.notices.push(what.into());
    }

    /// Returns the merge base of a commit and others; deepens a shallow clone until it is known.
    pub(crate) fn settle(
        &mut self,
        head: ObjectId,
        others: &[ObjectId],
    ) -> Result<MergeBase, Unresolved> {
        let mut steps =
            if others.is_empty() { STEPS[STEPS.len() - 1..].iter() } else { STEPS.iter() };
        loop {
            let gap = match connected::merge_base(&self.repo, &self.reader, head, others) {
                Ok(merge_base) => return Ok(merge_base),
                Err(gap) => gap,
            };
            let mut ids = vec![head];
            ids.extend(others);
            let why = match &gap {
                ShallowGap::Cut(id) => {
                    format!("the clone is shallow: its history ends at {id}, which is in the range")
                }
                ShallowGap::Disconnected => {
                    "the clone is shallow: in it, head and base have no commit in common".to_owned()
                }
                ShallowGap::Missing(id) => return Err(self.missing(*id)),
            };
            match steps.next() {
                Some(step) => self.deepen(*step, &ids, &why)?,
                None => {
                    let fix = self.fix(&ids);
                    return Err(unresolved(format!("{why}, and so is the remote"), fix));
                }
            }
        }
    }

    /// Fetches more of a history.
    fn deepen(&mut self, step: Step, ids: &[ObjectId], why: &str) -> Result<(), Unresolved> {
        if self.fetching == Fetching::Forbidden {
            return Err(unresolved(format!("{why}; fetching is forbidden"), self.fix(ids)));
        }
        let depth = match step {
            Step::Deepen(more) => format!("--deepen={more}"),
            Step::Everything => "--unshallow".to_owned(),
        };
        self.program(ids)?;
        let program = self.program.as_ref().expect("it was just made");
        let done = program.fetch(Some(&depth), ids);
        let remote = program.remote.clone();
        if let Err(failure) = done {
            let left_out = self.left_out();
            let why =
                format!("{why}; fetching from the remote {remote} failed: {failure}{left_out}");
            return Err(unresolved(why, self.fix(ids)));
        }
        self.notice(match step {
            Step::Deepen(more) => {
                format!("fetched {more} more commits of history from the remote {remote}")
            }
            Step::Everything => format!("fetched the rest of the history from the remote {remote}"),
        });
        self.reload()
    }

    /// Fetches those of the commits that the clone lacks.
    pub(crate) fn obtain(&mut self, ids: &[ObjectId]) -> Result<Obtained, Unresolved> {
        let lacking: Vec<ObjectId> =
            ids.iter().copied().filter(|id| !self.repo.has_object(id)).collect();
        let Some(first) = lacking.first() else { return Ok(Obtained::There) };
        let is_shallow = self.repo.is_shallow().unwrap_or(true);
        if self.fetching == Fetching::Forbidden {
            // It is in no history that is there as a whole.
            if !is_shallow {
                return Ok(Obtained::Gone);
            }
            let why =
                format!("{first} is not in the clone, which is shallow; fetching is forbidden");
            return Err(unresolved(why, self.fix(&lacking)));
        }
        self.program(&lacking)?;
        let program = self.program.as_ref().expect("it was just made");
        // In a whole clone, a depth would cut it off. The first commit alone is deepened later,
        // with the others.
        let done = program.fetch(is_shallow.then_some("--depth=1"), &lacking);
        let remote = program.remote.clone();
        match done {
            Ok(()) => {}
            Err(Failure::Unknown) => return Ok(Obtained::Gone),
            Err(failure) => {
                let left_out = self.left_out();
                let why = format!(
                    "fetching {first} from the remote {remote} failed: {failure}{left_out}"
                );
                return Err(unresolved(why, self.fix(&lacking)));
            }
        }
        self.reload()?;
        match lacking.as_slice() {
            [only] => self.notice(format!("fetched {only} from the remote {remote}")),
            _ => {
                self.notice(format!("fetched {} branches from the remote {remote}", lacking.len()))
            }
        }
        Ok(if lacking.iter().all(|id| self.repo.has_object(id)) {
            Obtained::There
        } else {
            Obtained::Gone
        })
    }

    /// The commit that an id or a revision leads to. `None` if the remote has no such id.
    pub(crate) fn find(&mut self, name: &str) -> Result<Option<ObjectId>, Unresolved> {
        if let Some(id) = full_id(name) {
            if self.obtain(&[id])? == Obtained::Gone {
                return Ok(None);
            }
            return match self.commit_of(id) {
                Some(commit) => Ok(Some(commit)),
                None => Err(unresolved(format!("{id} is no commit"), "name a commit".to_owned())),
            };
        }
        if let Some(id) = self.revision(name) {
            return Ok(Some(id));
        }
        if let Some(id) = self.branch_called(name)? {
            return self.find(&id.to_string());
        }
        // It may be further back than the clone goes.
        if name.contains(['~', '^', '@']) && self.repo.is_shallow().unwrap_or(false) {
            let head = self.repo.head_id().ok().map(gix::Id::detach);
            for step in head.iter().flat_map(|_| STEPS) {
                let why = format!("`{name}` is further back than the shallow clone goes");
                self.deepen(step, head.as_slice(), &why)?;
                if let Some(id) = self.revision(name) {
                    return Ok(Some(id));
                }
                if !self.repo.is_shallow().unwrap_or(false) {
                    break;
                }
            }
        }
        Err(Unresolved {
            why: format!("`{name}` is no revision of this repository"),
            fix: "git log --oneline --all".to_owned(),
            is_mistyped: self.plan.is_users,
        })
    }

    /// A branch of the remote by the name that a tracking branch of it has or would have.
    fn branch_called(&mut self, name: &str) -> Result<Option<ObjectId>, Unresolved> {
        let Some(remote) = self.remote.clone() else { return Ok(None) };
        let short = name.strip_prefix("refs/remotes/").unwrap_or(name);
        let short = short.strip_prefix(&format!("{remote}/")).unwrap_or(short);
        let short = short.strip_prefix("refs/heads/").unwrap_or(short).to_owned();
        let is_branch = gix::validate::reference::name_partial(short.as_str().into()).is_ok()
            && short != "HEAD";
        if is_branch && self.fetching != Fetching::Forbidden {
            Ok(self.branches()?.get(&short))
        } else {
            Ok(None)
        }
    }

    /// The commit that a revision of the clone names.
    fn revision(&self, name: &str) -> Option<ObjectId> {
        if special_files::named_by(name, &self.repo).is_some() {
            return None;
        }
        let id = self.repo.rev_parse_single(name).ok()?.detach();
        self.commit_of(id)
    }

    /// The commit that an object is or leads to.
    pub(crate) fn commit_of(&self, id: ObjectId) -> Option<ObjectId> {
        commits::commit_at(&self.reader, id)
    }

    /// The branches of the remote: as they are now, or as they were when the clone last heard of
    /// them.
    pub(crate) fn branches(&mut self) -> Result<Branches, Unresolved> {
        if let Some(branches) = &self.branches {
            return Ok(branches.clone());
        }
        let branches = match self.fetching {
            Fetching::Forbidden => self.tracked(),
            Fetching::Allowed { .. } => self.ask(Program::branches)?,
        };
        self.branches = Some(branches.clone());
        Ok(branches)
    }

    /// Asks the remote something.
    pub(crate) fn ask<T>(
        &mut self,
        question: impl FnOnce(&Program) -> Result<T, Failure>,
    ) -> Result<T, Unresolved> {
        self.program(&[])?;
        let program = self.program.as_ref().expect("it was just made");
        question(program).map_err(|failure| {
            let (remote, left_out) = (&program.remote, self.left_out());
            unresolved(
                format!(
                    "the remote {remote} could not be asked for its branches and tags: \
                 {failure}{left_out}"
                ),
                format!(
                    "git fetch {remote} '+refs/heads/*:refs/remotes/{remote}/*', then run \
                 with --no-fetch"
                ),
            )
        })
    }

    /// The tracking branches of the clone.
    pub(crate) fn tracked(&self) -> Branches {
        let mut branches = Branches::default();
        let Some(remote) = &self.remote else { return branches };
        let prefix = format!("refs/remotes/{remote}/");
        let Ok(platform) = self.repo.references() else { return branches };
        let Ok(all) = platform.prefixed(prefix.as_str()) else { return branches };
        for reference in all.filter_map(Result::ok) {
            let name = reference.name().as_bstr().to_string();
            let Some(short) = name.strip_prefix(&prefix) else { continue };
            if let Some(target) = reference.target().try_name() {
                let target = target.as_bstr().to_string();
                if short == "HEAD" {
                    branches.default = target.strip_prefix(&prefix).map(str::to_owned);
                }
            } else if let Some(id) = reference.try_id() {
                branches.list.push((short.to_owned(), id.detach()));
            }
        }
        branches
    }

    /// The default branch of the remote: as the clone knows it, else as the remote says.
    pub(crate) fn default_branch(&mut self) -> Result<Option<(String, ObjectId)>, Unresolved> {
        if self.remote.is_none() {
            return Ok(None);
        }
        let named = |branches: Branches| {
            let name = branches.default.clone()?;
            let id = branches.get(&name)?;
            Some((name, id))
        };
        if let Some(known) = named(self.tracked()) {
            return Ok(Some(known));
        }
        self.branches().map(named)
    }

    /// Makes the program ready, if it may be run in this clone.
    fn program(&mut self, ids: &[ObjectId]) -> Result<(), Unresolved> {
        if self.program.is_none() {
            let limit = match self.fetching {
                Fetching::Allowed { limit } => limit,
                Fetching::Forbidden => {
                    return Err(unresolved("fetching is forbidden".to_owned(), self.fix(ids)));
                }
            };
            let program = Program::new(&self.repo, self.plan.server.as_deref(), limit)
                .map_err(|Refused(why)| unresolved(why, self.fix(ids)))?;
            if !program.left_out.is_empty() {
                let names = program.left_out.join(", ");
                self.notice(format!(
                    "settings of the clone do not count when it is fetched for: {names}"
                ));
            }
            self.program = Some(program);
        }
        Ok(())
    }

    /// The end of a message about a fetch that failed: the settings that it had to do without.
    fn left_out(&self) -> String {
        let names = self.program.as_ref().map(|program| program.left_out.join(", "));
        let names = names.filter(|names| !names.is_empty());
        names.map_or_else(String::new, |names| {
            format!("; settings of the clone do not count: {names}")
        })
    }

    /// Opens the repository again, to see what was fetched.
    fn reload(&mut self) -> Result<(), Unresolved> {
        let wrong = |error: gix::Error| {
            unresolved(
                format!("the repository cannot be opened again: {error}"),
                "git fsck".to_owned(),
            )
        };
        reftable::reload(&mut self.repo).map_err(wrong)?;
        self.repo.objects.ignore_replacements = true;
        self.reader = reader(&self.folders, self.repo.object_hash())?;
        Ok(())
    }

    pub(crate) fn gone(&self, what: &str) -> Unresolved {
        let is_id = full_id(what).is_some();
        let why = if is_id {
            format!("{what} is neither in the clone nor on the remote")
        } else {
            what.to_owned()
        };
        let why = if is_id { why } else { format!("{why} is not there any more") };
        Unresolved {
            why,
            fix: self.fix(full_id(what).as_slice()),
            is_mistyped: self.plan.is_users && is_id,
        }
    }

    fn missing(&self, id: ObjectId) -> Unresolved {
        let remote = self.remote.as_deref().unwrap_or("origin");
        unresolved(
            format!("the clone is damaged: commit {id} is missing"),
            format!("git fetch --refetch {remote}"),
        )
    }

    /// The command that gets what is missing, and what makes the next clone complete.
    fn fix(&self, ids: &[ObjectId]) -> String {
        /// More would not be read.
        const MAX_FETCHED_IDS: usize = 4;
        let remote = self.remote.as_deref().unwrap_or("origin");
        let shallow = if self.repo.is_shallow().unwrap_or(false) { " --unshallow" } else { "" };
        let ids: String = if ids.len() > MAX_FETCHED_IDS {
            format!(" {} '+refs/heads/*:refs/remotes/{remote}/*'", ids[0])
        } else {
            ids.iter().map(|id| format!(" {id}")).collect()
        };
        let setting = match self.plan.platform {
            Platform::GitLab => ", or the variable GIT_DEPTH: \"0\" for this job in .gitlab-ci.yml",
            Platform::GitHub => ", or fetch-depth: 0 for actions/checkout",
            Platform::Plain => "",
        };
        format!("git fetch{shallow} {remote}{ids}{setting}")
    }
}

/// Opens folders with objects.
pub(crate) fn reader(folders: &[PathBuf], hash: gix::hash::Kind) -> Result<Reader, Unresolved> {
    let opened = Database::open(folders, hash, DEFAULT_MAX_MEMORY);
    opened.map(|database| database.reader()).map_err(|error| {
        unresolved(format!("the objects cannot be read: {error}"), "git fsck".to_owned())
    })
}

fn unresolved(why: String, fix: String) -> Unresolved {
    Unresolved { why, fix, is_mistyped: false }
}

/// An id that is written in full.
fn full_id(text: &str) -> Option<ObjectId> {
    ObjectId::from_hex(text.as_bytes()).ok().filter(|id| !id.is_null())
}
