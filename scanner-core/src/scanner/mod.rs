//! The face of the engine: a scanner that is built once and finds secrets in bytes.

pub(crate) mod delta;
pub(crate) mod stream;
pub(crate) mod window;

use std::sync::Arc;

use crate::confirm::{Glue, RawMatch};
use crate::decode::{DEFAULT_DECODE_DEPTH, Decoding, LARGEST_DECODE_DEPTH};
use crate::engine::Engine;
use crate::engine::overlap::Contest;
use crate::error::{Error, ErrorKind};
use crate::proof::LONGEST_CUSTOM_PREFIX;
use crate::proof::routable::is_prefix;
use crate::redact::{Excerpt, Redactor};
use crate::rules::RuleSet;
use crate::rules::rule::Rule;
use crate::scanner::delta::{Candidates, Piece};
use crate::scanner::stream::{Stream, utf16_matches};
use crate::scanner::window::{Context, Settled, Settler, View};
use crate::secret::Secret;
use crate::text::context::Surroundings;
use crate::text::position::Position;
use crate::text::span::Span;
use crate::text::utf16;
use crate::verdict::{Confidence, Facts, Reason};

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
    engine: Arc<Engine>,
    redactor: Redactor,
    min_confidence: Confidence,
    tells_beaten: bool,
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
    tells_beaten: bool,
}

impl ScannerBuilder {
    /// The token prefixes of GitLab instances: personal access token prefixes (they replace
    /// `glpat-`) or instance prefixes (they stand before `gl...-`, with a hyphen). Each is 1 to 20
    /// characters of `[A-Za-z0-9_+=/@:.-]`.
    pub fn gitlab_prefixes<S: Into<String>>(
        &mut self,
        prefixes: impl IntoIterator<Item = S>,
    ) -> &mut Self {
        self.prefixes = prefixes.into_iter().map(Into::into).collect();
        self
    }

    /// The least confidence of what [`Scanner::find`] returns. Unless set, everything that is not
    /// refuted.
    pub fn min_confidence(&mut self, confidence: Confidence) -> &mut Self {
        self.min_confidence = confidence;
        self
    }

    /// How many encodings on top of each other are decoded: 0 for none, at most
    /// [`LARGEST_DECODE_DEPTH`], unless set [`DEFAULT_DECODE_DEPTH`]. What is shown is redacted to
    /// the usual depth at least.
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
        self.decode_depth = depth.min(LARGEST_DECODE_DEPTH);
        self
    }

    /// Whether matches that share bytes with a better one are told, too, with a [`Contest`]: for
    /// callers that may not report the better one and let [`Standing`](crate::Standing) say what
    /// counts then. [`Scanner::find`] never returns them. Unless set, they are not told.
    pub fn tells_beaten(&mut self, tells: bool) -> &mut Self {
        self.tells_beaten = tells;
        self
    }

    /// Builds a scanner for these rules.
    ///
    /// # Errors
    ///
    /// A prefix that GitLab would not accept.
    pub fn build(&self, rules: &RuleSet) -> Result<Scanner, Error> {
        for prefix in &self.prefixes {
            let is_legal = (1..=LONGEST_CUSTOM_PREFIX).contains(&prefix.len())
                && prefix.bytes().all(is_prefix);
            if !is_legal {
                return Err(Error::new(
                    ErrorKind::Prefix,
                    format!(
                        "`{}` is no token prefix of GitLab: 1 to {LONGEST_CUSTOM_PREFIX} characters of \
                         A-Z a-z 0-9 _ + = / @ : . -",
                        prefix.escape_debug()
                    ),
                ));
            }
        }
        let mut prefixes = self.prefixes.clone();
        prefixes.sort();
        prefixes.dedup();
        let engine = Arc::new(Engine::new(rules, &prefixes).decoding(self.decode_depth));
        // What is not searched for must not be shown either.
        let redactor = if rules.has_all_builtin() && self.decode_depth >= DEFAULT_DECODE_DEPTH {
            Redactor::new(Arc::clone(&engine))
        } else {
            let mut everything = RuleSet::builtin();
            everything.add(rules.members().to_vec());
            let depth = self.decode_depth.max(DEFAULT_DECODE_DEPTH);
            Redactor::new(Arc::new(Engine::new(&everything, &prefixes).decoding(depth)))
        };
        Ok(Scanner {
            engine,
            redactor,
            min_confidence: self.min_confidence,
            tells_beaten: self.tells_beaten,
        })
    }
}

