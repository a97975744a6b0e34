//! `tokensieve serve`

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args as ClapArgs;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokensieve_core::report::write_json;
use tokensieve_core::{
    Confidence, DEFAULT_DECODE_DEPTH, Finding, FingerprintKey, Origin, RuleSet, Scanner,
};

use crate::cli::args;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::settings::{self, key};

/// Answer requests of an editor or another program: one JSON object a line, on standard input and
/// output.
///
/// A request has a `method` and perhaps an `id`, which the answer repeats. `scan` takes `text`, or
/// `base64` for bytes, and perhaps a `path`; it answers with `findings`, as in JSON reports.
/// `redact` takes `text` and answers with `text`. `version` answers with `version` and `rules`. A
/// wrong request gets an `error`. Answers come in the order of requests; the end of input ends the
/// program. No file is read, neither configuration nor baseline, and comments allow nothing.
#[derive(ClapArgs, Debug)]
#[command(after_help = "Example:
  $ echo '{\"id\":1,\"method\":\"redact\",\"text\":\"...\"}' | tokensieve serve")]
pub(crate) struct ServeArgs {
    /// Add the rules of a file. Repeatable.
    #[arg(long = "rules", value_name = "FILE")]
    files: Vec<PathBuf>,

    /// A token prefix of your GitLab instance. Repeatable.
    #[arg(long = "gitlab-prefix", value_name = "PREFIX")]
    gitlab_prefixes: Vec<String>,

    /// Report nothing less sure than this.
    #[arg(long, value_name = "CONFIDENCE", value_parser = args::confidences())]
    #[arg(default_value = "possible")]
    min_confidence: Confidence,

    /// A longer line is an error, and is skipped.
    #[arg(long, value_name = "SIZE", value_parser = args::size, default_value = "64M")]
    max_request: u64,
}

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    #[serde(flatten)]
    call: Call,
}

#[derive(Deserialize)]
#[serde(tag = "method", rename_all = "lowercase")]
enum Call {
    Scan { text: Option<String>, base64: Option<String>, path: Option<String> },
    Redact { text: String },
    Version {},
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    #[serde(flatten)]
    result: Outcome,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcome {
    /// `complete` is false where encoded text was not searched to its end.
    Findings {
        findings: Vec<Finding>,
        complete: bool,
    },
    Text {
        text: String,
    },
    Version {
        version: &'static str,
        rules: usize,
    },
    Error {
        error: String,
    },
}

/// What requests without a path are about.
const NO_PATH: &str = "<text>";

/// Answers requests until there are no more.
pub(crate) fn run(args: &ServeArgs) -> Result<Exit> {
    let mut rules = RuleSet::builtin();
    for file in &args.files {
        message::know_rule_file(file);
        rules.extend(settings::rules_of(file)?)?;
    }
    let scanner = Scanner::builder()
        .gitlab_prefixes(&args.gitlab_prefixes)
        .min_confidence(args.min_confidence)
        .decode_depth(DEFAULT_DECODE_DEPTH)
        .build(&rules)?;
    message::know_redactor(scanner.redactor());
    let key = key::from_environment()?.unwrap_or_default();
    let service = Service { scanner, key, rules: rules.len() };
    let mut input = BufReader::new(io::stdin().lock());
    let mut out = io::stdout().lock();
    match service.answer_all(&mut input, &mut out, args.max_request) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Clean),
        result => result.map(|()| Exit::Clean).context("cannot read requests or write answers"),
    }
}

struct Service {
    scanner: Scanner,
    key: FingerprintKey,
    rules: usize,
}

impl Service {
    /// Holds one request at a time, of at most `most` bytes.
    fn answer_all(
        &self,
        input: &mut dyn BufRead,
        out: &mut dyn Write,
        most: u64,
    ) -> io::Result<()> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if input.take(most.saturating_add(1)).read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            let is_whole = line.ends_with(b"\n");
            let answer = if line.len() as u64 > most && !is_whole {
                skip_line(input)?;
                let error = format!("a request of more than {most} bytes");
                Answer { id: Value::Null, result: Outcome::Error { error } }
            } else if line.trim_ascii().is_empty() {
                continue;
            } else {
                self.answer(&line)
            };
            write_json(&answer, out)?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
    }

    fn answer(&self, line: &[u8]) -> Answer {
        match serde_json::from_slice::<Request>(line) {
            Ok(Request { id, call }) => Answer {
                id,
                result: self.result(call).unwrap_or_else(|error| Outcome::Error { error }),
            },
            // The message of the parser can quote what it read.
            Err(error) => {
                let id = serde_json::from_slice::<Value>(line).ok();
                let id = id.and_then(|request| request.get("id").cloned()).unwrap_or_default();
                let what = if error.is_data() { "no request that is known" } else { "no JSON" };
                let error = format!("{what}, at column {}", error.column());
                Answer { id, result: Outcome::Error { error } }
            }
        }
    }

    fn result(&self, call: Call) -> Result<Outcome, String> {
        Ok(match call {
            Call::Scan { text, base64, path } => {
                let bytes = match (text, base64) {
                    (Some(text), None) => text.into_bytes(),
                    (None, Some(text)) => {
                        STANDARD.decode(text).map_err(|_| "`base64` is no base64".to_owned())?
                    }
                    _ => return Err("a scan needs `text` or `base64`".to_owned()),
                };
                let path = path.unwrap_or_else(|| NO_PATH.to_owned());
                let origin = Origin::new(path.as_bytes(), path.as_bytes());
                let (findings, searched) =
                    self.scanner.searched_findings(&origin, &bytes, &self.key);
                Outcome::Findings { findings, complete: searched.cut == 0 }
            }
            Call::Redact { text } => Outcome::Text { text: self.scanner.redactor().redact(&text) },
            Call::Version {} => {
                Outcome::Version { version: env!("CARGO_PKG_VERSION"), rules: self.rules }
            }
        })
    }
}

/// Reads to the end of a line, without keeping it.
fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let len = end.map_or(buffer.len(), |at| at + 1);
        input.consume(len);
        if end.is_some() {
            return Ok(());
        }
    }
}
