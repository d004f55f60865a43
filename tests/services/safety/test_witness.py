"""R19: no row of a store can be changed by hand unseen, and money waits until it is explained."""

import pytest

import witness_world
from kashiwa_desktop.storage import testimony, witness
from kashiwa_desktop.storage.tables import metadata
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
