//! What a scanner does: bytes in, matches out.

use crate::scanner::builder::Scanner;
use crate::scanner::matched::{Located, Match};
use crate::scanner::parts::{Part, Parts, STEP, Searched};
use crate::scanner::search::{self, InRange};

use crate::confirm::raw_match::RawMatch;
use crate::redact::excerpt::Excerpt;
use crate::rules::rule::Rule;
use crate::scanner::delta::{Candidates, Piece};
use crate::scanner::stream::{Stream, once, utf16_matches};
use crate::scanner::window::MatchWindow;
use crate::secret::Secret;
use crate::text::boundary::LeftBoundary;
use crate::text::context::LineContext;
use crate::text::position::Position;
use crate::text::span::Span;
use crate::text::utf16;
use crate::verdict::Facts;

impl Scanner {
    /// Returns the matches of at least [`ScannerBuilder::min_confidence`](crate::ScannerBuilder) in
    /// a haystack, in the order of their spans. No match overlaps another one.
    ///
    /// Searches UTF-16 and encoded text, too: see [`Decoding`](crate::Decoding). Spans always refer
    /// to the bytes of the haystack. Time grows with the length of the haystack. Memory grows with
    /// the number of candidates, to a hundred times the haystack where every byte could begin a
    /// match: [`Scanner::scan`] takes large or hostile text in steps, and tells which encoded text
    /// it did not search to its end.
    #[must_use]
    pub fn find(&self, haystack: &[u8]) -> Vec<Match<'_>> {
        let mut found: Vec<Match<'_>> = search::all(&self.engine, haystack, LeftBoundary::Enforce)
            .into_iter()
            .map(|raw| Match::new(&self.engine, raw))
            .collect();
        if let Some((endian, bom)) = utf16::detect(haystack) {
            found.retain(|matched| !matched.is_of_utf16());
            utf16_matches(
                self,
                endian,
                bom,
                haystack,
                &mut |located| found.push(located.matched),
                &mut || true,
            );
            found.sort_by_key(|matched| matched.span());
        }
        let is_shadowed =
            |matched: &Match<'_>| matched.overlap().is_some_and(|overlap| overlap.is_shadowed);
        found
            .retain(|matched| matched.confidence() >= self.min_confidence && !is_shadowed(matched));
        found
    }

    /// Returns the matches of rules about paths alone for a path from the root: for each such rule
    /// that fits, an empty match at the beginning of the file. Reads no file.
    #[must_use]
    pub fn by_path(&self, path: &[u8]) -> Vec<Located<'_>> {
        let located = |rule| {
            let raw = RawMatch {
                rule,
                span: Span::new(0, 0),
                whole: Span::new(0, 0),
                decoded: None,
                prefix_len: 0,
                confidence: self.engine.rule(rule).confidence(),
                reason: None,
                facts: Facts::default(),
                overlap: None,
            };
            Located {
                matched: Match::new(&self.engine, raw),
                start: Position::START,
                end: Position::START,
                secret: Secret::new(b""),
                excerpt: Excerpt { redacted: "[by its path]".to_owned(), ..Excerpt::default() },
                context: LineContext::default(),
            }
        };
        self.engine.by_path(path).into_iter().map(located).collect()
    }

    /// Whether some rule is about paths alone.
    #[must_use]
    pub fn has_path_rules(&self) -> bool {
        self.engine.has_path_rules()
    }

    /// Returns where matches could begin in a haystack: [`Scanner::candidates_for_delta`] carries
    /// these to texts that are made of it. Costs about as much as a search without matches.
    #[must_use]
    pub fn candidates(&self, haystack: &[u8]) -> Candidates {
        Candidates::search(&self.engine, haystack)
    }

    /// The candidates of a haystack that is made of pieces: those of copied pieces are carried over
    /// from the text that they were copied from, and only what is new and the seams are searched.
    /// The pieces, in their order, make up the haystack.
    ///
    /// # Panics
    ///
    /// If the pieces are longer than the haystack.
    #[must_use]
    pub fn candidates_for_delta(
        &self,
        source: &Candidates,
        pieces: &[Piece],
        haystack: &[u8],
    ) -> Candidates {
        source.carry(&self.engine, pieces, haystack)
    }

    /// Splits candidates by rule. Encoded regions belong to no rule and are left out.
    #[must_use]
    pub fn candidates_by_rule(&self, candidates: &Candidates) -> Vec<(&Rule, Candidates)> {
        let by_rule = candidates.by_rule_index().into_iter();
        by_rule.map(|(rule, candidates)| (self.engine.rule(rule), candidates)).collect()
    }

    /// Tells the matches that [`Scanner::scan`] tells, for a haystack whose candidates are known,
    /// but neither their places nor the lines around them: of the many versions of a file in a
    /// history only the first one with a match is shown. What comes of the candidates is kept with
    /// them: carried to another text, most need not be looked at again. A match below
    /// [`ScannerBuilder::min_confidence`](crate::ScannerBuilder) for which only its context speaks
    /// is emitted for the first of such texts alone. Returns how many encoded texts were not
    /// searched to their end.
    ///
    /// ```
    /// use tokensieve_core::{RuleSet, Scanner};
    /// use tokensieve_core::internal::{Piece};
    ///
    /// let scanner = Scanner::new(&RuleSet::builtin());
    /// let old = "token: \nother: 1\n";
    /// let new = ["token: glp", "at-6K5h83AacUCCGxzdUCuD\nother: 1\n"].concat();
    /// let (inserted, at) = (new.len() - old.len(), 7);
    /// let copied = |from, len| Piece::Copied { from, len };
    /// let pieces = [copied(0, at), Piece::New { len: inserted }, copied(at, 10)];
    /// let of_old = scanner.candidates(old.as_bytes());
    /// let mut candidates = scanner.candidates_for_delta(&of_old, &pieces, new.as_bytes());
    /// let mut found = 0;
    /// scanner.scan_candidates(new.as_bytes(), &mut candidates, &mut |_, _| found += 1);
    /// assert_eq!(found, 1);
    /// ```
    pub fn scan_candidates<'s>(
        &'s self,
        haystack: &[u8],
        candidates: &mut Candidates,
        emit: &mut dyn FnMut(Match<'s>, Secret),
    ) -> usize {
        let mut emit = |located: Located<'s>| emit(located.matched, located.secret);
        if candidates.are_too_many() {
            return self.search_while(haystack, false, &mut emit, &mut || true).cut;
        }
        let found = candidates.confirm(&self.engine, haystack, self.min_confidence);
        self.emit(haystack, found, &mut emit)
    }

    /// Calls `emit` for each match in a haystack, with its location and the redacted line around
    /// it, in the order of spans; matches in UTF-16 text come last. Returns how far it searched.
    /// Works in steps of 256 KiB, so its memory does not grow with the haystack.
    ///
    /// What is emitted follows [`ScannerBuilder::min_confidence`](crate::ScannerBuilder) and
    /// [`keeps_refuted`](crate::ScannerBuilder::keeps_refuted).
    pub fn scan<'s>(&'s self, haystack: &[u8], emit: &mut dyn FnMut(Located<'s>)) -> Searched {
        self.scan_while(haystack, emit, &mut || true)
    }

    /// Does what [`Scanner::scan`] does, as long as `goes_on` says so, which is asked before each
    /// step of a MiB or less. Matches found before it ended are emitted, but for those that later
    /// text could still have changed.
    ///
    /// ```
    /// use tokensieve_core::{RuleSet, Scanner};
    ///
    /// let scanner = Scanner::new(&RuleSet::builtin());
    /// assert!(!scanner.scan_while(b"text", &mut |_| {}, &mut || false).is_whole);
    /// ```
    pub fn scan_while<'s>(
        &'s self,
        haystack: &[u8],
        emit: &mut dyn FnMut(Located<'s>),
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Searched {
        self.search_while(haystack, true, emit, goes_on)
    }

    fn search_while<'s>(
        &'s self,
        haystack: &[u8],
        has_lines: bool,
        emit: &mut dyn FnMut(Located<'s>),
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Searched {
        let mut parts = Parts { has_lines, ..self.in_parts(haystack) };
        let utf16 = utf16::detect(haystack);
        for start in (0..haystack.len()).step_by(STEP) {
            if !goes_on() {
                return Searched { is_whole: false, cut: parts.cut() };
            }
            let range = Span::new(start, haystack.len().min(start + STEP));
            let part = parts.search(range);
            parts.accept(vec![part], &mut once(utf16.is_some(), emit));
        }
        let mut searched = Searched { is_whole: true, cut: parts.cut() };
        if let Some((endian, bom)) = utf16 {
            let decoded = utf16_matches(self, endian, bom, haystack, emit, goes_on);
            searched = Searched { cut: searched.cut + decoded.cut, ..decoded };
        }
        searched
    }

    /// Tells what rules with literals found, and searches for what they do not. Returns how many
    /// encoded texts were not searched to their end.
    fn emit<'s>(
        &'s self,
        haystack: &[u8],
        found: InRange,
        emit: &mut dyn FnMut(Located<'s>),
    ) -> usize {
        let utf16 = utf16::detect(haystack);
        let mut cut = found.cut;
        // Nearly always there is nothing to be told.
        if !found.found.is_empty() || self.engine.has_rules_without_literals() {
            let mut parts = Parts { has_lines: false, ..self.in_parts(haystack) };
            let (range, searched) = (Span::new(0, haystack.len()), haystack.len());
            let part = Part { found, range, searched };
            parts.accept(vec![part], &mut once(utf16.is_some(), emit));
        }
        if let Some((endian, bom)) = utf16 {
            cut += utf16_matches(self, endian, bom, haystack, emit, &mut || true).cut;
        }
        cut
    }

    /// Begins a search of a haystack in parts, for callers that search them in parallel. It does
    /// not look at UTF-16 text: see [`Scanner::is_utf16`].
    #[must_use]
    pub fn in_parts<'s, 't>(&'s self, haystack: &'t [u8]) -> Parts<'s, 't> {
        Parts { scanner: self, haystack, window: MatchWindow::new(&self.engine), has_lines: true }
    }

    /// Begins a search of input that arrives in chunks. It keeps about 320 KiB with the built-in
    /// rules, whatever the size of the input and the chunks.
    ///
    /// ```
    /// use tokensieve_core::{RuleSet, Scanner};
    ///
    /// let scanner = Scanner::new(&RuleSet::builtin());
    /// let mut found = Vec::new();
    /// let mut stream = scanner.stream();
    /// for chunk in ["T=gl", "pat-6K5h83Aac", "UCCGxzdUCuD\n"] {
    ///     stream.push(chunk.as_bytes(), &mut |located| found.push(located));
    /// }
    /// stream.finish(&mut |located| found.push(located));
    /// assert_eq!(found[0].matched.span().range(), 2..28);
    /// ```
    #[must_use]
    pub fn stream(&self) -> Stream<'_> {
        Stream::new(self)
    }

    /// Returns whether a text that begins like this is searched as UTF-16, too. `head` need not be
    /// longer than 1 KiB: the rest does not count.
    #[must_use]
    pub fn is_utf16(&self, head: &[u8]) -> bool {
        utf16::detect(head).is_some()
    }
}
