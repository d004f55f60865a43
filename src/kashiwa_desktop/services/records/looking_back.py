"""ふりかえり: the promoter's own years as numbers, plots, papers and a spreadsheet."""

import io
from collections.abc import Sequence
from pathlib import Path

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.looking_back import YearView, categories_of, look_back
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.plot import Plot, Series
from kashiwa_desktop.domain.wareki import fiscal_year_name
from kashiwa_desktop.excel.writer import Cell, Column, Table
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports import notebook, year_review
from kashiwa_desktop.reports.notebook import Notebook
from kashiwa_desktop.reports.parts import charts
from kashiwa_desktop.reports.parts.page import Made
from kashiwa_desktop.reports.year_review import Section, YearReview
from kashiwa_desktop.services import workbooks
from kashiwa_desktop.services.printed import Printed, offer
from kashiwa_desktop.services.store import Store, code_lists, promoter_facts, roster
from kashiwa_desktop.storage import activities, recorded
from kashiwa_desktop.storage.activities import Wanted

STACKED = "月ごとの活動(区分別)"
AGAINST = "今年度と前の年度"


class LookingBack:
    """The years of the promoter whose PC this is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def this_year(self) -> int:
        """Return the fiscal year that runs now, by its first calendar year."""
        return Month.of(self._store.clock.today()).fiscal_year

    def first_year(self) -> int:
        """Return the first fiscal year with a record; this one where there is none."""
        with self._store.db.read() as tx:
            held = recorded.months(tx, promoter_facts(tx).promoter)
        return Month.parse(held[0]).fiscal_year if held else self.this_year()

    def year(self, fiscal_year: int, progress: Progress | None = None) -> YearView:
        """Return the sums of a fiscal year and of the one before."""
        (progress or Progress()).step("", 0, 0)
        this, before = self._records(fiscal_year), self._records(fiscal_year - 1)
        with self._store.db.read() as tx:
            codes = code_lists(tx)
        return look_back(fiscal_year, this, before, self._store.clock.today(), codes)

    def plots(self, view: YearView) -> dict[str, Plot]:
        """Return the plots of a year by their titles; each is shown as a table too."""
        places = [f"{month.number}月" for month in view.months]
        stacked = [
            Series(view.words.category(code), [c.by_category.get(code, 0) for c in view.sums])
            for code in categories_of(view)
        ]
        against = [
            Series(fiscal_year_name(view.fiscal_year), [c.count for c in view.sums]),
            Series(fiscal_year_name(view.fiscal_year - 1), [c.count for c in view.before]),
        ]
        return {STACKED: Plot(places, stacked), AGAINST: Plot(places, against, stacked=False)}

    def drawing(self, plot: Plot, width: float, size: float, progress: Progress) -> bytes:
        """Return a plot as a PDF of one page, ``width`` points wide, type of ``size`` points."""
        progress.step("", 0, 0)
        return charts.as_pdf(charts.draw(plot, width, size))

    def sentence(self, view: YearView) -> str:
        """Say in words what the numbers of a year say."""
        year = fiscal_year_name(view.fiscal_year)
        if not view.count:
            return f"{year}の記録はまだありません。"
        so_far = "" if view.reached == len(view.months) else "これまでに"
        words = [f"{year}は{so_far}{view.count}回、{view.whole.days}日活動しました。"]
        if view.most:
            code, count = view.most
            words.append(f"いちばん多いのは{view.words.category(code)}で{count}回です。")
        if any(c.count for c in view.before):
            words.append(_compared(view))
        return "".join(words)

    def paper(self, fiscal_year: int, progress: Progress) -> Printed:
        """Make the paper of a year."""
        progress.step("紙の形にしています", 0, 0)
        view = self.year(fiscal_year)
        name, area = self._who()
        values = YearReview(
            year=fiscal_year_name(fiscal_year),
            name=name,
            area=area,
            sentence=self.sentence(view),
            sections=[Section(title, plot) for title, plot in self.plots(view).items()],
            counterparts=view.counterparts[:30],
            made_on=self._store.clock.today(),
            trial=self._store.is_trial,
        )
        data = io.BytesIO()
        return self._preview(year_review.render(values, data), data.getvalue())

    def notebook(self, fiscal_year: int, progress: Progress) -> Printed:
        """Make the 活動ノート of a year: every record, without private notes."""
        progress.step("活動ノートを作っています", 0, 0)
        name, area = self._who()
        values = Notebook(
            year=fiscal_year_name(fiscal_year),
            name=name,
            area=area,
            records=self._records(fiscal_year),
            made_on=self._store.clock.today(),
            trial=self._store.is_trial,
        )
        data = io.BytesIO()
        return self._preview(notebook.render(values, data), data.getvalue())

    def sheet(self, fiscal_year: int, out: Path, progress: Progress) -> Path:
        """Write the numbers of a year as .xlsx."""
        progress.step("Excelの形にしています", 0, 0)
        view = self.year(fiscal_year)
        tables = [_table(title, plot) for title, plot in self.plots(view).items()]
        columns = (Column("相手先", 40), Column("回数(回)", 10))
        tables.append(Table("相手先", columns, [list(pair) for pair in view.counterparts]))
        workbooks.write(self._store, tables, out)
        return out

    def _records(self, fiscal_year: int) -> Sequence[Activity]:
        first, last = Month(fiscal_year, 4), Month(fiscal_year + 1, 3)
        with self._store.db.read() as tx:
            who = promoter_facts(tx)
            return activities.find(tx, Wanted(who.promoter, first, last))

    def _preview(self, made: Made, data: bytes) -> Printed:
        return offer(self._store, None, data, made)

    def _who(self) -> tuple[str, str]:
        with self._store.db.read() as tx:
            who, people = promoter_facts(tx), roster(tx)
        person = people.person(who.promoter)
        areas = dict.fromkeys(people.area(a.area).name for a in people.of_promoter(who.promoter))
        return (person.name if person else who.promoter), "・".join(areas)


def _compared(view: YearView) -> str:
    difference = view.count - view.count_before
    when = "前の年度" if view.reached == len(view.months) else "前の年度の同じころ"
    if not difference:
        return f"{when}と同じ回数です。"
    return f"{when}より{abs(difference)}回{'多い' if difference > 0 else '少ない'}です。"


def _table(title: str, plot: Plot) -> Table:
    columns = [Column(title, 24), *(Column(f"{p}({plot.unit})", 9) for p in plot.places)]
    rows: list[list[Cell]] = [[s.name, *s.values, sum(s.values)] for s in plot.series]
    return Table(title, [*columns, Column(f"計({plot.unit})", 9)], rows)
