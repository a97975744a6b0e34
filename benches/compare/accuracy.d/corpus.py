"""Writes the corpus: one file a case, with an index of what has to be found in each."""

import pathlib
import random
import re
import shutil
import tomllib
from dataclasses import dataclass, field

import lookalikes
import tokens
from carriers import ALONE, BESIDE, NAMED, fill

HERE = pathlib.Path(__file__).parent
# Of the common carriers, a token that tells by itself what it is needs no more than some.
SHARE_OF_OWN = 3
# What people call a value that has a name of its own, too.
COMMON_WORDS = ["token", "key", "secret", "api_key"]


@dataclass
class Case:
    family: str
    kind: str
    carrier: str
    path: str
    # From 1; of a look-alike there are none.
    lines: tuple = ()
    needles: list = field(default_factory=list)
    value: str = ""

    @property
    def is_lookalike(self):
        return not self.lines


def kinds():
    """Family, id and table of each kind."""
    with open(HERE / "kinds.toml", "rb") as file:
        for family, members in tomllib.load(file).items():
            for kind, table in members.items():
                yield family, kind, table


def carriers_of(kind, table):
    if "lines" in table:
        for at, template in enumerate(table["lines"]):
            yield f"own {at + 1}|{table.get('file', 'a.txt')}", template.replace("@", "@@").replace("{value}", "@value")
        return
    named = list(NAMED.items())
    if table.get("own"):
        # Each kind its own share, so that all carriers are tried with some.
        start = sum(kind.encode()) % SHARE_OF_OWN
        yield from ALONE.items()
        yield from named[start::SHARE_OF_OWN]
    else:
        yield from named
    yield from BESIDE.items()


def can_carry(carrier, value):
    """Whether people could write it so: a URL has no spaces, and a value with line ends is written by itself."""
    plain = {"query|a.txt", "path of an URL|a.txt", "userinfo|a.txt"}
    bare = re.compile(r"env\||shell\||fish|batch|yaml\||yaml, nested\||compose|ini|make|docker|argument|curl|csv|log")
    if carrier in plain:
        return re.fullmatch(r"[A-Za-z0-9_.~:|-]+", value) is not None
    if bare.match(carrier) and carrier not in ("env, quoted|.env", 'docker, ARG|Dockerfile', "curl, header|a.sh"):
        return re.search(r"[\s|$!&;#]", value) is None
    return True


def write(folder, seed):
    """All cases, in files under the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    cases = []

    def add(case, text):
        case.path = f"{len(cases):05}/{case.carrier.rpartition('|')[2]}"
        file = folder / case.path
        file.parent.mkdir(parents=True)
        file.write_bytes(text.encode("latin-1"))
        cases.append(case)

    for family, kind, table in kinds():
        for carrier, template in carriers_of(kind, table):
            rng = random.Random(f"{seed} {kind} {carrier}")
            token = tokens.make(table["form"], rng)
            if not can_carry(carrier, token.value):
                continue
            provider, word = rng.choice(table.get("names") or [""]), word_of(table, rng)
            text, lines = fill(template, provider, word, token.value) if provider else of_lines(template, token.value)
            if carrier.startswith("no line end"):
                text = text.rstrip("\n")
            add(Case(family, kind, carrier, "", lines, token.needles, token.value), text)
        rng = random.Random(f"{seed} {kind} look-alikes")
        for why, carrier, template, value in lookalikes.of(table, rng):
            provider, word = rng.choice(table.get("names") or [kind]), rng.choice(table.get("words") or [""])
            add(Case(family, kind, f"{why}: {carrier}", ""), lookalikes.text_of(template, value, provider, word))
    return cases


def word_of(table, rng):
    words = table.get("words") or [""]
    is_common = not table.get("own") and rng.random() < 1 / 3
    return rng.choice(COMMON_WORDS if is_common else words)


def of_lines(template, value):
    return fill(template, "acme", "", value)
