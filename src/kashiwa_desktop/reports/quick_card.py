"""操作早見カード: one page beside the PC, in the words of the screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.reports.paper import Block, Document, Gap, Passage, Title, write
from kashiwa_desktop.reports.parts.heading import Sender
from kashiwa_desktop.reports.parts.page import MM, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import Style

_TITLE = "操作早見カード"
_LARGE = Style("gothic", 13.5, 20)
_KEY = Style("bold", 13.5, 20)
_HEAD = Style("bold", 15, 22)
_ROW = 10 * MM
STEPS = {
    "活動を記録する": (
        "左の「記録する」を押します。",
        "「いつ」で、きょう・きのう・日付を選びます。",
        "「何を」で、よく使う活動か区分を選びます。",
        "「内容」をひとこと書き、下の「記録する」を押します。",
    ),
    "月の報告を提出する": (
        "USBメモリーをさして、左の「提出する」を押します。",
        "内容を確かめて、「○月分を締める」を押します。",
        "「提出用をUSBメモリーに保存する」を押します。",
        "「USBメモリーを抜いても大丈夫です」と出たら抜きます。",
    ),
}
HELP = (
    ("まちがえた", "「元に戻す」を押します。消した記録も戻せます。"),
    ("文字が小さい", "Ctrl を押しながら + を押します。"),
    (
        "返事をもらった",
        "USBメモリーをさし、「提出する」の中の「事務局からの返事を見る」を押します。",
    ),
    ("途中でやめたい", "そのまま閉じて大丈夫です。書きかけは残ります。"),
    (
        "分からない",
        "左の「困ったとき」か F1 を押します。電話のときは、右下の「画面」の番号をお伝えください。",
    ),
)


def render(sender: Sender, phone: str, out: Path | BinaryIO) -> Made:
    """Write the card as a PDF of one page."""
    return write(_TITLE, [paper(sender, phone)], out)


def paper(sender: Sender, phone: str) -> Document:
    """Say what stands on the card, in large type."""
    blocks: list[Block] = [Title(_TITLE, "地域支えあい活動記録")]
    for title, steps in STEPS.items():
        numbered = [(str(n), step) for n, step in enumerate(steps, 1)]
        key = Column("", 12 * MM, "center", _KEY, label=True)
        blocks += [Passage(title, _HEAD), Gap(1), _table(key, numbered), Gap(4)]
    key = Column("", 42 * MM, "left", _KEY, label=True)
    blocks += [Passage("こんなときは", _HEAD), Gap(1), _table(key, HELP), Gap(5)]
    blocks.append(Passage(f"お電話  {sender.office}  {phone or '(電話番号)'}", _KEY))
    return Document(_TITLE, sender.footer(_TITLE), blocks, closer=False)


def _table(key: Column, rows: Sequence[tuple[str, str]]) -> Table:
    columns = (key, Column("", REST, "left", _LARGE))
    return Table(columns, [Row(row) for row in rows], heads=False, least=_ROW)
