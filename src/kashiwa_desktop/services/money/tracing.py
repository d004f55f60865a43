"""From a printed figure back to its records, and from a record to its sheets (R56)."""

import json
from dataclasses import dataclass

from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.store import Store, office_facts
from kashiwa_desktop.storage import raw_lines, revisions, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Source:
    """One record behind a sheet: its id, the revision named, the files that brought it."""

    record: str
    revision: str
    files: tuple[str, ...]
    entered_by: str


@dataclass(frozen=True, slots=True)
class Trace:
    """All a sheet rests on; ``net`` in yen. ``approver`` is the person who approved."""

    number: str
    net: int
    report: str
    report_files: tuple[str, ...]
    approval: str
    approver: str
    sources: tuple[Source, ...]


class Tracing:
    """Questions of an auditor."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_sheet(self, number: str) -> Trace:
        """Return what a sheet rests on; RefusedError for a number that was never given."""
        with self._store.db.read() as tx:
            office_facts(tx)
            sheet = sheets.find(tx, number)
            if sheet is None:
                raise RefusedError(f"発行番号 {number} の書類はありません。", code="no_sheet")
            return _trace(tx, sheet)

    def of_record(self, record: str) -> list[str]:
        """Return the numbers of all sheets that name a version of this record, cancelled too."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return sheets.naming(tx, raw_lines.ids_of_record(tx, record))


def _trace(tx: Tx, sheet: Sheet) -> Trace:
    said = json.loads(sheet.sources)
    named = {*said["heads"], said["report"], sheet.approval}
    held = {r.id: r for r in revisions.load(tx, sorted(named))}
    files = raw_lines.bundles_of(tx, named)
    sources = [
        Source(held[name].key.id, name, tuple(files.get(name, ())), held[name].by.who)
        for name in said["heads"]
        if name in held
    ]
    approval = held[sheet.approval]
    report_files = tuple(files.get(said["report"], ()))
    return Trace(
        sheet.number, sheet.net, said["report"], report_files, approval.id, approval.by.who,
        tuple(sources),
    )  # fmt: skip
