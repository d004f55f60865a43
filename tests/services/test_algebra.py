"""Tests 1 to 5: a store is a set of revisions, so neither order nor repetition nor cuts matter."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.travel import merging
from kashiwa_desktop.storage import projections
from office_world import OCTOBER, activity
from services.merged_sets import changes, contents_of, forgotten, part_of, picture, take

N = 12


def edited(town, promoter, n):
    """Some month of work on one PC: records, an edit, deletions, an undo, a closing again."""
    recording, closing = Recording(town.pc(promoter)), Closing(town.pc(promoter))
    records = [activity(d, title=f"{n}") for d in (1 + n, 8, 20)]
    first, second, third = recording.add(records, next_version=True)
    register = Registering(town.pc(promoter))
    place = register.add({"kind": "gathering", "name": f"居場所 {n}", "form": "weekly"}).id
    yield town.submit(promoter)
    register.confirm(place)
    recording.edit(first, {"title": f"直した {n}"}, next_version=True)
    recording.delete(second, next_version=True)
    closing.close(OCTOBER)
    yield town.submit(promoter)
    recording.undo()
    recording.delete(third, next_version=True)
    recording.edit(first, {"attendees": n}, next_version=True)
    register.end(place)
    closing.close(OCTOBER)
    yield town.submit(promoter)


@pytest.fixture(scope="module")
def pool(towns):
    """Twelve files: three promoters, and P001 on two PCs that do not know of each other."""
    town = towns()
    files = list(edited(town, "P001", 1))
    town.close()
    clone = town.copy(town.root.with_name(town.root.name + "-clone"))
    for n, (place, promoter) in enumerate(
        [(town, "P001"), (clone, "P001"), (town, "P002")], start=2
    ):
        files += edited(place, promoter, n)
    record = Recording(town.pc("P001")).records(OCTOBER)[0].id
    Recording(town.pc("P001")).edit(record, {"title": "こちらで"}, next_version=True)
    Recording(clone.pc("P001")).edit(record, {"title": "あちらで"}, next_version=True)
    place = Registering(town.pc("P001")).list(ended=True)[0].resource.id
    Registering(town.pc("P001")).edit(place, {"ended": None})
    Registering(clone.pc("P001")).delete(place)
    files[3] = town.submit("P001")
    files[6] = clone.submit("P001")
    assert len(files) == N
    yield Pool(town, [contents_of(town, path) for path in files])
    town.close()
    clone.close()


class Pool:
    """The files, the office that forgets them again, and what it must come to hold."""

    def __init__(self, town, files):
        self.files = files
        self.office = town.office()
        self.by_promoter = {}
        for contents in files:
            lines = self.by_promoter.setdefault(contents.header.sender.promoter, {})
            lines.update((r.id, r) for r in contents.revisions)
        self.whole = self.after(files)

    def after(self, files):
        with forgotten(self.office) as tx:
            for contents in files:
                take(tx, contents)
            return picture(tx)

    def order(self, rng):
        """Every file at least once, some of them again, in any order."""
        chosen = self.files + rng.choices(self.files, k=rng.randrange(6))
        rng.shuffle(chosen)
        return chosen


def test_the_pool_is_worth_its_name(pool):
    """It has conflicts, deletions, several versions, and parents that arrive later."""
    _, (heads, *_) = pool.whole
    columns = [c.name for c in projections.PROJECTIONS[0].columns]
    rows = [dict(zip(columns, row, strict=True)) for row in heads]
    assert any(row["conflict"] for row in rows)
    assert any(row["deleted"] for row in rows)
    assert {row["type"] for row in rows if row["conflict"]} == {
        "activity", "month_report", "resource",
    }  # fmt: skip


@given(rng=st.randoms(use_true_random=False))
def test_1_order_and_repetition_do_not_matter(pool, rng):
    assert pool.after(pool.order(rng)) == pool.whole


@given(rng=st.randoms(use_true_random=False))
def test_2_two_sets_merge_to_their_union_either_way(pool, rng):
    promoter = rng.choice(sorted(pool.by_promoter))
    lines = list(pool.by_promoter[promoter].values())
    like = next(c for c in pool.files if c.header.sender.promoter == promoter)
    a, b = (rng.sample(lines, rng.randrange(1, len(lines))) for _ in range(2))
    union = {r.id: r for r in a + b}.values()
    both = pool.after([part_of(like, a), part_of(like, b)])
    assert both == pool.after([part_of(like, b), part_of(like, a)])
    assert both == pool.after([part_of(like, union)])


@given(rng=st.randoms(use_true_random=False))
def test_3_a_file_cut_into_parts_is_the_whole(pool, rng):
    contents = rng.choice(pool.files)
    lines = list(contents.revisions)
    rng.shuffle(lines)
    parts, rest = [], lines
    while rest:
        size = rng.randrange(1, len(rest) + 1)
        parts.append(part_of(contents, rest[:size]))
        rest = rest[size:]
    assert pool.after(parts) == pool.after([contents])


@given(rng=st.randoms(use_true_random=False))
def test_4_a_second_merge_changes_nothing(pool, rng):
    files = pool.order(rng)
    with forgotten(pool.office) as tx:
        for contents in files:
            take(tx, contents)
        before = changes(tx)
        again = [take(tx, contents) for contents in files]
        assert changes(tx) == before
    assert all(merged.new == () and not merged.touched for merged in again)
    assert [merged.same for merged in again] == [len(c.revisions) for c in files]


@given(rng=st.randoms(use_true_random=False))
def test_5_a_rebuild_is_what_the_projections_already_are(pool, rng):
    some = rng.sample(pool.files, rng.randrange(1, N))
    with forgotten(pool.office) as tx:
        for contents in some:
            take(tx, contents)
            assert projections.differences(tx) == []
        before = picture(tx)
        projections.rebuild(tx)
        assert picture(tx) == before


def test_a_merge_that_waits_for_parents_would_be_caught(pool, monkeypatch):
    """The wrong variant: a child without its parent is turned away."""
    real = merging.revisions.add

    def add(tx, new, *, made_here):
        known = set(merging.revisions.all_ids(tx)) | {r.id for r in new}
        return real(tx, [r for r in new if set(r.parents) <= known], made_here=made_here)

    monkeypatch.setattr(merging.revisions, "add", add)
    alone = [part_of(pool.files[2], [r]) for r in pool.files[2].revisions]
    orders = [random.Random(seed).sample(alone, len(alone)) for seed in range(10)]
    assert len({repr(pool.after(order)) for order in orders}) > 1


def test_projections_of_the_last_file_would_be_caught(pool, monkeypatch):
    """The wrong variant: what came last is shown, as if it had replaced what was there."""
    seen = []

    def newest(heads):
        seen.extend(h.id for h in heads if h.id not in seen)
        return max(heads, key=lambda h: seen.index(h.id))

    monkeypatch.setattr(projections.rules, "shown", newest)
    rng = random.Random(5)
    pictures = []
    for _ in range(10):
        seen.clear()
        pictures.append(repr(pool.after(pool.order(rng))))
    assert len(set(pictures)) > 1


def test_a_merge_that_replaces_its_own_rows_would_be_caught(pool, monkeypatch):
    """The wrong variant: a repeated file refreshes everything it carries."""
    real = merging.merge

    def busy(tx, contents, **more):
        merged = real(tx, contents, **more)
        projections.refresh(tx, {r.key for r in contents.revisions})
        return merged

    with forgotten(pool.office) as tx:
        take(tx, pool.files[0])
        before = changes(tx)
        busy(tx, pool.files[0], at="2026-11-05T10:00:00+09:00", intake="i", file="f")
        assert changes(tx) > before
