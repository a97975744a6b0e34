#!/usr/bin/env python3
"""Follows all recipes of CONTRIBUTING.md in a scratch copy, with a toy example for each.

    scripts/recipes.py [COPY [RECIPE...]]

COPY is the folder of the copy, which is made of HEAD; without it, a temporary one. A folder that
is kept makes a second run faster, since it has been built. RECIPE is a name such as "decoder";
without names, all recipes are followed.

The tests that the page names are those that the toys try. All toys go into one copy, so that it is
built few times:

1. Every step is followed. Tests of generated files fail until these are made new; then all tests
   pass that recipes name.
2. Steps are forgotten, and mistakes made. Each one hits the test, or the error of the compiler,
   that the recipe names.

The toys are in recipe_toys/, a file for each recipe: its steps, the steps to forget, what they hit.
"""

import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from recipe_toys import RECIPES, page  # noqa: E402
from recipe_toys.kit import Compiler, NoSuchText, Test  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The tests of the toys are quick; building is what takes time.
QUICK = {
    "CARGO_PROFILE_DEV_DEBUG": "0",
    "CARGO_PROFILE_TEST_DEBUG": "0",
    "CARGO_PROFILE_TEST_OPT_LEVEL": "0",
    "RUST_BACKTRACE": "0",
}


class Copy:
    """The scratch copy."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        if not (self.folder / ".git").exists():
            subprocess.run(["git", "clone", "-q", str(ROOT), folder], check=True)
        self.must("git", "fetch", "-q", str(ROOT), "HEAD")
        self.must("git", "reset", "-q", "--hard", "FETCH_HEAD")
        self.clean()

    def clean(self):
        """Brings all files back to what was kept."""
        self.must("git", "reset", "-q", "--hard")
        self.must("git", "clean", "-qfd", "-e", "target")

    def keep(self):
        """Keeps all files as they are."""
        self.must("git", "add", "-A")
        who = ("-c", "user.name=toy", "-c", "user.email=toy@example.com")
        self.must("git", *who, "commit", "-qm", "all recipes followed")

    def call(self, *command, **variables):
        """Runs a command. Returns whether it succeeds, and what it prints."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=QUICK | os.environ | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode == 0, done.stdout

    def must(self, *command):
        is_good, output = self.call(*command)
        if not is_good:
            sys.exit(f"{' '.join(command)} failed:\n{output[-6000:]}")

    def test(self, target, names, **variables):
        """Runs tests of a target. Returns what each failed one says, by its name."""
        command = ("cargo", "test", "--locked", *target, "--", "--exact", *names)
        _, output = self.call(*command, **variables)
        if "\ntest result: " not in output:
            sys.exit(f"the toys do not compile:\n{output[-6000:]}")
        for name in names:
            if f"\ntest {name} ... " not in output:
                sys.exit(f"no test of {target} is called {name}")
        failed = {}
        for block in output.split("\n---- ")[1:]:
            name, said = block.split(" stdout ----\n", 1)
            failed[name] = said
        return failed

    def errors(self, package):
        """Returns the errors of the compiler for a package."""
        # Not `cargo check`: it would check all dependencies first, which have been built.
        build = ("cargo", "build", "--locked", "--lib", "--color", "never", "-p", package)
        _, output = self.call(*build)
        return ["error" + block for block in output.split("\nerror")[1:]]


class Record:
    """What came of it, told at once."""

    def __init__(self):
        self.start = time.monotonic()
        self.wrong = 0

    def expect(self, is_so, what, otherwise=""):
        self.wrong += not is_so
        print(("ok      " if is_so else "UNTRUE  ") + what, flush=True)
        if not is_so and otherwise:
            print("        it says: " + otherwise[-1500:].replace("\n", "\n        "), flush=True)

    def stage(self, name):
        minutes = (time.monotonic() - self.start) / 60
        print(f"-- {minutes:.1f} min: {name}", flush=True)


def chosen(names):
    """Returns the recipes of these names, all if there are none, with those that they need."""
    known = {recipe.name: recipe for recipe in RECIPES}
    open_names, wanted = list(names or known), set()
    while open_names:
        name = open_names.pop()
        if name not in known:
            sys.exit(f"no recipe is called {name}: {', '.join(known)}")
        if name not in wanted:
            wanted.add(name)
            open_names.extend(known[name].needs)
    return [recipe for recipe in RECIPES if recipe.name in wanted]


