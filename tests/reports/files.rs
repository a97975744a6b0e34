//! `--report`, `--output` and what the name of a file says.

use serde_json::Value;

use super::{json, read, with_token};

#[test]
fn several_reports_beside_the_text() {
    let (dir, token) = with_token();
    let run = dir.run(&[
        "scan",
        "src",
        "--report",
        "sarif=a.out",
        "--report",
        "gl-secret-detection-report.json",
        "--report",
        "leaks.csv",
        "--report",
        "gitleaks=b.out",
    ]);
    run.assert_code(1);
    assert!(run.stdout.contains("src/app.env:1:7"), "{run:?}");
    assert_eq!(json(&dir, "a.out")["version"], "2.1.0");
    let gitlab = json(&dir, "gl-secret-detection-report.json");
    assert_eq!(
        gitlab["vulnerabilities"][0]["identifiers"][0]["value"],
        "gitlab_personal_access_token"
    );
    assert_eq!(gitlab["vulnerabilities"][0]["location"]["file"], "app.env");
    let started = gitlab["scan"]["start_time"].as_str().unwrap();
    assert!(started > "2020", "{started}");
    assert_eq!(read(&dir, "leaks.csv").lines().count(), 2);
    assert_eq!(json(&dir, "b.out")[0]["RuleID"], "gitlab-pat");
    for name in ["a.out", "gl-secret-detection-report.json", "leaks.csv", "b.out"] {
        assert!(!read(&dir, name).contains(&token[6..]), "{name}");
    }
}

#[test]
fn the_name_of_output_says_its_format() {
    let (dir, _) = with_token();
    dir.run(&["scan", "src", "-o", "out.sarif"]).assert_code(1);
    assert_eq!(json(&dir, "out.sarif")["version"], "2.1.0");
    dir.run(&["scan", "src", "-o", "out.sarif", "-f", "json"]).assert_code(1);
    assert_eq!(json(&dir, "out.sarif")["version"], 1);
    dir.run(&["scan", "src", "-o", "out"]).assert_code(1);
    assert!(read(&dir, "out").contains("src/app.env:1:7"));
}

#[test]
fn two_reports_do_not_go_to_one_file() {
    let (dir, _) = with_token();
    dir.file("old.json", "old");
    std::os::unix::fs::symlink("old.json", dir.path().join("link.json")).unwrap();
    for args in [
        &["--report", "json=a", "--report", "csv=./a"][..],
        &["--report", "old.json", "--report", "gitlab=link.json"],
        &["-o", "a", "--report", "json=src/../a"],
        &["--report", "json=-"],
        &["-o", "a", "--report", "json=-", "--report", "csv=-"],
    ] {
        let run = dir.run(&[&["scan", "src"], args].concat());
        run.assert_code(2);
        assert!(run.stderr.contains("two reports cannot both go to "), "{run:?}");
        assert_eq!(run.stdout, "", "nothing was scanned");
    }
    assert_eq!(read(&dir, "old.json"), "old");
    assert!(!dir.path().join("a").exists());
    let devices = ["--report", "json=/dev/null", "--report", "csv=/dev/null"];
    dir.run(&[&["scan", "src"], &devices[..]].concat()).assert_code(1);
    // Standard output can have another report where the first one goes to a file.
    let run = dir.run(&["scan", "src", "-o", "a", "--report", "json=-"]);
    assert_eq!(serde_json::from_str::<Value>(&run.stdout).unwrap()["version"], 1);
}

#[test]
fn a_report_that_cannot_be_written_takes_nothing_else_with_it() {
    let (dir, token) = with_token();
    let run =
        dir.run(&["scan", "src", "--report", "sarif=no/such/folder/a.sarif", "--report", "b.json"]);
    run.assert_code(2);
    assert!(run.stdout.contains("src/app.env:1:7"), "{run:?}");
    assert!(run.stderr.contains("cannot write the report to no/such/folder/a.sarif"), "{run:?}");
    assert!(run.stderr.contains("1 finding"), "the summary is there: {run:?}");
    assert_eq!(json(&dir, "b.json")["findings"].as_array().unwrap().len(), 1);

    // Nobody has seen the findings: standard error lists them.
    let run = dir.run(&["scan", "src", "-o", "no/such/folder/a.json", "--show-secrets"]);
    run.assert_code(2);
    assert!(run.stderr.contains("src/app.env:1:7"), "{run:?}");
    assert!(run.stderr.contains(&token), "{run:?}");
    let run = dir.run(&["scan", "src", "-f", "json", "--report", "csv=no/such/folder/a"]);
    run.assert_code(2);
    assert!(run.stderr.contains("src/app.env:1:7") && !run.stderr.contains(&token), "{run:?}");
    // The exit code of a clean scan, too.
    dir.file("clean/a", "nothing");
    dir.run(&["scan", "clean", "--report", "csv=no/such/folder/a"]).assert_code(2);
}

#[test]
fn mistakes_in_report_arguments() {
    let (dir, _) = with_token();
    for (arg, said) in [
        ("xml=a", "`xml` is no format: one of text, json, jsonl"),
        ("report", "the name says no format"),
        ("json=", "a file is missing"),
    ] {
        let run = dir.run(&["scan", "src", "--report", arg]);
        run.assert_code(2);
        assert!(run.stderr.contains(said), "{run:?}");
    }
    let help = dir.run(&["scan", "--help"]).stdout;
    assert!(help.contains("codequality") && help.contains("--report <[FORMAT=]FILE>"), "{help}");
}

#[cfg(unix)]
#[test]
fn raw_extracts_are_asked_for_and_private() {
    use std::os::unix::fs::PermissionsExt;

    let (dir, token) = with_token();
    let file = "gl-secret-detection-report.json";
    let run = dir.run(&[
        "scan",
        "src",
        "--report",
        file,
        "--report",
        "a.json",
        "--report",
        "b.csv",
        "--gitlab-raw-extract",
    ]);
    run.assert_code(1);
    let extract = json(&dir, file)["vulnerabilities"][0]["raw_source_code_extract"].clone();
    assert_eq!(extract, token);
    let mode = std::fs::metadata(dir.path().join(file)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // It is in no other report.
    for other in [&read(&dir, "a.json"), &read(&dir, "b.csv"), &run.stdout, &run.stderr] {
        assert!(!other.contains(&token[6..]), "{other}");
    }
    // Secrets that are shown elsewhere are not in it.
    dir.run(&["scan", "src", "--report", file, "--show-secrets"]).assert_code(1);
    assert!(!read(&dir, file).contains(&token[6..]));
    let run = dir.run(&["scan", "src", "--gitlab-raw-extract"]);
    run.assert_code(2);
    assert!(run.stderr.contains("add `--report gl-secret-detection-report.json`"), "{run:?}");
}

#[test]
fn reports_are_not_scanned() {
    let (dir, token) = with_token();
    dir.file("src/leaks.csv", &token);
    dir.run(&["scan", "src", "--report", "src/leaks.csv"]).assert_code(1);
    assert_eq!(read(&dir, "src/leaks.csv").lines().count(), 2);
}
