"""A worked office and a worked promoter's PC, and somebody who edits their stores by hand."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import date

from sqlalchemy import Integer, LargeBinary

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.money.banking import Banking
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.office.enrolling import Enrolling
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.records.recording import Recording, Source
from kashiwa_desktop.services.safety.erasing import Erasing
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import witness
from office_world import OCTOBER, PRIVATE, activity

NAMES = ("P001", "P002", "P003")
ON = date(2026, 11, 20)
BANK = (
    "promoter,bank_code,branch_code,kind,account,holder_kana,client_code,bank_kana\n"
    "office,9999,001,普通,1,シャフク)シケン,1234567890,ミホン\n"
    "P001,9998,12,1,7654321,シケン ハナコ,,\n"
    "P002,9998,012,1,0000002,カクウ タロウ,,\n"
    "P003,9998,012,1,0000003,レイジ タカサキ,,\n"
)


def work(town):
    """Let a month go its whole way: taken in, approved, printed, paid, returned, erased."""
    records = _promoter_works(town)
    files = town.months()
    town.intake().take_in(files)
    store = town.office(staff="職員 二")
    Reviewing(store).approve(OCTOBER, NAMES)
    bank = town.root / "bank.csv"
    bank.write_text(BANK, encoding="utf-8")
    Banking(store).read(bank)
    printing = Printing(store)
    printing.honorarium(OCTOBER, None, town.root / "out.pdf")
    printing.cancel("R8-10-003", "宛名ちがい")
    printing.honorarium(OCTOBER, ["P003"], town.root / "out.pdf")
    Paying(store).pay(OCTOBER, ["P001", "P002"], on=ON, method="振込", voucher="V-7")
    Enrolling(store).report_lost(Enrolling(store).pcs("P002")[0].device)
    Returning(store).ask(OCTOBER, "P001", records[1], "時間をお知らせください。")
    Erasing(store, town.keys).erase("P001", records[0], {"content": ""}, "本人の希望")
    late = Submitting(town.pc("P002")).submit(OCTOBER, town.out()).file
    town.intake().take_in([late])  # of a lost PC: it waits
    back = Returning(town.office(staff="職員 二")).return_file("P001", town.out(), town.keys)
    Receiving(town.pc()).take(back.file)
    Recording(town.pc()).keep_draft("d1", {"title": "まだ"})
    town.close()


def _promoter_works(town):
    pc = town.pc()
    recording = Recording(pc)
    paper = town.root / "paper.pdf"
    paper.write_bytes(b"%PDF invented")
    files = tuple(Attaching(pc).take_in([paper, paper]))
    given = {**activity(20, private_note=PRIVATE), "tags": ["needs", "sharing"], "attachments": 2}
    recording.put(given, Source(None, files=files))
    ids = recording.add([activity(21), activity(22, private_note="覚え"), activity(23)])
    recording.edit(ids[1], {"title": "直した"})
    recording.delete(ids[2])
    return ids


class Hand:
    """Edits one store of a town as somebody who knows SQLite: its triggers are there again."""

    def __init__(self, town, name="office"):
        self._town, self._name = town, name
        self._path = town.folder(name).store
        self._clean = self._path.read_bytes()

    def edit(self, *statements):
        """Run statements on the clean store; True where one changed something."""
        self._path.write_bytes(self._clean)
        with closing(sqlite3.connect(self._path, isolation_level=None)) as file:
            triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            kept = file.execute(triggers).fetchall()
            for name, _ in kept:
                file.execute(f"DROP TRIGGER {name}")
            done = sum(file.execute(*one).rowcount for one in statements)
            for _, sql in kept:
                file.execute(sql)
        return done > 0

    def restore(self):
        self._path.write_bytes(self._clean)

    def rows(self, query):
        with closing(sqlite3.connect(self._path)) as file:
            return file.execute(query).fetchall()

    def open(self):
        return self._town.office() if self._name == "office" else self._town.pc(self._name)

    def found(self):
        """What ``check`` says of the store as it is now."""
        try:
            return Keeping(self.open()).check()
        except AppError as error:
            return [error.text]
        finally:
            for store in self._town.opened:
                store.db.close()  # nothing is remembered of what was spoiled
            self._town.opened.clear()


def edits_of(hand, table):
    """Give (what, statements) by reflection: each column changed, a row less, more, exchanged."""
    columns = [c.name for c in table.c]
    key = [c.name for c in table.primary_key.columns]
    rows = hand.rows(f"SELECT rowid, * FROM {table.name} ORDER BY rowid")
    if table is witness.FACT.table:
        rows = [row for row in rows if witness.FACT.concerns(row[1])]
    if not rows:
        return
    at = rows[len(rows) // 2][0]
    for column in table.c:
        new = _other(column)
        yield (
            f"{table.name}.{column.name} changed",
            [(f"UPDATE {table.name} SET {column.name} = {new} WHERE rowid = ?", (at,))],
        )
    yield (f"{table.name}: a row less", [(f"DELETE FROM {table.name} WHERE rowid = ?", (at,))])
    unique = {*key, *(c.name for c in table.c if c.unique), *_ONCE.get(table.name, ())}
    said = ", ".join(_other(table.c[name]) if name in unique else name for name in columns)
    yield (
        f"{table.name}: a row more",
        [(f"INSERT INTO {table.name} SELECT {said} FROM {table.name} WHERE rowid = ?", (at,))],
    )
    free = [name for name in columns if name not in unique]
    if len(rows) > 1 and free:
        yield f"{table.name}: two rows exchanged", list(_exchange(table.name, free, rows))


_ONCE = {"sheet": ("appointment",)}
"""Columns that an index lets stand once."""


def _exchange(name, free, rows):
    """Two rows whose contents differ take each other's."""
    place = {row[0]: row[1:] for row in rows}
    one, *others = sorted(place)
    other = next((o for o in reversed(others) if place[o] != place[one]), others[-1])
    names = ", ".join(free)
    yield (f"CREATE TEMP TABLE t AS SELECT rowid AS n, {names} FROM {name} WHERE rowid = {one}",)
    taken = f"SELECT {names} FROM {name} WHERE rowid = {other}"
    yield (f"UPDATE {name} SET ({names}) = ({taken}) WHERE rowid = {one}",)
    yield (f"UPDATE {name} SET ({names}) = (SELECT {names} FROM t) WHERE rowid = {other}",)


