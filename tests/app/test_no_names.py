"""R57: no name in any log, crash note, support file, temporary file or setting, whatever breaks.

Each place of both windows is opened; everything that a page asks of its store breaks with a canary
in its message, in windows, in jobs, in threads, in the hooks of the interpreter and of Qt.
The title of the window names the person on purpose (PRODUCT.md §2) and is written nowhere.
"""

import logging
import os
import sys
import threading
import zipfile

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from kashiwa_desktop import logs
from kashiwa_desktop.app import starting
from kashiwa_desktop.app.office_pages import OfficeWindow
from kashiwa_desktop.app.promoter_pages import PromoterWindow
from kashiwa_desktop.app.support import write_support
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.storage.database import Database
from ui.measure import settle

CANARY = "ﾃｽﾄ花子-7f3a"
SPELLED = "hanako-7f3a"
NAMED = ("柏 花子", "柏", "花子")
"""What the sample world calls the person whose folder is opened."""


class BrokenError(Exception):
    """A bug with a name in it."""


def broken(*_args, **_options):
    raise BrokenError(CANARY, f"/home/{SPELLED}/store.db")


def files_under(*roots):
    return [path for root in roots for path in sorted(root.rglob("*")) if path.is_file()]


def hits(paths):
    wanted = [text.encode() for text in (CANARY, SPELLED, *NAMED)]
    return [
        f"{path.name}: {w.decode()}" for path in paths for w in wanted if w in path.read_bytes()
    ]


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Where a program may leave something behind: home, settings, cache, temporary files."""
    home, temporary = tmp_path / SPELLED, tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("TMPDIR", str(temporary))
    return home, temporary


def break_everything(window, jobs, monkeypatch):
    """Open each place with a store that breaks, and let jobs, threads and hooks break too."""
    met = 0
    with monkeypatch.context() as patch:
        patch.setattr(Database, "read", broken)
        patch.setattr(Database, "write", broken)
        for number in range(len(window._places)):
            try:
                window.open_place(number)
            except BrokenError as error:
                sys.excepthook(BrokenError, error, error.__traceback__)
                met += 1
            settle()
        job = jobs.start(broken)
        job.failed.connect(lambda _error: None)
    while jobs.busy:
        QApplication.processEvents()
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    sys.excepthook(StoreError, StoreError(CANARY, code="x", name=CANARY), None)
    logging.getLogger("kashiwa_desktop").error("text %s", CANARY)
    logs.note("event", name=CANARY, path=f"/home/{SPELLED}")
    return met + 2


def leaky(_self, record):
    """The wrong variant: what everybody writes by default."""
    return f"{record.levelname} {record.getMessage()} {record.exc_info and record.exc_info[1]!r}"


def run(day, look, jobs, monkeypatch, places):
    """Go through both windows with the log on; returns (bugs met, every file left behind)."""
    home, temporary = places
    monkeypatch.setattr("kashiwa_desktop.app.window.start_qt", starting.start_qt, raising=False)
    before = qInstallMessageHandler(starting._to_log)
    os.umask(0)
    met, told = 0, []
    try:
        for folder, when, kind in (
            (day.promoter, office_day.PROMOTER_DAY, PromoterWindow),
            (day.office, office_day.MORNING, OfficeWindow),
        ):
            with office_day.opened(folder, when) as store:
                os.umask(0)
                with logs.kept_in(folder.log), logs.bugs_caught(told.append):
                    window = kind(store, jobs, look)
                    starting._to_log(QtMsgType.QtWarningMsg, Context(), f"cannot open {CANARY}")
                    met += break_everything(window, jobs, monkeypatch)
                    jobs.shut_down()
                    window.close()
                    window.deleteLater()
                    settle()
            write_support(folder, temporary / f"{kind.__name__}.zip")
    finally:
        qInstallMessageHandler(before)
        os.umask(0o077)
    for packed in temporary.glob("*.zip"):
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(temporary / packed.stem)
    left = files_under(day.promoter.log, day.office.log, home, temporary)
    return met, len(told), left


class Context:
    category = "qt.test"


def test_r57_no_name_is_left_anywhere(day, look, jobs, monkeypatch, places, figure):
    met, told, left = run(day, look, jobs, monkeypatch, places)
    found = hits(left)
    figure(f"R57: {met} bugs with a name in them, {len(left)} files left behind, {len(found)} hits")
    assert met > 10
    assert told > 10
    assert len([path for path in left if path.name == logs.LOG]) == 4
    assert found == []


@pytest.mark.posix("opens the umask")
def test_r57_logs_are_their_owners_alone_even_with_an_open_umask(
    day, look, jobs, monkeypatch, places
):
    run(day, look, jobs, monkeypatch, places)
    made = [path for folder in (day.promoter, day.office) for path in folder.log.iterdir()]
    assert made
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


def test_r57_a_log_as_everybody_writes_it_would_be_caught(day, look, jobs, monkeypatch, places):
    """The wrong variant."""
    monkeypatch.setattr(logs._Codes, "format", leaky)
    _, _, left = run(day, look, jobs, monkeypatch, places)
    assert hits(left)
