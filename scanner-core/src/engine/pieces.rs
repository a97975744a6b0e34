//! Tokens that stand in pieces: joined, and tried as if they stood in one.
//!
//! A token in pieces counts where its checksum holds, or where a prefix of its own and the form
//! behind it leave no doubt. A value that only a name speaks for is never joined.

use super::Engine;
use crate::confirm::raw_match::{Decoded, Decoding, Lookaround, RawMatch};
use crate::prefilter::Candidate;
use crate::secret::Secret;
use crate::text::boundary::LeftBoundary;
use crate::text::pieces::{self, Joined, REACH_OF_PIECE};
use crate::text::span::Span;
use crate::verdict::{Confidence, Reason};

/// How many bytes before the first piece can belong to the token, or rule it out.
const BEFORE: usize = 64;
/// A shorter prefix is in too many words.
const SHORTEST_PREFIX: usize = 4;
/// A prefix that leaves no doubt without a checksum is at least as long.
const SHORTEST_DISTINCTIVE_PREFIX: usize = 5;
/// What routable tokens are found by, behind their payload.
const ROUTABLE: &[u8] = b".01.";
/// The sign `=` in quoted-printable.
const ESCAPED_SIGN: &[u8] = b"=3D";
/// An unknown token of at least this many characters behind its prefix is hidden.
const SHORTEST_HIDDEN: usize = 8;
/// The same where a piece that was not seen may follow.
const SHORTEST_HIDDEN_PIECE: usize = 4;

/// A text that was joined, with what stands before it.
struct Text {
    joined: Joined,
    bytes: Vec<u8>,
    /// How much of the bytes stands before the first piece.
    before: usize,
}

impl Text {
    fn read(haystack: &[u8], start: usize) -> Option<Self> {
        let joined = Joined::read(haystack, start)?;
        let left = &haystack[start.saturating_sub(BEFORE)..start];
        let is_escaped = joined.is_quoted_printable && left.ends_with(ESCAPED_SIGN);
        let mut bytes = if is_escaped { b"=".to_vec() } else { left.to_vec() };
        let before = bytes.len();
        bytes.extend_from_slice(&joined.bytes);
        Some(Self { joined, bytes, before })
    }

    /// Where a part stands that begins before the second piece.
    fn original(&self, start: usize, span: Span) -> Span {
        let Some(from) = span.start.checked_sub(self.before) else {
            let end = self.joined.original(Span::new(0, span.end - self.before)).end;
            return Span::new(start + span.start - self.before, end);
        };
        self.joined.original(Span::new(from, span.end - self.before))
    }

    /// Whether a match is all of the first piece, which is at `start`, and of the right length.
    fn is_whole(&self, start: usize, raw: &RawMatch) -> bool {
        raw.reason != Some(Reason::WrongLength) && raw.span.end == start + self.joined.first_len
    }

    /// Whether a part is in more than one piece.
    fn is_cut(&self, span: Span) -> bool {
        let end_of_first = self.before + self.joined.first_len;
        span.start < end_of_first && span.end > end_of_first
    }
}

