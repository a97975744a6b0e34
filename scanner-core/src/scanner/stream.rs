//! Input that arrives in chunks.
//!
//! The stream keeps a window: what the longest match of the last candidates could still need, and
//! what excerpts show. With the built-in rules that is about 320 KiB, whatever the size of the
//! input and of the chunks.

use crate::scanner::builder::Scanner;
use crate::scanner::matched::Located;
use crate::scanner::parts::{STEP, Searched};
use crate::scanner::window::{MatchWindow, PositionedMatch};
use crate::text::position::floor_char_boundary;
use crate::text::span::Span;
use crate::text::utf16::{self, Endian, HEAD_LEN, Transcoder};
use crate::text::view::View;

/// A search of input that arrives in chunks: see [`Scanner::stream`].
///
/// The matches do not depend on how the input was cut into chunks. Each is emitted as soon as
/// nothing to come can change it.
pub struct Stream<'s> {
    scanner: &'s Scanner,
    raw: Lane,
    /// The beginning of the input, until it is long enough to tell whether it is UTF-16.
    head: Option<Vec<u8>>,
    decoded: Option<DecodedLane>,
}

impl<'s> Stream<'s> {
    pub(crate) fn new(scanner: &'s Scanner) -> Self {
        Self { scanner, raw: Lane::new(scanner), head: Some(Vec::new()), decoded: None }
    }

