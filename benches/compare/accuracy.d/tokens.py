"""Makes tokens from the forms in kinds.toml: random, fake, and with right checksums where a form has one."""

import base64
import json
import re
import struct
import uuid
import zlib

LOWER = "abcdefghijklmnopqrstuvwxyz"
UPPER = LOWER.upper()
DIGITS = "0123456789"
ALPHABETS = {
    "digits": DIGITS,
    "letters": LOWER + UPPER,
    "hex": DIGITS + "abcdef",
    "HEX": DIGITS + "ABCDEF",
    "b36": DIGITS + LOWER,
    "B36": DIGITS + UPPER,
    "b62": DIGITS + LOWER + UPPER,
    "b64": DIGITS + LOWER + UPPER + "+/",
    "url": DIGITS + LOWER + UPPER + "-_",
    "b32": UPPER + "234567",
    "base32": LOWER + "234567",
    "b58": "123456789" + "ABCDEFGHJKLMNPQRSTUVWXYZ" + "abcdefghijkmnopqrstuvwxyz",
    # GitLab's default tokens: base64url without the letters that look alike.
    "f60": "123456789" + "ABCDEFGHJKLMNPQRSTUVWXYZ" + "abcdefghijkmnopqrstuvwxyz" + "-_",
    "azure": DIGITS + LOWER + UPPER + "-_.~",
    "azure_end": DIGITS + LOWER + UPPER,
    "freemius": DIGITS + LOWER + UPPER + "!@#^&*_~",
    "password": DIGITS + LOWER + UPPER + "!_-+=.",
}
PART = re.compile(r"\{([^{}:]+)(?::([^{}]*))?\}")


class Token:
    """What a carrier writes, and the texts of which one has to be in what is reported."""

    def __init__(self, value, secret=None, also=()):
        self.value = value
        self.secret = secret or value
        self.needles = [self.secret, *also]


def make(form, rng):
    """A token of this form."""
    match = re.fullmatch(r"(.*)\[\[(.*)\]\](.*)", form, re.S)
    if match:
        head, secret, tail = (expand(part, rng) for part in match.groups())
        return Token(head + secret + tail, secret)
    if form == "{jwt_base64}":
        inner = jwt(rng)
        outer = base64.b64encode(inner.encode()).decode()
        return Token(outer, outer, [inner])
    if form == "{pem_json}":
        text = pem("PKCS8", rng)
        return Token(text.replace("\n", "\\n") + "\\n", text)
    if form == "{pkcs12}":
        return Token(pkcs12(rng))
    return Token(expand(form, rng))


def expand(form, rng):
    return PART.sub(lambda part: piece(part.group(1), part.group(2), rng), form)


def piece(name, argument, rng):
    if name in ALPHABETS:
        return run(ALPHABETS[name], argument, rng, must_mix=name == "password")
    if name == "any":
        return rng.choice(argument.split(","))
    if name == "base64_of":
        return base64.b64encode(rng.randbytes(int(argument))).decode()
    made = MAKERS[name]
    return made(argument, rng) if argument else made(rng)


def run(alphabet, argument, rng, must_mix=False):
    """Characters of an alphabet. A generated password has at least a letter, a digit and something else."""
    first, _, last = argument.partition("-")
    while True:
        text = "".join(rng.choices(alphabet, k=rng.randint(int(first), int(last or first))))
        if not must_mix or (re.match(r"[A-Za-z0-9]", text) and re.search(r"\d", text) and re.search(r"[A-Za-z]", text)):
            return text


# --- checksums ------------------------------------------------------------------------------------------------------


def in_base(number, digits, width):
    text = ""
    while number or len(text) < width:
        number, digit = divmod(number, len(digits))
        text = digits[digit] + text
    return text


def crc_base62(argument, rng):
    """GitHub and npm: the body, then its CRC-32 in base62."""
    body = run(ALPHABETS["b62"], argument, rng)
    return body + in_base(zlib.crc32(body.encode()), DIGITS + UPPER + LOWER, 6)


def grafana_sa(rng):
    head = "glsa_" + run(ALPHABETS["b62"], "32", rng)
    return head + "_" + struct.pack("<I", zlib.crc32(head.encode())).hex()


def routable(prefix, rng):
    """GitLab's routable token, version 1."""
    number = lambda: in_base(rng.randrange(1, 60_000_000), DIGITS + LOWER, 1)
    keys = {"c": "1", "o": number(), "u": number()}
    if prefix == "glrt-":
        keys |= {"p": number(), "t": "3"}
    text = "\n".join(f"{key}:{keys[key]}" for key in sorted(keys)).encode()
    payload = urlsafe(rng.randbytes(16) + text + bytes([len(text)]))
    head = f"{prefix}{payload}.01.{in_base(len(payload), DIGITS + LOWER, 2)}"
    return head + in_base(zlib.crc32(head.encode()), DIGITS + LOWER, 7)


def age(rng):
    """Bech32 of 32 bytes, in upper case (BIP 173)."""
    charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    bits = "".join(f"{byte:08b}" for byte in rng.randbytes(32)) + "0000"
    data = [int(bits[at : at + 5], 2) for at in range(0, 260, 5)]
    name = "age-secret-key-"
    values = [ord(c) >> 5 for c in name] + [0] + [ord(c) & 31 for c in name] + data + [0] * 6
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    data += [((check ^ 1) >> 5 * (5 - at)) & 31 for at in range(6)]
    return (name + "1" + "".join(charset[value] for value in data)).upper()


# --- structures -----------------------------------------------------------------------------------------------------


