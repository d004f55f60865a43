"""New versions by command: named, laid beside what is handed out, looked for, put in."""

from pathlib import Path

import pytest

from kashiwa_desktop import __version__
from kashiwa_desktop.cli import updating
from kashiwa_desktop.domain.release import LINUX, WINDOWS
from kashiwa_desktop.services.safety.updating import ANOTHER
from kashiwa_desktop.services.travel import setup_start
from kashiwa_desktop.services.travel.setup_start import SetupStart
from kashiwa_desktop.services.travel.sticks import Sticks
from services.key_scenes import receive, take_in
from services.safety.test_updating import BYTES, NAME


@pytest.fixture
def file(tmp_path):
    made = tmp_path / NAME
    made.write_bytes(BYTES)
    return made


@pytest.fixture
def named(town, at, file):
    """The office names the file, knows a month of P001, and gave him a return."""
    take_in(town, town.month())
    town.close()
    said = at(
        "office", "office", "release", file, "--notes", "速くなりました", "見やすくなりました"
    )
    assert said.status == 0
    return said.value


def test_it_is_named_with_what_is_new_and_who_is_behind(named, at, file):
    assert named["release"]["version"] == "9.1.0"
    assert named["release"]["notes"] == ["速くなりました", "見やすくなりました"]
    assert [one["file"] for one in named["releases"]] == [NAME]
    assert {"promoter": "P001", "name": "試験 花子", "app": __version__} in named["behind"]
    assert at("office", "office", "release").value == named
    assert at("office", "office", "release", "--none").value["release"] is None
    assert at("office", "office", "release").value == {
        "release": None, "releases": [], "behind": [],
    }  # fmt: skip


def test_a_file_of_another_name_is_refused(at, tmp_path):
    (tmp_path / "setup.exe").write_bytes(BYTES)
    said = at("office", "office", "release", tmp_path / "setup.exe")
    assert (said.status, said.value["code"]) == (1, "not_a_release")


def test_it_is_laid_beside_settings_files_and_returns(named, at, town, file):
    file.unlink()
    for words in (
        ("office", "setup-file", "--out"), ("return-file", "--promoter", "P001", "--out"),
    ):  # fmt: skip
        out = town.out()
        said = at("office", *words, out)
        assert (said.status, said.value["laid"]) == (0, [])
        assert not (out / NAME).exists()
        out = town.out()
        said = at("office", *words, out, "--with-release")
        assert (said.status, said.value.get("laid"), said.err) == (0, [str(out / NAME)], "")
        assert (out / NAME).read_bytes() == BYTES


def test_it_is_laid_by_itself_too(named, at, town, tmp_path):
    out = town.out()
    said = at("office", "office", "release-to", out)
    assert (said.status, said.value["file"]) == (0, str(out / NAME))
    assert at("office", "office", "release-to", out / "none").status == 2


@pytest.fixture
def knowing(named, at, town):
    made = at("office", "return-file", "--promoter", "P001", "--out", town.out(), "--with-release")
    stick = town.root / "stick"
    stick.mkdir()
    (stick / NAME).write_bytes(BYTES)
    receive(town.pc(at="2026-11-20T10:00"), Path(made.value["file"]))
    town.close()
    return stick


def test_a_promoter_looks_and_puts_it_in(knowing, at, monkeypatch):
    monkeypatch.setattr(setup_start, "system", lambda: WINDOWS)
    started = []
    monkeypatch.setattr(SetupStart, "start", lambda _self, *given: started.append(given))
    said = at("P001", "update", "--from", knowing)
    assert (said.status, said.value["offer"]["version"], started) == (0, "9.1.0", [])
    assert at("P001", "update", "--from", knowing, "--install").status == 0
    assert [file.name for file, _ in started] == [NAME]
    (knowing / NAME).write_bytes(bytes(len(BYTES)))
    (started[0][0]).unlink()
    said = at("P001", "update", "--from", knowing, "--install")
    assert (said.status, said.value["refused"]) == (1, ANOTHER)
    assert len(started) == 1


@pytest.mark.posix("takes a folder for a stick")
def test_without_a_folder_the_sticks_are_looked_at(knowing, at, monkeypatch):
    monkeypatch.setattr(setup_start, "system", lambda: WINDOWS)
    monkeypatch.setattr(
        updating, "Sticks", lambda: Sticks([knowing.parent], lambda p: p == knowing)
    )
    assert at("P001", "update").value["offer"]["file"] == NAME


def test_on_another_system_there_is_nothing_for_it(knowing, at, monkeypatch):
    monkeypatch.setattr(setup_start, "system", lambda: LINUX)
    assert at("P001", "update", "--from", knowing).value == {"offer": None, "refused": None}
