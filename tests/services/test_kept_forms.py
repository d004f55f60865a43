"""書きかけ of several forms in one store: each gets back its own, and all of what was typed."""

import pytest

import promoter_world
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.storage import drafts
from kashiwa_desktop.storage.drafts import Draft


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path) as one:
        yield one


def test_a_field_called_place_comes_back_as_typed(store):
    kept = KeptForms(store, "sheet")
    kept.keep_draft("a", {"title": "訪問", "place": "近隣センター", "staff": "だれか"})
    (draft,) = kept.drafts()
    assert draft.fields == {"title": "訪問", "place": "近隣センター", "staff": "だれか"}


def test_drafts_of_one_form_do_not_come_up_in_another(store):
    KeptForms(store, "register").keep_draft("r", {"name": "見本サロン", "place": "sheet"})
    assert [d.id for d in KeptForms(store, "register").drafts()] == ["r"]
    assert KeptForms(store, "sheet").drafts() == []
    assert KeptForms(store.working_as("職員 二"), "register").drafts() == []


def test_a_draft_that_an_older_version_kept_is_found(store):
    with store.db.write() as tx:
        old = {"title": "訪問", "place": "sheet", "staff": store.staff}
        drafts.put(tx, Draft("old", "2026-11-12T10:00:00+09:00", old))
    (draft,) = KeptForms(store, "sheet").drafts()
    assert (draft.id, draft.fields) == ("old", {"title": "訪問"})
