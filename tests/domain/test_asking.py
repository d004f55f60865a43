"""Questions and their answers: bound to a record, answered once, returned by version."""

from kashiwa_desktop.domain import asking
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make

OFFICE = Author("a" * 64, "office", "見本 職員")
PROMOTER = Author("b" * 64, "promoter", "P001")
REPORT = "c" * 64


def a_question(name="q1", *, at="2026-11-05T10:00:00+09:00", **said):
    body = {"kind": "question", "text": "人数は?", "record": "r1", "report": REPORT} | said
    content = Content(RecordKey("P001", "question", name), "2026-10", body)
    return make(content, (), OFFICE, at=at, salt="0" * 32)


def an_answer(question, **said):
    body = {"question": question} | said
    content = Content(asking.answer_key("P001", question), "2026-10", body)
    return make(content, (), PROMOTER, at="2026-11-06T10:00:00+09:00", salt="1" * 32)


def test_a_question_without_an_answer_is_open():
    (found,) = asking.read([a_question()], [])
    assert (found.text, found.record, found.promoter, found.month) == (
        "人数は?", "r1", "P001", "2026-10",
    )  # fmt: skip
    assert found.by == "見本 職員"
    assert found.is_open


def test_an_answer_belongs_to_its_question_alone():
    first, second = a_question("q1"), a_question("q2", at="2026-11-05T11:00:00+09:00")
    found = asking.read([second, first], [an_answer("q2", text="12人です", agrees=True)])
    assert [q.id for q in found] == ["q1", "q2"]
    assert found[0].answer is None
    assert found[1].answer == asking.Answer("12人です", agrees=True)
    assert not found[1].is_open


def test_what_is_settled_is_not_open():
    (found,) = asking.read([a_question(settled=True)], [])
    assert not found.is_open


def test_two_pcs_answer_the_same_record():
    assert asking.answer_key("P001", "q1") == asking.answer_key("P001", "q1")
    assert asking.answer_key("P001", "q1") != asking.answer_key("P002", "q1")
    assert asking.answer_key("P001", "q1") != asking.answer_key("P001", "q2")


def test_only_an_unsettled_return_of_this_very_version_sends_a_month_back():
    back = asking.read([a_question(kind="return", record=None)], [])
    assert asking.returned(back, REPORT)
    assert not asking.returned(back, "d" * 64)
    assert not asking.returned(asking.read([a_question()], []), REPORT)
    settled = asking.read([a_question(kind="return", settled=True)], [])
    assert not asking.returned(settled, REPORT)
