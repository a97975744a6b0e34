"""Carriers that documentation shows: recall of values in the places where frameworks and tools say to write them.

    documented.py --ours PROGRAM --peers FOLDER --work FOLDER [--only TOOLS] [--seed TEXT] DOCUMENTATION...

Each DOCUMENTATION is a folder of Markdown, reStructuredText or AsciiDoc. In its blocks of code, a line counts that gives
a password, a secret, a token or a key a value that is plainly a stand-in: `secret`, `<token>`, `your-api-key`, `xxx`. A
random value takes the place of the stand-in, and the block is a case. So the ways to write a value come from people who
never saw a rule. Nothing of the documentation is kept but for the run. Ways that are the same but for names and values
count once a folder.
"""

import argparse
import collections
import pathlib
import random
import re
import string
import sys

import tokens
from tools import tools

ENDINGS = {".md", ".mdx", ".rst", ".adoc", ".asciidoc"}
# So many lines around the value are kept of a block.
AROUND = 12
# A comment about a token, and a function that reads a setting by its name.
NO_VALUE = re.compile(r"(?:#|//|\*|\().*?[A-Za-z]+[ \t]+[A-Za-z]+$|(?i:env|get|fetch|config)\w*\($")

TELLING = re.compile(r"(?i)passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key")
NAME = r"[A-Za-z0-9_.$-]*(?i:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key)[A-Za-z0-9_-]*"
# What a name ends in that is about a secret and does not hold it.
ABOUT = re.compile(
    r"(?i)(?:id|ids|name|names|url|uri|file|path|type|ttl|length|len|header|field|store|provider|handler|manager|class"
    r"|policy|arn|ref|hash|encoder|service|endpoint|expir\w*|lifetime|param\w*|dir|attribute|column|env|var|key_path)$"
)
STAND_IN = (
    r"<[A-Za-z][^<>\n=/]{1,40}>|\*{3,12}|x{3,40}|X{3,40}|\.{3}"
    r"|(?i:(?:your|my|some|the|super|change|replace|insert|an?)[-_ ]?[a-z0-9_-]{2,40}|changeme|changeit|foobar|foo|bar"
    r"|p[a@][s$]{2}w[o0]rd\w{0,4}|pass|s[e3]cr[e3]t\w{0,4}|passwd|token|abc123|123456\w{0,6}|admin|root|test|dummy|sample\w{0,8})"
)
LINE = re.compile(
    rf"(?P<name>{NAME})"
    r"(?P<gap>[\"'\])}`]{0,3}[ \t]*(?:[:=]>?|:=|=>|,|>|[ \t])[ \t]*(?:[A-Za-z_.]{1,20}\()?)"
    rf"(?P<quote>[\"'`]?)(?P<value>{STAND_IN})(?P=quote)(?=[ \t]*(?:$|[,;)\]}}&<|\\#\"'`]|/[/*>]|--))"
)

LANGUAGES = {
    "php": "php", "yaml": "yml", "yml": "yml", "json": "json", "xml": "xml", "python": "py", "py": "py", "ruby": "rb",
    "java": "java", "kotlin": "kt", "groovy": "gradle", "go": "go", "rust": "rs", "bash": "sh", "shell": "sh", "sh": "sh",
    "console": "sh", "terminal": "sh", "ini": "ini", "toml": "toml", "properties": "properties", "javascript": "js",
    "js": "js", "typescript": "ts", "ts": "ts", "sql": "sql", "hcl": "tf", "terraform": "tf", "env": "env", "dotenv": "env",
    "nginx": "conf", "apache": "conf", "dockerfile": "Dockerfile", "docker": "Dockerfile", "powershell": "ps1",
}


