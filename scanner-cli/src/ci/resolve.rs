//! From a plan to the commits that are new in a clone.
//!
//! Either the clone holds all that the range needs in the end, or the result says what is missing
//! and which command gets it. A wrong range is never scanned in place of the right one.

use std::path::PathBuf;

use gix::ObjectId;
use gix::objs::Kind;

use crate::ci::connected::{self, MergeBase};
use crate::ci::event::{Base, Plan};
use crate::ci::fetch::{self, Fetcher, Fetching, Obtained, Unresolved};
use crate::ci::git_command;
use crate::ci::trusted::{self, Trusted};
use crate::git::store::database::Database;
use crate::git::store::reftable;
use crate::git::store::repository::{GitError, Repository};

/// The commits that a plan comes to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Resolved {
    /// Commits and tags: they and what they lead to are in the range.
    pub include: Vec<ObjectId>,
    /// Commits: they and what they lead to are not.
    pub exclude: Vec<ObjectId>,
    /// The commit that the head was built on, as far as there is one: what it says, the head could
    /// not have changed.
    pub base: Option<ObjectId>,
    /// Whose configuration, baseline and ignore files count: those of the base, if there is one.
    pub trusted: Trusted,
    /// What was done, and why this is the range, for people. Names in it are as git has them, not
    /// redacted.
    pub notices: Vec<String>,
}

/// Returns the commits of a plan, and fetches those that a shallow clone lacks.
///
/// # Errors
///
/// The commits that are there or may be fetched do not determine the range.
pub fn resolve(
    repo: &gix::Repository,
    plan: &Plan,
    fetching: Fetching,
) -> Result<Resolved, Unresolved> {
    resolve_in(repo, vec![repo.common_dir().join("objects")], plan, fetching)
}

/// The same with the folders that hold the objects.
fn resolve_in(
    repo: &gix::Repository,
    folders: Vec<PathBuf>,
    plan: &Plan,
    fetching: Fetching,
) -> Result<Resolved, Unresolved> {
    let reader = fetch::reader(&folders, repo.object_hash())?;
    let mut repo = repo.clone();
    // What is stored is what counts.
    repo.objects.ignore_replacements = true;
    let remote = git_command::remote_without_program(&repo);
    let fetcher = Fetcher {
        repo,
        folders,
        reader,
        plan,
        fetching,
        remote,
        program: None,
        branches: None,
        notices: Vec::new(),
    };
    Resolver { fetcher }.run()
}

impl Repository {
    /// Returns the commits of a plan, and fetches those that a shallow clone lacks.
    ///
    /// # Errors
    ///
    /// The commits that are there or may be fetched do not determine the range.
    pub fn resolve(&mut self, plan: &Plan, fetching: Fetching) -> Result<Resolved, Unresolved> {
        let folders = self.database.folders().to_vec();
        let resolved = resolve_in(&self.git, folders, plan, fetching)?;
        self.reload().map_err(|error| Unresolved {
            why: error.to_string(),
            fix: "git fsck".to_owned(),
            is_mistyped: false,
        })?;
        Ok(resolved)
    }

    /// Opens the repository again, to see what was fetched.
    fn reload(&mut self) -> Result<(), GitError> {
        let wrong =
            |error: String| GitError::new(format!("cannot open the repository again: {error}"));
        reftable::reload(&mut self.git).map_err(|error| wrong(error.to_string()))?;
        let folders = self.database.folders().to_vec();
        self.database =
            Database::open(&folders, self.git.object_hash(), self.database.max_memory())
                .map_err(|error| wrong(error.to_string()))?;
        Ok(())
    }
}

/// What is not new.
struct OldCommits {
    exclude: Vec<ObjectId>,
    base: Option<ObjectId>,
}

impl From<MergeBase> for OldCommits {
    fn from(merge_base: MergeBase) -> Self {
        Self { base: merge_base.shared.first().copied(), exclude: merge_base.shared }
    }
}

/// Decides which commits are not new.
struct Resolver<'p> {
    fetcher: Fetcher<'p>,
}

