"""Undo is a revision too: it survives a restart, travels, and never takes another's work away."""

import pytest

from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.records.recording import Recording
from office_world import OCTOBER, PRIVATE, activity


def said(town):
    """What is recorded now, each from a store opened anew."""
    return [(a.title, a.conflict) for a in Recording(town.pc()).records(OCTOBER)]


def undo(town):
    return Recording(town.pc()).undo()


def test_an_addition_goes_and_with_it_the_whole_call(town):
    Recording(town.pc()).add([activity(1), activity(8)])
    assert "2件" in undo(town).text
    assert said(town) == []


def test_an_edit_goes_back_to_what_was(town):
    record = Recording(town.pc()).add([activity(title="はじめ")])[0]
    Recording(town.pc()).edit(record, {"title": "あと"})
    undo(town)
    assert said(town) == [("はじめ", False)]


def test_a_deletion_comes_back(town):
    record = Recording(town.pc()).add([activity(title="はじめ", private_note=PRIVATE)])[0]
    Recording(town.pc()).delete(record)
    assert said(town) == []
    undo(town)
    assert said(town) == [("はじめ", False)]
    assert Recording(town.pc()).private_notes() == {record: PRIVATE}


def test_step_by_step_back_to_the_beginning(town):
    """Every step meets what the one after it left, so nothing is ever in doubt."""
    record = Recording(town.pc()).add([activity(title="零")])[0]
    for title in ("一", "二", "三"):
        Recording(town.pc()).edit(record, {"title": title})
    seen = []
    for _ in range(3):
        undo(town)
        seen += said(town)
    assert seen == [("二", False), ("一", False), ("零", False)]
    undo(town)
    assert said(town) == []
    with pytest.raises(RefusedError, match="元に戻すものがありません"):
        undo(town)


def test_steps_of_several_records_go_back_in_their_order(town):
    recording = Recording(town.pc())
    first, second = (
        recording.add([activity(1, title="一")]),
        recording.add([activity(2, title="二")]),
    )
    recording.edit(first[0], {"title": "一の二"})
    recording.delete(second[0])
    recording.edit(first[0], {"title": "一の三"})
    seen = []
    for _ in range(5):
        undo(town)
        seen.append(said(town))
    assert seen == [
        [("一の二", False)],
        [("一の二", False), ("二", False)],
        [("一", False), ("二", False)],
        [("一", False)],
        [],
    ]


def test_after_an_undo_work_goes_on_from_there(town):
    record = Recording(town.pc()).add([activity(title="零")])[0]
    Recording(town.pc()).edit(record, {"title": "一"})
    undo(town)
    Recording(town.pc()).edit(record, {"title": "二"})
    assert said(town) == [("二", False)]
    undo(town)
    assert said(town) == [("零", False)]


def test_the_last_change_is_told_in_words(town):
    assert Recording(town.pc()).last_change() is None
    Recording(town.pc()).add([activity(14, title="包括と打合せ")])
    assert Recording(town.pc()).last_change() == "『10月14日 包括と打合せ』を記録しました"
    assert undo(town).text == "元に戻しました(『10月14日 包括と打合せ』を記録しました)"
    assert Recording(town.pc()).last_change() is None


def test_the_private_note_goes_back_with_the_record(town):
    record = Recording(town.pc()).add([activity(private_note=PRIVATE)])[0]
    Recording(town.pc()).edit(record, {"private_note": "書き直したメモ"})
    Recording(town.pc()).edit(record, {"title": "題だけ"})
    undo(town)
    assert Recording(town.pc()).private_notes() == {record: "書き直したメモ"}
    undo(town)
    assert Recording(town.pc()).private_notes() == {record: PRIVATE}