impl Scanner {
    /// A scanner for these rules, with the usual settings.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Self {
        Self::builder().build(rules).expect("there is no prefix that could be wrong")
    }

    /// Settings for a scanner.
    #[must_use]
    pub fn builder() -> ScannerBuilder {
        ScannerBuilder {
            prefixes: Vec::new(),
            min_confidence: Confidence::Possible,
            decode_depth: DEFAULT_DECODE_DEPTH,
            tells_beaten: false,
        }
    }

    /// All matches in a haystack, in the order of their spans, none overlapping another.
    ///
    /// UTF-16 text is searched too, and what is encoded: see [`Decoding`]. Spans always refer to
    /// the bytes of the haystack.
    #[must_use]
    pub fn find(&self, haystack: &[u8]) -> Vec<Match<'_>> {
        let mut found: Vec<Match<'_>> = self
            .engine
            .all(haystack, Glue::OfRule)
            .into_iter()
            .map(|raw| Match::new(&self.engine, raw))
            .collect();
        if let Some((endian, bom)) = utf16::detect(haystack) {
            utf16_matches(self, endian, bom, haystack, &mut |located| found.push(located.matched));
            found.sort_by_key(|matched| matched.span());
        }
        let is_beaten =
            |matched: &Match<'_>| matched.contest().is_some_and(|contest| contest.is_beaten);
        found.retain(|matched| matched.confidence() >= self.min_confidence && !is_beaten(matched));
        found
    }

    /// What rules about paths alone find in one: an empty match at the beginning of the file.
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
                contest: None,
            };
            Located {
                matched: Match::new(&self.engine, raw),
                start: Position::START,
                end: Position::START,
                secret: Secret::new(b""),
                excerpt: Excerpt { redacted: "[by its path]".to_owned(), ..Excerpt::default() },
                surroundings: Surroundings::default(),
            }
        };
        self.engine.by_path(path).into_iter().map(located).collect()
    }

    /// Whether some rule is about paths alone.
    #[must_use]
    pub fn has_path_rules(&self) -> bool {
        self.engine.has_path_rules()
    }

    /// Where matches could begin in a haystack. It is what [`Scanner::carry`] needs of the texts
    /// that others are made of.
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
    pub fn carry(&self, source: &Candidates, pieces: &[Piece], haystack: &[u8]) -> Candidates {
        source.carry(&self.engine, pieces, haystack)
    }

    /// Tells the matches that [`Scanner::scan`] tells, for a haystack whose candidates are known,
    /// but neither their places nor the lines around them: of the many versions of a file in a
    /// history only the first one with a match is shown. What comes of the candidates is kept with
    /// them: carried to another text, most need not be looked at again.
    ///
    /// ```
    /// use tokensieve_core::{Piece, RuleSet, Scanner};
    ///
    /// let scanner = Scanner::new(&RuleSet::builtin());
    /// let old = "token: \nother: 1\n";
    /// let new = ["token: glp", "at-6K5h83AacUCCGxzdUCuD\nother: 1\n"].concat();
    /// let (inserted, at) = (new.len() - old.len(), 7);
    /// let pieces = [Piece::Copied { from: 0, len: at }, Piece::New { len: inserted }, Piece::Copied { from: at, len: 10 }];
    /// let mut candidates = scanner.carry(&scanner.candidates(old.as_bytes()), &pieces, new.as_bytes());
    /// let mut found = 0;
    /// scanner.scan_candidates(new.as_bytes(), &mut candidates, &mut |_, _| found += 1);
    /// assert_eq!(found, 1);
    /// ```
    pub fn scan_candidates<'s>(
        &'s self,
        haystack: &[u8],
        candidates: &mut Candidates,
        tell: &mut dyn FnMut(Match<'s>, Secret),
    ) {
        let found = candidates.confirm(&self.engine, haystack);
        self.tell(haystack, found, false, &mut |located| tell(located.matched, located.secret));
    }

    /// Calls `tell` for every match in a haystack with its place, **whatever its confidence**: a
    /// caller that counts what it leaves out needs the refuted ones too. They come in the order of
    /// their spans; those in UTF-16 text come last.
    pub fn scan<'s>(&'s self, haystack: &[u8], tell: &mut dyn FnMut(Located<'s>)) {
        let whole = Span::new(0, haystack.len());
        self.tell(haystack, self.engine.in_range(haystack, whole, Glue::OfRule), true, tell);
    }

    /// Tells what rules with literals found, and searches for what they do not.
    fn tell<'s>(
        &'s self,
        haystack: &[u8],
        found: Vec<RawMatch>,
        has_lines: bool,
        tell: &mut dyn FnMut(Located<'s>),
    ) {
        // Nearly always there is nothing to be told.
        if !found.is_empty() || self.engine.has_rules_without_literals() {
            let mut parts = Parts { has_lines, ..self.in_parts(haystack) };
            parts.accept(vec![Part { found, range: Span::new(0, haystack.len()) }], tell);
        }
        if let Some((endian, bom)) = utf16::detect(haystack) {
            utf16_matches(self, endian, bom, haystack, tell);
        }
    }

    /// A search of a haystack in parts, for callers that search them in parallel. It does not look
    /// at UTF-16 text: see [`Scanner::is_utf16`].
    #[must_use]
    pub fn in_parts<'s, 't>(&'s self, haystack: &'t [u8]) -> Parts<'s, 't> {
        Parts { scanner: self, haystack, settler: Settler::new(&self.engine), has_lines: true }
    }

    /// A search of input that arrives in chunks.
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

    /// Whether a text that begins like this is searched as UTF-16 too. The first KiB decides.
    #[must_use]
    pub fn is_utf16(&self, head: &[u8]) -> bool {
        utf16::detect(head).is_some()
    }

    /// A name for what this scanner finds: it changes with the engine, the rules and the prefixes,
    /// so that a result can be kept together with it. The least confidence is no part of it.
    #[must_use]
    pub fn identity(&self) -> String {
        self.engine.identity()
    }

    /// What replaces secrets in text before it is shown. It knows all built-in rules, also where
    /// this scanner does not search for them.
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
            tells_beaten: self.tells_beaten,
        }
    }

    pub(crate) fn located<'s>(&'s self, settled: Settled) -> Located<'s> {
        Located {
            matched: Match::new(&self.engine, settled.raw),
            start: settled.start,
            end: settled.end,
            secret: settled.secret,
            excerpt: settled.excerpt,
            surroundings: settled.surroundings,
        }
    }
}

