"""Open a travelling file without the program: its lines go to standard output, its verdict beside.

    python3 open_file.py FILE [--identity recovery-key.txt] [--office ID] [--promoter P001]
                              [--signers KEY,KEY] [--revoked KEY,KEY]

Needs Python 3.11, the command ``age`` and the package ``cryptography``; nothing of the program. It
follows docs/file-formats.md alone and gives the same verdicts, but for the fields inside a body.
"""

import argparse
import contextlib
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KINDS = {"submission", "return", "setup", "transfer", "handover", "journal"}
SHARED = {"activity", "resource", "month_report", "answer"}
OFFICE = {"question", "decision", "approval", "erase", "settings", "keys"}
FILE, PLAIN, LINES, LINE, TEXT, DEPTH, PARENTS = (
    25 << 20,
    64 << 20,
    200_000,
    256 << 10,
    20_000,
    6,
    16,
)
HEX = re.compile(r"[0-9a-f]{64}")
MONTH = re.compile(r"(19[3-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])")


class Refused(Exception):  # noqa: N818 - a verdict
    """Carries one of the codes of file-formats.md, section 7."""


@dataclass
class Reader:
    """Who is reading: what is 「to us」, and which keys count (None: whoever made a setup)."""

    identity: Path | None = None
    office: str | None = None
    promoter: str | None = None
    signers: set[str] | None = None
    revoked: set[str] = field(default_factory=set)


def need(holds: object, code: str) -> None:
    """Refuse with a code unless something holds."""
    if not holds:
        raise Refused(code)


def open_layers(data: bytes, identity: Path | None) -> bytes:
    """Take off age and gzip; a setup has neither."""
    need(data, "damaged")
    need(len(data) <= FILE, "too_large")
    if data[:1] == b"{":
        need(len(data) <= PLAIN and data.count(b"\n") <= LINES + 2, "too_large")
        return data
    need(data.startswith(b"age-encryption.org/v1\n"), "unreadable")
    need(b"\n--- " in data[:4096] and identity, "unreadable")
    with tempfile.NamedTemporaryFile() as sealed:
        sealed.write(data)
        sealed.flush()
        words = ["age", "-d", "-i", str(identity), sealed.name]
        opened = subprocess.run(words, capture_output=True, check=False)  # noqa: S603
    need(opened.returncode == 0, "unreadable")
    return unpack(opened.stdout)


def unpack(packed: bytes) -> bytes:
    """Unpack one gzip member, at most up to the limit, and demand its end with nothing after it."""
    need(packed[:8] == bytes.fromhex("1f8b080000000000"), "damaged")
    inflate = zlib.decompressobj(wbits=31)
    try:
        plain = inflate.decompress(packed, PLAIN + 1)
    except zlib.error:
        raise Refused("damaged") from None
    need(len(plain) <= PLAIN and plain.count(b"\n") <= LINES + 2, "too_large")
    need(inflate.eof and not inflate.unused_data, "damaged")
    return plain


def canonical(line: bytes, code: str) -> dict:
    """Read a line that is exactly what writing its value again would give."""
    try:
        value = json.loads(line.decode(), parse_constant=lambda _: need(False, code))  # noqa: FBT003
        again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        need(again.encode() == line and isinstance(value, dict), code)
        walk(value, 1)
    except (ValueError, RecursionError, Refused):
        raise Refused(code) from None
    return value


def walk(value: object, depth: int) -> None:
    """Demand the profile: no fractions, no huge numbers, no NUL, nothing too long or too deep."""
    need(not isinstance(value, float) and not (isinstance(value, int) and abs(value) >= 2**53), "x")
    need(not isinstance(value, str) or (len(value) <= TEXT and "\0" not in value), "x")
    if isinstance(value, dict | list):
        need(depth <= DEPTH, "x")
        for name in value if isinstance(value, dict) else ():
            need(name.isascii() and len(name) <= TEXT and "\0" not in name, "x")
        for member in value.values() if isinstance(value, dict) else value:
            walk(member, depth + 1)


def signed(key: str, line: bytes, signature: bytes) -> bool:
    """Whether this key made the signature line of this header line."""
    try:
        message = b"kashiwa-sasaeai bundle 1\n" + line
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature.decode()), message
        )
    except (ValueError, InvalidSignature):
        return False
    return re.fullmatch(rb"[0-9a-f]{128}", signature) is not None


def check(plain: bytes, reader: Reader, *, sealed: bool) -> list[dict]:
    """Check everything in the order of section 7; the revisions, or Refused."""
    first, _, rest = plain.partition(b"\n")
    signature, end, body = rest.partition(b"\n")
    need(end and len(signature) == 128 and plain.endswith(b"\n"), "damaged")
    head = canonical(first, "damaged")
    if head.get("format") != 1 or set(head.get("requires") or []) - {"core1"}:
        need(isinstance(head.get("format"), int) and head["format"] > 0, "damaged")
        need(sealed or signed(head["from"]["key"], first, signature), "damaged")
        raise Refused("newer_format")
    check_shape(head)
    if sealed:
        check_address(head, reader)
    need(signed(head["from"]["key"], first, signature), "damaged")
    if not sealed:
        check_address(head, reader)
    told = (head["bytes"], head["body_sha256"], head["count"])
    need(told == (len(body), hashlib.sha256(body).hexdigest(), body.count(b"\n")), "damaged")
    need(head["kind"] in KINDS and sealed == (head["kind"] != "setup"), "schema")
    return check_lines(body.split(b"\n")[:-1], head)


