"""提出票 and 受領票: a sheet that goes with the stick, and the one that comes back for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.parts.boxes import stamp_boxes
from kashiwa_desktop.reports.parts.heading import Sender, facts, heading
from kashiwa_desktop.reports.parts.page import LEFT, MM, THICK, WIDTH, Flow, Made, save
from kashiwa_desktop.reports.parts.table import Part
from kashiwa_desktop.reports.parts.text import BODY, LABEL, TINY, Style

Kind = Literal["submission", "receipt"]
_TITLES = {"submission": "提出票", "receipt": "受領票"}
_LEADS = {
    "submission": "下記のとおり、月の報告を提出します。USBメモリーといっしょにお渡しください。",
    "receipt": "下記のとおり、月の報告を受け取りました。照合番号が控えと同じかご確認ください。",
}
_CODE = Style("bold", 26, 34)
_NAME = Style("mincho", 12, 16)


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip; ``n`` records were declared, ``count`` of them are 回. ``day`` None: by hand."""

    kind: Kind
    month: Month
    area: str
    name: str
    kana: str
    check_code: str
    version: int
    n: int
    count: int
    days: int
    day: date | None
    to: str = ""
    note: str = ""


def render(
    slips: Sequence[Slip], sender: Sender, out: Path | BinaryIO, *, duplex: bool = False
) -> Made:
    """Write the slips, each on its own page: none shows another person."""
    titles = dict.fromkeys(f"{_TITLES[s.kind]} {s.month.label()}分" for s in slips)
    return save("・".join(titles), [compose(slip, sender) for slip in slips], out, duplex=duplex)


def compose(slip: Slip, sender: Sender) -> Flow:
    """Lay one slip out."""
    title, month = _TITLES[slip.kind], f"{slip.month.label()}分"
    flow = Flow(sender.footer(slip.area, month, f"照合番号 {slip.check_code}"), f"{title} {month}")
    flow.gap(4 * MM)
    heading(flow, title, f"({month})")
    flow.write(slip.to, _NAME)
    flow.gap(4 * MM)
    flow.write(_LEADS[slip.kind], BODY)
    flow.gap(4 * MM)
    _code(flow, slip)
    day = long_date(slip.day) if slip.day else "令和    年    月    日"
    label = "提出日" if slip.kind == "submission" else "受け取った日"
    facts(
        flow,
        [
            ("地域", slip.area),
            ("氏名", (Part(slip.kana, TINY), Part(slip.name, _NAME))),
            ("対象月", f"{month} 第{slip.version}版"),
            (label, day),
            ("記録", f"{slip.n}件(うち 回数に数えるもの {slip.count}回)"),
            ("活動日数", f"{slip.days}日"),
        ],
    )
    if slip.note:
        flow.write(slip.note, BODY)
    flow.gap(6 * MM)
    boxes = ("提出者", "受付印") if slip.kind == "submission" else ("受付印", "担当")
    stamp_boxes(flow, boxes)
    return flow


def _code(flow: Flow, slip: Slip) -> None:
    """Write the 照合番号 large in a frame: it is read aloud and compared."""
    tall = 24 * MM
    x, width = LEFT + 35 * MM, WIDTH - 70 * MM
    flow.page.frame(x, flow.y, width, tall, THICK)
    y = flow.y
    flow.y = y + 2 * MM
    flow.write("照合番号", LABEL, align="center")
    flow.gap(1 * MM)
    flow.write(slip.check_code, _CODE, align="center")
    flow.y = y + tall
    flow.gap(6 * MM)
