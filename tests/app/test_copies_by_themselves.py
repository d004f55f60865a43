"""The window makes 予備の写し by itself: after its start, and of what changed at its end."""

from dataclasses import replace

from kashiwa_desktop.app import window as app_window
from kashiwa_desktop.app.window import Desktop
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from ui.measure import settle


def copies(store):
    return sorted(path.stem[18:] for path in store.folder.copies.glob("*.db"))


def test_after_the_start_and_at_the_end(day, look, qtbot, monkeypatch):
    monkeypatch.setattr(app_window, "COPY_AFTER_MS", 1)
    with office_day.opened(DataFolder(day.root / "promoter"), office_day.PROMOTER_DAY) as store:
        desktop = Desktop(store, look)
        desktop.begin()
        qtbot.waitUntil(lambda: "予備の写し" in desktop.window._note.text(), timeout=30_000)
        settle()
        assert desktop.window._note.text() == "予備の写し: 10月29日 16:30"
        assert copies(store) == ["start"]
        desktop.copy_what_changed()
        assert copies(store) == ["start"]
        Recording(store).keep_draft("d", {"title": "書きかけ"})
        desktop.copy_what_changed()
        assert copies(store) == ["close", "start"]
        desktop.end()
        desktop.window.close()
        desktop.window.deleteLater()
        desktop.deleteLater()


def test_a_copy_that_cannot_be_gone_back_to_is_told_once_it_was_tried(
    day, look, qtbot, monkeypatch
):
    monkeypatch.setattr(app_window, "COPY_AFTER_MS", 1)
    with office_day.opened(DataFolder(day.root / "promoter"), office_day.PROMOTER_DAY) as store:
        whole = Keeping.look

        def look_at(keeping, path):
            found = whole(keeping, path)
            return replace(found, revisions=found.revisions + 1)

        monkeypatch.setattr(Keeping, "look", look_at)
        desktop = Desktop(store, look)
        desktop.begin()
        strip = desktop.window.page.messages
        qtbot.waitUntil(lambda: "戻せませんでした" in strip.text, timeout=30_000)
        assert "いまの記録はそのままです" in strip.text
        desktop.end()
        desktop.window.close()
        desktop.window.deleteLater()
        desktop.deleteLater()
