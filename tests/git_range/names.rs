//! How ranges are written.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{commit, range};
use crate::support::repository::Repository;

/// A forge's clone often has one commit, and `HEAD~1` lies beyond it.
#[test]
fn a_range_beyond_a_shallow_border_names_the_way_out() {
    let origin = Repository::with_commit();
    for name in ["a", "b", "c"] {
        commit(&origin, name, name, "nothing");
    }
    let url = format!("file://{}", origin.path().display());
    let shallow = Repository::uninitialized();
    shallow.git(&["clone", "-q", "--depth", "2", &url, "."]);
    shallow.scan_as_text(&["--range", "HEAD~1..HEAD"]).assert_code(0);
    let beyond = origin.id("HEAD~3");
    for name in
        ["HEAD~2..HEAD", "HEAD~3...HEAD", "HEAD^^^..", &format!("{beyond}..HEAD"), "x..HEAD"]
    {
        let run = shallow.scan_as_text(&["--range", name]);
        run.assert_code(2);
        for expected in ["shallow", "git fetch --unshallow", "--deepen"] {
            assert!(run.stderr.contains(expected), "{name}: {run:?}");
        }
    }
    // No word of how revisions are looked up, in any clone.
    for repo in [&origin, &shallow] {
        for name in ["HEAD~9..", "HEAD^{/x}..", "@{99}..", "HEAD^9..", "..HEAD:x", ":/x..", "a b.."]
        {
            let run = repo.scan_as_text(&["--range", name]);
            run.assert_code(2);
            for inner in ["delegate", "traverse", "input=", "NthAncestor", "gix"] {
                assert!(!run.stderr.contains(inner), "{name}: {run:?}");
            }
        }
    }
    assert!(!origin.scan_as_text(&["--range", "HEAD~9.."]).stderr.contains("shallow"));
}

/// One secret can stand in an object several times, and not every place speaks for it.
#[test]
fn the_surest_place_of_a_secret_is_shown() {
    let repo = Repository::with_commit();
    let value = ["ChBvYmovd2l0", "aC9zbGFzaGVz"].concat();
    // Refuted in the first line, where it is encoded, and found in the second one.
    let inner = format!("{{\n \"kind\": \"storage#objects\",\n \"nextPageToken\": \"{value}\"\n}}");
    let encoded = STANDARD.encode(inner);
    let link = "https://www.googleapis.example/o?alt=json\\u0026maxResults=1\\u0026access_token=";
    let text = format!("\"Body\": \"{encoded}\"\n\"URL\": \"{link}{value}\\u0026prefix=obj\"\n");
    commit(&repo, "both", "f.txt", &text);
    let expected = repo.scan_files(&["."]);
    for run in [range(&repo, "HEAD~..HEAD"), repo.scan(&["."])] {
        assert_eq!(run.locations(), expected.locations());
        assert_eq!(run.locations(), ["f.txt:2"]);
        assert_ne!(run.finding()["confidence"], "refuted");
    }
}