def _other(column):
    """Return SQL for another value of the same kind."""
    name = column.name
    if isinstance(column.type, LargeBinary):
        return f"CAST({name} || x'00' AS BLOB)"
    if isinstance(column.type, Integer):
        flag = any("IN (0, 1)" in str(one.sqltext) for one in column.constraints)
        return f"1 - {name}" if flag else f"coalesce({name}, 0) + 1000"
    return f"{name} || 'x'"


def rewrite_log(path, change):
    """Change the log by hand and make its chain again, as somebody who read how it is made.

    ``change`` gets the rows as dictionaries and returns those that are to stand.
    """
    names = ("n", "at", "who", "event", "detail", "previous")
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.row_factory = sqlite3.Row
        triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        kept = [tuple(row) for row in file.execute(triggers)]
        rows = [dict(row) for row in file.execute("SELECT * FROM audit ORDER BY n")]
        for name, _ in kept:
            file.execute(f"DROP TRIGGER {name}")
        file.execute("DELETE FROM audit")
        previous = ""
        for n, row in enumerate(change(rows), 1):
            row |= {"n": n, "previous": previous}
            previous = hashlib.sha256("\n".join(str(row[k]) for k in names).encode()).hexdigest()
            values = [row[name] for name in names]
            file.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", [*values, previous])
        file.execute("UPDATE meta SET value = ? WHERE name = 'log_end'", (f"{n} {previous}",))
        for _, sql in kept:
            file.execute(sql)
