"""A toy for each recipe of CONTRIBUTING.md: the steps that it names, and those to forget."""

import random
from dataclasses import dataclass, field

CORE = ("-p", "tokensieve-core", "--lib")
PROGRAM = ("--test", "tests")
FORMATS = "docs/formats.md"


@dataclass
class Recipe:
    """Steps of a recipe, each a function of the copy.

    commands: what the recipe says to run, after generated files were made new.
    tests: (target, name) of the tests that hold it.
    forgotten: (step that undoes another one, what it undoes, target, test that fails then).
    compiled: (step that undoes another one, step that does it again, what it undoes).
    """

    name: str
    steps: list
    tests: list
    forgotten: list = field(default_factory=list)
    compiled: list = field(default_factory=list)
    commands: list = field(default_factory=list)


# Tests of generated files, which fail until they are run with TOKENSIEVE_UPDATE=1, in this order.
GENERATED = [
    ("rule", CORE, "is_current"),
    ("rule", PROGRAM, "rules_md_is_current"),
]


def writes(name, text):
    return lambda copy: copy.write(name, text)


def replaces(name, old, new):
    return lambda copy: copy.replace(name, old, new)


# --- A rule, with a proof: the last digit is the sum of the bytes before it. ---

RANDOM = random.Random(7)


def toy_token(is_right=True, length=24):
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"
    body = "toyv_" + "".join(RANDOM.choice(letters) for _ in range(length))
    digit = sum(body.encode()) % 10
    return body + str(digit if is_right else (digit + 1) % 10)


def pieces(text):
    cut = [text[at : at + 9] for at in range(0, len(text), 9)]
    return "[" + ", ".join(f'"{piece}"' for piece in cut) + "]"


def found(token):
    before, after = '["KEY="]', '["\\n"]'
    return f"""
[[found]]
rule = "toyvendor_key"
before = {before}
secret = {pieces(token)}
after = {after}
"""


def near(token, why):
    return f"""
[[near]]
rule = "toyvendor_key"
why = "{why}"
text = ["KEY=", {pieces(token)[1:]}
"""


RULE = """
[[rules]]
id = "toyvendor_key"
kind = "toyvendor_key"
name = "Toyvendor key"
description = "Plays with all toys of an account."
severity = "high"
url = "https://toyvendor.example/docs/keys"
prefixes = ["toyv_"]
regex = 'toyv_[A-Za-z]{24}[0-9]'
proof = "toy"
[rules.leak]
ui = "toyvendor.example > Keys: revoke it"
api = "DELETE https://toyvendor.example/keys/:id"
"""

CASES = "# Cases of the toy.\n" + "".join(
    [found(toy_token()) for _ in range(3)]
    + [near(toy_token(is_right=False), "a wrong digit") for _ in range(3)]
    + [near(toy_token(length=23), "too short"), near(toy_token(length=25), "too long")]
)
FEW_CASES = CASES[: CASES.index("[[near]]", CASES.index("[[near]]") + 1)]

rule = Recipe(
    "rule",
    steps=[
        writes("rules/toyvendor.toml", "# The toy's rule.\n" + RULE),
        replaces("rules/lib.rs", '    "transifex"\n', '    "toyvendor"\n    "transifex"\n'),
        writes("rules/toyvendor.cases.toml", CASES),
    ],
    commands=["cargo run --locked -- rules lint rules/toyvendor.toml"],
    tests=[
        (CORE, "is_current"),
        (PROGRAM, "rules_md_is_current"),
        (PROGRAM, "every_rule_has_enough_cases"),
        (PROGRAM, "every_rule_says_what_it_is_and_what_to_do"),
        (PROGRAM, "texts_of_rules_are_plain_and_short"),
        (PROGRAM, "what_must_be_found_is_found_once_and_exactly"),
        (PROGRAM, "near_misses_are_not_reported"),
    ],
    forgotten=[
        (
            writes("rules/toyvendor.cases.toml", FEW_CASES),
            "enough cases",
            PROGRAM,
            "every_rule_has_enough_cases",
        ),
        (
            replaces("rules/toyvendor.toml", "ui = ", "# ui = "),
            "what to do",
            PROGRAM,
            "every_rule_says_what_it_is_and_what_to_do",
        ),
    ],
)

# --- A proof. ---