impl Engine {
    /// Adds the token that stands in pieces, the first of which begins at a place with candidates;
    /// what was found in that one alone, from `before` on, gives way to it.
    ///
    /// Costs next to nothing where no prefix stands there, or nothing parts what stands behind it.
    pub(super) fn join(
        &self,
        haystack: &[u8],
        candidates: impl Iterator<Item = Candidate>,
        left: LeftBoundary,
        found: &mut Vec<RawMatch>,
        before: usize,
    ) {
        let prefixed = candidates.filter_map(|candidate| {
            let prefix_len = self.prefix_of_pieces(haystack, candidate)?;
            // Before pieces are looked for: in a run of one letter every byte is a candidate.
            let can_start = haystack[..candidate.start].ends_with(ESCAPED_SIGN)
                || self.confirmers[candidate.rule].can_start(haystack, candidate.start, left);
            can_start.then_some((candidate, prefix_len))
        });
        let mut prefixed = prefixed.peekable();
        let Some((first, prefix_len)) = prefixed.peek().copied() else { return };
        let start = first.start;
        if found[before..].iter().any(|raw| raw.confidence == Confidence::Proved) {
            return;
        }
        let Some(text) = Text::read(haystack, start) else { return };
        let mut joined = Vec::new();
        for (Candidate { rule, .. }, _) in prefixed {
            joined.extend(self.confirmers[rule].at(rule, &text.bytes, text.before, left));
        }
        if let Some(at) = memchr::memmem::find(&text.joined.bytes, ROUTABLE) {
            let at = text.before + at;
            joined.extend(self.by_literals(&text.bytes, Span::new(at, at + 1), left));
        }
        if left == LeftBoundary::Ignore {
            // A line behind a whole token is another one, and what follows such a token is not.
            let is_alone = text.joined.is_folded || text.joined.len == text.joined.first_len;
            if is_alone && found.len() > before {
                joined.retain(|raw| raw.confidence == Confidence::Proved);
                found.extend(hidden_tokens(&text, start, joined));
            } else if found[before..].iter().any(|raw| text.is_whole(start, raw)) {
                // The next argument of a command is another one, too.
                found.extend(hidden_tokens(&text, start, joined));
            } else {
                found.extend(hidden(&text, first, prefix_len, joined));
            }
            return;
        }
        for raw in joined {
            let part = found[before..].iter().position(|part| part.rule == raw.rule);
            let Some(raw) = accepted(&text, start, raw, part.map(|at| &found[before + at])) else {
                continue;
            };
            match part {
                Some(at) => found[before + at] = raw,
                None => found.push(raw),
            }
        }
    }

    /// The length of the prefix of a rule's own at a candidate, if pieces behind it are joined.
    fn prefix_of_pieces(&self, haystack: &[u8], candidate: Candidate) -> Option<usize> {
        let confirmer = &self.confirmers[candidate.rule];
        if !confirmer.rule().is_self_identifying() || confirmer.rule().syntax.is_some() {
            return None;
        }
        let prefix_len = confirmer.prefix_len(haystack, candidate.start)?;
        (prefix_len >= SHORTEST_PREFIX).then_some(prefix_len)
    }

    /// How much text around one place the results of its candidates depend on, beside the rules.
    pub(super) fn depends_on_pieces(
        &self,
        haystack: &[u8],
        mut candidates: impl Iterator<Item = Candidate>,
    ) -> Lookaround {
        let prefixed = candidates.find(|one| {
            self.runs.can_have_prefix(*one) && self.prefix_of_pieces(haystack, *one).is_some()
        });
        let Some(Candidate { start, .. }) = prefixed else { return Lookaround::default() };
        let is_cut = pieces::is_cut(haystack, start);
        Lookaround { before: BEFORE, len: if is_cut { pieces::REACH } else { REACH_OF_PIECE } }
    }
}

/// The match of joined pieces, put where they stand, if it leaves no doubt. `part` is what the same
/// rule has found in the first piece.
fn accepted(text: &Text, start: usize, raw: RawMatch, part: Option<&RawMatch>) -> Option<RawMatch> {
    let of_part = part.map_or(Confidence::Refuted, |part| part.confidence);
    let is_distinctive = raw.prefix_len >= SHORTEST_DISTINCTIVE_PREFIX && !text.joined.is_folded;
    let confidence = match raw.confidence {
        Confidence::Proved => Confidence::Proved,
        Confidence::Refuted => return None,
        // A token in one piece stays a token when the other pieces are joined to it.
        other if is_distinctive && of_part > Confidence::Refuted => other.max(of_part),
        Confidence::Likely if is_distinctive => Confidence::Possible,
        _ => return None,
    };
    let joined = text.is_cut(raw.span).then(|| placed(text, start, RawMatch { confidence, ..raw }));
    // `=` at the end of a line can be the last character of base64 as well as a soft break.
    joined.filter(|joined| part.is_none_or(|part| part.span != joined.span))
}

fn placed(text: &Text, start: usize, raw: RawMatch) -> RawMatch {
    let secret = Secret::new(&text.bytes[raw.span.range()]);
    let decoded = Decoded { chain: vec![Decoding::Joined], secret };
    let span = text.original(start, raw.span);
    let prefix_len = raw.prefix_len.min(text.before + text.joined.first_len - raw.span.start);
    RawMatch { span, whole: span, prefix_len, decoded: Some(Box::new(decoded)), ..raw }
}

/// The tokens in joined pieces, whatever their verdict.
fn hidden_tokens(text: &Text, start: usize, joined: Vec<RawMatch>) -> Vec<RawMatch> {
    let joined = joined.into_iter().filter(|raw| text.is_cut(raw.span));
    joined.map(|raw| placed(text, start, raw)).collect()
}

