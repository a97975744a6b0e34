"""What toys are made of: edits of the scratch copy, slips, and what a slip must hit."""

from dataclasses import dataclass, field

CORE = ("-p", "tokensieve-core", "--lib")
LIBRARY = ("-p", "tokensieve", "--lib")
PROGRAM = ("-p", "tokensieve", "--test", "tests")
MODEL = ("-p", "gitlab-model", "--lib")
SWEEP = ("-p", "gitlab-model", "--test", "model")

FORMATS = "docs/formats.md"
GUIDE = "docs/guide.md"


class NoSuchText(Exception):
    """A text that an edit is anchored on is not in its file exactly once."""


@dataclass(frozen=True)
class Write:
    """Writes a file that is not there yet."""

    name: str
    text: str

    def do(self, copy):
        path = copy.folder / self.name
        if path.exists():
            raise NoSuchText(f"{self.name} is there already")
        path.write_text(self.text)

    def undo(self, copy):
        (copy.folder / self.name).unlink()


@dataclass(frozen=True)
class Replace:
    """Replaces a text that is in a file exactly once, and back."""

    name: str
    old: str
    new: str

    def do(self, copy):
        self.swap(copy, self.old, self.new)

    def undo(self, copy):
        self.swap(copy, self.new, self.old)

    def swap(self, copy, old, new):
        path = copy.folder / self.name
        text = path.read_text()
        if text.count(old) != 1:
            raise NoSuchText(f"{self.name} has {text.count(old)} times:\n{old}")
        path.write_text(text.replace(old, new))


def before(name, anchor, text):
    """Inserts a text before another one."""
    return Replace(name, anchor, text + anchor)


def behind(name, anchor, text):
    """Inserts a text behind another one."""
    return Replace(name, anchor, anchor + text)


class Test:
    """A test that fails with a message that holds all these texts."""

    def __init__(self, target, name, *says):
        self.target, self.name, self.says = target, name, says

    def __str__(self):
        return self.name.rsplit("::", 1)[-1]


class Compiler:
    """An error of the compiler of this number whose text holds all these texts.

    The compiler goes in phases: it has errors of one number at the same time.
    """

    def __init__(self, package, number, *says):
        self.package, self.number, self.says = package, number, says

    def __str__(self):
        return f"the compiler ({self.number})"


@dataclass(frozen=True)
class Slip:
    """A step that is forgotten, or a mistake: edits that are undone, or done beyond the recipe.

    Slips of one round are made together. What one hits must not hide what another one hits.
    """

    what: str
    hits: Test | Compiler
    undone: tuple = ()
    done: tuple = ()
    round: int = 1

    def make(self, copy):
        for edit in reversed(self.undone):
            edit.undo(copy)
        for edit in self.done:
            edit.do(copy)


@dataclass(frozen=True)
class Generated:
    """A file that a test writes where TOKENSIEVE_UPDATE is set, and compares otherwise."""

    name: str
    hits: Test


@dataclass(frozen=True)
class Recipe:
    """A recipe of CONTRIBUTING.md, followed by edits.

    needs: recipes that the toy leans on.
    generated: files that are made new once the edits are done.
    commands: what the recipe says to run.
    also: (target, name) of tests that it names and that no slip here hits.
    """

    name: str
    edits: tuple
    slips: tuple
    needs: tuple = ()
    generated: tuple = ()
    commands: tuple = ()
    also: tuple = field(default=())

    def tests(self):
        hit = [it.hits for it in (*self.slips, *self.generated)]
        named = [(it.target, it.name) for it in hit if isinstance(it, Test)]
        return dict.fromkeys([*named, *self.also])
