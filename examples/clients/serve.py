#!/usr/bin/env python3
"""Asks `tokensieve serve` about files: one process for all of them.

    python3 examples/clients/serve.py FILE...

Prints a line for each finding, and each file with its secrets redacted where `--redact` is given.
"""
import base64
import json
import subprocess
import sys


class Tokensieve:
    """A running `tokensieve serve`. Requests are answered in their order."""

    def __init__(self, program="tokensieve"):
        self.process = subprocess.Popen(
            [program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # The end of its input ends the process.
        self.process.stdin.close()
        self.process.wait()

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def scan(self, content, path):
        """The findings in bytes, with the keys of JSON reports."""
        encoded = base64.b64encode(content).decode("ascii")
        return self.ask(method="scan", base64=encoded, path=path)["findings"]

    def redact(self, text):
        """A text without its secrets."""
        return self.ask(method="redact", text=text)["text"]


def main(arguments):
    redacts = "--redact" in arguments
    count = 0
    with Tokensieve() as tokensieve:
        for path in (argument for argument in arguments if argument != "--redact"):
            with open(path, "rb") as file:
                content = file.read()
            for finding in tokensieve.scan(content, path):
                count += 1
                print(f"{finding['path']}:{finding['start_line']}: {finding['rule_id']} {finding['redacted']}")
            if redacts:
                print(tokensieve.redact(content.decode("utf-8", "replace")), end="")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
