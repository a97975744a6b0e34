#!/usr/bin/env python3
"""Runs a command and hides the secrets in what it prints, as it comes.

    python3 examples/clients/mask.py COMMAND [ARGUMENT...]
"""
import subprocess
import sys


def main(command):
    runs = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    masks = subprocess.Popen(["tokensieve", "mask"], stdin=runs.stdout)
    # Only the two of them hold the pipe: who prints learns if nobody reads any more.
    runs.stdout.close()
    masks.wait()
    return runs.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
