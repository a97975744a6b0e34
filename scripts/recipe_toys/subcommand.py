"""A subcommand: it scans the words of the command line."""

from recipe_toys.kit import (
    LIBRARY, PROGRAM, Compiler, Recipe, Replace, Slip, Test, Write, before, behind,
)

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
FILE = Write("scanner-cli/src/cli/commands/words.rs", COMMAND)
MAIN = "scanner-cli/src/cli/mod.rs"
HELP = "scanner-cli/src/cli/args/help.rs"
MODULE = behind(
    "scanner-cli/src/cli/commands/mod.rs", "pub(crate) mod serve;\n", "pub(crate) mod words;\n"
)
VARIANT = before(
    MAIN,
    "    /// Mask secrets in the output",
    "    /// Scan words.\n"
    "    #[command(after_long_help = help::WORDS)]\n"
    "    Words(Box<words::WordsArgs>),\n",
)
ARM = before(
    MAIN, "        Command::Mask(args) =>", "        Command::Words(args) => words::run(&args),\n"
)
EXAMPLES = before(
    HELP,
    "/// What help of the program says behind its commands.\n",
    'pub(crate) const WORDS: &str = "Examples:\n'
    '  tokensieve words nothing here                 two words";\n\n',
)
ROW = before("README.md", "| scan listed files |", "| scan words | `tokensieve words nothing` |\n")

RECIPE = Recipe(
    "subcommand",
    needs=("source",),
    edits=(
        FILE,
        MODULE,
        Replace(MAIN, "mask, rules, scan, serve};", "mask, rules, scan, serve, words};"),
        VARIANT,
        ARM,
        EXAMPLES,
        ROW,
    ),
    also=((PROGRAM, "docs::every_command_is_called_by_a_test"),),
    slips=(
        Slip(
            "its module",
            Compiler("tokensieve", "E0432", "no `words` in `cli::commands`"),
            undone=(MODULE,),
            round=2,
        ),
        Slip(
            "its arm",
            Compiler("tokensieve", "E0004", "Command::Words(_)` not covered"),
            undone=(ARM,),
        ),
        Slip(
            "that commands do not import each other",
            Test(PROGRAM, "house::no_command_imports_another", "imports a file of the command"),
            done=(
                Replace(
                    FILE.name,
                    "use crate::cli::args::CommonArgs;\n",
                    "use crate::cli::args::CommonArgs;\nuse crate::cli::commands::mask as _;\n",
                ),
            ),
        ),
        Slip(
            "its row in the README",
            Test(PROGRAM, "docs::every_command_is_in_the_readme", "words has no row"),
            undone=(ROW,),
        ),
        Slip(
            "its examples",
            Test(LIBRARY, "cli::tests::every_command_has_an_example", "tokensieve words has no"),
            done=(Replace(MAIN, "    #[command(after_long_help = help::WORDS)]\n", ""),),
        ),
        Slip(
            "a variable for an option by itself",
            Test(LIBRARY, "cli::environment::tests::no_two_options_share_a_variable", "words --"),
            done=(
                Replace(
                    FILE.name,
                    "    #[command(flatten)]\n    common",
                    "    /// Twice.\n"
                    '    #[arg(long = "no_config")]\n'
                    "    twice: bool,\n\n"
                    "    #[command(flatten)]\n    common",
                ),
            ),
        ),
        Slip(
            "an example that can be run",
            Test(LIBRARY, "cli::tests::examples_in_help_are_arguments", "tokensieve words --wrong"),
            done=(Replace(HELP, "words nothing here  ", "words --wrong here  "),),
            round=2,
        ),
        Slip(
            "a command in the README that can be run",
            Test(
                PROGRAM,
                "docs::the_readmes_commands_are_what_they_should_be",
                "tokensieve words --wrong",
            ),
            done=(Replace("README.md", "words nothing`", "words --wrong`"),),
            round=2,
        ),
    ),
)
