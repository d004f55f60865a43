"""The folder for an office of strangers says what the program does: commands run, buttons exist."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from kashiwa_desktop import logs
from kashiwa_desktop.domain import copy_keeping
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.records.tidying import KEPT_DAYS
from kashiwa_desktop.services.safety.recovering import ASIDE, NEWER

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "packaging" / "starter"
PAGES = sorted(FOLDER.glob("[1-8]-*.md"))
SCREENS = (ROOT / "docs" / "screens.md").read_text(encoding="utf-8")
BUTTON = re.compile(r"［([^］]+)］")
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)


def said_by_the_program():
    """Every text of the sources that can be seen: what describes the code is none."""
    found = set()
    for path in (ROOT / "src" / "kashiwa_desktop").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in told
        }
    return found


def _is_form(text):
    """Whether a text with something to fill in says enough to be known again."""
    return "%s" in text and len(text.replace("%s", "")) >= 4 and len(text) < 40


def unknown_buttons(text, said):
    """Buttons that stand in brackets and that no screen has, word for word."""
    forms = [re.compile(".*".join(map(re.escape, s.split("%s")))) for s in said if _is_form(s)]
    words = set(BUTTON.findall(text)) - {" "}
    return sorted(w for w in words if w not in said and not any(f.fullmatch(w) for f in forms))


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


def test_a_button_that_only_begins_so_or_is_described_would_be_seen():
    said = said_by_the_program()
    assert unknown_buttons("［いま写しを］［Screen 19, 記録を開けません］", said) == [
        "Screen 19, 記録を開けません", "いま写しを",
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name[0])
def test_a_screen_is_called_what_it_is_called(page):
    titles = dict(re.findall(r"^\| (\d+) \| ([^|]+?) \|", SCREENS, re.M))
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"「([^」]+)」\(画面 (\d+)\)", text)
    assert [(title, n) for title, n in named if titles.get(n) != title] == []
    assert set(re.findall(r"画面 (\d+)", text)) <= titles.keys()


def test_what_is_read_out_without_a_number_is_what_the_program_says():
    page = next(p for p in PAGES if p.name[0] == "4").read_text(encoding="utf-8")
    rows = re.findall(r"^\| 「([^」]+)」 \|", page, re.M)
    said = "\n".join(said_by_the_program()).replace("%s", "…")
    parts = [part for row in rows for part in row.split("…")]
    assert len(rows) >= 7
    assert [part for part in parts if part not in said] == []


def test_who_helps_on_the_telephone_finds_every_screen():
    screens = re.findall(r"^\| (\d+) \| ([^|]+?) \|", SCREENS, re.M)
    page = next(p for p in PAGES if p.name[0] == "4").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\d+) \| ([^|]+?) \|", page, re.M)
    assert told == screens


def test_folders_and_days_are_those_of_the_program():
    page = next(p for p in PAGES if p.name[0] == "5").read_text(encoding="utf-8")
    folder = DataFolder(Path("x"))
    parts = ("identity", "archive", "waiting", "copies", "attachments", "updates", "log")
    for name in (folder.store.name, *(getattr(folder, part).name for part in parts)):
        assert f"`{name}`" in page or f"`{name}/`" in page
    assert f"{KEPT_DAYS}日のあいだ戻せます" in page
    assert f"年度のあと{Office().keep_years}年" in page
    kept = f"{copy_keeping.DAYS}日分、{copy_keeping.WEEKS}週分、{copy_keeping.MONTHS}か月分"
    assert kept in page
    lifted = f"{copy_keeping.LIFTED_FOR.days}日、新しい順に{copy_keeping.LIFTED}つまで"
    assert lifted in page
    assert f"| ログ | 同じパソコン | {logs.KEPT_DAYS}日 |" in page
    for name in (ASIDE, NEWER):
        assert f"`{name}…`" in page


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


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Every page as it is printed."""
    out = tmp_path_factory.mktemp("starter")
    made = [sys.executable, str(FOLDER / "make_pdfs.py"), str(out)]
    subprocess.run(made, check=True, capture_output=True)
    return out


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name[0])
def test_each_page_can_be_printed_whole(page, printed):
    with pikepdf.open(printed / f"{page.stem}.pdf") as paper:
        pages = len(paper.pages)
        width, height = (float(n) for n in paper.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
    assert pages <= 3
    assert pages == 1 or page.name[0] != "3", "the one sheet for promoters"
