"""A source: words of the command line, each a blob."""

from recipe_toys.kit import (
    CORE, GUIDE, PROGRAM, Compiler, Recipe, Replace, Slip, Test, Write, before, behind,
)

SOURCE = """//! Words of the command line, each a blob.

use tokensieve_core::Origin;
use tokensieve_core::coverage::Skip;

use crate::pipeline::{Outcome, Pipeline};

/// Scans words. An empty one is a gap.
pub fn scan_words(pipeline: &Pipeline, words: &[String]) -> Outcome {
    let mut worker = pipeline.worker();
    let origin = Origin::new("<word>", "<word>");
    for word in words {
        if word.is_empty() {
            worker.skip(Skip::EmptyWord, &origin);
        } else {
            worker.blob(&origin, word.as_bytes());
        }
    }
    drop(worker);
    pipeline.take_outcome()
}
"""
TOKEN = "glp" + "at-6K5h83Aac" + "UCCGxzdUCuD"
GAP_CASE = """args = ["words", "nothing", ""]
status = 3
stdout = ""
stderr_has = ["1 file scanned", "empty word"]
"""
FOUND_CASE = f"""args = ["words", "{TOKEN}"]
status = 1
stdout_has = ["gitlab_personal_access_token"]
"""
FILE = Write("scanner-cli/src/source/words.rs", SOURCE)
SOURCES = "scanner-cli/src/source/mod.rs"
SKIPS = "scanner-core/src/finding/coverage.rs"
EXPORT = before(
    SOURCES, "pub use crate::exclude::exclusions;", "pub use self::words::scan_words;\n"
)
GAP = behind(SKIPS, "            Self::Unreadable\n", "            | Self::EmptyWord\n")
NAME = behind(
    SKIPS,
    '            Self::Unreadable => "unreadable",\n',
    '            Self::EmptyWord => "empty word",\n',
)
DESCRIBED = before(
    GUIDE, "| `out of time` | `--timeout`", "| `empty word` | a word has no letters | type some |\n"
)
CASES = (
    Write("tests/cases/toy-words-gap.toml", GAP_CASE),
    Write("tests/cases/toy-words-found.toml", FOUND_CASE),
)

RECIPE = Recipe(
    "source",
    needs=("subcommand",),
    edits=(
        FILE,
        behind(SOURCES, "mod walk;\n", "mod words;\n"),
        EXPORT,
        behind(SKIPS, "    Unreadable,\n", "    /// A word without letters.\n    EmptyWord,\n"),
        GAP,
        NAME,
        DESCRIBED,
        *CASES,
    ),
    slips=(
        Slip(
            "its export",
            Compiler("tokensieve", "E0432", "unresolved import `crate::source::scan_words`"),
            undone=(EXPORT,),
        ),
        Slip(
            "whether a reason is a gap, and its name",
            Compiler("tokensieve-core", "E0004", "Skip::EmptyWord` not covered"),
            undone=(GAP, NAME),
        ),
        Slip(
            "that sources do not know git",
            Test(PROGRAM, "house::imports_of_the_program_are_drawn", "source imports git"),
            done=(
                Replace(
                    FILE.name,
                    "use crate::pipeline",
                    "use crate::git::Repository as _;\nuse crate::pipeline",
                ),
            ),
        ),
        Slip(
            "to count what it skips",
            Test(PROGRAM, "cases::every_case", "toy-words-gap.toml ends with Some(0)"),
            done=(
                Replace(FILE.name, "            worker.skip(Skip::EmptyWord, &origin);\n", ""),
                Replace(FILE.name, "use tokensieve_core::coverage::Skip;\n", ""),
            ),
        ),
        Slip(
            "to hand a blob to the worker",
            Test(PROGRAM, "cases::every_case", "toy-words-found.toml ends with Some(0)"),
            done=(
                Replace(FILE.name, "            worker.blob(&origin, word.as_bytes());\n", ""),
            ),
        ),
        Slip(
            "the reason in the guide",
            Test(
                CORE,
                "finding::coverage::tests::every_reason_to_skip_is_in_the_guide",
                "`empty word` is in no table",
            ),
            undone=(DESCRIBED,),
        ),
        Slip(
            "a case",
            Test(PROGRAM, "docs::every_command_is_called_by_a_test", "no test calls words"),
            undone=CASES,
            round=2,
        ),
    ),
)
