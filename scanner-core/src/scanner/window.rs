//! From raw matches that arrive part by part to located matches in their order.
//!
//! A stream sees its input through a window, and a large file is searched in parts. A match can
//! only be told when nothing found later can overlap it any more, and when the text for its excerpt
//! has been seen. This module keeps what is not yet settled, and the position up to which lines
//! have been counted. The result does not depend on how the input was cut.

use core::cmp::Reverse;

use crate::confirm::raw_match::RawMatch;
use crate::confirm::{LEFT_CONTEXT, RIGHT_CONTEXT};
use crate::engine::Engine;
use crate::engine::overlap::Reach;
use crate::redact::excerpt::{EXCERPT_REACH, Excerpt, REDACTIONS_BESIDE};
use crate::redact::{LOOK_LEFT, LOOK_RIGHT, Redaction, Redactor};
use crate::scanner::search::{InRange, Search};
use crate::secret::Secret;
use crate::text::context::LineContext;
use crate::text::position::{LineIndex, Position};
use crate::text::span::Span;
use crate::text::view::View;
use crate::verdict::Confidence;

/// What matches are resolved and shown with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'s> {
    pub(crate) engine: &'s Engine,
    pub(crate) redactor: &'s Redactor,
    /// Matches below this get no excerpt: nobody will see it. With `None`, no match gets one, and
    /// lines are not counted.
    pub(crate) least_shown: Option<Confidence>,
    /// Matches below this are not emitted, though excerpts hide them.
    pub(crate) least_emitted: Confidence,
    /// Whether shadowed matches are emitted, too.
    pub(crate) keeps_shadowed: bool,
}

/// A raw match with its place.
pub(crate) struct PositionedMatch {
    pub(crate) raw: RawMatch,
    pub(crate) start: Position,
    pub(crate) end: Position,
    pub(crate) secret: Secret,
    pub(crate) excerpt: Excerpt,
    pub(crate) context: LineContext,
}

impl PositionedMatch {
    /// A match with its secret alone, without place and excerpt.
    pub(crate) fn alone(secret: Secret, raw: RawMatch) -> Self {
        let (excerpt, context) = (Excerpt::default(), LineContext::default());
        Self { raw, start: Position::START, end: Position::START, secret, excerpt, context }
    }
}

/// What is found but not yet told.
pub(crate) struct MatchWindow {
    search: Search,
    pending: Vec<RawMatch>,
    /// Matches that were emitted but can still be seen in the excerpts of others.
    recent: Vec<Redaction>,
    /// What the redactor hides where excerpts are cut.
    hidden: RedactionCache,
    /// An offset and its position: lines are counted from here.
    anchor: (usize, Position),
    /// How much text to the left of what is searched can still matter.
    look_back: usize,
    /// The end of what was kept of the last chain of overlaps.
    kept_until: usize,
}

/// What the redactor has seen of a text: more than what is searched for, since it knows all rules
/// and minds no neighbours.
///
/// Many findings can be close to each other, and each would have the redactor look at nearly the
/// same part of the text. So it looks ahead, and what it saw is kept.
struct RedactionCache {
    /// The part of the input of which it is known what must be hidden.
    seen: Span,
    redactions: Redactions,
    /// How many bytes more than asked for are looked at.
    ahead: usize,
}

impl RedactionCache {
    /// The least number of bytes more than asked for that are searched at once.
    const MIN_AHEAD: usize = 1 << 16;
    /// Bounds what is kept.
    const MAX_AHEAD: usize = 1 << 19;

    fn new() -> Self {
        Self { seen: Span::new(0, 0), redactions: Redactions::default(), ahead: Self::MIN_AHEAD }
    }

    /// Has the redactor look at a line of the view, and at what decides about its ends: a token
    /// that starts before the line or goes on behind it is seen whole.
    ///
    /// Each look reads [`LOOK_LEFT`] and [`LOOK_RIGHT`] once more. So where one begins soon behind
    /// the last one, it goes twice as far.
    fn look(&mut self, redactor: &Redactor, view: &View<'_>, line: Span) {
        let wanted = line.shifted(view.base);
        if self.seen.contains(wanted) {
            return;
        }
        let goes_on = !self.seen.is_empty() && wanted.start < self.seen.end + Self::MIN_AHEAD;
        self.ahead = if goes_on { Self::MAX_AHEAD.min(2 * self.ahead) } else { Self::MIN_AHEAD };
        let len = view.bytes.len();
        let from = line.start.saturating_sub(LOOK_LEFT);
        let to = len.min(line.end + LOOK_RIGHT + self.ahead);
        let by = from + view.base;
        let found = redactor.redactions(&view.bytes[from..to]).into_iter();
        self.redactions = Redactions::new(
            found
                .map(|redaction| Redaction { span: redaction.span.shifted(by), ..redaction })
                .collect(),
        );
        let is_end = view.is_last && to == len;
        let known_to = if is_end { to } else { to.saturating_sub(LOOK_RIGHT) };
        self.seen = Span::new(line.start, known_to.max(line.end)).shifted(view.base);
    }
}

