"""Test 16: no name and no note where it does not belong: files, logs, folders, private notes."""

import json
import re

import pyrage
import pytest

from faults import children, moments, trap
from faults.trap import Trap
from kashiwa_desktop.bundle.reader import open_file
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.storage import audit
from office_world import OCTOBER, PEOPLE, PRIVATE, activity

TITLE, PLACE, PARTNER = "秘密の打合せ", "架空会館三階", "実在しない商店"
WORDS = [name for full, *_ in PEOPLE.values() for name in full.split()]
TYPED = [TITLE, PLACE, PARTNER, PRIVATE]


def whole_month(town):
    Recording(town.pc()).add(
        [activity(2, title=TITLE, place=PLACE, counterparts=[PARTNER], private_note=PRIVATE)]
    )
    files = town.months()
    town.intake().take_in(files)
    Reviewing(town.office(staff="職員 二")).approve(OCTOBER, None)
    Printing(town.office()).honorarium(OCTOBER, None, town.root / "papers.pdf")
    return files


def files_under(folder):
    """Every file but the store itself, and the settings, which name the promoters on purpose."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("store.db") and path.suffix != ".kssc"
    ]


def found_in(data, words):
    return [word for word in words if word.encode() in data]


def test_no_name_and_no_text_in_the_bytes_of_files(town):
    files = whole_month(town)
    everything = files + [
        path for name in ("office", *PEOPLE) for path in files_under(town.folder(name).root)
    ]
    assert len(everything) > 15
    for path in everything:
        assert found_in(path.read_bytes(), [*WORDS, *TYPED]) == []
        assert found_in(path.name.encode(), [*WORDS, *TYPED]) == []


def test_settings_name_the_promoters_and_nothing_else_of_them(town):
    text = town.settings.read_text("utf-8")
    assert all(name in text for name, *_ in PEOPLE.values())
    lines = [json.loads(line) for line in text.splitlines()[2:]]
    kinds = {line["body"].get("kind", line["type"]) for line in lines}
    assert kinds == {"keys", "office", "area", "person", "appointment"}
    assert {line["promoter"] for line in lines} == {None}
    people = [line["body"] for line in lines if line["body"].get("kind") == "person"]
    assert all(set(body) == {"kind", "promoter", "name", "kana"} for body in people)


def test_a_private_note_is_in_no_revision_and_in_no_file(town):
    files = whole_month(town)
    assert PRIVATE in Recording(town.pc()).private_notes().values()
    for name in ("P001", "office"):
        store = town.pc() if name == "P001" else town.office()
        with store.db.read() as tx:
            lines = tx.exec_driver_sql("SELECT line FROM revision").scalars().all()
        assert not any(PRIVATE in line for line in lines)
    for path in files:
        plain = open_file(path.read_bytes(), [town.keys.receiving]).plain
        assert PRIVATE.encode() not in plain
    with town.office().db.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM private_note").scalar() == 0
    assert PRIVATE.encode() not in town.folder().store.read_bytes()


def test_the_texts_that_travel_do_stand_in_a_file(town):
    """Otherwise the tests above would be content with anything."""
    path = whole_month(town)[0]
    plain = bytes(open_file(path.read_bytes(), [town.keys.receiving]).plain)
    assert found_in(plain, TYPED) == [TITLE, PLACE, PARTNER]


def test_the_log_of_what_was_done_has_codes_only(town):
    whole_month(town)
    for store in (town.office(), town.pc()):
        with store.db.read() as tx:
            details = json.dumps([e.detail for e in audit.entries(tx)], ensure_ascii=False)
        assert found_in(details.encode(), [*WORDS, *TYPED]) == []
        assert re.search("[ぁ-んァ-ヶ一-龠]", details) is None


@pytest.mark.posix("forks a story and kills it")
def test_after_a_refusal_and_a_kill_nothing_lies_about(town):
    path = town.month()
    path.write_bytes(path.read_bytes()[:-1])
    assert town.intake().take_in([path]).files[0].state == "refused"
    town.close()

    def dying():
        with moments.at_file_calls(Trap(9, trap.kill)):
            town.submit()

    assert children.told(dying) == children.KILLED
    assert Keeping(town.pc()).check() == []
    for name in ("office", "P001"):
        for left in files_under(town.folder(name).root):
            assert found_in(left.read_bytes(), [*WORDS, *TYPED]) == []


def test_what_was_deleted_from_private_notes_leaves_no_trace(town):
    """secure_delete: the page is overwritten."""
    recording = Recording(town.pc())
    record = recording.add([activity(private_note=PRIVATE)])[0]
    assert PRIVATE.encode() in town.folder("P001").store.read_bytes()
    recording.edit(record, {"private_note": ""})
    assert PRIVATE.encode() not in town.folder("P001").store.read_bytes()


def test_both_the_office_and_its_recovery_key_open_a_file(town):
    sealed = town.month().read_bytes()
    for key in (town.keys.receiving, town.recovery.receiving):
        assert pyrage.decrypt(sealed, [key.identity]).startswith(b"\x1f\x8b")
