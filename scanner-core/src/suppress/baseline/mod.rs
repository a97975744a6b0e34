//! Baselines: what was there when scanning began, or was found to be harmless since.
//!
//! An entry is a rule and the `secret_id` of a secret, so it stays true wherever the secret is
//! moved, and another secret is never meant. The first line names the key of the ids:
//!
//! ```text
//! tokensieve-baseline version=1 salt=00112233445566778899aabbccddeeff
//! gitlab_deploy_token 8899aabbccddeeff0011223344556677 reason="made up" expires=2026-12-31
//! ```
//!
//! Entries are sorted when they are written. When they are read, any order and entries that are
//! there twice are right: that is what a merge by git's `union` driver leaves.

use core::fmt;
use std::collections::{BTreeSet, HashSet};

use serde::Deserialize;

use crate::error::{Error, ErrorKind};
use crate::fingerprint::{FingerprintKey, Id};
use crate::rules::regex::parse;
use crate::rules::rule::Rule;
use crate::suppress::allowlist::Date;
use crate::suppress::glob;

const MAGIC: &str = "tokensieve-baseline";
const VERSION: &str = "1";
const SALT_LEN: usize = 16;
const COMMENT: &str = "# Secrets that are known. One line each: rule, keyed id of the secret. See \
                       docs/formats.md of Tokensieve.";

/// What the ids of a baseline are made with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BaselineKey {
    /// With this salt. It stands in the file, so it makes guessing slower and no more.
    Salt([u8; SALT_LEN]),
    /// With a key that is kept elsewhere, and that has this [`FingerprintKey::check`].
    Elsewhere(Id),
}

impl BaselineKey {
    /// The key, given the one that is kept elsewhere. None if that is another one.
    #[must_use]
    pub fn key(&self, elsewhere: Option<&FingerprintKey>) -> Option<FingerprintKey> {
        match self {
            Self::Salt(salt) => FingerprintKey::new(salt).ok(),
            Self::Elsewhere(check) => elsewhere.filter(|key| key.check() == *check).cloned(),
        }
    }
}

/// A secret that is known.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct BaselineEntry {
    /// The id of the rule.
    pub rule: String,
    /// The secret.
    pub secret: Id,
    /// Where it is known, as a pattern of `.gitignore`; everywhere without one.
    pub path: Option<String>,
    /// Why it is there.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// From the day after this one on it silences nothing.
    pub expires: Option<Date>,
    /// Its line in the file, from 1; 0 for one that is in no file yet.
    pub at: usize,
}

impl BaselineEntry {
    /// An entry without more.
    #[must_use]
    pub fn new(rule: &str, secret: Id) -> Self {
        Self {
            rule: rule.to_owned(),
            secret,
            path: None,
            reason: None,
            owner: None,
            expires: None,
            at: 0,
        }
    }

    /// Whether its day is over.
    #[must_use]
    pub fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|expires| expires < today)
    }

    /// Whether it is about a secret that a rule has found at a path.
    #[must_use]
    pub fn is_about(&self, rule: &Rule, secret: Id, path: &[u8]) -> bool {
        self.secret == secret
            && rule.is_called(self.rule.as_bytes())
            && self.path.as_deref().is_none_or(|glob| fits(glob, path))
    }
}

fn fits(glob: &str, path: &[u8]) -> bool {
    let regex = glob::to_regex(glob).and_then(|regex| parse(&regex).ok());
    let compiled =
        regex.and_then(|hir| regex_automata::meta::Regex::builder().build_from_hir(&hir).ok());
    compiled.is_some_and(|regex| regex.is_match(path))
}

impl fmt::Display for BaselineEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.rule, self.secret)?;
        for (key, value) in [("path", &self.path), ("reason", &self.reason), ("owner", &self.owner)]
        {
            if let Some(value) = value {
                write!(f, " {key}={}", serde_json::Value::from(value.as_str()))?;
            }
        }
        self.expires.iter().try_for_each(|date| write!(f, " expires={date}"))
    }
}

