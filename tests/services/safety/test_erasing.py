"""Test 32: what was erased is gone everywhere, in any order, twice, and with old sticks."""

from itertools import permutations

import msgspec
import pytest

from kashiwa_desktop.bundle import reader
from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.domain import form, resource_form
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.records.recording import Recording, Source
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.safety.erasing import DISPOSED, Erasing
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import Change, save
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import projections, revisions
from office_world import OCTOBER, activity
from services.key_scenes import LATE, held, new_pc, receive, returned, take_in, whole

SECRET = "ここだけの話にしてください"
CLEANED = {"title": "訪問", "content": "", "findings": ""}
WHY = "ご本人のお申し出(決裁 第12号)"


@pytest.fixture
def told(town):
    """P001 wrote something that must go; the office has it, in two versions."""
    pc = town.pc()
    (name,) = Recording(pc).add([activity(content=SECRET)])
    first = town.submit()
    Recording(pc).edit(name, {"findings": SECRET})
    second = town.submit()
    take_in(town, first, second)
    return town, name, [first, second]


def erase(town, name, **options):
    return Erasing(town.office(LATE), town.keys).erase("P001", name, CLEANED, WHY, **options)


def plain(town, path):
    data = path.read_bytes()
    return data if data[:1] == b"{" else reader.open_file(data, [town.recovery.receiving]).plain


def places(town, folder):
    """Where the text still stands in a data folder: the store's own bytes, or a file of it."""
    found = ["store.db"] if SECRET.encode() in folder.store.read_bytes() else []
    for file in folder.archive.iterdir():
        if SECRET.encode() in plain(town, file):
            found.append(file.name)
    return found


def test_it_is_gone_from_the_store_the_archive_and_the_next_return(told):
    town, name, _ = told
    town.close()
    assert len(places(town, town.folder())) == 3
    done = erase(town, name)
    assert (done.records, done.revisions, len(done.replaced)) == (1, 2, 2)
    answer = returned(town)
    town.close()
    assert places(town, town.folder()) == []
    assert SECRET.encode() not in plain(town, answer)
    office = town.office(LATE)
    whole(office)
    with office.db.read() as tx:
        shown = revisions.shown(tx, "activity", "P001")[0].body
    assert (shown["title"], shown["content"], shown["date"]) == ("訪問", "", "2026-10-14")
    assert Erasing(office).find(SECRET) == []


CODES = {
    "date", "start", "end", "area", "category", "type", "status", "tags", "network_results",
    "support_targets", "contact_method", "tier", "joint_areas", "lead_area", "next_date", "due",
    "kind",
}  # fmt: skip
"""Fields of a form in which nobody can write what he likes."""


def full(kind, **more):
    """A form in which every field that takes text holds something that must go."""
    fields = {f.name: f.type for f in msgspec.structs.fields(kind) if f.name not in CODES}
    texts = {n: f"{SECRET} {n}" for n, t in fields.items() if t in (str, str | None)}
    return texts | {n: [f"{SECRET} {n}"] for n, t in fields.items() if t == list[str]} | more


def test_a_disposal_leaves_no_field_with_text(town):
    """Whatever field is added to the form later: one that takes text is in a list of these."""
    council = full(
        form.CouncilForm, agenda=[full(form.AgendaForm)], homework=[full(form.HomeworkForm)]
    )
    council["attendance"] = {}
    given = activity(category="council", type="exchange", council=council)
    pc = town.pc()
    Recording(pc).add([given | full(form.RecordForm, council=council)])
    take_in(town, town.submit())
    office = town.office("2032-04-02T10:00")
    assert SECRET in str(Erasing(office).find(SECRET))
    done = Erasing(office, town.keys).dispose(2026, WHY)
    assert done.records == 1
    assert Erasing(office).find(SECRET) == []


def test_a_resource_that_is_emptied_keeps_no_field_with_text(town):
    codes = {"form": "", "subsidy": "", "stage": "", "requirements": []}
    given = full(resource_form.ResourceForm) | codes | {"checked": None, "ended": None}
    pc = town.pc()
    done = Registering(pc).put({**given, "kind": "gathering", "area": "A1"}, Source())
    take_in(town, town.submit())
    office = town.office(LATE)
    Erasing(office, town.keys).blank("P001", done.id, WHY, "課長")
    assert Erasing(office).find(SECRET) == []


def test_old_sticks_bring_nothing_back(told):
    town, name, files = told
    erase(town, name)
    before = Keeping(town.office(LATE)).digest()
    for outcome in take_in(town, *files) + take_in(town, *reversed(files)):
        assert (outcome.state, outcome.new) == ("same", 0)
    assert Keeping(town.office(LATE)).digest() == before
    assert Erasing(town.office(LATE)).find(SECRET) == []
    town.close()
    assert places(town, town.folder()) == []


def test_a_stick_found_later_is_kept_without_what_was_erased(told):
    """It was never taken in before: its other lines count, its text is kept nowhere."""
    town, name, _ = told
    pc = town.pc()
    (other,) = Recording(pc).add([activity(20)])
    found_later = town.submit()
    erase(town, name)
    (outcome,) = take_in(town, found_later)
    assert (outcome.reason, outcome.new) == (None, 1)
    town.close()
    assert places(town, town.folder()) == []
    office = town.office(LATE)
    whole(office)
    with office.db.read() as tx:
        assert other in [r.key.id for r in revisions.shown(tx, "activity", "P001")]


def test_an_intake_that_was_kept_anew_is_not_taken_back(told):
    """Its file in the archive is one of the office's, which holds more than that intake."""
    town, name, _ = told
    pc = town.pc()
    Recording(pc).edit(name, {"title": "もう一度"})
    old = town.submit()
    erase(town, name)
    taken = town.intake(LATE).take_in([old])
    with pytest.raises(RefusedError, match="元に戻せません"):
        town.intake(LATE).undo(taken.intake)
    whole(town.office(LATE))


