"""操作早見カード: one page beside the PC, in the words of the screen."""

from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.reports.heading import Sender, heading, section
from kashiwa_desktop.reports.page import MM, WIDTH, Flow, Made, save
from kashiwa_desktop.reports.table import Column, Row, Table
from kashiwa_desktop.reports.text import Style

_TITLE = "操作早見カード"
_LARGE = Style("gothic", 12, 18)
_KEY = Style("bold", 12, 18)
_STEPS = {
    "活動を記録する": (
        "「記録する」を押します。",
        "いつ(きょう・きのう・日付)を選びます。",
        "何を(よく使う活動、または区分)を選びます。",
        "内容をひとこと書き、「記録する」を押します。",
    ),
    "月の報告を提出する": (
        "USBメモリーをさして、「提出する」を押します。",
        "「内容を確かめる」、「10月分を締める」の順に押します(月は、その月の名前が出ます)。",
        "「提出用をUSBメモリーに保存する」を押します。",
        "「USBメモリーを抜いても大丈夫です」と出たら、抜いてお渡しください。",
    ),
}
_HELP = (
    ("まちがえた", "「元に戻す」を押します。消した記録も戻せます。"),
    ("文字が小さい", "Ctrl を押しながら + を押します(小さくするには -)。"),
    ("どうしてよいか分からない", "「困ったとき」を押すか、F1 を押します。"),
    ("途中でやめたい", "そのまま閉じて大丈夫です。書きかけは残ります。"),
    ("赤い画面が出た", "電源を切らずに、下の電話番号へお電話ください。"),
)


def render(sender: Sender, phone: str, out: Path | BinaryIO) -> Made:
    """Write the card as a PDF of one page."""
    return save(_TITLE, [compose(sender, phone)], out)


def compose(sender: Sender, phone: str) -> Flow:
    """Lay the card out in large type."""
    flow = Flow(sender.footer(_TITLE), _TITLE)
    heading(flow, _TITLE, "地域支えあい活動記録")
    number = Column("", 12 * MM, "center", _KEY, label=True)
    for title, steps in _STEPS.items():
        section(flow, title)
        columns = (number, Column("", WIDTH - 12 * MM, "left", _LARGE))
        rows = [Row((str(n), step)) for n, step in enumerate(steps, 1)]
        Table(columns, rows, heads=False, least=9 * MM).draw(flow)
        flow.gap(2 * MM)
    section(flow, "こんなときは")
    columns = (
        Column("", 62 * MM, "left", _KEY, label=True),
        Column("", WIDTH - 62 * MM, "left", _LARGE),
    )
    Table(columns, [Row(pair) for pair in _HELP], heads=False, least=9 * MM).draw(flow)
    flow.gap(5 * MM)
    flow.write(f"お電話  {sender.office}  {phone or '(電話番号)'}", _KEY)
    return flow
