"""練習: a store of its own beside the real one, made whole or not at all."""

import pytest

import promoter_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.sample import practice
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.home import Home
from office_world import cheap_words


def test_practice_has_its_own_records_and_leaves_the_real_ones_alone(tmp_path):
    with promoter_world.opened(tmp_path, "months") as real:
        before = Keeping(real).digest()
        with cheap_words():
            store = practice.open_practice(real.folder, real.clock, Progress())
        try:
            view = Home(store).show()
            assert view.person == "柏 花子"
            assert view.hand_over.month == Month(2026, 10)
            assert view.count > 0
            Recording(store).add(
                [{"date": "2026-11-10", "category": "other", "type": "misc", "title": "練習"}]
            )
            held = len(Recording(store).records())
        finally:
            store.close()
        assert Keeping(real).digest() == before
        again = practice.open_practice(real.folder, real.clock, Progress())
        assert len(Recording(again).records()) == held
        again.close()


def test_stopping_leaves_nothing_behind(tmp_path):
    with promoter_world.opened(tmp_path) as real:
        progress = Progress()
        progress.cancel()
        before = sorted(real.folder.root.iterdir())
        with pytest.raises(CancelledError):
            practice.open_practice(real.folder, real.clock, progress)
        assert sorted(real.folder.root.iterdir()) == before
