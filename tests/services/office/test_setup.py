"""The office's beginning, its settings file, and a promoter's PC that reads it."""

import shutil
from datetime import date

import pytest

import office_world
from kashiwa_desktop.bundle import writer
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import AppError, FileRefusedError, RefusedError
from kashiwa_desktop.paths import is_private
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup, office_number
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.sending import APP
from office_world import AREAS, PEOPLE, WORDS


def new_pc(town, name="new"):
    return PromoterSetup(town.open(name, "2026-11-01T09:00"))


def test_a_pc_learns_whose_it_is(town):
    welcome = new_pc(town).read(town.settings, "P001")
    assert (welcome.promoter, welcome.name, welcome.areas) == ("P001", "試験 花子", ("見本台",))
    assert welcome.office == town.office_id
    assert welcome.office_number == office_number(town.office_id)
    assert len(welcome.office_number) == 19


def test_a_settings_file_can_be_looked_at_first(town):
    people = new_pc(town).look(town.settings)
    assert {p.promoter: p.name for p in people.people} == {n: p[0] for n, p in PEOPLE.items()}
    assert len(people.areas) == len(AREAS)
    assert Keeping(town.open("new", "2026-11-01T09:00")).digest()[1] == 0


def test_the_keys_of_a_pc_are_private_and_its_own(town):
    for name in ("one", "two"):
        new_pc(town, name).read(town.settings, "P001")
    paths = [town.folder(name).identity / "pc.key" for name in ("one", "two")]
    assert paths[0].read_bytes() != paths[1].read_bytes()
    assert all(map(is_private, paths))


def test_the_same_settings_again_change_nothing(town):
    before = Keeping(town.pc()).digest()
    assert PromoterSetup(town.pc()).read(town.settings, "P001").promoter == "P001"
    assert Keeping(town.pc()).digest() == before


def test_newer_settings_come_in_over_older_ones(town):
    RosterService(town.office()).end("P001", "A1", date(2026, 11, 30), "任期")
    out = town.root / "newer.kssc"
    OfficeSetup(town.office()).setup_file(out, town.keys)
    PromoterSetup(town.pc()).read(out, "P001")
    held = RosterService(town.pc()).roster()
    assert [a.last for a in held.of_promoter("P001")] == [date(2026, 11, 30)]
    assert held.active(Month(2026, 12), "P001") == []


def test_another_number_on_a_used_pc_is_refused(town):
    with pytest.raises(RefusedError) as told:
        PromoterSetup(town.pc()).read(town.settings, "P002")
    assert told.value.code == "other_person"
    with pytest.raises(RefusedError):
        PromoterSetup(town.office()).read(town.settings, "P001")


def test_a_number_that_is_not_named_is_refused_and_nothing_stays(town):
    with pytest.raises(RefusedError) as told:
        new_pc(town).read(town.settings, "P999")
    assert told.value.code == "not_in_settings"
    assert Keeping(town.open("new", "2026-11-01T09:00")).digest()[1] == 0
    assert list(town.folder("new").identity.iterdir()) == []


@pytest.fixture
def stranger(quick):
    other = office_world.make(quick / "stranger", {"P001": ("試験 花子", "シケン", "A1")})
    yield other
    other.close()
    shutil.rmtree(other.root)


def test_the_settings_of_another_office_are_refused(town, stranger):
    before = Keeping(town.pc()).digest()
    with pytest.raises(FileRefusedError) as told:
        PromoterSetup(town.pc()).read(stranger.settings, "P001")
    assert told.value.code == "other_office"
    assert Keeping(town.pc()).digest() == before


def test_settings_that_a_stranger_signed_in_our_name_are_refused(town, stranger):
    """Our lines, his signature: he is in no list that the first key of our office vouches for."""
    lines = town.settings.read_bytes().split(b"\n")[2:-1]
    draft = writer.HeaderDraft(
        kind="setup", promoter=None, recipient=stranger.keys.receiving.recipient, seq=1,
        previous=None, office=town.office_id, settings="2026-04-01", app=APP,
        made_at="2026-04-01T09:00:00+09:00",
    )  # fmt: skip
    built = writer.build(draft, lines, stranger.keys.signing)
    path = town.root / "forged.kssc"
    path.write_bytes(writer.pack(built, []))
    for setup in (PromoterSetup(town.pc()), new_pc(town)):
        with pytest.raises(FileRefusedError):
            setup.read(path, "P001")


def test_a_damaged_settings_file_is_refused(town):
    data = bytearray(town.settings.read_bytes())
    data[len(data) // 2] ^= 1
    town.settings.write_bytes(data)
    with pytest.raises(FileRefusedError):
        new_pc(town).read(town.settings, "P001")


def test_an_office_begins_once_and_with_words(town, quick):
    setup = OfficeSetup(town.office())
    with pytest.raises(RefusedError) as told:
        setup.begin("もう一度", AREAS, WORDS)
    assert told.value.code == "already_set_up"
    fresh = OfficeSetup(town.open("fresh", "2026-04-01T09:00"))
    with pytest.raises(RefusedError) as told:
        fresh.begin("ことばなし", AREAS, "")
    assert told.value.code == "no_passphrase"
    assert list(town.folder("fresh").identity.iterdir()) == []


def test_the_keys_open_with_the_words_only(town):
    setup = OfficeSetup(town.office())
    assert setup.unlock(WORDS).signing.public == town.keys.signing.public
    for wrong in ("ちがう", "", None):
        with pytest.raises(AppError):
            setup.unlock(wrong)
