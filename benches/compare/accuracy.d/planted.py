"""Writes fake secrets of all kinds into a folder: each fifth case of the corpus, and tests/samples
with placeholders filled.

    planted.py FOLDER

Equal calls write equal files. The placeholders are those of tests/support/placeholders.rs.
"""

import base64
import gzip
import pathlib
import random
import shutil
import sys
import tomllib

import corpus
import tokens

SEED = "same-reports"
# A share that is no factor of the number of carriers: each kind is in several.
SHARE = 5
SAMPLES = corpus.HERE.parents[2] / "tests/samples"
# Placeholders whose argument is a length.
LENGTHS = {"base32": "b32", "base62": "b62", "hex": "hex", "HEX": "HEX", "digits": "digits"}
FORMS = {
    "gitlab": "glp" + "at-{f60:20}",
    "runner": "gl" + "rt-{f60:20}",
    "trigger": "glp" + "tt-{hex:40}",
    "npm": "np" + "m_{crc_base62:30}",
    "pypi": "pypi-AgEI" + "cHlwaS5vcmc{b62:150}",
    "password": "{any:B,K,T}{base32:3}{any:!,+,~}{digits:2}{base32:2}{digits:3}",
    "uuid": "{uuid}",
    "salt": "{freemius:64}",
    "django": "{freemius:50}",
    "wireguard": "{base64_of:32}",
    "pem": "{pem:PKCS8}",
    "openssh": "{openssh}",
}


def value(placeholder, rng):
    kind, _, argument = placeholder.replace(":", " ", 1).partition(" ")
    match kind:
        case "base64":
            return base64.b64encode(argument.replace("\\n", "\n").encode("latin-1")).decode()
        case "gzip":
            return base64.b64encode(gzip.compress(argument.encode(), mtime=0)).decode()
        case "escaped":
            return argument.replace("-", "\\u002d")
        case "lines":
            return argument.replace("\n", "\\n")
        case "random64":
            return base64.b64encode(rng.randbytes(int(argument))).decode()
        case "random64url":
            return tokens.urlsafe(rng.randbytes(int(argument)))
    if kind in LENGTHS:
        return tokens.run(tokens.ALPHABETS[LENGTHS[kind]], argument.partition(":")[0], rng)
    return tokens.expand(FORMS[kind], rng)


def fill(file, text):
    """The text with all placeholders replaced, the inner ones first. Equal ones of a file give
    equal secrets."""
    while (end := text.find(">>")) >= 0:
        start = text.rindex("<<", 0, end)
        placeholder = text[start + 2 : end]
        made = value(placeholder, random.Random(f"{SEED} {file} {placeholder}"))
        text = text[:start] + made + text[end + 2 :]
    return text


def main():
    folder = pathlib.Path(sys.argv[1])
    for at, case in enumerate(corpus.write(folder / "corpus", SEED)):
        if at % SHARE:
            shutil.rmtree((folder / "corpus" / case.path).parent)
    with open(SAMPLES / "manifest.toml", "rb") as manifest:
        samples = tomllib.load(manifest)["samples"]
    for sample in samples:
        to = folder / "samples" / sample.get("name", sample["file"])
        to.parent.mkdir(parents=True, exist_ok=True)
        text = (SAMPLES / sample["file"]).read_text()
        to.write_text(fill(sample["file"], text))


main()
