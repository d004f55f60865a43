"""From the store to the file: kept sheets go through one by one, whole or not at all."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from conftest import FULL
from kashiwa_desktop.errors import PlaceError, RefusedError, StoreError
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.reports import honorarium_sheet
from kashiwa_desktop.reports.finished.binding import BoundFile
from kashiwa_desktop.services import printed
from kashiwa_desktop.services.papers.binder import Binder
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.storage import sheets
from office_world import OCTOBER
from reports.samples import a_sheet
from services.money_world import approve, deliver

FEW, MANY = 21, 1_000 if FULL else 105
LIMIT = 64  # KB for each further page


@pytest.fixture
def office(town):
    store = town.office(staff="職員 二")
    for name in ("P001", "P002"):
        deliver(store, name, OCTOBER)
    approve(store, OCTOBER, ["P001", "P002"])
    Printing(store).honorarium(OCTOBER, None, None)
    return store


def keep_many(store, count):
    """Keep so many sheets more, each with a name and a PDF of its own."""
    with store.db.write() as tx:
        first = sheets.every(tx)[0]
        for n in range(10, 10 + count):
            out, number = BytesIO(), f"R8-10-{n:04d}"
            honorarium_sheet.render([a_sheet(name=f"{n} 柏", number=number, month=OCTOBER)], out)
            row = replace(first, number=number, appointment=f"a{n}", pdf=out.getvalue())
            sheets.add(tx, row)


def kilobytes(store, out, *wrong):
    asked = [sys.executable, Path(__file__).with_name("paper_memory.py"), store.folder.root, out]
    done = subprocess.run(
        [*asked, str(FEW), *wrong], capture_output=True, encoding="utf-8", check=True, timeout=250
    )
    return float(done.stdout)


def test_a_further_page_takes_little_memory_from_the_store_to_the_file(office, tmp_path, figure):
    keep_many(office, MANY)
    each = kilobytes(office, tmp_path / "all.pdf")
    collected = kilobytes(office, tmp_path / "all.pdf", "collect")
    figure(f"memory of a further kept page: {each:.0f} KB, from {FEW} to {MANY} sheets")
    assert each <= LIMIT / 2 < collected  # the wrong variant has all parts in memory at once


def test_sheets_come_in_the_order_that_is_asked_for_whatever_is_read_at_once(office, monkeypatch):
    keep_many(office, 3)
    monkeypatch.setattr(sheets, "AT_ONCE", 2)
    numbers = ["R8-10-0012", "R8-10-002", "R8-10-0010", "R8-10-001", "R8-10-0011"]
    kept = list(printed.kept_pdfs(office, numbers))
    assert kept == [Printing(office).kept(number) for number in numbers]


def test_a_damaged_sheet_in_the_middle_leaves_no_paper(office, tmp_path):
    with office.db.write() as tx:
        tx.exec_driver_sql("UPDATE sheet SET pdf = x'00' WHERE number = 'R8-10-002'")
    with pytest.raises(StoreError):
        Printing(office).honorarium(OCTOBER, None, tmp_path / "a.pdf")
    with pytest.raises(StoreError):
        Binder(office).make(2026, tmp_path / "b.pdf")
    assert list(tmp_path.iterdir()) == []


def test_what_is_stopped_half_way_leaves_the_older_paper(office, tmp_path):
    out = tmp_path / "b.pdf"
    out.write_bytes(b"older")
    progress = Stopping()
    with pytest.raises(CancelledError):
        Binder(office).make(2026, out, progress)
    assert progress.seen == 2
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"older"]


class Stopping(Progress):
    """Stops at the second sheet that goes into the binder."""

    seen = 0

    def step(self, text, done, total):
        self.seen = done
        if done == 2:
            self.cancel()
        super().step(text, done, total)


@pytest.mark.parametrize("break_it", ["page", "byte", "end"])
def test_a_file_that_does_not_hold_its_parts_is_not_offered(
    office, tmp_path, monkeypatch, break_it
):
    real = {name: getattr(BoundFile, name) for name in ("add_page", "_write", "finish")}
    wrong = {
        "page": ("add_page", lambda self, *given: None),
        "byte": ("_write", lambda self, data: real["_write"](self, data.replace(b"9", b"8"))),
        "end": ("finish", lambda self, *given: None),
    }
    monkeypatch.setattr(BoundFile, *wrong[break_it])
    with pytest.raises(RefusedError) as refused:
        Printing(office).honorarium(OCTOBER, None, tmp_path / "a.pdf")
    assert refused.value.code == "not_true"
    assert list(tmp_path.iterdir()) == []


def test_wrong_variant_without_the_second_reading_it_would_be_offered(
    office, tmp_path, monkeypatch
):
    monkeypatch.setattr(printed.binding, "holds", lambda *_: True)
    monkeypatch.setattr(BoundFile, "add_page", lambda *_: None)
    Printing(office).honorarium(OCTOBER, None, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").exists()


def test_a_disk_that_fills_up_is_said_and_leaves_nothing(office, tmp_path, monkeypatch):
    real, written = BoundFile._write, [0]

    def full(self, data):
        written[0] += len(data)
        if written[0] > 50_000:
            raise OSError(28, "No space left on device")
        real(self, data)

    monkeypatch.setattr(BoundFile, "_write", full)
    with pytest.raises(PlaceError):
        Printing(office).honorarium(OCTOBER, None, tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []
