"""Recall, precision and false alarms of several scanners, as tables in Markdown. See benches/compare/accuracy."""

import argparse
import collections
import json
import pathlib
import re
import sys

import corpus
from tools import tools

# Lines of a key are one text, whether the report keeps line ends or escapes of them.
SPACE = re.compile(r"\s|\\r|\\n")


def bare(text):
    return SPACE.sub("", text)


def judge(case, findings):
    """None if the case was not found, else whether the whole token was reported and no more."""
    first, last = case.lines
    best = None
    for start, end, secret in findings:
        is_here = start <= last and end >= first
        # Of a binary file a tool can say no more than that it is one.
        if case.path.endswith(".p12"):
            best = True
        elif is_here:
            holds = any(bare(needle) in bare(secret) for needle in case.needles)
            if holds:
                best = best or bare(secret) in [bare(text) for text in (*case.needles, case.value)]
    return best


def scan(tool, folder, report, keep):
    findings = collections.defaultdict(list)
    for path, first, last, secret in tool.scan(folder, report, keep):
        findings[path].append((first, last, secret))
    return findings


def percent(part, all_of_it):
    return "" if not all_of_it else f"{100 * part / all_of_it:.1f}"


def table(heads, rows):
    print("| " + " | ".join(heads) + " |\n| " + " | ".join("---" for _ in heads) + " |")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


class Results:
    """Of one tool: for each case, how it fared."""

    def __init__(self, cases, findings):
        self.verdict = {}
        for case in cases:
            mine = findings.get(case.path, [])
            self.verdict[case.path] = bool(mine) if case.is_lookalike else judge(case, mine)

    def found(self, cases):
        return sum(self.verdict[case.path] is not None for case in cases if not case.is_lookalike)

    def whole(self, cases):
        return sum(self.verdict[case.path] is True for case in cases if not case.is_lookalike)

    def alarms(self, cases):
        return sum(self.verdict[case.path] for case in cases if case.is_lookalike)


def groups(cases, key):
    grouped = collections.defaultdict(list)
    for case in cases:
        grouped[key(case)].append(case)
    return grouped


def recall_tables(cases, results):
    names = list(results)
    by_family = groups(cases, lambda case: case.family)
    print("### Recall, % of the cases (in brackets: the token alone, and whole)\n")
    rows = []
    for family, members in [*by_family.items(), ("**all**", cases)]:
        real = [case for case in members if not case.is_lookalike]
        cells = [
            f"{percent(results[name].found(real), len(real))} ({percent(results[name].whole(real), len(real))})" for name in names
        ]
        rows.append([family, len({case.kind for case in members}), len(real), *cells])
    table(["family", "kinds", "cases", *names], rows)

    print("### Precision, % of what is reported in cases and look-alikes\n")
    rows = []
    for family, members in [*by_family.items(), ("**all**", cases)]:
        near = [case for case in members if case.is_lookalike]
        cells = []
        for name in names:
            found, alarms = results[name].found(members), results[name].alarms(members)
            cells.append(f"{percent(found, found + alarms)} ({alarms})")
        rows.append([family, len(near), *cells])
    table(["family", "look-alikes", *(f"{name} (alarms)" for name in names)], rows)


def kind_table(cases, results):
    ours, *peers = results
    print(f"### Kinds that {ours} finds in less than 95 % of the cases, or that another finds more often\n")
    rows = []
    for kind, members in sorted(groups(cases, lambda case: case.kind).items()):
        real = [case for case in members if not case.is_lookalike]
        mine = results[ours].found(real)
        best = max(peers, key=lambda name: results[name].found(real), default=ours)
        if mine < 0.95 * len(real) or results[best].found(real) > mine:
            rows.append([f"`{kind}`", len(real), percent(mine, len(real)), f"{percent(results[best].found(real), len(real))} {best}"])
    table(["kind", "cases", ours, "best other"], rows)


def carrier_table(cases, results):
    print("### Carriers: recall of values that only their surroundings tell\n")
    own = {kind for _, kind, fields in corpus.kinds() if fields.get("own") or "lines" in fields}
    real = [case for case in cases if not case.is_lookalike and case.kind not in own]
    rows = []
    for carrier, members in groups(real, lambda case: case.carrier.partition("|")[0]).items():
        rows.append([carrier, len(members), *(percent(result.found(members), len(members)) for result in results.values())])
    table(["carrier", "cases", *results], sorted(rows, key=lambda row: float(row[2])))


def size_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def trees(folders, scanners, work, keep):
    print("### False alarms in clean trees, per 100 MB (findings in brackets)\n")
    rows = []
    for folder in folders:
        size = size_of(folder)
        cells = []
        for tool in scanners:
            findings = list(tool.scan(folder, work / f"{tool.name}-{folder.name}.json", keep and tool is not scanners[0]))
            cells.append(f"{len(findings) / (size / 1e8):.2f} ({len(findings)})")
            if tool is scanners[0]:
                left = [f"{path}:{first}" for path, first, _, _ in findings]
        rows.append([f"`{folder.name}`", f"{size / 1e6:.0f} MB", *cells])
        print(f"{scanners[0].name} in {folder.name}:", *(left or ["nothing"]), sep="\n- ", file=sys.stderr)
    table(["tree", "size", *(tool.name for tool in scanners)], rows)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--ours", required=True)
    arguments.add_argument("--peers", required=True, help="the folder that they are installed in")
    arguments.add_argument("--work", required=True, type=pathlib.Path)
    arguments.add_argument("--seed", default="tokensieve")
    arguments.add_argument("--only", help="tools, separated by commas")
    arguments.add_argument("--carriers", action="store_true", help="also recall by carrier")
    arguments.add_argument("--missed", type=pathlib.Path, help="write what ours missed into this file")
    arguments.add_argument("--keep", action="store_true", help="take the reports of the others from the last run")
    arguments.add_argument("trees", nargs="*", type=pathlib.Path)
    options = arguments.parse_args()

    chosen = [tool for tool in tools(options.ours, options.peers) if not options.only or tool.name in options.only.split(",")]
    options.work.mkdir(parents=True, exist_ok=True)
    folder = options.work / "corpus"
    cases = corpus.write(folder, options.seed)
    results = {}
    for tool in chosen:
        print(f"{tool.name} scans {len(cases)} files", file=sys.stderr)
        results[tool.name] = Results(cases, scan(tool, folder, options.work / f"{tool.name}.json", options.keep and tool is not chosen[0]))
    recall_tables(cases, results)
    kind_table(cases, results)
    if options.carriers:
        carrier_table(cases, results)
    if options.missed:
        write_missed(cases, results, folder, options.missed)
    if options.trees:
        trees([tree.resolve() for tree in options.trees], chosen, options.work, options.keep)


def write_missed(cases, results, folder, file):
    ours, *peers = results
    with open(file, "w", encoding="utf-8") as out:
        for case in cases:
            is_wrong = {name: bool(result.verdict[case.path]) if case.is_lookalike else result.verdict[case.path] is None
                        for name, result in results.items()}
            if is_wrong[ours]:
                what = "alarm" if case.is_lookalike else "missed"
                better = [name for name in peers if not is_wrong[name]]
                text = (folder / case.path).read_text("latin-1")
                print(json.dumps([what, case.kind, case.carrier, better, text]), file=out)


if __name__ == "__main__":
    main()
