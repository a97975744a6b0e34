"""A proof: the last digit of the toy's keys is that of the sum of the bytes before it."""

from recipe_toys.kit import (
    CORE, FORMATS, PROGRAM, Compiler, Recipe, Replace, Slip, Test, Write, before, behind,
)
from recipe_toys.rule import CASES, RULES, near, token

PROOF = """//! The toy's keys: their last digit is that of the sum of the bytes before it.

use crate::proof::claim::{Claim, Evidence};
use crate::verdict::{Confidence, Facts, Reason};

pub(super) fn examine(claim: &Claim<'_>) -> Evidence {
    let Some((digit, body)) = claim.text().split_last() else {
        return claim.refuted(Reason::WrongChecksum);
    };
    let sum: u64 = body.iter().map(|byte| u64::from(*byte)).sum();
    if u64::from(digit.wrapping_sub(b'0')) == sum % 10 {
        claim.with(Confidence::Proved, Facts::default())
    } else {
        claim.refuted(Reason::WrongChecksum)
    }
}
"""
PROOFS = "scanner-core/src/proof/mod.rs"
FILE = Write("scanner-core/src/proof/toy.rs", PROOF)
ARM = behind(
    PROOFS,
    "    match proof {\n",
    "        Proof::Toy => ProofResult::Verdict(toy::examine(claim)),\n",
)
NAMED = behind(RULES, "regex = 'toyv_[A-Za-z]{24}[0-9]'\n", 'proof = "toy"\n')
DESCRIBED = Replace(
    FORMATS, "`flyio-token`; or only tells facts:", "`flyio-token`, `toy`; or only tells facts:"
)
WRONG = near(token(is_right=False), "a wrong digit") + near(token(is_right=False), "another one")

RECIPE = Recipe(
    "proof",
    needs=("rule",),
    edits=(
        FILE,
        before(PROOFS, "pub(crate) use self::sas::REACH", "mod toy;\n\n"),
        behind(
            "scanner-core/src/rules/rule.rs",
            "pub enum Proof {\n",
            "    /// The toy's keys.\n    Toy,\n",
        ),
        ARM,
        NAMED,
        behind(CASES, "# Cases of the toy.\n", WRONG),
        DESCRIBED,
    ),
    slips=(
        Slip(
            "its file",
            Compiler("tokensieve-core", "E0583", "file not found for module `toy`"),
            undone=(FILE,),
        ),
        Slip(
            "its arm in `examine`",
            Compiler("tokensieve-core", "E0004", "Proof::Toy` not covered"),
            undone=(ARM,),
        ),
        Slip(
            "its name in the rule",
            Test(
                PROGRAM,
                "rule_cases::near_misses_are_not_reported",
                "of toyvendor_key (a wrong digit)",
            ),
            undone=(NAMED,),
        ),
        Slip(
            "its description",
            Test(PROGRAM, "docs::every_proof_is_described", "does not describe `toy`"),
            undone=(DESCRIBED,),
        ),
        Slip(
            "a look at how much there is",
            Test(CORE, "proof::tests::any_bytes_can_be_examined", "scanner-core/src/proof/toy.rs"),
            done=(
                Replace(
                    FILE.name,
                    "    let sum: u64 =",
                    "    let _ = body[claim.prefix_len + 20];\n    let sum: u64 =",
                ),
            ),
        ),
    ),
)
