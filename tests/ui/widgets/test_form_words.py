"""The form of screen 2 speaks in the words of the record's day, and loses no code it was given."""

from datetime import date

import pytest

from domain.builders import an_activity
from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.category_hint import DEFAULTS
from kashiwa_desktop.services.records.suggesting import Offers
from kashiwa_desktop.ui.district.check.correction_card import CorrectionFields
from kashiwa_desktop.ui.district.sheet.sheet_lines import SheetRow
from kashiwa_desktop.ui.widgets.record.record_form import RecordForm

TODAY = date(2026, 11, 12)
SAID = [
    {"list": "category", "code": "network", "label": "つながりづくり", "from": "2026-11-01"},
    {"list": "type", "category": "network", "code": "facility", "label": "福祉の場",
     "from": "2026-11-01"},
    {"list": "type", "category": "network", "code": "garden", "label": "学校・園",
     "from": "2026-11-01"},
    {"list": "type", "category": "network", "code": "business", "label": "企業・商店",
     "to": "2026-10-31"},
    {"list": "tag", "code": "safety", "label": "防災", "from": "2026-11-01"},
    {"list": "attendance", "code": "school", "label": "学校", "from": "2026-11-01"},
    {"list": "agenda", "code": "decision", "label": "合意", "from": "2026-11-01"},
]  # fmt: skip
CODES = code_list.read(SAID)
OLD = {"facility": "福祉施設", "professional": "福祉専門職員", "business": "企業・商店"}
NEW = {"facility": "福祉の場", "professional": "福祉専門職員", "garden": "学校・園"}


@pytest.fixture
def form(qtbot):
    one = RecordForm(TODAY, lambda _area, _day: 1)
    qtbot.addWidget(one)
    one.offer(Offers((), {"network": "facility"}, (), (), (), (), DEFAULTS, CODES))
    one.fill({"date": "2026-11-12"}, is_new=True)
    return one


def chips(bar):
    return {key: chip.word for key, chip in bar._chips.items()}


def types(form):
    return chips(form.what._types)


def names(form):
    return [button.accessibleName() for button in form.what._buttons]


def test_an_added_type_is_chosen_and_given(form):
    form.what.choose_key("2")
    assert types(form) == NEW
    assert names(form)[1] == "2 つながりづくり"
    form.what._types.choose("garden")
    assert (form.given()["category"], form.given()["type"]) == ("network", "garden")


def test_another_day_has_other_words_and_what_was_chosen_stays(form):
    form.what.choose_key("2")
    form.when.entry.set_day(date(2026, 10, 31))
    form.when.touched.emit()
    assert types(form) == OLD
    assert names(form)[1] == "2 ネットワークづくり"
    assert form.given()["type"] == "facility"
    form.what._types.choose("business")
    form.when.entry.set_day(date(2026, 11, 2))
    form.when.touched.emit()
    assert types(form) == NEW | {"business": "企業・商店"}  # chosen already: it stays in sight
    assert form.given()["type"] == "business"
    form.when.entry.set_text("")
    form.when.touched.emit()
    assert types(form) == NEW | {"business": "企業・商店"}


def test_what_a_newer_program_wrote_stays_in_the_form(form):
    fields = {
        "date": "2026-11-03", "category": "future", "type": "next", "title": "題",
        "tags": ["needs", "unknown"], "contact_method": "pigeon", "status": "moved",
        "council": {"attendance": {"club": 4}, "agenda": [{"title": "題", "kind": "vote"}]},
    }  # fmt: skip
    form.fill(fields, is_new=False)
    given = form.given()
    for name in ("category", "type", "tags", "contact_method", "status"):
        assert given[name] == fields[name], name
    assert given["council"]["attendance"] == {"club": 4}
    assert given["council"]["agenda"][0]["kind"] == "vote"
    assert types(form) == {"next": "next"}


def test_the_other_lists_follow_the_day_too(form):
    def tags():
        return [box.text() for box in form.more._table._entries["tags"].widget._boxes.values()]

    def kinds():
        return list(form.council.attendance._kinds.values())

    assert "防災" in tags()
    assert "学校" in kinds()
    form.council.attendance.fill({"school": 3, "furusato": 2})
    form.fill({"date": "2026-10-31"}, is_new=True)
    assert "防災" not in tags()
    assert "学校" not in kinds()
    form.fill({"date": "2026-10-31", "council": {"attendance": {"school": 3}}}, is_new=False)
    assert form.given()["council"]["attendance"] == {"school": 3}
    form.fill({"date": "2026-11-02"}, is_new=True)
    form.council._agenda._add_empty()
    assert chips(form.council._agenda.rows()[0]._kind)["decision"] == "合意"


def test_a_suggested_category_is_named_as_on_the_day(form):
    form.words._line.setText("施設の職員と情報交換した")
    form.words._look()
    assert "区分は「つながりづくり」かもしれません" in form.words._reason.text()


def test_a_line_of_a_sheet_offers_the_types_of_its_month(qtbot):
    row = SheetRow()
    qtbot.addWidget(row)
    row.offer({"network": "business"}, CODES.on(date(2026, 11, 30)))
    row.fill({"category": "network"})
    assert row.given()["type"] == "facility"  # what was usual has ended
    row.fill({"category": "network", "type": "business"})
    assert row.given()["type"] == "business"
    row.fill({"category": "future", "type": "next"})
    assert (row.given()["category"], row.given()["type"]) == ("future", "next")
    row.fill({"category": "3"})
    assert row.given()["category"] == "community"
    row.fill({"category": "9"})
    assert row.given()["category"] is None


def test_staff_correct_in_the_words_of_the_day_and_nothing_changes_by_itself(qtbot):
    fields = CorrectionFields(lambda: TODAY)
    qtbot.addWidget(fields)
    for kind in ("business", "next"):
        fields.fill(an_activity(date=date(2026, 11, 3), category="network", type=kind, codes=CODES))
        assert not fields.is_changed
        assert fields.changes() == {}
        shown = [fields._type.itemText(n) for n in range(fields._type.count())]
        assert "福祉の場" in shown
