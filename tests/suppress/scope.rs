//! A suppression hides what it is about, and nothing else.

use std::collections::BTreeSet;

use crate::support::repository::Repository;
use crate::support::tokens::{Random, personal};

/// Random files with several secrets on a line, and one suppression: it hides what it is about, and
/// nothing else.
#[test]
fn a_suppression_hides_no_secret_but_its_own() {
    let mut random = Random::new(5);
    for round in 0..24 {
        let repo = Repository::new();
        let tokens: Vec<String> = (0..6).map(|_| personal(&mut random)).collect();
        // Some stand in several places.
        let lines: Vec<Vec<usize>> = (0..5)
            .map(|_| (0..1 + random.below(3)).map(|_| random.below(tokens.len())).collect())
            .collect();
        let text = |comment: Option<usize>| -> String {
            let line = |at: usize| {
                lines[at].iter().map(|token| tokens[*token].as_str()).collect::<Vec<_>>().join(" ")
            };
            let comment_at =
                |at: usize| if comment == Some(at) { " # tokensieve:allow" } else { "" };
            (0..lines.len()).map(|at| format!("{}{}\n", line(at), comment_at(at))).collect()
        };
        let all = |is_hidden: &dyn Fn(usize, usize) -> bool| -> BTreeSet<(u64, String)> {
            let places = lines
                .iter()
                .enumerate()
                .flat_map(|(at, line)| line.iter().map(move |token| (at, *token)));
            let left = places.filter(|(at, token)| !is_hidden(*at, *token));
            left.map(|(at, token)| (at as u64 + 1, tokens[token].clone())).collect()
        };
        repo.file("data", text(None));
        let first = repo.scan_files(&["--show-secrets"]).findings();
        let line = random.below(lines.len());
        let chosen = lines[line][random.below(lines[line].len())];
        let of_chosen =
            first.iter().find(|finding| finding["secret"] == tokens[chosen].as_str()).unwrap();
        let expected = match round % 4 {
            0 => {
                repo.file("data", text(Some(line)));
                all(&|at, _| at == line)
            }
            1 => {
                // A baseline of a file with nothing but the one.
                let other = Repository::new();
                other.file("elsewhere", &tokens[chosen]);
                other.run(&["baseline", "create"]).assert_code(0);
                repo.file(".tokensieve.baseline", other.read(".tokensieve.baseline"));
                all(&|_, token| token == chosen)
            }
            2 => {
                repo.file(".gitleaksignore", format!("data:gitlab-pat:{}\n", line + 1));
                all(&|at, _| at == line)
            }
            _ => {
                let fingerprint = of_chosen["fingerprint"].as_str().unwrap();
                let entry = format!("version = 1\n[[allow]]\nfingerprints = ['{fingerprint}']\n");
                repo.file(".tokensieve.toml", entry);
                // A fingerprint is one place: of several, the first in the file.
                let at = of_chosen["start_byte"].as_u64().unwrap();
                let report = repo.scan_files(&["--show-secrets"]).findings();
                assert!(report.iter().all(|finding| finding["start_byte"] != at), "round {round}");
                assert_eq!(report.len() + 1, first.len(), "round {round}");
                continue;
            }
        };
        let found = repo.scan_files(&["--show-secrets"]).findings();
        let found: BTreeSet<(u64, String)> = found
            .iter()
            .map(|finding| {
                (
                    finding["start_line"].as_u64().unwrap(),
                    finding["secret"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        assert_eq!(found, expected, "round {round}");
    }
}