impl MatchWindow {
    pub(crate) fn new(engine: &Engine) -> Self {
        Self {
            search: Search::new(engine),
            pending: Vec::new(),
            recent: Vec::new(),
            hidden: RedactionCache::new(),
            anchor: (0, Position::START),
            look_back: (LOOK_LEFT + EXCERPT_REACH).max(LEFT_CONTEXT).max(engine.reach()),
            kept_until: 0,
        }
    }

    /// Candidates up to here have been tried.
    pub(crate) fn searched(&self) -> usize {
        self.search.searched()
    }

    /// How many encoded texts were not searched to their end.
    pub(crate) fn cut(&self) -> usize {
        self.search.cut()
    }

    /// How far candidates can be tried in a view: so that the longest match of the last one is
    /// still in it.
    pub(crate) fn searchable(engine: &Engine, view: &View<'_>) -> usize {
        if view.is_last {
            return view.end();
        }
        let reach = LOOK_RIGHT.max(engine.max_len().max(engine.reach()) + RIGHT_CONTEXT);
        view.end().saturating_sub(reach)
    }

    /// Searches on, up to `until`, an offset in the view.
    pub(crate) fn advance(&mut self, engine: &Engine, view: &View<'_>, until: usize) {
        self.pending.extend(self.search.advance(engine, view, until));
    }

    /// Takes what a search of the range from [`MatchWindow::searched`] to `until` has found.
    pub(crate) fn add(&mut self, engine: &Engine, view: &View<'_>, found: InRange, until: usize) {
        self.pending.extend(self.search.complete(engine, view, found, until));
    }

    /// Emits the matches that nothing to come can change.
    pub(crate) fn flush(
        &mut self,
        context: Context<'_>,
        view: &View<'_>,
        emit: &mut dyn FnMut(PositionedMatch),
    ) {
        if self.pending.is_empty() {
            return;
        }
        let last = self.take_final(view);
        let resolved = self.resolved(context, last);
        if resolved.is_empty() {
            return;
        }
        let secret = |raw: &RawMatch| match &raw.decoded {
            Some(decoded) => decoded.secret.clone(),
            None => Secret::new(&view.bytes[view.local(raw.span).range()]),
        };
        let is_emitted = |raw: &RawMatch| raw.confidence >= context.least_emitted;
        let Some(least_shown) = context.least_shown else {
            for raw in resolved.into_iter().filter(is_emitted) {
                emit(PositionedMatch::alone(secret(&raw), raw));
            }
            return;
        };
        let mut redactions = core::mem::take(&mut self.recent);
        redactions.extend(resolved.iter().chain(&self.pending).map(redaction));
        let redactions = Redactions::new(redactions);

        let is_beginning = self.anchor.0 == 0 && view.base == 0;
        let from = self.anchor.0 - view.base;
        let mut lines = LineIndex::starting_at(&view.bytes[from..], self.anchor.1, is_beginning);
        for raw in resolved.into_iter().filter(is_emitted) {
            let local = view.local(raw.span);
            let start = lines.position(local.start - from);
            let (excerpt, line_context) = if raw.confidence >= least_shown {
                let line = Excerpt::line(view.bytes, local);
                self.hidden.look(context.redactor, view, line);
                let in_line = line.shifted(view.base);
                let mut hidden: Vec<_> = redactions
                    .near(raw.span, in_line, view.base)
                    .chain(self.hidden.redactions.near(raw.span, in_line, view.base))
                    .collect();
                hidden.sort_by_key(|redaction| redaction.span);
                let excerpt = if raw.is_wide() {
                    Excerpt::alone()
                } else {
                    let matched = Redaction { span: local, ..redaction(&raw) };
                    Excerpt::of(view.bytes, line, matched, &hidden)
                };
                (excerpt, LineContext::of(view, view.local(raw.whole), local))
            } else {
                (Excerpt::default(), LineContext::default())
            };
            // Counted from the start of the match, so that the next one is not behind where
            // counting goes on.
            let end = lines.clone().position(local.end - from);
            self.anchor = (raw.span.start, start);
            emit(PositionedMatch {
                start,
                end,
                secret: secret(&raw),
                excerpt,
                context: line_context,
                raw,
            });
        }
        self.recent = redactions.0;
        let searched = self.searched();
        self.recent.retain(|redaction| redaction.span.end + EXCERPT_REACH >= searched);
    }

