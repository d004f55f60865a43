"""The manual's pictures of every paper, from the sample world, and the page that lists them.

``python docs/manual/make_papers.py`` draws them anew into ``docs/manual/papers``: look at each.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from make_images import save_small
from PIL import Image

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Appointment
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.sample.office_day import MONTH, OfficeDay
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import JST
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.papers.asking_papers import AskingPapers
from kashiwa_desktop.services.papers.binder import Binder
from kashiwa_desktop.services.papers.blank_papers import BlankPapers
from kashiwa_desktop.services.papers.council_papers import CouncilPapers
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.papers.year_papers import YearPapers
from kashiwa_desktop.services.printed import Printed
from kashiwa_desktop.services.records.register_paper import RegisterPaper
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.returning import Returning

HERE = Path(__file__).parent
PICTURES = HERE / "papers"
PAGE = HERE / "papers.md"
DOTS = 60
"""Dots per inch of a picture: enough to see the form, small enough to keep."""

CHECKING = datetime(2026, 11, 9, 14, 0, tzinfo=JST)
PAYING = datetime(2026, 11, 20, 15, 0, tzinfo=JST)
CORRECTING = datetime(2026, 11, 25, 10, 0, tzinfo=JST)


class Paper(NamedTuple):
    """One paper: the name of its picture, its title, what it is for, the PDF, the page shown."""

    name: str
    title: str
    what: str
    pdf: Path
    page: int = 0


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        day = office_day.build(Path(folder) / "day")
        papers = make(day, Path(folder))
        draw(papers)
    PAGE.write_text(page(papers), encoding="utf-8")


def make(day: OfficeDay, out: Path) -> list[Paper]:
    """Make every paper of a made day as PDFs in ``out``; the same day gives the same bytes."""
    return [*_of_promoter(day, out), *_of_month(day, out), *_of_money(day, out)]


def _of_promoter(day: OfficeDay, out: Path) -> Iterator[Paper]:
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as store:
        month, blank = MONTH.previous(), BlankPapers(store)
        yield _paper(
            "report", "活動実績報告書(月報)", "推進員が確かめて押印し、事務局が綴ります。",
            Printing(store).report(month, None, out / "report.pdf"),
        )  # fmt: skip
        yield _paper(
            "slip", "提出票", "USBメモリーといっしょに渡す票です。",
            blank.submission_slip(month, out / "slip.pdf"),
        )  # fmt: skip
        yield _paper(
            "blank", "白紙の記入用紙", "パソコンを使わない月に手で書き、職員が入力します。",
            blank.form(MONTH.next(), None, out / "blank.pdf"),
        )  # fmt: skip


def _of_month(day: OfficeDay, out: Path) -> Iterator[Paper]:
    with office_day.opened(day.office, CHECKING) as store:
        _set_up(store)
        office, council = OfficePapers(store), CouncilPapers(store)
        card = BlankPapers(store).card(out / "card.pdf")
        yield _paper("card", "操作早見カード", "パソコンのそばに置きます。", card)
        yield _paper(
            "received", "受領票", "届いたことの証しです。", office.received(MONTH, None,
                                                           out / "received.pdf"),
        )  # fmt: skip
        yield from _asking(store, out)
        yield _paper(
            "board", "提出状況一覧", "地域と月ごとに、届いているかどうか。",
            office.board(MONTH, out / "board.pdf"),
        )  # fmt: skip
        yield _paper(
            "totals", "月次・年度集計", "区分、種別、地域ごとの回数。",
            office.totals(MONTH, out / "totals.pdf"),
        )  # fmt: skip
        made = _council(council, out / "council.pdf")
        yield _paper("council", "支えあい会議 記録", "出席、議題、決定、宿題。", made)
        first = RosterService(store).roster().active(MONTH)[0].promoter
        yield _paper(
            "handover", "引継書", "後任の方に渡す、地域のこれまでとこれから。",
            council.handover(MONTH, [first], out / "handover.pdf"),
        )  # fmt: skip
        area = RosterService(store).roster().active(MONTH)[0].area
        yield _paper(
            "resources", "地域版 資源一覧", "地域で配る、サロンや通いの場の一覧です。",
            RegisterPaper(store).make(area, out / "resources.pdf"),
        )  # fmt: skip


def _asking(store: Store, out: Path) -> Iterator[Paper]:
    """Ask about a record of the first month with something to look at; then print both papers."""
    queue = [r for r in Reviewing(store).queue(MONTH) if r.findings and r.activities]
    first = queue[0]
    text = "参加人数をもう一度ご確認ください。"
    Returning(store).ask(MONTH, first.promoter, first.activities[0].id, text)
    papers = AskingPapers(store)
    whom = [first.promoter]
    yield _paper(
        "questions", "確認のお願い", "返事のファイルといっしょに渡す紙です。",
        papers.requests(MONTH, whom, out / "questions.pdf"),
    )  # fmt: skip
    yield _paper(
        "asks", "お聞きすること", "電話や定例会で伺うための、職員の手もとの紙です。",
        papers.asks(MONTH, whom, out / "asks.pdf"),
    )  # fmt: skip


def _council(council: CouncilPapers, out: Path) -> Printed:
    """Print the newest month with a meeting."""
    for number in range(MONTH.number, 3, -1):
        try:
            return council.records(Month(MONTH.year, number), None, out)
        except RefusedError as error:
            refused = error
    raise refused


def _of_money(day: OfficeDay, out: Path) -> Iterator[Paper]:
    with office_day.opened(day.office, CHECKING) as store:
        printing = Printing(store)
        sheets = printing.honorarium(MONTH, None, out / "sheets.pdf", cover=True)
        yield _paper("cover", "一括印刷の表紙", "数えるための一覧。事務局に残ります。", sheets)
        yield _paper(
            "sheet", "請求書・支払明細書", "上が請求書、下が支払明細書。1人1枚です。", sheets, 1
        )
        whose = _cast(store).taxed.promoter
        taxed = next(n for n, s in enumerate(sheets.sheets, 1) if s.promoter == whose)
        yield _paper("taxed", "請求書・支払明細書(源泉徴収あり)", "源泉徴収をするとき。", sheets,
                     taxed)  # fmt: skip
        yield _paper(
            "reprint", "再印刷", "もう一度印刷した紙には、そう書かれます。",
            printing.reprint(sheets.sheets[1].number, out / "reprint.pdf"),
        )  # fmt: skip
    with office_day.opened(day.office, PAYING) as store:
        _pay(store)
        yield _paper(
            "payments", "支払一覧", "決裁を受ける一覧です。",
            Printing(store).payments(MONTH, out / "payments.pdf"),
        )  # fmt: skip
        yield _paper(
            "receipt", "領収書", "現金で払ったときだけ。", Paying(store).receipts(
                MONTH, None, out / "receipt.pdf"),
        )  # fmt: skip
    with office_day.opened(day.office, CORRECTING) as store:
        yield from _corrections(store, day, out)
        yield _paper(
            "year", "年間のまとめ", "1年の活動と支払。", YearPapers(store).summary(
                MONTH.fiscal_year, out / "year.pdf"),
        )  # fmt: skip
        binder = Binder(store).make(MONTH.fiscal_year, out / "binder.pdf")
        yield _paper("binder", "監査綴り", "表紙と目次。3つの合計が合うことを示します。", binder)
        entry = next(n for n in range(1, binder.pages) if _begins_entry(binder.file, n))
        yield _paper("entry", "監査綴りの1件", "支払、承認の経過、もとの記録。", binder, entry)


def _set_up(store: Store) -> None:
    """Give the office a chair and telephone, the claimants addresses, and one of them tax."""
    settings, people = MoneySettings(store), RosterService(store).roster()
    chair = [{"from": "2026-04-01", "name": "見本 太郎"}]
    settings.change_office({"chairs": chair, "officer": "練習 担当", "phone": "04-7100-0000"})
    for n, held in enumerate(people.active(MONTH), 1):
        RosterService(store).set_contact(
            held.promoter, address=f"柏市見本町{n}丁目{n}番{n}号", phone=f"04-7100-{n:04d}"
        )
    taxed = _cast(store).taxed
    fee = [{"from": "2026-01-01", "reward": "fee"}]
    settings.change_terms(taxed.promoter, taxed.area, {"withholding": fee})
    PaymentSettings(store).set_numbers(MONTH, "柏社協伺第128号", "R8-1120")


class _Cast(NamedTuple):
    """Whose sheets have a story: tax, more, less; the last one approved is corrected later."""

    taxed: Appointment
    more: Appointment
    less: Appointment


def _cast(store: Store) -> _Cast:
    due = {d.line.appointment for d in Printing(store).ready(MONTH)}
    held = [a for a in RosterService(store).roster().active(MONTH) if a.id in due][:-1]
    return _Cast(*(held[min(n, len(held) - 1)] for n in (4, 1)), held[2 if len(held) > 2 else 0])


def _pay(store: Store) -> None:
    due = list(dict.fromkeys(d.promoter for d in Printing(store).ready(MONTH)))
    paying = Paying(store)
    on = PAYING.date()
    paying.pay(MONTH, due[:1], on=on, method="現金", voucher="R8-1121")
    paying.pay(MONTH, due[1:], on=on, method="振込", voucher="R8-1120")


def _corrections(store: Store, day: OfficeDay, out: Path) -> Iterator[Paper]:
    reviewing, printing, settings = Reviewing(store), Printing(store), MoneySettings(store)
    _, more, less = _cast(store)
    settings.adjust(more.promoter, more.area, MONTH, 1_500, "交通の実費(10月14日)")
    settings.adjust(less.promoter, less.area, MONTH, -2_000, "9月分の払いすぎ")
    for one, name, title, what in (
        (more, "additional", "追給", "支払のあとに、足りない分を払う書類です。"),
        (less, "refund", "戻入", "支払のあとに、多すぎた分を返していただく書類です。"),
    ):
        reviewing.unapprove(MONTH, one.promoter, "金額の訂正")
        reviewing.approve(MONTH, [one.promoter])
        made = printing.honorarium(MONTH, [one.promoter], out / f"{name}.pdf")
        yield _paper(name, title, what, made)
    keys = OfficeSetup(store).unlock(day.passphrase)
    before = {d.promoter for d in printing.ready(MONTH)}
    Intake(store, keys).take_in(sorted(day.inbox.iterdir()))
    (changed,) = before - {d.promoter for d in printing.ready(MONTH)}
    reviewing.approve(MONTH, [changed])
    made = printing.honorarium(MONTH, [changed], out / "correction.pdf")
    what = "支払のあとに、金額でないところが変わったとき。"
    yield _paper("correction", "訂正報告書", what, made)


def _begins_entry(file: Path, number: int) -> bool:
    from pypdf import PdfReader

    return "承認の経過" in PdfReader(file).pages[number].extract_text()


def _paper(name: str, title: str, what: str, made: Printed, number: int = 0) -> Paper:
    return Paper(name, title, what, made.file, number)


def draw(papers: list[Paper]) -> None:
    """Draw one page of every paper; the folder then holds nothing else."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for paper in papers:
        save_small(picture(paper), PICTURES / f"{paper.name}.png")


def picture(paper: Paper, dots: int = DOTS) -> Image.Image:
    """Draw the page of a paper that is shown."""
    from PySide6.QtCore import QBuffer, QSize
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtWidgets import QApplication

    _app = QApplication.instance() or QApplication([])
    document = QPdfDocument()
    document.load(str(paper.pdf))
    points = document.pagePointSize(paper.page)
    size = QSize(round(points.width() * dots / 72), round(points.height() * dots / 72))
    drawn = document.render(paper.page, size)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.ReadWrite)
    drawn.save(buffer, "PNG")
    document.close()
    image = Image.open(BytesIO(bytes(buffer.data()))).convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white.convert("L").convert("RGB")


def page(papers: list[Paper]) -> str:
    """Return the page that lists them."""
    lines = [
        "# 書類の見本",
        "",
        "見本の名前と数字で作った、すべての書類です(本当の人のものではありません)。A4の縦、白黒です。",
        "作りなおすとき: `python docs/manual/make_papers.py`",
        "",
    ]
    for paper in papers:
        lines += [
            f"## {paper.title}",
            "",
            paper.what,
            "",
            f"![{paper.title}](papers/{paper.name}.png)",
            "",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
