//! From a candidate to a match: regex, boundaries, proof, placeholders.
//!
//! The regex is tried anchored at the candidate, on the whole haystack, so that what stands around
//! the match is seen. It is compiled when the first candidate of its rule turns up.

pub(crate) mod hit;
pub(crate) mod raw_match;
pub(crate) mod whole;

pub(crate) mod anchored;
pub(crate) mod chance;
mod data_run;
mod generic;
mod hidden;
pub(crate) mod left_part;
pub(crate) mod linear;
mod matcher;
mod named;
mod placeholder;
mod published;
pub(crate) mod required_run;

use crate::confirm::hit::Hit;
use crate::confirm::raw_match::{Lookaround, RawMatch};
use crate::confirm::whole::Whole;
use crate::rules::rule::{MAX_CUSTOM_PREFIX_LEN, MAX_LEAD_LEN, MAX_START_OFFSET};
use crate::text::boundary::{Boundary, LeftBoundary};
use std::sync::{Arc, OnceLock};

use regex_automata::Input;
use regex_automata::meta::Regex;
use regex_syntax::hir::Hir;

#[cfg(test)]
use self::anchored::AnchoredRegex;
use self::left_part::Lead;
use self::matcher::{End, Matcher};
use crate::proof;
use crate::proof::claim::{Claim, Evidence, ProofResult};
use crate::rules::RuleEntry;
use crate::rules::literals::MIN_LITERAL_LEN;
use crate::rules::regex::parse;
use crate::rules::rule::{CustomPrefix, Rule, Syntax};
use crate::syntax;
use crate::text::span::Span;
use crate::text::utf8::Utf8Part;
use crate::verdict::{Confidence, Facts, Passwords, Reason};

/// Bytes to the left of a candidate that can matter: for a custom prefix, for an escape.
pub(crate) const LEFT_CONTEXT: usize = MAX_START_OFFSET + 64;
/// Bytes to the right of the longest match that can matter.
pub(crate) const RIGHT_CONTEXT: usize = 64;
const _: () = assert!(data_run::RIGHT_REACH <= RIGHT_CONTEXT);
/// A run of this many token characters after a prefix is meant to be a token, even if no form fits.
const MIN_LOOK_ALIKE_LEN: usize = 8;
/// A prefix that tells what is meant, even if no form fits, is at least as long.
const MIN_DISTINCTIVE_PREFIX_LEN: usize = 5;
/// Its extent is not followed further than this.
const MAX_LOOK_ALIKE_LEN: usize = 512;

fn is_proved_by_checksum(rule: &Rule, evidence: &Evidence) -> bool {
    rule.has_checksum() && evidence.confidence == Confidence::Proved
}

/// Compiles a regex that has been linted, for searches.
fn finder(regex: &str) -> Regex {
    Regex::builder()
        .configure(Regex::config().utf8_empty(false).nfa_size_limit(None))
        .build_from_hir(&parse(regex).expect("rules are linted"))
        .expect("rules are linted: what parses and is not too large compiles")
}

/// The span without the line ends at its borders.
fn without_newlines(text: &[u8], span: Span) -> Span {
    let part = &text[span.range()];
    let is_other = |byte: &u8| *byte != b'\n';
    match (part.iter().position(is_other), part.iter().rposition(is_other)) {
        (Some(first), Some(last)) => Span::new(span.start + first, span.start + last + 1),
        _ => Span::new(span.start, span.start),
    }
}

/// A rule, made ready at its first candidate.
pub(crate) struct Confirmer {
    entry: RuleEntry,
    /// The rule of the entry: it is asked for at each candidate.
    rule: OnceLock<Arc<Rule>>,
    /// The regex and the public beginning in place of the rule's, where a custom prefix replaces
    /// the rule's own.
    replaced: Option<Replaced>,
    /// Instance prefixes that may stand in front, each with its hyphen.
    in_front: Vec<String>,
    passwords: Passwords,
    matcher: OnceLock<Matcher>,
    /// For hiding: minds nothing behind the secret. None where the regex does not either.
    open_matcher: OnceLock<Option<(Matcher, End)>>,
    generated: OnceLock<Option<Whole>>,
    /// Finds where a rule without literals could match next.
    finder: OnceLock<Regex>,
    head: OnceLock<Lead>,
    /// Tells the files that the rule is about.
    path: OnceLock<Regex>,
}

/// What a custom prefix makes of a rule.
struct Replaced {
    regex: String,
    prefix: String,
}

