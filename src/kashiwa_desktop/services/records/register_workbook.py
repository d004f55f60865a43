"""地域の資源 市域版 as a spreadsheet: one row a resource, and how many of each kind by area."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.domain import resource as rules
from kashiwa_desktop.domain.field import cell, heading
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.excel.writer import Cell, Column, Table
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services import workbooks
from kashiwa_desktop.services.records.registered import Shown
from kashiwa_desktop.services.store import Store, note

_TOLD = [field for field in rules.FIELDS if field.name not in ("area", "succeeds")]
_COLUMNS = (
    Column("地域", 14), *(Column(heading(field), field.width) for field in _TOLD),
    Column("確かめてから(日)", 10), Column("満たす要件(4つのうち)", 12), Column("推進員番号", 11),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenRegister:
    """A workbook that was written, and how many resources stand in it."""

    file: Path
    rows: int


def write(
    store: Store, shown: Sequence[Shown], out: Path, progress: Progress | None = None
) -> WrittenRegister:
    """Write the workbook of what is shown; the log keeps who did it. CancelledError, PlaceError."""
    made = f"{long_date(store.clock.today())} 作成"
    above = ("地域の資源 市域版", f"{len(shown)}件", made)
    listed = Table("資源", _COLUMNS, [_row(one) for one in shown], above, filters=True)
    workbooks.write(store, [listed, _counts(shown, made)], out, progress)
    with store.db.write() as tx:
        note(store, tx, "write_excel", rows=len(shown), tables=["resources"])
    return WrittenRegister(out, len(shown))


def _row(shown: Shown) -> list[Cell]:
    r = shown.resource
    body = rules.as_body(r)
    met = len(r.requirements) if r.kind == rules.GATHERING else None
    told = [cell(field, body) for field in _TOLD]
    return [shown.area_name, *told, shown.age_days, met, r.promoter or "事務局"]


def _counts(shown: Sequence[Shown], made: str) -> Table:
    """Areas downwards, kinds across; 通いの場 by form beside them."""
    areas = list(dict.fromkeys(one.area_name for one in shown))
    heads = [*rules.KINDS.values(), *(f"うち{form}" for form in rules.FORMS.values())]
    columns = [
        Column("地域", 14),
        *(Column(f"{head}(件)", 12) for head in heads),
        Column("計(件)", 10),
    ]
    rows = [_counted(area, [o for o in shown if o.area_name == area]) for area in areas]
    rows.append(_counted("計", shown))
    return Table("件数", columns, rows, ("地域の資源の件数", made), sums=True)


def _counted(name: str, shown: Sequence[Shown]) -> list[Cell]:
    kinds = [sum(one.resource.kind == kind for one in shown) for kind in rules.KINDS]
    gatherings = [one.resource for one in shown if one.resource.kind == rules.GATHERING]
    forms = [sum(r.form == form for r in gatherings) for form in rules.FORMS]
    return [name, *kinds, *forms, len(shown)]