PROOF = """//! The toy's keys: their last digit is the sum of the bytes before it.

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
PROOF_ARM = "        Proof::Toy => ProofResult::Verdict(toy::examine(claim)),\n"
PROOF_ENTRY = "        Proof::JfrogExpiry,\n        Proof::Toy,\n"

proof = Recipe(
    "proof",
    steps=[
        writes("scanner-core/src/proof/toy.rs", PROOF),
        replaces(
            "scanner-core/src/rules/rule.rs",
            "pub enum Proof {\n",
            "pub enum Proof {\n    /// The toy's keys.\n    Toy,\n",
        ),
        replaces(PROOFS, "mod sas;\n", "mod sas;\nmod toy;\n"),
        replaces(PROOFS, "    match proof {\n", "    match proof {\n" + PROOF_ARM),
        replaces(PROOFS, "        Proof::JfrogExpiry,\n", PROOF_ENTRY),
        replaces(PROOFS, "[Proof; 30]", "[Proof; 31]"),
    ],
    tests=[(CORE, "any_bytes_can_be_examined"), (CORE, "every_proof_is_tried")],
    forgotten=[
        (
            lambda copy: (
                copy.replace(PROOFS, PROOF_ENTRY, "        Proof::JfrogExpiry,\n"),
                copy.replace(PROOFS, "[Proof; 31]", "[Proof; 30]"),
            ),
            "its entry in ALL",
            CORE,
            "every_proof_is_tried",
        ),
    ],
    compiled=[
        (
            replaces(PROOFS, PROOF_ARM, ""),
            replaces(PROOFS, "    match proof {\n", "    match proof {\n" + PROOF_ARM),
            "its arm in `examine`",
        ),
    ],
)

# --- A decoder: `~` in front of each character. ---

DECODER = """//! Text with a `~` in front of each character.

use crate::confirm::raw_match::Decoding;
use crate::decode::region::{LONGEST, Map, Region, Text};
use crate::text::span::Span;

/// A shorter run is no secret with a name.
const FEWEST: usize = 40;
/// So many bytes on either side decide that a run begins or ends.
pub(super) const BESIDE: usize = 2;

/// Adds the runs that start in `range`.
pub(super) fn find(text: &[u8], range: Span, found: &mut Vec<Region>) {
    let is_pair = |at: usize| {
        text.get(at) == Some(&b'~') && text.get(at + 1).is_some_and(|it| matches!(it, b' '..=b'}'))
    };
    let mut at = range.start;
    while at < range.end.min(text.len()) {
        if !is_pair(at) || at >= 2 && is_pair(at - 2) {
            at += 1;
            continue;
        }
        let mut end = at;
        while is_pair(end) && end - at < LONGEST {
            end += 2;
        }
        if end - at >= FEWEST {
            found.push(Region { span: Span::new(at, end), decoding: Decoding::Tilde });
        }
        at = end;
    }
}

pub(super) fn decode(text: &[u8], span: Span) -> Option<Text> {
    let bytes = text[span.range()].iter().skip(1).step_by(2).copied().collect();
    Some(Text { bytes, map: Map::Padded(span.start + 1, 2), decoding: Decoding::Tilde })
}
"""
DECODERS = "scanner-core/src/decode/mod.rs"
DECODER_ARM = "            Decoding::Tilde => tilde::decode(text, self.span),\n"
DECODE_HEAD = "            Decoding::Hex => hex::decode(text, self.span, is_open),\n"


def decoder_generators(copy):
    """The encoder of the tests, and the ranges of kinds that they draw from. A text with `~` cannot
    be encoded again."""
    path = copy.folder / DECODERS
    text = path.read_text().replace("0_usize..8", "0_usize..9").replace("first in 0..8", "first in 0..9")
    path.write_text(text)
    encoder = '            8 => each(&|byte| format!("~{}", char::from(*byte))),\n            _ => {\n'
    copy.replace(DECODERS, "            _ => {\n                let encoded", encoder + "                let encoded")


decoder = Recipe(
    "decoder",
    steps=[
        writes("scanner-core/src/decode/tilde.rs", DECODER),
        replaces(
            "scanner-core/src/confirm/raw_match.rs",
            "pub enum Decoding {\n",
            "pub enum Decoding {\n    /// A `~` in front of each character.\n    Tilde,\n",
        ),
        replaces(
            "scanner-core/src/confirm/raw_match.rs",
            '            Self::Base64 => "base64",\n',
            '            Self::Base64 => "base64",\n            Self::Tilde => "tilde",\n',
        ),
        replaces(DECODERS, "mod runs;\n", "mod runs;\nmod tilde;\n"),
        replaces(
            DECODERS,
            "            Decoding::Utf16 | Decoding::Utf32 => (padded",
            "            Decoding::Tilde => (tilde::BESIDE, tilde::BESIDE),\n"
            "            Decoding::Utf16 | Decoding::Utf32 => (padded",
        ),
        replaces(DECODERS, DECODE_HEAD, DECODE_HEAD + DECODER_ARM),
        replaces(
            DECODERS,
            "    regions.found\n",
            "    tilde::find(text, range, &mut regions.found);\n    regions.found\n",
        ),
        decoder_generators,
    ],
    tests=[
        (CORE, "each_encoding_and_two_of_them"),
        (CORE, "what_is_found_in_clear_is_found_beside"),
        (CORE, "parts_have_the_regions_of_the_whole"),
        (CORE, "any_bytes_can_be_decoded"),
    ],
    forgotten=[
        (
            replaces(DECODERS, "    tilde::find(text, range, &mut regions.found);\n", ""),
            "looking for its regions",
            CORE,
            "each_encoding_and_two_of_them",
        ),
    ],
    compiled=[
        (
            replaces(DECODERS, DECODER_ARM, ""),
            replaces(DECODERS, DECODE_HEAD, DECODE_HEAD + DECODER_ARM),
            "its arm in `decode`",
        ),
    ],
)

# --- A report format: a path a line. ---

REPORT = """//! The path of each finding.

