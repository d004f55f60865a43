"""The boxes for stamps: 決裁欄, 受付印, 確認欄."""

from collections.abc import Sequence

from kashiwa_desktop.reports.parts.page import LEFT, MM, THICK, THIN, WIDTH, Flow, Rule, Shade
from kashiwa_desktop.reports.parts.text import LABEL, Line, height, layout

STAMP = 17 * MM  # the side of a box for a stamp


def boxes_height(titles: Sequence[str]) -> float:
    """Return how high a row of boxes is, the titles above them included."""
    return _head(_heads(titles)) + STAMP


def stamp_boxes(flow: Flow, titles: Sequence[str], *, right: float = LEFT + WIDTH) -> float:
    """Draw a row of boxes for stamps from the cursor on, ending at ``right``; return its height.

    ``titles`` stand above the boxes from left to right. The cursor does not move.
    """
    heads = _heads(titles)
    head = _head(heads)
    left, page, y = right - STAMP * len(titles), flow.page, flow.y
    if not titles:
        return 0.0
    page.shades.append(Shade(left, y, right - left, head))
    page.rules.append(Rule(left, y + head, right, y + head, THIN))
    for number, lines in enumerate(heads):
        x = left + number * STAMP
        page.write(lines, x + 1.5, y + (head - height(lines)) / 2, STAMP - 3, "center")
        if number:
            page.rules.append(Rule(x, y, x, y + head + STAMP, THIN))
    page.frame(left, y, right - left, head + STAMP, THICK)
    return head + STAMP


def _heads(titles: Sequence[str]) -> list[tuple[Line, ...]]:
    return [layout(title, LABEL, STAMP - 3) for title in titles]


def _head(heads: Sequence[Sequence[Line]]) -> float:
    return max(map(height, heads), default=0.0) + 3
