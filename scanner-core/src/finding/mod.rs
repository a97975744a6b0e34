//! Findings: matches with the file they are in, ready for reports.

pub(crate) mod coverage;
mod of_bytes;
pub(crate) mod packed;
pub(crate) mod provenance;
pub(crate) mod verification;

use core::cmp::Ordering;
use core::fmt;
use std::sync::{Arc, OnceLock};

use crate::confirm::raw_match::Decoding;
use crate::finding::packed::{ExcerptParts, PackedExcerpt, ShownPaths};
use crate::finding::provenance::Provenance;
use crate::finding::verification::Verification;
use crate::fingerprint::Fingerprint;
use crate::redact::Redactor;
use crate::rules::rule::Rule;
use crate::scanner::matched::Located;
use crate::secret::Secret;
use crate::suppress::suppression::Suppression;
use crate::text::position::Position;
use crate::text::span::Span;
use crate::verdict::{Confidence, Facts};

/// Where a blob comes from.
///
/// ```
/// use tokensieve_core::Origin;
///
/// let origin = Origin::new("../shop/config.yml", "config.yml");
/// assert_eq!(origin.from_root(), b"config.yml");
/// ```
#[derive(Clone, Debug)]
pub struct Origin {
    /// The path as reached from the argument, `/`-separated, in the bytes of the file system.
    path: Vec<u8>,
    /// The path relative to the root that reports refer to.
    from_root: Vec<u8>,
    /// The paths as findings show them, with the redactor that made them.
    shown: OnceLock<(Redactor, Arc<ShownPaths>)>,
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Origin {}

impl PartialOrd for Origin {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Origin {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.path, &self.from_root).cmp(&(&other.path, &other.from_root))
    }
}

impl Origin {
    /// Makes an origin. `path` is the path as reached from the argument; `from_root` is relative to
    /// the repository's root, or to the scanned folder where there is no repository. Fingerprints
    /// and the reports that forges read use the latter.
    #[must_use]
    pub fn new(path: impl Into<Vec<u8>>, from_root: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), from_root: from_root.into(), shown: OnceLock::new() }
    }

    /// Returns the paths as all findings of the file show them.
    fn shown(&self, redactor: &Redactor) -> Arc<ShownPaths> {
        let shown = || Arc::new(ShownPaths::new(&self.path, &self.from_root, redactor));
        let (of, paths) = self.shown.get_or_init(|| (redactor.clone(), shown()));
        if of.is_same(redactor) { Arc::clone(paths) } else { shown() }
    }

    /// Returns the path as reached from the argument.
    #[must_use]
    pub fn path(&self) -> &[u8] {
        &self.path
    }

    /// Returns the path relative to the root.
    #[must_use]
    pub fn from_root(&self) -> &[u8] {
        &self.from_root
    }
}

/// A secret at a place.
///
/// ```
/// use tokensieve_core::{Finding, FingerprintKey, Origin, RuleSet, Scanner};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let origin = Origin::new("./config.yml", "config.yml");
/// let key = FingerprintKey::default();
/// let mut identities = key.file(origin.from_root());
/// let text = ["token: glp", "at-6K5h83AacUCCGxzdUCuD\n"].concat();
/// let mut findings = Vec::new();
/// scanner.scan(text.as_bytes(), &mut |located| {
///     let fingerprint = identities.next(located.matched.rule(), &located.secret);
///     findings.push(Finding::new(&origin, &located, fingerprint, scanner.redactor(), false));
/// });
/// assert_eq!(findings[0].start().column, 8);
/// assert_eq!(findings[0].redacted(), "glpat-...");
/// assert_eq!(findings[0].excerpt().before, "token: ");
/// ```
#[derive(Clone)]
pub struct Finding {
    rule: Arc<Rule>,
    paths: Arc<ShownPaths>,
    span: Span,
    start: Position,
    end: Position,
    excerpt: PackedExcerpt,
    confidence: Confidence,
    facts: Facts,
    decoded: Box<[Decoding]>,
    fingerprint: Fingerprint,
    secret: Option<Secret>,
    provenance: Option<Box<Provenance>>,
    is_new: bool,
    suppression: Option<Box<Suppression>>,
    verification: Option<Box<Verification>>,
}

