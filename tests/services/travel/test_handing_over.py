"""A month on its way: what is next, what was typed, what is still open."""

import pytest

import promoter_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.travel.handing_over import HandingOver, TypedWords
from kashiwa_desktop.services.travel.submitting import Submitting

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path, "months") as one:
        yield one


@pytest.fixture
def way(store):
    return HandingOver(store)


def test_the_steps_of_a_month(way, store, tmp_path):
    assert way.month_offered() == OCTOBER
    assert way.show(NOVEMBER).step == 2
    assert way.show(OCTOBER).step == 3
    made = Submitting(store).submit(OCTOBER, tmp_path)
    shown = way.show(OCTOBER)
    assert (shown.step, shown.view.state) == (4, "saved")
    assert shown.saved_as == made.file.name
    assert str(shown.deadline) == "2026-11-05"
    way.reopen(OCTOBER)
    assert way.show(OCTOBER).step == 2


def test_what_was_typed_is_kept_per_month(way):
    words = TypedWords("成果", "absent", "わけ")
    way.keep_words(NOVEMBER, words)
    assert way.show(NOVEMBER).words == words
    assert way.show(OCTOBER).words == TypedWords()


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        (TypedWords("成果", "absent"), "推進員定例会は欠席しました。\n成果"),
        (TypedWords("", "not_held"), "推進員定例会は開かれませんでした。"),
        (TypedWords("成果"), "成果"),
        (TypedWords(), ""),
    ],
)
def test_the_answer_becomes_the_first_line_of_the_remark(way, store, words, remark):
    assert way.close(NOVEMBER, words).report.remark == remark
    assert way.show(NOVEMBER).words == words


def test_what_another_pc_declared_is_taken_apart_again(way, store):
    Closing(store).close(NOVEMBER, remark="推進員定例会は欠席しました。\n成果")
    assert way.show(NOVEMBER).words == TypedWords("成果", "absent")


def test_a_month_without_activity_keeps_its_reason(way, store):
    august = Month(2026, 3)
    view = way.close_empty(august, TypedWords(reason="委嘱前の準備"))
    assert (view.empty, view.report.reason) == (True, "委嘱前の準備")
    assert way.show(august).words.reason == "委嘱前の準備"


def test_earlier_open_months_with_records_are_named(way, store):
    assert way.show(NOVEMBER).earlier_open == ()
    Closing(store).reopen(Month(2026, 6))
    Closing(store).reopen(Month(2026, 9))
    assert way.show(NOVEMBER).earlier_open == (Month(2026, 6), Month(2026, 9))
    assert way.show(Month(2026, 7)).earlier_open == (Month(2026, 6),)


def test_before_the_first_record_nothing_is_open(tmp_path):
    with promoter_world.opened(tmp_path / "other") as store:
        assert HandingOver(store).show(OCTOBER).earlier_open == ()
