"""The plots of the office: the numbers of 集計 in pictures, and months against their deadline."""

from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.counting.tabulating import Asked, Tabulating
from kashiwa_desktop.services.months.handing_in import NOT_YET, SPANS, counted_days, days_after
from kashiwa_desktop.services.papers.office_plots import (
    DEADLINE,
    HEAT,
    MONTHS,
    MOST_COUNTERPARTS,
    SINCE,
    TITLES,
    WITH_WHOM,
    YEARS,
    ZONES,
    OfficePlots,
    PlotsWanted,
)
from kashiwa_desktop.services.store import office_settings, roster
from office_world import OCTOBER
from services.counted_world import put

THIS = PlotsWanted(2026)


@pytest.fixture
def office(town):
    town.intake().take_in(town.months())
    return town.office()


def shown(plot):
    return {s.name: list(s.values) for s in plot.series}


def test_every_plot_of_the_list_is_made(office):
    plots = OfficePlots(office).plots(THIS)
    assert tuple(plots) == TITLES
    assert [p.form for p in plots.values()] == [
        "columns", "heat", "lying", "shares", "columns", "columns", "lying",
    ]  # fmt: skip


def test_they_say_what_the_tables_say(office):
    plots, service = OfficePlots(office).plots(THIS), Tabulating(office)
    months = service.table(Asked(2026, "category", "month")).numbers
    assert plots[MONTHS].sums == tuple(cell.count for cell in months.last.cells)
    assert plots[MONTHS].places[6] == "10月"
    areas = service.table(Asked(2026, "area", "month")).numbers
    assert shown(plots[HEAT]) == {
        line.name: [cell.count for cell in line.cells] for line in areas.lines
    }
    zones = service.table(Asked(2026, "zone", "category")).numbers
    assert plots[ZONES].sums == tuple(line.whole.count for line in zones.lines)
    assert plots[YEARS].sums == plots[SINCE].sums == (9,)
    assert (plots[YEARS].adds_up, plots[SINCE].adds_up, plots[HEAT].adds_up) == (True, False, False)


def test_only_approved_months(office):
    Reviewing(office).approve(OCTOBER, ["P001"])
    plots = OfficePlots(office).plots(PlotsWanted(2026, approved=True))
    assert sum(plots[MONTHS].sums) == 3


def test_with_whom_the_most_frequent_first_and_no_more_than_can_be_read(town):
    store = town.office()
    for n in range(MOST_COUNTERPARTS + 3):
        put(store, f"r{n}", "2026-10-01", counterparts=["包括", f"町会{n:02d}", f"町会{n:02d}"])
    put(store, "not held", "2026-10-01", status="cancelled", counterparts=["だれか"])
    plot = OfficePlots(store).plots(THIS)[WITH_WHOM]
    assert plot.places[:2] == ["包括", "町会00"]
    assert shown(plot)["回数"] == [MOST_COUNTERPARTS + 3] + [1] * (MOST_COUNTERPARTS - 1)


def test_months_stand_at_their_distance_from_the_deadline(town):
    on_time = [town.month(p) for p in ("P001", "P002")]
    town.intake("2026-11-04T10:00").take_in(on_time)
    late = town.month("P003")
    town.intake("2026-11-09T10:00").take_in([late])
    store = town.office("2026-12-20T10:00")
    with store.db.read() as tx:
        people, office = roster(tx), office_settings(tx)
        assert days_after(tx, office, "P001", OCTOBER) == -1
        assert days_after(tx, office, "P003", OCTOBER) == 4
        assert days_after(tx, office, "P003", Month(2026, 11)) is None
        wanted = [OCTOBER, Month(2026, 11), Month(2026, 12)]
        found = dict(counted_days(tx, people, office, wanted, store.clock.today()))
    assert {name: count for name, count in found.items() if count} == {
        "3日前から前の日": 2,
        "4日あとから7日あと": 1,
        NOT_YET: 3,  # November; December's deadline is still to come
    }
    plot = OfficePlots(store).plots(THIS)[DEADLINE]
    assert plot.unit == "件"
    assert sum(plot.sums) >= 6


def test_the_spans_leave_no_day_out():
    edges = [(low, high) for _, low, high in SPANS]
    assert all(after[0] == before[1] + 1 for before, after in pairwise(edges))


def test_the_paper_has_every_plot_with_its_numbers(office, tmp_path):
    made = OfficePlots(office).paper(THIS, Progress(), tmp_path / "plots.pdf")
    reader = PdfReader(made.file)
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    for title in TITLES:
        assert "".join(title.split()) in text
    assert "令和8年度" in text
    assert "受け取ったすべての記録" in text
    assert made.pages == len(reader.pages)


def test_a_drawing_is_as_wide_as_asked(office):
    service = OfficePlots(office)
    data = service.drawing(service.plots(THIS)[HEAT], 400, 12, Progress())
    assert round(float(PdfReader(BytesIO(data)).pages[0].mediabox.width)) == 400
