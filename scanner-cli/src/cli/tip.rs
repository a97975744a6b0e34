//! The way out of mistakes that clap knows nothing of: commands of gitleaks, and a path or an
//! option where a command belongs.

use std::ffi::OsString;

use clap::error::ErrorKind;

/// Returns the line to show below an error, or nothing. `typed` is the command line with the
/// program's name.
pub(super) fn of(kind: ErrorKind, typed: &[OsString]) -> Option<String> {
    let word = typed.get(1)?.to_str()?;
    match kind {
        ErrorKind::InvalidSubcommand => of_word(word),
        ErrorKind::UnknownArgument if word.starts_with('-') => {
            let call = match word.split('=').next().unwrap_or_default() {
                "--staged" | "--range" | "--pre-push" | "--since" | "--branch" => "git",
                _ => "scan",
            };
            Some(format!("a command comes first: `tokensieve {call} {word}`"))
        }
        _ => None,
    }
}

fn of_word(word: &str) -> Option<String> {
    let call = match word {
        "detect" => "`tokensieve git` scans the history, `tokensieve scan` the files",
        "protect" => "`tokensieve git --staged` scans what is staged",
        "dir" | "directory" | "file" | "filesystem" => "`tokensieve scan PATH` scans files",
        "stdin" => "`tokensieve scan -` scans standard input",
        _ if word.contains(['/', '.', '\\']) => {
            return Some(format!("a command comes first: `tokensieve scan {word}`"));
        }
        _ => return None,
    };
    Some(call.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tip(kind: ErrorKind, word: &str) -> String {
        of(kind, &["tokensieve".into(), word.into()]).unwrap_or_default()
    }

    #[test]
    fn commands_of_gitleaks_have_their_counterparts() {
        for (word, expected) in [
            ("detect", "`tokensieve git`"),
            ("protect", "`tokensieve git --staged`"),
            ("dir", "`tokensieve scan PATH`"),
            ("stdin", "`tokensieve scan -`"),
        ] {
            assert!(tip(ErrorKind::InvalidSubcommand, word).starts_with(expected), "{word}");
        }
        assert_eq!(tip(ErrorKind::InvalidSubcommand, "scann"), "", "clap has a tip of its own");
    }

    #[test]
    fn a_command_is_put_in_front() {
        let path = tip(ErrorKind::InvalidSubcommand, "./src");
        assert_eq!(path, "a command comes first: `tokensieve scan ./src`");
        let option = tip(ErrorKind::UnknownArgument, "--range=a..b");
        assert_eq!(option, "a command comes first: `tokensieve git --range=a..b`");
        assert_eq!(tip(ErrorKind::UnknownArgument, "scan"), "", "an option of a command");
    }
}
