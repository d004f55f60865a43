"""操作の記録: every event that is written has words, what is new is shown by its code."""

import re
from pathlib import Path

import kashiwa_desktop
from kashiwa_desktop.domain.log_words import EVENTS, event_words, field_words

PACKAGE = Path(kashiwa_desktop.__file__).parent
NOTED = re.compile(r'(?:\bnote|_note|\bwrite)\(\s*(?:self\._)?store,\s*tx,\s*"([a-z_]+)"')


def test_every_event_in_the_services_has_words():
    noted = {
        event
        for path in (PACKAGE / "services").rglob("*.py")
        for event in NOTED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(noted) > 30
    assert noted - EVENTS.keys() == set()


def test_what_is_not_known_is_shown_by_its_code():
    assert (event_words("appoint"), event_words("later")) == ("委嘱を加えました", "later")
    assert (field_words("phone"), field_words("later")) == ("電話", "later")