/// A list of secrets that are known.
///
/// ```
/// use tokensieve_core::{Secret};
/// use tokensieve_core::suppression::{Baseline, BaselineEntry, BaselineKey};
///
/// let key = BaselineKey::Salt([7; 16]);
/// let id = key.key(None).unwrap().secret_id(&Secret::new(b"hunter2"));
/// let mut baseline = Baseline::new(key);
/// baseline.extend([BaselineEntry::new("some_rule", id)]);
/// let text = baseline.to_string();
/// assert_eq!(Baseline::read("b", &text)?.to_string(), text);
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Baseline {
    key: BaselineKey,
    entries: Vec<BaselineEntry>,
}

impl Baseline {
    /// One without entries.
    #[must_use]
    pub fn new(key: BaselineKey) -> Self {
        Self { key, entries: Vec::new() }
    }

    /// Reads a file; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// It is no baseline, one of another version, or has a broken line; with the line.
    pub fn read(name: &str, text: &str) -> Result<Self, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut key: Option<BaselineKey> = None;
        let mut entries = Vec::new();
        for (at, line) in (1..).zip(text.lines()) {
            let wrong = |message: String| Error::new(ErrorKind::Suppression, message).at(name, at);
            let line = line.trim_end();
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
                .iter()
                .any(|marker| line.starts_with(marker))
            {
                return Err(wrong(
                    "a merge left a conflict here: keep the lines of both sides and take the \
                     markers out; with \
                     `.tokensieve.baseline merge=union` in .gitattributes git does so by itself"
                        .to_owned(),
                ));
            }
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.split(' ').next() == Some(MAGIC) {
                let found = header(line).map_err(wrong)?;
                if key.is_some_and(|key| key != found) {
                    return Err(wrong(
                        "a second key: two baselines that were created apart cannot be merged; \
                         keep one of them, then \
                         run `tokensieve baseline update`"
                            .to_owned(),
                    ));
                }
                key = Some(found);
            } else if key.is_none() {
                return Err(wrong(format!(
                    "a baseline starts with `{MAGIC} version={VERSION} salt=...`"
                )));
            } else {
                entries.push(BaselineEntry { at, ..entry(line).map_err(wrong)? });
            }
        }
        let key = key.ok_or_else(|| {
            let message = format!(
                "a baseline starts with `{MAGIC} version={VERSION} salt=...`, and there \
                         is no such line"
            );
            Error::new(ErrorKind::Suppression, message).at(name, 1)
        })?;
        Ok(Self { key, entries })
    }

    /// What its ids are made with.
    #[must_use]
    pub fn key(&self) -> BaselineKey {
        self.key
    }

    /// The entries, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[BaselineEntry] {
        &self.entries
    }

    /// Adds entries, each unless the same one is there.
    pub fn extend(&mut self, entries: impl IntoIterator<Item = BaselineEntry>) {
        let identity =
            |entry: &BaselineEntry| (entry.rule.clone(), entry.secret, entry.path.clone());
        let mut known: HashSet<_> = self.entries.iter().map(identity).collect();
        self.entries.extend(entries.into_iter().filter(|entry| known.insert(identity(entry))));
    }

    /// Keeps the entries that `is_kept` says yes to.
    pub fn retain(&mut self, is_kept: impl FnMut(&BaselineEntry) -> bool) {
        self.entries.retain(is_kept);
    }
}

/// The form in which it is written: sorted, each line once.
impl fmt::Display for Baseline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{MAGIC} version={VERSION} ")?;
        match &self.key {
            BaselineKey::Salt(salt) => {
                f.write_str("salt=")?;
                salt.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
            }
            BaselineKey::Elsewhere(check) => write!(f, "key={check}")?,
        }
        writeln!(f, "\n{COMMENT}")?;
        let lines: BTreeSet<String> = self.entries.iter().map(ToString::to_string).collect();
        lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

