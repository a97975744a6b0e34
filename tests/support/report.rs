//! Reads JSON reports. Every function panics, with the whole run, where the report lacks a key.

#![cfg_attr(
    not(all(feature = "archives", feature = "git")),
    allow(dead_code, reason = "the tests of archives and git are the only users of some readers")
)]

use serde_json::Value;

use super::command::Run;

impl Run {
    /// Returns standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Returns the findings in the report's order.
    pub(crate) fn findings(&self) -> Vec<Value> {
        list(&self.json()["findings"])
    }

    /// Returns the only finding. Panics unless there is exactly one.
    pub(crate) fn finding(&self) -> Value {
        let mut findings = self.findings();
        assert_eq!(findings.len(), 1, "{self:?}");
        findings.remove(0)
    }

    /// Returns the path of each finding.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.findings().iter().map(|finding| text(&finding["path"])).collect()
    }

    /// Returns `path:line` of each finding, followed by ` (old)` where it is not new.
    pub(crate) fn locations(&self) -> Vec<String> {
        let location = |finding: &Value| {
            let old = if finding["new"] == false { " (old)" } else { "" };
            format!("{}:{}{old}", text(&finding["path"]), finding["start_line"])
        };
        self.findings().iter().map(location).collect()
    }

    /// Returns the coverage record.
    pub(crate) fn coverage(&self) -> Value {
        self.json()["coverage"].clone()
    }

    /// Returns a number of the coverage record.
    pub(crate) fn coverage_count(&self, key: &str) -> u64 {
        self.coverage()[key].as_u64().unwrap_or_else(|| panic!("{key}: {self:?}"))
    }

    /// Returns how many files were read, not counting those that were skipped.
    pub(crate) fn files_scanned(&self) -> u64 {
        self.coverage_count("files_scanned")
    }

    /// Returns whether the report says that nothing is missing.
    pub(crate) fn is_complete(&self) -> bool {
        self.coverage()["complete"].as_bool().unwrap()
    }

    /// Returns how often something was skipped for a reason, and the examples that are named.
    pub(crate) fn skipped(&self, reason: &str) -> (u64, Vec<String>) {
        self.coverage_entry("skipped", "reason", reason)
    }

    /// Returns how often something was skipped for a reason.
    pub(crate) fn skipped_count(&self, reason: &str) -> u64 {
        self.skipped(reason).0
    }

    /// Returns how many paths of a kind (`archive`, `submodule`) were not opened, and the examples.
    pub(crate) fn unopened(&self, kind: &str) -> (u64, Vec<String>) {
        self.coverage_entry("unopened", "kind", kind)
    }

    /// Returns how many findings were suppressed for a reason.
    pub(crate) fn suppressed_count(&self, reason: &str) -> u64 {
        self.coverage_entry("suppressed", "reason", reason).0
    }

    /// Returns the count and the examples of the entry of a coverage list whose `key` is `value`.
    /// Both are empty where there is no such entry.
    fn coverage_entry(&self, name: &str, key: &str, value: &str) -> (u64, Vec<String>) {
        let entries = list(&self.coverage()[name]);
        let Some(entry) = entries.iter().find(|entry| entry[key] == value) else {
            return (0, Vec::new());
        };
        // Suppressions have no examples.
        let examples = entry["examples"].as_array().map_or(&[][..], Vec::as_slice);
        (entry["count"].as_u64().unwrap(), examples.iter().map(text).collect())
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}")).clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