    /// Takes the next chunk of the input, of any length, and calls `emit` for the matches that
    /// nothing to come can change. Chunks of about a MiB are cheapest.
    pub fn push(&mut self, chunk: &[u8], emit: &mut dyn FnMut(Located<'s>)) {
        let scanner = self.scanner;
        // The head decides which matches in the bytes as they are count, so it is searched first.
        let mut of_decoded = Vec::new();
        self.push_decoded(chunk, &mut |located| of_decoded.push(located));
        let mut told = once(self.decoded.is_some(), emit);
        self.raw.push(scanner, chunk, &mut |settled| told(scanner.located(settled)));
        drop(told);
        of_decoded.into_iter().for_each(emit);
    }

    /// Ends the input, and calls `emit` for the remaining matches. Returns how many encoded texts
    /// in the input were not searched to their end, because they stand for much more than their
    /// size: if it is not 0, the search was incomplete.
    pub fn finish(mut self, emit: &mut dyn FnMut(Located<'s>)) -> usize {
        let scanner = self.scanner;
        let mut of_head = Vec::new();
        if let Some(head) = self.head.take() {
            self.decide(&head, &mut |located| of_head.push(located));
        }
        let mut told = once(self.decoded.is_some(), emit);
        self.raw.finish(scanner, &mut |settled| told(scanner.located(settled)));
        drop(told);
        of_head.into_iter().for_each(&mut *emit);
        let of_decoded = self.decoded.take().map_or(0, |decoded| decoded.finish(scanner, emit));
        self.raw.matches.cut() + of_decoded
    }

    fn push_decoded(&mut self, chunk: &[u8], emit: &mut dyn FnMut(Located<'s>)) {
        match &mut self.head {
            Some(head) => {
                head.extend_from_slice(chunk);
                if head.len() >= HEAD_LEN {
                    let head = self.head.take().unwrap_or_default();
                    self.decide(&head, emit);
                }
            }
            None => {
                if let Some(decoded) = &mut self.decoded {
                    decoded.push(self.scanner, chunk, emit);
                }
            }
        }
    }

    fn decide(&mut self, head: &[u8], emit: &mut dyn FnMut(Located<'s>)) {
        if let Some((endian, bom)) = utf16::detect(head) {
            let mut decoded = DecodedLane::new(self.scanner, endian, bom);
            decoded.push(self.scanner, &head[bom..], emit);
            self.decoded = Some(decoded);
        }
    }
}

/// Tells the matches in a haystack of UTF-16 text, as long as `goes_on` says so, which is asked
/// before each MiB.
pub(crate) fn utf16_matches<'s>(
    scanner: &'s Scanner,
    endian: Endian,
    bom: usize,
    haystack: &[u8],
    emit: &mut dyn FnMut(Located<'s>),
    goes_on: &mut dyn FnMut() -> bool,
) -> Searched {
    const CHUNK: usize = 1 << 20;
    let mut lane = DecodedLane::new(scanner, endian, bom);
    for chunk in haystack[bom..].chunks(CHUNK) {
        if !goes_on() {
            return Searched { is_whole: false, cut: lane.lane.matches.cut() };
        }
        lane.push(scanner, chunk, emit);
    }
    Searched { is_whole: true, cut: lane.finish(scanner, emit) }
}

/// Emits matches of an input as it is, without those that a search of it as UTF-16 tells.
pub(super) fn once<'s, 'e>(
    is_utf16: bool,
    emit: &'e mut dyn FnMut(Located<'s>),
) -> impl FnMut(Located<'s>) + 'e {
    move |located| {
        if !(is_utf16 && located.matched.is_of_utf16()) {
            emit(located);
        }
    }
}

/// A window that moves over a text.
struct Lane {
    text: Vec<u8>,
    /// The offset of `text` in the input.
    base: usize,
    matches: MatchWindow,
}

impl Lane {
    fn new(scanner: &Scanner) -> Self {
        Self { text: Vec::new(), base: 0, matches: MatchWindow::new(scanner.engine()) }
    }

    fn push(&mut self, scanner: &Scanner, chunk: &[u8], emit: &mut dyn FnMut(PositionedMatch)) {
        self.text.extend_from_slice(chunk);
        self.search(scanner, false, emit);
        if let Some(cut) = self.done() {
            self.drop_done(cut);
        }
    }

    fn finish(&mut self, scanner: &Scanner, emit: &mut dyn FnMut(PositionedMatch)) {
        self.search(scanner, true, emit);
    }

    fn view(&self, is_last: bool) -> View<'_> {
        View { bytes: &self.text, base: self.base, is_last }
    }

    fn search(&mut self, scanner: &Scanner, is_last: bool, emit: &mut dyn FnMut(PositionedMatch)) {
        let view = View { bytes: &self.text, base: self.base, is_last };
        let engine = scanner.engine();
        let until = MatchWindow::searchable(engine, &view);
        while self.matches.searched() < until {
            let to = until.min(self.matches.searched() + STEP);
            self.matches.advance(engine, &view, to);
            self.matches.flush(scanner.context(), &view, emit);
        }
        self.matches.flush(scanner.context(), &view, emit);
    }

    /// How much of the window is done with, where enough is to be worth moving the rest to the
    /// front.
    fn done(&self) -> Option<usize> {
        let end = self.base + self.text.len();
        let needed = self.matches.needed_from(end).saturating_sub(self.base);
        (needed > self.text.len() / 2).then(|| floor_char_boundary(&self.text, needed))
    }

    fn drop_done(&mut self, cut: usize) {
        let view = View { bytes: &self.text, base: self.base, is_last: false };
        self.matches.count_to(&view, self.base + cut);
        self.text.drain(..cut);
        self.base += cut;
    }
}

/// A lane over UTF-16 text that is turned into UTF-8 on the way.
struct DecodedLane {
    lane: Lane,
    transcoder: Transcoder,
}

impl DecodedLane {
    fn new(scanner: &Scanner, endian: Endian, bom: usize) -> Self {
        Self { lane: Lane::new(scanner), transcoder: Transcoder::new(endian, bom) }
    }

    fn push<'s>(&mut self, scanner: &'s Scanner, chunk: &[u8], emit: &mut dyn FnMut(Located<'s>)) {
        let mut text = Vec::with_capacity(chunk.len());
        self.transcoder.push(chunk, &mut text);
        self.lane.text.extend_from_slice(&text);
        self.search(scanner, false, emit);
        if let Some(cut) = self.lane.done() {
            self.transcoder.forget_before(&self.lane.text, self.lane.base, self.lane.base + cut);
            self.lane.drop_done(cut);
        }
    }

    fn finish<'s>(mut self, scanner: &'s Scanner, emit: &mut dyn FnMut(Located<'s>)) -> usize {
        let mut text = Vec::new();
        self.transcoder.finish(&mut text);
        self.lane.text.extend_from_slice(&text);
        self.search(scanner, true, emit);
        self.lane.matches.cut()
    }

    fn search<'s>(
        &mut self,
        scanner: &'s Scanner,
        is_last: bool,
        emit: &mut dyn FnMut(Located<'s>),
    ) {
        let mut settled = Vec::new();
        self.lane.search(scanner, is_last, &mut |one| settled.push(one));
        let view = self.lane.view(is_last);
        for one in settled {
            let span = one.raw.span;
            let original = |offset| self.transcoder.original(view.bytes, view.base, offset);
            let span = Span::new(original(span.start), original(span.end));
            let mut located = scanner.located(one);
            located.matched.move_to(span);
            emit(located);
        }
    }
}