def test_homework_that_a_successor_took_over_loses_its_words_too(told):
    town, name, _ = told
    office = town.office(LATE)
    body = {"record": name, "number": 0, "text": SECRET, "held_on": "2026-10-14"}
    with office.db.write() as tx:
        key = RecordKey("P002", "homework", "taken-over-1")
        save(office, tx, [Change(Content(key, None, body))])
        kept = RecordKey("P002", "homework", "of-another-meeting")
        save(
            office,
            tx,
            [Change(Content(kept, None, {**body, "record": "x", "text": "ほか"}))],
        )
    assert len(Erasing(office).find(SECRET)) == 3
    erase(town, name)
    assert Erasing(office).find(SECRET) == []
    with office.db.read() as tx:
        texts = {r.key.id: r.body["text"] for r in revisions.shown(tx, "homework", "P002")}
    assert texts == {"taken-over-1": DISPOSED, "of-another-meeting": "ほか"}
    whole(office)


def test_twice_is_once_and_more_is_erased_too(told):
    town, name, _ = told
    erase(town, name)
    again = erase(town, name)
    assert again.revisions == 1  # the cleaned revision of the first time
    whole(town.office(LATE))
    assert Erasing(town.office(LATE)).find(SECRET) == []


def test_on_the_promoters_pcs_it_goes_in_any_order_of_files(told, figure):
    town, name, _ = told
    second = new_pc(town, "P001-second")
    key = PcIdentity.load(second.folder.identity).receiving.recipient
    take_in(town, Submitting(second).submit(OCTOBER, town.out()).file, accept_new_device=True)
    moved = Submitting(town.pc(at=LATE)).transfer(key, town.out()).file
    before = returned(town)
    erase(town, name)
    after = returned(town)
    states = set()
    for order in permutations([moved, before, after]):
        folder = town.root / "pc-of-this-order"
        town.folder("P001-second").root.rename(folder)
        store = town.open(folder.name, LATE)
        for path in [*order, *order]:
            receive(store, path)
        whole(store)
        states.add(Keeping(store).digest()[0])
        store.close()
        assert places(town, store.folder) == []
        folder.rename(town.folder("P001-second").root)
    figure(f"3 files × 6 orders, read twice: {len(states)} state")
    assert len(states) == 1


def test_the_writing_pc_forgets_it_too_and_cannot_undo_it_back(told):
    town, name, _ = told
    erase(town, name)
    pc = town.pc(at=LATE)
    receive(pc, returned(town))
    assert held(pc, "P001") == held(town.office(LATE), "P001")
    with pytest.raises(RefusedError, match="元に戻すものがありません"):
        Recording(pc).undo()
    town.close()
    assert places(town, town.folder("P001")) == []


def test_a_store_that_forgets_what_was_erased_would_be_caught(told, monkeypatch):
    """The wrong variant: ids of erased revisions are not remembered, so an old stick wins."""
    town, name, files = told
    erase(town, name)
    monkeypatch.setattr(revisions.erased, "known", lambda _tx, _ids: set())
    take_in(town, *files)
    with town.office(LATE).db.read() as tx:
        assert any(SECRET in r.body.get("content", "") for r in revisions.all_held(tx))


def test_what_the_office_made_with_the_text_in_it_is_replaced_too(told):
    town, name, _ = told
    answer = returned(town)
    assert SECRET.encode() in plain(town, answer)
    town.close()
    assert len(places(town, town.folder())) == 4
    assert len(erase(town, name).replaced) == 3
    town.close()
    assert places(town, town.folder()) == []
    whole(town.office(LATE))


def test_a_year_is_due_for_disposal_once_it_has_ended(told):
    town, _, _ = told
    erasing = Erasing(town.office(LATE))
    assert erasing.due(Month(2027, 3)) == []
    assert erasing.due(Month(2027, 4)) == [(2026, 1)]


def test_an_erase_cannot_be_erased_in_whatever_order_both_arrive(told):
    town, _, _ = told
    by = Author("ab" * 32, "office", "職員 一")

    def an_erase(name, gone):
        said = {"type": "activity", "record": "x", "revisions": gone, "reason": WHY}
        key = RecordKey("P001", "erase", name)
        return make(Content(key, None, said), [], by, at=LATE, salt="s" * 22)

    first = an_erase("first", ["a" * 64])
    second = an_erase("second", [first.id])
    states = set()
    for n, order in enumerate(([[first], [second]], [[second], [first]], [[first, second]])):
        office = town.copy(town.root.with_name(f"{town.root.name}-{n}")).office(LATE)
        with office.db.write() as tx:
            for some in order * 2:
                projections.refresh(tx, revisions.add(tx, some, made_here=True).touched)
            assert revisions.held(tx, [first.id, second.id]) == {first.id, second.id}
            assert revisions.erased.known(tx, ["a" * 64, first.id]) == {"a" * 64}
            assert projections.differences(tx) == []
            states.add(projections.state(tx))
        office.close()
    assert len(states) == 1


def test_a_year_is_disposed_of_and_its_counts_remain(told):
    town, _, _ = told
    office = town.office(LATE)
    with office.db.read() as tx:
        before = projections.state(tx)
    done = Erasing(office, town.keys).dispose(2026, WHY)
    assert done.records == 1
    found = Recording(town.pc(at=LATE))
    receive(town.pc(at=LATE), returned(town))
    (one,) = found.records(OCTOBER)
    assert (one.title, one.attendees, one.minutes) == (DISPOSED, 3, 90)
    assert Keeping(office).digest()[0] != before
    assert Erasing(office).due(OCTOBER) == []
