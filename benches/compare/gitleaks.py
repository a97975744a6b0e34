"""What only one of gitleaks and Tokensieve has found, by the kind of the difference.

The kinds are those of "What differs, and why" in docs/gitleaks.md.
"""

import collections
import json
import os
import sys

tree, made, mode = sys.argv[1:]

PIECE = 100_000
LONGEST_MATCH = 16 * 1024


def relative(path):
    return os.path.relpath(path, tree) if os.path.isabs(path) else path


theirs = {}
for finding in json.load(open(f"{made}/theirs.json")):
    by_path = finding["Match"].startswith("file detected")
    key = (relative(finding["File"]), finding["RuleID"], "" if by_path else finding["Secret"])
    theirs.setdefault(key, finding["StartLine"] or 1)
ours = {}
for line in open(f"{made}/ours.jsonl"):
    finding = json.loads(line)
    if "rule_id" in finding:
        # A secret of a history is one finding, with all its places.
        places = finding.get("places") or [finding]
        for place in places:
            key = (relative(place["path"]), finding["rule_id"], finding.get("secret", ""))
            ours.setdefault(key, place["start_line"])


def content(path):
    try:
        return open(os.path.join(tree, path), "rb").read()
    except OSError:
        return b""


def is_text(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def kind(key, line, others):
    """The kind of a difference; none if there is no such."""
    path, _, secret = key
    if path.startswith("<"):
        return "stands in a message of a commit, which gitleaks does not look at"
    if ".git" in path.split("/"):
        return "is in a .git folder"
    near = [other for other in others if other[0] == path and abs(others[other] - line) <= 1]
    if any(secret in other[2] or other[2] in secret for other in near if other[2]):
        return "shares bytes with another finding"
    data = content(path)
    if len(data) > PIECE:
        return "is in a file that gitleaks cuts into pieces"
    if not is_text(data):
        return "is in a file that is not UTF-8"
    if not data:
        return "is an empty file"
    if len(secret) > LONGEST_MATCH:
        return "is longer than 16 KiB"
    return None


print(f"  {len(theirs.keys() & ours.keys())} findings are the same")
unexplained = 0
for name, own, others in (("gitleaks", theirs, ours), ("tokensieve", ours, theirs)):
    kinds = collections.Counter()
    for key in sorted(own.keys() - others.keys()):
        found = kind(key, own[key], others)
        if found:
            kinds[found] += 1
        else:
            unexplained += 1
            print(f"  only {name}: {key[0]}:{own[key]}: {key[1]}: {key[2]}")
    for found, count in sorted(kinds.items()):
        print(f"  only {name}: {count}: {found}")
sys.exit(bool(unexplained))
