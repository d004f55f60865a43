"""Types letters into screen 2 or 8 for ever and says after each how many there are: to be killed.

A fourth argument says after how many ms a draft is kept, where it is not the usual time.
"""

import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import promoter_world
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from ui.promoter import pages

LINES = {"record": "内容(ひとこと)", "resource": "名称"}


def main(root: Path, promoter: str, form: str, *keep: str) -> None:
    app = QApplication([])
    Look(app)
    jobs = Jobs()
    with promoter_world.reopened(root, promoter) as store:
        page = pages.page_named(form, store, jobs, None)
        if form == "resource":
            page.write_new()
        for interval in map(int, keep):
            page._keeper._timer.setInterval(interval)
        page.show()
        line = next(w for w in page.findChildren(TextLine) if w.accessibleName() == LINES[form])
        line.setFocus()
        while True:
            QTest.keyClick(line, "a", delay=20)
            sys.stdout.write(f"{len(line.text())}\n")
            sys.stdout.flush()


main(Path(sys.argv[1]), *sys.argv[2:])
