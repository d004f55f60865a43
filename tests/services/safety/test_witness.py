"""R19: no row of a store can be changed by hand unseen, and money waits until it is explained."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

import witness_world
from faults import bits
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.money.recounting import Recounting
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety import copy_marks, guarding
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.storage import copies, revisions, testimony, witness
from kashiwa_desktop.storage.tables import metadata
from office_world import OCTOBER, activity
from witness_world import Hand, edits_of


@pytest.fixture(scope="module")
def worked(towns):
    town = towns()
    witness_world.work(town)
    yield town
    town.close()


@pytest.fixture
def office(worked):
    hand = Hand(worked)
    yield hand
    hand.restore()


@pytest.fixture
def pc(worked):
    hand = Hand(worked, "P001")
    yield hand
    hand.restore()


def test_every_table_has_exactly_one_kind_of_witness():
    kinds = [{told.table for told in witness.TOLD}, witness.REMADE, witness.CHAINED, witness.ALONE]
    assert sorted(table.name for kind in kinds for table in kind) == sorted(metadata.tables)


def test_a_worked_store_has_nothing_to_say(office, pc):
    assert office.found() == []
    assert pc.found() == []


def sweep(hands):
    """Try every edit of every table on both stores; returns (unseen, how many were tried)."""
    unseen, tried = [], []
    for table in metadata.sorted_tables:
        for name, hand in hands.items():
            for what, statements in edits_of(hand, table):
                if hand.edit(*statements):
                    tried.append(what)
                    if not hand.found():
                        unseen.append((name, what))
    return unseen, tried


def test_r19_every_edit_of_every_table_is_noticed(office, pc, figure):
    unseen, tried = sweep({"office": office, "P001": pc})
    alone = {table.name for table in witness.ALONE}
    assert {what.split(".")[0].split(":")[0] for what in tried} == set(metadata.tables)
    of_alone = [what for what in tried if what.split(".")[0].split(":")[0] in alone]
    figure(f"R19: {len(tried) - len(of_alone)} kinds of edits in {len(metadata.tables)} tables")
    assert [one for one in unseen if one[1] not in of_alone] == []
    assert len(unseen) == len(of_alone)  # 書きかけ and 自分用メモ have no witness


def test_r19_without_the_comparison_most_go_unseen(office, pc, figure, monkeypatch):
    """The wrong variant: the log is whole, and nobody compares the rows with it."""
    monkeypatch.setattr(testimony, "differences", lambda _tx: [])
    monkeypatch.setattr(testimony, "archived", lambda _tx: {})
    unseen, tried = sweep({"office": office, "P001": pc})
    figure(f"R19: without the comparison {len(unseen)} of {len(tried)} edits go unseen")
    assert len(unseen) > 60


def test_an_own_record_taken_out_before_it_was_handed_over_is_missed(worked):
    town = worked.copy(worked.root.with_name("own"))
    pc = town.open("P001", "2026-11-05T10:00")
    record = Recording(pc).add([activity(date="2026-11-02")])[0]
    town.close()
    hand = Hand(town, "P001")
    tables = ("activity", "activity_area", "activity_tag", "head", "revision")
    assert hand.edit(*((f"DELETE FROM {t} WHERE record = ?", (record,)) for t in tables))
    told = [one for one in hand.found() if "活動の記録" in one.text]
    assert [(one.promoter, one.month) for one in told] == [("P001", "2026-11")]
    shutil.rmtree(town.root)


@pytest.mark.parametrize("name", ["office", "P001"])
def test_every_file_of_the_archive_flipped_or_gone_is_named(worked, name, figure):
    hand, seen = Hand(worked, name), 0
    files = sorted(worked.folder(name).archive.iterdir())
    for path in files:
        data = path.read_bytes()
        for spoil in (lambda p, d: p.write_bytes(bits.flipped(d, len(d) * 4)), _remove):
            spoil(path, data)
            seen += any(path.name in one.text for one in hand.found())
            path.write_bytes(data)
    figure(f"R19: {seen} of {2 * len(files)} files of an archive ({name}) flipped or gone noticed")
    assert seen == 2 * len(files)


def _remove(path, _data):
    path.unlink()


@pytest.fixture
def copied(worked):
    """A town with a copy of its office's store, and the digest it had."""
    town = worked.copy(worked.root.with_name("copied"))
    made = Keeping(town.office()).back_up()
    yield town, made
    town.close()
    shutil.rmtree(town.root)


def tampered(path):
    """Change what a copy says of a payment, and make its log and its sum again."""

    def paid(rows):
        for row in rows:
            said = json.loads(row["detail"])
            said.pop("witness", None)
            row["detail"] = json.dumps(said)
        return rows

    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("UPDATE payment SET voucher = 'V-9'")
        file.execute("DELETE FROM meta WHERE name = 'witness'")
    witness_world.rewrite_log(path, paid)
    beside = copy_marks.beside(path)
    _, *mark = beside.read_text(encoding="utf-8").split("\n")
    beside.write_text("\n".join([copies.file_digest(path), *mark]), encoding="utf-8")


