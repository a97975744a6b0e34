#!/usr/bin/env python3
"""Follows recipes of CONTRIBUTING.md in a scratch copy, with a toy example: those whose tests are
in the engine.

    scripts/recipes.py [COPY [RECIPE...]]

COPY is the folder of the copy, which is made of HEAD; without it, a temporary one. A folder that
is kept makes a second run faster, since it has been built. Without names, all recipes are followed.

All toys go into one copy, so that it is built few times:

1. With every step followed, the tests that recipes name pass.
2. Steps are forgotten. Each of the named tests then fails, or the compiler does.

The toys are in recipes_toys.py: for each recipe its steps, and the steps to forget.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import recipes_toys as toys  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Copy:
    """The scratch copy."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def replace(self, name, old, new):
        """Replaces the first occurrence of a text, which has to be there."""
        path = self.folder / name
        text = path.read_text()
        if old not in text:
            sys.exit(f"{name} lacks: {old}")
        path.write_text(text.replace(old, new, 1))

    def call(self, *command, **variables):
        """Runs a command. Returns whether it succeeds, and what it prints."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode == 0, done.stdout

    def must(self, *command, **variables):
        is_good, output = self.call(*command, **variables)
        if not is_good:
            sys.exit(f"{' '.join(command)} failed:\n{output[-6000:]}")
        return output

    def test(self, target, name):
        """Runs one test by a part of its name. Returns whether it ran and passed."""
        is_good, output = self.call("cargo", "test", "--locked", *target, name)
        if "could not compile" in output:
            sys.exit(f"the toys do not compile:\n{output[-6000:]}")
        if " 0 passed; 0 failed" in output and "running 1 test" not in output:
            sys.exit(f"no test is called {name}:\n{output[-2000:]}")
        return is_good


def expect(is_so, what):
    print(("ok      " if is_so else "UNTRUE  ") + what, flush=True)
    return is_so


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="recipes-")
    copy = Copy(folder)
    if not (copy.folder / ".git").exists():
        subprocess.run(["git", "clone", "-q", str(ROOT), folder], check=True)
    copy.must("git", "fetch", "-q", str(ROOT), "HEAD")
    copy.must("git", "reset", "-q", "--hard", "FETCH_HEAD")
    copy.must("git", "clean", "-qfd", "-e", "target")
    good = True
    names = sys.argv[2:] or [recipe.name for recipe in toys.RECIPES]
    recipes = [recipe for recipe in toys.RECIPES if recipe.name in names]

    for recipe in recipes:
        for step in recipe.steps:
            step(copy)
    for recipe in recipes:
        for target, test in recipe.tests:
            good &= expect(copy.test(target, test), f"{recipe.name}: {test} passes")

    for recipe in recipes:
        for step, what, target, test in recipe.forgotten:
            step(copy)
    for recipe in recipes:
        for step, what, target, test in recipe.forgotten:
            good &= expect(not copy.test(target, test), f"{recipe.name}: without {what}, {test} fails")
    for recipe in recipes:
        for step, undo, what in recipe.compiled:
            step(copy)
            is_good, output = copy.call("cargo", "check", "--locked", "-p", "tokensieve-core")
            is_told = not is_good and "non-exhaustive patterns" in output
            good &= expect(is_told, f"{recipe.name}: without {what}, the compiler says so")
            undo(copy)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
