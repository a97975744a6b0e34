//! What an excerpt does not show though no rule knows it.
//!
//! Secrets stand beside secrets: the second value of a list, the rest of a password of which a rule
//! has matched a part, a token of a kind that no rule is about. So an excerpt shows what is plainly
//! a word, a path, a number or an identifier, and hides all other values.
//!
//! A line is taken apart into strings (the lexer of [`syntax`](crate::syntax) finds their ends) and
//! into runs without blanks outside of them. Each is split into pieces, which [`plain`] judges, and
//! signs between them. A piece that is not plain is hidden together with the signs, numbers and
//! short pieces beside it, which can be parts of the same password.

use core::ops::Range;

use super::plain::{self, Piece};
use crate::syntax::{Delimiter, values};
use crate::text::span::Span;

/// Shorter values are not hidden.
const SHORTEST: usize = 8;
/// The rest of a value of which another part is hidden is, if it is as long as this.
const SHORTEST_REST: usize = 4;

/// A line, or a part of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'t> {
    pub(crate) text: &'t [u8],
    /// Whether the line begins before the text.
    pub(crate) is_cut_left: bool,
    /// Whether it goes on behind it.
    pub(crate) is_cut_right: bool,
}

/// Returns what to hide of a line beside `known`, which is hidden anyway: sorted, and apart from
/// each other. Takes time linear in the length of the line.
pub(crate) fn spans(line: Line<'_>, known: &[Span]) -> Vec<Span> {
    let mut search = Search { text: line.text, known, found: Vec::new() };
    let whole = Span::new(0, line.text.len());
    search.lexed(whole);
    if line.is_cut_left {
        search.cut_left(whole);
    }
    if line.is_cut_right {
        let len = line.text.iter().rev().take_while(|byte| plain::is_of_piece(**byte)).count();
        search.found.push(Span::new(whole.end - len, whole.end));
    }
    search.found.retain(|span| !span.is_empty());
    search.found.sort_unstable();
    search.found
}

struct Search<'t> {
    text: &'t [u8],
    known: &'t [Span],
    found: Vec<Span>,
}

