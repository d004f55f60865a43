"""How the files of ``v1`` were made, once: good ones, and each kind of damage with its verdict.

Run from ``tests`` as ``python -m data.vectors.make FOLDER``. Sealing takes random bytes, so the
same files never come again: what is in ``v1`` stays as it is, and only new names may be added.
"""

import hashlib
import json
import sys
from pathlib import Path

from bundle.conftest import World, _keys, activity
from kashiwa_desktop.bundle import container
from kashiwa_desktop.bundle.header import KINDS
from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.crypto.keys import RecoveryKey
from kashiwa_desktop.crypto.sealing import ReceivingKey

ACCEPTED = "accepted"
OTHER = "ff" * 32
SECOND = "0195c0de-0000-7000-8000-000000000002"


def world():
    """The fixed TEST keys; those of strangers are ``other``'s, thrown away."""
    recovery = RecoveryKey.from_age_identity(_keys("recovery")[1].secret)
    return World(*_keys("office"), *_keys("pc"), recovery, other=ReceivingKey.generate())


def vectors(w):
    """Give (name, kind, bytes, verdict) of every vector."""
    yield from good(w)
    yield from layers(w)
    yield from headers(w)
    yield from senders(w)
    yield from lines(w)
    yield from scopes(w)


def good(w):
    for kind in KINDS:
        yield f"good-{kind}", kind, w.file(kind), ACCEPTED
    yield "good-empty", "submission", w.file("submission", []), ACCEPTED
    strange = w.line(type="weather", body={"sky": "青い"}, role="promoter")
    yield "good-unknown-type", "submission", w.file("submission", [strange]), ACCEPTED
    more = w.line(body=activity(invented={"a": [1, None, True]}))
    yield "good-unknown-field", "submission", w.file("submission", [more]), ACCEPTED
    names = w.line(body=activity(title="髙橋﨑𠮷 辻\U000e0100 塚 ｶﾅ \u2028 〜−¥"))
    yield "good-names", "submission", w.file("submission", [names]), ACCEPTED
    odd = w.line(body=activity(date="2026-02-31", area="?"))
    yield "good-doubtful-content", "submission", w.file("submission", [odd]), ACCEPTED
    header = w.craft(header={"invented": [1], "from": {"restored": True, "seq": 9}})
    yield "good-unknown-header-field", "submission", header, ACCEPTED
    gone = w.line(deleted=True)
    yield "good-deleted", "submission", w.file("submission", [gone]), ACCEPTED
    settings = [w.line(), w.line(role="office"), w.settings_line()]
    yield "good-return-with-settings", "return", w.file("return", settings), ACCEPTED
    successor = w.file("handover", [w.line("P002")])
    yield "good-handover-of-another", "handover", successor, ACCEPTED
    recovery = w.craft("setup", signer=w.recovery.signing)
    yield "good-setup-by-recovery-key", "setup", recovery, ACCEPTED


