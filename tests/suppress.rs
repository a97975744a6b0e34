//! What keeps findings from being reported, and what must not.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::command::Run;
use crate::support::scratch::{Repo, Scan};
use crate::support::tokens::{Random, personal};

const ID: &str = "gitlab_personal_access_token";

/// A scan of the working tree, with a report in JSON.
fn scan(repo: &Repo, args: &[&str]) -> Scan {
    Scan::of(run(repo, &[&["scan", "-f", "json"], args].concat()))
}

fn run(repo: &Repo, args: &[&str]) -> Run {
    Run::of(repo.command(args).output().unwrap())
}

fn suppressed(scan: &Scan, reason: &str) -> u64 {
    let coverage = scan.coverage();
    let entry = coverage["suppressed"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["reason"] == reason)
        .cloned();
    entry.map_or(0, |entry| entry["count"].as_u64().unwrap())
}

fn read(repo: &Repo, name: &str) -> String {
    std::fs::read_to_string(repo.path().join(name)).unwrap()
}

#[test]
fn comments() {
    let repo = Repo::new();
    let (a, b, c) = (repo.token(), repo.token(), repo.token());
    repo.file(
        "a",
        format!(
            "{a} # tokensieve:allow -- made up\n# tokensieve:allow-next-line gitlab-pat\n{b}\n{c}\n"
        ),
    );
    repo.commit("a");
    for scan in [scan(&repo, &[]), repo.scan(&[])] {
        assert_eq!(scan.assert_code(1).found(), ["a:4"]);
        assert_eq!(suppressed(&scan, "inline comment"), 2);
    }
    for scan in [scan(&repo, &["--no-inline-allow"]), repo.scan(&["--no-inline-allow"])] {
        assert_eq!(scan.assert_code(1).findings().len(), 3);
    }
    repo.stage("b", format!("{} // gitleaks:allow\n{}", repo.token(), repo.token()));
    assert_eq!(repo.scan(&["--staged"]).assert_code(1).found(), ["b:2"]);
}

/// Random files with several secrets on a line, and one suppression: it hides what it is about, and nothing else.
#[test]
fn a_suppression_hides_no_secret_but_its_own() {
    let mut random = Random::new(5);
    for round in 0..24 {
        let repo = Repo::new();
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
        let first = scan(&repo, &["--show-secrets"]).findings();
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
                let other = Repo::new();
                other.file("elsewhere", &tokens[chosen]);
                run(&other, &["baseline", "create"]).assert_code(0);
                repo.file(".tokensieve.baseline", read(&other, ".tokensieve.baseline"));
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
                let report = scan(&repo, &["--show-secrets"]).findings();
                assert!(report.iter().all(|finding| finding["start_byte"] != at), "round {round}");
                assert_eq!(report.len() + 1, first.len(), "round {round}");
                continue;
            }
        };
        let found = scan(&repo, &["--show-secrets"]).findings();
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

/// Branches that move lines and files, add known secrets to the baseline, are rebased, squashed and merged.
#[test]
fn a_baseline_survives_what_happens_to_a_repository() {
    let mut random = Random::new(9);
    for _ in 0..4 {
        let repo = Repo::new();
        repo.file(".gitattributes", ".tokensieve.baseline merge=union\n");
        for at in 0..4 {
            repo.file(&format!("f{at}"), format!("first\nkey {}\nlast\n", repo.token()));
        }
        repo.commit("old secrets");
        scan(&repo, &[]).assert_code(1);
        run(&repo, &["baseline", "create", "--reason", "before our time"]).assert_code(0);
        repo.commit("baseline");
        let header =
            |repo: &Repo| read(repo, ".tokensieve.baseline").lines().next().unwrap().to_owned();
        let first = header(&repo);
        let mut files: Vec<String> = (0..4).map(|at| format!("f{at}")).collect();
        for step in 0..6 {
            let (left, right) = (format!("left{step}"), format!("right{step}"));
            for (at, branch) in [&left, &right].into_iter().enumerate() {
                repo.git(&["checkout", "-q", "-b", branch, "main"]);
                // Lines move, in a file of its own for each branch.
                let half = files.len() / 2;
                let file = &files[at * half + random.below(half)];
                repo.file(
                    file,
                    format!("{}\n{}", "x\n".repeat(1 + random.below(5)), read(&repo, file)),
                );
                // A secret comes in that somebody says is harmless.
                repo.file(&format!("new{step}{at}"), format!("{}\n", repo.token()));
                run(&repo, &["baseline", "update"]).assert_code(0);
                repo.commit("more");
            }
            match random.below(3) {
                0 => {
                    repo.git(&["rebase", "-q", &left, &right]);
                    repo.git(&["checkout", "-q", "main"]);
                    repo.git(&["merge", "-q", "--ff-only", &right]);
                }
                1 => {
                    repo.git(&["checkout", "-q", "main"]);
                    repo.git(&["merge", "-q", "--no-edit", &left]);
                    repo.git(&["merge", "-q", "--no-edit", &right]);
                }
                _ => {
                    repo.git(&["checkout", "-q", "main"]);
                    repo.git(&["merge", "-q", "--no-edit", &left]);
                    repo.git(&["merge", "-q", "--squash", &right]);
                    repo.commit("squashed");
                }
            }
            // Files move.
            let from = random.below(files.len());
            let to = format!("moved/{step}");
            repo.file(&to, "");
            repo.git(&["mv", "-f", &files[from], &to]);
            files[from] = to;
            repo.commit("move");
            assert_eq!(header(&repo), first);
            assert_eq!(scan(&repo, &[]).assert_code(0).found(), [""; 0]);
            assert_eq!(repo.scan(&[]).assert_code(0).found(), [""; 0]);
            // What nobody knows yet is reported, also beside what is known.
            let known = read(&repo, &files[0]);
            repo.file(&files[0], known.replace("key ", &format!("{} ", repo.token())));
            assert_eq!(scan(&repo, &[]).assert_code(1).findings().len(), 1);
            repo.git(&["checkout", "-q", "--", "."]);
        }
        // Once more the file is as the program would write it, and nothing in it is secret.
        run(&repo, &["baseline", "update"]).assert_code(0);
        let text = read(&repo, ".tokensieve.baseline");
        let lines: Vec<&str> = text.lines().skip(2).collect();
        assert!(lines.is_sorted() && lines.len() == 4 + 12, "{text}");
        assert!(!text.contains("pat-"), "{text}");
    }
}

