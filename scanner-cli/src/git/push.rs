//! Pushes, as git tells its hooks about them.

use std::time::Instant;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::objs::Kind;

use crate::git::store::commits;
use crate::git::store::repository::{GitError, Repository};
use crate::git::store::tree_diff::Trees;

/// What a push brings to a repository.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Push {
    /// What references are to lead to.
    pub include: Vec<ObjectId>,
    /// What the receiving side has already.
    pub exclude: Vec<ObjectId>,
}

impl Repository {
    /// What git says it is about to push, in the form of the standard input of its pre-push hook.
    /// `remote` is the name of the remote; it may be empty for any.
    ///
    /// # Errors
    ///
    /// A line that git would not write.
    pub fn to_be_pushed(&self, lines: &str, remote: &str) -> Result<Push, GitError> {
        let mut push = Push::default();
        let reader = self.database.reader();
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let wrong = || {
                GitError::new(format!(
                    "`{line}` is not what git writes to a pre-push hook: <local ref> <local id> \
                     <remote ref> <remote id>"
                ))
            };
            let [_, local, _, there] = fields(line).ok_or_else(wrong)?;
            let (local, there) = (id(local).ok_or_else(wrong)?, id(there).ok_or_else(wrong)?);
            // Without a local id, the reference is to be deleted.
            if !local.is_null() {
                push.include.push(local);
            }
            if !there.is_null() && reader.has(&there) {
                push.exclude.push(there);
            }
        }
        push.exclude.extend(self.known_to(remote));
        Ok(push)
    }

    /// What a branch includes, as a range does.
    ///
    /// # Errors
    ///
    /// There is no such branch.
    pub fn branch(&self, name: &str) -> Result<Vec<ObjectId>, GitError> {
        Ok(vec![self.revision(name)?])
    }

    /// Returns what a remote is known to have: where its remote-tracking references lead. `remote`
    /// is a name, or a URL, which git hands to its hooks for a push to it. What is known of any
    /// remote counts where the name is empty and where a URL belongs to none.
    #[must_use]
    pub fn known_to(&self, remote: &str) -> Vec<ObjectId> {
        const TRACKING: &str = "refs/remotes/";
        let named = self.named();
        let known = |prefixes: &[String]| -> Vec<ObjectId> {
            let is_known = |name: &str| prefixes.iter().any(|prefix| name.starts_with(prefix));
            named.iter().filter(|tip| is_known(&tip.name)).map(|tip| tip.id).collect()
        };
        let prefix = |name: &str| format!("{TRACKING}{name}/");
        if remote.is_empty() {
            return known(&[TRACKING.to_owned()]);
        }
        let of_name = known(&[prefix(remote)]);
        if !of_name.is_empty() || self.has_remote(remote) {
            return of_name;
        }
        let names = self.remotes_at(remote);
        if names.is_empty() {
            return known(&[TRACKING.to_owned()]);
        }
        known(&names.iter().map(|name| prefix(name)).collect::<Vec<_>>())
    }

    /// What is being pushed to this repository, in the form of the standard input of git's
    /// pre-receive hook. What any reference leads to has been there before.
    ///
    /// # Errors
    ///
    /// A line that git would not write.
    pub fn being_received(&self, lines: &str) -> Result<Push, GitError> {
        let mut push = Push::default();
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let wrong = || {
                GitError::new(format!(
                    "`{line}` is not what git writes to a pre-receive hook: <old id> <new id> <ref>"
                ))
            };
            let [old, new, _] = fields(line).ok_or_else(wrong)?;
            let (_, new) = (id(old).ok_or_else(wrong)?, id(new).ok_or_else(wrong)?);
            if !new.is_null() {
                push.include.push(new);
            }
        }
        push.exclude = self.named().into_iter().map(|tip| tip.id).collect();
        Ok(push)
    }

    /// Whether the message of a commit that is pushed holds a text, as far as commits are read
    /// before `deadline`.
    #[must_use]
    pub fn is_in_messages(&self, push: &Push, text: &str, deadline: Option<Instant>) -> bool {
        let reader = self.database.reader();
        let commits =
            commits::between(&reader, &push.include, &push.exclude, &self.shallow(), deadline);
        let mut data = Vec::new();
        commits.list.iter().any(|commit| {
            deadline.is_none_or(|deadline| Instant::now() < deadline)
                && reader.read(&commit.id, &mut data) == Some(Kind::Commit)
                && gix::objs::CommitRefIter::from_bytes(&data, commit.id.kind())
                    .message()
                    .is_ok_and(|message| message.find(text).is_some())
        })
    }

    /// The content of a file in a commit: of HEAD, where none is given.
    #[must_use]
    pub fn file(&self, commit: Option<ObjectId>, path: &str) -> Option<Vec<u8>> {
        let reader = self.database.reader();
        let commit = commits::read(&reader, commit.or_else(|| self.head())?)?;
        let id = Trees::new(reader.clone(), None).blob_at(commit.tree, path.as_bytes())?;
        let mut data = Vec::new();
        (reader.read(&id, &mut data) == Some(Kind::Blob)).then_some(data)
    }
}

/// The fields of a line.
fn fields<const N: usize>(line: &str) -> Option<[&str; N]> {
    let fields: Vec<&str> = line.splitn(N, ' ').collect();
    fields.try_into().ok()
}

fn id(hex: &str) -> Option<ObjectId> {
    ObjectId::from_hex(hex.as_bytes()).ok()
}