use std::io::{self, Write};

use crate::report::model::Report;
use crate::report::words::one_line;
use crate::text::escape::at_line_start;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        writeln!(out, "{}", at_line_start(&one_line(finding.path())))?;
    }
    Ok(())
}
"""
ROW = """    Row {
        format: Format::Paths,
        name: "paths",
        files: &[],
        endings: &[".paths"],
        media_type: "text/plain",
        can_show_secrets: false,
        write: |report, _, out| paths::write(report, out),
    },
"""
TABLE = "scanner-core/src/report/format.rs"

report = Recipe(
    "report format",
    steps=[
        writes("scanner-core/src/report/paths.rs", REPORT),
        replaces("scanner-core/src/report/mod.rs", "mod model;\n", "mod model;\nmod paths;\n"),
        replaces(TABLE, "    /// A page for a browser.\n", "    /// Paths.\n    Paths,\n    /// A page for a browser.\n"),
        replaces(TABLE, "const ROWS: &[Row] = &[\n", "const ROWS: &[Row] = &[\n" + ROW),
        replaces(TABLE, "junit, markdown, text,", "junit, markdown, paths, text,"),
        replaces(FORMATS, "| `html` | people", "| `paths` | toys | `.paths` | no | streamed |\n| `html` | people"),
    ],
    tests=[
        (CORE, "no_format_holds_a_secret_that_is_not_shown"),
        (CORE, "no_format_passes_on_what_changes_how_the_rest_looks"),
        (CORE, "an_empty_run_is_a_valid_document"),
        (PROGRAM, "every_format_is_described"),
    ],
    forgotten=[
        (
            replaces("scanner-core/src/report/paths.rs", "at_line_start(&one_line(finding.path()))", "finding.path()"),
            "escaping",
            CORE,
            "no_format_passes_on_what_changes_how_the_rest_looks",
        ),
        (
            replaces(FORMATS, "| `paths` | toys | `.paths` | no | streamed |\n", ""),
            "its row in docs/formats.md",
            PROGRAM,
            "every_format_is_described",
        ),
    ],
)

# --- A source, and a subcommand that uses it: words of the command line. ---

SOURCE = """//! Words of the command line, each a blob.

use tokensieve_core::Origin;

use crate::pipeline::{Outcome, Pipeline};

/// Scans words.
pub fn scan_words(pipeline: &Pipeline, words: &[String]) -> Outcome {
    let mut worker = pipeline.worker();
    for word in words {
        worker.blob(&Origin::new("<word>", "<word>"), word.as_bytes());
    }
    drop(worker);
    pipeline.take_outcome()
}
"""
COMMAND = """//! `tokensieve words`

use anyhow::Result;
use clap::Args as ClapArgs;

use crate::cli::args::CommonArgs;
use crate::cli::output::exit::Exit;
use crate::cli::settings::config::Loaded;
use crate::cli::settings::suppressions::{Comments, TreeFiles};
use crate::cli::settings::{self, Settings};
use crate::source::scan_words;

/// Scan words.
#[derive(ClapArgs, Debug)]
pub(crate) struct WordsArgs {
    /// The words.
    #[arg(value_name = "WORD")]
    words: Vec<String>,

