#!/usr/bin/env python3
"""Trains and measures the model of generated values in scanner-core/src/confirm/chance.rs.

usage: train_chance.py train FOLDER...     counts the words of the sources in the folders, and writes the table
       train_chance.py curve FOLDER...     prints how many values of each generator, and how many words, pass

The folders hold unpacked sources, such as those of Debian's packages. Each word counts by the square root of how often
it occurs, so that neither a common word nor a long list of constants decides. Only the table is kept: for each pair of
letters, how much more often it stands in words than in random letters. The random values of the curve come from a fixed
seed; they are those that the named tools make.
"""
import collections
import math
import pathlib
import random
import re
import string
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "scanner-core/src/confirm/chance.rs"
WORD = re.compile(rb"[A-Za-z_][0-9A-Za-z_]{3,63}")
SUFFIXES = {".c", ".h", ".py", ".rs", ".go", ".js", ".java", ".md", ".rst", ".txt", ".pl", ".sh"}
LARGEST_FILE = 1 << 20
LETTERS = string.ascii_lowercase
# `m` is as often as in random letters; one letter on is the square root of two times as often.
EVEN = LETTERS.index("m")


def words_of(folders):
    counts = collections.Counter()
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file() and path.stat().st_size <= LARGEST_FILE:
                counts.update(WORD.findall(path.read_bytes()))
    return counts


def trained(counts):
    pairs, total = collections.Counter(), 0.0
    for word, count in counts.items():
        weight = math.sqrt(count)
        for left, right in zip(word, word[1:]):
            left, right = chr(left), chr(right)
            # From a small letter to a capital one, a new word begins.
            if left.isalpha() and right.isalpha() and not (left.islower() and right.isupper()):
                pairs[left.lower() + right.lower()] += weight
                total += weight
    even = total / len(LETTERS) ** 2
    step = lambda pair: round(2 * math.log2((pairs[pair] + even / 500) / even)) + EVEN
    return ["".join(LETTERS[max(0, min(25, step(a + b)))] for b in LETTERS) for a in LETTERS]


def write(table):
    text = TARGET.read_text()
    rows = "".join(f'    b"{row}",\n' for row in table)
    start = text.index("const PAIRS: [&[u8; 26]; 26] = [\n") + len("const PAIRS: [&[u8; 26]; 26] = [\n")
    end = text.index("];", start)
    TARGET.write_text(text[:start] + rows + text[end:])


def table():
    text = TARGET.read_text()
    return re.findall(r'^    b"([a-z]{26})",$', text, re.M)


def bits(text, pairs):
    """What `chance::bits` computes, for values of letters and digits."""
    weight = 0
    for left, right in zip(text, text[1:]):
        if left.isalpha() and right.isalpha():
            if left.islower() and right.isupper():
                weight -= 1
            else:
                weight += LETTERS.index(pairs[LETTERS.index(left.lower())][LETTERS.index(right.lower())]) - EVEN
        elif left.isdigit() and right.isdigit():
            weight += 2
        elif left.isalnum() and right.isalnum():
            weight -= 4
        else:
            weight += 2 + (left in "_-./ :") if left in "_-./ :" or right in "_-./ :" else 0
    return -(weight + rhythm(text)) / 2


def rhythm(text):
    total, start = 0, 0
    runs = re.findall(r"[a-z]+|[A-Z]+|[^a-zA-Z]+", text)
    for index, run in enumerate(runs):
        before = text[start - 1] if start else ""
        start += len(run)
        after = text[start] if start < len(text) else ""
        if run[0].islower() and before.isupper():
            if len(run) == 1 and after.isupper():
                total -= 4
            elif len(run) == 1 and after.isdigit():
                total -= 2
            elif after.isupper():
                total += {2: -2, 3: 1}.get(len(run), 2)
        elif run[0].isupper() and len(run) > 1 and before.islower() and after.islower():
            total -= 2
    return total


def generators(rng):
    alnum = string.ascii_letters + string.digits
    pick = lambda alphabet, length: "".join(rng.choice(alphabet) for _ in range(length))
    return {
        "letters and digits, 12": lambda: pick(alnum, 12),
        "letters and digits, 16": lambda: pick(alnum, 16),
        "letters and digits, 32": lambda: pick(alnum, 32),
        "small letters and digits, 20": lambda: pick(string.ascii_lowercase + string.digits, 20),
        "letters, 20": lambda: pick(string.ascii_letters, 20),
        "openssl rand -base64 24": lambda: pick(alnum + "+/", 32),
        "Terraform random_password, 16": lambda: pick(alnum + "!@#$%&*()-_=+[]{}<>:?", 16),
        "KeePass, 20": lambda: pick("".join(map(chr, range(33, 127))), 20),
    }


def curve(folders):
    pairs, rng = table(), random.Random(18)
    words = [word.decode() for word in words_of(folders) if len(word) >= 12]
    scores = sorted(bits(word, pairs) for word in words)
    made = {name: [bits(make(), pairs) for _ in range(3000)] for name, make in generators(rng).items()}
    thresholds = [0, 2, 4, 6, 7, 9, 12, 15]
    print("| at least | " + " | ".join(f"{bits} bits" for bits in thresholds) + " |")
    print("|---" * (len(thresholds) + 1) + "|")
    share = lambda values, least: sum(value >= least for value in values) / len(values)
    for name, values in made.items():
        print(f"| {name} | " + " | ".join(f"{100 * share(values, least):.1f} %" for least in thresholds) + " |")
    print(f"| words of 12 and more ({len(words)}) | "
          + " | ".join(f"{1e6 * share(scores, least):.0f} in a million" for least in thresholds) + " |")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("train", "curve"):
        sys.exit(__doc__)
    write(trained(words_of(sys.argv[2:]))) if sys.argv[1] == "train" else curve(sys.argv[2:])
