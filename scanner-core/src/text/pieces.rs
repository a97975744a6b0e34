//! Text that stands in pieces: what a program or a format joins before anybody uses it.
//!
//! String literals with an operator or nothing between them, a backslash or the `=` of
//! quoted-printable at the end of a line, and lines that a format folds. It is read from one place
//! on, a bounded way, and only where a piece ends.

use crate::text::span::Span;

/// A piece is at most this long, in bytes.
const LONGEST_PIECE: usize = 512;
/// The most pieces that are joined.
const MOST_PIECES: usize = 16;
/// The most bytes between two pieces.
const LONGEST_GAP: usize = 128;
/// The most backslashes before an escaped quote.
const MOST_BACKSLASHES: usize = 4;
/// All pieces and what is between them are at most this long, in bytes.
pub(crate) const REACH: usize = 2048;
/// What decides whether a piece ends, from its beginning on, in bytes.
pub(crate) const REACH_OF_PIECE: usize = LONGEST_PIECE + 2;

/// What joins strings: `"a" + "b"`. Longer ones come first.
const OPERATORS: [&[u8]; 12] =
    [b").append(", b".concat(", b"||", b"++", b"<>", b"<<", b"..", b"+", b".", b"&", b"~", b"^"];

/// What stands between pieces.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Seam {
    /// A line end that some formats drop, others make a blank.
    Fold,
    /// A line end that is escaped, or the end of a string and the beginning of another one.
    Escape,
    /// A soft line end of quoted-printable.
    QuotedPrintable,
}

/// A text that was read from its pieces.
#[derive(Debug)]
pub(crate) struct Joined {
    /// The pieces, one behind the other, and the byte behind the last one.
    pub(crate) bytes: Vec<u8>,
    /// Where each run of bytes begins, in this text and in the other one; rising.
    runs: Vec<(usize, usize)>,
    /// The length of the first piece.
    pub(crate) first_len: usize,
    /// The length of all pieces.
    pub(crate) len: usize,
    /// Whether nothing but indents speaks for some of it being one text.
    pub(crate) is_folded: bool,
    /// Whether it is quoted-printable.
    pub(crate) is_quoted_printable: bool,
    /// Whether the text ends where another piece would begin.
    pub(crate) is_open: bool,
}

impl Joined {
    /// Joins the pieces of a text, the first of which is read from `start` on; none where nothing
    /// is to be joined.
    pub(crate) fn read(text: &[u8], start: usize) -> Option<Self> {
        if !is_cut(text, start) {
            return None;
        }
        let text = &text[..text.len().min(start + REACH)];
        let (mut pieces, mut seams) = (Vec::new(), Vec::new());
        let (mut at, mut is_open) = (start, false);
        while pieces.len() < MOST_PIECES {
            let end = piece_end(text, at);
            pieces.push(Span::new(at, end));
            match next_piece(text, end) {
                Next::Piece(next, seam) => {
                    seams.push(seam);
                    at = next;
                }
                Next::End => {
                    is_open = true;
                    break;
                }
                Next::None => break,
            }
        }
        if seams.is_empty() && !is_open {
            return None;
        }
        let is_quoted_printable = seams.contains(&Seam::QuotedPrintable);
        let is_folded = seams.contains(&Seam::Fold);
        let mut joined = Self {
            bytes: Vec::new(),
            runs: Vec::new(),
            first_len: pieces[0].len(),
            len: 0,
            is_folded,
            is_quoted_printable,
            is_open,
        };
        for piece in &pieces {
            joined.push(text, *piece, is_quoted_printable);
        }
        joined.len = joined.bytes.len();
        let end = pieces.last().map_or(start, |piece| piece.end);
        joined.runs.push((joined.len, end));
        joined.bytes.extend(text.get(end));
        Some(joined)
    }

    /// Adds a piece; the escapes of quoted-printable are decoded, where it is that.
    fn push(&mut self, text: &[u8], piece: Span, is_quoted_printable: bool) {
        self.runs.push((self.bytes.len(), piece.start));
        if !is_quoted_printable {
            self.bytes.extend_from_slice(&text[piece.range()]);
            return;
        }
        let mut at = piece.start;
        while at < piece.end {
            let Some(byte) = escaped(&text[at..piece.end]) else {
                self.bytes.push(text[at]);
                at += 1;
                continue;
            };
            self.runs.push((self.bytes.len(), at));
            self.bytes.push(byte);
            at += ESCAPE_LEN;
            self.runs.push((self.bytes.len(), at));
        }
    }

    /// Where a part of the text, which is not empty, stands in the other one.
    pub(crate) fn original(&self, span: Span) -> Span {
        let run_of = |offset: usize| self.runs.partition_point(|(joined, _)| *joined <= offset) - 1;
        let (joined, original) = self.runs[run_of(span.start)];
        let start = original + span.start - joined;
        // The end of a run rather than the beginning of the next one.
        let (joined, original) = self.runs[run_of(span.end - 1)];
        Span::new(start, original + span.end - joined)
    }
}

