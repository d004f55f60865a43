"""The office's keys changed, forgotten, stolen and spoiled (RELIABILITY.md R59): what is lost.

Each tells its figure, and is shown wrong once: without the step that saves it, it must fail.
"""

import pytest

from conftest import FULL
from kashiwa_desktop.crypto import keys as key_room
from kashiwa_desktop.crypto.keys import OfficeKeys, PcIdentity, RecoveryKey
from kashiwa_desktop.crypto.sealing import WrongPassphraseError
from kashiwa_desktop.errors import AppError, FileRefusedError, RefusedError, StoreError
from kashiwa_desktop.services.key_list import keys_body, listed_keys, present_keys
from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.safety.guarding import Guarding
from kashiwa_desktop.services.safety.keeping import Keeping
from office_world import WORDS, cheap_words
from services.key_scenes import (
    LATE,
    FailingDisk,
    archive_of,
    cheap_locks,
    edited,
    held,
    new_pc,
    office_works,
    rebuilt_in,
    receive,
    returned,
    settings,
    take_in,
    unlocked,
    whole,
)

NEW_WORDS = "あたらしい ことば"

_cheap = pytest.fixture(autouse=True)(cheap_locks)


def test_the_words_are_changed(town):
    office = town.office()
    Guarding(office).change_words(unlocked(office), NEW_WORDS)
    assert unlocked(office, NEW_WORDS).signing.raw == town.keys.signing.raw
    with pytest.raises(WrongPassphraseError):
        unlocked(office)
    assert [p.name for p in office.folder.identity.iterdir() if "new" in p.name] == []


def test_forgotten_words_are_replaced_with_the_recovery_key(town, figure):
    unsent = town.month()  # still sealed to the key whose words nobody knows
    office = town.office(LATE)
    with pytest.raises(RefusedError, match="この事務局の予備のかぎではありません"):
        Guarding(office).recover(RecoveryKey.generate(), NEW_WORDS)  # wrong: somebody else's
    assert unlocked(office).signing.raw == town.keys.signing.raw
    recovery = RecoveryKey.from_text("\n".join(map(" ".join, town.recovery.words())))
    new = Guarding(office).recover(recovery, NEW_WORDS)
    with pytest.raises(WrongPassphraseError):
        unlocked(office)
    assert unlocked(office, NEW_WORDS).signing.raw == new.signing.raw
    (sealed,) = take_in(town, unsent, keys=new)
    assert sealed.reason == "unreadable"
    (opened,) = take_in(town, unsent, keys=new.and_reading([recovery.receiving]))
    assert (opened.state, opened.new) == ("new", 4)
    PromoterSetup(town.pc()).read(settings(town, new), "P001")
    edited(town.pc(), 20)
    assert take_in(town, town.submit(), keys=new)[0].new == 2
    assert receive(town.pc(), returned(town, keys=new)).state == "same"
    whole(office)
    figure(f"lost records 0 of {len(held(office, 'P001'))}")


@pytest.mark.parametrize("by_recovery", [False, True])
def test_keys_are_changed_and_promoters_follow(town, figure, by_recovery):
    old, office = town.keys, town.office(LATE)
    under_way = town.month()
    before = returned(town)
    recovery = town.recovery if by_recovery else None
    new = Guarding(office).rotate(old, WORDS, recovery)
    assert unlocked(office).signing.raw == new.signing.raw
    assert not (office.folder.identity / key_room.office_file(old.signing.public)).exists()
    assert take_in(town, under_way, keys=new)[0].new == 4  # sealed to the old key
    pc = town.pc(at=LATE)
    answer = returned(town, keys=new)
    with pytest.raises(FileRefusedError) as refused:
        receive(pc, answer)  # wrong: before the list of keys arrived
    assert refused.value.code == "unknown_device"
    receive(pc, settings(town, new))
    assert receive(pc, answer).state == "same"
    assert receive(pc, before).state == "same"  # what the retired key signed stays good
    edited(pc, 20)
    assert take_in(town, town.submit(), keys=new)[0].new == 2
    fresh = new_pc(town, "P002-new", "P002", settings(town, new))
    with fresh.db.read() as tx:
        assert {old.signing.public, new.signing.public} < listed_keys(tx)
        assert [p.key for p in present_keys(keys_body(tx))] == [new.signing.public]
    whole(office)
    figure("lost records 0, files refused wrongly 0")


def test_a_pc_that_missed_two_changes_follows_the_chain(town):
    office = town.office(LATE)
    second = Guarding(office).rotate(town.keys, WORDS)
    third = Guarding(office).recover(town.recovery, NEW_WORDS)
    fourth = Guarding(office).rotate(third, NEW_WORDS)
    receive(town.pc(), settings(town, fourth))
    with town.pc().db.read() as tx:
        assert {k.signing.public for k in (town.keys, second, third, fourth)} < listed_keys(tx)
    stranger = OfficeKeys.generate()
    with pytest.raises(FileRefusedError) as refused:
        receive(town.pc("P002"), settings(town, stranger))
    assert refused.value.code == "other_office"


