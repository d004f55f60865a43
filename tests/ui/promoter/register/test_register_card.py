"""地域の資源 on 今月: nothing until there is something, then in words what wants a look."""

import pytest

from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.ui.promoter.register.register_card import RegisterCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.promoter import pages
from ui.promoter.conftest import come_up
from ui.promoter.register.test_resource_page import ROWS, left


def _written(store):
    Registering(store).add_all(ROWS)


def _begun(store):
    Registering(store).keep_draft("d1", {"name": "途中"})


def _all(store):
    for made in (_written, left, _begun):
        made(store)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda _: None, []),
        (_written, ["地域の資源", "書いてあるもの 4件", "半年以上確かめていないもの 2件"]),
        (left, ["地域の資源", "前任者が書いた地域の資源が 1件あります。"]),
        (_begun, ["地域の資源", "書いてあるもの 0件", "書きかけ 1件"]),
        (
            _all,
            [
                "地域の資源",
                "書いてあるもの 4件",
                "書きかけ 1件・半年以上確かめていないもの 2件"
                "・前任者から、まだ引き継いでいないもの 1件",
            ],
        ),
    ],
)
def test_what_there_is_is_said(qtbot, store, jobs, made, words):
    made(store)
    page = come_up(qtbot, pages.home_page(store, jobs), jobs)
    card = page.findChild(RegisterCard)
    assert [one.text() for one in card.findChildren(TextLabel) if one.isVisible()] == words
