//! `tokensieve rules bench`: which rule slows a scan down.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;
use ignore::WalkBuilder;
use tokensieve_core::{Confidence, RuleSet, Scanner};

use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::settings;

/// Larger files are left out: they tell no more about rules.
const MAX_FILE_LEN: u64 = 8 << 20;

/// What a rule has cost so far.
#[derive(Default)]
struct Cost {
    candidates: usize,
    time: Duration,
    found: usize,
}

/// Searches all files on one thread and prints the most costly rules. The built-in rules share a
/// prefilter, and each is tried at its own candidates; a rule of a file is searched for by itself,
/// since it may need no candidates.
pub(crate) fn run(paths: &[PathBuf], files: &[PathBuf], top: usize) -> Result<Exit> {
    let scanner = Scanner::new(&RuleSet::builtin());
    let mut own: Vec<(String, Scanner)> = Vec::new();
    for file in files {
        message::know_rule_file(file);
        let rules = settings::rules_of(file)?;
        for rule in rules.iter() {
            own.push((rule.id().to_owned(), Scanner::new(&rules.clone().only(&[rule.id()])?)));
        }
    }
    let mut costs: HashMap<String, Cost> = HashMap::new();
    let (mut bytes, mut count, mut prefilter) = (0, 0, Duration::ZERO);
    let mut walk = WalkBuilder::new(paths.first().map_or(".".as_ref(), PathBuf::as_path));
    for path in paths.iter().skip(1) {
        walk.add(path);
    }
    for entry in walk.standard_filters(false).follow_links(false).build() {
        let entry = entry?;
        let is_wanted = entry.file_type().is_some_and(|kind| kind.is_file())
            && entry.metadata().is_ok_and(|metadata| metadata.len() <= MAX_FILE_LEN);
        // `scan` reports files that cannot be read.
        let Some(text) = is_wanted.then(|| std::fs::read(entry.path()).ok()).flatten() else {
            continue;
        };
        count += 1;
        bytes += text.len() as u64;
        let start = Instant::now();
        let candidates = scanner.candidates(&text);
        prefilter += start.elapsed();
        for (rule, mut candidates) in scanner.candidates_by_rule(&candidates) {
            let cost = costs.entry(rule.id().to_owned()).or_default();
            cost.candidates += candidates.len();
            let start = Instant::now();
            scanner.scan_candidates(&text, &mut candidates, &mut |matched, _| {
                cost.found += usize::from(matched.confidence() >= Confidence::Possible);
            });
            cost.time += start.elapsed();
        }
        for (id, scanner) in &own {
            let cost = costs.entry(id.clone()).or_default();
            let start = Instant::now();
            cost.found += scanner.find(&text).len();
            cost.time += start.elapsed();
            cost.candidates += scanner.candidates(&text).len();
        }
    }
    let total: Duration = costs.values().map(|cost| cost.time).sum();
    let mut costs: Vec<(String, Cost)> = costs.into_iter().collect();
    costs.sort_by(|a, b| b.1.time.cmp(&a.1.time).then_with(|| a.0.cmp(&b.0)));
    output::to_stdout(|out| {
        writeln!(
            out,
            "{count} files, {bytes} bytes; prefilter {prefilter:.3?}, rules {total:.3?}"
        )?;
        writeln!(out, "{:>10}  {:>12}  {:>8}  rule", "time", "candidates", "found")?;
        costs.iter().take(top).try_for_each(|(id, cost)| {
            let time = format!("{:.3?}", cost.time);
            let id = message::clean(id);
            writeln!(out, "{time:>10}  {:>12}  {:>8}  {id}", cost.candidates, cost.found)
        })
    })?;
    Ok(Exit::Clean)
}
