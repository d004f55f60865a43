"""Screen 27, 分類と種類のことば: a word from a day on, one more, one that ends, a refusal."""

from datetime import date

import pytest

from kashiwa_desktop.app.roster_pages import make_desk
from kashiwa_desktop.services.office.office_book import OfficeBook
from kashiwa_desktop.services.undoing import Undoing
from kashiwa_desktop.ui.district.roster.roster_page import RosterPage
from ui.measure import complaints, settle

APRIL = date(2027, 4, 1)


@pytest.fixture
def page(store, jobs, come_up):
    return come_up(RosterPage(make_desk(store, "roster"), jobs))


@pytest.fixture
def part(page, rest):
    page.open_section("codes")
    rest()
    settle()
    return page.part


@pytest.fixture
def save(page, part, rest):
    """Choose a row by its code, an action, put values in as typed, and save."""

    def put(action, values, code=None):
        if code is not None:
            codes = [row.code.code for row in part._model.rows]
            part._table.choose(codes.index(code))
        part._take_action(action)
        form = part._forms[action]
        for name, value in values.items():
            form._entries[name].put(value)
        page.save()
        rest()
        rest()
        settle()
        return form

    return put


def words(store, day=APRIL):
    return OfficeBook(store).look().people.codes.on(day)


def test_every_list_stands_in_the_table_with_its_codes(part):
    shown = [(row.place, row.code.code, row.code.label) for row in part._model.rows]
    assert shown[:2] == [
        ("区分", "council", "支えあい会議の展開"), ("区分", "network", "ネットワークづくり"),
    ]  # fmt: skip
    assert ("種別(支えあい会議の展開)", "study", "勉強会") in shown
    assert len(shown) == 55


def test_a_word_is_changed_from_a_day_on_and_taken_back(store, part, save):
    save("rename", {"label": "学習会", "first": APRIL}, code="study")
    assert words(store).type("council", "study") == "学習会"
    assert words(store, date(2027, 3, 31)).type("council", "study") == "勉強会"
    froms = [part._listing.columns[2].text(r) for r in part._model.rows if r.code.code == "study"]
    assert froms == ["はじめから", "R9.4.1"]
    Undoing(store).undo()
    assert words(store).type("council", "study") == "勉強会"


def test_a_type_is_added_and_has_a_code_of_its_own(store, part, save):
    save("new", {"place": "type/network", "label": "学校・園", "first": APRIL})
    assert words(store).choices("type", "network")["added_1"] == "学校・園"
    save("new", {"place": "tag", "label": "防災", "first": APRIL})
    assert words(store).choices("tag")["added_2"] == "防災"
    assert len(part._model.rows) == 57


def test_a_type_ends_and_is_offered_again(store, part, save):
    save("end", {"last": date(2027, 3, 31)}, code="study")
    assert "study" not in words(store).choices("type", "council")
    assert words(store).type("council", "study") == "勉強会"
    save("end", {"last": ""}, code="study")
    assert "study" in words(store).choices("type", "council")


@pytest.mark.parametrize(
    ("action", "values", "code", "why"),
    [
        ("rename", {"label": "意見交換", "first": APRIL}, "study", "もうあります"),
        ("new", {"place": "tag", "label": "マッチング", "first": APRIL}, None, "もうあります"),
        ("end", {"last": date(2027, 3, 31)}, "held", "終わりにできません"),
    ],
)
def test_what_cannot_stand_is_refused_and_what_was_typed_stays(
    page, store, save, action, values, code, why
):
    before = words(store)
    form = save(action, values, code)
    told = page.messages.text if hasattr(page.messages, "text") else ""
    field = form.field("label") if action != "end" else None
    assert why in (field.message if field is not None else told)
    assert words(store).lists == before.lists
    assert all(form._entries[name].value() == value for name, value in values.items())


def test_an_empty_word_is_asked_for(store, save):
    form = save("rename", {"label": " ", "first": APRIL}, code="study")
    assert form.field("label").message
    assert words(store).type("council", "study") == "勉強会"


@pytest.mark.parametrize("size", [12, 24])
@pytest.mark.parametrize("action", ["rename", "new", "end"])
def test_nothing_is_cut_at_any_size(page, part, look, rest, size, action):
    look.show_text_size(size)
    part._take_action(action)
    rest()
    settle()
    assert complaints(page) == []
