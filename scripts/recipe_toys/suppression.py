"""A kind of suppression: a file of the tree that lists paths."""

from recipe_toys.kit import (
    GUIDE, LIBRARY, PROGRAM, Compiler, Recipe, Replace, Slip, Test, Write, before, behind,
)

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
MATCHER = """impl Matcher for SkippedPath {
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

"""
READ = """        let skipped = roots.iter().map(|root| root.folder().join(SKIP_LIST));
        let skipped = skipped.filter(|file| file.is_file());
        files.skipped = skipped.map(|file| Text::picked_up(&file)).collect::<Result<_>>()?;
"""
USE = """    for text in &files.skipped {
        for skipped in SkippedPath::read(text.as_str()?) {
            all.add_skipped_path(skipped, &text.name);
        }
    }
"""
SCAN_CASE = """about = "a toy list of paths suppresses, and reports name it"

[[steps]]
write.a = "{a}\\n"
write.b = "{b}\\n"
write.".skipped" = "a\\nnowhere\\n"
run = "scan ."
status = 1
found = ["b:1"]
suppressed."skip list" = 1
stderr_has = ["configuration: .skipped takes away: skip list"]

[[steps]]
run = "audit --no-history"
stdout_has = [".skipped:2: skip list: matches nothing"]
"""
BROUGHT_CASE = """about = "a toy list that a change brings along does not count, and is named"

[[steps]]
git = ["tag base"]
write.a = "{a}\\n"
write.".skipped" = "a\\n"
commit = "brings its own list"
run = "ci --head HEAD --base base"
status = 1
found = ["a:1"]
stderr_has = [".skipped: a"]
"""
BASE_CASE = """about = "a toy list that was there before counts"

[[steps]]
write.".skipped" = "a\\n"
commit = "a list"

[[steps]]
git = ["tag base"]
write.a = "{a}\\n"
commit = "a token"
run = "ci --head HEAD --base base"
"""
MATCHERS = "scanner-cli/src/pipeline/matcher.rs"
SUPPRESS = "scanner-cli/src/pipeline/suppress.rs"
SETTINGS = "scanner-cli/src/cli/settings/suppressions.rs"
COMMITTED = "scanner-cli/src/cli/settings/committed.rs"
EXPORTS = "scanner-core/src/lib.rs"
EXPORT = before(
    EXPORTS,
    "    pub use crate::suppress::suppression::Suppression;\n",
    "    pub use crate::suppress::skip_list::SkippedPath;\n",
)
NAME = behind(MATCHERS, "        match self {\n", '            Self::SkipList => "skip list",\n')
MATCHES = before(MATCHERS, "/// A line of an ignore file that cannot be", MATCHER)
NAMED = behind(SETTINGS, "self.baseline.iter().chain(&self.ignored)", ".chain(&self.skipped)")
OF_FOLDERS = before(SETTINGS, "        files.ignored =\n", READ)
OF_COMMIT = before(
    SETTINGS,
    "            ignored: read(IGNORE_FILE)",
    "            skipped: read(SKIP_LIST).into_iter().collect(),\n",
)
USED = before(SETTINGS, "    for text in &files.ignored {\n", USE)
SHOWN = before(
    COMMITTED,
    "    all.extend(of_configuration(repository, commit)",
    "    if let Some(text) = text(SKIP_LIST) {\n"
    '        let lines = text.lines().map(|line| format!("{SKIP_LIST}: {line}"));\n'
    "        all.extend(lines.map(shown_as_it_is));\n"
    "    }\n",
)
DESCRIBED = Replace(GUIDE, "`baseline`, `ignore file`)", "`baseline`, `ignore file`, `skip list`)")
AUDITED = 'stdout_has = [".skipped:2: skip list: matches nothing"]\n'
CASES = (
    Write("tests/steps/toy-skip-scan.toml", SCAN_CASE),
    Write("tests/steps/toy-skip-brought.toml", BROUGHT_CASE),
    Write("tests/steps/toy-skip-base.toml", BASE_CASE),
)
STEPS_TEST = "steps::every_case"
KIND_TEST = "pipeline::matcher::tests::every_kind_is_described_and_tried"

RECIPE = Recipe(
    "kind of suppression",
    edits=(
        Write("scanner-core/src/suppress/skip_list.rs", SKIP_LIST),
        before(
            "scanner-core/src/suppress/mod.rs",
            "pub(crate) mod suppression;\n",
            "pub(crate) mod skip_list;\n",
        ),
        EXPORT,
        behind(MATCHERS, "pub enum SuppressionKind {\n", "    /// A list.\n    SkipList,\n"),
        NAME,
        Replace(MATCHERS, "IgnoreLine, Subject,", "IgnoreLine, SkippedPath, Subject,"),
        MATCHES,
        before(SUPPRESS, "    fn add(&mut self, matcher", ADD),
        Replace(SUPPRESS, "IgnoreFile, Suppression,", "IgnoreFile, SkippedPath, Suppression,"),
        behind(SETTINGS, "GitleaksReport, IgnoreFile", ", SkippedPath"),
        behind(
            SETTINGS,
            'pub(crate) const IGNORE_FILE: &str = ".gitleaksignore";\n',
            '/// The toy.\npub(crate) const SKIP_LIST: &str = ".skipped";\n',
        ),
        behind(SETTINGS, "    ignored: Vec<Text>,\n", "    skipped: Vec<Text>,\n"),
        NAMED,
        OF_FOLDERS,
        OF_COMMIT,
        USED,
        Replace(COMMITTED, "{BASELINE, IGNORE_FILE};", "{BASELINE, IGNORE_FILE, SKIP_LIST};"),
        SHOWN,
        DESCRIBED,
        *CASES,
    ),
    slips=(
        Slip(
            "its export",
            Compiler("tokensieve", "E0432", "no `SkippedPath` in `suppression`"),
            undone=(EXPORT,),
        ),
        Slip(
            "its name",
            Compiler("tokensieve", "E0004", "SuppressionKind::SkipList` not covered"),
            undone=(NAME,),
        ),
        Slip(
            "its `Matcher`",
            Compiler("tokensieve", "E0277", "SkippedPath: ", "Matcher` is not satisfied"),
            undone=(MATCHES,),
        ),
        Slip(
            "to read its file",
            Test(PROGRAM, STEPS_TEST, "toy-skip-scan.toml", "step 1: `scan .` has"),
            undone=(OF_FOLDERS,),
        ),
        Slip(
            "to show what a change brings along",
            Test(PROGRAM, STEPS_TEST, "toy-skip-brought.toml", "does not say `.skipped: a`"),
            undone=(SHOWN,),
        ),
        Slip(
            "to read the file of the base",
            Test(PROGRAM, STEPS_TEST, "toy-skip-base.toml", "step 2: `ci --head HEAD --base base`"),
            undone=(OF_COMMIT,),
        ),
        Slip(
            "the file's name for reports",
            Test(PROGRAM, STEPS_TEST, "does not say `configuration: .skipped takes away"),
            undone=(NAMED,),
            round=2,
        ),
        Slip(
            "its name in the guide",
            Test(LIBRARY, KIND_TEST, "docs/guide.md lacks `skip list`"),
            undone=(DESCRIBED,),
        ),
        Slip(
            "that an audit calls it unused",
            Test(LIBRARY, KIND_TEST, "has an audit call `skip list` unused"),
            done=(Replace(CASES[0].name, AUDITED, ""),),
            round=2,
        ),
        Slip(
            "its case",
            Test(LIBRARY, KIND_TEST, "counts what `skip list` suppresses"),
            undone=CASES,
            round=3,
        ),
    ),
)
