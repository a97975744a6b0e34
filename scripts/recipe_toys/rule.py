"""A rule: `toyv_`, 24 letters and a digit."""

import random

from recipe_toys.kit import (
    CORE, PROGRAM, Generated, Recipe, Replace, Slip, Test, Write, before, behind,
)

RULES = "rules/toyvendor.toml"
CASES = "rules/toyvendor.cases.toml"
RANDOM = random.Random(7)


def token(is_right=True, length=24):
    """Makes a token, whose digit is the last one of the sum of the bytes before it, or not."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"
    body = "toyv_" + "".join(RANDOM.choice(letters) for _ in range(length))
    digit = sum(body.encode()) % 10
    return body + str(digit if is_right else (digit + 1) % 10)


def pieces(text):
    cut = [text[at : at + 9] for at in range(0, len(text), 9)]
    return ", ".join(f'"{piece}"' for piece in cut)


def found(text):
    return f"""
[[found]]
rule = "toyvendor_key"
before = ["KEY="]
secret = [{pieces(text)}]
after = ["\\n"]
"""


def near(text, why):
    return f"""
[[near]]
rule = "toyvendor_key"
why = "{why}"
text = ["KEY=", {pieces(text)}]
"""


RULE = """# The toy's rule.

[[rules]]
id = "toyvendor_key"
kind = "toyvendor_key"
name = "Toyvendor key"
description = "Plays with all toys of an account."
severity = "high"
url = "https://toyvendor.example/docs/keys"
prefixes = ["toyv_"]
regex = 'toyv_[A-Za-z]{24}[0-9]'

[rules.leak]
ui = "toyvendor.example > Keys: revoke it"
api = "DELETE https://toyvendor.example/keys/:id"
"""
LAST_NEAR = near(token(), "another prefix").replace("toyv_", "tozv_")
FOUND = "".join(found(token()) for _ in range(3))
NEAR = (
    near(token(length=23), "too short")
    + near(token(length=25), "too long")
    + near(token()[:-1] + "x", "no digit")
    + near(token()[:12] + "-" + token()[13:], "a dash")
    + LAST_NEAR
)
RIGHT = token()
LISTED = before("rules/lib.rs", '    "transifex"\n', '    "toyvendor"\n')

RECIPE = Recipe(
    "rule",
    edits=(Write(RULES, RULE), LISTED, Write(CASES, "# Cases of the toy.\n" + FOUND + NEAR)),
    generated=(
        Generated("rules/rows.rs", Test(CORE, "rules::builtin::tests::is_current", "is stale")),
        Generated("docs/rules.md", Test(PROGRAM, "docs::rules_md_is_current", "is stale")),
    ),
    commands=("cargo run --locked -- rules lint rules/toyvendor.toml",),
    slips=(
        Slip(
            "enough near misses",
            Test(PROGRAM, "rule_cases::every_rule_has_enough_cases", "toyvendor_key: ", " found, "),
            done=(Replace(CASES, NEAR, LAST_NEAR),),
        ),
        Slip(
            "what to do about a leak",
            Test(
                PROGRAM,
                "rule_cases::every_rule_says_what_it_is_and_what_to_do",
                "toyvendor_key does not say what to do",
            ),
            done=(Replace(RULES, 'ui = "toyvendor.example > Keys: revoke it"', 'ui = ""'),),
        ),
        Slip(
            "a sentence as its description",
            Test(
                PROGRAM,
                "rule_texts::texts_of_rules_are_plain_and_short",
                "toyvendor_key: a name is no sentence, a description is",
            ),
            done=(Replace(RULES, "toys of an account.", "toys of an account"),),
        ),
        Slip(
            "a secret that is whole",
            Test(
                PROGRAM,
                "rule_cases::what_must_be_found_is_found_once_and_exactly",
                "of toyvendor_key: 0 findings",
            ),
            done=(Replace(CASES, "# Cases of the toy.\n", found(RIGHT[:-1])),),
        ),
        Slip(
            "a near miss that is no token",
            Test(
                PROGRAM,
                "rule_cases::near_misses_are_not_reported",
                "of toyvendor_key (a token)",
            ),
            done=(behind(CASES, LAST_NEAR, near(RIGHT, "a token")),),
            round=2,
        ),
        Slip(
            "its provider in the list",
            Test(PROGRAM, "rule_cases::every_rule_file_is_listed", "does not list [\"toyvendor\"]"),
            undone=(LISTED,),
            round=3,
        ),
    ),
)