impl Confirmer {
    /// A rule as it is, with GitLab's instance prefixes where the rule takes them.
    pub(crate) fn new(entry: RuleEntry, custom: &[String]) -> Self {
        let in_front = if entry.takes_custom_prefix() {
            custom.iter().map(|prefix| format!("{}-", prefix.trim_end_matches('-'))).collect()
        } else {
            Vec::new()
        };
        Self::with(entry, None, in_front)
    }

    /// The rule of personal access tokens with `prefix` in the place of its own, if the rule is one
    /// of theirs.
    pub(crate) fn with_replaced_prefix(entry: &RuleEntry, prefix: &str) -> Option<Self> {
        if !entry.takes_custom_prefix()
            || entry.rule().custom_prefix != Some(CustomPrefix::PersonalAccessToken)
        {
            return None;
        }
        let rule = entry.rule();
        let body = rule.regex.strip_prefix(rule.prefixes.first()?.as_str())?;
        let regex = format!("{}(?:{body})", regex_syntax::escape(prefix));
        Some(Self::with(
            entry.clone(),
            Some(Replaced { regex, prefix: prefix.to_owned() }),
            Vec::new(),
        ))
    }

    fn with(entry: RuleEntry, replaced: Option<Replaced>, in_front: Vec<String>) -> Self {
        Self {
            entry,
            rule: OnceLock::new(),
            replaced,
            in_front,
            passwords: Passwords::Usual,
            matcher: OnceLock::new(),
            open_matcher: OnceLock::new(),
            generated: OnceLock::new(),
            finder: OnceLock::new(),
            head: OnceLock::new(),
            path: OnceLock::new(),
        }
    }

    /// Sets which values under the name of a password it finds.
    pub(crate) fn find_passwords(&mut self, passwords: Passwords) {
        self.passwords = passwords;
    }

    pub(crate) fn entry(&self) -> &RuleEntry {
        &self.entry
    }

    /// The public beginnings of a match.
    fn prefixes(&self) -> impl Iterator<Item = &str> {
        let (replaced, own) = match &self.replaced {
            Some(replaced) => (Some(replaced.prefix.as_str()), &[][..]),
            None => (None, self.rule().prefixes.as_slice()),
        };
        replaced.into_iter().chain(own.iter().map(String::as_str))
    }

    pub(crate) fn rule(&self) -> &Arc<Rule> {
        self.rule.get_or_init(|| Arc::clone(self.entry.rule()))
    }

    pub(crate) fn regex(&self) -> &str {
        self.replaced.as_ref().map_or(&self.rule().regex, |replaced| &replaced.regex)
    }

    /// The regex that a custom prefix makes of the rule's own.
    pub(crate) fn replaced_regex(&self) -> Option<&str> {
        self.replaced.as_ref().map(|replaced| replaced.regex.as_str())
    }

    /// The instance prefixes that may stand in front.
    pub(crate) fn in_front(&self) -> &[String] {
        &self.in_front
    }

    /// Tries the rule at a candidate. `index` is what the match will carry as its rule.
    pub(crate) fn at(
        &self,
        index: usize,
        haystack: &[u8],
        start: usize,
        left: LeftBoundary,
    ) -> Option<RawMatch> {
        if !self.can_start(haystack, start, left) {
            return None;
        }
        let limit = haystack.len().min(start + self.rule().max_len);
        let is_hidden = left == LeftBoundary::Ignore;
        let hit = if is_hidden {
            self.hidden_hit(haystack, start, limit)
        } else {
            self.matcher().at(haystack, start, limit)
        };
        let Some(hit) = hit else {
            return if is_hidden { self.open_match(index, haystack, start, limit) } else { None };
        };
        let hit = self.with_head(haystack, hit, left)?;
        match self.rule().syntax {
            Some(Syntax::NamedValue) if is_hidden => self.hidden_named(index, haystack, hit),
            Some(Syntax::NamedValue) => self.judge_named(index, haystack, hit),
            None => self.judge(index, haystack, hit, left),
        }
    }

    /// Returns how much text around a candidate at `start` its result depends on.
    pub(crate) fn depends_on(&self, haystack: &[u8], start: usize) -> Lookaround {
        let rule = self.rule();
        if rule.proof.is_some() {
            return Lookaround { before: LEFT_CONTEXT, len: rule.max_len + proof::MAX_LOOKAHEAD };
        }
        if rule.syntax.is_some() {
            let len = syntax::right_reach(haystack, start);
            return Lookaround { before: syntax::LEFT_REACH, len };
        }
        let of_boundary = MAX_CUSTOM_PREFIX_LEN + 1 + crate::text::boundary::MAX_ESCAPE_LEN;
        let before = MAX_LEAD_LEN + of_boundary.max(generic::MAX_NAME_LEN);
        // The regex is not read for a rule whose candidates all stand behind words.
        let of_regex = self.matcher.get().map_or(usize::MAX, |matcher| matcher.max_len);
        let of_look_alike = if rule.prefixes.is_empty() { 0 } else { MAX_LOOK_ALIKE_LEN };
        Lookaround {
            before,
            len: rule.max_len.min(of_regex.max(of_look_alike)) + generic::MAX_HOST_LEN,
        }
    }

