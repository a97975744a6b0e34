//! Where tokens come from: text with tokens in it, or a findings report that shows them.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args as ClapArgs;
use serde_json::Value;
use tokensieve_core::{Confidence, Facts, FingerprintKey, Id, RuleSet, Scanner, Secret};
use zeroize::Zeroizing;

use crate::cli::settings;
use crate::gitlab::{Token, hosts_near};

/// Larger inputs are for `scan --verify`.
const LONGEST: u64 = 256 << 20;
const STDIN: &str = "-";
/// The most places of one secret that are reported.
const MOST_PLACES: usize = 10;

#[derive(ClapArgs, Debug)]
pub(super) struct TokenInput {
    /// Files with tokens in any text, or findings reports in JSON made with --show-secrets; `-` is
    /// standard input.
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,

    /// A token prefix of your GitLab instance: one that replaces `glpat-`, or one that stands
    /// before all `gl...-`. Repeatable.
    #[arg(long = "gitlab-prefix", value_name = "PREFIX")]
    pub(super) gitlab_prefixes: Vec<String>,
}

/// A distinct token with where it was found.
pub(super) struct Found {
    pub(super) token: Token,
    pub(super) redacted: String,
    pub(super) secret_id: Id,
    pub(super) confidence: Confidence,
    /// File and line, from 1, of its first places.
    pub(super) places: Vec<(String, u64)>,
    /// Hosts in the text near it.
    pub(super) hosts: Vec<String>,
}

/// All tokens of an input, each distinct secret once.
pub(super) struct Tokens {
    pub(super) scanner: Scanner,
    pub(super) found: Vec<Found>,
    rules: RuleSet,
    key: FingerprintKey,
    row_of: HashMap<Id, usize>,
}

impl Tokens {
    /// Reads all files.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or is a report without secrets.
    pub(super) fn read(input: &TokenInput) -> Result<Self> {
        let rules = RuleSet::builtin();
        let mut builder = Scanner::builder();
        let scanner =
            builder.gitlab_prefixes(input.gitlab_prefixes.iter().cloned()).build(&rules)?;
        let key = settings::key::from_environment()?.unwrap_or_default();
        let mut tokens = Self { scanner, found: Vec::new(), rules, key, row_of: HashMap::new() };
        for file in &input.files {
            let bytes = read(file)?;
            let is_stdin = file.as_os_str() == STDIN;
            let name = if is_stdin { "<stdin>".into() } else { file.to_string_lossy() };
            match findings(&bytes) {
                Some(findings) => tokens.add_findings(&name, &findings)?,
                None => tokens.add_text(&name, &bytes),
            }
        }
        Ok(tokens)
    }

    fn add_text(&mut self, name: &str, text: &[u8]) {
        let shown = self.scanner.redactor().redact(name);
        let scanner = self.scanner.clone();
        scanner.scan(text, &mut |located| {
            let matched = &located.matched;
            if matched.confidence() < Confidence::Possible {
                return;
            }
            let rule = matched.rule();
            let secret = located.secret.clone();
            let Some(token) = Token::new(rule, secret, matched.facts().clone()) else { return };
            let identity = self.key.file(name.as_bytes()).next(rule, token.secret());
            let found = Found {
                redacted: located.excerpt.redacted.clone(),
                secret_id: identity.secret_id,
                confidence: matched.confidence(),
                places: vec![(shown.clone(), located.start.line as u64)],
                hosts: hosts_near(text, matched.span().range()),
                token,
            };
            self.add(found);
        });
    }

    fn add_findings(&mut self, name: &str, findings: &[Value]) -> Result<()> {
        for (at, finding) in findings.iter().enumerate() {
            let text = |key: &str| finding.get(key).and_then(Value::as_str).unwrap_or_default();
            // A rule of the user's own is about no GitLab token that this program knows.
            let Some(rule) = self.rules.get(text("rule_id")) else { continue };
            let Some(secret) = secret(finding) else {
                bail!(
                    "{name}: finding {} has no secret: make the report with --show-secrets",
                    at + 1
                );
            };
            let facts = self.facts(rule.id(), &secret);
            let Some(token) = Token::new(rule, secret, facts) else { continue };
            let path = self.scanner.redactor().redact(text("path"));
            let line = finding.get("start_line").and_then(Value::as_u64).unwrap_or(1);
            let identity = self.key.file(path.as_bytes()).next(rule, token.secret());
            self.add(Found {
                redacted: redacted(&token),
                secret_id: identity.secret_id,
                confidence: text("confidence").parse().unwrap_or(Confidence::Possible),
                places: vec![(path, line)],
                hosts: Vec::new(),
                token,
            });
        }
        Ok(())
    }

