"""添付 on screens 2 and 3: chosen, dropped, taken off, put back, opened; never half, never lost."""

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.records.recording import Source
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.record.attachment_field import AttachmentField
from kashiwa_desktop.ui.widgets.record.attachment_rows import AttachmentRow
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import complaints, double_words, settle
from ui.promoter import more_pages, pages
from ui.promoter.conftest import come_up, named, rest

LEFT = Qt.MouseButton.LeftButton
NAME = "議事録 髙﨑 <b>1.pdf"
FILLED = {"date": "2026-11-10", "category": "other", "type": "misc", "title": "会議"}


class Opener(QObject):
    """Stands in for the PC's own programs."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def open(self, url):
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opener():
    one = Opener()
    QDesktopServices.setUrlHandler("file", one, "open")
    yield one
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def papers(tmp_path):
    paths = [tmp_path / name for name in (NAME, "写真.jpg")]
    for path in paths:
        path.write_bytes(b"invented " + path.name.encode())
    return paths


@pytest.fixture
def page(record_page):
    record_page._form.fill(FILLED, is_new=True)
    record_page._form.more.open()
    settle()
    return record_page


def choose(monkeypatch, qtbot, jobs, page, paths):
    """Press ［資料を選ぶ］ and choose these files in the system's dialog."""
    chosen = ([str(path) for path in paths], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: chosen)
    button = named(page, "資料を選ぶ", BigButton)
    page.reveal(button)
    settle()
    qtbot.mouseClick(button, LEFT)


def save(qtbot, page):
    with qtbot.waitSignal(page.recorded):
        page.save()


def rows(page):
    return [row for row in page.findChildren(AttachmentRow) if row.isVisible()]


def press(qtbot, root, word):
    settle()
    (button,) = [b for b in root.findChildren(BigButton) if b.word == word and b.isVisible()]
    qtbot.mouseClick(button, LEFT)


def names(service, record):
    return [one.name for one in service.of_record(record)]


def test_chosen_recorded_and_opened_again(
    qtbot, jobs, page, store, recording, papers, opener, monkeypatch
):
    choose(monkeypatch, qtbot, jobs, page, papers)
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    save(qtbot, page)
    (made,) = recording.records()
    assert made.attachments == 2
    service = Attaching(store)
    assert names(service, made.id) == [NAME, "写真.jpg"]

    page.edit(made.id)
    settle()
    press(qtbot, rows(page)[0], "開く")
    assert opener.opened == [str(service.path_of(service.of_record(made.id)[0]))]
    save(qtbot, page)  # corrected without touching them
    assert names(service, made.id) == [NAME, "写真.jpg"]


def test_taken_off_put_back_and_given_back_by_undo(
    qtbot, jobs, page, store, recording, papers, monkeypatch
):
    choose(monkeypatch, qtbot, jobs, page, papers)
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    press(qtbot, rows(page)[0], "外す")
    settle()
    assert len(rows(page)) == 1
    press(qtbot, page._form.more.attached, "元に戻す")
    settle()
    assert len(rows(page)) == 2
    save(qtbot, page)
    (made,) = recording.records()
    page.edit(made.id)
    settle()
    press(qtbot, rows(page)[1], "外す")
    save(qtbot, page)
    service = Attaching(store)
    assert names(service, made.id) == [NAME]
    recording.undo()
    assert names(service, made.id) == [NAME, "写真.jpg"]


def test_by_keyboard_alone(qtbot, jobs, page, recording, papers, monkeypatch):
    chosen = ([str(papers[1])], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: chosen)
    named(page, "資料を選ぶ", BigButton).setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    order = []
    for _ in range(3):
        order.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert order[:2] == ["資料を選ぶ", "紙の資料の数"]
    named(page, "紙の資料の数", TextLine).setFocus()
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget().accessibleName() == "外す"
    assert QApplication.focusWidget().accessibleDescription() == "写真.jpg"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert rows(page) == []
    assert QApplication.focusWidget().accessibleName() == "資料を選ぶ"


def test_dropped_on_the_field_and_what_may_not_lie_there_is_not_taken(qtbot, page, papers):
    field = page._form.more.attached

    def drop(paths):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        field.dropEvent(QDropEvent(QPointF(1, 1), copy, data, LEFT, none))

    tool = papers[0].with_name("tool.exe")
    tool.write_bytes(b"MZ")
    drop([papers[1], tool, papers[0].parent])
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    assert field.files[0].name == "写真.jpg"


