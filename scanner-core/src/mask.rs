//! Masks secrets in text that arrives bit by bit, such as the output of a command.
//!
//! The text is masked line by line, each with the two lines before it, so what is written does not
//! depend on how the input was cut. What may begin a secret waits for the end of its line; a prompt
//! need not. Lines of a private key are hidden one by one.

use crate::redact::{Redaction, Redactor, apply};
use crate::text::span::Span;

/// A line that is longer is masked in pieces of at most this.
const MOST_HELD: usize = 64 << 10;
/// A piece is at least this long, if there is no better place to cut.
const LEAST_PIECE: usize = 32 << 10;
/// How many lines before a line can name the secret in it.
const LINES_BEFORE: usize = 2;
/// How many bytes of those lines are kept.
const BYTES_BEFORE: usize = 2 << 10;
/// A private key is not longer; text behind a key that does not end is shown again.
const LONGEST_KEY: usize = 64 << 10;
/// A prompt is not longer.
const LONGEST_PROMPT: usize = 256;
const HIDDEN: &[u8] = b"[redacted]";

/// Masks text that arrives in pieces.
///
/// ```
/// use tokensieve_core::mask::Mask;
/// use tokensieve_core::{RuleSet, Scanner};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let mut mask = Mask::new(scanner.redactor());
/// let mut shown = mask.push(b"see glp");
/// assert_eq!(shown, b"");
/// shown.extend(mask.push(b"at-6K5h83AacUCCGxzdUCuD there\n"));
/// assert_eq!(shown, b"see glpat-... there\n");
/// ```
pub struct Mask {
    redactor: Redactor,
    /// The ends of the last lines, as they came.
    before: Vec<u8>,
    /// What has not been masked: less than a line, or than [`MOST_HELD`].
    held: Vec<u8>,
    /// How much of it has been written already.
    written: usize,
    key: Option<Key>,
}

/// A private key that has begun.
struct Key {
    /// The bytes of its lines so far.
    len: usize,
    /// How many lines are left, where the beginning says so.
    lines_left: Option<usize>,
}

impl Mask {
    /// Makes a mask that hides what a redactor hides, and all lines of a private key. It holds back
    /// one line of the text, and at most 64 KiB of a longer one.
    #[must_use]
    pub fn new(redactor: &Redactor) -> Self {
        Self {
            redactor: redactor.clone(),
            before: Vec::new(),
            held: Vec::new(),
            written: 0,
            key: None,
        }
    }

    /// Takes more of the text. Returns what can be shown for sure: all whole lines, masked.
    #[must_use]
    pub fn push(&mut self, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        self.held.extend_from_slice(text);
        let mut start = 0;
        loop {
            let rest = &self.held[start..];
            let window = &rest[..rest.len().min(MOST_HELD)];
            let len = match memchr::memchr2(b'\n', b'\r', window) {
                Some(at) => at + 1,
                None if rest.len() > MOST_HELD => self.piece(rest),
                None => break,
            };
            let line = self.held[start..start + len].to_vec();
            self.line(&line, &mut out);
            start += len;
        }
        self.held.drain(..start);
        out
    }

    /// Returns what can be shown of a line that is not whole, for when no more of it comes: plain
    /// words, and a prompt up to its colon. Nothing of it can be the beginning of a secret.
    #[must_use]
    pub fn flush(&mut self) -> Vec<u8> {
        let safe = if self.key.is_some() { 0 } else { self.safe_len() };
        if safe <= self.written {
            return Vec::new();
        }
        let out = self.held[self.written..safe].to_vec();
        self.written = safe;
        out
    }