/// Bytes that a rule has confirmed to be a secret, or has refuted.
#[derive(Clone)]
pub struct Match<'s> {
    engine: &'s Engine,
    raw: RawMatch,
}

impl<'s> Match<'s> {
    fn new(engine: &'s Engine, raw: RawMatch) -> Self {
        Self { engine, raw }
    }

    /// The rule that matched.
    #[must_use]
    pub fn rule(&self) -> &'s Rule {
        self.engine.rule(self.raw.rule)
    }

    /// Where the secret is, with its prefix.
    #[must_use]
    pub fn span(&self) -> Span {
        self.raw.span
    }

    /// How many bytes at its beginning are a public prefix.
    #[must_use]
    pub fn prefix_len(&self) -> usize {
        self.raw.prefix_len
    }

    /// How sure it is.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.raw.confidence
    }

    /// Why it is refuted, where it is.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.raw.reason
    }

    /// What the secret tells about itself.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.raw.facts
    }

    /// Whether its rule is about a file with this path.
    #[must_use]
    pub fn is_for_path(&self, path: &[u8]) -> bool {
        self.engine.is_for_path(self.raw.rule, path)
    }

    /// How the text was decoded that it was found in, the outermost encoding first; empty where it
    /// stands there in clear. The span is then that of the bytes that encode it, and none of them
    /// is public.
    #[must_use]
    pub fn decoded(&self) -> &[Decoding] {
        self.raw.decoded.as_ref().map_or(&[], |decoded| &decoded.chain)
    }

    /// What others it shares bytes with: only with [`ScannerBuilder::tells_beaten`], and where some
    /// are told.
    #[must_use]
    pub fn contest(&self) -> Option<Contest> {
        self.raw.contest
    }

    pub(crate) fn rule_arc(&self) -> Arc<Rule> {
        self.engine.rule_arc(self.raw.rule)
    }

    /// Puts a match of UTF-16 text where its bytes are.
    pub(crate) fn move_to(&mut self, span: Span) {
        self.raw.span = span;
        if let Some(contest) = &mut self.raw.contest {
            contest.group.is_utf16 = true;
        }
    }
}

