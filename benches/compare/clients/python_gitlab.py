"""Rotates the credential on standard input by python-gitlab, and prints the new one."""

import os
import sys

import gitlab

client = gitlab.Gitlab(
    os.environ["MODEL_URL"],
    private_token=sys.stdin.read().strip(),
    retry_transient_errors="--retry" in sys.argv,
)
print(client.personal_access_tokens.rotate("self")["token"])