    /// Ends the text. Returns the rest of it, masked.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let line = std::mem::take(&mut self.held);
        if !line.is_empty() {
            self.line(&line, &mut out);
        }
        out
    }

    /// The length of the first piece of a line that is too long: up to the last byte that parts
    /// values, and not through a secret.
    fn piece(&self, line: &[u8]) -> usize {
        let window = &line[..MOST_HELD];
        let parts = |byte: &u8| matches!(byte, b' ' | b'\t' | b',' | b';' | b'}' | b'>' | b']');
        let behind = &window[LEAST_PIECE..];
        let len = behind.iter().rposition(parts).map_or(MOST_HELD, |at| LEAST_PIECE + at + 1);
        let through = |redaction: &&Redaction| {
            redaction.span.start < len && redaction.span.end > len && redaction.span.start > 0
        };
        let redactions = self.redactor.redactions(window);
        redactions.iter().find(through).map_or(len, |redaction| redaction.span.start)
    }

    /// Writes a line, or a piece of one, and keeps it as context.
    fn line(&mut self, line: &[u8], out: &mut Vec<u8>) {
        let written = std::mem::take(&mut self.written).min(line.len());
        let mut begun = None;
        if self.key.is_some() {
            self.key_line(line, out);
        } else {
            let text = [&self.before, line].concat();
            let mut redactions = self.redactor.redactions(&text);
            if let Some((at, key)) = key_begins(line) {
                let at = self.before.len() + at;
                let end = self.before.len() + line.trim_ascii_end().len();
                if at < end {
                    let span = Span::new(at, end);
                    redactions.push(Redaction { span, prefix_len: 0 });
                    redactions.sort_by_key(|redaction| redaction.span);
                }
                self.key = Some(key);
            }
            let part = Span::new(self.before.len() + written, text.len());
            out.extend(apply(&text, part, &redactions));
            // A secret in pieces can go on in the next line, too.
            let goes_on = |redaction: &&Redaction| {
                redaction.span.start < self.before.len() && redaction.span.end > self.before.len()
            };
            begun = redactions.iter().find(goes_on).map(|redaction| redaction.span.start);
        }
        self.remember(line, begun);
    }

    /// A line of a private key: its last one is shown, all others are hidden.
    fn key_line(&mut self, line: &[u8], out: &mut Vec<u8>) {
        let Some(key) = &mut self.key else { return };
        key.len += line.len();
        let text = line.trim_ascii_end();
        let is_last = match &mut key.lines_left {
            Some(left) => {
                *left = left.saturating_sub(1);
                *left == 0
            }
            None => {
                memchr::memmem::find(line, b"---END ").is_some()
                    || memchr::memmem::find(line, b"--- END ").is_some()
            }
        };
        let is_marker = is_last && key.lines_left.is_none();
        if is_last || key.len > LONGEST_KEY {
            self.key = None;
        }
        if is_marker {
            let at = memchr::memmem::find(line, b"---").unwrap_or_default();
            if at > 0 {
                out.extend_from_slice(HIDDEN);
                out.push(b' ');
            }
            out.extend_from_slice(&line[at..]);
        } else {
            if !text.is_empty() {
                out.extend_from_slice(HIDDEN);
            }
            out.extend_from_slice(&line[text.len()..]);
        }
    }

    /// Keeps the ends of the last lines, from the line with `begun` on if that is further back.
    fn remember(&mut self, line: &[u8], begun: Option<usize>) {
        self.before.extend_from_slice(line);
        let least = self.before.len().saturating_sub(BYTES_BEFORE);
        let ends: Vec<usize> = memchr::memchr_iter(b'\n', &self.before).collect();
        let of_lines = ends.len().checked_sub(LINES_BEFORE + 1).map_or(0, |at| ends[at] + 1);
        let of_begun = begun.map_or(of_lines, |begun| {
            memchr::memrchr(b'\n', &self.before[..begun]).map_or(0, |newline| newline + 1)
        });
        self.before.drain(..least.max(of_lines.min(of_begun)));
    }

    /// How much of what is held nothing to come can change: whole plain words, and a prompt.
    fn safe_len(&self) -> usize {
        let held = &self.held[..self.held.len().min(MOST_HELD)];
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b" _./".contains(byte);
        let sign = held.iter().position(|byte| !is_plain(byte)).unwrap_or(held.len());
        let words = &held[..sign];
        let last_word = words.iter().rposition(|byte| *byte == b' ').map_or(0, |at| at + 1);
        let name = &words[last_word..];
        let rest = &held[sign..];
        let is_prompt = held.len() <= LONGEST_PROMPT
            && matches!(rest.first(), Some(b':' | b'?' | b'>'))
            && rest[1..].iter().all(|byte| *byte == b' ')
            && rest.len() > 1
            && name.iter().all(u8::is_ascii_alphabetic);
        let safe = if is_prompt { held.len() } else { last_word };
        let text = [&self.before, &held[..safe]].concat();
        let touches = |redaction: &Redaction| redaction.span.end > self.before.len();
        if self.redactor.redactions(&text).iter().any(touches) { 0 } else { safe }
    }
}

