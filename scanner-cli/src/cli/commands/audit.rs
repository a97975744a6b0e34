//! `tokensieve audit`

use crate::cli::survey::{SurveyArgs, scan_everything};
use clap::{Args as ClapArgs, ValueEnum};
use std::io::{self, Write};

use anyhow::{Context, Result};
use serde::Serialize;
use tokensieve_core::report::write_json;
use tokensieve_core::{Coverage, Redactor};

use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::output::summary;
use crate::cli::settings::config::Loaded;
use crate::cli::settings::suppressions::{self, Comments, TreeFiles};
use crate::cli::settings::walk::walk;
use crate::cli::settings::{self, Settings, key};
use crate::pipeline::shown_path;
use crate::pipeline::suppress::Unused;
use crate::source::Root;

/// Find suppressions that match nothing any more: comments, allowlists, baselines, ignore files.
///
/// The files are scanned, and the whole history where there is one.
#[derive(ClapArgs, Debug)]
pub(crate) struct AuditArgs {
    #[command(flatten)]
    pub(crate) survey: SurveyArgs,

    /// Look at the files only. What is about commits is not judged then.
    #[arg(long)]
    pub(crate) no_history: bool,

    /// End with exit code 1 where something is not needed any more.
    #[arg(long)]
    pub(crate) deny_unused: bool,

    /// The format of the list.
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: AuditFormat,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum AuditFormat {
    #[default]
    Text,
    Json,
    Jsonl,
}

/// The version of both forms in JSON.
const REPORT_VERSION: u32 = 1;

/// Scans everything, and lists the suppressions that matched nothing.
pub(crate) fn run(args: &AuditArgs) -> Result<Exit> {
    let survey = &args.survey;
    let root =
        Root::of(&survey.path).with_context(|| format!("cannot scan {}", survey.path.display()))?;
    let roots = std::slice::from_ref(&root);
    let common = survey.common();
    let loaded = settings::configuration(&common, || Loaded::find(roots))?;
    let mut files = TreeFiles::of_folders(&common, roots)?;
    let mut settings = Settings::resolve(&common, &loaded, &files, Comments::Honoured)?;
    let custom_key = key::from_environment()?;
    let (suppressions, _) = suppressions::suppressions(
        &common,
        &loaded,
        &files,
        Comments::Honoured,
        custom_key.as_ref(),
    )?;
    settings.options.suppressions = std::sync::Arc::new(suppressions.for_audit());
    files.on_disk.extend(common.baseline.clone());
    let walk = walk(&survey.input(), &settings, &loaded, &files);
    let has_history =
        cfg!(feature = "git") && !args.no_history && root.path().join(".git").exists();
    let mut outcome = scan_everything(survey, &settings, &walk, has_history)?;
    outcome.coverage.rules = settings.rules.len();

    let suppressions = &settings.options.suppressions;
    let mut unused = suppressions.unused(has_history);
    unused.sort();
    let account = Account {
        unused: &unused,
        count: suppressions.count(),
        coverage: &outcome.coverage,
        redactor: settings.scanner.redactor(),
    };
    output::to_stdout(|out| match args.format {
        AuditFormat::Text => account.write_text(out),
        AuditFormat::Json => account.write_document(out),
        AuditFormat::Jsonl => account.write_lines(out),
    })?;
    let mut text =
        format!("{} of {} suppressions are not needed any more\n", unused.len(), account.count);
    summary::gaps(&outcome.coverage, &mut text);
    message::write_stderr(&text);
    Ok(if args.deny_unused && !unused.is_empty() {
        Exit::Findings(1)
    } else if outcome.coverage.is_complete() {
        Exit::Clean
    } else {
        Exit::Incomplete
    })
}

/// The report of an audit.
struct Account<'a> {
    unused: &'a [Unused],
    count: usize,
    coverage: &'a Coverage,
    redactor: &'a Redactor,
}

/// A suppression that is of no use, key by key.
#[derive(Serialize)]
struct UnusedForm {
    kind: &'static str,
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// In place of the line, the number of an entry in a report of gitleaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<usize>,
    why: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
}

/// A line of the second form.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Unused(UnusedForm),
    Coverage {
        version: u32,
        suppressions: usize,
        #[serde(flatten)]
        coverage: &'a Coverage,
    },
}

impl Account<'_> {
    fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        self.unused.iter().try_for_each(|unused| {
            let line = unused.to_string();
            writeln!(out, "{}", message::clean(&line))
        })
    }

    fn forms(&self) -> impl Iterator<Item = UnusedForm> {
        let clean = |text: &str| shown_path(self.redactor, text.as_bytes());
        self.unused.iter().map(move |unused| UnusedForm {
            kind: unused.kind.as_str(),
            file: clean(&unused.file),
            line: (!unused.is_numbered_entry).then_some(unused.line),
            entry: unused.is_numbered_entry.then_some(unused.line),
            why: unused.why.as_str(),
            reason: unused.reason.as_deref().map(clean),
            owner: unused.owner.as_deref().map(clean),
        })
    }

    /// `{"version":1,"unused":[...],"suppressions":...,"coverage":{...}}`, one suppression a line.
    fn write_document(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, r#"{{"version":{REPORT_VERSION},"unused":["#)?;
        for (index, form) in self.forms().enumerate() {
            out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            write_json(&form, out)?;
        }
        if !self.unused.is_empty() {
            out.write_all(b"\n")?;
        }
        write!(out, r#"],"suppressions":{},"coverage":"#, self.count)?;
        write_json(self.coverage, out)?;
        out.write_all(b"}\n")
    }

    /// One object a line, the coverage last.
    fn write_lines(&self, out: &mut dyn Write) -> io::Result<()> {
        let coverage = Line::Coverage {
            version: REPORT_VERSION,
            suppressions: self.count,
            coverage: self.coverage,
        };
        for line in self.forms().map(Line::Unused).chain([coverage]) {
            write_json(&line, out)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