fn header(line: &str) -> Result<BaselineKey, String> {
    let (mut version, mut key) = (None, None);
    for (name, value) in fields(&line[MAGIC.len()..])? {
        match name {
            "version" => version = Some(value),
            "salt" | "key" if key.is_some() => return Err("there is one key only".to_owned()),
            "salt" => {
                let salt: Id =
                    value.parse().map_err(|_| "the salt is 32 hexadecimal digits".to_owned())?;
                key = Some(BaselineKey::Salt(*salt.as_bytes()));
            }
            "key" => {
                key = Some(BaselineKey::Elsewhere(
                    value.parse().map_err(|error: Error| error.to_string())?,
                ))
            }
            // A later version can have more to say, and its number is what is to be told then.
            _ if version.as_deref().is_some_and(|version| version != VERSION) => break,
            _ => return Err(format!("unknown key `{name}`")),
        }
    }
    match version.as_deref() {
        None => Err(format!("the version is missing: `version={VERSION}`")),
        Some(VERSION) => {
            key.ok_or_else(|| "the salt is missing: `salt=` and 32 hexadecimal digits".to_owned())
        }
        Some(other) => Err(format!(
            "version {other} is not known to this program, which reads version {VERSION}"
        )),
    }
}

fn entry(line: &str) -> Result<BaselineEntry, String> {
    let mut words = line.splitn(3, ' ');
    let (rule, id) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    if rule.is_empty() || !rule.bytes().all(is_id) {
        return Err("a line starts with the id of a rule".to_owned());
    }
    let secret = id.parse().map_err(|_| {
        "behind the rule comes the id of a secret, 32 hexadecimal digits".to_owned()
    })?;
    let mut entry = BaselineEntry::new(rule, secret);
    for (name, value) in fields(words.next().unwrap_or_default())? {
        let is_twice = match name {
            "path" => {
                if glob::to_regex(&value).is_none() {
                    return Err(format!("`{}` is no pattern of paths", value.escape_debug()));
                }
                entry.path.replace(value).is_some()
            }
            "reason" => entry.reason.replace(value).is_some(),
            "owner" => entry.owner.replace(value).is_some(),
            "expires" => entry
                .expires
                .replace(value.parse().map_err(|error: Error| error.to_string())?)
                .is_some(),
            _ => {
                return Err(format!(
                    "unknown key `{name}`; there are path, reason, owner and expires"
                ));
            }
        };
        if is_twice {
            return Err(format!("`{name}` is there twice"));
        }
    }
    Ok(entry)
}

/// Reads `key=value key="value"`.
fn fields(text: &str) -> Result<Vec<(&str, String)>, String> {
    let mut fields = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (name, value) =
            rest.split_once('=').ok_or_else(|| "what follows is written `key=value`".to_owned())?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err("what follows is written `key=value`".to_owned());
        }
        if value.starts_with('"') {
            let mut values = serde_json::Deserializer::from_str(value).into_iter::<String>();
            let Some(Ok(text)) = values.next() else {
                return Err(format!("the text of `{name}` is not closed"));
            };
            rest = &value[values.byte_offset()..];
            fields.push((name, text));
        } else {
            let end = value.find(' ').unwrap_or(value.len());
            fields.push((name, value[..end].to_owned()));
            rest = &value[end..];
        }
        if !rest.is_empty() && !rest.starts_with(' ') {
            return Err(format!("a blank is missing behind `{name}`"));
        }
        rest = rest.trim_start();
    }
    Ok(fields)
}

/// A finding in a report of gitleaks, which serves it as a baseline.
///
/// There is no `Debug`: it holds a secret.
#[derive(Clone, Deserialize)]
pub struct GitleaksFinding {
    #[serde(rename = "RuleID")]
    rule: String,
    #[serde(rename = "Secret", default)]
    secret: String,
    #[serde(rename = "File", default)]
    path: String,
    #[serde(rename = "StartLine", default)]
    line: usize,
    #[serde(rename = "Commit", default)]
    commit: String,
}