def test_a_tampered_copy_with_a_new_sum_is_refused(copied):
    town, made = copied
    assert Keeping(town.office()).look(made.file).mark == copy_marks.OURS
    tampered(made.file)
    with pytest.raises(StoreError, match="こわれています"):
        Keeping(town.office()).restore(made.file)
    beside = copy_marks.beside(made.file)  # the wrong variant: a sum alone lets it through
    beside.write_text(beside.read_text(encoding="utf-8").split("\n")[0], encoding="utf-8")
    assert Keeping(town.office()).look(made.file).mark == copy_marks.NONE


def test_a_copy_without_a_mark_or_with_one_of_another_pc_is_named_and_usable(copied):
    town, made = copied
    beside = copy_marks.beside(made.file)
    kept = beside.read_text(encoding="utf-8")
    beside.write_text(kept.split("\n")[0] + "\n", encoding="utf-8")  # as earlier versions wrote it
    assert Keeping(town.office()).restore(made.file)[0].mark == copy_marks.NONE
    beside.write_text(kept, encoding="utf-8")
    (town.folder().identity / copy_marks.KEY_FILE).unlink()  # the key is lost
    assert Keeping(town.office()).look(made.file).mark == copy_marks.OTHERS
    assert Keeping(town.office()).restore(made.file)[0].mark == copy_marks.OTHERS
    assert Keeping(town.office()).check() == []
    assert all(copy_marks.WORDS[mark] for mark in (copy_marks.OTHERS, copy_marks.NONE))


def test_going_back_leaves_no_doubt_behind(copied):
    """What the log said after the copy was made is left on purpose, signed heads of it too."""
    town, made = copied
    store = town.office()
    Returning(store).ask(OCTOBER, "P003", _any_record(store, "P003"), "もう一度お知らせください。")
    guarding.journal(store, town.keys)
    Keeping(store).restore(made.file)
    assert Keeping(store).check() == []
    assert Recounting(store).run(town.keys).problems == ()
    store.close()
    assert Keeping(town.office()).check() == []
    guarding.journal(town.office(), town.keys)
    assert Keeping(town.office()).check() == []


def _any_record(store, promoter):
    with store.db.read() as tx:
        return next(r.key.id for r in revisions.shown(tx, "activity", promoter))


def test_a_store_from_before_the_log_told_of_rows_is_told_of_once(worked):
    """Its first line of work tells of all there is; nothing is doubted before."""
    town = worked.copy(worked.root.with_name("earlier"))
    hand = Hand(town)
    path = town.folder().store
    for file in town.folder().identity.glob(log_heads.FILE):
        file.unlink()

    def silent(rows):
        for row in rows:
            said = json.loads(row["detail"])
            said.pop("witness", None)
            row["detail"] = json.dumps(said)
        return rows

    hand.edit(("DELETE FROM meta WHERE name = 'witness'",))
    witness_world.rewrite_log(path, silent)
    assert hand.found() == []
    Keeping(town.office()).back_up()
    town.close()
    again = Hand(town)
    assert again.found() == []
    assert again.edit(("DELETE FROM payment WHERE number = 'R8-10-001'",))
    assert [one.number for one in again.found()] == ["R8-10-001"]
    shutil.rmtree(town.root)


def test_a_salt_taken_away_is_no_new_beginning(office):
    """Otherwise whoever edits rows would only have to take it away."""
    for edit in ("DELETE FROM meta", "UPDATE meta SET value = value || 'x'"):
        assert office.edit((f"{edit} WHERE name = 'witness'",))
        assert [one.text for one in office.found()] == [
            "操作の記録と、行の印が合いません。記録のファイルが書きかえられています。"
        ]
    office.edit(("DELETE FROM meta WHERE name = 'witness'",))
    store = office.open()
    with pytest.raises(StoreError, match="こわれています"):
        Keeping(store).back_up()


def test_a_power_cut_right_after_going_back_leaves_no_doubt(copied, monkeypatch):
    town, made = copied
    store = town.office()
    Returning(store).ask(OCTOBER, "P003", _any_record(store, "P003"), "もう一度お知らせください。")
    guarding.journal(store, town.keys)
    with monkeypatch.context() as cut:
        cut.setattr(log_heads, "_went_back", lambda *_: None)
        Keeping(store).restore(made.file)
    assert Keeping(store).check() == []
    noted = (store.folder.identity / log_heads.FILE).read_bytes()
    store.close()
    assert json.loads((store.folder.identity / log_heads.FILE).read_bytes())["left"]
    assert Keeping(town.office()).check() == []
    (store.folder.identity / log_heads.FILE).write_bytes(noted)
    store = town.office()
    kept = json.loads((store.folder.identity / log_heads.FILE).read_bytes())
    (store.folder.identity / log_heads.FILE).write_text(
        json.dumps(kept | {"going": 0}), encoding="utf-8"
    )
    assert len(Keeping(store).check()) == 2  # the wrong variant: noted only afterwards
