"""One store, two kinds of database: the same locks, the same order, the same words."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import exc, text

from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make
from kashiwa_desktop.errors import AppError, RefusedError, StoreError, WrongUsageError
from kashiwa_desktop.storage import (
    audit,
    checks,
    database,
    engines,
    meta,
    projections,
    resources,
    revisions,
    transfer,
    upgrade,
)
from kashiwa_desktop.storage.complaints import sentence
from kashiwa_desktop.storage.database import PRAGMAS, SESSION, Database
from kashiwa_desktop.storage.tables import bundle, metadata
from kashiwa_desktop.storage.upgrade import SCHEMA, open_store

BODY = {
    "date": "2026-10-14", "area": "01", "category": "network", "type": "facility",
    "title": "包括と打合せ", "tags": ["needs", "needs", "sharing"],
}  # fmt: skip
BY = Author("ab" * 32, "promoter", "P001")


def a_revision(record="r1", body=None, parents=()):
    content = Content(RecordKey("P001", "activity", record), "2026-10", body or BODY)
    return make(content, parents, BY, at="2026-10-14T10:05:00+09:00", salt="0" * 16)


def merged(tx, *made):
    revisions.add(tx, made, made_here=False)
    projections.refresh(tx, {r.key for r in made})


@pytest.fixture
def place(new_place):
    return new_place()


def test_two_types_may_use_one_id_and_do_not_meet(db):
    """A foreign file names its records as it likes."""
    key = RecordKey("P001", "resource", "r1")
    body = {"kind": "salon", "name": "えんがわ", "area": "01"}
    other = make(Content(key, None, body), [], BY, at="2026-10-14T10:05:00+09:00", salt="0" * 16)
    with db.write() as tx:
        merged(tx, a_revision())
        merged(tx, other)
        assert projections.differences(tx) == []


@pytest.fixture
def db(place):
    store = open_store(place)
    yield store
    store.close()


def short_wait(place):
    """A second opening of the store that does not wait ten seconds for a lock."""
    if isinstance(place, str):
        return Database(place, pragmas={**SESSION, "lock_timeout": "50"})
    return Database(place, pragmas={**PRAGMAS, "busy_timeout": 50})


def test_a_new_store_has_every_table_and_is_whole(db, place):
    with db.write() as tx:
        merged(tx, a_revision())
        audit.write(tx, "2026-10-14T10:05:00+09:00", "職員", "begin")
    with db.read() as tx:
        assert checks.problems(tx) == []
        assert not transfer.is_empty(tx)
    again = open_store(place)
    with again.read() as tx:
        assert revisions.count(tx) == 1
    again.close()


def test_the_steps_make_the_tables_that_the_code_knows(db):
    with db.read() as tx:
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        context = MigrationContext.configure(tx, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_a_failed_write_leaves_nothing(db):
    def fail():
        with db.write() as tx:
            merged(tx, a_revision())
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        fail()
    with db.read() as tx:
        assert transfer.is_empty(tx)


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_the_log_refuses_every_change(db, statement):
    with db.write() as tx:
        audit.write(tx, "2026-10-14T10:05:00+09:00", "職員", "begin")

    def change():
        with db.write() as tx:
            tx.execute(text(statement))

    with pytest.raises(exc.DBAPIError, match="append-only"):
        change()
    with db.read() as tx:
        assert audit.is_whole(tx)
        assert audit.length(tx) == 1


def test_keys_are_ordered_by_their_bytes(db):
    names = ["b", "B", "あ", "Z1", "髙", "ア", "a", "_", "𠮷"]
    with db.write() as tx:
        for name in names:
            meta.put(tx, name, name)
    with db.read() as tx:
        ordered = list(tx.scalars(text("SELECT name FROM meta WHERE name = value ORDER BY name")))
    assert ordered == sorted(names, key=lambda name: name.encode())


@pytest.mark.parametrize("kind", ["%", "_", "'; DROP TABLE revision; --", "\\", "100%_a"])
def test_search_takes_every_sign_literally(db, kind):
    """R52: what somebody typed is never a pattern and never a command."""
    from kashiwa_desktop.domain.wording import search_key
    from kashiwa_desktop.storage import activities
    from kashiwa_desktop.storage.activities import Wanted

    with db.write() as tx:
        merged(tx, a_revision(body={**BODY, "title": f"前{kind}後"}), a_revision("r2"))
    with db.read() as tx:
        found = activities.find(tx, Wanted(text=search_key(kind)))
    assert [a.id for a in found] == ["r1"]


def test_numbers_and_codes_of_a_stranger_fit(db):
    """A sequence number up to 2^53, and an area that is a book."""
    book = "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(5_000))
    council = {"joint_areas": [book, book + "x"], "lead_area": None}
    with db.write() as tx:
        merged(tx, a_revision(body={**BODY, "area": book, "tags": [book], "council": council}))
        row = dict.fromkeys((c.name for c in bundle.columns), "x") | {"seq": 2**53 - 1}
        tx.execute(bundle.insert().values(**row))
    with db.read() as tx:
        assert projections.differences(tx) == []
        assert tx.scalar(text("SELECT seq FROM bundle")) == 2**53 - 1


def test_tags_and_areas_stand_once_each(db):
    with db.write() as tx:
        merged(tx, a_revision())
    with db.read() as tx:
        tags = list(tx.scalars(text("SELECT tag FROM activity_tag ORDER BY tag")))
    assert tags == ["needs", "sharing"]


def test_resources_come_in_their_order_with_the_day_each_line_began(db):
    def a_resource(record, name, at, parents=(), promoter="P001", **said):
        body = {"kind": "salon", "name": name, "area": "01", **said}
        content = Content(RecordKey(promoter, "resource", record), None, body)
        return make(content, parents, BY, at=f"{at}T10:05:00+09:00", salt="0" * 16)

    first = a_resource("r1", "わ", "2026-10-14")
    again = a_resource("r1", "わ", "2026-11-14", [first.id], day="水曜")
    taken = a_resource("r2", "あ", "2027-01-01", promoter="P002", succeeds="r1")
    itself = a_resource("r3", "い", "2027-02-01", promoter=None, succeeds="r3")
    with db.write() as tx:
        merged(tx, taken, again, first, itself)
    with db.read() as tx:
        found = resources.shown(tx)
        mine = resources.shown(tx, "P002")
        days = resources.first_days(tx)
    assert [(r.name, r.promoter, r.day, r.version) for r in found] == [
        ("あ", "P002", "", 1), ("い", "", "", 1), ("わ", "P001", "水曜", 2),
    ]  # fmt: skip
    assert [r.id for r in mine] == ["r2"]
    assert days == {"r1": "2026-10-14", "r2": "2026-10-14", "r3": "2027-02-01"}


def test_rebuilding_changes_nothing_that_was_right(db):
    first = a_revision()
    with db.write() as tx:
        merged(tx, first, a_revision(body={**BODY, "title": "直した"}, parents=[first.id]))
    with db.write() as tx:
        before = transfer.digests(tx)
        projections.rebuild(tx)
        assert transfer.digests(tx) == before
        projections.remake(tx)
        assert transfer.digests(tx) == before


def test_r42_nobody_reads_decides_and_finds_it_changed(place, figure):
    """R42: 8 threads × 25 read-then-write; none lost, none refused."""
    open_store(place).close()
    errors, start = [], threading.Barrier(8)

    def count_up():
        store = Database(place)
        try:
            start.wait()
            for _ in range(25):
                with store.write() as tx:
                    n = int(meta.get(tx, "n", "0"))
                    meta.put(tx, "n", str(n + 1))
        except AppError as error:
            errors.append(error.text)
        finally:
            store.close()

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = open_store(place)
    with store.read() as tx:
        done = int(meta.get(tx, "n"))
    store.close()
    figure(f"{done} of 200 done, {len(errors)} refused")
    assert (done, errors) == (200, [])


def test_r42_without_our_lock_it_would_go_wrong(postgres):
    """The control: PostgreSQL alone lets two writers read the same number."""
    address = postgres.fresh()
    store = open_store(address)
    with store.write() as tx:
        meta.put(tx, "n", "0")
    both_read = threading.Barrier(2)

    def count_up():
        with psycopg.connect(engines.server_url(address).set(drivername="postgresql")
                             .render_as_string(hide_password=False)) as own:  # fmt: skip
            (n,) = own.execute("SELECT value FROM meta WHERE name = 'n'").fetchone()
            both_read.wait()
            own.execute("UPDATE meta SET value = %s WHERE name = 'n'", (str(int(n) + 1),))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: count_up(), range(2)))
    with store.read() as tx:
        assert meta.get(tx, "n") == "1"
    store.close()


def test_r43_who_finds_the_lock_held_is_told_so_and_loses_nothing(db, place):
    impatient = short_wait(place)

    def write(value):
        with impatient.write() as tx:
            meta.put(tx, "k", value)

    with db.write() as tx:
        meta.put(tx, "k", "first")
        with pytest.raises(StoreError, match="書き込んでいます") as caught:
            write("second")
    assert caught.value.code == "busy"
    with db.read() as tx:
        assert meta.get(tx, "k") == "first"
    write("second")
    impatient.close()
    with db.read() as tx:
        assert meta.get(tx, "k") == "second"


def test_a_store_that_moved_is_only_read(db):
    db.closed_for = "移してあります。"
    with pytest.raises(RefusedError, match="移してあります") as caught, db.write():
        pass
    assert caught.value.code == "moved"
    with db.read() as tx:
        assert transfer.is_empty(tx)


def test_a_newer_store_is_refused_untouched(db, place):
    if isinstance(place, str):
        change = text("UPDATE alembic_version SET version_num = 'v99'")
    else:
        change = text("PRAGMA user_version = 99")
    with db.write() as tx:
        tx.execute(change)
    with pytest.raises(StoreError) as caught:
        open_store(place)
    assert caught.value.code == "too_new"


def test_a_commit_that_fails_is_looked_up_before_it_is_believed(db, place, monkeypatch):
    """RELIABILITY.md §1.4: an error from COMMIT does not mean 「not saved」."""
    driver = psycopg if isinstance(place, str) else sqlite3

    times = []

    def fail(connection):
        connection.commit()
        times.append(1)
        if len(times) in (1, 2):
            raise driver.OperationalError("disk I/O error")

    def write(confirm):
        with db.write(confirm) as tx:
            meta.put(tx, "k", "v")

    monkeypatch.setattr(db._engines.writer.dialect, "do_commit", fail)
    with pytest.raises(StoreError):
        write(lambda tx: False)
    write(lambda tx: True)


# PostgreSQL alone ----------------------------------------------------------------------------


def test_readers_see_one_moment_and_cannot_write(postgres):
    store = open_store(postgres.fresh())
    with store.read() as tx:
        assert meta.get(tx, "k") == ""
        with store.write() as other:
            meta.put(other, "k", "v")
        assert meta.get(tx, "k") == ""
        assert tx.scalar(text("SHOW transaction_isolation")) == "repeatable read"
    with store.read() as tx:
        assert meta.get(tx, "k") == "v"

    def write():
        with store.read() as tx:
            meta.put(tx, "k", "w")

    with pytest.raises(StoreError) as caught:
        write()
    assert caught.value.code == "read_only"
    store.close()


def test_a_session_keeps_what_was_confirmed(postgres):
    store = open_store(postgres.fresh())
    with store.read() as tx:
        told = {name: tx.scalar(text(f"SHOW {name}")) for name in ("synchronous_commit",)}
        assert tx.scalar(text("SHOW client_encoding")) == "UTF8"
    assert told == {"synchronous_commit": "on"}
    store.close()


def test_the_log_cannot_be_emptied_either(postgres):
    store = open_store(postgres.fresh())

    def empty():
        with store.write() as tx:
            tx.execute(text("TRUNCATE audit"))

    with pytest.raises(exc.DBAPIError, match="append-only"):
        empty()
    store.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(postgres, monkeypatch):
    address = postgres.fresh()

    def fail(tx):
        raise RuntimeError("in the last step")

    with monkeypatch.context() as patch:
        patch.setattr(upgrade.projections, "remake", fail)
        with pytest.raises(RuntimeError):
            open_store(address)
    with postgres.connect(engines.server_url(address).database) as own:
        assert own.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname='public'"
        ).fetchone() == (0,)
    store = open_store(address)
    with store.read() as tx:
        assert tx.scalar(text("SELECT version_num FROM alembic_version")) == f"v{SCHEMA:02d}"
    store.close()


def test_an_older_schema_is_lifted_where_it_lies(postgres, monkeypatch):
    address = postgres.fresh()
    from alembic import command

    real = command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _: real(config, "v02"))
        patch.setattr(upgrade, "SCHEMA", 2)
        open_store(address).close()
    store = open_store(address)
    with store.read() as tx:
        assert tx.scalar(text("SELECT version_num FROM alembic_version")) == f"v{SCHEMA:02d}"
    store.close()


def test_several_who_open_an_empty_database_make_it_once(postgres):
    address = postgres.fresh()
    start = threading.Barrier(4)

    def open_it(_):
        start.wait()
        open_store(address).close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(open_it, range(4)))
    store = open_store(address)
    with store.read() as tx:
        assert transfer.is_empty(tx)
    store.close()


def test_a_database_of_somebody_else_is_left_alone(postgres):
    address = postgres.fresh()
    with postgres.connect(engines.server_url(address).database) as own:
        own.execute("CREATE TABLE theirs (n integer)")
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert caught.value.code == "not_ours"


def test_a_database_that_is_not_utf8_is_refused(postgres):
    with postgres.connect() as admin:
        how = "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        admin.execute(f"CREATE DATABASE latin {how}")
    with pytest.raises(StoreError, match="UTF8"):
        open_store(postgres.address("latin"))


def test_what_cannot_be_reached_is_said_in_words(postgres, tmp_path):
    with pytest.raises(StoreError, match="ありません") as caught:
        open_store(postgres.address("nowhere"))
    assert caught.value.code == "cannot_open"
    with pytest.raises(StoreError, match="つながりません") as caught:
        open_store(f"postgresql+psycopg://tests@/office?host={tmp_path}&port=1")
    assert caught.value.code == "cannot_open"


def test_a_connection_that_was_cut_is_made_again(postgres):
    store = open_store(postgres.fresh())
    with store.read() as tx:
        pid = tx.scalar(text("SELECT pg_backend_pid()"))

    def cut_in_the_middle():
        with store.write() as tx:
            own = tx.scalar(text("SELECT pg_backend_pid()"))
            with postgres.connect() as admin:
                admin.execute("SELECT pg_terminate_backend(%s)", (own,))
            meta.put(tx, "k", "v")

    with pytest.raises(StoreError) as caught:
        cut_in_the_middle()
    assert caught.value.code == "cannot_open"
    with store.read() as tx:
        assert meta.get(tx, "k") == ""
        assert pid
    store.close()


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("55P03", "busy"), ("40001", "busy"), ("40P01", "busy"), ("53300", "busy"),
        ("53100", "full"), ("53200", "full"), ("25006", "read_only"), ("42501", "read_only"),
        ("28P01", "cannot_open"), ("28000", "cannot_open"), ("3D000", "cannot_open"),
        ("08006", "cannot_open"), ("57P01", "cannot_open"), ("57P03", "cannot_open"),
        ("58030", "io"), ("XX001", "damaged"), ("XX002", "damaged"), ("25P03", "cannot_open"),
    ],
)  # fmt: skip
def test_every_complaint_of_the_server_has_its_words(state, code):
    found = sentence(psycopg.errors.lookup(state)("said by the server"))
    assert found is not None
    assert found.code == code
    assert "said by" not in found.text


@pytest.mark.parametrize("state", ["23505", "42P01", "22001"])
def test_what_is_our_own_fault_stays_a_fault(state):
    assert sentence(psycopg.errors.lookup(state)("ours")) is None
    assert sentence(psycopg.ProgrammingError("ours")) is None
    assert sentence(sqlite3.IntegrityError("UNIQUE constraint failed")) is None


def test_without_its_part_it_says_what_to_do(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"'\.\[office-server\]'") as caught:
        Database("postgresql+psycopg://host/office")
    assert caught.value.code == "no_driver"
    assert "install 'kashiwa" not in caught.value.text, "that name on an index would be anybody's"


@pytest.mark.parametrize(
    "wrong", ["", "office", "sqlite:///x.db", "mysql://host/office", "postgresql+asyncpg://h/o"]
)
def test_another_address_is_wrong_usage(wrong):
    with pytest.raises(WrongUsageError, match="postgresql"):
        engines.server_url(wrong)


def test_an_address_is_kept_without_its_password():
    full = "postgresql://staff:secret@db:5433/office"
    assert engines.without_password(full) == "postgresql+psycopg://staff@db:5433/office"
    assert engines.same_server(full, "postgresql+psycopg://other@db:5433/office")
    assert not engines.same_server(full, "postgresql+psycopg://staff@db/office")


def test_the_old_names_still_lead_there():
    assert database.APPLICATION_ID == engines.APPLICATION_ID