    /// The hit with what belongs to the secret and stands before it; none where that is not there.
    fn with_head(&self, haystack: &[u8], hit: Hit, left: LeftBoundary) -> Option<Hit> {
        let Some(regex) = &self.rule().lead else { return Some(hit) };
        let head = self.head.get_or_init(|| Lead::new(regex));
        let start = head.start(haystack, hit.span.start, |start| {
            self.is_free_on_the_left(haystack, start, left)
        })?;
        let secret_start =
            if hit.secret.start == hit.span.start { start } else { hit.secret.start };
        Some(Hit {
            span: Span::new(start, hit.span.end),
            secret: Span::new(secret_start, hit.secret.end),
        })
    }

    /// Whether what stands to the left of a candidate lets a match begin there.
    pub(crate) fn can_start(&self, haystack: &[u8], start: usize, left: LeftBoundary) -> bool {
        !self.is_left_decisive() || self.is_free_on_the_left(haystack, start, left)
    }

    /// Whether what stands to the left of a candidate can rule it out, whatever else there is.
    fn is_left_decisive(&self) -> bool {
        self.in_front.is_empty() && !self.rule().finds_start() && !self.rule().has_checksum()
    }

    /// What the rule's prefix begins at `start` and no form of the rule fits: a token of the wrong
    /// length.
    pub(crate) fn look_alike(
        &self,
        index: usize,
        haystack: &[u8],
        start: usize,
        left: LeftBoundary,
    ) -> Option<RawMatch> {
        // A short prefix begins many a word.
        let prefix_len =
            self.prefix_len(haystack, start).filter(|len| *len >= MIN_DISTINCTIVE_PREFIX_LEN)?;
        let limit = haystack.len().min(start + MAX_LOOK_ALIKE_LEN.min(self.rule().max_len));
        let body = &haystack[start + prefix_len..limit];
        let run = body
            .iter()
            .position(|byte| !crate::text::boundary::is_token(*byte))
            .unwrap_or(body.len());
        let is_meant = run >= MIN_LOOK_ALIKE_LEN && self.is_free_on_the_left(haystack, start, left);
        let span = Span::new(start, start + prefix_len + run);
        is_meant.then(|| RawMatch::of_wrong_length(index, span, span, prefix_len))
    }

    /// The leftmost match of a rule without literals that starts at or after `from`; also the hit,
    /// to go on behind it.
    pub(crate) fn next(
        &self,
        index: usize,
        haystack: &[u8],
        from: usize,
        left: LeftBoundary,
    ) -> Option<(Hit, Option<RawMatch>)> {
        let hit = self.search(haystack, from, haystack.len())?;
        Some((hit, self.judge(index, haystack, hit, left)))
    }

    /// The leftmost hit that starts at or after `from` and before `until`.
    fn search(&self, haystack: &[u8], from: usize, until: usize) -> Option<Hit> {
        let finder = self.finder.get_or_init(|| finder(self.regex()));
        let end = haystack.len().min(until.saturating_add(self.rule().max_len));
        let mut from = from;
        while from <= end {
            let start = finder.search(&Input::new(haystack).range(from..end))?.start();
            if start >= until {
                return None;
            }
            // What counts is the match that is at most `max_len` long.
            let limit = haystack.len().min(start + self.rule().max_len);
            if let Some(hit) = self.matcher().at(haystack, start, limit) {
                return Some(hit);
            }
            from = start + 1;
        }
        None
    }

    /// Calls `found` for all hits that start in a range, from left to right without overlaps, and
    /// returns where to go on. `found` gets each match with the start of the whole hit.
    pub(crate) fn hits(
        &self,
        index: usize,
        haystack: &[u8],
        range: Span,
        left: LeftBoundary,
        found: &mut dyn FnMut(usize, RawMatch),
    ) -> usize {
        let part = Utf8Part::of(haystack, range, self.rule().max_len);
        let (mut at, until) = (part.converted(range.start), part.converted(range.end));
        while at < until
            && let Some(hit) = self.search(part.bytes(), at, until)
        {
            at = hit.span.end.max(at + 1);
            let original =
                |span: Span| Span::new(part.original(span.start), part.original(span.end));
            let mut secret = hit.secret;
            if secret == hit.span {
                secret = without_newlines(part.bytes(), secret);
            }
            if !secret.is_empty() {
                let hit = Hit { span: original(hit.span), secret: original(secret) };
                if let Some(matched) = self.judge(index, haystack, hit, left) {
                    found(hit.span.start, matched);
                }
            }
        }
        part.original(at).max(range.end)
    }

