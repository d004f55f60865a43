"""What must hold for the marks of any page: nothing clipped, nothing over anything else."""

from itertools import combinations

from kashiwa_desktop.reports.parts.page import (
    BOTTOM,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TOP,
    Flow,
    Page,
    Run,
)

SLACK = 0.05


def check(flow: Flow) -> None:
    for page in flow.pages:
        _inside_margins(page)
        _clear_of_rules(page)
        _apart(page)


def box(run: Run) -> tuple[float, float, float, float]:
    size = run.line.style.size
    return run.x, run.y - 0.85 * size, run.x + run.line.width, run.y + 0.1 * size


def _written(page: Page) -> list[Run]:
    return [run for run in page.runs if run.line.glyphs]


def _inside_margins(page: Page) -> None:
    for run in _written(page):
        left, top, right, low = box(run)
        text = "".join(glyph.text for glyph in run.line.glyphs)
        assert left >= LEFT - SLACK, text
        assert right <= PAGE_WIDTH - RIGHT + SLACK, text
        assert top >= TOP - SLACK, text
        assert low <= PAGE_HEIGHT - BOTTOM + 2, text


def _clear_of_rules(page: Page) -> None:
    for run in _written(page):
        left, top, right, low = box(run)
        for rule in page.rules:
            across = rule.x1 == rule.x2 and left + SLACK < rule.x1 < right - SLACK
            along = rule.y1 == rule.y2 and top + SLACK < rule.y1 < low - SLACK
            y1, y2 = sorted((rule.y1, rule.y2))
            x1, x2 = sorted((rule.x1, rule.x2))
            assert not (across and y1 < low - SLACK and y2 > top + SLACK), run
            assert not (along and x1 < right - SLACK and x2 > left + SLACK), run


def _apart(page: Page) -> None:
    for one, two in combinations(_written(page), 2):
        a, b = box(one), box(two)
        beside = a[2] <= b[0] + SLACK or b[2] <= a[0] + SLACK
        above = a[3] <= b[1] + SLACK or b[3] <= a[1] + SLACK
        assert beside or above, (one, two)