/// Where a private key begins in a line that does not hold all of it: the place behind its marker.
fn key_begins(line: &[u8]) -> Option<(usize, Key)> {
    const PUTTY: &[u8] = b"Private-Lines: ";
    if let Some(count) = line.strip_prefix(PUTTY) {
        let count: usize = str::from_utf8(count).ok()?.trim().parse().ok()?;
        let key = Key { len: 0, lines_left: Some(count) };
        return (count > 0).then_some((line.len(), key));
    }
    let begin = memchr::memmem::rfind(line, b"BEGIN ")?;
    let rest = &line[begin..];
    let name = memchr::memmem::find(rest, b"PRIVATE KEY")?;
    let is_marked = line[..begin].ends_with(b"---") || line[..begin].ends_with(b"--- ");
    let end = memchr::memmem::find(&rest[name..], b"---")?;
    let has_end = memchr::memmem::find(&rest[name..], b"END ").is_some();
    if !is_marked || has_end {
        return None;
    }
    let dashes = rest[name + end..].iter().take_while(|byte| **byte == b'-').count();
    Some((begin + name + end + dashes, Key { len: 0, lines_left: None }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RuleSet, Scanner};

    const TOKEN: &str = concat!("glp", "at-6K5h83AacUCCGxzdUCuD");

    fn redactor() -> Redactor {
        Scanner::new(&RuleSet::builtin()).redactor().clone()
    }

    /// What comes out if the text arrives in these pieces, with a pause after each.
    fn masked(redactor: &Redactor, pieces: &[&[u8]]) -> String {
        let mut mask = Mask::new(redactor);
        let mut out = Vec::new();
        for piece in pieces {
            out.extend(mask.push(piece));
            out.extend(mask.flush());
        }
        out.extend(mask.finish());
        String::from_utf8_lossy(&out).into_owned()
    }

    #[track_caller]
    fn same_at_all_cuts(redactor: &Redactor, text: &str) -> String {
        let bytes = text.as_bytes();
        let mut whole = Mask::new(redactor);
        let mut expected = whole.push(bytes);
        expected.extend(whole.finish());
        let expected = String::from_utf8_lossy(&expected).into_owned();
        for cut in 0..=bytes.len() {
            let (a, b) = bytes.split_at(cut);
            assert_eq!(masked(redactor, &[a, b]), expected, "cut at {cut} of {text:?}");
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(masked(redactor, &single), expected, "byte by byte: {text:?}");
        expected
    }

    #[test]
    fn lines_are_masked_whatever_the_cuts() {
        let redactor = redactor();
        let table = [
            (format!("a {TOKEN} b\n"), "a glpat-... b\n".to_owned()),
            (format!("{TOKEN}\n{TOKEN}"), "glpat-...\nglpat-...".to_owned()),
            ("nothing\r\nhere\n".to_owned(), "nothing\r\nhere\n".to_owned()),
            (String::new(), String::new()),
        ];
        for (text, expected) in table {
            assert_eq!(same_at_all_cuts(&redactor, &text), expected);
        }
    }

    #[test]
    fn private_keys_are_hidden_line_by_line() {
        let redactor = redactor();
        let body = "MIIEpAIBAAKCAQEA7bq0Zl4w9uJr2vXkT1mPq8sYd3fGhLcN5eWiUoAzRtVbKxQj\n";
        let begin = ["-----BEGIN RSA PRI", "VATE KEY-----\n"].concat();
        let end = ["-----END RSA PRI", "VATE KEY-----\n"].concat();
        let text = format!("x\n{begin}{body}{body}{end}y\n");
        let expected = format!("x\n{begin}[redacted]\n[redacted]\n{end}y\n");
        assert_eq!(same_at_all_cuts(&redactor, &text), expected);
        // A key that never ends hides no more than a key can hold.
        let endless = format!("{begin}{}", body.repeat(2000));
        let out = masked(&redactor, &[endless.as_bytes()]);
        assert!(out.matches("[redacted]").count() >= LONGEST_KEY / body.len());
        let putty = "Private-Lines: 2\nAAAA\nBBBB\nPrivate-MAC: 00\n";
        assert!(same_at_all_cuts(&redactor, putty).contains("[redacted]\n[redacted]\nPrivate-MAC"));
    }

    #[test]
    fn prompts_do_not_wait_and_beginnings_of_secrets_do() {
        let redactor = redactor();
        for (text, expected) in [
            ("Enter password: ", "Enter password: "),
            ("Continue? ", "Continue? "),
            ("loading the file", "loading the "),
            ("see glp", "see "),
            ("token=abc", ""),
            ("say \"a b", "say "),
            ("-----BEGIN ", ""),
            ("key: value", ""),
        ] {
            let mut mask = Mask::new(&redactor);
            assert_eq!(mask.push(text.as_bytes()), b"");
            assert_eq!(String::from_utf8_lossy(&mask.flush()), expected, "{text}");
            assert_eq!(mask.flush(), b"", "it is written once");
            assert_eq!(String::from_utf8_lossy(&mask.finish()), text[expected.len()..]);
        }
    }

    #[test]
    fn long_lines_are_masked_in_pieces() {
        let redactor = redactor();
        for distance in [0, 1, 10, 26, 27, 100] {
            let filler = "{\"a\":1},".repeat((MOST_HELD - distance) / 8);
            let text = format!("{filler}{{\"t\":\"{TOKEN}\"}},{filler}\n");
            let out = masked(&redactor, &[text.as_bytes()]);
            assert!(!out.contains(&TOKEN[6..]), "{distance}");
            assert_eq!(out, text.replace(TOKEN, "glpat-..."), "{distance}");
            let pieces: Vec<&[u8]> = text.as_bytes().chunks(999).collect();
            assert_eq!(masked(&redactor, &pieces), out);
        }
        let mut mask = Mask::new(&redactor);
        let run = vec![b'a'; 10 * MOST_HELD];
        assert!(mask.push(&run).len() >= 9 * MOST_HELD, "no more than a piece is held");
        assert!(mask.held.len() <= MOST_HELD && mask.before.len() <= BYTES_BEFORE);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_at_all_cuts(
            before in "[ -~\n\r]{0,60}",
            after in "[ -~\n]{0,40}",
            has_token in proptest::prelude::any::<bool>(),
        ) {
            let token = if has_token { TOKEN } else { "" };
            let out = same_at_all_cuts(&redactor(), &format!("{before} {token} {after}"));
            proptest::prop_assert!(!out.contains(&TOKEN[6..]));
        }
    }
}