/// The length of an escape of quoted-printable: `=3D`.
const ESCAPE_LEN: usize = 3;

/// The byte that an escape of quoted-printable stands for, if it can be in a token.
fn escaped(text: &[u8]) -> Option<u8> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    };
    let [b'=', high, low, ..] = *text else { return None };
    Some(digit(high)? << 4 | digit(low)?).filter(u8::is_ascii_graphic)
}

/// Whether a piece that begins at `start` ends where another one can follow. Looks at
/// [`REACH_OF_PIECE`] bytes.
pub(crate) fn is_cut(text: &[u8], start: usize) -> bool {
    let end = piece_end(text, start);
    end - start < LONGEST_PIECE && is_end(&text[end..])
}

/// Whether what stands behind a piece can part it from another one.
pub(crate) fn is_end(rest: &[u8]) -> bool {
    matches!(rest, [b'"' | b'\'' | b'`' | b'\\' | b'\n' | b'\r', ..] | [b'=', b'\n' | b'\r', ..])
}

/// Whether a byte can be a part of a token. A table, since each candidate asks it of up to
/// [`REACH`] bytes.
const IS_OF_PIECE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        let parts = matches!(
            byte,
            b'"' | b'\''
                | b'`'
                | b'\\'
                | b'<'
                | b'>'
                | b'('
                | b')'
                | b'{'
                | b'}'
                | b'['
                | b']'
                | b','
                | b';'
        );
        table[byte as usize] = !parts;
        byte += 1;
    }
    table
};

fn is_of_piece(byte: u8) -> bool {
    IS_OF_PIECE[usize::from(byte)]
}

fn piece_end(text: &[u8], start: usize) -> usize {
    let most = text.len().min(start + LONGEST_PIECE);
    let rest = &text[start..most];
    let end = start + rest.iter().position(|byte| !is_of_piece(*byte)).unwrap_or(rest.len());
    // The sign of a soft line end is no part of the piece.
    let is_soft = text[start..end].ends_with(b"=") && line_end(&text[end..]) > 0;
    end - usize::from(is_soft)
}

/// What follows a piece.
enum Next {
    Piece(usize, Seam),
    /// The text ends where a piece would begin.
    End,
    None,
}

fn next_piece(text: &[u8], end: usize) -> Next {
    let rest = &text[end..text.len().min(end + LONGEST_GAP)];
    let is_whole = end + rest.len() == text.len();
    let gap = match rest {
        [b'=', line @ ..] if line_end(line) > 0 => {
            Some((1 + line_end(line), Seam::QuotedPrintable))
        }
        [b'\\', line @ ..] if line_end(line) > 0 => {
            let len = 1 + line_end(line);
            Some((len + blanks(&rest[len..]), Seam::Escape))
        }
        [b'\n' | b'\r', ..] => {
            let len = line_end(rest);
            let indent = blanks(&rest[len..]);
            (len > 0).then_some((len + indent, Seam::Fold))
        }
        _ => return behind_quote(rest, end, is_whole),
    };
    match gap {
        Some((len, _)) if len == rest.len() && is_whole => Next::End,
        Some((len, seam)) if rest.get(len).is_some_and(|byte| is_of_piece(*byte)) => {
            Next::Piece(end + len, seam)
        }
        _ => Next::None,
    }
}

/// What follows the quote that a string ends with: an operator, or nothing but blanks, and a quote.
fn behind_quote(rest: &[u8], end: usize, is_whole: bool) -> Next {
    let Some(slashes) = quote_at(rest) else { return Next::None };
    let mut at = slashes + 1;
    let is_escaped = slashes > 0;
    at += space(&rest[at..], is_escaped);
    let operator = OPERATORS.iter().find(|operator| rest[at..].starts_with(operator));
    if let Some(operator) = operator {
        at += operator.len();
        at += space(&rest[at..], is_escaped);
        // The sign of a line that goes on in Basic.
        if rest[at..].starts_with(b"_") && line_end(&rest[at + 1..]) > 0 {
            at += 1 + space(&rest[at + 1..], is_escaped);
        }
    }
    if at == rest.len()
        && is_whole
        && (operator.is_some() || rest.ends_with(b"\n") || rest.ends_with(b"\r"))
    {
        return Next::End;
    }
    // `f"..."`, `@"..."`, `N'...'`
    let is_sign = |byte: &&u8| byte.is_ascii_alphabetic() || matches!(byte, b'@' | b'$');
    let signs = rest[at..].iter().take(2).take_while(is_sign).count();
    match quote_at(&rest[at + signs..]) {
        Some(others) if others == slashes => {
            Next::Piece(end + at + signs + others + 1, Seam::Escape)
        }
        _ => Next::None,
    }
}

