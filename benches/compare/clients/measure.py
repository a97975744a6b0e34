#!/usr/bin/env python3
"""Which clients lose a token when the answer to its rotation is lost?

Each client rotates its own credential on the model of GitLab's API while one fault strikes the one
call. Then the model tells what lives: `kept` (the client has the living value), `lost` (a successor
lives, and nobody has its value), `dead` (the whole family was revoked), `as before` (the old token
lives). Tokensieve is run again as it says, with a second credential where it asks for one.

    measure.py --model PROGRAM --tokensieve PROGRAM [--python PROGRAM] [--node-modules FOLDER]

PROGRAM of --model is the example `gitlab-model`. --python has python-gitlab, --node-modules has
@gitbeaker/rest: both are installed outside of this repository. A client that is not named is left
out. Nothing but loopback is talked to.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
FIXTURE = ROOT / "tests/gitlab_model/fixtures/example.json"
FAULTS = ["none", "502-after", "429-plain", "reset-after", "half-body"]
# The token "owner" of the fixture, and another one of the same user.
OWN, SECOND = 2, 8


class Model:
    """A running model with one fault."""

    def __init__(self, program, fault):
        arguments = [program, "--listen", "127.0.0.1:0", "--fixture", str(FIXTURE)]
        if fault != "none":
            arguments += ["--fault", f"{fault}*1@POST:/rotate"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def ask(self, page):
        with urllib.request.urlopen(f"{self.url}/-/model/{page}") as answer:
            return json.load(answer)

    def secrets(self):
        rows = self.ask("secrets")
        return {row["id"]: row["secret"] for row in rows if row["kind"] == "AccessToken"}

    def outcome(self, value):
        """What became of the family of the token, and whether `value` is what lives."""
        family, living = [OWN], []
        for row in self.ask("state")["access_tokens"]:
            if row.get("rotated_from") in family:
                family.append(row["id"])
            if row["id"] in family and not row["revoked"]:
                living.append(row["id"])
        if living == [OWN]:
            return "as before"
        if not living:
            return "dead"
        return "kept" if value == self.secrets()[living[-1]] else "lost"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def script(command, model):
    """A client that reads the secret from its input and prints the new one."""
    environment = dict(os.environ, MODEL_URL=model.url)
    secret = model.secrets()[OWN]
    try:
        done = subprocess.run(
            command, input=secret, capture_output=True, text=True, env=environment, timeout=300
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.strip()


def tokensieve(program, model):
    """Runs it, and again as it says, at most four times."""
    with tempfile.TemporaryDirectory() as folder:
        for name, number in (("me", OWN), ("second", SECOND)):
            path = pathlib.Path(folder, name)
            path.touch(0o600)
            path.write_text(model.secrets()[number])
        arguments = [program, "token", "rotate", "--self", "--in-use", "--yes", "--settle", "0"]
        arguments += ["--instance", model.url, "--token-file", "me", "--secret-file", "new"]
        arguments += ["--journal", "journal", "--with", "second"]
        for _ in range(4):
            done = subprocess.run(arguments, cwd=folder, capture_output=True)
            if done.returncode == 0:
                break
        new = pathlib.Path(folder, "new")
        return new.read_text().strip() if new.exists() else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, type=os.path.abspath)
    parser.add_argument("--tokensieve", required=True, type=os.path.abspath)
    parser.add_argument("--python")
    parser.add_argument("--node-modules")
    args = parser.parse_args()
    python = [args.python, str(HERE / "python_gitlab.py")]
    node = ["node", str(HERE / "gitbeaker.mjs"), args.node_modules]
    clients = {"tokensieve": lambda model: tokensieve(args.tokensieve, model)}
    if args.python:
        clients["python-gitlab"] = lambda model: script(python, model)
        retries = "python-gitlab, `retry_transient_errors`"
        clients[retries] = lambda model: script([*python, "--retry"], model)
    if args.node_modules:
        clients["@gitbeaker/rest"] = lambda model: script(node, model)
    print(f"| | {' | '.join(FAULTS)} |")
    print(f"| --- |{' --- |' * len(FAULTS)}")
    for name, run in clients.items():
        cells = []
        for fault in FAULTS:
            with Model(args.model, fault) as model:
                cells.append(model.outcome(run(model)))
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
