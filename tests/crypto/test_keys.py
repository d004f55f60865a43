import errno
import hashlib
import hmac
import json
import os
import stat

import msgspec
import pytest

from kashiwa_desktop.crypto import age_identity, keys, sealing
from kashiwa_desktop.crypto.keys import OfficeKeys, OfficePublic, PcIdentity, RecoveryKey
from kashiwa_desktop.crypto.sealing import ReceivingKey, WrongPassphraseError
from kashiwa_desktop.crypto.signing import SigningKey
from kashiwa_desktop.errors import RefusedError, StoreError
from kashiwa_desktop.paths import is_private


@pytest.fixture
def identity(tmp_path):
    return PcIdentity.create(tmp_path / "identity")


@pytest.fixture
def quick(monkeypatch):
    """Locking without the slow work, for tests of what lies around it."""
    monkeypatch.setattr(sealing, "lock", lambda data, secret: secret.encode() + b"|" + data)

    def unlock(data, secret):
        words, _, rest = data.partition(b"|")
        if words.decode() != secret:
            raise WrongPassphraseError
        return rest

    monkeypatch.setattr(sealing, "unlock", unlock)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_pc_keeps_its_keys_to_itself(identity):
    again = PcIdentity.load(identity.folder)
    assert again.signing.raw == identity.signing.raw
    assert again.receiving.secret == identity.receiving.secret
    assert again.device == identity.device
    assert all(map(is_private, [identity.folder, *identity.folder.iterdir()]))


def test_a_pc_has_one_identity_for_ever(identity):
    with pytest.raises(StoreError, match="もう作ってあります"):
        PcIdentity.create(identity.folder)
    assert PcIdentity.load(identity.folder).device == identity.device


def test_numbers_of_files_are_kept(identity):
    assert identity.read_sequence() == keys.LastFile(0, None)
    identity.write_sequence(1, "ab" * 32)
    identity.write_sequence(2, "cd" * 32)
    held = PcIdentity.load(identity.folder).read_sequence()
    assert (held.seq, held.previous) == (2, "cd" * 32)
    assert is_private(identity.folder / keys.SEQUENCE_FILE)


@pytest.mark.parametrize("name", [keys.PC_FILE, keys.SEQUENCE_FILE])
def test_a_damaged_key_file_is_said_and_kept(identity, name):
    identity.write_sequence(1, None)
    path = identity.folder / name
    good = path.read_bytes()
    for bad in (b"", good[:-4], b"{}", good.replace(b'"', b"'"), b"\xff" * 40):
        path.write_bytes(bad)
        with pytest.raises(StoreError, match="こわれています"):
            PcIdentity.load(identity.folder).read_sequence()
        assert path.read_bytes() == bad


def test_a_missing_identity_is_said(tmp_path):
    with pytest.raises(StoreError, match="見つかりません"):
        PcIdentity.load(tmp_path)
    assert not PcIdentity.exists(tmp_path)


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_key_that_cannot_be_written_stops_everything(tmp_path, monkeypatch, call):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(StoreError, match="保存できませんでした"):
            PcIdentity.create(tmp_path / "identity")
    assert list((tmp_path / "identity").iterdir()) == []
    PcIdentity.create(tmp_path / "identity")


def test_a_key_that_lies_otherwise_on_disk_stops_everything(tmp_path, monkeypatch):
    other = keys._pack(SigningKey.generate(), ReceivingKey.generate())
    monkeypatch.setattr(keys.key_files, "read", lambda _path: other)
    with pytest.raises(StoreError, match="こわれています"):
        PcIdentity.create(tmp_path / "identity")


def test_a_canary_that_does_not_sing_stops_everything(monkeypatch):
    receiving = ReceivingKey.generate()
    monkeypatch.setattr(sealing, "seal", lambda data, _to: data)
    with pytest.raises(StoreError, match="試験が通りませんでした"):
        keys.prove(SigningKey.generate(), [receiving])


def test_keys_are_proved_when_they_are_made_and_whenever_they_are_read(tmp_path, monkeypatch):
    identity = PcIdentity.create(tmp_path / "one")
    monkeypatch.setattr(sealing, "seal", lambda data, _to: data)
    with pytest.raises(StoreError, match="試験が通りませんでした"):
        PcIdentity.load(identity.folder)
    with pytest.raises(StoreError, match="試験が通りませんでした"):
        PcIdentity.create(tmp_path / "two")


@pytest.mark.usefixtures("quick")
def test_the_offices_keys_are_proved_whenever_they_are_read(tmp_path, monkeypatch):
    OfficeKeys.generate().save(tmp_path, "さくら", RecoveryKey.generate())
    monkeypatch.setattr(sealing, "seal", lambda data, _to: data)
    with pytest.raises(StoreError, match="試験が通りませんでした"):
        OfficeKeys.unlock(tmp_path, "さくら")


def test_the_recovery_key_is_one_seed():
    seed = bytes(range(32))
    recovery = RecoveryKey.from_age_identity(_identity(seed))
    assert age_identity.seed_of(recovery.secret) == seed
    assert age_identity.text_of(seed) == recovery.secret
    assert recovery.signing.raw == _hkdf(seed)
    again = RecoveryKey.from_age_identity(recovery.secret.lower() + "\n")
    assert (again.recipient, again.signing.public) == (recovery.recipient, recovery.signing.public)


