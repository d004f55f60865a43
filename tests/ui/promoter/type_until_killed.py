"""Types letters into screen 2 for ever and says after each how many there are: to be killed.

A third argument says after how many ms a draft is kept, where it is not the usual time.
"""

import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import promoter_world
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.text_fields import TextLine
from ui.promoter import pages


def main(root: Path, promoter: str, *keep: str) -> None:
    app = QApplication([])
    Look(app)
    jobs = Jobs()
    with promoter_world.reopened(root, promoter) as store:
        page = pages.record_page(store, jobs)
        for interval in map(int, keep):
            page._keeper._timer.setInterval(interval)
        page.show()
        line = next(
            w for w in page.findChildren(TextLine) if w.accessibleName() == "内容(ひとこと)"
        )
        line.setFocus()
        while True:
            QTest.keyClick(line, "a", delay=20)
            sys.stdout.write(f"{len(line.text())}\n")
            sys.stdout.flush()


main(Path(sys.argv[1]), *sys.argv[2:])
