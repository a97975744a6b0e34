//! From a candidate to a match: regex, boundaries, proof, placeholders.
//!
//! The regex is tried anchored at the candidate, on the whole haystack, so that what stands around the match is seen.
//! It is compiled when the first candidate of its rule turns up.

pub(crate) mod boundary;
mod placeholder;
mod shape;

use std::sync::{Arc, OnceLock};

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, PatternID};
use regex_syntax::hir::Hir;

use self::shape::{SECRET_GROUP, Shape};
use crate::proof::{self, Claim, Evidence, Examined};
use crate::rule::{CustomPrefix, Rule};
use crate::ruleset::parse;
use crate::span::Span;
use crate::verdict::{Confidence, Facts, Reason};

/// A run of this many token characters after a prefix is meant to be a token, even if no form fits.
const SHORTEST_LOOK_ALIKE: usize = 8;
/// Its extent is not followed further than this.
const LONGEST_LOOK_ALIKE: usize = 512;

/// Where a regex matched.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Hit {
    /// The whole match.
    pub(crate) span: Span,
    /// The group `secret`, else the whole match.
    pub(crate) secret: Span,
}

/// A match before overlaps are resolved.
#[derive(Clone, Debug)]
pub(crate) struct RawMatch {
    /// The index of the rule.
    pub(crate) rule: usize,
    /// What is reported.
    pub(crate) span: Span,
    /// How much of the beginning of the span is public.
    pub(crate) prefix_len: usize,
    pub(crate) confidence: Confidence,
    pub(crate) reason: Option<Reason>,
    pub(crate) facts: Facts,
}

/// A regex, followed step by step where possible.
enum Matcher {
    Shape(Shape),
    Regex { regex: Box<Regex>, secret: Option<usize> },
}

impl Matcher {
    fn new(hir: &Hir) -> Self {
        if let Some(shape) = Shape::of(hir) {
            return Self::Shape(shape);
        }
        let regex = Regex::builder()
            .configure(Regex::config().utf8_empty(false).nfa_size_limit(None))
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .build_from_hir(hir)
            .expect("rules are linted: what parses and is not too large compiles");
        let names = regex.group_info().pattern_names(PatternID::ZERO);
        let secret = names.enumerate().find(|(_, name)| *name == Some(SECRET_GROUP)).map(|(index, _)| index);
        Self::Regex { regex: Box::new(regex), secret }
    }

    /// The match that starts at `start` and ends at or before `limit`.
    fn at(&self, haystack: &[u8], start: usize, limit: usize) -> Option<Hit> {
        match self {
            Self::Shape(shape) => shape.at(haystack, start, limit),
            Self::Regex { regex, secret } => {
                let input = Input::new(haystack).span(start..limit).anchored(Anchored::Yes);
                search(regex, *secret, &input)
            }
        }
    }

    /// The leftmost match in a part of the haystack.
    fn next(regex: &Regex, secret: Option<usize>, haystack: &[u8], range: Span) -> Option<Hit> {
        search(regex, secret, &Input::new(haystack).span(range.range()))
    }
}

fn search(regex: &Regex, secret: Option<usize>, input: &Input<'_>) -> Option<Hit> {
    let as_span = |span: regex_automata::Span| Span::new(span.start, span.end);
    match secret {
        None => regex.search(input).map(|found| {
            let span = as_span(found.span());
            Hit { span, secret: span }
        }),
        Some(group) => {
            let mut captures = regex.create_captures();
            regex.search_captures(input, &mut captures);
            let span = as_span(captures.get_match()?.span());
            Some(Hit { span, secret: captures.get_group(group).map_or(span, as_span) })
        }
    }
}

/// A rule, made ready at its first candidate.
pub(crate) struct Confirmer {
    rule: Arc<Rule>,
    /// The regex in place of the rule's, where a custom prefix replaces the rule's own.
    regex: Option<String>,
    /// The public beginnings of a match.
    prefixes: Vec<String>,
    /// Instance prefixes that may stand in front, each with its hyphen.
    in_front: Vec<String>,
    matcher: OnceLock<Matcher>,
    generated: OnceLock<Option<Matcher>>,
}

