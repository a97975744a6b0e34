"""Texts that look like a token and are none: each report of one is a false alarm."""

import re

import tokens
from carriers import ALONE, NAMED, fill

CHECKED = ("{crc_base62", "{grafana_sa", "{routable", "{age")
# Under the name of the provider, values that every project has and that open nothing.
INNOCENT = {
    "commit|a.py": ('@provider_commit = "@value"', "{hex:40}"),
    "digest|a.yml": ("@provider_image_digest: sha256:@value", "{hex:64}"),
    "image|a.yml": ("image: @provider/app@@sha256:@value", "{hex:64}"),
    "action|a.yml": ("      - uses: @provider/setup-action@@@value", "{hex:40}"),
    "request|a.log": ("INFO @provider request_id=@value status=200", "{uuid}"),
    "md5|a.txt": ("@value  @provider-cli_1.2.3_amd64.deb", "{hex:32}"),
    "integrity|package-lock.json": ('"node_modules/@provider": {\n  "integrity": "sha512-@value"', "{base64_of:64}"),
    "etag|a.txt": ('GET https://api.@host/v1/items\nETag: "@value"', "{hex:32}"),
    "go.sum|go.sum": ("github.com/@provider/client v1.2.3 h1:@value", "{base64_of:32}"),
    "asset|a.html": ('<img src="https://cdn.@host/@value/logo.png">', "{hex:32}"),
    "identifier|a.json": ('{ "@provider_project": { "id": "@value" } }', "{uuid}"),
}
FILLERS = ["your-@kebab-here", "<@snake>", "${@SCREAM}", "{{ @snake }}", "$@SCREAM", "REPLACE_ME", "%@SCREAM%", "********************"]


class Fillers:
    """In place of a random generator: makes the token of a form out of one letter."""

    def choices(self, alphabet, k):
        # A password needs a digit, or it would be looked for without end.
        return ["x"] * (k - 1) + ["1" if len(alphabet) in (66, 68) and "!" in alphabet else "x"]

    def randint(self, first, last):
        return first

    def choice(self, options):
        return options[0]


def of(kind, rng):
    """Yields what is tried, the template with its file name, and the value."""
    form = kind["form"]
    if kind.get("own") and kind.get("exact"):
        token = tokens.make(form, rng).value
        for carrier in ("sentence|a.md", "any name|a.py"):
            yield "one short", carrier, ALONE[carrier], token[:-1]
            yield "one long", carrier, ALONE[carrier], token + "a"
            half = len(token) // 2
            yield "masked", carrier, ALONE[carrier], token[:half] + "*" * (len(token) - half)
            if any(part in form for part in CHECKED):
                other = "b" if token[half] != "b" else "c"
                yield "wrong checksum", carrier, ALONE[carrier], token[:half] + other + token[half + 1 :]
    if not kind.get("names"):
        return
    plain = re.sub(r"\[\[|\]\]", "", form)
    if all(name in tokens.ALPHABETS or name == "any" for name, _ in tokens.PART.findall(plain)):
        for carrier in ("python|a.py", "env|.env"):
            yield "filler", carrier, NAMED[carrier], tokens.expand(plain, Fillers())
    for at, filler in enumerate(rng.sample(FILLERS, 4)):
        carrier = ("python|a.py", "env|.env", "json|a.json", "yaml, kebab, quoted|a.yml")[at]
        yield "placeholder", carrier, NAMED[carrier].replace("@value", filler), None
    for carrier, (template, innocent) in INNOCENT.items():
        yield "innocent", carrier, template, tokens.expand(innocent, rng)


def text_of(template, value, provider, word):
    if value is None:
        return fill(template + "\n@value", provider, word, "")[0]
    return fill(template, provider, word, value)[0]
