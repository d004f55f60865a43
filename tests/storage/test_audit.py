"""操作の記録: only ever added to, and every edit of it is noticed."""

import pytest
from sqlalchemy import exc

from kashiwa_desktop.storage import audit
from kashiwa_desktop.storage.upgrade import open_store

AT = "2026-10-14T10:00:00+09:00"


@pytest.fixture
def database(tmp_path):
    found = open_store(tmp_path / "store.db")
    with found.write() as tx:
        for n in range(5):
            audit.write(tx, AT, "職員 一", "intake", n=n, state="new")
    yield found
    found.close()


def test_lines_are_numbered_and_chained(database):
    with database.read() as tx:
        found = audit.entries(tx)
        assert audit.is_whole(tx)
        assert audit.length(tx) == 5
    assert [(e.n, e.event, e.detail["n"]) for e in found] == [
        (n, "intake", n - 1) for n in range(1, 6)
    ]


def test_one_kind_can_be_asked_for(database):
    with database.write() as tx:
        audit.write(tx, AT, "職員 二", "approved", promoter="P001")
        assert [e.who for e in audit.entries(tx, "approved")] == ["職員 二"]


EDITS = [
    "UPDATE audit SET who = '職員 二' WHERE n = 3",
    "UPDATE audit SET at = '2026-10-14T10:00:01+09:00' WHERE n = 1",
    "UPDATE audit SET event = 'approved' WHERE n = 5",
    "UPDATE audit SET detail = '{}' WHERE n = 2",
    "UPDATE audit SET hash = previous WHERE n = 2",
    "UPDATE audit SET previous = hash WHERE n = 4",
    "UPDATE audit SET n = 9 WHERE n = 5",
    "DELETE FROM audit WHERE n = 1",
    "DELETE FROM audit WHERE n = 3",
    "DELETE FROM audit WHERE n = 5",
    "INSERT INTO audit SELECT 6, at, who, event, detail, previous, hash FROM audit WHERE n = 5",
    "UPDATE audit SET detail = (SELECT detail FROM audit WHERE n = 2) WHERE n = 3",
]


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_is_noticed(database, edit):
    """By somebody who knows how to take the guards away too."""
    with database.write() as tx:
        guards = tx.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in guards.scalars().all():
            tx.exec_driver_sql(f"DROP TRIGGER {name}")
        tx.exec_driver_sql(edit)
        assert not audit.is_whole(tx)


@pytest.mark.parametrize("edit", [e for e in EDITS if not e.startswith("INSERT")])
def test_the_database_itself_refuses_every_edit(database, edit):
    with (
        pytest.raises(exc.IntegrityError, match="append-only"),
        database.write() as tx,
    ):
        tx.exec_driver_sql(edit)