def _identity(seed):
    """The age identity of a seed, by BIP 173, written a second time for this test."""
    alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    prefix = "age-secret-key-"
    bits = "".join(f"{byte:08b}" for byte in seed).ljust(260, "0")
    words = [int(bits[i : i + 5], 2) for i in range(0, 260, 5)]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = 1
    for value in [*spread, *words, 0, 0, 0, 0, 0, 0]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= part if top >> i & 1 else 0
    words += [(check ^ 1) >> 5 * (5 - i) & 31 for i in range(6)]
    return (prefix + "1" + "".join(alphabet[word] for word in words)).upper()


def _hkdf(seed):
    """HKDF-SHA256 by RFC 5869, written a second time for this test."""
    extracted = hmac.digest(b"\0" * 32, seed, "sha256")
    return hmac.digest(extracted, b"kashiwa-sasaeai recovery signing 1\x01", "sha256")


def test_a_recovery_key_copied_wrongly_is_refused():
    secret = RecoveryKey.generate().secret
    wrong = secret[:-1] + ("Q" if secret[-1] != "Q" else "P")
    with pytest.raises(RefusedError, match="書き写し"):
        RecoveryKey.from_age_identity(wrong)


def test_an_office_opens_with_its_words(tmp_path):
    office, recovery = OfficeKeys.generate(), RecoveryKey.generate()
    public = office.save(tmp_path / "identity", "さくら", recovery)
    held = OfficeKeys.unlock(tmp_path / "identity", "さくら")
    assert held.signing.raw == office.signing.raw
    assert held.receiving.secret == office.receiving.secret
    assert OfficePublic.load(tmp_path / "identity") == public
    assert public.office == hashlib.sha256(bytes.fromhex(office.signing.public)).hexdigest()
    assert public.recipients == (office.receiving.recipient, recovery.recipient)
    for path in (tmp_path / "identity").iterdir():
        assert is_private(path)
        assert office.signing.raw.hex().encode() not in path.read_bytes()
        assert recovery.secret.encode() not in path.read_bytes()


@pytest.mark.usefixtures("quick")
def test_wrong_words_open_nothing(tmp_path):
    OfficeKeys.generate().save(tmp_path, "さくら", RecoveryKey.generate())
    with pytest.raises(WrongPassphraseError):
        OfficeKeys.unlock(tmp_path, "うめ")


@pytest.mark.usefixtures("quick")
def test_an_office_is_made_once(tmp_path):
    first = OfficeKeys.generate()
    first.save(tmp_path, "さくら", RecoveryKey.generate())
    with pytest.raises(StoreError, match="もう作ってあります"):
        OfficeKeys.generate().save(tmp_path, "さくら", RecoveryKey.generate())
    assert OfficeKeys.unlock(tmp_path, "さくら").signing.raw == first.signing.raw


@pytest.mark.usefixtures("quick")
def test_an_office_half_made_is_made_anew(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(keys, "prove", lambda *_: (_ for _ in ()).throw(keys.key_files.damaged()))
        with pytest.raises(StoreError):
            OfficeKeys.generate().save(tmp_path, "さくら", RecoveryKey.generate())
    with pytest.raises(StoreError, match="見つかりません"):
        OfficeKeys.unlock(tmp_path, "さくら")
    second = OfficeKeys.generate()
    second.save(tmp_path, "さくら", RecoveryKey.generate())
    assert OfficeKeys.unlock(tmp_path, "さくら").signing.raw == second.signing.raw


@pytest.mark.usefixtures("quick")
def test_keys_of_two_offices_do_not_mix(tmp_path):
    a = OfficeKeys.generate().save(tmp_path / "a", "さくら", RecoveryKey.generate())
    b = OfficeKeys.generate().save(tmp_path / "b", "さくら", RecoveryKey.generate())
    mixed = tmp_path / "b" / keys.office_file(b.key)
    (tmp_path / "a" / keys.office_file(a.key)).replace(mixed)
    with pytest.raises(StoreError, match="こわれています"):
        OfficeKeys.unlock(tmp_path / "b", "さくら")


@pytest.mark.usefixtures("quick")
def test_a_public_part_with_another_recipient_is_damaged(tmp_path):
    """Files would be sealed to a key that nobody here has."""
    public = OfficeKeys.generate().save(tmp_path, "さくら", RecoveryKey.generate())
    other = ReceivingKey.generate().recipient
    msgspec.structs.replace(public, recipient=other).save(tmp_path)
    with pytest.raises(StoreError, match="こわれています"):
        OfficeKeys.unlock(tmp_path, "さくら")


@pytest.mark.usefixtures("quick")
def test_other_words_take_effect_only_once_they_opened_the_same_keys(tmp_path, monkeypatch):
    keys_of_office, other = OfficeKeys.generate(), OfficeKeys.generate()
    keys_of_office.save(tmp_path, "さくら", RecoveryKey.generate())
    with monkeypatch.context() as patch:
        patch.setattr(OfficeKeys, "_open", lambda *_: other)
        with pytest.raises(StoreError, match="こわれています"):
            keys_of_office.lock(tmp_path, "うめ")
    assert OfficeKeys.unlock(tmp_path, "さくら").packed() == keys_of_office.packed()


def test_a_key_file_is_not_written_over(tmp_path):
    path = tmp_path / "pc.key"
    keys.key_files.write(path, b"old")
    with pytest.raises(StoreError, match="もう作ってあります"):
        keys.key_files.write(path, b"new")
    assert path.read_bytes() == b"old"
    keys.key_files.write(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("quick")
def test_the_public_part_names_no_secret(tmp_path):
    OfficeKeys.generate().save(tmp_path, "さくら", RecoveryKey.generate())
    fields = json.loads((tmp_path / keys.OFFICE_PUBLIC_FILE).read_text(encoding="utf-8"))
    assert set(fields) == {"office", "key", "recipient", "recovery_key", "recovery_recipient"}