    /// What a token tells; a report is not trusted to tell it.
    fn facts(&self, rule_id: &str, secret: &Secret) -> Facts {
        let matches = self.scanner.find(secret.expose());
        let whole = matches.iter().find(|matched| {
            matched.rule().id() == rule_id && matched.span().len() == secret.expose().len()
        });
        whole.map(|matched| matched.facts().clone()).unwrap_or_default()
    }

    /// Adds a token, or a place to one that is there. Of two guesses the surer one stays.
    fn add(&mut self, found: Found) {
        let id = self.key.secret_id(found.token.secret());
        let Some(row) = self.row_of.get(&id) else {
            self.row_of.insert(id, self.found.len());
            self.found.push(found);
            return;
        };
        let known = &mut self.found[*row];
        let mut places = std::mem::take(&mut known.places);
        let mut hosts = std::mem::take(&mut known.hosts);
        places.extend(found.places.iter().cloned());
        places.truncate(MOST_PLACES);
        hosts.extend(found.hosts.iter().filter(|host| !known_host(&known.hosts, host)).cloned());
        if found.token.is_sure_of_kind() && !known.token.is_sure_of_kind() {
            *known = found;
        }
        hosts.sort();
        hosts.dedup();
        (known.places, known.hosts) = (places, hosts);
    }
}

fn known_host(hosts: &[String], host: &str) -> bool {
    hosts.iter().any(|known| known == host)
}

fn redacted(token: &Token) -> String {
    match token.prefix() {
        "" => "[redacted]".to_owned(),
        prefix => format!("{prefix}..."),
    }
}

fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>> {
    let named = || format!("cannot read {}", file.display());
    let mut bytes = Zeroizing::new(Vec::new());
    if file.as_os_str() == STDIN {
        io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes).with_context(named)?;
    } else {
        let opened = File::open(file).with_context(named)?;
        // A buffer that grows leaves copies behind.
        let len = opened.metadata().map_or(0, |metadata| metadata.len().min(LONGEST));
        bytes.reserve_exact(usize::try_from(len).unwrap_or(0) + 1);
        opened.take(LONGEST + 1).read_to_end(&mut bytes).with_context(named)?;
    }
    if bytes.len() as u64 > LONGEST {
        bail!("{} is larger than 256 MiB: use `tokensieve scan --verify`", file.display());
    }
    Ok(bytes)
}

/// The findings of a report, where the text is one: JSON or JSON lines.
fn findings(text: &[u8]) -> Option<Vec<Value>> {
    if !text.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    if let Ok(Value::Object(mut report)) = serde_json::from_slice(text) {
        report.get("version")?.as_u64()?;
        return match report.remove("findings")? {
            Value::Array(findings) => Some(findings),
            _ => None,
        };
    }
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let mut findings = Vec::new();
    let mut has_coverage = false;
    for line in lines {
        let line: Value = serde_json::from_slice(line).ok()?;
        match line.get("type")?.as_str()? {
            "finding" => findings.push(line),
            "coverage" => has_coverage = true,
            _ => return None,
        }
    }
    has_coverage.then_some(findings)
}

fn secret(finding: &Value) -> Option<Secret> {
    if let Some(bytes) = finding.get("secret_bytes").and_then(Value::as_str) {
        return Some(Secret::new(&Zeroizing::new(STANDARD.decode(bytes).ok()?)));
    }
    Some(Secret::new(finding.get("secret")?.as_str()?.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_told_from_other_text() {
        let is_report = |text: &str| findings(text.as_bytes()).map(|findings| findings.len());
        assert_eq!(is_report(r#"{"version":1,"findings":[{"a":1}],"coverage":{}}"#), Some(1));
        let lines = "{\"type\":\"finding\"}\n{\"type\":\"coverage\",\"version\":1}\n";
        assert_eq!(is_report(lines), Some(1));
        for text in
            ["", "text", "{", "{}", r#"{"findings":[]}"#, r#"{"version":1}"#, "{\"a\":1}\n{}"]
        {
            assert_eq!(is_report(text), None, "{text}");
        }
    }
}
