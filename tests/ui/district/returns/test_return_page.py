"""Screen 23: whose return is due and what it says; one click; read back; slips on paper."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QTableView

from kashiwa_desktop.app import office_pages
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.return_letters import ReturnLetter, ReturnLetters
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.district.returns.return_page import ReturnDesk, ReturnPage
from kashiwa_desktop.ui.district.returns.return_table import ReturnTable
from kashiwa_desktop.ui.widgets.paper.paper_preview import PaperPreview
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "media" / "青いメモリー"
    place.mkdir(parents=True)
    return place


@pytest.fixture
def return_page(store, jobs, come_up, tmp_path):
    sticks = Sticks([tmp_path / "media"], lambda place: place.name.endswith("メモリー"))
    made = office_pages.make_returns(store, KeyRing(store), jobs)
    desk = ReturnDesk(
        made._desk.letters, made._desk.ring, made._desk.asking, made._desk.papers, sticks,
        store.clock, made._desk.releasing,
    )  # fmt: skip
    made.deleteLater()
    return come_up(ReturnPage(desk, jobs, lambda _parent: to_file(tmp_path)))


def to_file(folder):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "printed.pdf"))
    return printer


def for_all_due(page):
    """The word of the button for all who are due: it says how many."""
    words = {b.accessibleName() for b in page.findChildren(QPushButton)}
    return next(word for word in words if word.endswith("人分の返事を作る"))


def press(qtbot, page, word):
    button = named(page, QPushButton, word)
    settle()
    page.reveal(button)
    settle()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def open_keys(page, day, rest):
    page.open_with(day.passphrase)
    rest()
    settle()


def due(store):
    return [x.promoter for x in ReturnLetters(store).letters(OCTOBER) if x.is_due]


def test_all_that_is_new_goes_onto_the_stick_with_one_click(
    return_page, store, day, stick, qtbot, rest
):
    wanted = due(store)
    assert wanted
    assert not named(return_page, QPushButton, for_all_due(return_page)).isEnabled()
    open_keys(return_page, day, rest)
    return_page._find_sticks()
    assert any("青いメモリー" in text for text in texts(return_page))
    press(qtbot, return_page, for_all_due(return_page))
    rest()
    settle()
    files = sorted(path.name for path in stick.iterdir())
    assert [name[:4] for name in files] == wanted
    assert all(name.endswith(".kssr") for name in files)
    assert any(
        f"{len(wanted)}人分を保存し、読み直して確かめました" in text and "抜いても大丈夫" in text
        for text in texts(return_page)
    )
    assert due(store) == []
    assert not named(return_page, QPushButton, for_all_due(return_page)).isEnabled()


def test_what_each_return_says_stands_in_its_line(return_page, store):
    table = named(return_page, QTableView, "返事を作る人")
    by_name = {one.promoter: one for one in return_page.letters}
    assert "10月分の承認" in " ".join(by_name["P001"].news)
    column = table.model().columnCount() - 1
    shown = [table.model().index(n, column).data() for n in range(table.model().rowCount())]
    assert any("10月分の受領" in text for text in shown)


def test_one_persons_return_by_keyboard_into_a_folder(
    return_page, store, day, qtbot, rest, tmp_path
):
    open_keys(return_page, day, rest)
    return_page.use_folder(tmp_path / "mail")
    (tmp_path / "mail").mkdir()
    table = named(return_page, QTableView, "返事を作る人")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    wanted = table.current_row().promoter
    button = named(return_page, QPushButton, "選んだ1人分を作る")
    for _ in range(40):
        if QApplication.focusWidget() is button:
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(button, Qt.Key.Key_Space)
    rest()
    assert [path.name[:4] for path in (tmp_path / "mail").iterdir()] == [wanted]
    assert not any("抜いても大丈夫" in text for text in texts(return_page))


def test_a_place_that_is_gone_says_so_and_promises_nothing(
    return_page, store, day, qtbot, rest, tmp_path
):
    open_keys(return_page, day, rest)
    return_page.use_folder(tmp_path / "gone" / "away")
    before = due(store)
    press(qtbot, return_page, for_all_due(return_page))
    rest()
    assert "作っていない返事が" in return_page.messages.text
    assert not any("読み直して確かめました" in text for text in texts(return_page))
    assert due(store) == before


def test_a_wrong_keyword_is_said_under_its_field(return_page, rest):
    return_page.open_with("ちがう ことば")
    rest()
    settle()
    assert named(return_page, QLineEdit, "合言葉").isVisible()
    assert not named(return_page, QPushButton, "全員分を作る").isEnabled()


@pytest.mark.parametrize("word", ["確認のお願いを印刷する", "受領票を印刷する"])
def test_the_slips_are_seen_printed_and_left(return_page, store, qtbot, rest, tmp_path, word):
    record = Reviewing(store).review("P003", OCTOBER).activities[0].id
    Returning(store).ask(OCTOBER, "P003", record, "人数は?")
    press(qtbot, return_page, word)
    rest()
    settle()
    press(qtbot, return_page, "印刷する")
    rest()
    settle()
    assert (tmp_path / "printed.pdf").stat().st_size > 1_000
    assert "プリンターに送りました" in return_page.messages.text
    assert named(return_page, QTableView, "返事を作る人").isVisible()


def test_nothing_to_ask_is_said(return_page, qtbot, rest):
    press(qtbot, return_page, "確認のお願いを印刷する")
    rest()
    assert "お聞きすることがありません" in return_page.messages.text


def test_what_to_ask_comes_up_as_a_paper_and_esc_leads_back(return_page, rest):
    return_page.show_month(OCTOBER)
    return_page.print_asks()
    rest()
    settle()
    rest()
    settle()
    assert any(text.startswith("お聞きすること") for text in texts(return_page))
    return_page.go_back()
    rest()
    assert named(return_page, QTableView, "返事を作る人").isVisible()


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut(return_page, look, stick, rest, points):
    look.show_text_size(points)
    return_page.refresh()
    rest()
    settle()
    assert complaints(return_page) == []


@pytest.mark.parametrize(
    ("news", "last_made", "word"),
    [
        (("10月分の受領",), "", "新しいことあり"),
        ((), "", "新しいことなし"),
        ((), "2026-11-06T10:00:00+09:00", "作りました"),
    ],
)
def test_made_is_only_said_of_what_was_made(qtbot, news, last_made, word):
    table = ReturnTable("返事を作る人")
    qtbot.addWidget(table)
    table.rows.show_rows([ReturnLetter("P001", "柏 花子", "田中", news, last_made, has_pc=True)])
    assert table.model().index(0, 0).data() == word


def test_slips_are_apart_on_both_sides_until_switched_off_by_keyboard(return_page, qtbot, rest):
    """Nobody carries home what is on the back of his page."""
    found = []
    box = next(b for b in return_page.findChildren(QCheckBox) if b.text().startswith("両面でも"))
    for _ in range(2):
        press(qtbot, return_page, "受領票を印刷する")
        rest()
        settle()
        found.append(return_page.findChild(PaperPreview).pages)
        press(qtbot, return_page, "もどる")
        rest()
        settle()
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
    apart, close = found
    assert apart == 2 * close - 1
    assert box.isChecked()


@pytest.fixture
def release(store, tmp_path):
    file = tmp_path / "kashiwa-desktop-9.1.0-setup.exe"
    file.write_bytes(b"MZ a setup file, invented" * 100)
    Releasing(store).announce(file)
    return file


def test_the_setup_file_is_laid_beside_the_returns(
    release, return_page, day, stick, qtbot, rest, look
):
    assert any("前の版のままの方" in text for text in texts(return_page))
    open_keys(return_page, day, rest)
    return_page._find_sticks()
    press(qtbot, return_page, for_all_due(return_page))
    rest()
    settle()
    assert (stick / release.name).read_bytes() == release.read_bytes()
    assert any("新しい版のファイルも入っています。" in text for text in texts(return_page))
    look.show_text_size(24)
    settle()
    assert complaints(return_page) == []
    assert return_page.body.parentWidget().width() <= return_page._scroll.viewport().width()


def test_where_it_cannot_be_laid_the_returns_are_there_all_the_same(
    release, return_page, day, stick, qtbot, rest, monkeypatch
):
    def refuse(*_):
        raise PlaceError("保存先に空きがありません。", code="full")

    monkeypatch.setattr(Releasing, "lay", refuse)
    open_keys(return_page, day, rest)
    return_page._find_sticks()
    press(qtbot, return_page, for_all_due(return_page))
    rest()
    settle()
    assert [path.suffix for path in stick.iterdir()] == [".kssr"] * len(list(stick.iterdir()))
    assert list(stick.iterdir())
    assert "新しい版のファイルは入れていません" in return_page.messages.text
    assert not any("新しい版のファイルも入っています。" in text for text in texts(return_page))


def test_without_the_tick_only_returns_are_written(release, return_page, day, stick, qtbot, rest):
    open_keys(return_page, day, rest)
    return_page._find_sticks()
    return_page._tick.box.click()
    press(qtbot, return_page, for_all_due(return_page))
    rest()
    settle()
    assert not (stick / release.name).exists()
