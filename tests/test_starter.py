"""The folder for an office of strangers says what the program does: commands run, buttons exist."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.records.tidying import KEPT_DAYS

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "packaging" / "starter"
PAGES = sorted(FOLDER.glob("[1-8]-*.md"))
BUTTON = re.compile(r"［([^］]+)］")
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)


def said_by_the_program():
    """Every text of the sources."""
    found = set()
    for path in (ROOT / "src" / "kashiwa_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def unknown_buttons(text, said):
    """Buttons that stand in brackets and that no screen has."""
    words = set(BUTTON.findall(text)) - {" "}
    return sorted(w for w in words if not any(w == s or s.startswith(w) for s in said))


def commands(page):
    return "\n".join(BLOCK.findall(page.read_text(encoding="utf-8")))


def test_all_eight_are_there_and_listed():
    assert [p.name[0] for p in PAGES] == list("12345678")
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(p.name in listed for p in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name[0])
def test_every_button_it_names_is_on_a_screen(page):
    assert unknown_buttons(page.read_text(encoding="utf-8"), said_by_the_program()) == []


def test_a_button_that_was_renamed_would_be_seen():
    assert unknown_buttons("［提出してしまう］を押します", said_by_the_program()) == [
        "提出してしまう"
    ]


def test_who_helps_on_the_telephone_finds_every_screen():
    screens = re.findall(r"^\| (\d+) \| ([^|]+?) \|", (ROOT / "docs" / "screens.md").read_text(
        encoding="utf-8"), re.M)  # fmt: skip
    page = next(p for p in PAGES if p.name[0] == "4").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\d+) \| ([^|]+?) \|", page, re.M)
    assert told == screens


def test_folders_and_days_are_those_of_the_program():
    page = next(p for p in PAGES if p.name[0] == "5").read_text(encoding="utf-8")
    folder = DataFolder(Path("x"))
    parts = ("identity", "archive", "waiting", "copies", "attachments", "log")
    for name in (folder.store.name, *(getattr(folder, part).name for part in parts)):
        assert f"`{name}`" in page or f"`{name}/`" in page
    assert f"{KEPT_DAYS}日のあいだ戻せます" in page
    assert f"年度のあと{Office().keep_years}年" in page


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda p: p.name[0])
def test_its_commands_run_as_they_stand(page, tmp_path):
    program = tmp_path / "kashiwa-desktop"
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m kashiwa_desktop "$@"\n', encoding="utf-8"
    )
    program.chmod(0o700)
    own = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}", "KASHIWA_PASSPHRASE": "mihon no aikotoba",
        "KASHIWA_NOW": "2026-11-12T10:00", "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    script = "set -eu\n" + commands(page)
    for demo in re.findall(r"demo --out (\S+)", script):  # an office's own 合言葉 stands beside it
        script = script.replace(
            f"--data-dir {demo}/office", f"--passphrase-file {demo}/passphrase.txt "
            f"--data-dir {demo}/office",
        )  # fmt: skip
    done = subprocess.run(
        [shutil.which("sh"), "-c", script], cwd=tmp_path, env={**os.environ, **own},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
