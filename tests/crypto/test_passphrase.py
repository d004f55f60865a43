import subprocess
import sys

import pyrage
import pytest

from kashiwa_desktop.crypto import passphrase
from kashiwa_desktop.crypto.passphrase import WrongPassphraseError, lock, unlock
from kashiwa_desktop.errors import RefusedError, StoreError
from office_world import lock_cheaply

SECRET = "さくら 咲く🌸2026"


@pytest.fixture(scope="module")
def locked():
    return lock(b"data\0\xff", SECRET)


def test_only_the_right_words_open_it(locked):
    assert locked.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert unlock(locked, SECRET) == b"data\0\xff"
    with pytest.raises(WrongPassphraseError, match="合言葉がちがいます"):
        unlock(locked, SECRET + " ")


@pytest.mark.parametrize("damage", [b"", b"nonsense"])
def test_what_is_damaged_does_not_open(damage):
    with pytest.raises(WrongPassphraseError):
        unlock(damage, SECRET)


@pytest.mark.parametrize("empty", ["", " ", "　"])
def test_no_words_are_refused(empty):
    with pytest.raises(RefusedError, match="合言葉を入れて"):
        lock(b"", empty)


def test_the_words_go_neither_through_arguments_nor_environment(monkeypatch, locked):
    seen = []
    real = subprocess.run

    def watched(command, **options):
        seen.append((command, options["env"]))
        return real(command, **options)

    monkeypatch.setenv("KASHIWA_PASSPHRASE", SECRET)
    monkeypatch.setattr(subprocess, "run", watched)
    unlock(locked, SECRET)
    assert seen
    assert SECRET not in repr(seen)


def test_a_frozen_program_runs_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert passphrase._command() == [sys.executable, passphrase.WORKER]


@pytest.mark.parametrize("program", ["/bin/false", "/bin/true", "/nonexistent/program"])
@pytest.mark.posix("runs /bin/true")
def test_a_process_that_stops_is_said_and_is_not_the_words_fault(monkeypatch, program):
    monkeypatch.setattr(passphrase, "_command", lambda: [program])
    with pytest.raises(StoreError, match="途中で止まりました"):
        lock(b"data", SECRET)


def test_a_busy_pc_is_asked_again_and_right_words_are_never_called_wrong(monkeypatch):
    answers = [pyrage.DecryptError("Excessive work parameter for passphrase.")] * 3 + [b"data"]

    def decrypt(_data, _secret):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    ours = b"age-encryption.org/v1\n-> scrypt c2FsdA 18\nbody"
    monkeypatch.setattr(pyrage.passphrase, "decrypt", decrypt)
    answers[:0] = answers[:1] * 30
    assert passphrase._decrypt(ours, "x") == b"data"
    answers[:] = [pyrage.DecryptError("Decryption failed")]
    with pytest.raises(pyrage.DecryptError):
        passphrase._decrypt(ours, "x")


def test_patience_with_a_slow_pc_ends(monkeypatch):
    seconds = iter(range(0, 1_000, 30))
    asked = []

    def decrypt(_data, _secret):
        asked.append(1)
        raise pyrage.DecryptError("Excessive work parameter for passphrase.")

    monkeypatch.setattr(passphrase, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(pyrage.passphrase, "decrypt", decrypt)
    for work, times in ((18, 4), (28, 1)):
        asked.clear()
        with pytest.raises(pyrage.DecryptError):
            passphrase._decrypt(b"age-encryption.org/v1\n-> scrypt c2FsdA %d\n" % work, "x")
        assert len(asked) == times
    assert passphrase._PATIENCE < passphrase._SECONDS


def test_a_file_that_would_take_minutes_is_not_the_words_fault():
    slow = lock_cheaply(b"data", SECRET).replace(b" 4\n", b" 28\n", 1)
    with pytest.raises(StoreError, match="もう一度お試しください"):
        unlock(slow, SECRET)
