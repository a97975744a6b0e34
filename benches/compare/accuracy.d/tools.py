"""Runs the scanners and reads their reports: (path, first line, last line, secret) of each finding."""

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Callable


@dataclass
class Tool:
    name: str
    command: Callable
    read: Callable

    def scan(self, folder, report, keep=False):
        """All findings in a folder, with paths from there; with `keep` those of the report, where there is one."""
        if not keep or not report.exists():
            report.unlink(missing_ok=True)
            command = [part.format(folder=folder, report=report) for part in self.command]
            # From a folder that holds no configuration of anybody.
            subprocess.run(command, cwd=report.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        if not report.exists():
            raise SystemExit(f"{self.name} wrote no report")
        for path, first, last, secret in self.read(report):
            yield os.path.relpath(os.path.join(report.parent, path), folder), first, last, secret


def read_ours(report):
    for line in open(report, encoding="utf-8"):
        finding = json.loads(line)
        if finding["type"] == "finding":
            yield finding["path"], finding["start_line"], finding["end_line"], finding.get("secret", "")


def read_gitleaks(report):
    for finding in json.load(open(report, encoding="utf-8")):
        yield finding["File"], finding["StartLine"], finding["EndLine"], finding["Secret"]


def read_betterleaks(report):
    for finding in json.load(open(report, encoding="utf-8"))["findings"]:
        place = finding["location"]
        yield place["path"], place.get("start_line", 1), place.get("end_line", 1), finding["match"].get("value", "")


def read_kingfisher(report):
    for finding in json.load(open(report, encoding="utf-8"))["findings"]:
        found = finding["finding"]
        yield found["path"], found["line"], found["line"] + found["snippet"].count("\n"), found["snippet"]


def tools(ours, peers):
    """Ours at its defaults, and the others at theirs, without anything that asks the network."""
    return [
        Tool(
            "tokensieve",
            [ours, "scan", "-q", "--no-ignore", "--no-config", "--no-baseline", "--show-secrets", "--exit-code", "0"]
            + ["--format", "jsonl", "--output", "{report}", "{folder}"],
            read_ours,
        ),
        Tool(
            "gitleaks",
            [f"{peers}/gitleaks/bin/gitleaks", "dir", "{folder}", "--no-banner", "-l", "error", "--exit-code", "0"]
            + ["-f", "json", "-r", "{report}"],
            read_gitleaks,
        ),
        Tool(
            "betterleaks",
            [f"{peers}/betterleaks/bin/betterleaks", "{folder}", "--no-banner", "-s", "--exit-code", "0", "-o", "{report}"],
            read_betterleaks,
        ),
        Tool(
            "kingfisher",
            # Its exit code tells of findings, too; whether it ran is seen by its report.
            ["sh", "-c", '"$0" scan --no-validate --no-update-check --no-dedup --format json -o "$2" "$1"; true',
             f"{peers}/kingfisher/bin/kingfisher", "{folder}", "{report}"],
            read_kingfisher,
        ),
    ]
