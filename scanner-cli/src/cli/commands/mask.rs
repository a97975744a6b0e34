//! `tokensieve mask`

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use tokensieve_core::mask::Mask;
use tokensieve_core::{RuleSet, Scanner};

use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::settings;

/// Mask secrets in what a command prints: `command 2>&1 | tokensieve mask`.
///
/// Text goes through as it comes, line by line. What may begin a secret waits for the end of its
/// line; plain words and prompts are out within 50 ms. Of a private key each line is hidden. A
/// secret becomes its public prefix and `...`, or `[redacted]`. Nothing is read but standard input.
#[derive(ClapArgs, Debug)]
#[command(after_help = "Examples:
  make deploy 2>&1 | tokensieve mask
  kubectl logs -f pod | tokensieve mask | tee pod.log")]
pub(crate) struct MaskArgs {
    /// Add the rules of a file. Repeatable.
    #[arg(long = "rules", value_name = "FILE")]
    files: Vec<PathBuf>,

    /// A token prefix of your GitLab instance. Repeatable.
    #[arg(long = "gitlab-prefix", value_name = "PREFIX")]
    gitlab_prefixes: Vec<String>,
}

/// How long nothing must come before a line that is not whole is looked at again.
const PAUSE: Duration = Duration::from_millis(20);
/// What is read at once.
const CHUNK: usize = 64 << 10;
/// Chunks that wait for a slow reader; the command that prints waits then.
const MOST_CHUNKS: usize = 4;

/// Copies standard input to standard output, masked. It ends when either of them does.
pub(crate) fn run(args: &MaskArgs) -> Result<Exit> {
    let mut rules = RuleSet::builtin();
    for file in &args.files {
        message::know_rule_file(file);
        rules.extend(settings::rules_of(file)?)?;
    }
    let scanner = Scanner::builder().gitlab_prefixes(&args.gitlab_prefixes).build(&rules)?;
    let mask = Mask::new(scanner.redactor());
    let (sender, chunks) = sync_channel(MOST_CHUNKS);
    // The thread may wait for input for ever, also when nobody reads any more.
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut buffer = vec![0; CHUNK];
        loop {
            let chunk = match input.read(&mut buffer) {
                Ok(0) => break,
                Ok(len) => Ok(buffer[..len].to_vec()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let is_last = chunk.is_err();
            if sender.send(chunk).is_err() || is_last {
                break;
            }
        }
    });
    match copy(mask, &chunks, &mut io::stdout().lock()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Clean),
        result => result.map(|()| Exit::Clean).context("cannot mask standard input"),
    }
}

fn copy(
    mut mask: Mask,
    chunks: &Receiver<io::Result<Vec<u8>>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    loop {
        let text = match chunks.recv_timeout(PAUSE) {
            Ok(Ok(chunk)) => mask.push(&chunk),
            Ok(Err(error)) => {
                out.write_all(&mask.finish())?;
                out.flush()?;
                return Err(error);
            }
            Err(RecvTimeoutError::Timeout) => mask.flush(),
            Err(RecvTimeoutError::Disconnected) => break,
        };
        if !text.is_empty() {
            out.write_all(&text)?;
            out.flush()?;
        }
    }
    out.write_all(&mask.finish())?;
    out.flush()
}