    /// Leaves one match of those that share bytes, chain by chain: so the result does not depend on
    /// how many chains there are at a time.
    fn resolved(&mut self, context: Context<'_>, found: Vec<RawMatch>) -> Vec<RawMatch> {
        let engine = context.engine;
        let is_alone = |raw: &RawMatch| engine.rule(raw.rule).path.is_some();
        let mut resolved = Vec::with_capacity(found.len());
        let mut rest = found.into_iter().peekable();
        while let Some(first) = rest.next() {
            let mut reach = Reach::of(first.span);
            let mut chain = vec![first];
            while let Some(next) = rest.next_if(|next| reach.links(next.span)) {
                chain.push(next);
            }
            // A match that was kept of a cut chain can reach into the next chain.
            chain.retain(|raw| raw.span.start >= self.kept_until || is_alone(raw));
            if chain.len() > 1 {
                chain = if context.keeps_shadowed {
                    engine.resolve_openly(chain)
                } else {
                    engine.resolve(chain)
                };
            }
            let is_kept = |raw: &&RawMatch| {
                !is_alone(raw) && raw.overlap.is_none_or(|overlap| !overlap.is_shadowed)
            };
            let end = chain.iter().filter(is_kept).map(|raw| raw.span.end).max();
            self.kept_until = self.kept_until.max(end.unwrap_or(0));
            resolved.append(&mut chain);
        }
        resolved
    }

    /// The first byte that is still needed, at most `end`.
    pub(crate) fn needed_from(&self, end: usize) -> usize {
        let pending = self.pending.iter().map(|raw| raw.whole.start).min().unwrap_or(end);
        let oldest =
            pending.saturating_sub(LOOK_LEFT + EXCERPT_REACH).min(self.search.needed_from(end));
        oldest.min(self.searched().saturating_sub(self.look_back))
    }

    /// Counts the lines up to `offset`, which is between two code points and will be the beginning
    /// of the next view.
    pub(crate) fn count_to(&mut self, view: &View<'_>, offset: usize) {
        let (from, position) = self.anchor;
        if offset > from {
            let is_beginning = from == 0 && view.base == 0;
            let mut lines =
                LineIndex::starting_at(&view.bytes[from - view.base..], position, is_beginning);
            self.anchor = (offset, lines.position(offset - from));
        }
    }

    /// The pending matches that nothing to come can change: whole chains of overlaps, far enough
    /// from what has not been searched.
    fn take_final(&mut self, view: &View<'_>) -> Vec<RawMatch> {
        self.pending.sort_by_key(|raw| (raw.span, raw.rule));
        if view.is_last && self.searched() == view.end() {
            return core::mem::take(&mut self.pending);
        }
        let border = self.searched().saturating_sub(LEFT_CONTEXT.max(EXCERPT_REACH));
        let mut last = 0;
        let mut at = 0;
        while at < self.pending.len() {
            let mut reach = Reach::of(self.pending[at].span);
            let chain =
                self.pending[at + 1..].iter().take_while(|raw| reach.links(raw.span)).count() + 1;
            if reach.end() > border {
                break;
            }
            at += chain;
            last = at;
        }
        let later = self.pending.split_off(last);
        core::mem::replace(&mut self.pending, later)
    }
}

fn redaction(raw: &RawMatch) -> Redaction {
    Redaction { span: raw.span, prefix_len: raw.prefix_len }
}

/// Redactions of a text, which the excerpts of its matches pick theirs from: sorted, and those that
/// overlap each other are one.
#[derive(Default)]
struct Redactions(Vec<Redaction>);

impl Redactions {
    fn new(mut all: Vec<Redaction>) -> Self {
        all.sort_unstable_by_key(|redaction| (redaction.span, Reverse(redaction.prefix_len)));
        all.dedup_by(|next, first| {
            let is_joined = next.span.start < first.span.end;
            if is_joined {
                first.span.end = first.span.end.max(next.span.end);
            }
            is_joined
        });
        Self(all)
    }

    /// The redactions of a line that can be seen in the excerpt of a match, relative to a view that
    /// begins at `base`: those that begin in the match, and as many on either side as an excerpt
    /// shows, one more that it ends at.
    fn near(&self, matched: Span, line: Span, base: usize) -> impl Iterator<Item = Redaction> + '_ {
        let first = self.0.partition_point(|redaction| redaction.span.start < matched.start);
        let behind = self.0.partition_point(|redaction| redaction.span.start < matched.end);
        let beside = REDACTIONS_BESIDE + 1;
        let seen = &self.0[first.saturating_sub(beside)..self.0.len().min(behind + beside)];
        let seen = seen.iter().filter(move |redaction| redaction.span.overlaps(line));
        seen.map(move |redaction| Redaction {
            span: Span::new(redaction.span.start.saturating_sub(base), redaction.span.end - base),
            // One whose beginning is no longer in memory has no beginning to be shown.
            prefix_len: if redaction.span.start < base { 0 } else { redaction.prefix_len },
        })
    }
}
