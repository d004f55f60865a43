"""Makes the databases of the present schema, once, when it is released: an office, a promoter.

    python tests/data/databases/make.py

Everything in them is invented (the sample world). Files that are there are never made again.
"""

import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.sample import demo
from kashiwa_desktop.services.clock import JST, Chance, Clock
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.storage import projections
from kashiwa_desktop.storage.database import Database
from kashiwa_desktop.storage.tables import PROJECTIONS
from kashiwa_desktop.storage.upgrade import SCHEMA

HERE = Path(__file__).parent
MONTH = Month(2026, 10)


def main() -> int:
    office, promoter = (HERE / f"v{SCHEMA:02d}{part}.db" for part in ("", "-promoter"))
    if office.exists() or promoter.exists():
        sys.stderr.write(f"schema {SCHEMA} is kept already\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        made = demo.run(Path(folder) / "demo", areas=2, month=MONTH)
        pc = DataFolder(Path(made["promoters"]["P001"]))
        _write_more(pc)
        _keep(DataFolder(Path(made["office"])).store, office)
        _keep(pc.store, promoter)
    return 0


def _write_more(pc: DataFolder) -> None:
    """Leave what only a promoter's PC holds: a new version, a deletion, a note, a draft."""
    store = open_folder(pc, Clock(datetime(2026, 11, 20, 9, tzinfo=JST)), Chance())
    recording = Recording(store)
    common = {"category": "other", "type": "misc"}
    first, second = recording.add(
        [
            {**common, "date": "2026-11-16", "title": "見本の記録", "private_note": "見本の覚え"},
            {**common, "date": "2026-11-17", "title": "消した見本"},
        ]
    )
    recording.edit(first, {"title": "見本の記録(直し)"})
    recording.delete(second)
    recording.keep_draft("sample", {"title": "書きかけの見本"})
    store.close()


def _keep(store: Path, target: Path) -> None:
    """Copy a store in its smallest form, and write down what must be found in it for ever."""
    with closing(sqlite3.connect(store)) as old:
        old.execute("VACUUM INTO ?", (str(target),))
    database = Database(target)
    with database.read() as tx:
        digest = projections.state(tx)
    database.close()
    with closing(sqlite3.connect(target)) as kept:
        names = kept.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        again = {"alembic_version", *(table.name for table in PROJECTIONS)}
        rows = {
            name: kept.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for (name,) in names.fetchall()
            if name not in again
        }
    told = {"schema": SCHEMA, "digest": digest, "rows": rows}
    target.with_suffix(".json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
