//! What keeps findings from being reported, and what must not.

mod allowlists;
mod baselines;
mod comments;
mod ignore_files;
mod overlaps;
mod own_changes;
mod paths;
mod reports;
mod scope;

use crate::support::command::Run;

const ID: &str = "gitlab_personal_access_token";

/// Returns `rule:line` of each finding.
fn rules_and_lines(scan: &Run) -> Vec<String> {
    let findings = scan.findings();
    findings
        .iter()
        .map(|it| format!("{}:{}", it["rule_id"].as_str().unwrap(), it["start_line"]))
        .collect()
}
