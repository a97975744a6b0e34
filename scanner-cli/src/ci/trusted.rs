//! Whose configuration, baseline and ignore files count for a range.
//!
//! A change must not silence itself, so they never come from what is judged: they come from the
//! commit that the head was built on, or from the default branch.

use gix::ObjectId;

use crate::ci::event::Plan;
use crate::ci::fetch::{Fetcher, Obtained};

/// Whose configuration, baseline and ignore files count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Trusted {
    /// Those of this commit.
    Commit(ObjectId),
    /// None of the repository.
    Nothing,
}

impl Trusted {
    /// The commit whose files count.
    #[must_use]
    pub fn commit(self) -> Option<ObjectId> {
        match self {
            Self::Commit(commit) => Some(commit),
            Self::Nothing => None,
        }
    }
}

/// Decides for a range that has no base: the default branch counts, and the head itself where it is
/// on that branch and no push has brought it there just now. Says which, and why.
///
/// A default branch that is not known, or cannot be fetched, is no error: then nothing counts.
pub(crate) fn without_base(fetcher: &mut Fetcher<'_>, head: ObjectId) -> Trusted {
    let Some((name, tip)) = default_branch(fetcher) else {
        return nothing(fetcher, "no default branch is known");
    };
    // Its history cannot be told from that of the head if it is cut off.
    let Ok(merge_base) = fetcher.settle(head, &[tip]) else {
        return nothing(fetcher, &format!("the history of the branch {name} is not at hand"));
    };
    let is_push = fetcher.plan.is_push();
    match (merge_base.is_empty, is_push) {
        (true, true) => nothing(fetcher, &format!("this push brings the branch {name} itself")),
        (true, false) => {
            fetcher.notice(format!(
                "configuration, baseline and ignore files are those of {head}, which is on the \
                 branch {name}"
            ));
            Trusted::Commit(head)
        }
        (false, _) => {
            fetcher.notice(format!(
                "configuration, baseline and ignore files are those of the branch {name}: {tip}"
            ));
            Trusted::Commit(tip)
        }
    }
}

fn nothing(fetcher: &mut Fetcher<'_>, why: &str) -> Trusted {
    fetcher.notice(format!(
        "{why}, so no configuration, baseline or ignore file of the repository counts"
    ));
    Trusted::Nothing
}

/// The default branch: the one that the event names, else that of the remote.
fn default_branch(fetcher: &mut Fetcher<'_>) -> Option<(String, ObjectId)> {
    let (name, tip) = match fetcher.plan.default_branch.clone() {
        Some(name) => {
            let tip = match fetcher.tracked().get(&name) {
                Some(tip) => tip,
                None => fetcher.branches().ok()?.get(&name)?,
            };
            (name, tip)
        }
        None => fetcher.default_branch().ok()??,
    };
    (fetcher.obtain(&[tip]).ok()? == Obtained::There).then_some((name, tip))
}

impl Plan {
    /// Whether a push has brought the head.
    #[must_use]
    pub fn is_push(&self) -> bool {
        matches!(self.event, "push" | "new branch" | "tag")
    }
}
