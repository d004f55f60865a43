"""A 定例会 with five sticks, through the office's own window, and back home on one PC.

One promoter is new this month, one hands in what is known already, one comes with a new PC, one
stick is broken, one is empty. Nobody clicks between the sticks but where a person has to decide.
"""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from kashiwa_desktop.app.office_pages import BOARD, INTAKE, OfficeWindow
from kashiwa_desktop.app.promoter_pages import HOME, PromoterWindow
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.clock import JST
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import digest, named
from ui.measure import settle

OCTOBER = Month(2026, 10)
AT_HOME = office_day.MORNING.replace(day=7, hour=9).astimezone(JST)


@pytest.fixture
def window(store, media, jobs, look, come_up):
    sticks = Sticks([media], lambda place: place.parent == media)
    return come_up(OfficeWindow(store, jobs, look, sticks))


@pytest.fixture
def put_in(media, window, rest):
    """Put a stick in, and wait until the mode has seen it; nothing is clicked."""

    def put(name, *files):
        stick = media / name
        stick.mkdir()
        for file in files:
            shutil.copy2(file, stick)
        window.page._watch.look()
        rest()
        settle()
        return stick

    return put


def _texts(window):
    return [label.text() for label in window.findChildren(TextLabel) if label.isVisible()]


def _press(qtbot, window, word):
    qtbot.mouseClick(named(window, QPushButton, word), Qt.MouseButton.LeftButton)


def _own(day):
    """What 柏 花子 brings: her October, closed and saved on her own PC."""
    out = day.root / "hers"
    out.mkdir()
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as pc:
        Closing(pc).close(OCTOBER)
        return Submitting(pc).submit(OCTOBER, out).file


def test_five_sticks(window, put_in, media, day, store, jobs, look, qtbot, rest):
    hers = _own(day)
    (new,), (unknown,), (broken,) = (
        sorted(day.inbox.glob(f"{begins}*")) for begins in ("P008", "P002", "copy")
    )
    # to 定例会モード, with the 合言葉 once
    window.open_place(INTAKE)
    _press(qtbot, window, "定例会モードにする")
    window.page.open_with(day.passphrase)
    rest()
    settle()
    _press(qtbot, window, "定例会モードを始める")
    rest()
    settle()
    window.page._watch._timer.setInterval(1_000_000)
    assert any(text.startswith("まだの方 1人") for text in _texts(window))

    # the first: a month that was missing
    first = put_in("P008", new)
    assert window.page.words.startswith("■ 抜いても大丈夫です")
    assert len(list(first.glob("P008_*.kssr"))) == 1
    assert "まだの方はいません" in _texts(window)
    shutil.rmtree(first)

    # the second: her own, whatever is known of it already
    second = put_in("P001", hers)
    assert window.page.words.startswith("■")
    (answer,) = second.glob("P001_*.kssr")
    at_home = Path(shutil.copy2(answer, day.root))

    # the third: a new PC stops with words; a person decides, and it goes on
    third = put_in("P002", unknown)
    assert window.page.words.startswith("✕")
    assert any("新しいパソコンですか" in text for text in _texts(window))
    before = digest(store)

    # the fourth and the fifth stop nobody
    put_in("BROKEN", broken)
    assert "理由は下をご覧ください" in window.page.words
    put_in("EMPTY")
    assert "提出用のファイルがありません" in window.page.words
    assert digest(store) == before
    shutil.rmtree(third)
    window.page._watch.look()
    rest()
    put_in("P002", unknown)
    _press(qtbot, window, "ご本人に番号を確かめたので、受け取る")
    rest()
    settle()
    assert window.page.words.startswith("■")

    # one signs for who came without a stick
    _press(qtbot, window, "定例会に出席した方")
    settle()
    assert "出席 3人" in _texts(window)
    _press(qtbot, window, "定例会モードを終わる")
    window.open_place(BOARD)
    rest()
    settle()
    assert "10月分は、8地域すべてから届いています。" in _texts(window)

    # at home: it has arrived, and the 定例会 is offered, not recorded
    with office_day.opened(day.promoter, AT_HOME) as pc:
        Receiving(pc).receive(at_home)
        assert Closing(pc).show(OCTOBER).state in ("received", "approved")
        assert Closing(pc).show(Month(2026, 11)).activities == ()
        home = PromoterWindow(pc, jobs, look)
        qtbot.addWidget(home)
        home.show()
        home.open_place(HOME)
        rest()
        settle()
        assert any(
            "「推進員定例会」に出席されたと、事務局から届いています。記録しますか。" in text
            for text in _texts(home)
        )
        jobs.shut_down()
        home.close()