def test_what_a_stolen_key_signs_counts_no_more(town, figure):
    office = town.office(LATE)
    take_in(town, town.month())
    by_thief = returned(town)
    forged = settings(town)
    new = Guarding(office).rotate(town.keys, WORDS, town.recovery, revoked=True)
    told, untold = town.pc("P001"), town.pc("P002")
    receive(told, settings(town, new))
    for path in (by_thief, forged):
        with pytest.raises(FileRefusedError) as refused:
            receive(told, path)
        assert refused.value.code in ("unknown_device", "other_office")
    assert receive(untold, forged).state == "same"  # wrong: a PC that was not told yet
    assert receive(told, returned(town, keys=new)).state == "same"
    archive, before = archive_of(town), held(office, "P001")
    again, found = rebuilt_in(town, "rebuilt", archive, WORDS, town.recovery)
    assert found.unread == ()
    assert held(again, "P001") == before  # the office's own old files stay readable
    figure(f"lost records 0 of {len(before)}, forged files accepted 0 of 2")


CHANGES = {
    "rotate": lambda town, office: Guarding(office).rotate(town.keys, WORDS),
    "words": lambda town, office: Guarding(office).change_words(town.keys, NEW_WORDS),
    "recover": lambda town, office: Guarding(office).recover(town.recovery, NEW_WORDS),
}


def change_failing_at(towns, change, step):
    """Make a change on a disk that fails at a step; returns (its town, whether it was done)."""
    town = towns()
    office = town.office(LATE)
    disk = FailingDisk(step)
    done = True
    with disk.plugged_in():
        try:
            CHANGES[change](town, office)
        except AppError:
            done = False
    return town, done and disk.steps < step


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_keys_may_fail_at_every_step(towns, figure, change):
    step, ended = 0, False
    while not ended:
        step += 1
        town, ended = change_failing_at(towns, change, step)
        works = 0
        for words in (WORDS, NEW_WORDS):
            try:
                office_works(town, words)
                works += 1
            except (WrongPassphraseError, StoreError):
                continue
        assert works == 1, step
        with cheap_words():
            CHANGES["recover"](town, town.office(LATE))
            office_works(town, NEW_WORDS)
        town.close()
    assert step > 8
    figure(f"steps at which the disk failed {step - 1}, offices locked out 0")


def test_without_finishing_what_stopped_an_office_would_be_locked_out(towns, monkeypatch):
    monkeypatch.setattr(OfficeKeys, "follow", staticmethod(lambda *_: None))
    wrong, step, ended = 0, 0, False
    while not ended:
        step += 1
        town, ended = change_failing_at(towns, "rotate", step)
        try:
            office_works(town, WORDS)
        except AssertionError:
            wrong += 1
        town.close()
    assert wrong > 0


def test_a_pcs_new_identity_may_fail_at_every_step(towns, figure):
    step, ended = 0, False
    while not ended:
        step += 1
        town = towns()
        pc = town.pc()
        disk = FailingDisk(step)
        with disk.plugged_in():
            try:
                PromoterSetup(pc).new_identity()
                ended = disk.steps < step
            except AppError:
                ended = False
        PcIdentity.load(pc.folder.identity)  # some keys are there and proved
        PromoterSetup(pc).new_identity()
        assert Keeping(pc).check() == []
        town.close()
    assert step > 5
    figure(f"steps at which the disk failed {step - 1}, PCs without keys 0")


def flips(data):
    """One bit flipped at each byte (in CI at some), then cut at as many lengths."""
    every = 1 if FULL else max(1, len(data) // 24)
    for n in range(0, len(data), every):
        yield data[:n] + bytes([data[n] ^ 1 << n % 8]) + data[n + 1 :]
        yield data[:n]


def test_a_key_file_spoiled_at_any_byte_is_said_and_kept(town, figure):
    pc, office = town.pc(), town.office()
    tried = 0

    def sweep(path, read, good):
        nonlocal tried
        kept = path.read_bytes()
        for bad in flips(kept):
            path.write_bytes(bad)
            tried += 1
            try:
                assert read() == good
            except (StoreError, WrongPassphraseError):
                assert path.read_bytes() == bad
        path.write_bytes(kept)
        assert read() == good

    folder = pc.folder.identity
    sweep(folder / "pc.key", lambda: PcIdentity.load(folder).device, PcIdentity.load(folder).device)
    folder, public = office.folder.identity, town.keys.signing.public
    for name in (key_room.office_file(public), "office.json"):
        sweep(folder / name, lambda: unlocked(office).signing.public, public)
    figure(f"spoiled key files {tried}, other keys taken for ours 0")


def test_a_pc_whose_keys_are_spoiled_makes_new_ones(town):
    town.month()
    before = held(town.pc(), "P001")
    path = town.folder("P001").identity / "pc.key"
    path.write_bytes(b"{}")
    with pytest.raises(StoreError, match="こわれています"):
        town.submit()
    PromoterSetup(town.pc()).new_identity()
    take_in(town, town.submit(), accept_new_device=True)
    assert held(town.office(), "P001") == before
