//! `tokensieve git --staged` and `--pre-push`: what git's hooks on the client's side see.

mod changes;
mod commits;
mod index;
mod pre_commit;
mod pushes;
mod random;
mod repositories;

use crate::support::command::Run;
use crate::support::repository::Repository;

/// No location.
const NONE: [&str; 0] = [];

/// Scans the index, with a JSON report.
fn staged(repo: &Repository) -> Run {
    repo.scan(&["--staged"])
}

/// Runs git, which has to fail without moving HEAD. Returns what it prints.
fn is_refused(repo: &Repository, args: &[&str]) -> String {
    let before = repo.git_output(&["rev-parse", "HEAD"]).stdout;
    let output = repo.git_output(args);
    assert!(!output.status.success(), "{args:?}: {output:?}");
    assert_eq!(repo.git_output(&["rev-parse", "HEAD"]).stdout, before);
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}