impl Search<'_> {
    /// Looks at a part that begins outside of a string.
    fn lexed(&mut self, part: Span) {
        let mut outside = part.start;
        let (mut run, mut is_judged) = (Span::new(part.start, part.start), false);
        for value in values(&self.text[part.range()]) {
            let span = Span::new(value.span.start + part.start, value.span.end + part.start);
            if value.delimiter == Delimiter::Quoted {
                self.runs(Span::new(outside, span.start), false);
                self.string(span);
                if span.start >= run.end {
                    run = self.run_around(span.start, part);
                    is_judged = false;
                }
                // Once for all its strings.
                if !(is_judged || self.is_structured(run) && self.is_apart(span)) {
                    self.run(run, true);
                    is_judged = true;
                }
                outside = span.end;
            }
        }
        self.runs(Span::new(outside, part.end), false);
    }

    /// Whether a string has a sign of structure on either side. Where it has none, its quotes are
    /// perhaps a part of a value that has no quotes around it.
    fn is_apart(&self, string: Span) -> bool {
        let is_mark = |byte: &u8| is_quote(*byte) || *byte == b'\\';
        let mut before = self.text[..string.start].iter().rev().skip_while(|byte| is_mark(byte));
        let mut after = self.text[string.end..].iter().skip_while(|byte| is_mark(byte));
        let is_structure = |byte: Option<&u8>| {
            byte.is_none_or(|byte| byte.is_ascii_whitespace() || b"=:,;()[]{}<>|&+".contains(byte))
        };
        is_structure(before.next()) && is_structure(after.next())
    }

    /// Whether a run begins like something that has strings in it: a string, a bracket, a call, or
    /// a name and one of these.
    fn is_structured(&self, run: Span) -> bool {
        let text = &self.text[run.range()];
        let name = text.iter().take_while(|byte| plain::is_of_piece(**byte)).count();
        let value = &text[name..];
        let is_begun = |text: &[u8]| {
            let letters = text.iter().take_while(|byte| plain::is_of_piece(**byte)).count();
            text[letters..].first().is_some_and(|byte| b"([".contains(byte))
                || text.first().is_some_and(|byte| is_quote(*byte) || b"([{<".contains(byte))
        };
        is_begun(text)
            || value.first().is_some_and(|sign| b"=:".contains(sign) && is_begun(&value[1..]))
    }

    /// The run without blanks that a place is in.
    fn run_around(&self, at: usize, part: Span) -> Span {
        let is_blank = |byte: &u8| byte.is_ascii_whitespace();
        let start = self.text[part.start..at].iter().rposition(is_blank);
        let end = self.text[at..part.end].iter().position(is_blank);
        Span::new(
            start.map_or(part.start, |len| part.start + len + 1),
            end.map_or(part.end, |len| at + len),
        )
    }

    /// Nobody knows whether a line that is cut begins in a string, and in which: looks at it as if
    /// it did. Hides the first piece, which may be the end of a longer one.
    fn cut_left(&mut self, whole: Span) {
        let len = self.text.iter().take_while(|byte| plain::is_of_piece(**byte)).count();
        self.found.push(Span::new(0, len));
        for quote in [b'"', b'\'', b'`'] {
            if let Some(at) = memchr::memchr(quote, self.text) {
                self.runs(Span::new(0, at), true);
                self.lexed(Span::new(at + 1, whole.end));
            }
        }
    }

    /// Looks at the runs without blanks of a part.
    fn runs(&mut self, part: Span, is_value: bool) {
        let mut at = part.start;
        for run in self.text[part.range()].split(u8::is_ascii_whitespace) {
            if run.is_empty() {
                at += 1;
                continue;
            }
            let is_value = is_value
                || self.text[..at].trim_ascii_end().ends_with(b"=")
                || self.text[..at].ends_with(b": ");
            self.run(Span::new(at, at + run.len()), is_value);
            at += run.len() + 1;
        }
    }

    /// Looks at what is between quotes. A password can have blanks, but a sentence has words.
    fn string(&mut self, string: Span) {
        let before = self.found.len();
        self.runs(string, true);
        let text = &self.text[string.range()];
        if !text.iter().any(u8::is_ascii_whitespace) || self.rests(string).next() != Some(string) {
            return;
        }
        let (mut plain, mut is_odd) = (0, self.found.len() > before);
        for word in text.split(u8::is_ascii_whitespace) {
            match elements(without_stops(word), 0)[..] {
                [Element { kind: Kind::Piece(Piece::Words | Piece::Number), .. }] => {
                    plain += word.len()
                }
                [] | [Element { kind: Kind::Piece(Piece::Short), .. }] => {}
                _ => is_odd = true,
            }
        }
        if is_odd && 2 * plain < text.len() && text.len() >= SHORTEST {
            self.found.push(string);
        }
    }

    /// What is left of a part beside what is known.
    fn rests(&self, part: Span) -> impl Iterator<Item = Span> + use<'_> {
        let first = self.known.partition_point(|known| known.start < part.start);
        // The one before can reach into the part.
        let (mut at, mut index) = (part.start, first.saturating_sub(1));
        std::iter::from_fn(move || {
            while at < part.end {
                let next = self.known.get(index).filter(|known| known.start < part.end);
                let Some(known) = next else {
                    let rest = Span::new(at, part.end);
                    at = part.end;
                    return Some(rest);
                };
                index += 1;
                let rest = Span::new(at, known.start.max(at));
                at = at.max(known.end);
                if !rest.is_empty() {
                    return Some(rest);
                }
            }
            None
        })
    }

    fn run(&mut self, run: Span, is_value: bool) {
        let rests: Vec<Span> = self.rests(run).collect();
        for rest in rests {
            let least = if rest == run { SHORTEST } else { SHORTEST_REST };
            if rest.len() >= least {
                let all = elements(&self.text[rest.range()], rest.start);
                let elements = behind_names(&all, self.text, is_value);
                let is_value = is_value || elements.len() < all.len();
                Run { elements, text: self.text, is_value }.hide(&mut self.found);
            }
        }
    }
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// A piece, or the signs between two.
#[derive(Clone, Copy, Debug)]
struct Element {
    span: Span,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Piece(Piece),
    /// Signs, and whether they structure text rather than make a password hard to guess.
    Signs(bool),
}

/// Splits a run into pieces and signs.
fn elements(run: &[u8], from: usize) -> Vec<Element> {
    let mut at = from;
    // Of a query of a URL.
    let is_parameter = |end: usize| {
        let rest = &run[end - from..];
        let name = rest.iter().take_while(|byte| plain::is_of_piece(**byte)).count();
        name > 0 && rest.get(name) == Some(&b'=') && plain::is_name(&rest[..name])
    };
    run.chunk_by(|a, b| plain::is_of_piece(*a) == plain::is_of_piece(*b))
        .map(|chunk| {
            let span = Span::new(at, at + chunk.len());
            at = span.end;
            let is_structure = || {
                let of_variable = chunk.strip_suffix(b"${").or_else(|| chunk.strip_suffix(b"$"));
                let is_variable =
                    of_variable.is_some_and(|rest| !rest.is_empty() || span.start == from);
                let rest = of_variable.filter(|_| is_variable).unwrap_or(chunk);
                rest.iter().all(|byte| b"=:/,;()[]{}<>|@\"'\\".contains(byte))
                    || matches!(chunk, b"?" | b"&") && is_parameter(span.end)
            };
            let kind = if plain::is_of_piece(chunk[0]) {
                Kind::Piece(plain::judge(chunk))
            } else {
                Kind::Signs(is_structure())
            };
            Element { span, kind }
        })
        .collect()
}

/// A run without blanks, in its elements.
struct Run<'e> {
    elements: &'e [Element],
    text: &'e [u8],
    /// Whether it is a value for sure: in quotes, or assigned. Elsewhere it can be a part of a
    /// program.
    is_value: bool,
}

impl Run<'_> {
    fn piece(&self, element: &Element) -> &[u8] {
        &self.text[element.span.range()]
    }

    fn is_strong(&self, at: usize) -> bool {
        let element = &self.elements[at];
        element.kind == Kind::Piece(Piece::Words) && plain::has_strong_words(self.piece(element))
    }

    /// The pieces, without the signs before the first and behind the last one.
    fn pieces(&self) -> Option<(usize, usize)> {
        let is_piece = |element: &Element| matches!(element.kind, Kind::Piece(_));
        let first = self.elements.iter().position(is_piece)?;
        Some((first, self.elements.iter().rposition(is_piece)?))
    }

    /// Hides what is not plain, and what cannot be told from it.
    fn hide(&self, found: &mut Vec<Span>) {
        let Some((first, last)) = self.pieces() else { return };
        let is_sign = |kind: Kind| matches!(kind, Kind::Signs(_));
        // Signs between pieces that are found in passwords rather than in programs.
        let inside = &self.elements[first..=last];
        let is_odd = inside.iter().any(|element| match element.kind {
            Kind::Signs(is_structure) => !is_structure || is_heap(self.piece(element)),
            Kind::Piece(_) => false,
        });
        if is_odd {
            let is_heap_or_odd = |element: &Element| {
                element.kind == Kind::Signs(false)
                    || is_sign(element.kind) && element.span.len() > 3
            };
            let is_plain = |at: usize| is_sign(self.elements[at].kind) || self.is_strong(at);
            if !(first..=last).all(is_plain) {
                // Odd signs beside them are a part of it.
                let is_odd = |at: usize| self.elements.get(at).is_some_and(&is_heap_or_odd);
                let first = first - usize::from(first > 0 && is_odd(first - 1));
                let last = last + usize::from(is_odd(last + 1));
                found
                    .push(Span::new(self.elements[first].span.start, self.elements[last].span.end));
            }
            return;
        }
        // Words that structure parts from the rest break it up.
        let breaks = (first..=last).filter(|at| self.is_strong(*at));
        let mut start = first;
        for end in breaks.chain([last + 1]) {
            self.hide_part(start..end, found);
            start = end + 1;
        }
    }

    /// Hides from the first to the last piece that is not plain of a part with signs of structure,
    /// unless it is one or two small letters: these tell nothing.
    fn hide_part(&self, part: Range<usize>, found: &mut Vec<Span>) {
        let kind = |at: usize| self.elements[at].kind;
        let is_unknown = |at: usize| kind(at) == Kind::Piece(Piece::Unknown);
        let is_short = |at: usize| kind(at) == Kind::Piece(Piece::Short);
        let is_known = |at: usize| !is_short(at) || plain::is_known(self.piece(&self.elements[at]));
        let is_code = |at: usize| {
            !is_short(at) || self.piece(&self.elements[at]).iter().all(u8::is_ascii_lowercase)
        };
        let is_plain = part.clone().all(|at| !is_unknown(at))
            && part.clone().all(|at| if self.is_value { is_known(at) } else { is_code(at) });
        let mut reasons = part.filter(|at| is_unknown(*at) || is_short(*at));
        if let (false, Some(first)) = (is_plain, reasons.next()) {
            let last = reasons.next_back().unwrap_or(first);
            let elements = self.elements;
            let hidden = Span::new(elements[first].span.start, elements[last].span.end);
            let is_small =
                hidden.len() <= 2 && self.text[hidden.range()].iter().all(u8::is_ascii_lowercase);
            if !is_small {
                found.push(hidden);
            }
        }
    }
}

/// Whether there are more signs between two pieces than structure needs.
fn is_heap(signs: &[u8]) -> bool {
    let count = signs.iter().filter(|sign| !is_quote(**sign) && **sign != b'\\').count();
    count > 2 && !matches!(signs, b"://" | b"},{" | b"],[" | b"),(")
}

