//! Findings of bytes in memory, for embedders.

use crate::finding::{Finding, Origin};
use crate::fingerprint::FingerprintKey;
use crate::scanner::Scanner;
use crate::scanner::parts::Searched;

impl Scanner {
    /// Returns the findings in a blob, in the order of reports: matches of at least
    /// [`min_confidence`](crate::ScannerBuilder::min_confidence), redacted, with the identities
    /// that `key` gives them.
    ///
    /// ```
    /// use tokensieve_core::{FingerprintKey, Origin, RuleSet, Scanner};
    ///
    /// let scanner = Scanner::new(&RuleSet::builtin());
    /// let text = ["token: glp", "at-6K5h83AacUCCGxzdUCuD\n"].concat();
    /// let origin = Origin::new("config.yml", "config.yml");
    /// let findings = scanner.findings(&origin, text.as_bytes(), &FingerprintKey::default());
    /// assert_eq!(findings[0].redacted(), "glpat-...");
    /// assert_eq!((findings[0].start().line, findings[0].start().column), (1, 8));
    /// ```
    #[must_use]
    pub fn findings(&self, origin: &Origin, bytes: &[u8], key: &FingerprintKey) -> Vec<Finding> {
        self.searched_findings(origin, bytes, key).0
    }

    /// Does what [`Scanner::findings`] does, and says how far it searched.
    #[must_use]
    pub fn searched_findings(
        &self,
        origin: &Origin,
        bytes: &[u8],
        key: &FingerprintKey,
    ) -> (Vec<Finding>, Searched) {
        let mut identities = key.file(origin.from_root());
        let mut findings = Vec::new();
        let searched = self.scan(bytes, &mut |located| {
            let matched = &located.matched;
            let is_shadowed = matched.overlap().is_some_and(|overlap| overlap.is_shadowed);
            if matched.confidence() < self.min_confidence() || is_shadowed {
                return;
            }
            let fingerprint = identities.next(matched.rule(), &located.secret);
            findings.push(Finding::new(origin, &located, fingerprint, self.redactor(), false));
        });
        findings.sort_by(Finding::report_order);
        (findings, searched)
    }
}
