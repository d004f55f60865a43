import subprocess

import pyrage
import pytest

from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.crypto.sealing import ReceivingKey, SealedForOthersError, seal, unseal
from kashiwa_desktop.errors import RefusedError

DATA = "支えあい\n".encode() * 100


def test_every_addressee_and_nobody_else_can_open_it():
    first, second, other = (ReceivingKey.generate() for _ in range(3))
    sealed = seal(DATA, [first.recipient, second.recipient])
    assert unseal(sealed, [first]) == DATA
    assert unseal(sealed, [other, second]) == DATA
    for keys in ([other], []):
        with pytest.raises(SealedForOthersError, match="別の事務局あてか、こわれています"):
            unseal(sealed, keys)


def test_the_greatest_number_of_addressees_can_be_read_again():
    keys = [ReceivingKey.generate() for _ in range(sealing.MAX_RECIPIENTS)]
    assert unseal(seal(DATA, [key.recipient for key in keys]), keys[-1:]) == DATA


@pytest.mark.parametrize("count", [0, sealing.MAX_RECIPIENTS + 1])
def test_no_or_too_many_addressees_are_refused(count):
    with pytest.raises(RefusedError):
        seal(DATA, [ReceivingKey.generate().recipient for _ in range(count)])


def test_an_addressee_that_is_no_key_is_refused():
    with pytest.raises(RefusedError, match="読み取れません"):
        seal(DATA, ["age1nonsense"])


def test_a_long_header_never_reaches_the_parser(monkeypatch):
    key = ReceivingKey.generate()
    magic, stanza, rest = seal(b"", [key.recipient]).split(b"\n", 2)
    long = b"\n".join([magic, *[b"-> X " + b"A" * 40 + b"\n"] * 50_000, stanza, rest])
    asked = []
    monkeypatch.setattr(pyrage, "decrypt", lambda *a: asked.append(a))
    with pytest.raises(SealedForOthersError):
        unseal(long, [key])
    assert asked == []


def test_the_text_form_of_age_is_not_accepted():
    key = ReceivingKey.generate()
    recipient = pyrage.x25519.Recipient.from_str(key.recipient)
    with pytest.raises(SealedForOthersError):
        unseal(pyrage.encrypt(DATA, [recipient], armored=True), [key])


def test_a_key_is_kept_as_its_text_and_does_not_show_itself():
    key = ReceivingKey.generate()
    assert ReceivingKey.from_text(f" {key.secret.lower()}\n").recipient == key.recipient
    assert key.secret not in repr(key)


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1", "さくら", "AGE-SECRET-KEY-1" + "Q" * 58])
def test_a_text_that_is_no_key_is_refused_in_words(text):
    with pytest.raises(RefusedError, match="書き写し"):
        ReceivingKey.from_text(text)


@pytest.mark.posix("needs the age command")
def test_the_age_command_line_opens_ours_and_we_open_its(tmp_path):
    key = ReceivingKey.generate()
    identity = tmp_path / "key.txt"
    identity.write_text(key.secret + "\n", encoding="utf-8")
    ours = subprocess.run(
        ["age", "-d", "-i", str(identity)],
        input=seal(DATA, [key.recipient]), capture_output=True, check=True,
    )  # fmt: skip
    assert ours.stdout == DATA
    theirs = subprocess.run(
        ["age", "-r", key.recipient], input=DATA, capture_output=True, check=True
    )
    assert unseal(theirs.stdout, [key]) == DATA
