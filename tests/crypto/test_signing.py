import pytest

from kashiwa_desktop.crypto.signing import SigningKey, device_of, verify

# RFC 8032, section 7.1, test 2
SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNED = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
ORDER = 2**252 + 27742317777372353535851937790883648493


def test_signs_as_the_standard_says():
    key = SigningKey.from_bytes(bytes.fromhex(SEED))
    assert key.public == PUBLIC
    assert key.sign(b"\x72") == SIGNED
    assert verify(PUBLIC, b"\x72", SIGNED)


def test_the_device_is_the_hash_of_the_public_key():
    key = SigningKey.generate()
    assert key.device == device_of(key.public)
    assert len(key.device) == 64
    assert SigningKey.from_bytes(key.raw).public == key.public


@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [
        (PUBLIC, b"\x73", SIGNED),
        (PUBLIC, b"\x72", SIGNED.upper()),
        (PUBLIC.upper(), b"\x72", SIGNED),
        (PUBLIC, b"\x72", SIGNED[:-2]),
        (PUBLIC, b"\x72", SIGNED + "\n"),
        (PUBLIC, b"\x72", ""),
        ("ff" * 32, b"\x72", SIGNED),
        ("zz" * 32, b"\x72", SIGNED),
    ],
)
def test_anything_else_is_not_that_signature(public, message, signature):
    assert not verify(public, message, signature)


def test_a_signature_has_one_form_only():
    number = int.from_bytes(bytes.fromhex(SIGNED[64:]), "little") + ORDER
    second = SIGNED[:64] + number.to_bytes(32, "little").hex()
    assert not verify(PUBLIC, b"\x72", second)


def test_a_key_does_not_show_itself():
    key = SigningKey.generate()
    assert key.raw.hex() not in repr(key)
