"""Every screen of every role, shown in sizes, text sizes and doubled words, and what is wrong.

Run by itself it measures at another density of pixels: ``QT_SCALE_FACTOR`` counts only before Qt
starts. It takes the folder and passphrase of a made day and a ``Sweep`` as JSON, and prints one
complaint a line, after them how many looks it took.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from kashiwa_desktop.app import screens
from kashiwa_desktop.app.starting import start_qt
from kashiwa_desktop.sample.office_day import OfficeDay
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.page import ScrollPage
from ui.measure import complaints, double_words, settle

NUMBERS = {
    "promoter": (0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 5, 11, 12, 19),
    "district": (20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 33, 34, 35, 37, 36, 32),
    "supervisor": (40, 41, 42, 43),
}


@dataclass(frozen=True)
class Sweep:
    """Window sizes in logical pixels, text sizes in points, and whether each word stands twice."""

    sizes: list
    points: list
    doubled: bool = False


def measure(day, look, sweep, roles=screens.ROLES):
    """The numbers of the screens seen, how many looks were taken, and all complaints.

    Text grows on one screen and shrinks on the next: both happen while a screen is open.
    """
    jobs, seen, looks, found = Jobs(), [], 0, []
    for role in roles:
        window = None
        for shown, number, show in screens._SCREENS[role](day, jobs, look):
            is_new, window = shown is not window, shown
            points = sweep.points[:: 1 if len(seen) % 2 == 0 else -1]
            look.show_text_size(points[0])
            window.resize(*sweep.sizes[0])
            window.show()
            show()
            screens._rest(jobs)
            if sweep.doubled:
                double_words(window if is_new else window.page)
            if number != window.page.SCREEN:
                found.append(f"{number:02d}: screen {window.page.SCREEN} came up")
            seen.append(number)
            for where, wrong in _looks(window, look, sweep, points):
                looks += 1
                found += [f"{number:02d} {where}: {complaint}" for complaint in wrong]
    jobs.end()
    jobs.deleteLater()
    return seen, looks, found


def _looks(window, look, sweep, text_sizes):
    for points in text_sizes:
        look.show_text_size(points)
        for size in sweep.sizes:
            window.resize(*size)
            settle()
            wrong = complaints(window) + _of_window(window, size)
            yield f"{size[0]}×{size[1]} {points}pt{' doubled' * sweep.doubled}", wrong


def _of_window(window, size):
    """The window that outgrew its size, and an action bar that is not whole in view."""
    wrong = []
    if (window.width(), window.height()) != tuple(size):
        wrong.append(f"the window grew to {window.width()} × {window.height()}")
    page = window.page
    if isinstance(page, ScrollPage) and not page.action_bar.isHidden():
        top = page.action_bar.mapTo(window, QPoint()).y()
        if top < 0 or top + page.action_bar.height() > size[1]:
            wrong.append(f"action bar at {top}, {page.action_bar.height()} high, of {size[1]}")
    return wrong


def main():
    root, passphrase, sweep = sys.argv[1:]
    _app, look = start_qt(on_screen=False)
    day = OfficeDay(Path(root), passphrase)
    _seen, looks, found = measure(day, look, Sweep(**json.loads(sweep)))
    density = QApplication.primaryScreen().devicePixelRatio()
    sys.stdout.write("".join(f"{line}\n" for line in [*found, f"{looks} looks at {density}"]))


def arguments(day, sweep):
    """What ``main`` takes."""
    return [str(day.root), day.passphrase, json.dumps(asdict(sweep))]


if __name__ == "__main__":
    main()
