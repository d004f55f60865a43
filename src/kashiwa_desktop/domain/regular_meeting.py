"""The 推進員定例会 as the office tells of it to those who came: an offer, never a record by itself.

It travels as an office's ``question`` of a kind of its own, already settled, so that a program that
does not know the kind asks nobody anything (docs/file-formats.md §5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from kashiwa_desktop.domain.revision import RecordKey, derived_id

KIND = "regular_meeting"
TITLE = "推進員定例会"
_TEXT = "%s月%s日の推進員定例会に出席されたことを、事務局からお知らせします。"


@dataclass(frozen=True, slots=True)
class RegularMeeting:
    """One 定例会; ``start`` and ``end`` are ``HH:MM`` or '' where nobody wrote them down."""

    day: date
    start: str = ""
    end: str = ""
    place: str = ""

    @property
    def minutes(self) -> int | None:
        """How long it was, None where that is not known."""
        if not (self.start and self.end):
            return None
        first, last = time.fromisoformat(self.start), time.fromisoformat(self.end)
        length = 60 * (last.hour - first.hour) + last.minute - first.minute
        return length if length > 0 else None

    def body(self, *, attended: bool) -> dict[str, Any]:
        """Return what is written for one promoter."""
        return {
            "kind": KIND,
            "text": _TEXT % (self.day.month, self.day.day),
            "record": None,
            "report": None,
            "settled": True,
            "date": self.day.isoformat(),
            "start": self.start,
            "end": self.end,
            "place": self.place,
            "attended": attended,
        }


def meeting_key(promoter: str, day: date) -> RecordKey:
    """Return the record of one promoter and one day: told twice, it is still one."""
    return RecordKey(promoter, "question", derived_id(promoter, KIND, day.isoformat()))


def read(body: Mapping[str, Any]) -> RegularMeeting | None:
    """Read what the office told; None for other bodies and where he was not there after all."""
    if body.get("kind") != KIND or body.get("attended") is not True:
        return None
    start, end, place = (str(body.get(name) or "") for name in ("start", "end", "place"))
    try:
        day = date.fromisoformat(str(body.get("date")))
    except ValueError:
        return None
    return RegularMeeting(day, start, end, place) if is_hour(start) and is_hour(end) else None


def is_hour(text: str) -> bool:
    """Whether ``text`` is an hour of the day as it is written here, ``HH:MM``, or ''."""
    try:
        return text == "" or time.fromisoformat(text).strftime("%H:%M") == text
    except ValueError:
        return False