def blocks(text, ending):
    """(language, lines) of each block of code."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        fence = re.match(r"(`{3,}|~{3,})\s*\{?\.?(\w*)", line)
        if fence and ending in (".md", ".mdx"):
            end = next((to for to in range(at + 1, len(lines)) if lines[to].strip().startswith(fence[1])), len(lines))
            yield fence[2].lower(), lines[at + 1 : end]
            at = end + 1
            continue
        directive = re.match(r"\.\. (?:code-block|sourcecode|code)::\s*(\w*)", line)
        if ending == ".rst" and (directive or (line.endswith("::") and not line.startswith(".."))):
            indent = len(lines[at]) - len(lines[at].lstrip())
            end = at + 1
            while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent):
                end += 1
            yield (directive[1].lower() if directive else ""), lines[at + 1 : end]
            at = end
            continue
        source = re.match(r"\[source,\s*\"?(\w+)", line)
        if source or (ending in (".adoc", ".asciidoc") and line == "----"):
            start = at + 1 if line == "----" else next((i + 1 for i in range(at, min(at + 4, len(lines))) if lines[i].strip() == "----"), None)
            if start:
                end = next((to for to in range(start, len(lines)) if lines[to].strip() == "----"), len(lines))
                yield (source[1].lower() if source else ""), lines[start:end]
                at = end + 1
                continue
        at += 1


def generated(name, rng):
    """A value as generators make it, by what its name says."""
    if re.search(r"(?i)passw|passphrase", name):
        return tokens.make("{password:14-20}", rng).value
    alphabet = string.ascii_letters + string.digits
    while True:
        value = "".join(rng.choice(alphabet) for _ in range(32))
        if re.search("[0-9]", value) and re.search("[a-z]", value) and re.search("[A-Z]", value):
            return value


class Case:
    def __init__(self, path, line, value, text):
        self.path, self.line, self.value, self.text = path, line, value, text


def cases_of(folder, rng):
    seen, found = set(), []
    for file in sorted(folder.rglob("*")):
        if file.suffix not in ENDINGS or not file.is_file():
            continue
        for language, lines in blocks(file.read_text("utf-8", "replace"), file.suffix):
            for at, line in enumerate(lines):
                match = LINE.search(line)
                if not match or ABOUT.search(match["name"]) or len(line) > 300:
                    continue
                if NO_VALUE.search(line[: match.start("value")].rstrip(" \t")):
                    continue
                way = (language, TELLING.sub("N", line[: match.start("value")]), line[match.end("value") :])
                way = tuple(re.sub(r"[A-Za-z0-9]+", "w", part) for part in way)
                if way in seen:
                    continue
                seen.add(way)
                value = generated(match["name"], rng)
                start = max(0, at - AROUND)
                block = lines[start : at + AROUND]
                block[at - start] = line[: match.start("value")] + value + line[match.end("value") :]
                name = f"{len(found):04}/a.{LANGUAGES.get(language, 'txt')}".replace("a.Dockerfile", "Dockerfile")
                found.append(Case(name, at - start + 1, value, "\n".join(block) + "\n"))
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--ours", required=True)
    arguments.add_argument("--peers", required=True, help="the folder that they are installed in")
    arguments.add_argument("--work", required=True, type=pathlib.Path)
    arguments.add_argument("--seed", default="tokensieve")
    arguments.add_argument("--only", help="tools, separated by commas")
    arguments.add_argument("--missed", action="store_true", help="print the lines that ours missed")
    arguments.add_argument("documentation", nargs="+", type=pathlib.Path)
    options = arguments.parse_args()

    chosen = [tool for tool in tools(options.ours, options.peers) if not options.only or tool.name in options.only.split(",")]
    print("| documentation | ways | " + " | ".join(tool.name for tool in chosen) + " |")
    print("| --- | --- | " + " | ".join("---" for _ in chosen) + " |")
    total = collections.Counter()
    for documentation in options.documentation:
        folder = options.work / "documented" / documentation.name
        cases = cases_of(documentation.resolve(), random.Random(options.seed))
        for case in cases:
            (folder / case.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / case.path).write_text(case.text, "utf-8")
        cells = []
        for tool in chosen:
            reported = collections.defaultdict(list)
            for path, first, last, secret in tool.scan(folder, options.work / f"{tool.name}-documented.json"):
                reported[path].append((first, last, secret))
            is_here = lambda case, finding: finding[0] <= case.line <= finding[1] and case.value in finding[2]
            missed = [case for case in cases if not any(is_here(case, finding) for finding in reported[case.path])]
            total[tool.name] += len(cases) - len(missed)
            cells.append(f"{100 * (1 - len(missed) / max(len(cases), 1)):.1f}")
            if options.missed and tool is chosen[0]:
                for case in missed:
                    print(f"{documentation.name}: {case.text.splitlines()[case.line - 1]}", file=sys.stderr)
        total["ways"] += len(cases)
        print(f"| {documentation.name} | {len(cases)} | " + " | ".join(cells) + " |")
    cells = [f"{100 * total[tool.name] / max(total['ways'], 1):.1f}" for tool in chosen]
    print(f"| **all** | {total['ways']} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
