//! `tokensieve audit`

use anyhow::{Context, Result};
use tokensieve_core::escape;

use super::args::AuditArgs;
use super::baseline::look;
use super::config::Loaded;
use super::exit::Exit;
use super::known::{self, Comments, TreeFiles};
use super::settings::{self, Settings};
use super::{output, scan, summary};
use crate::source::Root;

/// Scans everything, and tells which suppressions were of no use.
pub(super) fn run(args: &AuditArgs) -> Result<Exit> {
    let survey = &args.survey;
    let root = Root::of(&survey.path).with_context(|| format!("cannot scan {}", survey.path.display()))?;
    let roots = std::slice::from_ref(&root);
    let common = survey.common();
    let loaded = settings::configuration(&common, || Loaded::find(roots))?;
    let mut files = TreeFiles::of_folders(&common, roots)?;
    let mut settings = Settings::resolve(&common, &loaded, &files, Comments::Honoured)?;
    let own_key = settings::key()?;
    let (suppressions, _) = known::suppressions(&common, &loaded, &files, Comments::Honoured, own_key.as_ref())?;
    settings.options.suppressions = std::sync::Arc::new(suppressions.for_audit());
    files.on_disk.extend(common.baseline.clone());
    let walk = scan::walk(&survey.input(), &settings, &loaded, &files);
    let has_history = cfg!(feature = "git") && !args.no_history && root.path().join(".git").exists();
    let outcome = look(survey, &settings, &walk, has_history)?;

    let suppressions = &settings.options.suppressions;
    let mut unused = suppressions.unused(has_history);
    unused.sort();
    let redactor = settings.scanner.redactor();
    output::to_stdout(|out| {
        unused.iter().try_for_each(|unused| {
            let line = format!("{}: {}: {}", unused.place, unused.kind.as_str(), unused.why);
            writeln!(out, "{}", escape(redactor.redact(&line).chars()))
        })
    })?;
    let mut text = format!("{} of {} suppressions are not needed any more\n", unused.len(), suppressions.count());
    summary::gaps(&outcome.coverage, &mut text);
    eprint!("{text}");
    Ok(if args.deny_unused && !unused.is_empty() {
        Exit::Findings(1)
    } else if outcome.coverage.is_complete() {
        Exit::Clean
    } else {
        Exit::Incomplete
    })
}
