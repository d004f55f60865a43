"""予備のかぎ on paper: the words, the same key as a QR code and as text, and what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.reports.parts.page import LEFT, MM, WIDTH, Figure, Flow, Footer, Made, save
from kashiwa_desktop.reports.parts.table import Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, LABEL, SMALL, TITLE, Style

_NAME = "予備のかぎ"
_BIG = Style("gothic", 11, 16)
_WORD = Style("gothic", 15, 20)
_KEY = Style("gothic", 8.5, 12)
_QR = 44 * MM
_FIRST = 17 * MM

_WHAT = (
    "事務局の合言葉が分からなくなったときや、事務局のパソコンがこわれたときに、"
    "記録を取り戻すための、たった1つのかぎです。"
)
_KEEP = (
    "この紙を見た人は、事務局あてのファイルをすべて読めます。写真やコピーを取らず、封筒に入れて封をし、"
    "金庫に入れてください。もう1通を作り、別の建物に置きます。ふだん使うパソコンには入れません。"
)
_READ = (
    "ことばは、1行目から順に、左から右へ読みます。5番目は、書き写しのまちがいを見つけるためのことばです。"
    "ひらがなでもカタカナでもかまいません。"
)
_USE = (
    "40個のことばか、右の四角(QR)から読み取った下の文字を、画面に入れて使います。",
    "合言葉が分からないとき\n［困ったとき］の［かぎとパソコン］で［合言葉を忘れた］",
    "パソコンがこわれたとき\n新しいパソコンの［事務局のパソコンとして始める］で［前の事務局を戻す］",
    "このソフトがないとき\nage -d -i ファイル 提出用のファイル.kssz | gunzip",
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the paper: ``lines`` are eight lines of five words, the fifth a check."""

    office: str
    number: str
    made_on: date
    lines: Sequence[Sequence[str]]
    identity: str
    recipient: str
    trial: bool = False


def render(values: RecoverySheet, out: Path | BinaryIO) -> Made:
    """Write the paper as a PDF of one page."""
    return save(_NAME, [compose(values)], out)


def compose(values: RecoverySheet) -> Flow:
    """Lay the paper out."""
    made = f"{wareki.long_date(values.made_on)} 作成"
    flow = Flow(Footer((values.office, made), values.trial), _NAME)
    flow.write(f"{_NAME}(封筒に入れて金庫へ)", TITLE, align="center")
    flow.gap(2 * MM)
    flow.write(f"{values.office}  事務局の番号 {values.number}", _BIG)
    flow.write(made, BODY)
    flow.gap(2 * MM)
    for text in (_WHAT, _KEEP):
        flow.write(text, BODY)
    flow.gap(3 * MM)
    _words(flow, values.lines)
    flow.write(_READ, SMALL)
    flow.gap(4 * MM)
    _code(flow, values)
    flow.gap(4 * MM)
    _openings(flow)
    return flow


def _words(flow: Flow, lines: Sequence[Sequence[str]]) -> None:
    wide = (WIDTH - _FIRST) / 5
    words = [Column(str(n), wide, "center", _WORD) for n in range(1, 5)]
    words.append(Column("5(たしかめ)", wide, "center", _WORD))
    columns = (Column("", _FIRST, "center", LABEL, label=True), *words)
    rows = [Row((f"{n}行目", *line)) for n, line in enumerate(lines, 1)]
    Table(columns, rows, least=10.5 * MM).draw(flow)
    flow.gap(1 * MM)


def _code(flow: Flow, values: RecoverySheet) -> None:
    """Put the QR code to the right and how to use it to the left of it."""
    flow.need(_QR)
    top, left = flow.y, WIDTH - _QR - 6 * MM
    flow.page.figures.append(Figure(LEFT + WIDTH - _QR, top, _drawing(values.identity)))
    flow.write("使うとき", LABEL, width=left)
    for text in _USE:
        flow.write(text, SMALL, width=left)
        flow.gap(1 * MM)
    flow.gap(1 * MM)
    flow.write("QRと同じ文字", LABEL, width=left)
    flow.write(values.identity, _KEY, width=left)
    flow.write("このかぎの、見せてもよいほうの文字", LABEL, width=left)
    flow.write(values.recipient, _KEY, width=left)
    flow.y = max(flow.y, top + _QR)


def _drawing(text: str) -> Any:
    """Return a QR code with its quiet zone, drawn as one bar for each run of dark squares."""
    import segno  # with ReportLab: only where this paper is made
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import black

    from kashiwa_desktop.reports.parts.ink import Picture

    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    side = _QR / len(rows)
    drawing = Picture(_QR, _QR)
    for n, row in enumerate(rows):
        for first, last in _runs(row):
            y, wide = _QR - (n + 1) * side, (last - first) * side
            drawing.add(Rect(first * side, y, wide, side, fillColor=black, strokeColor=None))
    return drawing


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Return (first, one past the last) of each run of dark squares."""
    edges = [i for i in range(1, len(row)) if bool(row[i]) != bool(row[i - 1])]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _openings(flow: Flow) -> None:
    """Leave room for who opened the envelope: always two people."""
    columns = (
        Column("開けた日", 32 * MM),
        Column("開けた人(1人目)", 42 * MM),
        Column("開けた人(2人目)", 42 * MM),
        Column("理由", WIDTH - 116 * MM),
    )
    Table(columns, [Row(("", "", "", ""))] * 2, least=8 * MM).draw(flow)
