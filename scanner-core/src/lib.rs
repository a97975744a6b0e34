/*!
Finds secrets in bytes.

Bytes in, findings out:

```
use tokensieve_core::{RuleSet, Scanner};

let bytes = ["GITLAB_TOKEN=glp", "at-6K5h83AacUCCGxzdUCuD\n"].concat();
for found in Scanner::new(&RuleSet::builtin()).find(bytes.as_bytes()) {
    println!("{} at {:?}: {}", found.rule().name(), found.span(), found.confidence());
}
```

This crate is the engine of Tokensieve, and it is pure: no file system, no environment, no
processes, no network, no threads, no clock, no printing. Four modules with vector instructions have
unsafe code: three searchers of the prefilter, and the look at classes of characters. What touches
the machine is in the crate `tokensieve`, whose library can be embedded too.

# The way of the data

A [`RuleSet`] says what is looked for. A [`Scanner`] is built from it once and can be shared by any
number of threads. Its *prefilter* looks for the literals that matches start with and yields
candidates; *confirmation* tries the regex of the rule at each candidate, judges what stands around
it, and has tokens *proved* that carry a checksum or a structure. What is left is a [`Match`]: a
rule, a [`Span`], a [`Confidence`] and the [`Facts`] that the token tells.

- What is encoded is decoded and searched too: see [`Decoding`].
- [`Scanner::find`] is all of this for bytes in memory.
- [`Scanner::stream`] does it for input that arrives in chunks, in bounded memory, with the same
  result.
- [`Scanner::scan`] adds the place and the redacted line to each match; [`Scanner::in_parts`] does
  so for large inputs whose parts are searched in parallel.
- [`FingerprintKey`] gives identities that survive moved lines and give nothing away; a [`Finding`]
  is a match with its file and its identities; [`report`] writes findings in the forms that
  people, forges and programs read.
- [`Redactor`] takes secrets out of any text before it is shown, [`mask::Mask`] out of text that
  arrives bit by bit.

# Errors

Building can fail: reading rules, selecting them. Searching cannot, whatever the bytes are.

# Crate features

- `sarif` (default): SARIF reports, with the types of the crate `serde-sarif`.
*/
#![deny(missing_docs, unsafe_code)]

mod confirm;
mod decode;
mod engine;
mod error;
mod finding;
mod fingerprint;
pub mod gitleaks;
pub mod mask;
mod prefilter;
mod proof;
mod redact;
pub mod report;
mod rules;
mod scanner;
mod secret;
mod suppress;
mod syntax;
mod text;
mod verdict;

pub use crate::confirm::raw_match::Decoding;
pub use crate::decode::{DEFAULT_DECODE_DEPTH, MAX_DECODE_DEPTH};
pub use crate::error::{Error, ErrorKind};
pub use crate::finding::coverage::Coverage;
pub use crate::finding::provenance::{Commit, Place, Provenance, References};
pub use crate::finding::verification::Verification;
pub use crate::finding::{Finding, Origin};
pub use crate::fingerprint::{FileIdentities, Fingerprint, FingerprintKey, Id};
pub use crate::redact::Redactor;
pub use crate::redact::excerpt::Excerpt;
pub use crate::rules::rule::{CustomPrefix, Filter, Proof, Remediation, Rule};
pub use crate::rules::{Lint, LintLevel, RuleSet};
pub use crate::scanner::matched::{Located, Match};
pub use crate::scanner::parts::{Part, Parts};
pub use crate::scanner::stream::Stream;
pub use crate::scanner::{Scanner, ScannerBuilder};
pub use crate::secret::Secret;
pub use crate::text::boundary::Boundary;
pub use crate::text::escape::{escape, escape_command};
pub use crate::text::position::Position;
pub use crate::text::span::Span;
pub use crate::verdict::{Confidence, Facts, Reason, Severity, UnknownName};

/// The record of a scan: what it read, skipped, suppressed and did not open.
pub mod coverage {
    pub use crate::finding::coverage::{
        Bound, Container, Coverage, GitCoverage, RepositorySource, Skip, Tally, TreeConfiguration,
    };
    pub use crate::scanner::parts::Searched;
}

/// Choices of what a scanner finds.
pub mod settings {
    pub use crate::verdict::Passwords;
}

/// Suppressions: allowlists, baselines, ignore files and comments.
pub mod suppression {
    pub use crate::suppress::allowlist::{
        Allowlist, AllowlistSpec, Condition, Date, Subject, Target,
    };
    pub use crate::suppress::baseline::{
        Baseline, BaselineEntry, BaselineKey, GitleaksFinding, GitleaksReport,
    };
    pub use crate::suppress::comments::{
        AllowedBy, allow_comments, allowed_by, is_allowed_in_vain,
    };
    pub use crate::suppress::gitleaks_ignore::{IgnoreFile, IgnoreLine};
    pub use crate::suppress::glob::path_pattern;
    pub use crate::suppress::suppression::Suppression;
    pub use crate::text::context::LineContext;
}

/// Parts of the engine that the program's walk over git objects needs. They change without notice.
#[doc(hidden)]
pub mod internal {
    pub use crate::confirm::raw_match::{Overlap, OverlapGroup};
    pub use crate::finding::provenance::SharedReferences;
    pub use crate::proof::routable::Routable;
    pub use crate::rules::regex_cost;
    pub use crate::rules::rule::{DEFAULT_MAX_LEN, MAX_RULE_MAX_LEN, Syntax};
    pub use crate::scanner::delta::{Candidates, Piece};
    pub use crate::scanner::standing::standing;
    pub use crate::text::nearest::nearest_name;
    pub use crate::text::position::LineIndex;
    pub use crate::text::toml_message::plain_toml_message;
}
