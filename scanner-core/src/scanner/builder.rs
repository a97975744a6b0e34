//! Builds a scanner from rules and settings.

use crate::scanner::matched::{Located, Match};
use crate::suppress::allowlist::Allowlist;
use std::sync::Arc;

use crate::decode::{DEFAULT_DECODE_DEPTH, MAX_DECODE_DEPTH};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::proof::routable::is_prefix;
use crate::redact::Redactor;
use crate::rules::RuleSet;
use crate::rules::rule::MAX_CUSTOM_PREFIX_LEN;
use crate::scanner::window::{Context, PositionedMatch};
use crate::verdict::{Confidence, Passwords};

/// Finds secrets in bytes.
///
/// Building one takes about a millisecond per hundred rules, cloning one nothing: clones share
/// everything. It is `Send` and `Sync`, and each search is independent of all others.
///
/// ```
/// use tokensieve_core::{Confidence, RuleSet, Scanner};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let text = ["token: glp", "at-6K5h83AacUCCGxzdUCuD\n"].concat();
/// let found = scanner.find(text.as_bytes());
/// assert_eq!(found[0].rule().id(), "gitlab_personal_access_token");
/// assert_eq!(found[0].span().range(), 7..33);
/// assert_eq!(found[0].confidence(), Confidence::Likely);
/// ```
#[derive(Clone)]
pub struct Scanner {
    pub(super) engine: Arc<Engine>,
    redactor: Redactor,
    pub(super) min_confidence: Confidence,
    keeps_refuted: bool,
    keeps_shadowed: bool,
}

/// Settings of a [`Scanner`].
///
/// ```
/// use tokensieve_core::{Confidence, RuleSet, Scanner};
///
/// let scanner = Scanner::builder()
///     .gitlab_prefixes(["acme"])
///     .min_confidence(Confidence::Likely)
///     .build(&RuleSet::builtin())?;
/// let text = ["acme-gl", "dt-DWjcN63BtdTsc3iCz_kX"].concat();
/// assert_eq!(scanner.find(text.as_bytes())[0].span().start, 0);
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ScannerBuilder {
    prefixes: Vec<String>,
    min_confidence: Confidence,
    decode_depth: usize,
    passwords: Passwords,
    keeps_refuted: bool,
    keeps_shadowed: bool,
    clearing: Vec<Allowlist>,
}

impl ScannerBuilder {
    /// Sets the token prefixes of GitLab instances: personal access token prefixes (they replace
    /// `glpat-`) or instance prefixes (they stand before `gl...-`, with a hyphen). Each is 1 to 20
    /// characters of `[A-Za-z0-9_+=/@:.-]`.
    pub fn gitlab_prefixes<S: Into<String>>(
        &mut self,
        prefixes: impl IntoIterator<Item = S>,
    ) -> &mut Self {
        self.prefixes = prefixes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the least confidence of the matches that a scanner returns or emits. Unless set,
    /// everything that is not refuted.
    pub fn min_confidence(&mut self, confidence: Confidence) -> &mut Self {
        self.min_confidence = confidence;
        self
    }

    /// Sets whether matches below the least confidence are emitted, too, for callers that count
    /// them: by [`Scanner::scan`], streams and parts. They get no excerpt. [`Scanner::find`] and
    /// [`Scanner::findings`] never return them. Unless set, they are not emitted.
    pub fn keeps_refuted(&mut self, keeps: bool) -> &mut Self {
        self.keeps_refuted = keeps;
        self
    }

    /// Sets how many encodings on top of each other are decoded: 0 for none; more than
    /// [`MAX_DECODE_DEPTH`] count as that. Unless set, [`DEFAULT_DECODE_DEPTH`]. Each level
    /// searches the decoded text once more. Redaction always decodes to [`MAX_DECODE_DEPTH`].
    ///
    /// ```
    /// use tokensieve_core::{RuleSet, Scanner};
    ///
    /// let rules = RuleSet::builtin();
    /// let text = ["token=glpat%2", "D6K5h83AacUCCGxzdUCuD"].concat();
    /// assert_eq!(Scanner::new(&rules).find(text.as_bytes()).len(), 1);
    /// let scanner = Scanner::builder().decode_depth(0).build(&rules)?;
    /// assert_eq!(scanner.find(text.as_bytes()).len(), 0);
    /// # Ok::<(), tokensieve_core::Error>(())
    /// ```
    pub fn decode_depth(&mut self, depth: usize) -> &mut Self {
        self.decode_depth = depth.min(MAX_DECODE_DEPTH);
        self
    }

    /// Sets which values under names of passwords are found. Unless set, [`Passwords::Usual`].
    ///
    /// ```
    /// use tokensieve_core::settings::Passwords;
    /// use tokensieve_core::{RuleSet, Scanner};
    ///
    /// let rules = RuleSet::builtin();
    /// let text = b"password = \"monkey\"";
    /// assert!(Scanner::new(&rules).find(text).is_empty());
    /// let scanner = Scanner::builder().passwords(Passwords::Paranoid).build(&rules)?;
    /// assert_eq!(scanner.find(text)[0].span().range(), 12..18);
    /// # Ok::<(), tokensieve_core::Error>(())
    /// ```
    pub fn passwords(&mut self, passwords: Passwords) -> &mut Self {
        self.passwords = passwords;
        self
    }

    /// Sets whether matches that share bytes with a better one are emitted, too, each with an
    /// [`Overlap`](crate::internal::Overlap): for callers that may not report the better one.
    /// [`Scanner::find`] never returns them. Unless set, they are not emitted.
    pub fn keeps_shadowed(&mut self, keeps: bool) -> &mut Self {
        self.keeps_shadowed = keeps;
        self
    }

    /// Sets the allowlists that count where a rule requires a match of another one: a match that
    /// such a list clears does not meet the requirement. Conditions on paths and commits are left
    /// out, since the engine knows neither.
    pub fn clearing<'l>(&mut self, lists: impl IntoIterator<Item = &'l Allowlist>) -> &mut Self {
        self.clearing = lists.into_iter().cloned().collect();
        self
    }