def check_shape(head: dict) -> None:
    """Demand the fields of a header, and that the device is the hash of its key."""
    try:
        sender = head["from"]
        need(HEX.fullmatch(sender["key"]) and HEX.fullmatch(head["body_sha256"]), "damaged")
        need(sender["seq"] >= 1 and sender["restored"] in (True, False), "damaged")
        own = hashlib.sha256(bytes.fromhex(sender["key"])).hexdigest()
        need(own == sender["device"] and head["to"]["office"], "damaged")
        need(min(head["count"], head["bytes"]) >= 0 and isinstance(head["kind"], str), "damaged")
    except (KeyError, TypeError, AttributeError):
        raise Refused("damaged") from None


def check_address(head: dict, reader: Reader) -> None:
    """To us, of somebody whose key counts."""
    kind, key = head["kind"], head["from"]["key"]
    ours = "*" if kind == "setup" else reader.office
    need(ours in (None, head["to"]["office"]), "other_office")
    from_promoter = kind in ("submission", "transfer")
    if from_promoter or kind in ("return", "handover"):
        named = head["from"]["promoter"] if from_promoter else head["to"].get("promoter")
        need(reader.promoter in (None, named), "wrong_promoter")
    need(key not in reader.revoked, "revoked")
    if kind == "setup":
        need(reader.signers is None or key in reader.signers, "other_office")
    elif not from_promoter:
        need(key in (reader.signers or ()), "unknown_device")


def check_lines(lines: list[bytes], head: dict) -> list[dict]:
    """Demand canonical lines in order, each by somebody who may bring it."""
    need(head["kind"] not in ("submission", "transfer") or head["from"]["promoter"], "schema")
    found: dict[str, dict] = {}
    before = b""
    for line in lines:
        need(len(line) <= LINE, "too_large")
        found[hashlib.sha256(line).hexdigest()] = one = canonical(line, "schema")
        check_revision(one)
        need(line > before, "schema")
        before = line
    for one in found.values():
        check_scope(one, head)
    for one in found.values():
        near = [found[parent] for parent in one["parents"] if parent in found]
        need(all(record(parent) == record(one) for parent in near), "schema")
    return list(found.values())


def record(one: dict) -> tuple:
    """What a revision is a revision of."""
    return one["promoter"], one["type"], one["id"]


def check_revision(one: dict) -> None:
    """Demand the fields that every revision has."""
    try:
        good = isinstance(one["body"], dict) and isinstance(one["deleted"], bool)
        good = good and one["by"]["role"] in ("promoter", "office")
        good = good and HEX.fullmatch(one["by"]["device"]) and isinstance(one["by"]["who"], str)
        good = good and re.fullmatch(r"[0-9A-Za-z-]{1,64}", one["id"]) and one["at"][9]
        good = good and (one["month"] is None or MONTH.fullmatch(one["month"]))
        good = good and (one["promoter"] is None or 0 < len(one["promoter"]) <= 200)
        good = good and len(one["parents"]) <= PARENTS and all(map(HEX.fullmatch, one["parents"]))
        good = good and one["parents"] == sorted(set(one["parents"]))
        good = good and re.fullmatch(r"[a-z][a-z_]{0,39}", one["type"]) and one["salt"][15]
        good = good and isinstance(one["v"], int) and 1 <= one["v"] <= 1000
    except (KeyError, TypeError, IndexError):
        good = False
    need(good, "schema")


def check_scope(one: dict, head: dict) -> None:
    """Demand that this kind of file may bring this revision."""
    kind, owner, type_ = head["kind"], one["promoter"], one["type"]
    by_office = one["by"]["role"] == "office"
    if kind in ("submission", "transfer"):
        need(owner == head["from"]["promoter"], "wrong_promoter")
        need(not by_office and type_ not in OFFICE, "schema")
    need(by_office or type_ not in OFFICE, "schema")
    if kind == "setup":
        need(owner is None and type_ not in (SHARED | OFFICE) - {"settings", "keys"}, "schema")
    if kind == "return" and (owner is not None or type_ in SHARED):
        need(owner == head["to"].get("promoter"), "wrong_promoter")


def verdict(data: bytes, reader: Reader) -> str:
    """``accepted``, or the code of the refusal."""
    try:
        check(open_layers(data, reader.identity), reader, sealed=data[:1] != b"{")
    except Refused as refused:
        return str(refused)
    return "accepted"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--identity", type=Path)
    parser.add_argument("--office")
    parser.add_argument("--promoter")
    parser.add_argument("--signers", type=lambda text: set(text.split(",")))
    parser.add_argument("--revoked", type=lambda text: set(text.split(",")), default=set())
    given = vars(parser.parse_args())
    data = given.pop("file").read_bytes()
    reader = Reader(**given)
    with contextlib.suppress(Refused):
        sys.stdout.buffer.write(open_layers(data, reader.identity))
    sys.stderr.write(f"{verdict(data, reader)}\n")


if __name__ == "__main__":
    main()
