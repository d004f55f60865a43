"""A double-click opens each kind of travelling file: what the installers say, read as text.

``make test-windows`` runs the Windows one. The program's own side of it (a file as an argument) is
tested in ``app/test_window.py``.
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
NSIS = (PACKAGING / "windows" / "setup.nsi").read_text(encoding="utf-8")
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
ENDS = sorted(set(KINDS.values()) - {KINDS["journal"]})  # that one never leaves its archive
NAME = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]


def left_open(text):
    """Kinds of files that a double-click would not open, or whose mark would stay for ever."""
    given = set(re.findall(r'^  !insertmacro Ending "(\w+)" "[^"]+"$', text, re.MULTILINE))
    taken = set(re.findall(r'^  !insertmacro un\.Ending "(\w+)"$', text, re.MULTILINE))
    opens = r"""shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'""" in text
    return [end for end in ENDS if not opens or end[1:] not in given & taken]


def test_windows_opens_every_kind_of_file():
    assert len(ENDS) == 4
    assert left_open(NSIS) == []
    assert f'!define EXE "{NAME}.exe"' in NSIS
    assert NSIS.count("${RefreshShellIcons}") == 2


@pytest.mark.parametrize("end", ENDS)
def test_a_kind_that_is_left_out_is_seen(end):
    """The wrong variants: never registered, never taken back, a name with a blank cut in two."""
    for macro in ("Ending", "un.Ending"):
        without = re.sub(rf'^  !insertmacro {macro} "{end[1:]}".*$', "", NSIS, flags=re.MULTILINE)
        assert left_open(without) == [end]
    assert end in left_open(NSIS.replace('"%1"', "%1"))


def test_the_installer_asks_for_no_rights_and_keeps_away_from_the_records():
    assert "RequestExecutionLevel user" in NSIS
    assert "HKLM" not in NSIS
    removed = re.findall(r"(?:RMDir|Delete) (?:/r )?\"([^\"]+)", NSIS)
    assert all(place.startswith(("$INSTDIR", "$SMPROGRAMS", "$DESKTOP")) for place in removed)
    assert 'InstallDir "$LOCALAPPDATA\\Programs\\kashiwa-desktop"' in NSIS


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
