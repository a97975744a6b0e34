"""What CONTRIBUTING.md says, held against the toys."""

import re

# `cases.rs` and `steps.rs` run files: the page names the files.
BY_FILE = {"every_case"}


def sections(text):
    """Returns the text of each recipe by its name, such as "rule"."""
    parts = re.split(r"^## Add an? (.+)$", text, flags=re.MULTILINE)
    return {name: part.split("\n## ")[0] for name, part in zip(parts[1::2], parts[2::2])}


def named_tests(section):
    """Returns the tests that hold a recipe, as the page names them."""
    _, held = section.split("\nHeld by ", 1)
    return set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", held))


def differences(text, recipes):
    """Returns in what the page and the toys differ, a sentence each."""
    page, found = sections(text), []
    for name in page.keys() ^ {recipe.name for recipe in recipes}:
        found.append(f"only one of the page and the toys has the recipe {name}")
    for recipe in recipes:
        made = "".join(getattr(edit, "text", "") for edit in recipe.edits)
        tried = {name.rsplit("::", 1)[-1] for _, name in recipe.tests()}
        tried = {name for name in tried - BY_FILE if f"fn {name}(" not in made}
        named = named_tests(page.get(recipe.name, "\nHeld by "))
        for test in sorted(named - tried):
            found.append(f"{recipe.name}: the page names {test}, which the toy does not try")
        for test in sorted(tried - named):
            found.append(f"{recipe.name}: the toy tries {test}, which the page does not name")
    return found
