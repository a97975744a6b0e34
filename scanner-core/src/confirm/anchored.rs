//! Matches any regex, anchored.
//!
//! The meta engine of `regex-automata` could do this too, but prepares for searches in both
//! directions, which doubles what the first candidate of a rule has to wait for. Here a lazy DFA
//! says whether and how far the regex matches, and where the secret inside a match is asked for, an
//! NFA simulation follows it again.

use regex_automata::hybrid::dfa::{Cache as DfaCache, DFA};
use regex_automata::nfa::thompson::pikevm::{Cache as VmCache, PikeVM};
use regex_automata::nfa::thompson::{Compiler, Config, NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Anchored, Input, PatternID};
use regex_syntax::hir::Hir;

use super::linear::SECRET_GROUP;
use crate::confirm::hit::Hit;
use crate::text::span::Span;

type MakeCaches =
    Box<dyn Fn() -> Caches + Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>;

struct Caches {
    dfa: DfaCache,
    vm: Option<VmCache>,
}

/// A regex, compiled for anchored searches.
pub(crate) struct AnchoredRegex {
    dfa: DFA,
    /// For regexes with groups for the secret: the simulation and the numbers of the groups, of
    /// which the first that is not empty is it.
    secret: Option<(PikeVM, Vec<usize>)>,
    caches: Pool<Caches, MakeCaches>,
}

impl AnchoredRegex {
    /// Compiles a regex that has been linted. Without `groups`, the one named for it holds the
    /// secret.
    pub(super) fn new(hir: &Hir, groups: &[usize]) -> Self {
        const LINTED: &str = "rules are linted: what parses and is not too large compiles";
        let has_group = hir.properties().explicit_captures_len() > 0;
        let captures = if has_group { WhichCaptures::All } else { WhichCaptures::None };
        let config = Config::new().utf8(false).nfa_size_limit(None).which_captures(captures);
        let nfa: NFA = Compiler::new().configure(config).build_from_hir(hir).expect(LINTED);
        let config = DFA::config().skip_cache_capacity_check(true);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa.clone()).expect(LINTED);
        let group = nfa.group_info().to_index(PatternID::ZERO, SECRET_GROUP);
        let groups = if groups.is_empty() { group.into_iter().collect() } else { groups.to_vec() };
        let secret =
            (!groups.is_empty()).then(|| (PikeVM::new_from_nfa(nfa).expect(LINTED), groups));
        let for_caches = (dfa.clone(), secret.as_ref().map(|(vm, _)| vm.clone()));
        let make: MakeCaches = Box::new(move || Caches {
            dfa: for_caches.0.create_cache(),
            vm: for_caches.1.as_ref().map(PikeVM::create_cache),
        });
        Self { dfa, secret, caches: Pool::new(make) }
    }

    /// The match that starts at `start` and ends at or before `limit`.
    pub(super) fn at(&self, haystack: &[u8], start: usize, limit: usize) -> Option<Hit> {
        let mut caches = self.caches.get();
        let input = Input::new(haystack).span(start..limit).anchored(Anchored::Yes);
        let end = self
            .dfa
            .try_search_fwd(&mut caches.dfa, &input)
            .expect("the search neither quits at a byte nor gives up")?
            .offset();
        let span = Span::new(start, end);
        let (Some((vm, groups)), Some(cache)) = (&self.secret, &mut caches.vm) else {
            return Some(Hit { span, secret: span });
        };
        // Ended where the match ends, the simulation comes to the same match.
        let input = input.span(start..end);
        let last = groups.iter().copied().max().unwrap_or(0);
        let mut slots: Vec<Option<NonMaxUsize>> = vec![None; (last + 1) * 2];
        vm.search_slots(cache, &input, &mut slots);
        let of_group = |group: &usize| match slots[group * 2..group * 2 + 2] {
            [Some(start), Some(end)] => {
                Some(Span::new(start.get(), end.get())).filter(|span| !span.is_empty())
            }
            _ => None,
        };
        Some(Hit { span, secret: groups.iter().find_map(of_group).unwrap_or(span) })
    }
}
