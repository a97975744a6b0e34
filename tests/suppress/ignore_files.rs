//! The ignore files of gitleaks.

use crate::support::command::Run;
use crate::support::tokens::{Random, personal};

/// As in gitleaks, the ignore files of the working folder and of the scanned one count; standard
/// input has no path there.
#[test]
fn ignore_files_of_the_working_and_the_scanned_folder_count() {
    let dir = crate::support::command::Dir::new();
    let [a, b] = [1, 2].map(|seed| personal(&mut Random::new(seed)));
    dir.file("sub/deep/a", &a);
    dir.file("sub/deep/b", &b);
    let found = |paths: &[&str]| {
        dir.run(&[&["scan", "-f", "json"], paths].concat()).json()["findings"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(found(&["sub/deep"]), 2);
    dir.file(".gitleaksignore", "sub/deep/a:gitlab-pat:1\n:gitlab-pat:1\n");
    assert_eq!((found(&["sub/deep"]), found(&["sub"]), found(&["."])), (1, 1, 1));
    dir.file("sub/deep/.gitleaksignore", "sub/deep/b:gitlab-pat:1\n");
    assert_eq!(found(&["sub/deep"]), 0);
    let mut command = dir.command(&["scan", "-f", "json", "-"]);
    command.stdin(std::fs::File::open(dir.path().join("sub/deep/a")).unwrap());
    Run::of(command.output().unwrap()).assert_code(0);
    let mut command = dir.command(&["scan", "-f", "json", "--stdin-path", "x", "-"]);
    command.stdin(std::fs::File::open(dir.path().join("sub/deep/a")).unwrap());
    Run::of(command.output().unwrap()).assert_code(1);
}
