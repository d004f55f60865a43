"""What a list shows, on paper and in a spreadsheet."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

import promoter_world
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.writing_out import WritingOut


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path, "months") as one:
        yield one


def test_a_long_list_on_paper_repeats_its_headings(store):
    records = Recording(store).records() * 3
    printed = WritingOut(store).record_list(records, "すべての記録")
    reader = PdfReader(printed.file)
    assert printed.pages == len(reader.pages) > 1
    texts = [page.extract_text() for page in reader.pages]
    assert all("区分・種別" in text for text in texts)
    assert "すべての記録 84件" in " ".join(texts[0].split())
    assert "試験 花子" in texts[0]


def test_a_list_in_a_spreadsheet(store, tmp_path):
    records = Recording(store).records()
    out = WritingOut(store).record_sheet(records, "令和8年度", tmp_path / "out.xlsx")
    sheet = load_workbook(out).active
    assert sheet.title == "令和8年度"
    assert sheet.max_row == len(records) + 1
    said = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert said["日付(西暦)"].is_date
    assert f"{said['日付(西暦)'].value:%Y-%m-%d}" == "2026-05-05"
    assert (said["時間(分)"].value, said["地域"].value) == (60, "見本台")
    assert not {"推進員の氏名", "圏域", "回数(回)"} & said.keys()


def test_every_text_is_on_paper(store):
    names = ("title", "content", "findings", "place", "counterparts")
    said = {name: f"{name}の文" for name in names}
    one = replace(Recording(store).records()[0], **said | {"counterparts": (said["counterparts"],)})
    printed = WritingOut(store).record_list([one], "すべての記録")
    paper = "".join(PdfReader(printed.file).pages[0].extract_text().split())
    assert [name for name in names if said[name] not in paper] == []


def test_a_place_that_cannot_be_written_is_said(store, tmp_path):
    with pytest.raises(PlaceError):
        WritingOut(store).record_sheet([], "x", tmp_path / "none" / "out.xlsx")
