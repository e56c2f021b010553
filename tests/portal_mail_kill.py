"""What an outbox says: a line RECEIVER MAILS HASH for each receiver, without times and numbers."""
import email
import email.policy
import hashlib
import pathlib
import sys

said = {}
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.eml")):
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    lines = sorted(x for x in mail.get_content().splitlines() if "/invitation/" not in x)
    said.setdefault(mail["To"], []).append("\n".join([mail["Subject"], *lines]))
for to, texts in sorted(said.items()):
    print(to, len(texts), hashlib.sha256("\0".join(sorted(texts)).encode()).hexdigest())
