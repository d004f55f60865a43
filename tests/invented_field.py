"""Run over a copy of the sources with one more field in its table: who shows it, who forgets it?

Prints one word for each reader that knows the field; run by ``tests/test_new_field.py``.
"""

import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

from PySide6.QtWidgets import QApplication

import office_world
from kashiwa_desktop.app.front_door import main as command
from kashiwa_desktop.domain.activity import FIELDS, as_body
from kashiwa_desktop.domain.in_words import differing, said
from kashiwa_desktop.services.records import record_columns
from kashiwa_desktop.services.records.listing import Listing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.erasing import Erasing
from kashiwa_desktop.services.store import roster
from kashiwa_desktop.ui.promoter.list.record_card import record_lines
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.record.record_more import MorePart
from office_world import activity

LABEL, SAID = "空もよう", "めずらしい夕焼け"


def main(place: Path) -> None:
    town = office_world.make(place)
    pc = town.pc()
    given = activity(14, sky=SAID)
    Recording(pc).add([given])
    (one,) = Recording(pc).records()
    town.close()
    pc = town.pc()
    found = {
        "form": _in_form(),
        "kept": one.sky == SAID,
        "card": (LABEL, SAID) in record_lines(one, ""),
        "search": Listing(pc).search("夕焼け").count == 1,
        "workbook": _in_workbook(pc, one),
        "command": _in_command(town),
        "differences": _differs(one),
        "copied": any(f.name == "sky" and f.copied for f in FIELDS),
    }
    town.intake().take_in([town.submit()])
    office = town.office()
    assert Erasing(office).find("夕焼け")
    Erasing(office, town.keys).dispose(2026, "決裁")
    found["disposal"] = not Erasing(office).find("夕焼け")
    town.close()
    sys.stdout.write(" ".join(sorted(name for name, knows in found.items() if knows)) + "\n")


def _in_form() -> bool:
    _app = QApplication.instance() or QApplication([])
    part = MorePart(office_world.moment("2026-10-31T10:00").date())
    part.fill({"sky": SAID})
    lines = [x for x in part.findChildren(TextLine) if x.accessibleName() == LABEL]
    return len(lines) == 1 and part.given()["sky"] == SAID


def _in_workbook(store, one) -> bool:
    with store.db.read() as tx:
        people = roster(tx)
    row = dict(zip([c.heading for c in record_columns.headings(record_columns.USUAL)],
                   record_columns.row(one, people, record_columns.USUAL), strict=True))  # fmt: skip
    return row.get(LABEL) == SAID


def _in_command(town) -> bool:
    out = io.StringIO()
    with redirect_stdout(out):
        command(["--data-dir", str(town.folder("P001").root), "record", "list", "--json"])
    return json.loads(out.getvalue())["records"][0]["sky"] == SAID


def _differs(one) -> bool:
    body = as_body(one)
    before, after = differing([said("activity", {**body, "sky": ""}), said("activity", body)])
    return after == {LABEL: SAID} and before == {LABEL: "(なし)"}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
