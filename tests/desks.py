"""What every test of a window sits at: look and worker, a day in the office, a stick, a printer."""

import pytest
from PySide6.QtPrintSupport import QPrinter

import office_day_world
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.theme import Look

_look: list[Look] = []


@pytest.fixture
def look(qapp):
    """The look of the program, at 標準 and light before and after each test."""
    if not _look:
        _look.append(Look(qapp))
        _plain(_look[0])
    yield _look[0]
    _plain(_look[0])


def _plain(look):
    look.show_theme("light")
    look.show_text_size(12)


@pytest.fixture
def jobs(qapp):
    """The one worker; it ends idle."""
    one = Jobs()
    yield one
    one.end()
    assert not one.busy
    one.deleteLater()


@pytest.fixture
def rest(qtbot, jobs):
    """Wait until no work is left."""

    def wait():
        qtbot.waitUntil(lambda: not jobs.busy, timeout=30_000)

    return wait


@pytest.fixture
def day(tmp_path):
    return office_day_world.copied(tmp_path)


@pytest.fixture
def store(day):
    """The office on the morning after the deadline."""
    with office_day_world.office(day) as one:
        yield one


@pytest.fixture
def media(tmp_path):
    """Where sticks are mounted; a folder made in it is a stick that was put in."""
    folder = tmp_path / "media"
    folder.mkdir()
    return folder


@pytest.fixture
def stick(media):
    place = media / "KIOXIA"
    place.mkdir()
    return place


@pytest.fixture
def paper_file(tmp_path):
    return tmp_path / "paper.pdf"


@pytest.fixture
def choose(paper_file):
    """Answers the system's dialog with a printer that prints into ``paper_file``."""
    return lambda _parent: file_printer(paper_file)


def file_printer(file):
    """A printer that prints into a file."""
    one = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    one.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    one.setOutputFileName(str(file))
    return one
