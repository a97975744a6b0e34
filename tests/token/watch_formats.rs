//! Calendars and gauges of `token watch`, read by strict readers of their own.

use std::collections::{BTreeMap, BTreeSet};

use gitlab_model::Fixture;
use serde_json::Value;

use super::rig::Rig;
use super::watch::rig;

/// A name that is hostile to each of the formats.
const HOSTILE: &str =
    "a;b,c\\d\"e\r\nEND:VEVENT\n# TYPE x gauge\nx 1 </script><img src=x>\u{20ac}\u{1f600}";

fn hostile() -> Rig {
    let mut fixture = Fixture::example();
    for token in &mut fixture.access_tokens {
        token.name = format!("{HOSTILE} {}", "\u{e4}".repeat(80));
    }
    rig(fixture)
}

/// The report in a format that needs no state. A later `--format` would be refused twice.
fn picture(rig: &Rig, format: &str, more: &[&str]) -> String {
    let mut args = vec!["token", "watch", "--instance", rig.model.url(), "--token-file", "me"];
    args.extend(["--whole-instance", "--format", format]);
    args.extend(more);
    let run = rig.dir.run(&args);
    run.assert_code(0).stdout.clone()
}

/// Entries that live and have an end, by kind and id.
fn ending(rig: &Rig) -> BTreeSet<String> {
    let report = rig.run("inventory", &["--whole-instance"]).assert_code(0).json();
    let is_ending = |row: &&Value| {
        !row["expires_at"].is_null() && ["active", "off"].contains(&row["state"].as_str().unwrap())
    };
    let rows = report["entries"].as_array().unwrap().iter().filter(is_ending);
    rows.map(|row| format!("{} {}", row["kind"].as_str().unwrap(), row["id"])).collect()
}

/// A component of a calendar: its properties, and those in it.
#[derive(Debug, Default)]
struct Component {
    name: String,
    properties: BTreeMap<String, String>,
    inner: Vec<Component>,
}

/// Reads a calendar as RFC 5545 has it.
fn calendar(text: &str) -> Component {
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "line ends");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "long lines");
    let mut open = vec![Component::default()];
    for line in text.replace("\r\n ", "").trim_end().split("\r\n") {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no property: {line}"));
        assert!(name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-'), "{line}");
        match name {
            "BEGIN" => open.push(Component { name: value.to_owned(), ..Component::default() }),
            "END" => {
                let done = open.pop().unwrap();
                assert_eq!(done.name, value);
                open.last_mut().unwrap().inner.push(done);
            }
            _ => {
                let old = open.last_mut().unwrap().properties.insert(name.into(), value.into());
                assert_eq!(old, None, "twice: {line}");
            }
        }
    }
    assert_eq!(open.len(), 1, "all are closed");
    let calendar = open.pop().unwrap().inner.pop().unwrap();
    assert_eq!(calendar.name, "VCALENDAR");
    assert_eq!(calendar.properties["VERSION"], "2.0");
    assert!(!calendar.inner.is_empty(), "a calendar has a component");
    calendar
}

fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    let mut plain = String::new();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next().unwrap() {
                'n' => plain.push('\n'),
                escaped @ ('\\' | ';' | ',') => plain.push(escaped),
                other => panic!("no escape: {other}"),
            },
            ';' | ',' => panic!("not escaped: {text}"),
            char => plain.push(char),
        }
    }
    plain
}

