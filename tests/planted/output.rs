//! Where reports go, and where they do not.

use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::command::Dir;
use crate::support::repository::Repository;

#[test]
fn a_dash_is_standard_output() {
    let repo = Repository::with_commit();
    let run = repo.run(&["scan", ".", "-f", "json", "-o", "-"]);
    run.assert_code(0);
    assert_eq!(run.findings().len(), 0);
    assert!(!repo.path().join("-").exists());
}

#[test]
fn a_file_is_written_in_place_where_it_cannot_be_replaced() {
    let dir = Dir::new();
    dir.file("a", "nothing\n");
    let report = dir.file("out/r.json", "old and longer than the new one".repeat(99));
    let folder = dir.path().join("out");
    let mode = |mode| std::fs::set_permissions(&folder, PermissionsExt::from_mode(mode)).unwrap();
    // Whoever may write to every folder replaces it.
    mode(0o555);
    let run = dir.run(&["scan", "a", "-f", "json", "-o", "out/r.json"]);
    mode(0o755);
    run.assert_code(0);
    let text = std::fs::read_to_string(&report).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["coverage"]["files_scanned"], 1);
}

#[test]
fn links_of_the_scanned_tree_are_not_followed() {
    let repo = Repository::with_commit();
    let target = repo.dir().file("elsewhere/precious", "precious\n");
    symlink(&target, repo.path().join("report.json")).unwrap();
    let run = repo.run(&["scan", ".", "-f", "json", "-o", "report.json"]);
    run.assert_code(0);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "precious\n");
    let report = repo.path().join("report.json");
    assert!(!report.is_symlink());
    assert!(repo.read("report.json").contains("\"findings\""));
    // Neither is a folder on the way.
    symlink(target.parent().unwrap(), repo.path().join("out")).unwrap();
    for command in [&["scan", "."][..], &["git"]] {
        let run = repo.run(&[command, &["-f", "json", "-o", "out/precious"]].concat());
        assert!(run.assert_code(2).stderr.contains("a link in the scanned tree"), "{run:?}");
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "precious\n");
    }
    // One of the user is.
    let link = repo.dir().path().join("link.json");
    symlink(&target, &link).unwrap();
    repo.run(&["scan", ".", "-f", "json", "-o", link.to_str().unwrap()]).assert_code(0);
    assert!(link.is_symlink());
    assert!(std::fs::read_to_string(&target).unwrap().contains("\"findings\""));
}
