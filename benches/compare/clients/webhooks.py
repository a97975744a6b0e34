#!/usr/bin/env python3
"""Does a third party's reader take what `token watch --webhook` posts for GitLab's own events?

    webhooks.py --model PROGRAM --tokensieve PROGRAM

Run it with a Python that has `pydantic-gitlab-webhooks`, installed outside of this repository.
PROGRAM of --model is the example `gitlab-model`. Nothing but loopback is talked to. For each message
it prints the event, and whether the package takes header and body. It fails if an event that the
package knows is refused, or if one of ours is taken for an event of GitLab's.
"""

import argparse
import collections
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

import pydantic
from measure import Model
from pydantic_gitlab_webhooks import validators

ADMINISTRATOR = 1


class Receiver(http.server.BaseHTTPRequestHandler):
    """Keeps what is posted."""

    received = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((self.headers.get("X-Gitlab-Event"), json.loads(body)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def watch(tokensieve, model):
    """Runs `token watch` once. Returns header and body of each message."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        token = pathlib.Path(folder, "token")
        token.touch(mode=0o600)
        token.write_text(model.secrets()[ADMINISTRATOR])
        command = [tokensieve, "token", "watch", "--whole-instance", "--state", "state.jsonl"]
        command += ["--instance", model.url, "--token-file", "token"]
        command += ["--webhook", f"http://127.0.0.1:{server.server_port}/"]
        environment = dict(os.environ, XDG_STATE_HOME=folder)
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
    server.shutdown()
    if done.returncode != 1:
        sys.exit(f"token watch ended with {done.returncode}: {done.stderr.decode()}")
    return Receiver.received


def takes(header, body):
    """Whether the package takes a message, by its header where it has one."""
    try:
        if header is None:
            validators.validate_event_body_dict(body)
        else:
            validators.validate_event_header_and_body_dict(header, body)
    except pydantic.ValidationError:
        return False
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--tokensieve", required=True)
    arguments = parser.parse_args()
    with Model(arguments.model, "none") as model:
        received = watch(os.path.abspath(arguments.tokensieve), model)
    counts = collections.Counter()
    failed = False
    for header, body in received:
        kind = body["object_kind"]
        is_taken = takes(header, body)
        counts[kind, body["event_name"], "taken" if is_taken else "refused"] += 1
        # The package has no deploy token events.
        failed |= is_taken != (kind == "access_token")
        broken = dict(body, object_attributes={})
        failed |= takes(header, broken)
    for (kind, event, outcome), count in sorted(counts.items()):
        print(f"{kind:20} {event:24} {outcome:8} {count}")
    if not any(kind == "access_token" for kind, _, _ in counts):
        failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
