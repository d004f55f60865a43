"""Old tables are read as plain values, within limits, and refused in words."""

import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.excel import old_sheets


def code(path):
    with pytest.raises(RefusedError) as refused:
        old_sheets.read(path)
    return refused.value.code


def book(path, *rows, **more):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for name, cells in more.items():
        made.create_sheet(name).append(cells)
    made.save(path)
    return path


def test_cells_become_plain_values(tmp_path):
    path = book(
        tmp_path / "a.xlsx",
        [
            datetime(2026, 10, 3),  # noqa: DTZ001 - what Excel holds
            time(13, 30),
            timedelta(minutes=90),
            3.0,
            1.5,
            True,
            "  x ",
            "",
        ],
        [date(2026, 10, 4), "=1+1"],
    )
    [sheet] = old_sheets.read(path)
    assert sheet.rows[0] == (
        date(2026, 10, 3), time(13, 30), "90分", 3, "1.5", None, "x", None,
    )  # fmt: skip
    assert sheet.rows[1][:2] == (date(2026, 10, 4), None)


def test_a_length_of_more_than_a_day_is_minutes():
    assert old_sheets._value(timedelta(minutes=1530)) == "1530分"


def test_only_sheets_that_are_seen_and_hold_something(tmp_path):
    made = Workbook()
    made.active.title = "空"
    made.create_sheet("10月").append(["日付"])
    made.create_sheet("かくれた").append(["x"])
    made["かくれた"].sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    assert [sheet.name for sheet in old_sheets.read(tmp_path / "a.xlsx")] == ["10月"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_every_usual_form(tmp_path, encoding, mark):
    path = tmp_path / "a.csv"
    text = f'日付{mark}内容\r\n10/3{mark}"髙﨑,さん\r\nと"\r\n'
    path.write_bytes(text.encode(encoding))
    [sheet] = old_sheets.read(path)
    assert sheet.rows == (("日付", "内容"), ("10/3", "髙﨑,さん\r\nと"))


def test_what_cannot_be_read_is_refused(tmp_path):
    bad = tmp_path / "a.csv"
    bad.write_bytes(b"\x81\xff\xfe,\x00\x81x")
    assert code(bad) == "letters"
    wide = tmp_path / "b.csv"
    wide.write_text("x" * 200_000, encoding="utf-8")
    assert code(wide) == "damaged"
    assert code(book(tmp_path / "c.xlsx")) == "empty"
    other = tmp_path / "d.xlsx"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("x.txt", "no workbook")
    assert code(other) == "damaged"
    (tmp_path / "e.ods").write_bytes(b"PK")
    assert code(tmp_path / "e.ods") == "kind"
    with pytest.raises(PlaceError):
        old_sheets.read(tmp_path / "missing.xlsx")


def test_too_much_is_refused(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx", *[[n] for n in range(30)])
    monkeypatch.setattr(old_sheets, "MOST_ROWS", 20)
    assert code(path) == "large"
    monkeypatch.setattr(old_sheets, "MOST_UNPACKED", 100)
    assert code(path) == "large"
    monkeypatch.setattr(old_sheets, "MOST_BYTES", 10)
    assert code(path) == "large"


def test_the_file_itself_is_never_changed(tmp_path):
    path = book(tmp_path / "a.xlsx", ["日付"])
    before = path.read_bytes()
    old_sheets.read(path)
    assert path.read_bytes() == before