/// The run without the names that the rest is assigned to.
fn behind_names<'e>(run: &'e [Element], text: &[u8], is_value: bool) -> &'e [Element] {
    let mut rest = run;
    loop {
        let value = match rest {
            [Element { kind: Kind::Signs(true), .. }, value @ ..] => value,
            value => value,
        };
        let [Element { kind: Kind::Piece(_), span }, signs, value @ ..] = value else { break };
        let signs = &text[signs.span.range()];
        let is_assigned = b"=:".contains(&signs[0])
            && signs[1..].iter().all(|sign| b"/=>\"'([{\\".contains(sign));
        let name = &text[span.range()];
        let is_name = || if is_value { plain::is_strong(name) } else { plain::is_name(name) };
        if !is_assigned || !is_name() {
            break;
        }
        rest = value;
        // A scheme can follow, and behind it the name of a user.
        let is_scheme = |signs: &Element| text[signs.span.range()] == *b"://";
        if signs != b"://" && !rest.get(1).is_some_and(is_scheme) {
            break;
        }
    }
    rest
}

/// A word without the signs that end a part of a sentence.
fn without_stops(word: &[u8]) -> &[u8] {
    let end = word.iter().rposition(|byte| !b".,:;!?".contains(byte));
    &word[..end.map_or(0, |last| last + 1)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The line with `_` in place of what is hidden.
    fn shown(line: &str, known: &[Span]) -> String {
        let text = line.as_bytes();
        let line = Line { text, is_cut_left: false, is_cut_right: false };
        hidden(text, &spans(line, known))
    }

    fn hidden(text: &[u8], spans: &[Span]) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for span in spans.iter().filter(|span| span.end > 0) {
            if span.start >= at {
                out += &String::from_utf8_lossy(&text[at..span.start]);
                out.push('_');
            }
            at = at.max(span.end);
        }
        out + &String::from_utf8_lossy(&text[at..])
    }

    #[test]
    fn what_is_plain_stays() {
        for line in [
            "{\"id\":7,\"site\":\"eu\",\"created_at\":\"2026-05-01T10:00:00Z\",\"enabled\":true}",
            "curl \"https://gitlab.example.com/api/v4/projects/1/issues?page=2&per_page=50\"",
            "if (user.getName() == null || items[i].length > 0) { return foo(bar, 1, 2); }",
            "password = os.environ.get(\"DB_PASSWORD\", \"changeme\")",
            "export PATH=$HOME/.local/bin:/usr/local/bin:$PATH",
            "SELECT id, name FROM users WHERE email = 'a@b.com' AND age > 30;",
            "{{ template \"header\" . }} ${{ secrets.GITHUB_TOKEN }}",
            "The quick brown fox doesn't jump over the lazy dog, and it's fine.",
        ] {
            assert_eq!(shown(line, &[]), line);
        }
    }

    #[test]
    fn what_is_not_plain_is_hidden() {
        for (line, expected) in [
            ("password: \"PqM5rVZmr,sFePUw1dD\"", "password: \"_\""),
            ("DB_PASSWORD=\"(k7Qv2mZpRw9xT4z\"", "DB_PASSWORD=\"(_\""),
            ("{\"a\": \"lgqZEQb1z'w0FKXIYIe\"}", "{\"a\": \"_\"}"),
            ("postgres://app:Xk29fLq8Zt1@db.example.com/x", "postgres://app:_@db.example.com/x"),
            ("API_KEY=2b31f5464c00f9ad", "API_KEY=_"),
            ("hash: 'sha256:9f86d081884c7d65'", "hash: 'sha256:_'"),
            ("pw: 'x Y2k#9 Ab,3'", "pw: '_'"),
        ] {
            assert_eq!(shown(line, &[]), expected);
        }
    }

    #[test]
    fn the_rest_of_what_is_known_is_hidden() {
        let line = "pw: \"PqM5rVZmr,sFePUw1dD\" https://x:PqM5rVZmr@gitlab.com/a";
        let known = [Span::new(5, 14), Span::new(36, 45)];
        assert_eq!(shown(line, &known), "pw: \"PqM5rVZmr,_\" https://x:PqM5rVZmr@gitlab.com/a");
    }

    #[test]
    fn cut_lines() {
        let text = b"f3Qz\", \"Lw,b:c;d9\", 'and more";
        let line = Line { text, is_cut_left: true, is_cut_right: true };
        // Whether it begins in a string or not, and without the ends of what is cut.
        let shown = hidden(text, &spans(line, &[]));
        assert!(shown.starts_with("_\", \"_\""), "{shown}");
        assert!(!shown.contains("more"), "{shown}");
    }

    proptest! {
        #[test]
        fn any_text(text in "[ -~\u{e4}]{0,80}", at in 0_usize..80, len in 0_usize..20) {
            let (text, end) = (text.as_bytes(), (at + len).min(text.len()));
            let known = [Span::new(at.min(end), end)];
            for is_cut in [false, true] {
                let found = spans(Line { text, is_cut_left: is_cut, is_cut_right: is_cut }, &known);
                prop_assert!(found.is_sorted());
                let is_inside = |span: &Span| span.start < span.end && span.end <= text.len();
                prop_assert!(found.iter().all(is_inside));
            }
        }
    }
}
