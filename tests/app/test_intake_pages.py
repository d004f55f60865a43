"""What the pages of 受け取る remember on this PC, beside what the window itself remembers."""

from kashiwa_desktop import settings
from kashiwa_desktop.app.office_pages import make_intake
from kashiwa_desktop.app.preferences import Preferences, keep
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.district.intake.inbox_card import InboxCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


def test_the_folder_is_remembered_beside_the_look(store, jobs, look, qtbot, rest, tmp_path):
    file = store.folder.settings_file
    Preferences(file, look)
    page = make_intake(KeyRing(store), jobs, Sticks([tmp_path]))
    qtbot.addWidget(page)
    page.findChild(InboxCard).chosen.emit(tmp_path)
    rest()
    look.show_text_size(16)
    assert settings.load(file).inbox == str(tmp_path)
    assert settings.load(file).text_size == 16
    again = make_intake(KeyRing(store), jobs, Sticks([tmp_path]))
    qtbot.addWidget(again)
    words = [label.text() for label in again.findChild(InboxCard).findChildren(TextLabel)]
    assert f"見ているフォルダー: {tmp_path}" in words
    again.findChild(InboxCard).chosen.emit(None)
    rest()
    assert settings.load(file).inbox == ""
    assert settings.load(file).text_size == 16


def test_what_cannot_be_kept_stops_nobody(tmp_path):
    keep(tmp_path / "no folder" / "settings.toml", inbox="/somewhere")
    keep(tmp_path / "settings.toml", inbox="\udcff")
    assert settings.load(tmp_path / "settings.toml").inbox == ""