def by_target(tests):
    """Groups (target, name) by target."""
    groups = {}
    for target, name in tests:
        groups.setdefault(target, []).append(name)
    return groups


def follow(copy, recipes, record):
    """Follows every step, and runs what recipes name."""
    for edit in itertools.chain(*(recipe.edits for recipe in recipes)):
        edit.do(copy)
    for recipe in recipes:
        for made in recipe.generated:
            test = made.hits
            record.stage(f"{made.name} is made")
            said = copy.test(test.target, [test.name]).get(test.name, "")
            is_hit = all(part in said for part in test.says)
            record.expect(is_hit, f"{recipe.name}: without a new {made.name}: {test}", said)
            copy.test(test.target, [test.name], TOKENSIEVE_UPDATE="1")
    record.stage("all steps are followed")
    for recipe in recipes:
        for command in recipe.commands:
            is_good, output = copy.call(*command.split())
            record.expect(is_good, f"{recipe.name}: `{command}`", output)
    tests = dict.fromkeys(itertools.chain(*(recipe.tests() for recipe in recipes)))
    for target, names in by_target(tests).items():
        failed = copy.test(target, names)
        for name in names:
            record.expect(name not in failed, f"{name} passes", failed.get(name, ""))


def slips_of(recipes, kind):
    """Returns (recipe, slip) of all slips that hit this kind, in the order of rounds."""
    all_slips = [(recipe, slip) for recipe in recipes for slip in recipe.slips]
    of_kind = [pair for pair in all_slips if isinstance(pair[1].hits, kind)]
    return sorted(of_kind, key=lambda pair: pair[1].round)


def forget_what_the_compiler_holds(copy, recipes, record):
    """Forgets steps without which the toys do not compile, those with one kind of error at once."""
    groups = {}
    for recipe, slip in slips_of(recipes, Compiler):
        key = (slip.hits.package, slip.hits.number, slip.round)
        groups.setdefault(key, []).append((recipe, slip))
    for (package, number, _), group in groups.items():
        for _, slip in group:
            slip.make(copy)
        errors = copy.errors(package)
        for recipe, slip in group:
            is_hit = any(
                f"[{number}]" in error and all(part in error for part in slip.hits.says)
                for error in errors
            )
            what = f"{recipe.name}: without {slip.what}: {slip.hits}"
            record.expect(is_hit, what, "\n".join(errors))
        copy.clean()


def forget_what_tests_hold(copy, recipes, record):
    """Forgets steps and makes mistakes that tests hold, round by round."""
    rounds = itertools.groupby(slips_of(recipes, Test), key=lambda pair: pair[1].round)
    for number, group in rounds:
        record.stage(f"round {number} of what is forgotten")
        group = list(group)
        for _, slip in group:
            slip.make(copy)
        failed = {}
        for target, names in by_target((it.hits.target, it.hits.name) for _, it in group).items():
            failed |= {(target, name): said for name, said in copy.test(target, names).items()}
        for recipe, slip in group:
            said = failed.get((slip.hits.target, slip.hits.name), "it passes")
            is_hit = all(part in said for part in slip.hits.says)
            record.expect(is_hit, f"{recipe.name}: without {slip.what}: {slip.hits}", said)
        copy.clean()


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="recipes-")
    recipes = chosen(sys.argv[2:])
    copy, record = Copy(folder), Record()
    text = (copy.folder / "CONTRIBUTING.md").read_text()
    differences = page.differences(text, RECIPES)
    record.expect(not differences, "the page and the toys agree", "\n".join(differences))
    try:
        follow(copy, recipes, record)
        copy.keep()
        record.stage("what the compiler holds is forgotten")
        forget_what_the_compiler_holds(copy, recipes, record)
        forget_what_tests_hold(copy, recipes, record)
    except NoSuchText as error:
        sys.exit(f"an edit of a toy fits nothing any more: {error}")
    record.stage(f"the end: {record.wrong} untrue")
    sys.exit(1 if record.wrong else 0)


if __name__ == "__main__":
    main()
