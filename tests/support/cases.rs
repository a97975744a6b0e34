//! Cases that are files of TOML.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::de::DeserializeOwned;

/// Reads and checks each case of a folder of the repository, some at a time; fails with all that is
/// wrong, each behind the name of its file, and where there are fewer than eight cases.
pub(crate) fn each_case<C: DeserializeOwned>(
    folder: &str,
    check: impl Fn(C) -> Result<(), String> + Sync,
) {
    const THREADS: usize = 4;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 8, "{} cases", paths.len());
    let failures = Mutex::new(Vec::new());
    let check_one = |path: &Path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let case: C = toml::from_str(&std::fs::read_to_string(path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        if let Err(problem) = check(case) {
            failures.lock().unwrap().push(format!("{name} {problem}"));
        }
    };
    let check_one = &check_one;
    std::thread::scope(|scope| {
        for part in paths.chunks(paths.len().div_ceil(THREADS)) {
            scope.spawn(move || {
                for path in part {
                    check_one(path);
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
