//! `tokensieve git --range`: what commits brought in.

mod commits;
mod merges;
mod names;
mod random;
mod storage;

use std::collections::HashMap;

use serde_json::Value;

use crate::support::command::Run;
use crate::support::repository::Repository;

/// Scans the commits of a range, with a JSON report.
fn range(repo: &Repository, range: &str) -> Run {
    repo.scan(&["--range", range])
}

/// Returns `summary path:line` of the commits that introduced each finding. Panics where the
/// finding itself is not at the first of these places.
fn told(repo: &Repository, scan: &Run) -> Vec<String> {
    let log = repo.git(&["log", "--all", "--reflog", "--format=%H %s"]);
    let names: HashMap<&str, &str> = log.lines().filter_map(|line| line.split_once(' ')).collect();
    let told = |finding: &Value| {
        let places = finding["places"].as_array().unwrap();
        assert_eq!(
            finding["commit"]["id"], places[0]["commit"],
            "the first one is that of the finding"
        );
        assert_eq!(finding["path"], places[0]["path"]);
        assert_eq!(finding["start_line"], places[0]["start_line"]);
        let place = |place: &Value| {
            let name = names[place["commit"].as_str().unwrap()];
            format!("{name} {}:{}", place["path"].as_str().unwrap(), place["start_line"])
        };
        places.iter().map(place).collect::<Vec<_>>().join(", ")
    };
    scan.findings().iter().map(told).collect()
}

/// Writes a file and commits all. Returns the commit's id.
fn commit(repo: &Repository, message: &str, name: &str, content: impl AsRef<[u8]>) -> String {
    repo.file(name, content);
    repo.commit(message)
}
