"""Native charts of a sheet: they show its own cells, and follow when a person changes those."""

from dataclasses import dataclass
from typing import Any

_GREYS = ("#333333", "#B8B8B8", "#808080", "#FFFFFF")
_PATTERNS = (None, None, "wide_upward_diagonal", None)
_FONT = {"name": "BIZ UDPゴシック", "size": 10}
_WIDTH, _HEIGHT = 900, 420  # pixels


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked columns: rows of the table from left to right, ``series`` columns upwards."""

    title: str
    series: int
    unit: str = "回"


def put(book: Any, page: Any, chart: Chart, head: int, shape: tuple[int, int]) -> None:
    """Put a chart below its table; ``head`` is the row of the headings, ``shape`` the table's.

    ``shape`` counts rows and columns without sums.
    """
    rows = shape[0]
    if not rows:
        return
    first, last = head + 1, head + rows
    made = book.add_chart({"type": "column", "subtype": "stacked"})
    for number in range(chart.series):
        place, name = number + 1, page.get_name()
        made.add_series(
            {
                "name": [name, head, place],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, place, last, place],
                "gap": 60,
                "border": {"color": "#000000", "width": 0.75},
                **_ink(number),
            }
        )
    made.set_title({"name": chart.title, "overlay": False, "name_font": {**_FONT, "size": 13}})
    made.set_y_axis({"name": f"({chart.unit})", "name_font": _FONT, "num_font": _FONT})
    made.set_x_axis({"num_font": _FONT})
    made.set_legend({"position": "bottom", "font": _FONT})
    made.set_size({"width": _WIDTH, "height": _HEIGHT})
    page.insert_chart(last + 3, 0, made, {"description": chart.title})


def _ink(number: int) -> dict[str, Any]:
    """Return the ground of a series: told apart in black and white too."""
    pattern, grey = _PATTERNS[number % 4], _GREYS[number % 4]
    if pattern is None:
        return {"fill": {"color": grey}}
    ground = {"pattern": pattern, "fg_color": "#000000", "bg_color": "#FFFFFF"}
    return {"pattern": ground}