    #[command(flatten)]
    common: CommonArgs,
}

pub(crate) fn run(args: &WordsArgs) -> Result<Exit> {
    let loaded = settings::configuration(&args.common, || Loaded::find(&[]))?;
    let files = TreeFiles::of_folders(&args.common, &[])?;
    let settings = Settings::resolve(&args.common, &loaded, &files, Comments::Honoured)?;
    crate::cli::run::run(&settings, |pipeline| Ok(scan_words(pipeline, &args.words)))
}
"""
WORDS_CASE = """args = ["words", "nothing", "here"]
status = 0
stdout = ""
stderr_has = ["2 files scanned"]
"""
SOURCES = "scanner-cli/src/source/mod.rs"
MAIN = "scanner-cli/src/cli/mod.rs"
README_ROW = "| scan words | `tokensieve words nothing` |\n"

source = Recipe(
    "source",
    steps=[
        writes("scanner-cli/src/source/words.rs", SOURCE),
        replaces(SOURCES, "mod walk;\n", "mod walk;\nmod words;\n"),
        replaces(SOURCES, "pub use self::walk", "pub use self::words::scan_words;\npub use self::walk"),
        writes("tests/cases/toy-words.toml", WORDS_CASE),
    ],
    tests=[(PROGRAM, "imports_of_the_program_are_drawn"), (PROGRAM, "cases::every_case")],
    forgotten=[
        (
            replaces(
                "scanner-cli/src/source/words.rs",
                "use crate::pipeline",
                "use crate::git as _;\nuse crate::pipeline",
            ),
            "the rule that sources do not know git",
            PROGRAM,
            "imports_of_the_program_are_drawn",
        ),
    ],
)

subcommand = Recipe(
    "subcommand",
    steps=[
        writes("scanner-cli/src/cli/commands/words.rs", COMMAND),
        replaces("scanner-cli/src/cli/commands/mod.rs", "pub(crate) mod serve;\n", "pub(crate) mod serve;\npub(crate) mod words;\n"),
        replaces(MAIN, "rules, scan, serve};", "rules, scan, serve, words};"),
        replaces(MAIN, "    /// Mask secrets", "    /// Scan words.\n    Words(Box<words::WordsArgs>),\n    /// Mask secrets"),
        replaces(MAIN, "        Command::Mask(args)", "        Command::Words(args) => words::run(&args),\n        Command::Mask(args)"),
        replaces("README.md", "| scan listed files |", README_ROW + "| scan listed files |"),
    ],
    tests=[
        (PROGRAM, "no_command_imports_another"),
        (PROGRAM, "the_readmes_commands_are_what_they_should_be"),
        (PROGRAM, "every_command_is_in_the_readme"),
    ],
    forgotten=[
        (replaces("README.md", README_ROW, ""), "its row in the README", PROGRAM, "every_command_is_in_the_readme"),
        (
            replaces(
                "scanner-cli/src/cli/commands/words.rs",
                "use crate::cli::args::CommonArgs;\n",
                "use crate::cli::args::CommonArgs;\nuse crate::cli::commands::mask as _;\n",
            ),
            "the rule that commands do not import each other",
            PROGRAM,
            "no_command_imports_another",
        ),
    ],
)

# --- A kind of suppression: a file that lists paths. ---

SKIP_LIST = """//! A file that lists paths.

/// A line of it.
#[derive(Clone, Debug)]
pub struct SkippedPath {
    /// The path.
    pub path: String,
    /// Its line, from 1.
    pub at: usize,
}

impl SkippedPath {
    /// Reads a file.
    pub fn read(text: &str) -> impl Iterator<Item = Self> + '_ {
        (1..).zip(text.lines()).map(|(at, line)| Self { path: line.to_owned(), at })
    }
}
"""
MATCHER = """
impl Matcher for SkippedPath {
    fn kind(&self) -> SuppressionKind {
        SuppressionKind::SkipList
    }