#[test]
fn a_calendar_has_each_end_once_with_its_alarms() {
    let rig = hostile();
    let read = calendar(&picture(&rig, "ical", &[]));
    let mut events = BTreeSet::new();
    for event in &read.inner {
        assert_eq!(event.name, "VEVENT");
        let about = unescaped(&event.properties["DESCRIPTION"]);
        let id = about.lines().find_map(|line| line.strip_prefix("Id: ")).unwrap();
        assert!(events.insert(format!("{} {id}", event.properties["CATEGORIES"])));
        assert!(event.properties["DTSTART"].ends_with("Z"));
        let triggers: Vec<&str> =
            event.inner.iter().map(|alarm| alarm.properties["TRIGGER"].as_str()).collect();
        assert_eq!(triggers, ["-P60D", "-P30D", "-P7D"]);
        if event.properties["CATEGORIES"].ends_with("access_token") {
            let title = unescaped(&event.properties["SUMMARY"]);
            assert!(title.contains(r#"a;b,c"#) && title.contains("END:VEVENT"), "{title}");
        }
    }
    assert_eq!(events, ending(&rig));
    let ids = |read: &Component| -> BTreeSet<String> {
        read.inner.iter().map(|event| event.properties["UID"].clone()).collect()
    };
    assert_eq!(ids(&read).len(), events.len(), "identities are told apart");
    assert_eq!(ids(&read), ids(&calendar(&picture(&rig, "ical", &["--days", "1"]))), "and stay");
    let empty = calendar(&picture(&rig, "ical", &["--kind", "webhook"]));
    assert!(empty.inner.iter().all(|component| component.name != "VEVENT"));
}

/// A sample of the text format: its name, labels, value.
fn sample(line: &str) -> (String, BTreeMap<String, String>, f64) {
    let (name, rest) = line.split_at(line.find(['{', ' ']).unwrap());
    let mut labels = BTreeMap::new();
    let mut chars = rest.strip_prefix('{').unwrap_or(rest).chars();
    if rest.starts_with('{') {
        loop {
            let label: String = chars.by_ref().take_while(|char| *char != '=').collect();
            assert!(label.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{line}");
            assert_eq!(chars.next(), Some('"'), "{line}");
            let mut value = String::new();
            loop {
                match chars.next().unwrap() {
                    '"' => break,
                    '\\' => value.push(match chars.next().unwrap() {
                        'n' => '\n',
                        escaped @ ('\\' | '"') => escaped,
                        other => panic!("no escape: {other}"),
                    }),
                    char => value.push(char),
                }
            }
            assert!(labels.insert(label, value).is_none(), "{line}");
            match chars.next() {
                Some(',') => {}
                Some('}') => break,
                other => panic!("{other:?}: {line}"),
            }
        }
    }
    let value = chars.as_str().trim_start();
    (name.to_owned(), labels, value.parse().unwrap_or_else(|_| panic!("no value: {line}")))
}

#[test]
fn gauges_are_read_as_prometheus_reads_them() {
    let rig = hostile();
    let text = picture(&rig, "prometheus", &["--webhook-without-secret"]);
    let (mut families, mut current) = (BTreeSet::new(), String::new());
    let (mut series, mut ends) = (BTreeSet::new(), BTreeSet::new());
    for line in text.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            current = help.split(' ').next().unwrap().to_owned();
            assert!(families.insert(current.clone()), "two families: {line}");
            continue;
        }
        if let Some(kind) = line.strip_prefix("# TYPE ") {
            assert_eq!(kind, format!("{current} gauge"));
            continue;
        }
        let (name, labels, value) = sample(line);
        assert_eq!(name, current, "a family stands together");
        assert!(series.insert(format!("{name}{labels:?}")), "twice: {line}");
        assert!(labels.values().all(|value| value.chars().count() <= 100), "{line}");
        match name.as_str() {
            "tokensieve_token_expires_timestamp_seconds" => {
                ends.insert(format!("{} {}", labels["kind"], labels["id"]));
                assert!(value > 1.7e9);
            }
            "tokensieve_violations" => {
                assert_eq!((labels["policy"].as_str(), value), ("webhook-without-secret", 1.0));
            }
            "tokensieve_inventory_complete" => assert_eq!(value, 1.0),
            _ => {}
        }
    }
    assert_eq!(ends, ending(&rig));
    let kinds = r#"tokensieve_tokens{kind="project_access_token",state="active"} 1"#;
    assert!(text.lines().any(|line| line == kinds), "{text}");
}

#[test]
fn what_is_not_complete_says_so_in_each_format() {
    let rig = hostile();
    rig.model.fault("500-json@GET:/groups/1/access_tokens".parse().unwrap());
    for format in ["ical", "prometheus"] {
        let mut args = vec!["token", "watch", "--instance", rig.model.url()];
        args.extend(["--token-file", "me", "--whole-instance", "--format", format]);
        let run = rig.dir.run(&args);
        assert!(run.assert_code(3).stderr.contains("GET /groups/:id/access_tokens"), "{run:?}");
        let says = run.stdout.contains("tokensieve_inventory_complete 0\n");
        assert_eq!(says, format == "prometheus");
    }
}