    /// Builds a scanner for these rules. That takes longer than a search of a small file, so build
    /// one and share it between threads.
    ///
    /// # Errors
    ///
    /// A prefix that GitLab would not accept.
    pub fn build(&self, rules: &RuleSet) -> Result<Scanner, Error> {
        for prefix in &self.prefixes {
            let is_legal = (1..=MAX_CUSTOM_PREFIX_LEN).contains(&prefix.len())
                && prefix.bytes().all(is_prefix);
            if !is_legal {
                return Err(Error::new(
                    ErrorKind::Prefix,
                    format!(
                        "`{}` is no token prefix of GitLab: 1 to {MAX_CUSTOM_PREFIX_LEN} \
                         characters of \
                         A-Z a-z 0-9 _ + = / @ : . -",
                        prefix.escape_debug()
                    ),
                ));
            }
        }
        let mut prefixes = self.prefixes.clone();
        prefixes.sort();
        prefixes.dedup();
        let engine = |rules: &RuleSet| {
            let engine = Engine::new(rules, &prefixes).decoding(self.decode_depth);
            let engine = engine.finding_passwords(self.passwords);
            Arc::new(engine.clearing(self.clearing.iter()))
        };
        // Secrets of rules that are not searched for must not be shown either.
        let (engine, redactor) = if rules.is_builtin() {
            let engine = engine(rules);
            (Arc::clone(&engine), Redactor::new(engine))
        } else {
            let everything = rules.beside_builtin();
            let of_all = Engine::new(&everything, &prefixes);
            let redactor = Redactor::new(Arc::new(of_all.finding_passwords(self.passwords)));
            // A rule can hold the token that it was made for.
            (engine(&rules.with_texts(|text| redactor.redact(text))), redactor)
        };
        Ok(Scanner {
            engine,
            redactor,
            min_confidence: self.min_confidence,
            keeps_refuted: self.keeps_refuted,
            keeps_shadowed: self.keeps_shadowed,
        })
    }
}

impl Scanner {
    /// Builds a scanner for these rules, with the default of each setting: see
    /// [`ScannerBuilder::build`].
    #[must_use]
    pub fn new(rules: &RuleSet) -> Self {
        Self::builder().build(rules).expect("there is no prefix that could be wrong")
    }

    /// Returns the settings of a scanner, each with its default.
    #[must_use]
    pub fn builder() -> ScannerBuilder {
        ScannerBuilder {
            prefixes: Vec::new(),
            min_confidence: Confidence::Possible,
            decode_depth: DEFAULT_DECODE_DEPTH,
            passwords: Passwords::Usual,
            keeps_refuted: false,
            keeps_shadowed: false,
            clearing: Vec::new(),
        }
    }

    /// Returns the least confidence of the matches that are returned.
    #[must_use]
    pub fn min_confidence(&self) -> Confidence {
        self.min_confidence
    }

    /// A name for what this scanner finds: it changes with the engine, the rules and the prefixes,
    /// so that a result can be kept together with it. The least confidence is no part of it.
    #[must_use]
    pub fn identity(&self) -> String {
        self.engine.identity()
    }

    /// Returns the redactor, which replaces secrets in text before it is shown. It knows all
    /// built-in rules, even those that this scanner does not search for, and the rules and prefixes
    /// of the scanner.
    #[must_use]
    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            engine: &self.engine,
            redactor: &self.redactor,
            least_shown: Some(self.min_confidence),
            least_emitted: if self.keeps_refuted {
                Confidence::Refuted
            } else {
                self.min_confidence
            },
            keeps_shadowed: self.keeps_shadowed,
        }
    }

    pub(crate) fn located<'s>(&'s self, settled: PositionedMatch) -> Located<'s> {
        Located {
            matched: Match::new(&self.engine, settled.raw),
            start: settled.start,
            end: settled.end,
            secret: settled.secret,
            excerpt: settled.excerpt,
            context: settled.context,
        }
    }
}

impl core::fmt::Debug for Scanner {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Scanner")
            .field("identity", &self.identity())
            .field("min_confidence", &self.min_confidence)
            .finish_non_exhaustive()
    }
}
