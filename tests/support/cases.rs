//! Cases that are files of TOML.

use std::path::Path;

use serde::de::DeserializeOwned;

/// Reads and checks each case of a folder of the repository; fails with all that is wrong, each
/// behind the name of its file, and where there are fewer than eight cases.
pub(crate) fn each_case<C: DeserializeOwned>(
    folder: &str,
    check: impl Fn(C) -> Result<(), String>,
) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut count = 0;
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let case: C = toml::from_str(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        if let Err(problem) = check(case) {
            failures.push(format!("{name} {problem}"));
        }
        count += 1;
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count >= 8, "{count} cases");
}
