"""Opens the example of docs/exchange-format.md with nothing but that page: PyNaCl and hashlib."""
import base64
import hashlib
import hmac
import re
import sys

from nacl import bindings
from nacl.public import PrivateKey, SealedBox
from nacl.signing import SigningKey

page = open(sys.argv[1], encoding="utf-8").read()


def block(name):
    return re.search(r"\n```%s\n(.*?)```\n" % name, page, re.S).group(1)


def names(text):
    return dict(re.split(r"  +", line, 1) for line in text.strip().splitlines())


def same(what, got, wanted):
    if got != wanted:
        sys.exit("%s: %r, the page says %r" % (what, got, wanted))
    print(what, "agrees")


def field(data, at, size):
    return data[at : at + size].rstrip(b"\0")


env = bytes.fromhex(block("hex"))
same("magic", env[:16], b"HYGIEXCH\x01\x03\x01" + bytes(5))
same("project", field(env, 16, 32), b"avc")
same("subject", field(env, 48, 32), b"nantes")
count = int.from_bytes(env[80:88], "little")
same("count", count, 1)
same("size", len(env), 288 + count * 106 + 17)
same("hash", env[88:120], hashlib.sha256(env[184:]).digest())
SigningKey(b"\x01" * 32).verify_key.verify(
    b"hygie exchange envelope 1\0" + env[:120], env[120:184]
)
print("signature agrees")
recipient = PrivateKey(b"\x06" * 32)
file_key = SealedBox(recipient).decrypt(env[184:264])
same("file key", file_key, bytes(range(32)))
state = bindings.crypto_secretstream_xchacha20poly1305_state()
bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, env[264:288], file_key)
row, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, env[288:], env[:80])
same("tag", tag, bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL)
same("row", len(row), 106)
same("idacc", field(row, 0, 64), b"a1")
nir = field(row, 79, 15)
same("nir", nir, b"2550814168025")
same("birth date", field(row, 94, 8), b"19550814")
same("sex", row[102:103], b"2")
same("classes", row[104:106], b"\0v")


def keyed(key, domain, text):
    return hmac.new(key, domain + b"\0" + text, hashlib.sha256).digest()


k1, k2 = b"\x06" * 32, b"\x07" * 32
wanted = names(block("tokens"))
person = keyed(k1, b"hygie exchange 1 person", nir)
same("person", person.hex(), wanted["person"])
person2 = keyed(k2, b"hygie exchange 1 person 2", person)
same("person 2", person2.hex(), wanted["person 2"])
project = b"avc".ljust(32, b"\0") + bytes(4) + b"\x01"
epoch = keyed(k2, b"hygie exchange 1 project", project)
p0 = keyed(epoch, b"hygie exchange 1 pseudonym", b"P" + person2[:16])[:16]
same("pseudonym", base64.b32encode(p0).decode().rstrip("="), wanted["pseudonym"].strip())

for name, role, byte in (("nantes", 1, 1), ("cnam-1", 4, 6), ("cnam-2", 4, 7)):
    seed = bytes([byte]) * 32
    text = b"hygie exchange card 1\0" + name.encode().ljust(32, b"\0") + bytes([role])
    text += bytes(PrivateKey(seed).public_key) + bytes(SigningKey(seed).verify_key)
    digits = hashlib.sha256(text).hexdigest()[:40]
    groups = "-".join(digits[i : i + 4] for i in range(0, 40, 4))
    same("fingerprint of " + name, groups, names(block("fingerprints"))[name].strip())