/// The number of backslashes before the quote that a text begins with, if it does.
fn quote_at(text: &[u8]) -> Option<usize> {
    let slashes = text.iter().take(MOST_BACKSLASHES).take_while(|byte| **byte == b'\\').count();
    matches!(text.get(slashes)?, b'"' | b'\'' | b'`').then_some(slashes)
}

/// The length of blanks and line ends, which a backslash may stand before; in a string that stands
/// in another one, line ends are escaped.
fn space(text: &[u8], is_escaped: bool) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        at += match rest {
            [b' ' | b'\t' | b'\n' | b'\r', ..] => 1,
            [b'\\', b'\n', ..] => 2,
            [b'\\', b'\r', b'\n', ..] => 3,
            [b'\\', b'n' | b't' | b'r', ..] if is_escaped => 2,
            _ => return at,
        };
    }
}

fn blanks(text: &[u8]) -> usize {
    text.iter().take_while(|byte| matches!(**byte, b' ' | b'\t')).count()
}

/// The length of the line end that a text begins with, or 0.
fn line_end(text: &[u8]) -> usize {
    match text {
        // What arrives line by line can end between the two.
        [b'\n', ..] | [b'\r'] => 1,
        [b'\r', b'\n', ..] => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Option<String> {
        let joined = Joined::read(text.as_bytes(), 0)?;
        Some(String::from_utf8(joined.bytes[..joined.len].to_vec()).unwrap())
    }

    #[test]
    fn ways_to_join() {
        for text in [
            "ab\" + \"cd\"",
            "ab\" +\n    \"cd\"",
            "ab\"\n  + \"cd\"",
            "ab\" \"cd\"",
            "ab\" f\"cd\"",
            "ab' . 'cd'",
            "ab\" & _\r\n  \"cd\"",
            "ab\" .. \"cd\"",
            "ab' || 'cd'",
            "ab' ~ 'cd'",
            "ab\").append(\"cd\")",
            "ab\" <> \"cd\"",
            "ab\" \\\n  \"cd\"",
            "ab\\\" + \\\"cd\\\"",
            "ab\\\" +\\n \\\"cd\\\"",
            "ab\"+\"\"+\"cd\"",
            "ab\\\ncd",
            "ab\\\r\n  cd",
            "ab=\ncd",
            "ab=\r\ncd",
            "a=\nb=63d",
            "ab\n  cd\n",
            "ab\ncd ef",
        ] {
            assert_eq!(joined(text).as_deref(), Some("abcd"), "{text}");
        }
        let four = "ab\" + \"cd\" + 'ef' + `gh`";
        assert_eq!(joined(four).as_deref(), Some("abcdefgh"));
    }

    #[test]
    fn what_is_not_joined() {
        for text in [
            "ab",
            "ab\"",
            "ab\", \"cd\"",
            "ab\" + cd",
            "ab\" - \"cd\"",
            "ab cd",
            "ab\\n",
            "ab=cd",
            "ab\" + \\\"cd\\\"",
            "ab\"; \"cd\"",
            "ab\\cd",
        ] {
            assert_eq!(joined(text), None, "{text}");
        }
        let far = format!("ab\" + {}\"cd\"", " ".repeat(LONGEST_GAP));
        assert_eq!(joined(&far), None);
        let long = format!("{}\" + \"cd\"", "a".repeat(LONGEST_PIECE));
        assert_eq!(joined(&long), None);
    }

    #[test]
    fn many_pieces_are_bounded() {
        let text = "a\" + \"".repeat(1000);
        let joined = Joined::read(text.as_bytes(), 0).unwrap();
        assert_eq!(joined.len, MOST_PIECES);
        assert!(joined.original(Span::new(0, joined.len)).end <= REACH);
    }

    #[test]
    fn open_ends() {
        for (text, is_open) in [
            ("ab\" +", true),
            ("ab\" + \n", true),
            ("ab\"\n", true),
            ("ab\n", true),
            ("ab\\\n", true),
            ("ab=\n", true),
            ("ab\" + \"cd\" +", true),
            ("ab\" + \"cd\"", false),
        ] {
            let joined = Joined::read(text.as_bytes(), 0).unwrap();
            assert_eq!(joined.is_open, is_open, "{text}");
        }
    }

    #[test]
    fn places_of_pieces() {
        let text = "xab\" + \"cd=3De=\nf\"";
        let joined = Joined::read(text.as_bytes(), 1).unwrap();
        assert_eq!(&joined.bytes[..joined.len], b"abcd=ef");
        let at = |start, end| joined.original(Span::new(start, end));
        assert_eq!(at(0, 2), Span::new(1, 3));
        assert_eq!(at(1, 3), Span::new(2, 9));
        assert_eq!(at(4, 5), Span::new(10, 11));
        assert_eq!(at(0, 7), Span::new(1, 17));
    }
}