    /// Whether the rule is about a file.
    pub(crate) fn is_for_path(&self, path: &[u8]) -> bool {
        let Some(regex) = &self.rule().path else { return true };
        let finder = self.path.get_or_init(|| finder(regex));
        let part = Utf8Part::of(path, Span::new(0, path.len()), 0);
        finder.is_match(part.bytes())
    }

    fn judge(
        &self,
        index: usize,
        haystack: &[u8],
        hit: Hit,
        left: LeftBoundary,
    ) -> Option<RawMatch> {
        let rule = &**self.rule();
        let is_hidden = left == LeftBoundary::Ignore;
        let is_free = crate::text::boundary::is_free_on_the_right;
        let is_free_on_the_right = is_hidden || is_free(rule.right, haystack, hit.span.end);
        if !is_free_on_the_right && !rule.has_checksum() {
            return None;
        }
        let claim = Claim {
            haystack,
            secret: hit.secret,
            prefix_len: self.prefix_len(haystack, hit.secret.start).unwrap_or(0),
            custom_prefix: rule.custom_prefix,
        };
        let examined =
            rule.proof.map_or(ProofResult::Inconclusive, |proof| proof::examine(proof, &claim));
        let judged = match examined {
            // Text with the form of a token that is not one may be a token that was cut or
            // lengthened.
            ProofResult::NoMatch if is_hidden => self.by_form(haystack, &claim),
            ProofResult::NoMatch => return None,
            // A checksum leaves no doubt where the token starts and ends, whatever is glued to it.
            ProofResult::Verdict(evidence) if is_proved_by_checksum(rule, &evidence) => evidence,
            _ if !is_free_on_the_right => return None,
            // A proof of form alone does not know what is published.
            ProofResult::Verdict(evidence)
                if evidence.confidence == Confidence::Likely
                    && published::is_example(&haystack[claim.secret.range()]) =>
            {
                let evidence = Evidence {
                    confidence: Confidence::Refuted,
                    reason: Some(Reason::Example),
                    ..evidence
                };
                self.in_its_place(haystack, hit.span.start, evidence, left)?
            }
            ProofResult::Verdict(evidence) => {
                self.in_its_place(haystack, hit.span.start, evidence, left)?
            }
            ProofResult::Inconclusive => {
                self.in_its_place(haystack, hit.span.start, self.by_form(haystack, &claim), left)?
            }
            ProofResult::Facts(facts) => {
                let evidence = Evidence { facts, ..self.by_form(haystack, &claim) };
                self.in_its_place(haystack, hit.span.start, evidence, left)?
            }
        };
        let judged = if is_hidden { judged } else { self.without_data(haystack, judged) };
        Some(RawMatch {
            rule: index,
            span: judged.span,
            whole: hit.span.joined(judged.span),
            prefix_len: judged.prefix_len,
            confidence: judged.confidence,
            reason: judged.reason,
            facts: judged.facts,
            decoded: None,
            overlap: None,
        })
    }

    /// The evidence, refuted where nothing but a prefix speaks for it, and encoded data around it
    /// could hold that by chance.
    fn without_data(&self, haystack: &[u8], evidence: Evidence) -> Evidence {
        let rule = self.rule();
        let is_unproved = matches!(evidence.confidence, Confidence::Possible | Confidence::Likely);
        let is_by_prefix = rule.is_self_identifying() && rule.left != Boundary::None;
        // A match that starts before its literal may lack the context that the literal promises.
        let is_by_prefix = is_by_prefix && !rule.finds_start();
        if is_unproved && is_by_prefix && data_run::surrounds(haystack, evidence.span) {
            let (confidence, reason) = (Confidence::Refuted, Some(Reason::Ordinary));
            return Evidence { confidence, reason, ..evidence };
        }
        evidence
    }

    /// The evidence with a configured instance prefix made part of it; none where a word is glued
    /// to the left.
    fn in_its_place(
        &self,
        haystack: &[u8],
        match_start: usize,
        mut evidence: Evidence,
        left: LeftBoundary,
    ) -> Option<Evidence> {
        let start = self.start_in_front(haystack, match_start);
        if !self.is_free_on_the_left(haystack, start, left) {
            return None;
        }
        let moved = match_start - start;
        evidence.span.start -= moved;
        evidence.prefix_len += moved;
        Some(evidence)
    }

