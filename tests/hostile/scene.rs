//! A repository with a push that somebody hostile makes, and all commands that look at it.

use super::make::store::{Id, Store};
use super::sandbox::{Limits, Run, Sandbox};

/// A way to look at a repository.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Look {
    History,
    AllObjects,
    Range,
    Ci,
    PrePush,
    PreReceive,
    PreReceiveInTime,
}

impl Look {
    pub(crate) const ALL: [Self; 7] = [
        Self::History,
        Self::AllObjects,
        Self::Range,
        Self::Ci,
        Self::PrePush,
        Self::PreReceive,
        Self::PreReceiveInTime,
    ];
    /// Those that say in a report what they looked at.
    pub(crate) const REPORTS: [Self; 4] = [Self::History, Self::AllObjects, Self::Range, Self::Ci];

    fn is_before_it_is_there(self) -> bool {
        matches!(self, Self::PrePush | Self::PreReceive | Self::PreReceiveInTime)
    }
}

pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    pub(crate) store: Store,
    /// What everybody knows.
    pub(crate) base: Id,
}

impl Scene {
    /// A repository with one harmless commit.
    pub(crate) fn new() -> Self {
        let sandbox = Sandbox::new();
        let store = Store::of(&sandbox.inside());
        let base = store.commit_file("README", "nothing to see\n", &[]);
        store.main(base);
        Self { sandbox, store, base }
    }

    /// Looks at what leads to `head`. Secrets are in the report if that is asked for.
    pub(crate) fn look(&self, look: Look, head: Id, args: &[&str], limits: Limits) -> Run {
        let main = if look.is_before_it_is_there() { self.base } else { head };
        self.store.main(main);
        let (base, head) = (self.base.to_string(), head.to_string());
        let range = format!("{base}..{head}");
        let push = format!("refs/heads/new {head} refs/heads/new {}\n", "0".repeat(40));
        let received = format!("{} {head} refs/heads/new\n", "0".repeat(40));
        let (start, input): (&[&str], &str) = match look {
            Look::History => (&["git"], ""),
            Look::AllObjects => (&["git", "--all-objects"], ""),
            Look::Range => (&["git", "--range", &range], ""),
            Look::Ci => (&["ci", "--no-fetch", "--base", &base, "--head", &head], ""),
            Look::PrePush => (&["git", "--pre-push", "origin"], &push),
            Look::PreReceive => (&["pre-receive"], &received),
            Look::PreReceiveInTime => {
                (&["pre-receive", "--timeout", "5", "--on-timeout", "accept"], &received)
            }
        };
        let mut command = self.sandbox.command(&[start, args].concat());
        if matches!(look, Look::PreReceive | Look::PreReceiveInTime) {
            command.env("GIT_DIR", self.store.path("."));
        }
        self.sandbox.run_command(command, input.as_bytes(), limits)
    }

    /// Looks in all ways that report, and holds each to what is promised: limits, codes, no secret
    /// shown, and complete only where all that was planted is found.
    #[track_caller]
    pub(crate) fn is_kept(&self, head: Id, planted: &[String], limits: Limits) {
        for look in Look::REPORTS {
            self.look(look, head, &["-f", "json"], limits).keeps(planted);
            self.look(look, head, &["-f", "json", "--show-secrets"], limits)
                .keeps(&[])
                .is_honest(planted);
        }
    }
}