impl Confirmer {
    /// A rule as it is, with GitLab's instance prefixes where the rule takes them.
    pub(crate) fn new(rule: Arc<Rule>, custom: &[String]) -> Self {
        let in_front = match rule.custom_prefix {
            None => Vec::new(),
            Some(_) => custom.iter().map(|prefix| format!("{}-", prefix.trim_end_matches('-'))).collect(),
        };
        let prefixes = rule.prefixes.clone();
        Self { rule, regex: None, prefixes, in_front, matcher: OnceLock::new(), generated: OnceLock::new() }
    }

    /// The rule of personal access tokens with `prefix` in the place of its own, if the rule is one of theirs.
    pub(crate) fn with_replaced_prefix(rule: &Arc<Rule>, prefix: &str) -> Option<Self> {
        if rule.custom_prefix != Some(CustomPrefix::PersonalAccessToken) {
            return None;
        }
        let body = rule.regex.strip_prefix(rule.prefixes.first()?.as_str())?;
        Some(Self {
            regex: Some(format!("{}(?:{body})", regex_syntax::escape(prefix))),
            prefixes: vec![prefix.to_owned()],
            rule: Arc::clone(rule),
            in_front: Vec::new(),
            matcher: OnceLock::new(),
            generated: OnceLock::new(),
        })
    }

    pub(crate) fn rule(&self) -> &Arc<Rule> {
        &self.rule
    }

    pub(crate) fn regex(&self) -> &str {
        self.regex.as_deref().unwrap_or(&self.rule.regex)
    }

    /// Tries the rule at a candidate. `index` is what the match will carry as its rule.
    pub(crate) fn at(&self, index: usize, haystack: &[u8], start: usize) -> Option<RawMatch> {
        let limit = haystack.len().min(start + self.rule.max_len);
        let hit = self.matcher().at(haystack, start, limit)?;
        self.judge(index, haystack, hit)
    }

    /// What the rule's prefix begins at `start` and no form of the rule fits: a token of the wrong length.
    pub(crate) fn look_alike(&self, index: usize, haystack: &[u8], start: usize) -> Option<RawMatch> {
        let prefix_len = self.prefix_len(haystack, start)?;
        let limit = haystack.len().min(start + LONGEST_LOOK_ALIKE.min(self.rule.max_len));
        let body = &haystack[start + prefix_len..limit];
        let run = body.iter().position(|byte| !boundary::is_token(*byte)).unwrap_or(body.len());
        let is_meant = run >= SHORTEST_LOOK_ALIKE && boundary::is_free_on_the_left(self.rule.left, haystack, start);
        is_meant.then(|| RawMatch {
            rule: index,
            span: Span::new(start, start + prefix_len + run),
            prefix_len,
            confidence: Confidence::Refuted,
            reason: Some(Reason::WrongLength),
            facts: Facts::default(),
        })
    }

    /// The leftmost match of a rule without literals that starts at or after `from`; also the hit, to go on behind it.
    pub(crate) fn next(&self, index: usize, haystack: &[u8], from: usize) -> Option<(Hit, Option<RawMatch>)> {
        let mut from = from;
        loop {
            let hit = match self.matcher() {
                Matcher::Regex { regex, secret } => {
                    Matcher::next(regex, *secret, haystack, Span::new(from, haystack.len()))?
                }
                Matcher::Shape(shape) => {
                    (from..haystack.len()).find_map(|start| shape.at(haystack, start, haystack.len()))?
                }
            };
            if hit.span.len() <= self.rule.max_len {
                return Some((hit, self.judge(index, haystack, hit)));
            }
            // Too long: what counts is the match that is at most `max_len` long.
            let start = hit.span.start;
            if let Some(hit) = self.matcher().at(haystack, start, start + self.rule.max_len) {
                return Some((hit, self.judge(index, haystack, hit)));
            }
            from = start + 1;
        }
    }