def layers(w):
    whole = w.file("submission")
    yield "empty-file", "submission", b"", "damaged"
    yield "not-ours", "submission", b"PK\x03\x04" + bytes(60), "unreadable"
    yield "cut-in-the-age-header", "submission", whole[:100], "unreadable"
    yield "cut-in-the-payload", "submission", whole[:-40], "unreadable"
    yield "one-byte-more", "submission", whole + b"\0", "unreadable"
    yield "two-files-joined", "submission", whole + whole, "unreadable"
    for place in (30, 150, len(whole) // 2, len(whole) - 1):
        flipped = bytearray(whole)
        flipped[place] ^= 1
        yield f"bit-flipped-at-{place}", "submission", bytes(flipped), "unreadable"
    plain = w.built("submission").plain
    packed = container.compress(plain)
    strangers = sealing.seal(packed, [w.other.recipient])
    yield "sealed-to-somebody-else", "submission", strangers, "unreadable"
    stanza = b"-> " + b"x" * 70 + b"\n" + b"A" * 64 + b"\n"
    long = whole.replace(b"\n--- ", b"\n" + stanza * 40 + b"--- ", 1)
    yield "very-long-age-header", "submission", long, "unreadable"
    for name, inside in {
        "not-gzip": plain,
        "gzip-with-a-name": b"\x1f\x8b\x08\x08" + packed[4:10] + b"a\0" + packed[10:],
        "gzip-cut": packed[:-9],
        "gzip-with-a-tail": packed + b"\0",
        "gzip-of-two-members": packed + packed,
        "nothing-inside": b"",
    }.items():
        yield name, "submission", w.seal_packed(inside, "submission"), "damaged"
    bomb = container.compress(bytes(container.MAX_PLAIN + 1))
    yield "bomb", "submission", w.seal_packed(bomb, "submission"), "too_large"
    many = container.compress(b"\n" * (container.MAX_LINES + 3))
    yield "too-many-lines", "submission", w.seal_packed(many, "submission"), "too_large"


def headers(w):
    first, signature, body = w.built("submission").plain.split(b"\n", 2)

    def built(*parts):
        return w.seal_plain(b"\n".join(parts), "submission")

    edited = first.replace(b'"seq":1', b'"seq":9')
    yield "edited-header", "submission", built(edited, signature, body), "damaged"
    yield "short-signature", "submission", built(first, signature[:-2], body), "damaged"
    capital = built(first, signature.upper(), body)
    yield "signature-in-capitals", "submission", capital, "damaged"
    yield "no-last-feed", "submission", built(first, signature, body[:-1]), "damaged"
    spaced = built(first.replace(b":", b": ", 1), signature, body)
    yield "header-with-a-space", "submission", spaced, "damaged"
    for name, change, verdict in (
        ("format-2", {"format": 2}, "newer_format"),
        ("unknown-capability", {"requires": ["core1", "core9"]}, "newer_format"),
        ("format-0", {"format": 0}, "damaged"),
        ("seq-0", {"from": {"seq": 0}}, "damaged"),
        ("device-not-its-key", {"from": {"device": OTHER}}, "damaged"),
        ("wrong-count", {"count": 2}, "damaged"),
        ("wrong-size", {"bytes": 1}, "damaged"),
        ("wrong-body-hash", {"body_sha256": "00" * 32}, "damaged"),
        ("other-office", {"to": {"office": OTHER}}, "other_office"),
        ("no-promoter", {"from": {"promoter": None}}, "schema"),
    ):
        yield name, "submission", w.craft(header=change), verdict
    yield "plain-submission", "submission", w.built("submission").plain, "schema"
    unknown = w.craft("return", header={"kind": "letter"})
    yield "unknown-kind", "return", unknown, "schema"


def senders(w):
    for kind in ("return", "handover", "journal"):
        crafted = w.craft(kind, signer=w.pc_signing)
        yield f"{kind}-by-no-listed-key", kind, crafted, "unknown_device"
    yield "setup-by-another", "setup", w.craft("setup", signer=w.pc_signing), "other_office"
    for kind in ("return", "handover"):
        crafted = w.craft(kind, header={"to": {"promoter": "P002"}})
        yield f"{kind}-to-another-promoter", kind, crafted, "wrong_promoter"
    transfer = w.craft("transfer", w.line("P002") + b"\n", header={"from": {"promoter": "P002"}})
    yield "transfer-of-another-promoter", "transfer", transfer, "wrong_promoter"
    setup = w.file("setup")
    for place in (40, len(setup) // 2, len(setup) - 3):
        flipped = bytearray(setup)
        flipped[place] ^= 4
        yield f"setup-bit-flipped-at-{place}", "setup", bytes(flipped), "damaged"
    yield "setup-cut", "setup", setup[:-1], "damaged"
    newer = setup.replace(b'"format":1', b'"format":3')
    yield "setup-that-looks-newer", "setup", newer, "damaged"


def lines(w):
    line = w.line()
    later = w.line(month="2026-09")
    one, two = sorted([line, later])
    for name, body in {
        "lines-in-wrong-order": two + b"\n" + one + b"\n",
        "line-twice": one + b"\n" + one + b"\n",
        "empty-line": one + b"\n\n" + two + b"\n",
        "line-with-a-space": line.replace(b'":', b'": ', 1) + b"\n",
        "line-with-escapes": line.replace("試".encode(), b"\\u8a66") + b"\n",
        "key-twice": line.replace(b'{"at":', b'{"at":"1999-01-01T00:00:00","at":') + b"\n",
        "byte-order-mark": b"\xef\xbb\xbf" + line + b"\n",
        "carriage-return": line + b"\r\n",
        "fraction": line.replace(b'"v":1', b'"v":1.0') + b"\n",
        "minus-zero": line.replace(b'"v":1', b'"v":-0') + b"\n",
        "not-a-number": line.replace(b'"v":1', b'"v":NaN') + b"\n",
        "huge-exponent": line.replace(b'"v":1', b'"v":1e999') + b"\n",
        "2-to-the-53": w.line(body=activity(x=1)).replace(b'"x":1', b'"x":9007199254740992')
        + b"\n",
        "lone-surrogate": line.replace("試".encode(), b"\xed\xa0\x80") + b"\n",
        "nul": line.replace("試".encode(), b"\\u0000") + b"\n",
        "too-deep": w.line(body=activity(x=1)).replace(b'"x":1', b'"x":[[[[[[1]]]]]]') + b"\n",
        "text-too-long": line.replace("試".encode(), b"x" * 20_001) + b"\n",
        "an-array": b"[]\n",
        "no-such-month": line.replace(b'"month":"2026-10"', b'"month":"2026-13"') + b"\n",
        "deleted-is-a-number": line.replace(b'"deleted":false', b'"deleted":0') + b"\n",
        "capital-parent": line.replace(b'"parents":[]', b'"parents":["' + b"A" * 64 + b'"]')
        + b"\n",
        "parents-unsorted": line.replace(
            b'"parents":[]', b'"parents":["' + b"b" * 64 + b'","' + b"a" * 64 + b'"]'
        )
        + b"\n",
        "no-salt": line.replace(b'"salt":"' + b"0" * 32 + b'",', b"") + b"\n",
    }.items():
        assert body != line + b"\n"
        yield name, "submission", w.craft(body=body), "schema"
    seventeen = ",".join(f'"{n:064x}"' for n in range(17)).encode()
    many = line.replace(b'"parents":[]', b'"parents":[' + seventeen + b"]")
    yield "17-parents", "submission", w.craft(body=many + b"\n"), "schema"
    wide = line.replace(b"A01", b"A" * 300_000)
    yield "line-too-long", "submission", w.craft(body=wide + b"\n"), "too_large"


def scopes(w):
    for type_ in ("question", "approval", "settings"):
        said = {"state": "approved", "report": None, "heads": []}
        body = w.line(type=type_, role="promoter", body=said) + b"\n"
        yield f"{type_}-by-a-promoter", "submission", w.craft(body=body), "schema"
    office = w.craft(body=w.line(role="office") + b"\n")
    yield "in-the-offices-name", "submission", office, "schema"
    for kind in ("submission", "return"):
        crafted = w.craft(kind, w.line("P002") + b"\n")
        yield f"{kind}-with-records-of-another", kind, crafted, "wrong_promoter"
    said = {"state": "approved", "report": None, "heads": []}
    false = w.line(type="approval", role="promoter", body=said) + b"\n"
    yield "approval-in-a-return-by-a-promoter", "return", w.craft("return", false), "schema"
    yield "setup-with-an-activity", "setup", w.craft("setup", w.line() + b"\n"), "schema"
    first = w.line()
    named = hashlib.sha256(first).hexdigest()
    other = w.line(parents=[named], id=SECOND)
    body = b"".join(line + b"\n" for line in sorted([first, other]))
    yield "parent-of-another-record", "submission", w.craft(body=body), "schema"


def main():
    folder, expected = Path(sys.argv[1]), {}
    folder.mkdir(parents=True)
    for number, (name, kind, data, verdict) in enumerate(vectors(world()), start=1):
        file = f"{number:03d}-{name}{KINDS[kind]}"
        (folder / file).write_bytes(data)
        expected[file] = {"kind": kind, "expect": verdict}
    told = json.dumps(expected, indent=1, ensure_ascii=False)
    (folder / "expected.json").write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
