"""A double-click opens each kind of travelling file: what the installers say, read as text.

Inno Setup and a desktop cannot be run here; the program's own side of it (a file as an argument)
is tested in ``app/test_window.py``.
"""

import configparser
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kashiwa_desktop.app.front_door import _split_files
from kashiwa_desktop.bundle.header import KINDS

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
INNO = (PACKAGING / "kashiwa.iss").read_text(encoding="utf-8-sig")
ENTRY = re.compile(r'^Root: HKCU; Subkey: "([^"]+)"; ValueType: string; ValueData: "(.*?)"(?:;|$)')
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
ENDS = sorted(set(KINDS.values()) - {KINDS["journal"]})  # that one never leaves its archive
NAME = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]


def registered(text):
    """{key: value} of what the installer writes for one person."""
    return dict(found.groups() for line in text.splitlines() if (found := ENTRY.match(line)))


def left_open(text):
    """Kinds of files that a double-click would not open."""
    keys = registered(text)
    missing = []
    for end in ENDS:
        kind = keys.get(rf"Software\Classes\{end}", "")
        command = keys.get(rf"Software\Classes\{kind}\shell\open\command", "")
        if command != r'""{app}\{#Program}"" ""%1""':
            missing.append(end)
    return missing


def test_windows_opens_every_kind_of_file():
    assert len(ENDS) == 4
    assert left_open(INNO) == []
    assert f'#define Program "{NAME}.exe"' in INNO
    assert "ChangesAssociations=yes" in INNO


@pytest.mark.parametrize("end", ENDS)
def test_a_kind_that_is_left_out_is_seen(end):
    """The wrong variant of each."""
    without = "\n".join(line for line in INNO.splitlines() if end[1:] not in line)
    assert left_open(without) == [end]
    unquoted = INNO.replace(f'Kashiwa{end}\\shell\\open\\command"; ValueType: string; '
                            'ValueData: """{app}', f'Kashiwa{end}\\shell\\open\\command"; '
                            'ValueType: string; ValueData: "{app}')  # fmt: skip
    assert left_open(unquoted) == [end]


def test_the_installer_asks_for_no_rights_and_keeps_away_from_the_records():
    assert "PrivilegesRequired=lowest" in INNO
    assert "HKLM" not in INNO
    assert "[UninstallDelete]" not in INNO
    assert (PACKAGING / "kashiwa.iss").read_bytes().startswith(b"\xef\xbb\xbf")


def test_linux_opens_every_kind_of_file():
    entry = configparser.RawConfigParser()
    entry.optionxform = str
    entry.read(PACKAGING / "linux" / f"{NAME}.desktop", encoding="utf-8")
    opens = set(filter(None, entry["Desktop Entry"]["MimeType"].split(";")))
    assert entry["Desktop Entry"]["Exec"] == f"{NAME} %F"
    tree = ElementTree.parse(PACKAGING / "linux" / f"{NAME}.xml")
    kinds = {
        glob.get("pattern"): kind.get("type")
        for kind in tree.iter(f"{MIME}mime-type")
        for glob in kind.iter(f"{MIME}glob")
    }
    assert sorted(kinds) == [f"*{end}" for end in ENDS]
    assert set(kinds.values()) == opens
    assert all(kind.find(f"{MIME}comment").text for kind in tree.iter(f"{MIME}mime-type"))


@pytest.mark.parametrize("end", ENDS)
def test_the_program_takes_what_a_double_click_gives_it(end):
    name = f"柏 花子 2026-10{end.upper()}"
    assert _split_files([name]) == ([], [Path(name)])