    fn judge(&self, index: usize, haystack: &[u8], hit: Hit) -> Option<RawMatch> {
        let rule = &*self.rule;
        if !boundary::is_free_on_the_right(rule.right, haystack, hit.span.end) {
            return None;
        }
        let claim = Claim {
            haystack,
            secret: hit.secret,
            prefix_len: self.prefix_len(haystack, hit.secret.start).unwrap_or(0),
            custom_prefix: rule.custom_prefix,
        };
        let examined = rule.proof.map_or(Examined::Undecided, |proof| proof::examine(proof, &claim));
        let judged = match examined {
            Examined::Foreign => return None,
            // A proof leaves no doubt where the token starts, whatever stands before it.
            Examined::Decided(evidence) if evidence.confidence == Confidence::Proved => evidence,
            Examined::Decided(evidence) => self.in_its_place(haystack, hit.span.start, evidence)?,
            Examined::Undecided => self.in_its_place(haystack, hit.span.start, self.by_form(haystack, &claim))?,
        };
        Some(RawMatch {
            rule: index,
            span: judged.span,
            prefix_len: judged.prefix_len,
            confidence: judged.confidence,
            reason: judged.reason,
            facts: judged.facts,
        })
    }

    /// The evidence with a configured instance prefix made part of it; none where a word is glued to the left.
    fn in_its_place(&self, haystack: &[u8], match_start: usize, mut evidence: Evidence) -> Option<Evidence> {
        let start = self.start_in_front(haystack, match_start);
        if !boundary::is_free_on_the_left(self.rule.left, haystack, start) {
            return None;
        }
        let moved = match_start - start;
        evidence.span.start -= moved;
        evidence.prefix_len += moved;
        Some(evidence)
    }

    /// What form and alphabet say, where no proof has decided.
    fn by_form(&self, haystack: &[u8], claim: &Claim<'_>) -> Evidence {
        let secret = &haystack[claim.secret.range()];
        let body = &secret[claim.prefix_len..];
        let (confidence, reason) = match placeholder::find(&self.rule, body) {
            Some(reason) => (Confidence::Refuted, Some(reason)),
            None if !self.could_be_generated(secret) => (Confidence::Possible, None),
            None => (self.rule.confidence, None),
        };
        Evidence { span: claim.secret, prefix_len: claim.prefix_len, confidence, reason, facts: Facts::default() }
    }

    fn could_be_generated(&self, secret: &[u8]) -> bool {
        let generated = self.generated.get_or_init(|| {
            let regex = self.rule.generated.as_deref()?;
            // A custom prefix stands in place of the rule's own, and only the body is left to be checked.
            let regex = match &self.regex {
                None => regex.to_owned(),
                Some(_) => {
                    let body = regex.strip_prefix(self.rule.prefixes.first()?.as_str())?;
                    format!("{}(?:{body})", regex_syntax::escape(&self.prefixes[0]))
                }
            };
            let hir = parse(&regex).expect("rules are linted");
            Some(match Matcher::new(&hir) {
                shape @ Matcher::Shape(_) => shape,
                Matcher::Regex { .. } => {
                    Matcher::new(&parse(&format!(r"\A(?:{regex})\z")).expect("a group of a regex is one"))
                }
            })
        });
        match generated {
            None => true,
            Some(Matcher::Shape(shape)) => shape.is_whole(secret),
            Some(Matcher::Regex { regex, .. }) => regex.is_match(Input::new(secret).anchored(Anchored::Yes)),
        }
    }

    fn matcher(&self) -> &Matcher {
        self.matcher.get_or_init(|| Matcher::new(&parse(self.regex()).expect("rules are linted")))
    }

    /// The length of the rule's prefix that stands at `start`.
    fn prefix_len(&self, haystack: &[u8], start: usize) -> Option<usize> {
        let rest = &haystack[start..];
        self.prefixes.iter().filter(|prefix| rest.starts_with(prefix.as_bytes())).map(String::len).max()
    }

    /// The start of a configured instance prefix that stands in front of `start`, else `start`.
    fn start_in_front(&self, haystack: &[u8], start: usize) -> usize {
        self.in_front
            .iter()
            .filter(|prefix| haystack[..start].ends_with(prefix.as_bytes()))
            .map(|prefix| start - prefix.len())
            .filter(|start| boundary::is_free_on_the_left(self.rule.left, haystack, *start))
            .min()
            .unwrap_or(start)
    }
}
