"""Screen 41: what is to be paid, paid by mouse and by keyboard, cancelled, corrected, put out."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QPushButton, QTableView

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.money.banking import TransferFile
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.storage import audit
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.paper.paper_preview import PaperPreview
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)
DAY = date(2026, 11, 6)
"""Today in the sample world: the planned day of payment is still to come."""


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _cells(page, row, table="支払一覧"):
    model = named(page, QTableView, table).model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def _press(qtbot, page, word):
    qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)


def _words(page):
    return [b.accessibleName() for b in page.findChildren(QPushButton) if b.isVisible()]


@pytest.fixture
def issued(office):
    """Every sheet of October is made."""
    return office.printing.honorarium(OCTOBER, None, None)


@pytest.fixture
def asked(monkeypatch):
    questions = []
    monkeypatch.setattr(
        ConfirmDialog, "ask", lambda question, parent: questions.append(question) or True
    )
    return questions


@pytest.fixture
def save_as(monkeypatch, tmp_path):
    def choose(name):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        return path

    return choose


def test_the_table_and_its_total(payments_page, office):
    due = office.printing.ready(OCTOBER)
    assert "3件 合計 120,000円" in _texts(payments_page)
    assert sum(d.line.yen for d in due) == 120_000
    area, name, yen, difference, state, printed, approved, code, why = _cells(payments_page, 0)
    assert (area, name) == ("田中", "柏 花子(カシワ ハナコ)")
    assert (yen, difference, why, approved) == ("40,000円", "なし", "", "11/4")
    assert (state, printed, code) == ("書類はまだ", "まだ", due[0].report.code)
    assert "支払済みにする" not in _words(payments_page)


def test_a_month_without_approvals(payments_page, qtbot, rest):
    button = named(payments_page, QPushButton, "次の月")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    rest()
    assert "0件 合計 0円" in _texts(payments_page)
    assert not named(payments_page, QPushButton, "紙の形で見る").isEnabled()


def test_the_paper_by_keyboard(payments_page, qtbot, rest, paper_file):
    button = named(payments_page, QPushButton, "紙の形で見る")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    rest()
    settle()
    pages = payments_page.findChild(PaperPreview).pages
    assert pages == 1
    payments_page.print_paper()
    rest()
    settle()
    assert len(PdfReader(paper_file).pages) == 1
    assert "1枚をプリンターに送りました。" in payments_page.messages.text
    payments_page.go_back()
    rest()
    assert "3件 合計 120,000円" in _texts(payments_page)


def test_all_are_paid_by_mouse(issued, payments_page, office, asked, qtbot, rest):
    _press(qtbot, payments_page, "支払済みにする")
    settle()
    assert "3件を支払済みにする" in _words(payments_page)
    _press(qtbot, payments_page, "3件を支払済みにする")
    rest()
    rest()
    assert "3件 差引 120,000円" in asked[0].title
    paid = office.paying.paid(OCTOBER)
    assert {p.paid_on for p in paid.values()} == {DAY.isoformat()}
    assert {p.method for p in paid.values()} == {"振込"}
    assert "3人分を支払済みにしました。" in payments_page.messages.text
    assert _cells(payments_page, 0)[4] == "支払済み 11/6"
    assert "支払済みにする" not in _words(payments_page)


def test_one_is_paid_by_keyboard_alone(issued, payments_page, office, asked, qtbot, rest):
    button = named(payments_page, QPushButton, "支払済みにする")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle()
    boxes = [b for b in payments_page.findChildren(QCheckBox) if b.isVisible()]
    for box in boxes[1:]:
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
    day = named(payments_page, QLineEdit, "支払った日")
    day.selectAll()
    qtbot.keyClicks(day, "11/5")
    voucher = named(payments_page, QLineEdit, "伝票番号")
    qtbot.keyClicks(voucher, "D-77")
    go = named(payments_page, QPushButton, "1件を支払済みにする")
    go.setFocus()
    qtbot.keyClick(go, Qt.Key.Key_Return)
    rest()
    rest()
    (paid,) = office.paying.paid(OCTOBER).values()
    assert (paid.paid_on, paid.voucher, paid.net) == ("2026-11-05", "D-77", 40_000)


@pytest.mark.parametrize("typed", ["", "11/7", "いつか"])
def test_a_day_that_is_missing_or_to_come_is_not_paid(
    issued, payments_page, office, asked, qtbot, typed
):
    _press(qtbot, payments_page, "支払済みにする")
    day = named(payments_page, QLineEdit, "支払った日")
    day.clear()
    day.insert(typed)
    _press(qtbot, payments_page, "3件を支払済みにする")
    assert asked == []
    assert office.paying.paid(OCTOBER) == {}
    assert any(text.startswith("▲") for text in _texts(payments_page))
    assert day.text() in (typed, "令和8年11月7日")


def test_nothing_chosen_is_said_and_esc_leads_back(
    issued, payments_page, office, asked, qtbot, rest
):
    _press(qtbot, payments_page, "支払済みにする")
    for box in payments_page.findChildren(QCheckBox):
        if box.isVisible():
            box.click()
    _press(qtbot, payments_page, "0件を支払済みにする")
    assert asked == []
    payments_page.go_back()
    rest()
    assert "3件 合計 120,000円" in _texts(payments_page)


def test_a_sheet_is_cancelled_with_a_reason_and_made_anew(
    issued, payments_page, office, qtbot, rest
):
    table = named(payments_page, QTableView, "支払一覧")
    table.choose(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle()
    old = _cells(payments_page, 0, "この方の書類")[0]
    _press(qtbot, payments_page, "選んだ書類を取り消したいとき")
    settle()
    _press(qtbot, payments_page, "この書類を取り消す")
    assert any(text.startswith("▲") for text in _texts(payments_page))
    named(payments_page, QLineEdit, "取り消す理由").insert("氏名の字がちがう")
    _press(qtbot, payments_page, "この書類を取り消す")
    rest()
    rest()
    settle()
    assert _cells(payments_page, 0, "この方の書類")[5] == "取り消し(氏名の字がちがう)"
    assert f"{old} を取り消しました。" in payments_page.messages.text
    _press(qtbot, payments_page, "書類を作る")
    rest()
    settle()
    payments_page.print_paper()
    rest()
    settle()
    _press(qtbot, payments_page, "出た")
    rest()
    rest()
    rest()
    settle()
    rows = [_cells(payments_page, n, "この方の書類") for n in (0, 1)]
    assert (rows[0][0], rows[1][0]) == (old, "R8-10-004")
    assert rows[1][4] == "済"


def test_after_payment_a_change_is_an_extra_payment(issued, payments_page, office, qtbot, rest):
    office.paying.pay(OCTOBER, ["P001"], on=DAY, method="振込", voucher="V")
    MoneySettings(office.desk._store).adjust("P001", "田中", OCTOBER, 1_500, "交通の実費")
    office.reviewing.unapprove(OCTOBER, "P001", "調整")
    office.reviewing.approve(OCTOBER, ["P001"])
    payments_page.refresh()
    rest()
    assert _cells(payments_page, 0)[4] == "作り直し"
    table = named(payments_page, QTableView, "支払一覧")
    table.choose(0)
    _press(qtbot, payments_page, "選んだ方の書類")
    settle()
    assert "選んだ書類を取り消したいとき" not in _words(payments_page)
    _press(qtbot, payments_page, "追給・戻入・訂正報告書を作る")
    rest()
    settle()
    payments_page.go_back()
    rest()
    settle()
    extra = _cells(payments_page, 1, "この方の書類")
    assert extra[1] == "追給(R8-10-001 の)"
    assert extra[2] == "1,500円"
    payments_page.go_back()
    rest()
    assert "追給" in _cells(payments_page, 0)[8]


def test_what_was_paid_stays_in_the_table_with_words_why(
    issued, payments_page, office, qtbot, rest
):
    """The approval is taken back after payment: the row stays, says so, and leads to the month."""
    office.paying.pay(OCTOBER, ["P001"], on=DAY, method="振込", voucher="V")
    office.reviewing.unapprove(OCTOBER, "P001", "まちがい")
    payments_page.refresh()
    rest()
    assert "3件 合計 120,000円" in _texts(payments_page)
    row = _cells(payments_page, 0)
    assert (row[0], row[2], row[4], row[6]) == ("田中", "40,000円", "支払済み 11/6(承認なし)", "")
    assert row[8] == "支払済み(承認が取り消されています)"
    assert any("支払のあとに承認がなくなり" in text for text in _texts(payments_page))
    table = named(payments_page, QTableView, "支払一覧")
    table.choose(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle()
    assert any("承認すると、ちがいがあったときは" in text for text in _texts(payments_page))
    assert "追給・戻入・訂正報告書を作る" not in _words(payments_page)
    assert "選んだ書類を取り消したいとき" not in _words(payments_page)
    assert complaints(payments_page) == []
    with qtbot.waitSignal(payments_page.wants) as wanted:
        _press(qtbot, payments_page, "この月の記録を見る")
    assert wanted.args == [Way(Screen.CHECK, "show_month", (OCTOBER, "P001"))]


def test_a_second_transfer_file_of_the_same_sheets_says_so(payments_page):
    said = []
    flow = payments_page._paying
    flow.done.connect(said.append)
    flow._tell_transfer(TransferFile(Path("f.txt"), 3, 120_000, (), "2026-11-05T10:00:00+09:00"))
    assert "令和8年11月5日にも作っています。銀行に二重に送らない" in said[0].todo
    flow._tell_transfer(TransferFile(Path("f.txt"), 3, 120_000))
    assert said[1].todo == ""


def test_what_stands_in_a_transfer_file_is_asked_about_before_it_is_paid_in_cash(
    issued, payments_page, office, asked, qtbot, rest
):
    number = issued.sheets[0].number
    with office.desk._store.db.write() as tx:
        detail = {"numbers": [number], "file": "furikomi.txt", "day": "2026-11-20"}
        audit.write(tx, "2026-11-05T10:00:00+09:00", "職員 三", "zengin", **detail)
    payments_page.refresh()
    rest()
    _press(qtbot, payments_page, "支払済みにする")
    card = payments_page._paying.card
    card._method.choose("現金")
    qtbot.mouseClick(payments_page._pay, Qt.MouseButton.LeftButton)
    rest()
    (question,) = asked
    assert f"{number} は、振込のファイル「furikomi.txt」(振込の日 " in question.text
    assert question.verb == "それでも支払済みにする"
    assert len(office.paying.paid(OCTOBER)) == 3


def test_a_transfer_is_not_asked_about(issued, payments_page, office, asked, qtbot, rest):
    with office.desk._store.db.write() as tx:
        detail = {"numbers": [s.number for s in issued.sheets], "file": "f", "day": "2026-11-20"}
        audit.write(tx, "2026-11-05T10:00:00+09:00", "職員 三", "zengin", **detail)
    payments_page.refresh()
    rest()
    _press(qtbot, payments_page, "支払済みにする")
    qtbot.mouseClick(payments_page._pay, Qt.MouseButton.LeftButton)
    rest()
    (question,) = asked
    assert "振込のファイル" not in question.text
    assert len(office.paying.paid(OCTOBER)) == 3


def test_a_reprint_and_the_way_to_the_record(issued, payments_page, qtbot, rest):
    _press(qtbot, payments_page, "選んだ方の書類")
    settle()
    with qtbot.waitSignal(payments_page.wants) as wanted:
        _press(qtbot, payments_page, "この月の記録を見る")
    assert wanted.args == [Way(Screen.CHECK, "show_month", (OCTOBER, "P001"))]
    _press(qtbot, payments_page, "選んだ書類を再印刷する")
    rest()
    settle()
    assert payments_page.findChild(PaperPreview).pages == 1


def test_receipts_only_for_cash(issued, payments_page, office, qtbot, rest):
    assert "領収書" not in _words(payments_page)
    office.paying.pay(OCTOBER, ["P001"], on=DAY, method="現金", voucher="")
    payments_page.refresh()
    rest()
    _press(qtbot, payments_page, "領収書")
    rest()
    settle()
    assert payments_page.findChild(PaperPreview).pages == 1


def test_numbers_are_settings_and_stand_on_the_paper(payments_page, office, qtbot, rest, tmp_path):
    _press(qtbot, payments_page, "支払予定日・勘定科目")
    settle()
    named(payments_page, QLineEdit, "伺番号").insert("伺-12")
    named(payments_page, QLineEdit, "伝票番号").insert("伝-34")
    _press(qtbot, payments_page, "番号を書きとめる")
    rest()
    rest()
    assert office.settings.read().numbers_of(OCTOBER) == ("伺-12", "伝-34")
    made = office.printing.payments(OCTOBER, tmp_path / "list.pdf")
    text = "".join(page.extract_text() for page in PdfReader(made.file).pages)
    assert "伺-12 / 伝-34" in text


def test_the_list_as_a_spreadsheet(payments_page, qtbot, rest, save_as):
    path = save_as("一覧.xlsx")
    _press(qtbot, payments_page, "Excelに出す")
    rest()
    sheet = load_workbook(path).active
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0][:5] == ["No.", "地域", "氏名", "フリガナ", "金額(円)"]
    assert [row[4] for row in rows[1:]] == [40_000, 40_000, 40_000, 120_000]
    assert "一覧.xlsx に残しました。" in payments_page.messages.text


def test_the_transfer_file_is_offered_once_the_accounts_are_kept(
    issued, payments_page, office, day, qtbot, rest, save_as, tmp_path
):
    assert "振込のファイル(全銀)を作る" not in _words(payments_page)
    head = "promoter,bank_code,branch_code,kind,account,holder_kana,client_code,bank_kana\n"
    rows = ["office,9999,001,普通,1,シャフク)シケン,1234567890,ミホン"]
    rows += [f"{s.promoter},9998,12,1,765432{n},シケン ハナコ,," for n, s in
             enumerate(issued.sheets)]  # fmt: skip
    file = tmp_path / "bank.csv"
    file.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    from kashiwa_desktop.services.money.banking import Banking

    Banking(office.desk._store).read(file)
    payments_page.refresh()
    rest()
    path = save_as("furikomi.txt")
    _press(qtbot, payments_page, "振込のファイル(全銀)を作る")
    settle()
    _press(qtbot, payments_page, "ファイルを作る")
    assert any(text.startswith("▲") for text in _texts(payments_page))
    words = named(payments_page, QLineEdit, "合言葉")
    words.insert("ちがう合言葉")
    _press(qtbot, payments_page, "ファイルを作る")
    rest()
    assert not path.exists()
    words.insert(day.passphrase)
    _press(qtbot, payments_page, "ファイルを作る")
    rest()
    assert "3件 合計 120,000円を furikomi.txt に書きました。" in payments_page.messages.text
    assert len(path.read_bytes().split()) >= 6


def test_the_transfer_file_can_be_switched_on_before(issued, payments_page, office, rest):
    office.settings.use_transfers(wanted=True)
    payments_page.refresh()
    rest()
    assert "振込のファイル(全銀)を作る" in _words(payments_page)


def test_columns_of_tax_only_where_something_is_withheld(payments_page, office, rest):
    titles = [c.title for c in named(payments_page, QTableView, "支払一覧").model().columns]
    assert "源泉徴収" not in titles
    fee = [{"from": "2026-01-01", "reward": "fee"}]
    MoneySettings(office.desk._store).change_terms("P001", "田中", {"withholding": fee})
    payments_page.refresh()
    rest()
    titles = [c.title for c in named(payments_page, QTableView, "支払一覧").model().columns]
    assert titles[2:5] == ["金額", "源泉徴収", "差引"]
    assert _cells(payments_page, 0)[2:5] == ["40,000円", "4,084円", "35,916円"]
    assert "3件 合計 120,000円(差引 115,916円)" in _texts(payments_page)


@pytest.mark.parametrize("points", [12, 24])
@pytest.mark.parametrize("stage", ["list", "pay", "sheets", "preview"])
def test_nothing_is_cut(issued, payments_page, look, qtbot, rest, points, stage):
    look.show_text_size(points)
    settle()
    press = {"pay": "支払済みにする", "sheets": "選んだ方の書類", "preview": "紙の形で見る"}
    if stage in press:
        _press(qtbot, payments_page, press[stage])
        rest()
    settle()
    assert complaints(payments_page) == []


def test_a_pdf_is_kept_under_a_name_without_a_person(
    issued, payments_page, office, qtbot, rest, monkeypatch
):
    names = []
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda *words: names.append(Path(words[2]).name) or ("", ""),
    )
    office.paying.pay(OCTOBER, ["P001"], on=DAY, method="現金", voucher="")
    payments_page.refresh()
    rest()
    for word in ("紙の形で見る", "領収書"):
        _press(qtbot, payments_page, word)
        rest()
        settle()
        _press(qtbot, payments_page, "PDFで残す")
        payments_page.go_back()
        rest()
    _press(qtbot, payments_page, "選んだ方の書類")
    settle()
    _press(qtbot, payments_page, "選んだ書類を再印刷する")
    rest()
    settle()
    _press(qtbot, payments_page, "PDFで残す")
    assert names == ["支払一覧_2026-10.pdf", "領収書_2026-10.pdf", "書類_2026-10.pdf"]