/// What is hidden of joined pieces: tokens, and what could be one, or become one with a piece that
/// is not seen.
fn hidden(
    text: &Text,
    Candidate { start, rule }: Candidate,
    prefix_len: usize,
    joined: Vec<RawMatch>,
) -> Vec<RawMatch> {
    let mut hidden = hidden_tokens(text, start, joined);
    let len = text.joined.len;
    let least = if text.joined.is_open { SHORTEST_HIDDEN_PIECE } else { SHORTEST_HIDDEN };
    if hidden.is_empty() && len >= prefix_len + least {
        let span = Span::new(text.before, text.before + len);
        let raw = RawMatch::of_wrong_length(rule, span, span, prefix_len);
        hidden.push(placed(text, start, raw));
    }
    hidden
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::mask::Mask;
    use crate::scanner::delta::tests::carried_and_searched;
    use crate::{Confidence, Decoding, Located, RuleSet, Scanner};

    /// With a checksum that holds: the example that GitHub published with the format.
    const CHECKED: [&str; 3] = ["ghp_zQWBuTSOoRi4A9", "spHcVY5ncnsDkxkJ", "0mLq17"];
    const UNCHECKED: [&str; 3] = ["glpat-", "6K5h83Aac", "UCCGxzdUCuD"];

    fn scanner() -> Scanner {
        Scanner::new(&RuleSet::builtin())
    }

    /// What is found in a text, and that none of the pieces is shown.
    fn found(text: &str) -> Vec<(String, Confidence, Vec<Decoding>)> {
        let scanner = scanner();
        let mut found = Vec::new();
        scanner.scan(text.as_bytes(), &mut |located| {
            let matched = &located.matched;
            let secret = String::from_utf8(located.secret.expose().to_vec()).unwrap();
            found.push((secret, matched.confidence(), matched.decoded().to_vec()));
            assert_hidden(&format!("{:?}", located.excerpt));
        });
        if !found.is_empty() {
            assert_hidden(&scanner.redactor().redact(text));
            let mut mask = Mask::new(scanner.redactor());
            let mut masked = Vec::new();
            for line in text.as_bytes().split_inclusive(|byte| *byte == b'\n') {
                masked.extend(mask.push(line));
            }
            masked.extend(mask.finish());
            assert_hidden(&String::from_utf8(masked).unwrap());
        }
        found
    }

    fn assert_hidden(shown: &str) {
        for piece in CHECKED.iter().chain(&UNCHECKED[1..]) {
            let body = piece.strip_prefix("ghp_").unwrap_or(piece);
            assert!(!shown.contains(body), "{shown}");
        }
    }

    #[test]
    fn joined_by_programs_and_formats() {
        for [before, seam, behind] in [
            ["T = \"", "\" + \"", "\""],
            ["T = \"", "\"\n    + \"", "\";"],
            ["T = (\"", "\"\n     \"", "\")"],
            ["$t = '", "' . '", "';"],
            ["t = \"", "\" & _\r\n  \"", "\""],
            ["t = \"", "\" .. \"", "\""],
            ["SELECT '", "' || '", "'"],
            ["{{ '", "' ~ '", "' }}"],
            ["TOKEN=", "\\\n", "\n"],
            ["t: \"", "\\\n    ", "\""],
            ["token: ", "=\r\n", "\r\n"],
            ["token=3D", "=\n", "\n"],
            [r#"{"code": "t = \""#, r#"\" + \""#, r#"\""}"#],
        ] {
            for (token, confidence) in
                [(CHECKED, Confidence::Proved), (UNCHECKED, Confidence::Possible)]
            {
                let text = format!("{before}{}{behind}", token.join(seam));
                let joined = (token.concat(), confidence, vec![Decoding::Joined]);
                assert_eq!(found(&text), [joined], "{text}");
            }
        }
    }

    #[test]
    fn folded_lines_are_joined_if_a_checksum_holds() {
        let folded = |token: [&str; 3]| format!("token: >-\n  {}\n", token.join("\n  "));
        let joined = (CHECKED.concat(), Confidence::Proved, vec![Decoding::Joined]);
        assert_eq!(found(&folded(CHECKED)), [joined]);
        assert_eq!(found(&folded(UNCHECKED)), []);
    }

    #[test]
    fn what_only_looks_joined() {
        let [one, two, three] = CHECKED;
        for text in [
            // A wrong checksum, another order.
            format!("\"{one}\" + \"{two}\" + \"1mLq17\""),
            format!("\"{one}\" + \"{three}\" + \"{two}\""),
            // Something else between them.
            format!("\"{one}\", \"{two}\" + \"{three}\""),
            format!("\"{one}\" + name + \"{two}{three}\""),
            // A form without a prefix that tells.
            "\"hf_\" + \"6K5h83AacUCCGxzdUCuD6K5h83AacUCCGxz\"".to_owned(),
            // A name alone.
            ["pass", "word = \"k7Qv2mZp\" + \"Rw9xT4zLk2\""].concat(),
            format!("token = \"{}\" + \"abc\"", "x".repeat(20)),
        ] {
            let is_joined = |(_, _, decoded): &(String, Confidence, Vec<Decoding>)| {
                decoded.contains(&Decoding::Joined)
            };
            assert!(!found(&text).iter().any(is_joined), "{text}");
        }
    }

    /// A key of any length is not cut where a piece ends.
    #[test]
    fn the_whole_of_a_key_without_a_fixed_length() {
        let [prefix, one, two] = ["sk_live_", "51Hh83AacUCCGxzdUCuD6K5h", "83AacUCCGx"];
        let text = format!("k = \"{prefix}{one}\" + \"{two}\"");
        let secrets: Vec<String> = found(&text).into_iter().map(|(secret, ..)| secret).collect();
        assert_eq!(secrets, [[prefix, one, two].concat()]);
    }

    #[test]
    fn routable_tokens() {
        let token = ["glp", "at-bzox79Of-KE9FD2Ljo", "XXF4CvyxA.01.0r0l8l6ir"].concat();
        for at in [6, 10, 30, token.len() - 3] {
            let text = format!("t = '{}' + '{}'", &token[..at], &token[at..]);
            let joined = (token.clone(), Confidence::Proved, vec![Decoding::Joined]);
            assert_eq!(found(&text), [joined], "{text}");
        }
    }

    /// So dense that each piece begins with a prefix.
    #[test]
    fn many_pieces_cost_bounded_work() {
        let text = "\"ghp_\"\"glpat-\" + \\\n".repeat(20_000);
        assert!(scanner().find(text.as_bytes()).is_empty());
    }

    fn shown(located: &Located<'_>) -> String {
        format!("{:?} {:?} {:?}", located.matched, located.start, located.secret.expose())
    }

    fn texts() -> impl Strategy<Value = String> {
        let seam = prop::sample::select(vec![
            "",
            "\" + \"",
            "\"\n + \"",
            "\\\n",
            "=\n",
            "\n  ",
            "' . '",
            "\" + x",
            "\", \"",
        ]);
        let token = (any::<bool>(), prop::collection::vec(seam, 3), 0..60_usize).prop_map(
            |(is_checked, seams, distance)| {
                let pieces = if is_checked { CHECKED } else { UNCHECKED };
                let joined = pieces.iter().zip(seams).map(|(piece, seam)| format!("{piece}{seam}"));
                format!("t = \"{}\"\n{}", joined.collect::<String>(), "x = 1\n".repeat(distance))
            },
        );
        prop::collection::vec(token, 1..8).prop_map(|tokens| tokens.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        /// All ways to search a text find the same.
        #[test]
        fn all_ways_tell_the_same(
            text in texts(),
            size in 1_usize..300,
            cuts: [prop::sample::Index; 2],
        ) {
            let scanner = scanner();
            let mut whole = Vec::new();
            scanner.scan(text.as_bytes(), &mut |located| whole.push(shown(&located)));
            let (mut streamed, mut stream) = (Vec::new(), scanner.stream());
            for chunk in text.as_bytes().chunks(size) {
                stream.push(chunk, &mut |located| streamed.push(shown(&located)));
            }
            stream.finish(&mut |located| streamed.push(shown(&located)));
            prop_assert_eq!(&streamed, &whole);
            // Results of candidates are carried to a text that is made of this one.
            let (of_carried, of_text) = carried_and_searched(&scanner, text.as_bytes(), cuts);
            prop_assert_eq!(of_carried, of_text);
        }
    }
}
