"""The office's board: a shape and a word for each state, and what is expected."""

import pytest

from kashiwa_desktop.domain.board import STATES, Cell, Summary, summary


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        (Cell("missing"), "✕未提出"),
        (Cell("open"), "◐受領(締め前)"),
        (Cell("received"), "■受領"),
        (Cell("received", empty=True), "–活動なし"),
        (Cell("question"), "▲確認あり"),
        (Cell("returned"), "↩差戻し"),
        (Cell("approved"), "●承認"),
        (Cell("approved", empty=True), "●承認"),
        (Cell("suspended"), "–休止"),
        (Cell("vacant"), "–欠員"),
    ],
)
def test_a_state_is_shown_by_shape_and_word(cell, word):
    assert cell.word == word


def test_no_two_states_share_a_word():
    assert len({Cell(state).word for state in STATES}) == len(STATES)


def test_a_cell_has_the_public_shape():
    cell = Cell("approved", code="7K3M-Q2PX", late=True, changed_after_approval=2)
    assert cell.fields() == {
        "state": "approved", "empty": False, "late": True, "changed_after_close": 0,
        "changed_after_approval": 2, "conflicts": 0, "code": "7K3M-Q2PX",
    }  # fmt: skip


def test_suspended_and_vacant_are_not_expected_and_open_is_missing():
    cells = [Cell(state) for state in STATES]
    assert summary(cells) == Summary(
        expected=6, received=4, on_time=4, approved=1, returned=1, missing=2
    )
    assert summary([]) == Summary()


def test_late_ones_are_received_but_not_in_time():
    found = summary([Cell("approved", late=True), Cell("received"), Cell("missing", late=True)])
    assert (found.expected, found.received, found.on_time) == (3, 2, 1)
    assert found.received + found.missing == found.expected