def urlsafe(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(value):
    return json.dumps(value, separators=(",", ":")).encode()


def jwt(rng):
    claims = {"sub": str(rng.randrange(10**9)), "name": "Ada Example", "iat": 1600000000 + rng.randrange(10**8)}
    return ".".join((urlsafe(compact({"alg": "HS256", "typ": "JWT"})), urlsafe(compact(claims)), urlsafe(rng.randbytes(32))))


def uuid4(rng):
    return str(uuid.UUID(bytes=rng.randbytes(16), version=4))


def grafana_legacy(rng):
    key = {"k": run(ALPHABETS["b62"], "32", rng), "n": "ci", "id": rng.randrange(1, 9)}
    return base64.b64encode(compact(key)).decode()


def grafana_cloud(rng):
    value = {"o": str(rng.randrange(10**5, 10**6)), "n": "ci-token", "k": run(ALPHABETS["b62"], "24", rng), "m": {"r": "us"}}
    return "glc_" + base64.b64encode(compact(value)).decode()


def sentry_org(rng):
    value = {"iat": 1700000000 + rng.random(), "url": "https://sentry.io", "region_url": "https://us.sentry.io", "org": "acme"}
    return f"sntrys_{base64.b64encode(compact(value)).decode()}_{base64.b64encode(rng.randbytes(32)).decode().rstrip('=')}"


def reftkn(rng):
    body = f"reftkn:01:{1700000000 + rng.randrange(10**8)}:" + run(ALPHABETS["b62"], "27", rng)
    return base64.b64encode(body.encode()).decode()


def bedrock(rng):
    body = f"BedrockAPIKey-{run(ALPHABETS['b36'], '4', rng)}-at-{run(DIGITS, '12', rng)}:" + base64.b64encode(rng.randbytes(32)).decode()
    return "ABSK" + base64.b64encode(body.encode()).decode()


def bedrock_short(rng):
    url = "bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIA"
    url += run(ALPHABETS["b32"], "16", rng) + "%2F20260101%2Fus-east-1&X-Amz-Signature=" + rng.randbytes(32).hex() + "&Version=1"
    return "bedrock-api-key-" + base64.b64encode(url.encode()).decode()


def discord_bot(rng):
    name = urlsafe(str(rng.randrange(10**17, 10**18)).encode())
    return f"{name}.{run(ALPHABETS['url'], '6', rng)}.{run(ALPHABETS['url'], '38', rng)}"


def mapbox(rng):
    return urlsafe(compact({"u": "ada", "a": run(ALPHABETS["b36"], "25", rng)})) + "." + run(ALPHABETS["url"], "22", rng)


def onepassword(rng):
    value = {
        "signInAddress": "acme.1password.com",
        "userAuth": {"method": "SRPg-4096", "alg": "PBES2g-HS256", "iterations": 650000, "salt": urlsafe(rng.randbytes(16))},
        "email": "ci@1passwordserviceaccounts.com",
        "srpX": rng.randbytes(32).hex(),
        "muk": {"alg": "A256GCM", "k": urlsafe(rng.randbytes(32)), "kty": "oct", "kid": "mp"},
    }
    return "ops_" + urlsafe(compact(value))


# --- keys -----------------------------------------------------------------------------------------------------------


def der(tag, *parts):
    body = b"".join(parts)
    size = bytes([len(body)]) if len(body) < 128 else b"\x82" + len(body).to_bytes(2, "big")
    return bytes([tag]) + size + body


P256 = der(6, bytes.fromhex("2a8648ce3d030107"))


def armour(label, data):
    text = base64.b64encode(data).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])


def ec_key(rng, parameters):
    public = der(0xA1, der(3, b"\0\4", rng.randbytes(64)))
    return der(0x30, der(2, b"\1"), der(4, rng.randbytes(32)), parameters, public)


def pem(kind, rng):
    if kind == "EC":
        return armour("EC PRIVATE KEY", ec_key(rng, der(0xA0, P256)))
    algorithm = der(0x30, der(6, bytes.fromhex("2a8648ce3d0201")), P256)
    return armour("PRIVATE KEY", der(0x30, der(2, b"\0"), algorithm, der(4, ec_key(rng, b""))))


def openssh(rng):
    text = lambda data: struct.pack(">I", len(data)) + data
    public, check = rng.randbytes(32), rng.randbytes(4)
    blob = text(b"ssh-ed25519") + text(public)
    private = check + check + blob + text(rng.randbytes(32) + public) + text(b"ada@example.org")
    private += bytes(range(1, 1 + -len(private) % 8))
    data = b"openssh-key-v1\0" + text(b"none") + text(b"none") + text(b"") + struct.pack(">I", 1) + text(blob) + text(private)
    return armour("OPENSSH PRIVATE KEY", data)


def pkcs12(rng):
    """The frame of a PFX (RFC 7292) around random bytes."""
    data = der(6, bytes.fromhex("2a864886f70d010701"))
    content = der(0x30, data, der(0xA0, der(4, rng.randbytes(900))))
    mac = der(0x30, der(0x30, der(0x30, der(6, bytes.fromhex("2b0e03021a")), der(5)), der(4, rng.randbytes(20))), der(4, rng.randbytes(8)), der(2, b"\x08\0"))
    return der(0x30, der(2, b"\3"), content, mac).decode("latin-1")


MAKERS = {
    "uuid": uuid4,
    "UUID": lambda rng: uuid4(rng).upper(),
    "pem": pem,
    **{
        made.__name__: made
        for made in (crc_base62, grafana_sa, routable, age, jwt, grafana_legacy, grafana_cloud, sentry_org, reftkn)
        + (bedrock, bedrock_short, discord_bot, mapbox, onepassword, openssh)
    },
}