impl core::fmt::Debug for Match<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Match")
            .field("rule", &self.rule().id())
            .field("span", &self.span())
            .field("decoded", &self.decoded())
            .field("confidence", &self.confidence())
            .field("reason", &self.reason())
            .finish_non_exhaustive()
    }
}

/// A match with its place in the text.
///
/// ```
/// use tokensieve_core::{Position, RuleSet, Scanner};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let text = ["one line\nT=glp", "at-6K5h83AacUCCGxzdUCuD;\n"].concat();
/// scanner.scan(text.as_bytes(), &mut |located| {
///     assert_eq!(located.start, Position { line: 2, column: 3 });
///     assert_eq!((located.excerpt.redacted.as_str(), located.excerpt.after.as_str()), ("glpat-...", ";"));
/// });
/// ```
#[derive(Clone)]
pub struct Located<'s> {
    /// The match.
    pub matched: Match<'s>,
    /// Where it starts.
    pub start: Position,
    /// Where it ends: the position behind its last character.
    pub end: Position,
    /// Its bytes: decoded where it was encoded; for UTF-16 text, in UTF-8.
    pub secret: Secret,
    /// The line around it, fit to be shown; empty where the match is below the scanner's least
    /// confidence.
    pub excerpt: Excerpt,
    /// The text around it in clear, for what decides whether it is reported; empty where the
    /// excerpt is.
    pub surroundings: Surroundings,
}

impl core::fmt::Debug for Located<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Located")
            .field("matched", &self.matched)
            .field("start", &self.start)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

/// What was found in one part of a haystack: see [`Parts`].
pub struct Part {
    found: Vec<RawMatch>,
    range: Span,
}

/// A search of one haystack in parts.
///
/// The parts can be searched in any order and on any threads; they are accepted in their order.
/// What is told is the same as [`Scanner::scan`] tells.
///
/// ```
/// use tokensieve_core::{RuleSet, Scanner, Span};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let text = ["x glp", "at-6K5h83AacUCCGxzdUCuD y"].concat();
/// let mut parts = scanner.in_parts(text.as_bytes());
/// let halves = vec![parts.search(Span::new(0, 5)), parts.search(Span::new(5, text.len()))];
/// let mut found = Vec::new();
/// parts.accept(halves, &mut |located| found.push(located));
/// assert_eq!(found[0].matched.span().range(), 2..28);
/// ```
pub struct Parts<'s, 't> {
    scanner: &'s Scanner,
    haystack: &'t [u8],
    settler: Settler,
    /// Whether places and the lines around matches are told.
    has_lines: bool,
}

impl<'s> Parts<'s, '_> {
    /// Searches a part. Matches that start in it are found, wherever they end.
    #[must_use]
    pub fn search(&self, range: Span) -> Part {
        Part { found: self.scanner.engine.in_range(self.haystack, range, Glue::OfRule), range }
    }

    /// Takes parts that were searched: they must follow each other and those accepted before. With
    /// the part that ends where the haystack does, everything is told.
    ///
    /// # Panics
    ///
    /// If a part is left out.
    pub fn accept(&mut self, parts: Vec<Part>, tell: &mut dyn FnMut(Located<'s>)) {
        let scanner = self.scanner;
        let view = View { bytes: self.haystack, base: 0, is_last: true };
        for part in parts {
            assert_eq!(part.range.start, self.settler.searched(), "a part was left out");
            self.settler.add(&scanner.engine, &view, part.found, part.range.end);
        }
        let context = scanner.context();
        let context =
            Context { least_shown: context.least_shown.filter(|_| self.has_lines), ..context };
        self.settler.settle(context, &view, &mut |settled| tell(scanner.located(settled)));
    }
}
