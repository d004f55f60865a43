"""Before a sheet is offered: two calculators and the paper itself must agree to the yen.

RELIABILITY.md R54, R55: the lines, the total, the store, the amount in words on the finished PDF
and the second opinion. If any of them differs there is no sheet, and a sentence says why.
"""

from collections.abc import Sequence

from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.paths import resource
from kashiwa_desktop.reports.finished.rereading import SheetSums, UnreadableError, sheet_sums
from kashiwa_desktop.reports.parts.page import Made
from kashiwa_desktop.services.money.second_opinion import NoOpinionError, Opinion, SecondOpinion
from kashiwa_desktop.services.printed import NOT_TRUE
from kashiwa_desktop.storage import raw_lines
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.sheets import HONORARIUM, REFUND, Sheet


def second_opinion(tx: Tx, month: str) -> SecondOpinion:
    """Return the second calculator, which reads the raw lines of that month."""
    return SecondOpinion(raw_lines.of_month(tx, month), month, otsu_text())


def otsu_text() -> str:
    """Return the 乙欄 table that ships with the program (初期値、要確認)."""
    return resource("withholding_otsu.csv").read_text(encoding="utf-8")


def check(sheet: Sheet, settled: Sequence[Sheet], opinions: SecondOpinion, made: Made) -> None:
    """Compare a new sheet with the second opinion and with its own PDF, read again.

    ``settled`` are the paid sheets that a correction comes after, ``made`` says what was written
    on the pages. RefusedError.
    """
    try:
        opinion = opinions.of(sheet.appointment, sheet.pay_on)
        read = sheet_sums(sheet.pdf)
    except (NoOpinionError, UnreadableError) as error:
        raise _refused(sheet, "検算ができませんでした") from error
    if read.text != "".join(made.texts):
        raise RefusedError(NOT_TRUE, code="not_true")
    gross = sum(s.gross for s in settled) + sheet.gross
    kept_back = sum(s.kept_back for s in settled) + sheet.kept_back
    if opinion.approved != opinion.gross:
        told = "なし" if opinion.approved is None else f"{opinion.approved:,}円"
        why = f"承認した額 {told}、いまの設定で計算した額 {opinion.gross:,}円"
        text = "承認を取り消して、もう一度承認してください。"
        raise _refused(sheet, why, text)
    if (opinion.gross, opinion.withheld) != (gross, kept_back):
        raise _refused(sheet, f"計算 {gross:,}円、検算 {opinion.gross:,}円")
    if not _paper_agrees(sheet, read, opinion):
        raise _refused(sheet, "紙の上の金額と記録の金額がちがいます")


def check_line(line: HonorariumLine, withheld: int, pay_on: str, opinions: SecondOpinion) -> None:
    """Compare a line of the 支払一覧 that has no sheet yet with the second opinion; RefusedError.

    Lines with a sheet are as they were issued, and the sheet passed ``check`` on its day.
    """
    try:
        opinion = opinions.of(line.appointment, pay_on)
    except NoOpinionError as error:
        raise _line_refused("検算ができませんでした") from error
    if (opinion.gross, opinion.withheld) != (line.yen, withheld):
        raise _line_refused(f"承認した額 {line.yen:,}円、検算 {opinion.gross:,}円")


def _line_refused(why: str) -> RefusedError:
    text = f"支払一覧は、計算の確かめが合わないため作っていません({why})。"
    then = "承認を取り消して、もう一度承認してください。"
    return RefusedError(text + then, code="sums_differ")


def _paper_agrees(sheet: Sheet, read: SheetSums, opinion: Opinion) -> bool:
    """Say whether lines = total = store = amount in words on the finished paper."""
    totals = {sum(read.items), read.gross, sheet.yen}
    same_lines = sheet.kind != HONORARIUM or read.items == opinion.parts
    tax = read.withheld == sheet.withheld and read.net == read.gross - read.withheld
    named = all("".join(t.split()) in read.text for t in (sheet.number, sheet.code))
    return len(totals) == 1 and same_lines and tax and named and _claim_agrees(sheet, read)


def _claim_agrees(sheet: Sheet, read: SheetSums) -> bool:
    """Say whether the upper part asks for the right sum: lines = total = amount in words.

    What is given back, and a change of tax alone, is asked for as it changes hands.
    """
    said = (read.claim_lines, read.claim_total, read.claimed)
    if said == ((), None, None):
        return sheet.kind != REFUND
    handed_over = sheet.kind == REFUND or sheet.yen == 0
    asked = sheet.yen - sheet.withheld if handed_over else sheet.yen
    tax = (-sheet.withheld,) if handed_over and sheet.withheld else ()
    return said == ((*read.items, *tax), asked, asked) and sum(read.claim_lines) == asked


def _refused(sheet: Sheet, why: str, then: str = "事務局の担当にご相談ください。") -> RefusedError:
    text = f"{sheet.promoter} の書類は、計算の確かめが合わないため作っていません({why})。{then}"
    return RefusedError(text, code="sums_differ")