impl Finding {
    /// Makes a finding of a located match. Its secret is kept in clear only where `is_shown`.
    #[must_use]
    pub fn new(
        origin: &Origin,
        located: &Located<'_>,
        fingerprint: Fingerprint,
        redactor: &Redactor,
        is_shown: bool,
    ) -> Self {
        let matched = &located.matched;
        Self {
            rule: matched.rule_arc(),
            paths: origin.shown(redactor),
            span: matched.span(),
            start: located.start,
            end: located.end,
            excerpt: PackedExcerpt::new(&located.excerpt),
            confidence: matched.confidence(),
            facts: matched.facts().clone(),
            decoded: matched.decoded().into(),
            fingerprint,
            secret: is_shown.then(|| located.secret.clone()),
            provenance: None,
            is_new: true,
            suppression: None,
            verification: None,
        }
    }

    /// Adds the commits, authors and references of a history.
    #[must_use]
    pub fn with_provenance(mut self, provenance: Provenance) -> Self {
        self.provenance = Some(Box::new(provenance));
        self
    }

    /// Marks the finding as one that was there before the scanned changes.
    #[must_use]
    pub fn as_old(mut self) -> Self {
        self.is_new = false;
        self
    }

    /// Marks the finding as suppressed, with the reason.
    #[must_use]
    pub fn suppressed(mut self, suppression: Suppression) -> Self {
        self.suppression = Some(Box::new(suppression));
        self
    }

    /// Adds what the secret's own service says about it.
    #[must_use]
    pub fn verified(mut self, verification: Verification) -> Self {
        self.verification = Some(Box::new(verification));
        self
    }

    /// Drops the secret in clear.
    #[must_use]
    pub fn without_secret(mut self) -> Self {
        self.secret = None;
        self
    }

    /// Returns the rule that found it.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Returns the path as reached from the argument. Bytes that are not UTF-8 are replaced: see
    /// [`Finding::path_bytes`].
    #[must_use]
    pub fn path(&self) -> &str {
        &self.paths.path
    }

    /// Returns the bytes of the path, if it is not UTF-8.
    #[must_use]
    pub fn path_bytes(&self) -> Option<&[u8]> {
        self.paths.path_bytes.as_deref()
    }

    /// Returns the path relative to the root, in the bytes of the file system.
    #[must_use]
    pub fn from_root(&self) -> &[u8] {
        self.paths.from_root.as_deref().unwrap_or(self.path().as_bytes())
    }

    /// Returns the bytes of the file that hold the secret.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the position of the first character of the secret.
    #[must_use]
    pub fn start(&self) -> Position {
        self.start
    }

    /// Returns the position behind the last character of the secret.
    #[must_use]
    pub fn end(&self) -> Position {
        self.end
    }

    /// Returns the text that reports show in place of the secret.
    #[must_use]
    pub fn redacted(&self) -> &str {
        self.excerpt().redacted
    }

    /// Returns the redacted line around it.
    #[must_use]
    pub fn excerpt(&self) -> ExcerptParts<'_> {
        self.excerpt.parts()
    }

    /// Returns how sure the finding is.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Returns the facts that the secret itself holds, such as its owner or expiry.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Returns the decodings that led to the text it was found in, the outermost first: see
    /// [`Match::decoded`](crate::Match::decoded).
    #[must_use]
    pub fn decoded(&self) -> &[Decoding] {
        &self.decoded
    }

    /// Returns its identities.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Returns the secret in clear, if the finding keeps it.
    #[must_use]
    pub fn secret(&self) -> Option<&Secret> {
        self.secret.as_ref()
    }

    /// Returns what the secret's own service says about it, if that was asked.
    #[must_use]
    pub fn verification(&self) -> Option<&Verification> {
        self.verification.as_deref()
    }

    /// Returns commits, authors and references, for a finding in a history.
    #[must_use]
    pub fn provenance(&self) -> Option<&Provenance> {
        self.provenance.as_deref()
    }

    /// Returns whether it counts as new: false only if changes were scanned and it was there before
    /// them.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Returns why it is suppressed, for one that is listed and does not count.
    #[must_use]
    pub fn suppression(&self) -> Option<&Suppression> {
        self.suppression.as_deref()
    }

    /// Compares by the order of reports: path, place, rule.
    #[must_use]
    pub fn report_order(&self, other: &Self) -> Ordering {
        let key = |finding: &Self| (finding.span, finding.start);
        self.from_root()
            .cmp(other.from_root())
            .then_with(|| self.path().cmp(other.path()))
            .then_with(|| key(self).cmp(&key(other)))
            .then_with(|| self.rule.id().cmp(other.rule.id()))
            // In a history, different secrets can have been in one place.
            .then_with(|| self.fingerprint.fingerprint.cmp(&other.fingerprint.fingerprint))
    }
}

impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding")
            .field("rule", &self.rule.id())
            .field("path", &self.path())
            .field("span", &self.span)
            .field("redacted", &self.redacted())
            .field("confidence", &self.confidence)
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}
