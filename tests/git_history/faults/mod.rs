//! Repositories as they should not be: a scan goes on, says what it could not look at, and never
//! says clean then.

mod bombs;
mod clones;
mod hostile;
mod loose;
mod packs;
mod references;
mod repositories;

use std::fs;
use std::path::Path;

use crate::support::command::Run;
use crate::support::repository::Repository;
use crate::support::tokens::{Random, personal};

/// Makes a token. Equal seeds give equal tokens.
fn token(seed: u64) -> String {
    personal(&mut Random::new(seed))
}

/// Creates a repository of three commits: the second adds `token(51)`, the third removes it.
fn with_history() -> Repository {
    let repository = Repository::new();
    repository.file("readme", "nothing\n");
    repository.commit("base");
    repository.file("src/secret", token(51));
    repository.commit("oops");
    repository.git(&["rm", "-q", "src/secret"]);
    repository.commit("removed");
    repository
}

/// Replaces a file. Its old content may be linked elsewhere and stays as it is.
fn write(path: &Path, content: impl AsRef<[u8]>) {
    let _ = fs::remove_file(path);
    fs::write(path, content).unwrap();
}

/// Asserts that nothing was found, that something is missing, and that the exit code, the coverage
/// record and standard error say so.
fn assert_gap(run: &Run, reason: &str, missing: u64, example: &str) {
    run.assert_code(3);
    assert_eq!(run.findings().len(), 0);
    assert!(!run.is_complete());
    assert_eq!(run.coverage_count("missing_objects"), missing, "{run:?}");
    let (count, examples) = run.skipped(reason);
    assert!(count > 0 && examples.iter().any(|it| it.contains(example)), "{example}: {run:?}");
    assert!(run.stderr.contains(&format!("incomplete: {count} {reason}")), "{}", run.stderr);
}
