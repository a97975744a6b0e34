//! Scans standard input as it arrives, in bounded memory.
//!
//! ```sh
//! docker logs web | cargo run --release --example stream
//! ```

use std::error::Error;
use std::io::{self, Read};

use tokensieve_core::{Confidence, Located, RuleSet, Scanner};

/// Reads to the end and calls `on_match` for each match that is at least `likely`. The result does
/// not depend on how the input is cut into chunks.
pub fn scan_reader<'s>(
    scanner: &'s Scanner,
    mut input: impl Read,
    mut on_match: impl FnMut(Located<'s>),
) -> io::Result<()> {
    let mut stream = scanner.stream();
    let mut emit = |located: Located<'s>| {
        if located.matched.confidence() >= Confidence::Likely {
            on_match(located);
        }
    };
    let mut chunk = vec![0; 1 << 16];
    loop {
        match input.read(&mut chunk) {
            Ok(0) => break,
            Ok(len) => stream.push(&chunk[..len], &mut emit),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    stream.finish(&mut emit);
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let scanner = Scanner::new(&RuleSet::builtin());
    scan_reader(&scanner, io::stdin().lock(), |located| {
        let excerpt = &located.excerpt;
        println!("{}: {}{}{}", located.start.line, excerpt.before, excerpt.redacted, excerpt.after);
    })?;
    Ok(())
}
