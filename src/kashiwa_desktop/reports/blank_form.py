"""白紙の記入用紙: a month to fill in by hand, and how to choose the category on the back.

The columns are those of 職員による入力, in its order, so that anyone can type it without asking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports.parts.boxes import stamp_boxes
from kashiwa_desktop.reports.parts.heading import Sender, facts, heading, section
from kashiwa_desktop.reports.parts.page import LEFT, MM, PAGE_WIDTH, RIGHT, WIDTH, Flow, Made, save
from kashiwa_desktop.reports.parts.table import Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, LABEL, SMALL

_TITLE = "活動記録 記入用紙"
_ROWS = 17
COLUMNS = (
    ("日", 9), ("区分\n(1〜4)", 11), ("種別", 19), ("内容(ひとこと)", 0), ("場所", 26),
    ("相手", 26), ("人数", 11), ("時間\n(分)", 13),
)  # fmt: skip
"""What each row asks for, and its width in millimetres; the one without takes what is left."""


@dataclass(frozen=True, slots=True)
class BlankForm:
    """One form; name and area may be printed, or left to be written."""

    month: Month
    name: str = ""
    area: str = ""
    examples: Sequence[tuple[str, str]] = ()
    words: code_list.Words = code_list.SEED_WORDS


def render(forms: Sequence[BlankForm], sender: Sender, out: Path | BinaryIO) -> Made:
    """Write the forms, two pages each: the form, and the examples on its back."""
    title = f"{_TITLE} {'・'.join(dict.fromkeys(f.month.label() for f in forms))}分"
    return save(title, [compose(form, sender) for form in forms], out, duplex=True)


def compose(form: BlankForm, sender: Sender) -> Flow:
    """Lay one form out on two pages."""
    month = f"{form.month.label()}分"
    flow = Flow(sender.footer(form.area, month, _TITLE), f"{_TITLE} {month}")
    heading(flow, _TITLE, f"({month})")
    facts(flow, [("地域", form.area), ("氏名", form.name)])
    text = "1つの場所・1つの用事を1行に。区分は番号(1〜4)、くわしくは裏面をご覧ください。"
    flow.write(text, SMALL)
    flow.gap(1 * MM)
    rest = WIDTH - sum(width for _, width in COLUMNS) * MM
    columns = tuple(Column(name, width * MM or rest) for name, width in COLUMNS)
    Table(columns, [Row([""] * len(columns))] * _ROWS, least=10 * MM).draw(flow)
    flow.gap(2 * MM)
    _last_lines(flow)
    flow.turn()
    _overleaf(flow, form)
    return flow


def _last_lines(flow: Flow) -> None:
    flow.need(32 * MM)
    width = PAGE_WIDTH - LEFT - RIGHT - 40 * MM
    columns = (
        Column("", 26 * MM, "center", LABEL, label=True), Column("", width - 26 * MM, "left", BODY),
    )  # fmt: skip
    y = flow.y
    Table(columns, [Row(("成果・\n課題・提案", ""))], heads=False, least=20 * MM).draw(flow)
    why = [Row(("活動がなかった\n月は、そのわけ", ""))]
    Table(columns, why, heads=False, least=11 * MM).draw(flow)
    low, flow.y = flow.y, y
    flow.y += stamp_boxes(flow, ("受付印", "入力"))
    flow.y = max(flow.y, low)


def _overleaf(flow: Flow, form: BlankForm) -> None:
    heading(flow, "区分の見分け方", "迷ったら、近い例の区分をお書きください")
    columns = (
        Column("番号", 12 * MM, "center", BODY), Column("区分", 40 * MM, "left", BODY),
        Column("種別", 48 * MM, "left", CELL),
        Column("たとえば", WIDTH - 100 * MM, "left", CELL),
    )  # fmt: skip
    rows = [
        Row(
            (
                str(n),
                label,
                "\n".join(form.words.choices("type", code).values()),
                "\n".join(form.words.examples(code)),
            )
        )
        for n, (code, label) in enumerate(form.words.choices("category").items(), 1)
    ]
    Table(columns, rows, least=16 * MM).draw(flow)
    if form.examples:
        section(flow, "まちがえやすい例")
        both = (
            Column("内容(ひとこと)", WIDTH * 0.48, "left", CELL),
            Column("区分とそのわけ", WIDTH * 0.52, "left", CELL),
        )
        Table(both, [Row(pair) for pair in form.examples], least=7.5 * MM).draw(flow)
    flow.gap(3 * MM)
    for note in (
        "・中止・延期のものも、「内容(ひとこと)」に(中止)(延期)とお書きください。回数に数えません。",
        "・6回は目安です。回数にかかわらず提出できます。",
        "・住民の方のお名前・電話番号・住所は書かないでください。",
    ):
        flow.write(note, BODY)
