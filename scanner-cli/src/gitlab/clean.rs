//! Makes what a server says fit to be shown.

use tokensieve_core::{Redactor, Secret, escape};

/// The longest text of a server that is looked through.
const LONGEST: usize = 16 << 10;
/// A shorter text is no secret, and would be found in words.
const SHORTEST_SECRET: usize = 5;
/// The longest text that is shown, in characters.
const LONGEST_SHOWN: usize = 300;

/// Takes secrets, control characters and direction marks out of a server's texts.
#[derive(Clone, Copy)]
pub(super) struct Cleaner<'a> {
    pub(super) redactor: &'a Redactor,
    /// The secret that was asked about: servers repeat it, and some have no form to know it by.
    pub(super) secret: &'a Secret,
}

impl Cleaner<'_> {
    /// The text without secrets, escaped, at most 300 characters of it.
    pub(super) fn clean(&self, text: &str) -> String {
        if text.len() > LONGEST {
            // A cut could leave a part of a secret that nothing knows any more.
            return format!("[a text of {} bytes]", text.len());
        }
        let own = std::str::from_utf8(self.secret.expose()).unwrap_or_default();
        let text = if own.len() < SHORTEST_SECRET {
            text.to_owned()
        } else {
            text.replace(own, "[redacted]")
        };
        let text = escape(self.redactor.redact(&text).chars());
        match text.char_indices().nth(LONGEST_SHOWN) {
            Some((cut, _)) => format!("{}\u{2026}", &text[..cut]),
            None => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use tokensieve_core::{RuleSet, Scanner};

    use super::*;

    #[test]
    fn no_secret_and_no_control_character_passes() {
        let scanner = Scanner::new(&RuleSet::builtin());
        let secret = Secret::new(b"plain-secret");
        let cleaner = Cleaner { redactor: scanner.redactor(), secret: &secret };
        let token = ["glp", "at-6K5h83AacUCCGxzdUCuD"].concat();
        let said = format!("a {token} b plain-secret c\u{1b}[2J\u{202e}d");
        assert_eq!(cleaner.clean(&said), r"a glpat-... b [redacted] c\u{1b}[2J\u{202e}d");
        assert_eq!(cleaner.clean(&"x".repeat(1000)).chars().count(), LONGEST_SHOWN + 1);
        assert_eq!(cleaner.clean(&"x".repeat(LONGEST + 1)), "[a text of 16385 bytes]");
        let empty = Secret::new(b"");
        assert_eq!(Cleaner { redactor: scanner.redactor(), secret: &empty }.clean("ab"), "ab");
    }
}