def test_saving_while_files_are_copied_waits_for_them(qtbot, jobs, page, recording, papers):
    page._form.more.attached.files_chosen.emit(papers)
    assert page._taker.busy
    save(qtbot, page)
    assert recording.records()[0].attachments == 2


def test_leaving_while_files_are_copied_keeps_them_in_the_draft(qtbot, jobs, page, store, papers):
    page._form.more.attached.files_chosen.emit(papers)
    page.leave()
    rest(qtbot, jobs)
    assert page._form.more.attached.files == []
    again = come_up(qtbot, pages.record_page(store, jobs), jobs)  # as after a restart
    (draft,) = again._recording.drafts()
    again.open_draft(draft.id)
    rest(qtbot, jobs)
    assert [one.name for one in again._form.more.attached.files] == [NAME, "写真.jpg"]


def test_what_cannot_be_taken_in_is_said_and_what_was_typed_stays(
    qtbot, jobs, page, papers, monkeypatch
):
    papers[0].unlink()
    choose(monkeypatch, qtbot, jobs, page, papers)
    rest(qtbot, jobs)
    shown = " ".join(label.text() for label in page.findChildren(TextLabel) if label.isVisible())
    assert "ファイルが見つかりません" in shown
    assert rows(page) == []
    assert page._form.given()["title"] == "会議"


def test_papers_and_files_make_one_sum_and_a_record_from_elsewhere_keeps_its_number(
    qtbot, jobs, page, recording, papers, monkeypatch
):
    (record,) = recording.add([{**FILLED, "attachments": 3}])  # taken in on another PC
    page.edit(record)
    rest(qtbot, jobs)
    assert named(page, "紙の資料の数", TextLine).text() == "3"
    choose(monkeypatch, qtbot, jobs, page, papers[:1])
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    save(qtbot, page)
    assert recording.records()[0].attachments == 4
    page.edit(record)
    settle()
    assert named(page, "紙の資料の数", TextLine).text() == "3"


def test_the_list_shows_and_opens_them(qtbot, jobs, store, recording, papers, opener):
    service = Attaching(store)
    files = tuple(service.take_in(papers))
    record = recording.put({**FILLED, "attachments": 3}, Source(files=files)).id
    page = come_up(qtbot, more_pages.list_page(store, jobs), jobs)
    page.show_record(record)
    rest(qtbot, jobs)
    shown = [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]
    assert "3点(下の2点のほかは、紙など)" in shown
    assert any(text.startswith(NAME) for text in shown)
    press(qtbot, rows(page)[1], "開く")
    assert opener.opened == [str(service.path_of(files[1]))]
    service.path_of(files[1]).unlink()
    press(qtbot, rows(page)[1], "開く")
    shown = " ".join(label.text() for label in page.findChildren(TextLabel) if label.isVisible())
    assert "このパソコンにありません" in shown
    assert recording.records(Month(2026, 11))


def test_a_form_that_nobody_serves_asks_only_for_a_number(qtbot):
    field = AttachmentField()
    qtbot.addWidget(field)
    field.show()
    settle()
    shown = [button.word for button in field.findChildren(BigButton) if button.isVisible()]
    assert shown == []
    assert not field.acceptDrops()
    named(field, "紙の資料の数", TextLine).setText("2")
    assert field.count() == 2


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut_with_files_on_form_and_list(
    qtbot, jobs, look, store, recording, papers, points
):
    look.show_text_size(points)
    long = papers[0].with_name("とても長い名前の議事録と写真の一覧" * 3 + ".pdf")
    long.write_bytes(b"invented")
    files = tuple(Attaching(store).take_in([*papers, long]))
    record = recording.put({**FILLED, "attachments": 4}, Source(files=files)).id
    form = come_up(qtbot, pages.record_page(store, jobs), jobs)
    form.edit(record)
    rest(qtbot, jobs)
    assert len(rows(form)) == 3
    double_words(form)
    settle()
    assert complaints(form) == []
    form.close()
    shown = come_up(qtbot, more_pages.list_page(store, jobs), jobs)
    shown.show_record(record)
    rest(qtbot, jobs)
    double_words(shown)
    settle()
    assert complaints(shown) == []
