//! Comments that allow what stands on their line or the next one.

use serde_json::Value;

use crate::support::command::Run;
use crate::support::repository::Repository;

/// The comment of gitleaks, in every source.
#[test]
fn comments_of_gitleaks_count_in_all_sources() {
    let repo = Repository::with_commit();
    let base = repo.id("HEAD");
    let text = format!("{} # gitleaks:allow\n{}\n", repo.token(), repo.token());
    repo.stage("a", &text);
    let check = |scan: &Run| {
        assert_eq!(
            scan.findings().iter().map(|it| it["start_line"].clone()).collect::<Vec<Value>>(),
            [2],
            "{scan:?}"
        );
        assert_eq!(scan.suppressed_count("inline comment"), 1);
    };
    check(&repo.scan(&["--staged"]));
    repo.commit("a");
    check(&repo.scan(&[]));
    check(&repo.scan(&["--range", &format!("{base}..HEAD")]));
    check(&repo.scan_files(&["a"]));
    let mut command = repo.tokensieve(&["scan", "-f", "json", "-"]);
    command.stdin(std::fs::File::open(repo.path().join("a")).unwrap());
    check(&Run::of(command.output().unwrap()));
    #[cfg(feature = "archives")]
    {
        let zip = crate::archives::pack::zip(&[("in/a", text.as_bytes())]);
        repo.file("a.zip", zip);
        let archive = repo.scan_files(&["--archives", "a.zip"]);
        check(&archive);
        // The places of gitleaks in an archive.
        repo.file(".gitleaksignore", "a.zip!in/a:gitlab-pat:2\n");
        assert_eq!(repo.scan_files(&["--archives", "a.zip"]).findings().len(), 0);
    }
}