impl Resolver<'_> {
    fn run(mut self) -> Result<Resolved, Unresolved> {
        let plan = self.fetcher.plan;
        self.fetcher.notice(format!("{}: {}", plan.event, plan.why));
        if plan.head.is_empty() {
            return Err(Unresolved {
                why: plan.why.clone(),
                fix: "name the range: --base <commit> --head <commit>".to_owned(),
                is_mistyped: false,
            });
        }
        if self.fetcher.is_partial() {
            self.fetcher.notice(
                "this is a partial clone: files that it lacks are not fetched, \
             and count as missing",
            );
        }
        let head = self.fetcher.find(&plan.head)?.ok_or_else(|| self.fetcher.gone(&plan.head))?;
        let OldCommits { exclude, base } = self.range(&plan.base, head)?;
        let mut include = vec![head];
        include.extend(self.tag(head)?);
        let excluded: Vec<String> = exclude.iter().map(|id| format!(" ^{id}")).collect();
        let end = if excluded.is_empty() { " (its whole history)" } else { "" };
        self.fetcher.notice(format!("range: {head}{}{end}", excluded.concat()));
        let trusted = match base {
            Some(base) => Trusted::Commit(base),
            None => trusted::without_base(&mut self.fetcher, head),
        };
        Ok(Resolved { include, exclude, base, trusted, notices: self.fetcher.notices })
    }

    /// What is not new.
    fn range(&mut self, base: &Base, head: ObjectId) -> Result<OldCommits, Unresolved> {
        match base {
            Base::MergeBase { commit, otherwise } => {
                let Some(id) = self.fetcher.find(commit)? else {
                    return self.otherwise(otherwise.as_deref(), commit, head);
                };
                let mut others = vec![id];
                others.extend(self.merged_into(head));
                let merge_base = self.fetcher.settle(head, &others)?;
                if merge_base.shared.is_empty() {
                    self.fetcher.notice(format!(
                        "{head} and {id} have no history in common, so all of it is looked at"
                    ));
                } else if merge_base.is_empty {
                    self.fetcher.notice(format!("nothing is new: {id} has all of it"));
                }
                Ok(merge_base.into())
            }
            Base::Commit { commit, otherwise } => {
                let Some(id) = self.fetcher.find(commit)? else {
                    return self.otherwise(otherwise.as_deref(), commit, head);
                };
                let merge_base = self.fetcher.settle(head, &[id])?;
                if !merge_base.shared.contains(&id) {
                    self.fetcher.notice(format!(
                        "the push was forced: the branch does not lead to {id} any more"
                    ));
                }
                if merge_base.is_empty {
                    self.fetcher.notice(format!("nothing is new: {id} has all of it"));
                }
                Ok(OldCommits { exclude: vec![id], base: Some(id) })
            }
            Base::Branch(name) => self.since_branch(name.as_deref(), head),
            Base::OtherBranches { own, default } => {
                self.beside_branches(own.as_deref(), default.as_deref(), head)
            }
            Base::Nothing => self.everything(head),
        }
    }

    /// The range when a commit is gone.
    fn otherwise(
        &mut self,
        base: Option<&Base>,
        gone: &str,
        head: ObjectId,
    ) -> Result<OldCommits, Unresolved> {
        let Some(base) = base else { return Err(self.fetcher.gone(gone)) };
        let instead = match base {
            Base::Branch(Some(name)) => format!("the branch {name} counts instead"),
            _ => "what other branches have counts instead".to_owned(),
        };
        self.fetcher.notice(format!("{gone} is gone, as after a forced push: {instead}"));
        self.range(base, head)
    }

    fn everything(&mut self, head: ObjectId) -> Result<OldCommits, Unresolved> {
        self.fetcher.settle(head, &[]).map(OldCommits::from)
    }

    /// The commits of the head that this branch of the remote lacks.
    fn since_branch(
        &mut self,
        name: Option<&str>,
        head: ObjectId,
    ) -> Result<OldCommits, Unresolved> {
        let branch = match name {
            Some(name) => self.fetcher.branches()?.get(name).map(|id| (name.to_owned(), id)),
            None => self.fetcher.default_branch()?,
        };
        let Some((name, id)) = branch else {
            let name = name
                .map_or_else(|| "a default branch".to_owned(), |name| format!("the branch {name}"));
            self.fetcher.notice(format!(
                "the remote is not known to have {name}, so the whole history is looked at"
            ));
            return self.everything(head);
        };
        if self.fetcher.obtain(&[id])? == Obtained::Gone {
            return Err(self.fetcher.gone(&id.to_string()));
        }
        let merge_base = self.fetcher.settle(head, &[id])?;
        if merge_base.is_empty {
            self.fetcher.notice(format!(
                "the branch {name} has all of it, so what is new is not known: all is scanned"
            ));
            return self.everything(head);
        }
        if merge_base.shared.is_empty() {
            self.fetcher.notice(format!(
                "it has no history in common with the branch {name}, so all of it is looked at"
            ));
        }
        Ok(merge_base.into())
    }

    /// The commits of the head that no other branch of the remote has.
    fn beside_branches(
        &mut self,
        own: Option<&str>,
        default: Option<&str>,
        head: ObjectId,
    ) -> Result<OldCommits, Unresolved> {
        let mut branches = self.fetcher.branches()?;
        branches.list.retain(|(name, _)| Some(name.as_str()) != own);
        if branches.list.is_empty() {
            self.fetcher.notice("no other branch is known, so the whole history is looked at");
            return self.everything(head);
        }
        let default = default.map(str::to_owned).or_else(|| branches.default.clone());
        let since_default = match default.and_then(|name| branches.get(&name)) {
            Some(id) if self.fetcher.obtain(&[id])? == Obtained::There => {
                Some(self.fetcher.settle(head, &[id])?)
            }
            _ => None,
        };
        if let Some(merge_base) = since_default.as_ref().filter(|merge_base| merge_base.is_empty) {
            self.fetcher.notice("nothing is new: the default branch has all of it");
            return Ok(OldCommits { exclude: merge_base.shared.clone(), base: Some(head) });
        }
        let mut ids: Vec<ObjectId> = branches.list.iter().map(|(_, id)| *id).collect();
        ids.sort();
        ids.dedup();
        if self.fetcher.obtain(&ids)? == Obtained::Gone {
            // One of them was changed since they were listed.
            return Err(self.fetcher.gone("a branch that was there a moment ago"));
        }
        let merge_base = self.fetcher.settle(head, &ids)?;
        let base = since_default.as_ref().and_then(|merge_base| merge_base.shared.first().copied());
        if merge_base.is_empty && own.is_some() {
            self.fetcher
                .notice("another branch has all of it, which may have come with the same push");
            return match since_default {
                Some(merge_base) => {
                    self.fetcher.notice("so what the default branch lacks is looked at");
                    Ok(merge_base.into())
                }
                None => self.everything(head),
            };
        }
        if merge_base.is_empty {
            self.fetcher.notice("nothing is new: a branch has all of it");
        }
        Ok(OldCommits {
            base: base.or(merge_base.shared.first().copied()),
            exclude: merge_base.shared,
        })
    }

    /// The side that a server has merged the head into, if it has.
    fn merged_into(&mut self, head: ObjectId) -> Option<ObjectId> {
        let merge = ObjectId::from_hex(self.fetcher.plan.merge.as_ref()?.as_bytes()).ok()?;
        let parents = connected::parents(&self.fetcher.reader, merge)?;
        let &[into, merged] = parents.as_slice() else { return None };
        // Without it, the range is a little larger.
        (merged == head && self.fetcher.obtain(&[into]).ok()? == Obtained::There).then_some(into)
    }

    /// The tag of the plan, if it has a text of its own.
    fn tag(&mut self, head: ObjectId) -> Result<Option<ObjectId>, Unresolved> {
        let Some(name) = &self.fetcher.plan.tag else { return Ok(None) };
        let here = self.fetcher.repo.find_reference(&format!("refs/tags/{name}")).ok();
        let here = here.and_then(|reference| reference.try_id().map(gix::Id::detach));
        let id = match self.fetcher.fetching {
            // Some runners make a tag of the commit, without the text.
            Fetching::Allowed { .. } => self.fetcher.ask(|program| program.tag(name))?.or(here),
            Fetching::Forbidden => here,
        };
        let Some(id) = id.filter(|id| *id != head) else { return Ok(None) };
        if self.fetcher.obtain(&[id])? == Obtained::Gone {
            return Err(self.fetcher.gone(&format!("the tag {name}")));
        }
        let is_tag = self.fetcher.reader.header(&id).is_some_and(|(kind, _)| kind == Kind::Tag);
        if is_tag && self.fetcher.commit_of(id) == Some(head) {
            return Ok(Some(id));
        }
        self.fetcher.notice(format!(
            "the tag {name} leads elsewhere by now: its own text is not looked at"
        ));
        Ok(None)
    }
}
