//! Files as real programs write them, each with all that must be found in it.
//!
//! The files are in `tests/samples`, with placeholders for secrets, so that no scanner takes them
//! for leaks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::support::command::Dir;
use crate::support::placeholders::fill_placeholders;

/// A file, and what is found in it: the rule, the line, and the secret with placeholders as in the
/// file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    file: String,
    /// Its usual name, where the name of the sample is another one.
    name: Option<String>,
    #[serde(default)]
    found: Vec<Expected>,
    /// Found only because something is decoded.
    #[serde(default)]
    decoded: Vec<Expected>,
    /// Found only where nothing is decoded.
    #[serde(default)]
    as_it_is: Vec<Expected>,
}

/// The rule, the line, the secret.
type Expected = (String, u64, String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    samples: Vec<Sample>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn manifest() -> Vec<Sample> {
    toml::from_str::<Manifest>(&read("manifest.toml"))
        .unwrap_or_else(|error| panic!("{error}"))
        .samples
}

/// What is found in each file, in order.
type Findings = BTreeMap<String, Vec<(u64, String, String)>>;

fn scan(dir: &Dir, args: &[&str]) -> Findings {
    let run = dir.run(&[&["scan", "-f", "json", "--show-secrets"], args, &["."]].concat());
    run.assert_code(1);
    let mut found = Findings::new();
    for finding in run.json()["findings"].as_array().unwrap() {
        let text = |key: &str| {
            finding[key].as_str().unwrap_or_else(|| panic!("no {key} in {finding}")).to_owned()
        };
        let line = finding["start_line"].as_u64().unwrap();
        found.entry(text("path")).or_default().push((line, text("rule_id"), text("secret")));
    }
    found.values_mut().for_each(|found| found.sort());
    found
}

/// Compares with what the samples are expected to hold.
fn check(
    found: &Findings,
    samples: &[Sample],
    expected: impl Fn(&Sample) -> Vec<&Expected>,
) -> Vec<String> {
    let mut problems = Vec::new();
    for sample in samples {
        let name = sample.name.as_ref().unwrap_or(&sample.file);
        let mut expected: Vec<_> = expected(sample)
            .into_iter()
            .map(|(rule, line, secret)| {
                (*line, rule.clone(), fill_placeholders(&sample.file, secret))
            })
            .collect();
        expected.sort();
        let found = found.get(name).map_or(&[][..], Vec::as_slice);
        let more = found
            .iter()
            .filter(|found| !expected.contains(found))
            .map(|found| format!("{name}: also {found:?}"));
        let less = expected
            .iter()
            .filter(|wanted| !found.contains(wanted))
            .map(|found| format!("{name}: no {found:?}"));
        problems.extend(more.chain(less));
        if problems.is_empty() {
            assert_eq!(found.len(), expected.len(), "{name}: the same twice");
        }
    }
    problems
}

#[test]
fn all_that_is_in_them_and_nothing_else_is_found() {
    let samples = manifest();
    let dir = Dir::new();
    for sample in &samples {
        let name = sample.name.as_ref().unwrap_or(&sample.file);
        dir.file(name, fill_placeholders(&sample.file, &read(&sample.file)));
    }
    let decoded = check(&scan(&dir, &[]), &samples, |sample| {
        sample.found.iter().chain(&sample.decoded).collect()
    });
    let as_it_is = check(&scan(&dir, &["--decode-depth", "0"]), &samples, |sample| {
        sample.found.iter().chain(&sample.as_it_is).collect()
    });
    assert!(
        decoded.is_empty() && as_it_is.is_empty(),
        "{decoded:#?}\nwith nothing decoded: {as_it_is:#?}"
    );
}

#[test]
fn each_file_is_in_the_manifest_once() {
    let mut named: Vec<String> = manifest().into_iter().map(|sample| sample.file).collect();
    named.push("manifest.toml".to_owned());
    named.sort();
    let mut there: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort();
    assert_eq!(there, named);
}

/// Nobody who scans this repository is alarmed by them.
#[test]
fn nothing_is_found_in_the_files_with_placeholders() {
    let dir = Dir::new();
    for sample in manifest() {
        dir.file(&sample.file, read(&sample.file));
    }
    dir.run(&["scan", "."]).assert_code(0);
}

/// A token that a standard publishes is no finding; one beside it is.
#[test]
fn published_examples_hide_nothing() {
    let dir = Dir::new();
    let token = fill_placeholders("a", "<<base62:40>>");
    let header = ["Authorization: Basic QWxhZGRp", "bjpvcGVuIHNlc2FtZQ==\r\n"].concat();
    let grant = [
        "{\"access_token\":\"2YotnFZF",
        "Ejr1zCsicMWpAA\",\"refresh_token\":\"tGzv3JOk",
        "F0XG5Qx2TlKWIA\"}",
    ]
    .concat();
    dir.file("a", format!("{header}{grant}\n"));
    dir.run(&["scan", "."]).assert_code(0);
    dir.file(
        "a",
        format!(
            "{header}{}\napi_key={token}\n",
            grant.replace('}', &format!(",\"client_secret\":\"{token}\"}}"))
        ),
    );
    let found = scan(&dir, &[]);
    let lines: Vec<u64> = found["a"].iter().map(|(line, _, _)| *line).collect();
    assert_eq!(lines, [2, 3], "{found:?}");
    // A part of another secret does not make it an example.
    dir.file("a", format!("api_key=2YotnFZF{}{token}\n", "Ejr1zCsicMWpAA"));
    dir.run(&["scan", "."]).assert_code(1);
}
