"""A report format: a path a line."""

from recipe_toys.kit import (
    CORE, FORMATS, PROGRAM, Compiler, Recipe, Replace, Slip, Test, Write, before, behind,
)

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
FILE = Write("scanner-core/src/report/paths.rs", REPORT)
TABLE = "scanner-core/src/report/format.rs"
MODULE = behind("scanner-core/src/report/mod.rs", "mod model;\n", "mod paths;\n")
ROW = behind(
    TABLE,
    "const ROWS: &[Row] = &[\n",
    """    Row {
        format: Format::Paths,
        name: "paths",
        files: &[],
        endings: &[".paths"],
        media_type: "text/plain",
        can_show_secrets: false,
        write: |report, _, out| paths::write(report, out),
    },
""",
)
DESCRIBED = before(
    FORMATS, "| `html` | people, in", "| `paths` | toys | `.paths` | no | streamed |\n"
)
TESTS = "report::tests::"

RECIPE = Recipe(
    "report format",
    edits=(
        FILE,
        MODULE,
        before(TABLE, "    /// A page for a browser.\n", "    /// Paths.\n    Paths,\n"),
        Replace(TABLE, "junit, markdown, text,", "junit, markdown, paths, text,"),
        ROW,
        DESCRIBED,
    ),
    also=((CORE, TESTS + "no_format_holds_a_secret_that_is_not_shown"),),
    slips=(
        Slip(
            "its module",
            Compiler("tokensieve-core", "E0432", "no `paths` in `report`"),
            undone=(MODULE,),
        ),
        Slip(
            "escaping",
            Test(CORE, TESTS + "no_format_passes_on_what_changes_how_the_rest_looks", "paths"),
            done=(
                Replace(FILE.name, "at_line_start(&one_line(finding.path()))", "finding.path()"),
            ),
        ),
        Slip(
            "that it shows no secrets",
            Test(CORE, TESTS + "forges_get_no_secret_even_where_it_is_shown", "paths: "),
            done=(
                Replace(
                    FILE.name,
                    "    }\n    Ok(())",
                    "        if let Some(secret) = finding.secret() {\n"
                    "            out.write_all(secret.expose())?;\n"
                    "        }\n"
                    "    }\n    Ok(())",
                ),
            ),
        ),
        Slip(
            "its row of the table",
            Test(CORE, "report::format::tests::every_format_has_one_row", "Paths"),
            undone=(ROW,),
            round=2,
        ),
        Slip(
            "its description",
            Test(PROGRAM, "docs::every_format_is_described", "paths is not in the table"),
            undone=(DESCRIBED,),
        ),
    ),
)