#[test]
fn an_update_keeps_what_entries_say_and_prunes_on_request() {
    let repo = Repo::new();
    repo.file("a", repo.token());
    run(&repo, &["baseline", "create", "--reason", "made up", "--owner", "ada"]).assert_code(0);
    let created = read(&repo, ".tokensieve.baseline");
    assert!(created.contains(r#" reason="made up" owner="ada""#), "{created}");
    assert_eq!(run(&repo, &["baseline", "create"]).code, Some(2));
    repo.file("b", repo.token());
    run(&repo, &["baseline", "update"]).assert_code(0);
    let updated = read(&repo, ".tokensieve.baseline");
    assert!(created.lines().all(|line| updated.lines().any(|kept| kept == line)), "{updated}");
    assert_eq!(updated.lines().count(), created.lines().count() + 1);
    repo.file("a", "gone");
    run(&repo, &["baseline", "update"]).assert_code(0);
    assert_eq!(read(&repo, ".tokensieve.baseline"), updated);
    run(&repo, &["baseline", "update", "--prune"]).assert_code(0);
    let pruned = read(&repo, ".tokensieve.baseline");
    assert!(
        pruned.lines().count() == created.lines().count() && !pruned.contains("ada"),
        "{pruned}"
    );
    let with_secret = run(&repo, &["baseline", "update", "--reason", &repo.token()]);
    assert_eq!(with_secret.code, Some(2), "{with_secret:?}");
}

#[test]
fn baselines_know_paths_and_days() {
    let repo = Repo::new();
    let token = repo.token();
    repo.file("a/x", &token);
    repo.file("b/x", &token);
    run(&repo, &["baseline", "create"]).assert_code(0);
    let text = read(&repo, ".tokensieve.baseline");
    scan(&repo, &[]).assert_code(0);
    let with = |more: &str| {
        let lines = text.lines().map(|line| {
            if line.starts_with(ID) { format!("{line} {more}\n") } else { format!("{line}\n") }
        });
        repo.file(".tokensieve.baseline", lines.collect::<String>());
        scan(&repo, &[])
    };
    assert_eq!(with("path=a/").found(), ["b/x:1"]);
    assert_eq!(with("expires=9999-12-31").found(), [""; 0]);
    let expired = with("expires=2020-01-31 owner=\"ada\"");
    assert_eq!(expired.assert_code(1).findings().len(), 2);
    let warning =
        ".tokensieve.baseline:3: expired after 2020-01-31; it silences nothing (owner: ada)";
    assert!(expired.run.stderr.contains(warning), "{}", expired.run.stderr);
    assert_eq!(scan(&repo, &["--no-baseline"]).findings().len(), 2);
}

#[test]
fn broken_baselines_and_allowlists_name_their_line() {
    let repo = Repo::new();
    repo.file("a", repo.token());
    run(&repo, &["baseline", "create"]).assert_code(0);
    let good = read(&repo, ".tokensieve.baseline");
    for (text, expected) in [
        (format!("{good}<<<<<<< HEAD\n"), ".tokensieve.baseline:4: a merge left a conflict here"),
        (good.replace("version=1", "version=7"), ".tokensieve.baseline:1: version 7 is not known"),
        (format!("{good}{ID}\n"), ".tokensieve.baseline:4: behind the rule"),
        (String::new(), ".tokensieve.baseline:1: a baseline starts"),
    ] {
        repo.file(".tokensieve.baseline", text);
        for run in
            [run(&repo, &["scan"]), run(&repo, &["git"]), run(&repo, &["baseline", "update"])]
        {
            assert!(run.code == Some(2) && run.stderr.contains(expected), "{run:?}");
        }
    }
    std::fs::remove_file(repo.path().join(".tokensieve.baseline")).unwrap();
    for (entry, expected) in [
        ("reason = 'x'", ".tokensieve.toml:3: an entry that names nothing"),
        ("rules = ['no-such-rule']", ".tokensieve.toml:3: no rule is named `no-such-rule`"),
        ("paths = ['!a']", ".tokensieve.toml:3: `!a` is no pattern"),
        ("regexes = ['(']", ".tokensieve.toml:3: `(` is no regex"),
        ("stopwords = ['x']\nexpires = 'soon'", ".tokensieve.toml:3: `soon` is no date"),
        ("stopwords = ['x']\nexpires = 2026", ".tokensieve.toml:3: expires is a date"),
        ("stopword = ['x']", ".tokensieve.toml:4: unknown field `stopword`"),
    ] {
        repo.file(".tokensieve.toml", format!("version = 1\n\n[[allow]]\n{entry}\n"));
        let run = run(&repo, &["scan"]);
        assert!(run.code == Some(2) && run.stderr.contains(expected), "{expected}: {run:?}");
    }
}

#[test]
fn allowlists_of_the_configuration() {
    let repo = Repo::new();
    repo.file("tests/a", format!("one {}\n", repo.token()));
    repo.file("src/b", format!("two {}\n", repo.token()));
    repo.commit("both");
    let with = |entry: &str| {
        repo.file(".tokensieve.toml", format!("version = 1\n[[allow]]\n{entry}\n"));
        let (files, history) = (scan(&repo, &[]).found(), repo.scan(&[]).found());
        assert_eq!(files, history, "{entry}");
        files
    };
    assert_eq!(with("paths = ['tests/']"), ["src/b:1"]);
    assert_eq!(with("rules = ['gitlab-pat']\nregexes = ['^two ']\ntarget = 'line'"), ["tests/a:1"]);
    assert_eq!(
        with("paths = ['tests/']\nregexes = ['^two ']\ntarget = 'line'"),
        ["src/b:1", "tests/a:1"]
    );
    assert_eq!(
        with("condition = 'or'\npaths = ['tests/']\nregexes = ['^two ']\ntarget = 'line'"),
        [""; 0]
    );
    assert_eq!(
        with("rules = ['gitlab_deploy_token']\npaths = ['tests/']"),
        ["src/b:1", "tests/a:1"]
    );
    assert_eq!(with("paths = ['tests/']\nexpires = 2020-01-31"), ["src/b:1", "tests/a:1"]);
    assert_eq!(with("paths = ['tests/']\nexpires = '9999-12-31'"), ["src/b:1"]);
}

/// Patterns of allowlists mean what `--exclude-path` takes them for, which is what git takes them for.
#[test]
fn patterns_mean_what_they_mean_elsewhere() {
    use tokensieve_core::{Allowlist, AllowlistSpec, RuleSet, Subject};

    // A class that is negated matches a slash there, in git and here it does not.
    const PARTS: [&str; 11] = ["a", "b", "ab", "/", "/", "*", "**", "?", "[ab]", ".", "a*"];
    let (rules, mut random) = (RuleSet::builtin(), Random::new(3));
    let around = tokensieve_core::Surroundings::default();
    let mut agreed = 0;
    for _ in 0..20_000 {
        let glob: String =
            (0..1 + random.below(5)).map(|_| PARTS[random.below(PARTS.len())]).collect();
        // What stars beside others mean is left to those who like riddles.
        let is_plain = !glob.contains("***")
            && glob.split('/').all(|part| part == "**" || !part.contains("**"));
        // Folders at the root: there, the root itself is one of them.
        let is_root = glob.ends_with('/') && matches!(glob.trim_matches('/'), "*" | "**");
        if !is_plain || glob.contains("//") || glob == "/" || is_root {
            continue;
        }
        let path = (0..1 + random.below(3)).map(|_| ["a", "b", "ab", "a.b", "ba"][random.below(5)]);
        let path = path.collect::<Vec<_>>().join("/");
        let list =
            Allowlist::new(AllowlistSpec { globs: vec![glob.clone()], ..AllowlistSpec::default() })
                .unwrap();
        let subject = Subject {
            rule: rules.get(ID).unwrap(),
            path: path.as_bytes(),
            is_walked: true,
            commit: None,
            fingerprint: None,
            secret: b"x",
            around: &around,
        };
        let expected =
            tokensieve::source::exclusions(std::slice::from_ref(&glob), std::path::Path::new("/r"))
                .unwrap()
                .matched_path_or_any_parents(std::path::Path::new("/r").join(&path), false)
                .is_ignore();
        assert_eq!(list.allows(&subject), expected, "{glob} {path}");
        agreed += usize::from(expected);
    }
    assert!(agreed > 1000, "{agreed}");
}

#[test]
fn ignore_files_of_gitleaks() {
    let repo = Repo::new();
    let token = repo.token();
    repo.file("a", format!("\n{token}\n"));
    let first = repo.commit("one");
    repo.git(&["rm", "-q", "a"]);
    repo.commit("gone");
    repo.file("b", &token);
    let second = repo.commit("two");
    let ignore = |lines: &str| {
        repo.file(".gitleaksignore", lines);
        let found = |scan: Scan| {
            scan.findings().iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect()
        };
        let files: Vec<String> = found(scan(&repo, &[]));
        let history: Vec<String> = found(repo.scan(&[]));
        (files.join(" "), history.join(" "))
    };
    let pair = |files: &str, history: &str| (files.to_owned(), history.to_owned());
    assert_eq!(ignore("# nothing\n"), pair("b", "a"));
    assert_eq!(ignore("b:gitlab-pat:1\n"), pair("", "a"));
    // One place is silenced, the other one is not.
    assert_eq!(ignore(&format!("{first}:a:gitlab-pat:2\n")), pair("b", "b"));
    assert_eq!(ignore(&format!("{first}:a:gitlab-pat:2\n{second}:b:{ID}:1\n")), pair("b", ""));
    assert_eq!(ignore("a:gitlab-pat:2\nb:gitlab-pat:1\n"), pair("", ""));
    assert_eq!(ignore("a:gitlab-pat:3\nb:other-rule:1\n"), pair("b", "a"));
    assert_eq!(repo.scan(&["--no-config"]).findings()[0]["places"].as_array().unwrap().len(), 2);
    repo.file(".gitleaksignore", "what is this\n");
    let told = scan(&repo, &[]).run.stderr;
    assert!(
        told.contains(".gitleaksignore:1: neither file:rule:line nor commit:file:rule:line"),
        "{told}"
    );
}

#[test]
fn reports_of_gitleaks_are_baselines() {
    let repo = Repo::new();
    let (known, new) = (repo.token(), repo.token());
    repo.file("a", format!("{known}\n{new}\n"));
    let entry = |secret: &str| {
        format!(r#"{{"RuleID": "gitlab-pat", "StartLine": 1, "File": "a", "Secret": "{secret}"}}"#)
    };
    repo.file("clear.json", format!("[{}, {}]", entry(&known), entry("REDACTED")));
    repo.file("redacted.json", format!("[{}]", entry("REDACTED")));
    for report in ["clear.json", "redacted.json"] {
        let found = scan(&repo, &["--baseline", report, "a"]).findings();
        assert_eq!(
            found.iter().map(|it| it["start_line"].clone()).collect::<Vec<Value>>(),
            [2],
            "{report}"
        );
    }
    let converted = run(&repo, &["baseline", "convert", "clear.json"]);
    assert!(
        converted.code == Some(0) && converted.stderr.contains("1 without their secrets"),
        "{converted:?}"
    );
    // Wherever it is now.
    repo.file("a", format!("\n\n{new} {known}\n"));
    assert_eq!(scan(&repo, &["a"]).findings().len(), 1);
    assert!(!read(&repo, ".tokensieve.baseline").contains(&known[6..]));
    repo.file("broken.json", "[\n{\"RuleID\": 1}]");
    let broken = run(&repo, &["scan", "--baseline", "broken.json"]);
    assert!(
        broken.code == Some(2) && broken.stderr.contains("broken.json:2: this report has no"),
        "{broken:?}"
    );
}

#[test]
fn keys_of_baselines() {
    let repo = Repo::new();
    repo.file("a", repo.token());
    let key = repo.file(".git/key", "0123456789abcdef0123456789abcdef");
    let with_key = |args: &[&str]| {
        Run::of(repo.command(args).env("TOKENSIEVE_KEY_FILE", &key).output().unwrap())
    };
    with_key(&["baseline", "create"]).assert_code(0);
    assert!(read(&repo, ".tokensieve.baseline").starts_with("tokensieve-baseline version=1 key="));
    with_key(&["scan"]).assert_code(0);
    let without = run(&repo, &["scan"]);
    assert!(
        without.code == Some(2) && without.stderr.contains(".tokensieve.baseline:1: its ids"),
        "{without:?}"
    );
    run(&repo, &["scan", "--no-baseline"]).assert_code(1);
    std::fs::remove_file(repo.path().join(".tokensieve.baseline")).unwrap();
    std::fs::remove_file(&key).unwrap();
    // A salt is random: two baselines have nothing in common.
    let created = [0, 1].map(|_| {
        let _ = std::fs::remove_file(repo.path().join(".tokensieve.baseline"));
        run(&repo, &["baseline", "create"]).assert_code(0);
        read(&repo, ".tokensieve.baseline")
    });
    assert!(
        created[0].lines().next() != created[1].lines().next()
            && created[0].lines().last() != created[1].lines().last()
    );
}

/// A change and everything that could silence it, all at once.
fn change_with_suppressions(repo: &Repo) {
    let token = repo.token();
    repo.file("new", format!("{token}\n"));
    run(repo, &["baseline", "create"]).assert_code(0);
    repo.file("new", format!("{token} # tokensieve:allow -- gitleaks:allow\n"));
    repo.file(".tokensieve.toml", "version = 1\n[[allow]]\npaths = ['*']\n");
    repo.file(".gitleaksignore", "new:gitlab-pat:1\n");
    repo.commit("with suppressions");
    scan(repo, &[]).assert_code(0);
}

#[test]
fn what_a_merge_request_brings_along_does_not_silence_it() {
    let repo = Repo::with_commit();
    let base = repo.id("HEAD");
    change_with_suppressions(&repo);
    let ci = |args: &[&str]| {
        let mut command =
            repo.command(&[&["ci", "-f", "json", "--head", "HEAD", "--base"], args].concat());
        Scan::of(Run::of(command.output().unwrap()))
    };
    let scan = ci(&[&base]);
    assert_eq!(scan.assert_code(1).found(), ["new:1"]);
    for told in ["allow: paths *", ".gitleaksignore: new:gitlab-pat:1"] {
        assert!(scan.run.stderr.contains(told), "{told}: {}", scan.run.stderr);
    }
    // What was there before counts.
    let repo_base = repo.id("HEAD");
    repo.file("more", repo.token());
    repo.commit("more");
    assert_eq!(ci(&[&repo_base]).assert_code(0).found(), [""; 0]);
    assert_eq!(ci(&[&repo_base, "--no-repo-config"]).assert_code(1).found(), ["more:1"]);
    // A suppression alone.
    repo.file(".gitleaksignore", "");
    let before = repo.commit("fewer");
    repo.file(".gitleaksignore", "x:y:1\n");
    repo.commit("one more");
    assert_eq!(ci(&[&before]).run.code, Some(0));
    assert_eq!(ci(&[&before, "--deny-new-suppressions"]).run.code, Some(1));
}

#[test]
fn what_a_push_brings_along_does_not_silence_it() {
    let (server, repo) = (Repo::outside(), Repo::with_commit());
    server.git(&["init", "-q", "--bare", "-b", "main"]);
    server.hook("pre-receive", "exec \"$TOKENSIEVE\" pre-receive");
    repo.git(&["remote", "add", "origin", server.path().to_str().unwrap()]);
    repo.git(&["push", "-q", "origin", "main"]);
    change_with_suppressions(&repo);
    let refused = repo.git_output(&["push", "-q", "origin", "main"]);
    assert!(!refused.status.success(), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("new:1"), "{refused:?}");
    // The baseline comes first, for others to see, and then what it is about.
    repo.git(&["reset", "-q", "--soft", "HEAD~1"]);
    repo.git(&["reset", "-q"]);
    repo.git(&["add", ".tokensieve.baseline"]);
    repo.commit_staged("baseline");
    repo.git(&["push", "-q", "origin", "main"]);
    repo.git(&["add", "new"]);
    repo.commit_staged("known");
    repo.git(&["push", "-q", "origin", "main"]);
}

#[test]
fn audit_tells_what_is_not_needed() {
    let repo = Repo::new();
    let (a, b) = (repo.token(), repo.token());
    repo.file("a", format!("{a} # tokensieve:allow\nnothing # tokensieve:allow\n"));
    repo.file("old", &b);
    let old = repo.commit("old");
    repo.file("old", "");
    repo.file(
        ".gitleaksignore",
        format!("{old}:old:gitlab-pat:1\n{old}:old:gitlab-pat:7\na:gitlab-pat:1\nbroken\n"),
    );
    repo.file(
        ".tokensieve.toml",
        "version = 1\n[[allow]]\npaths = ['a']\n[[allow]]\npaths = ['nowhere']\nowner = 'ada'\n[[allow]]\npaths = ['a']\nexpires = 2020-01-31\n",
    );
    let known = format!(
        "{}{ID} {}\n",
        "tokensieve-baseline version=1 salt=00112233445566778899aabbccddeeff\n",
        "00".repeat(16)
    );
    repo.file(".tokensieve.baseline", known);
    let audit = |args: &[&str]| run(&repo, &[&["audit"], args].concat());
    let all = audit(&["--deny-unused"]);
    let folder = repo.path().canonicalize().unwrap();
    let lines: Vec<String> = all
        .stdout
        .lines()
        .map(|line| line.replace(&format!("{}/", folder.display()), ""))
        .collect();
    assert_eq!(
        lines,
        [
            ".gitleaksignore:2: ignore file: matches nothing",
            ".gitleaksignore:4: ignore file: cannot be understood",
            ".tokensieve.baseline:2: baseline: matches nothing",
            ".tokensieve.toml:4: allowlist: matches nothing; owner: ada",
            ".tokensieve.toml:7: allowlist: has expired",
            "a:2: inline comment: matches nothing",
        ],
        "{all:?}"
    );
    assert_eq!(all.code, Some(1));
    assert_eq!(audit(&[]).code, Some(0));
    // Without the history, nothing is said about its places.
    let files = audit(&["--no-history"]);
    assert!(
        !files.stdout.contains(".gitleaksignore:2") && files.stdout.contains(".gitleaksignore:4"),
        "{files:?}"
    );
    // With everything in its place there is nothing to be denied.
    for name in [".gitleaksignore", ".tokensieve.toml", ".tokensieve.baseline"] {
        std::fs::remove_file(repo.path().join(name)).unwrap();
    }
    repo.file("a", format!("{a} # tokensieve:allow\n"));
    assert_eq!(audit(&["--deny-unused"]).code, Some(0));
}

/// Two rules that find parts of the same bytes, the first of which has an allowlist.
const OVERLAPPING: &str = "[[rules]]\nid = 'long'\nregex = 'acme_[a-z]{4}-[0-9]{4}'\nkeywords = ['acme']\n\
                           [[rules.allowlists]]\nstopwords = ['fake']\n\
                           [[rules]]\nid = 'short'\nregex = 'acme_[a-z]{4}'\nkeywords = ['acme']\n";

/// The rules and lines of what is found.
fn rules_and_lines(scan: &Scan) -> Vec<String> {
    let findings = scan.findings();
    findings
        .iter()
        .map(|it| format!("{}:{}", it["rule_id"].as_str().unwrap(), it["start_line"]))
        .collect()
}

/// As in gitleaks, allowlists of a rule are asked before what it finds pushes others aside; in all sources.
#[test]
fn what_an_allowlist_takes_out_hides_no_other_finding() {
    let repo = Repo::with_commit();
    let base = repo.id("HEAD");
    let text = "acme_fake-1234\nacme_real-1234\n";
    repo.file(".gitleaks.toml", OVERLAPPING);
    repo.git(&["add", ".gitleaks.toml"]);
    repo.stage("a", text);
    let expected = ["short:1", "long:2"];
    assert_eq!(rules_and_lines(&scan(&repo, &["a"])), expected);
    assert_eq!(rules_and_lines(&repo.scan(&["--staged"])), expected);
    let commit = repo.commit("both");
    // In a history, one file after the other is reported, by the place of its secrets.
    assert_eq!(rules_and_lines(&repo.scan(&[])), expected);
    assert_eq!(rules_and_lines(&repo.scan(&["--range", &format!("{base}..HEAD")])), expected);
    let fingerprints = |scan: &Scan| -> BTreeSet<String> {
        scan.findings().iter().map(|it| it["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(fingerprints(&scan(&repo, &["a"])), fingerprints(&repo.scan(&[])));
    // Standard input, and a file that is searched in parts.
    let mut command = repo.command(&["scan", "-f", "json", "-"]);
    command.stdin(std::fs::File::open(repo.path().join("a")).unwrap());
    assert_eq!(rules_and_lines(&Scan::of(Run::of(command.output().unwrap()))), expected);
    repo.file("large", format!("{}{text}", "x\n".repeat(5 << 20)));
    let large = rules_and_lines(&scan(&repo, &["large"]));
    assert_eq!(large, ["short:5242881", "long:5242882"]);
    std::fs::remove_file(repo.path().join("large")).unwrap();
    // What is known in a place stays known: another rule does not find it anew.
    for (file, content) in [
        (".gitleaksignore", "a:short:1\na:long:2\n".to_owned()),
        (".gitleaksignore", format!("{commit}:a:short:1\n{commit}:a:long:2\n")),
    ] {
        repo.file(file, content);
        assert_eq!(rules_and_lines(&repo.scan(&[])), [""; 0]);
    }
    repo.file(".gitleaksignore", "a:long:1\na:long:2\n");
    assert_eq!(rules_and_lines(&scan(&repo, &["a"])), ["short:1"]);
    repo.file(".gitleaksignore", "");
    run(&repo, &["baseline", "create", "--git"]).assert_code(0);
    assert_eq!(rules_and_lines(&scan(&repo, &[])), [""; 0]);
    assert_eq!(rules_and_lines(&repo.scan(&[])), [""; 0]);
}

/// A token that is allowed is not found again as the password that it is used as.
#[test]
fn what_only_the_surroundings_say_is_the_same_secret() {
    let repo = Repo::new();
    let token = repo.token();
    repo.file("tests/a", format!("password = \"{token}\"\n"));
    repo.file(
        ".tokensieve.toml",
        "version = 1\n[[allow]]\nrules = ['gitlab-pat']\npaths = ['tests/']\n",
    );
    assert_eq!(
        rules_and_lines(&scan(&repo, &["--exclude-rule", "gitlab-pat"])),
        ["generic_password:1"; 0]
    );
    assert_eq!(rules_and_lines(&scan(&repo, &[])), [""; 0]);
}

/// A rule about some paths gives way to others, also where what these find is in the baseline.
#[test]
fn a_baseline_of_overlapping_rules_is_whole() {
    let repo = Repo::new();
    let narrow = "[[rules]]\nid = 'narrow'\nregex = 'acme_[a-z]{4}-[0-9]{2}'\npath = '^a$'\n\
                  [[rules]]\nid = 'wide'\nregex = 'acme_[a-z]{4}'\n";
    repo.file(".gitleaks.toml", narrow);
    repo.file("a", "acme_real-1234\n");
    repo.commit("a");
    assert_eq!(rules_and_lines(&scan(&repo, &[])), ["wide:1"]);
    run(&repo, &["baseline", "create"]).assert_code(0);
    assert_eq!(rules_and_lines(&scan(&repo, &[])), [""; 0]);
    assert_eq!(rules_and_lines(&repo.scan(&[])), [""; 0]);
    // What an allowlist says is no secret stands in nobody's way.
    std::fs::remove_file(repo.path().join(".tokensieve.baseline")).unwrap();
    repo.file(
        ".gitleaks.toml",
        format!("{narrow}[[allowlists]]\ntargetRules = ['wide']\nstopwords = ['real']\n"),
    );
    assert_eq!(rules_and_lines(&scan(&repo, &[])), ["narrow:1"]);
    assert_eq!(rules_and_lines(&repo.scan(&[])), ["narrow:1"]);
}

/// Two files of the same content are one object: a rule about some paths finds it where its path fits.
#[test]
fn rules_about_paths_and_objects_with_several_names() {
    let repo = Repo::with_commit();
    let base = repo.id("HEAD");
    repo.file(
        ".gitleaks.toml",
        "[[rules]]\nid = 'conf'\nregex = 'value=(\\w{4})'\npath = '[.]conf$'\n",
    );
    for name in ["a.txt", "b.conf", "c.txt", "d.conf"] {
        repo.file(name, "value=ab12\n");
    }
    repo.git(&["add", "--all"]);
    assert_eq!(repo.scan(&["--staged"]).found(), ["b.conf:1", "d.conf:1"]);
    repo.commit("same");
    for scan in [repo.scan(&[]), repo.scan(&["--range", &format!("{base}..HEAD")])] {
        let findings = scan.assert_code(1).findings();
        let places: Vec<&str> = findings[0]["places"]
            .as_array()
            .unwrap()
            .iter()
            .map(|place| place["path"].as_str().unwrap())
            .collect();
        assert_eq!((findings.len(), places), (1, vec!["b.conf", "d.conf"]));
    }
}

#[test]
fn suppressed_findings_can_be_shown() {
    let repo = Repo::new();
    let [a, b, c, open] = [0; 4].map(|_| repo.token());
    repo.file("a", format!("{a} # tokensieve:allow -- made up */\n{b}\n{open}\n"));
    repo.file("c", format!("{c}\n"));
    repo.commit("all");
    repo.file(".gitleaksignore", "a:gitlab-pat:2\n");
    repo.file(
        ".tokensieve.toml",
        "version = 1\n[[allow]]\npaths = ['c']\nreason = 'a test'\nowner = 'ada'\n",
    );
    assert_eq!(scan(&repo, &[]).findings().len(), 1);
    let folder = repo.path().canonicalize().unwrap();
    for scan in [scan(&repo, &["--show-suppressed"]), repo.scan(&["--show-suppressed"])] {
        let told: Vec<String> = scan
            .assert_code(1)
            .findings()
            .iter()
            .map(|it| {
                let text =
                    it["suppression"].to_string().replace(&format!("{}/", folder.display()), "");
                format!("{}:{} {text}", it["path"].as_str().unwrap(), it["start_line"])
            })
            .collect();
        assert_eq!(
            told,
            [
                r#"a:1 {"kind":"inline comment","reason":"made up"}"#,
                r#"a:2 {"kind":"ignore file","place":".gitleaksignore:1"}"#,
                "a:3 null",
                r#"c:1 {"kind":"allowlist","owner":"ada","place":".tokensieve.toml:2","reason":"a test"}"#,
            ]
        );
    }
    for args in [
        &["scan", "-f", "sarif", "--show-suppressed"][..],
        &["git", "-f", "sarif", "--show-suppressed"],
    ] {
        let document: Value = serde_json::from_str(&run(&repo, args).stdout).unwrap();
        let kinds: Vec<String> = document["runs"][0]["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|result| {
                let list = result["suppressions"].as_array().unwrap();
                list.iter()
                    .map(|it| {
                        format!(
                            "{}:{}",
                            it["kind"].as_str().unwrap(),
                            it["status"].as_str().unwrap()
                        )
                    })
                    .collect()
            })
            .collect();
        assert_eq!(kinds, ["inSource:accepted", "external:accepted", "", "external:accepted"]);
        let text =
            document["runs"][0]["results"][0]["suppressions"][0]["justification"].as_str().unwrap();
        assert_eq!(text, "inline comment: made up");
    }
    // Without the flag nothing is said about it, and with it nothing more counts.
    let plain: Value = serde_json::from_str(&run(&repo, &["scan", "-f", "sarif"]).stdout).unwrap();
    assert!(plain["runs"][0]["results"][0].get("suppressions").is_none());
    let text = run(&repo, &["scan", "--show-suppressed"]);
    assert!(text.stdout.contains("  suppressed: inline comment: made up\n"), "{text:?}");
    assert!(text.stderr.contains(" 1 finding,"), "{text:?}");
    repo.file("a", format!("{a} # tokensieve:allow\n"));
    assert_eq!(scan(&repo, &["--show-suppressed"]).assert_code(0).findings().len(), 2);
    // What is staged, too.
    repo.git(&["checkout", "-q", "--", "a"]);
    repo.stage("d", format!("{} # tokensieve:allow\n", repo.token()));
    let staged = repo.scan(&["--staged", "--show-suppressed"]);
    assert_eq!(staged.assert_code(0).findings()[0]["suppression"]["kind"], "inline comment");
}

#[test]
fn audits_in_json() {
    let repo = Repo::new();
    let token = repo.token();
    repo.file("a", format!("{token} # tokensieve:allow\nnothing # tokensieve:allow -- made up\n"));
    let entry =
        format!("version = 1\n[[allow]]\npaths = ['x']\nowner = 'ada'\nreason = 'why {token}'\n");
    repo.file(".tokensieve.toml", entry);
    repo.file(
        "gitleaks.json",
        r#"[{"RuleID": "gitlab-pat", "Secret": "x", "File": "a", "StartLine": 2}]"#,
    );
    let audit =
        |args: &[&str]| run(&repo, &[&["audit", "--baseline", "gitleaks.json"], args].concat());
    let document = audit(&["--format", "json", "--deny-unused"]);
    assert_eq!(document.code, Some(1));
    assert!(!document.stdout.contains(&token), "{document:?}");
    let document = document.json();
    assert_eq!((&document["version"], &document["suppressions"]), (&1.into(), &4.into()));
    assert_eq!(document["coverage"]["complete"], true);
    assert!(document["coverage"]["rules"].as_u64().unwrap() > 100);
    let folder = repo.path().canonicalize().unwrap();
    let mut unused = document["unused"].clone();
    for one in unused.as_array_mut().unwrap() {
        let file = one["file"].as_str().unwrap().replace(&format!("{}/", folder.display()), "");
        one["file"] = file.into();
    }
    let expected = serde_json::json!([
        {"kind": "allowlist", "file": ".tokensieve.toml", "line": 2, "why": "matches nothing", "reason": "why glpat-...", "owner": "ada"},
        {"kind": "inline comment", "file": "a", "line": 2, "why": "matches nothing"},
        {"kind": "baseline", "file": "gitleaks.json", "entry": 1, "why": "matches nothing"},
    ]);
    assert_eq!(unused, expected);
    let lines = audit(&["-f", "jsonl"]);
    let lines: Vec<Value> =
        lines.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines.iter().map(|it| it["type"].as_str().unwrap()).collect::<Vec<_>>(),
        ["unused", "unused", "unused", "coverage"]
    );
    assert_eq!((&lines[3]["version"], &lines[3]["suppressions"]), (&1.into(), &4.into()));
}

/// Rules about paths alone: a path is found where a commit brings it in, and at its first line.
#[test]
fn paths_in_repositories() {
    let repo = Repo::with_commit();
    repo.file(".gitleaks.toml", "[[rules]]\nid = 'key-file'\npath = '(^|/)key[.]pem$'\n");
    repo.file("old/key.pem", "x\n");
    let first = repo.commit("old");
    repo.file("old/key.pem", "y\n");
    repo.commit("changed");
    repo.git(&["mv", "old/key.pem", "key.pem"]);
    let moved = repo.commit("moved");
    repo.file("sub/key.pem", "z\n");
    let last = repo.commit("new");
    let told = |scan: &Scan| -> Vec<String> {
        let findings = scan.findings();
        let commit = |it: &Value| it["commit"]["id"].as_str().unwrap_or_default().to_owned();
        let line = |it: &Value| {
            format!(
                "{}:{} {} {}",
                it["path"].as_str().unwrap(),
                it["start_line"],
                commit(it),
                it["in_head"]
            )
        };
        findings.iter().map(line).collect()
    };
    let all = [
        format!("key.pem:1 {moved} true"),
        format!("old/key.pem:1 {first} false"),
        format!("sub/key.pem:1 {last} true"),
    ];
    let history = repo.scan(&[]);
    assert_eq!(told(&history), all);
    assert_eq!(history.findings()[1]["refs"], serde_json::json!(["HEAD", "refs/heads/main"]));
    assert_eq!(told(&repo.scan(&["--max-commits", "1"])), [all[2].clone()]);
    assert_eq!(told(&repo.scan(&["--exclude-path", "/sub/"])), all[..2]);
    assert_eq!(told(&repo.scan(&["--range", "HEAD~2..HEAD"])), [all[0].clone(), all[2].clone()]);
    // A file that changes was there with its name before.
    assert_eq!(told(&repo.scan(&["--range", "HEAD~3..HEAD~2"])), [""; 0]);
    // The same fingerprints as in the files.
    let fingerprint = |scan: &Scan, path: &str| -> Value {
        scan.findings().iter().find(|it| it["path"] == path).unwrap()["fingerprint"].clone()
    };
    assert_eq!(fingerprint(&scan(&repo, &[]), "key.pem"), fingerprint(&history, "key.pem"));
    // What is staged: a new path counts, a changed file does not.
    repo.stage("key.pem", "changed\n");
    repo.stage("more/key.pem", "new\n");
    let staged = repo.scan(&["--staged"]);
    let new: Vec<String> = staged
        .assert_code(1)
        .findings()
        .iter()
        .map(|it| format!("{} {}", it["path"].as_str().unwrap(), it["new"]))
        .collect();
    assert_eq!(new, ["key.pem false", "more/key.pem null"]);
    // Merges bring in nothing that one of the parents has.
    repo.git(&["reset", "-q", "--hard", "HEAD"]);
    repo.git(&["checkout", "-q", "-b", "side", "HEAD~1"]);
    repo.file("side/key.pem", "s\n");
    let side = repo.commit("side");
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--no-edit", "side"]);
    assert_eq!(
        told(&repo.scan(&["--range", &format!("{last}..HEAD")])),
        [format!("side/key.pem:1 {side} true")]
    );
    assert_eq!(repo.scan(&[]).findings().len(), 4);
    // Suppressions are about them as about all others.
    repo.file(".gitleaksignore", format!("key.pem:key-file:1\n{last}:sub/key.pem:key-file:1\n"));
    assert_eq!(repo.scan(&[]).findings().len(), 2);
    run(&repo, &["baseline", "create", "--git"]).assert_code(0);
    assert_eq!(repo.scan(&[]).assert_code(0).findings().len(), 0);
}

#[test]
fn pushes_with_paths_that_are_not_wanted_are_refused() {
    let (server, repo) = (Repo::outside(), Repo::with_commit());
    server.git(&["init", "-q", "--bare", "-b", "main"]);
    server.hook("pre-receive", "exec \"$TOKENSIEVE\" pre-receive");
    repo.file(".gitleaks.toml", "[[rules]]\nid = 'key-file'\npath = 'key[.]pem$'\n");
    let base = repo.commit("config");
    repo.git(&["remote", "add", "origin", server.path().to_str().unwrap()]);
    repo.git(&["push", "-q", "origin", "main"]);
    repo.file("key.pem", "x\n");
    repo.commit("key");
    let refused = repo.git_output(&["push", "-q", "origin", "main"]);
    assert!(!refused.status.success(), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("key.pem:1"), "{refused:?}");
    let ci = run(&repo, &["ci", "-f", "json", "--base", &base, "--head", "HEAD"]);
    assert_eq!(Scan::of(ci).assert_code(1).found(), ["key.pem:1"]);
}

/// As in gitleaks, the ignore files of the working folder and of the scanned one count; standard input has no path there.
#[test]
fn ignore_files_of_several_folders() {
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

/// The comment of gitleaks, in every source.
#[test]
fn comments_of_gitleaks_count_in_all_sources() {
    let repo = Repo::with_commit();
    let base = repo.id("HEAD");
    let text = format!("{} # gitleaks:allow\n{}\n", repo.token(), repo.token());
    repo.stage("a", &text);
    let check = |scan: &Scan| {
        assert_eq!(
            scan.findings().iter().map(|it| it["start_line"].clone()).collect::<Vec<Value>>(),
            [2],
            "{scan:?}"
        );
        assert_eq!(suppressed(scan, "inline comment"), 1);
    };
    check(&repo.scan(&["--staged"]));
    repo.commit("a");
    check(&repo.scan(&[]));
    check(&repo.scan(&["--range", &format!("{base}..HEAD")]));
    check(&scan(&repo, &["a"]));
    let mut command = repo.command(&["scan", "-f", "json", "-"]);
    command.stdin(std::fs::File::open(repo.path().join("a")).unwrap());
    check(&Scan::of(Run::of(command.output().unwrap())));
    #[cfg(feature = "archives")]
    {
        let zip = crate::archives::pack::zip(&[("in/a", text.as_bytes())]);
        repo.file("a.zip", zip);
        let archive = scan(&repo, &["--archives", "a.zip"]);
        check(&archive);
        // The places of gitleaks in an archive.
        repo.file(".gitleaksignore", "a.zip!in/a:gitlab-pat:2\n");
        assert_eq!(scan(&repo, &["--archives", "a.zip"]).findings().len(), 0);
    }
}

/// A baseline knows a secret wherever a history has it, or at the paths that its entry names.
#[test]
fn a_baseline_and_a_history_with_many_places() {
    let repo = Repo::new();
    let token = repo.token();
    let mut places = 0;
    for round in 0..6 {
        for folder in ["a", "b"] {
            repo.file(&format!("{folder}/{round}"), format!("{}{token}\n", "x\n".repeat(round)));
            places += 1;
        }
        repo.commit("in");
        for folder in ["a", "b"] {
            std::fs::remove_file(repo.path().join(format!("{folder}/{round}"))).unwrap();
        }
        repo.commit("out");
    }
    let found = repo.scan(&[]);
    assert_eq!(found.assert_code(1).findings()[0]["places"].as_array().unwrap().len(), places);
    run(&repo, &["baseline", "create"]).assert_code(0);
    assert_eq!(read(&repo, ".tokensieve.baseline").lines().count(), 2);
    run(&repo, &["baseline", "update", "--git"]).assert_code(0);
    let baseline = read(&repo, ".tokensieve.baseline");
    assert_eq!(baseline.lines().count(), 3);
    let silenced = repo.scan(&[]);
    assert_eq!(
        (silenced.assert_code(0).findings().len(), suppressed(&silenced, "baseline")),
        (0, 1)
    );
    // With a path, the other places are left, and the first of them is where it is reported.
    repo.file(".tokensieve.baseline", format!("{} path=\"a/\"\n", baseline.trim_end()));
    let left = repo.scan(&[]).assert_code(1).findings();
    assert_eq!(
        (left[0]["path"].as_str().unwrap(), left[0]["places"].as_array().unwrap().len()),
        ("b/0", places / 2)
    );
    // One place with the comment of another commit does not hide the others.
    repo.file(
        ".tokensieve.baseline",
        baseline.lines().take(2).map(|line| format!("{line}\n")).collect::<String>(),
    );
    repo.file("c", format!("{token} # tokensieve:allow\n"));
    repo.commit("allowed");
    assert_eq!(repo.scan(&[]).findings()[0]["places"].as_array().unwrap().len(), places);
}
