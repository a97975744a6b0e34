//! `--match`: the leaks of a report.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tokensieve_core::{Redactor, escape};
use zeroize::Zeroizing;

use crate::gitlab::inventory::{Certainty, Entry, EntryState, Leak, Match};

/// No report is longer.
const LONGEST: u64 = 256 << 20;

/// The leaks of a report, and which of them have an entry.
#[derive(Default)]
pub(super) struct Leaks {
    leaks: Vec<Leak>,
    matched: BTreeSet<String>,
    /// Surely matched entries that are neither expired nor revoked.
    pub(super) alive: usize,
}

impl Leaks {
    /// Reads a report in JSON or JSON lines.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no report.
    pub(super) fn read(path: &Path, redactor: &Redactor) -> Result<Self> {
        let named = || format!("cannot read {}", path.display());
        // A report made with --show-secrets has secrets.
        let mut bytes = Zeroizing::new(Vec::new());
        let file = File::open(path).with_context(named)?;
        let len = file.metadata().map_or(0, |metadata| metadata.len().min(LONGEST));
        bytes.reserve_exact(usize::try_from(len).unwrap_or(0) + 1);
        file.take(LONGEST + 1).read_to_end(&mut bytes).with_context(named)?;
        if bytes.len() as u64 > LONGEST {
            bail!("{}: larger than 256 MiB", named());
        }
        let Some(rows) = rows(&bytes) else {
            bail!("{}: it is no report in JSON: see `token verify --format json`", named());
        };
        let clean = |mut leak: Leak| {
            leak.place = escape(redactor.redact(&leak.place).chars());
            leak
        };
        let leaks = rows.iter().filter_map(Leak::read).map(clean).collect();
        Ok(Self { leaks, ..Self::default() })
    }

    /// The leaks that an entry could be.
    pub(super) fn of(&mut self, entry: &Entry) -> Vec<Match> {
        let matches: Vec<Match> =
            self.leaks.iter().filter_map(|leak| leak.matches(entry)).collect();
        self.matched.extend(matches.iter().map(|found| found.secret_id.clone()));
        let is_sure = matches.iter().any(|found| found.certainty == Certainty::Sure);
        let is_dead = matches!(entry.state, EntryState::Expired | EntryState::Revoked);
        self.alive += usize::from(is_sure && !is_dead);
        matches
    }

    /// Where leaks were found that no entry is.
    pub(super) fn unmatched(&self) -> Vec<&str> {
        let is_left = |leak: &&Leak| !self.matched.contains(&leak.secret_id);
        self.leaks.iter().filter(is_left).map(|leak| leak.place.as_str()).collect()
    }
}

/// The tokens or findings of a report.
fn rows(text: &[u8]) -> Option<Vec<Value>> {
    if let Ok(Value::Object(mut report)) = serde_json::from_slice(text) {
        return match report.remove("tokens").or_else(|| report.remove("findings"))? {
            Value::Array(rows) => Some(rows),
            _ => None,
        };
    }
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    lines.map(|line| serde_json::from_slice(line).ok()).collect()
}
