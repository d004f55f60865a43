"""``--self-check``: whether everything this program stands on is there and works together."""

import importlib
import logging
import sys
import tempfile
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from kashiwa_desktop import __version__, logs
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.paths import DataFolder

_LIBRARIES = (
    "PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtPrintSupport", "PySide6.QtSvg",
    "PySide6.QtNetwork", "sqlalchemy", "alembic", "reportlab", "pikepdf", "cryptography", "pyrage",
    "msgspec", "jpholiday", "fontTools", "segno", "platformdirs",
)  # fmt: skip
_ROOMS = (
    "app.window", "app.screens", "cli.run", "sample.demo", "services.travel.intake",
    "services.papers.printing",
)  # fmt: skip
_MONTH = Month(2026, 10)
_log = logging.getLogger("kashiwa_desktop")


def run(log: Path) -> int:
    """Check every part, print a line for each, and return 0 only if all is well.

    What is amiss is noted in the ``log`` too, where there is one.
    """
    with ExitStack() as stack:
        if log.is_dir():
            stack.enter_context(logs.kept_in(log))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        checks: tuple[tuple[str, Callable[[Path], str]], ...] = (
            ("部品", _imports),
            ("書体と日本語", _look),
            ("記録の保存", _store),
            ("提出用のファイルと書類", _files),
            ("画面", _window),
        )
        results = [_one(name, check, folder / f"{n}") for n, (name, check) in enumerate(checks)]
        good = all(results)
        logs.note("self-check", parts=len(results), good=sum(results))
    sys.stdout.write(
        f"{__version__} {'すべて整っています' if good else '整っていないものがあります'}\n"
    )
    return 0 if good else 1


def _one(name: str, check: Callable[[Path], str], folder: Path) -> bool:
    """Run one check; a warning, of Python or of Qt, counts as a failure."""
    said: list[str] = []

    def hear(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        said.append(text)

    before = qInstallMessageHandler(hear)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = check(folder)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
        _log.error("self-check %s", check.__name__, exc_info=error)
        said.append(f"{type(error).__name__}: {error}")
        result = ""
    finally:
        qInstallMessageHandler(before)
    said = [text for text in said if not text.startswith("This plugin does not support ")]
    sys.stdout.write(f"{'×' if said else '○'} {name}: {' / '.join(said) or result}\n")
    sys.stdout.flush()
    return not said


def _imports(_folder: Path) -> str:
    rooms = [f"kashiwa_desktop.{name}" for name in _ROOMS]
    for name in (*_LIBRARIES, *rooms):
        importlib.import_module(name)
    return f"{len(_LIBRARIES) + len(rooms)}個"


def _look(_folder: Path) -> str:
    from kashiwa_desktop.app.starting import start_qt
    from kashiwa_desktop.ui import theme

    start_qt(on_screen=False)  # loads the fonts and qtbase_ja, or raises
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QFontDatabase

    missing = [family for family in theme.FAMILIES if family not in QFontDatabase.families()]
    word = QCoreApplication.translate("QPlatformTheme", "Cancel")
    if missing or word == "Cancel":
        raise RuntimeError(f"missing: {missing or 'qtbase_ja'}")
    return "、".join(theme.FAMILIES)


def _store(folder: Path) -> str:
    from kashiwa_desktop.services.clock import Chance, Clock
    from kashiwa_desktop.services.safety.keeping import Keeping
    from kashiwa_desktop.services.store import open_folder

    for _ in range(2):  # made, then opened again
        store = open_folder(DataFolder(folder), Clock(), Chance())
        problems = Keeping(store).check() if store.folder.store.exists() else ["missing"]
        store.close()
        if problems:
            raise RuntimeError("; ".join(map(str, problems)))
    return "作って、開いて、確かめました"


def _files(folder: Path) -> str:
    """Make an office and a promoter; let a month go there, and make its papers."""
    from kashiwa_desktop.sample import demo

    made = demo.run(folder, areas=1, month=_MONTH)
    if (made["received"], made["approved"], made["total_yen"]) != (1, 1, 40_000):
        raise RuntimeError("the month did not arrive whole")
    papers = [Path(paper) for paper in made["papers"]]
    if not papers or not all(paper.read_bytes().startswith(b"%PDF") for paper in papers):
        raise RuntimeError("a paper is not a PDF")
    return f"封をして、渡し、開き、{len(papers)}種類の書類にしました"


def _window(folder: Path) -> str:
    from kashiwa_desktop.app.promoter_pages import PromoterWindow
    from kashiwa_desktop.app.starting import start_qt
    from kashiwa_desktop.services.clock import JST, Chance, Clock
    from kashiwa_desktop.services.store import open_folder
    from kashiwa_desktop.ui.jobs import Jobs

    _app, look = start_qt(on_screen=False)
    clock = Clock(datetime(2026, 10, 29, 12, tzinfo=JST))
    store = open_folder(DataFolder(folder), clock, Chance())
    jobs = Jobs()
    window = PromoterWindow(store, jobs, look)
    try:
        window.resize(1092, 614)
        image = window.grab().toImage()
        colours = {image.pixel(x, y) for x in range(0, 1092, 13) for y in range(0, 614, 11)}
        if len(colours) < 3:
            raise RuntimeError("nothing was painted")
        jobs.shut_down()
    finally:
        window.close()
        store.close()
    return f"{image.width()}×{image.height()}に描きました"