    fn is_free_on_the_left(&self, haystack: &[u8], start: usize, left: LeftBoundary) -> bool {
        left == LeftBoundary::Ignore
            || crate::text::boundary::is_free_on_the_left(self.rule().left, haystack, start)
    }

    /// What form and alphabet say, where no proof has decided.
    fn by_form(&self, haystack: &[u8], claim: &Claim<'_>) -> Evidence {
        let secret = &haystack[claim.secret.range()];
        let body = &secret[claim.prefix_len..];
        let rule = self.rule();
        let refuted = if rule.keeps_placeholders { None } else { placeholder::find(rule, body) };
        let has_too_little = |least: f64| placeholder::entropy_of_characters(secret) <= least;
        let too_little =
            rule.entropy_above.filter(|least| has_too_little(*least)).map(|_| Reason::LowEntropy);
        let (confidence, reason) = match refuted.or(too_little) {
            Some(reason) => (Confidence::Refuted, Some(reason)),
            None if !self.could_be_generated(secret) => (Confidence::Possible, None),
            None => match rule
                .filter
                .map(|filter| generic::judge(filter, rule.confidence, haystack, claim.secret))
            {
                Some(Ok(confidence)) => (confidence, None),
                Some(Err(reason)) => (Confidence::Refuted, Some(reason)),
                None => (rule.confidence, None),
            },
        };
        Evidence {
            span: claim.secret,
            prefix_len: claim.prefix_len,
            confidence,
            reason,
            facts: Facts::default(),
        }
    }

    fn could_be_generated(&self, secret: &[u8]) -> bool {
        let generated = self.generated.get_or_init(|| {
            let regex = self.rule().generated.as_deref()?;
            // A custom prefix stands in place of the rule's own, and only the body is left to be
            // checked.
            let regex = match &self.replaced {
                None => regex.to_owned(),
                Some(Replaced { prefix, .. }) => {
                    let body = regex.strip_prefix(self.rule().prefixes.first()?.as_str())?;
                    format!("{}(?:{body})", regex_syntax::escape(prefix))
                }
            };
            Some(Whole::new(&regex))
        });
        generated.as_ref().is_none_or(|generated| generated.is_match(secret))
    }

    fn matcher(&self) -> &Matcher {
        self.matcher.get_or_init(|| self.matcher_of(self.hir()))
    }

    fn hir(&self) -> Hir {
        parse(self.regex()).expect("rules are linted")
    }

    fn matcher_of(&self, hir: Hir) -> Matcher {
        // A rule that is searched for by keywords or everywhere has no literal that is known to be
        // there.
        let known = if self.entry.has_literals() { MIN_LITERAL_LEN } else { 0 };
        Matcher::new(hir, known, &self.rule().secret_groups)
    }

    /// Whether both ways of matching come to the same.
    #[cfg(test)]
    pub(crate) fn agrees_with_regex_engine(&self, haystack: &[u8], start: usize) -> bool {
        use std::{cell::RefCell, collections::HashMap, rc::Rc};
        type Compiled = HashMap<String, Rc<AnchoredRegex>>;
        thread_local! {
            static COMPILED: RefCell<Compiled> = RefCell::default();
        }
        let regex = COMPILED.with_borrow_mut(|compiled| {
            let compile = || Rc::new(AnchoredRegex::new(&parse(self.regex()).unwrap(), &[]));
            Rc::clone(compiled.entry(self.regex().to_owned()).or_insert_with(compile))
        });
        let limit = haystack.len().min(start + self.rule().max_len);
        self.matcher().at(haystack, start, limit) == regex.at(haystack, start, limit)
    }

    /// The length of the rule's prefix that stands at `start`.
    pub(crate) fn prefix_len(&self, haystack: &[u8], start: usize) -> Option<usize> {
        let rest = &haystack[start..];
        self.prefixes().filter(|prefix| rest.starts_with(prefix.as_bytes())).map(str::len).max()
    }

    /// The start of a configured instance prefix that stands in front of `start`, else `start`.
    fn start_in_front(&self, haystack: &[u8], start: usize) -> usize {
        self.in_front
            .iter()
            .filter(|prefix| haystack[..start].ends_with(prefix.as_bytes()))
            .map(|prefix| start - prefix.len())
            .filter(|start| {
                crate::text::boundary::is_free_on_the_left(self.rule().left, haystack, *start)
            })
            .min()
            .unwrap_or(start)
    }
}