impl GitleaksFinding {
    /// The id of the rule, of gitleaks.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The path, with slashes.
    #[must_use]
    pub fn path(&self) -> &[u8] {
        self.path.as_bytes()
    }

    /// The line where it starts, from 1; 0 if the report does not say so.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The secret, unless the report was redacted.
    #[must_use]
    pub fn secret(&self) -> Option<&[u8]> {
        let is_redacted =
            self.secret.is_empty() || self.secret == "REDACTED" || self.secret.ends_with("...");
        (!is_redacted).then_some(self.secret.as_bytes())
    }

    /// Whether it is about a secret at a place: the same secret, wherever it is now. Where the
    /// report was redacted, the same line of the same file and commit.
    #[must_use]
    pub fn is_about(
        &self,
        rule: &Rule,
        secret: &[u8],
        paths: &[&[u8]],
        lines: [usize; 2],
        commit: Option<&str>,
    ) -> bool {
        rule.is_called(self.rule.as_bytes())
            && match self.secret() {
                Some(own) => own == secret,
                None => {
                    paths.contains(&self.path.as_bytes())
                        && lines.contains(&self.line)
                        && commit.unwrap_or_default().eq_ignore_ascii_case(&self.commit)
                }
            }
    }
}

/// A report of gitleaks in JSON.
///
/// ```
/// use tokensieve_core::suppression::GitleaksReport;
///
/// let text = r#"[{"RuleID": "gitlab-pat", "Secret": "hunter2"}]"#;
/// let report = GitleaksReport::read("b.json", text)?;
/// assert_eq!(report.findings[0].rule(), "gitlab-pat");
/// let error = GitleaksReport::read("b.json", "[\n{]").err().unwrap();
/// assert!(error.to_string().starts_with("b.json:2: "));
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone)]
pub struct GitleaksReport {
    /// What it lists.
    pub findings: Vec<GitleaksFinding>,
}

impl GitleaksReport {
    /// Whether a text looks like one, rather than like a baseline of our own.
    #[must_use]
    pub fn is_one(text: &str) -> bool {
        let text = text.trim_start_matches('\u{feff}').trim();
        text.starts_with('[') || text == "null"
    }

    /// Reads a report; `name` is what errors call it. Backslashes in its paths are slashes.
    ///
    /// # Errors
    ///
    /// It is not such a report; with the line.
    pub fn read(name: &str, text: &str) -> Result<Self, Error> {
        let text = text.trim_start_matches('\u{feff}');
        // Old versions of gitleaks wrote `null` where there was nothing.
        let findings: Option<Vec<GitleaksFinding>> =
            serde_json::from_str(text).map_err(|error| {
                // The message can quote what it read, which is a secret.
                let what = match error.classify() {
                    serde_json::error::Category::Data => {
                        "has no findings of the form that gitleaks writes"
                    }
                    _ => "is not JSON",
                };
                Error::new(ErrorKind::Suppression, format!("this report {what}"))
                    .at(name, error.line())
            })?;
        let mut findings = findings.unwrap_or_default();
        for finding in &mut findings {
            let path = finding.path.replace('\\', "/");
            finding.path = path.strip_prefix("./").unwrap_or(&path).to_owned();
        }
        Ok(Self { findings })
    }

    /// Replaces absolute paths, also those of Windows, by what `from_root` makes of them. One that
    /// it does not know is kept, and is about no file of the tree.
    pub fn relocate(&mut self, mut from_root: impl FnMut(&str) -> Option<String>) {
        for finding in &mut self.findings {
            let is_on_drive = finding.path.get(1..).is_some_and(|rest| rest.starts_with(":/"));
            if (finding.path.starts_with('/') || is_on_drive)
                && let Some(path) = from_root(&finding.path)
            {
                finding.path = path;
            }
        }
    }
}

#[cfg(test)]
mod tests;