    fn key(&self) -> MatcherKey<'_> {
        MatcherKey::Path(self.path.as_bytes())
    }

    fn matches(&self, _query: &Query<'_>) -> bool {
        true
    }
}
"""
ADD = """    /// Adds a line of a list.
    pub fn add_skipped_path(&mut self, skipped: SkippedPath, file: &str) {
        let line = skipped.at;
        self.add(Box::new(skipped), file, line, false);
    }

    fn add(&mut self"""
READ = """    if let Ok(text) = std::fs::read_to_string(".skipped") {
        for skipped in SkippedPath::read(&text) {
            all.add_skipped_path(skipped, ".skipped");
        }
    }
    Ok((all, key))
"""
SKIP_CASE = """about = "a toy list of paths suppresses, and an audit tells what is not needed"

[[steps]]
write.a = "{a}\\n"
write.b = "{b}\\n"
write.".skipped" = "a\\nnowhere\\n"
run = "scan ."
status = 1
found = ["b:1"]
suppressed."skip list" = 1

[[steps]]
run = "audit --no-history"
stdout_has = [".skipped:2: skip list: matches nothing"]
"""
MATCHERS = "scanner-cli/src/pipeline/matcher.rs"
SUPPRESS = "scanner-cli/src/pipeline/suppress.rs"
SETTINGS = "scanner-cli/src/cli/settings/suppressions.rs"

suppression = Recipe(
    "suppression kind",
    steps=[
        writes("scanner-core/src/suppress/skip_list.rs", SKIP_LIST),
        replaces("scanner-core/src/suppress/mod.rs", "pub(crate) mod suppression;\n", "pub(crate) mod skip_list;\npub(crate) mod suppression;\n"),
        replaces("scanner-core/src/lib.rs", "    pub use crate::suppress::suppression::Suppression;\n", "    pub use crate::suppress::skip_list::SkippedPath;\n    pub use crate::suppress::suppression::Suppression;\n"),
        replaces(MATCHERS, "pub enum SuppressionKind {\n", "pub enum SuppressionKind {\n    /// A list.\n    SkipList,\n"),
        replaces(MATCHERS, "        match self {\n", '        match self {\n            Self::SkipList => "skip list",\n'),
        replaces(MATCHERS, "IgnoreLine, Subject,", "IgnoreLine, SkippedPath, Subject,"),
        replaces(MATCHERS, "\n/// A line of an ignore file that cannot", MATCHER + "\n/// A line of an ignore file that cannot"),
        replaces(SUPPRESS, "    fn add(&mut self", ADD),
        replaces(SUPPRESS, "IgnoreFile, Suppression,", "IgnoreFile, SkippedPath, Suppression,"),
        replaces(SETTINGS, "GitleaksReport, IgnoreFile};", "GitleaksReport, IgnoreFile, SkippedPath};"),
        replaces(SETTINGS, "    Ok((all, key))\n", READ),
        writes("tests/steps/toy-skip-list.toml", SKIP_CASE),
    ],
    tests=[(PROGRAM, "steps::every_case")],
    forgotten=[
        (replaces(SETTINGS, READ, "    Ok((all, key))\n"), "reading its file", PROGRAM, "steps::every_case"),
    ],
)

# --- An endpoint of GitLab. ---

ENDPOINT_TEST = """//! The toy's endpoint.

use std::sync::Arc;

use gitlab_model::{Fixture, Kind, Model, Options};
use tokensieve::gitlab::{Client, Credential, Instance, Options as ClientOptions, Scheme};
use tokensieve_core::Secret;

use super::secret;

#[test]
fn toys_are_counted() {
    let model = Model::start_with(Fixture::example(), Options::default()).unwrap();
    let token = secret(&model, Kind::AccessToken, 1);
    let instance = Instance::parse(model.url()).unwrap();
    let client = Client::new(instance, ClientOptions::default(), Arc::default()).unwrap();
    let credential = Credential::new(Scheme::PrivateToken, &Secret::new(token.as_bytes()));
    let answer = client.get("/api/v4/toys", Some(&credential)).unwrap();
    assert_eq!(answer.status(), 200);
}
"""
ROUTES = "tests/gitlab_model/src/api/instance.rs"
ROUTE = '    Route::new("GET", "/api/v4/toys", ABOUT, metadata),\n'

endpoint = Recipe(
    "endpoint",
    steps=[
        replaces(ROUTES, "pub(super) const ROUTES: &[Route] = &[\n", "pub(super) const ROUTES: &[Route] = &[\n" + ROUTE),
        writes("tests/token/toy.rs", ENDPOINT_TEST),
        replaces("tests/token/mod.rs", "mod usage;\n", "mod toy;\nmod usage;\n"),
    ],
    tests=[(PROGRAM, "toys_are_counted"), (PROGRAM, "faults_are_never_death")],
    forgotten=[(replaces(ROUTES, ROUTE, ""), "the model", PROGRAM, "toys_are_counted")],
)

RECIPES = [rule, proof, decoder, report, source, subcommand, suppression, endpoint]
