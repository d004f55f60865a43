"""``python -m benchmarks.keystrokes``: how long one record takes a person, by chip, mouse and keys.

The real window is driven through the platform's own events; what a hand does is counted on the way,
and the keystroke-level model turns it into seconds. Typing is romaji with Space and Enter.
"""

import argparse
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from benchmarks import world
from kashiwa_desktop.app.promoter_pages import PromoterWindow
from kashiwa_desktop.app.starting import start_qt
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.theme import Look

SECONDS = {"K": 0.5, "P": 1.5, "H": 0.4, "M": 1.35}
"""A key or a press of the mouse, pointing, a hand that changes over, a thought before acting."""

MOST = 25.0
SIZE = (1092, 614)
"""The smallest window: a laptop of 1366 × 768 at 125 %."""

WORDS = "houkatsutosoudan"
"""包括と相談, as it is typed."""

_COUNTED = {
    QEvent.Type.MouseButtonPress: "clicks",
    QEvent.Type.KeyPress: "keys",
    QEvent.Type.Wheel: "turns",
}
_HANDS = {"click": "mouse", "scroll": "mouse", "key": "keys", "text": "keys"}


class Hand(QObject):
    """Does what a person does with a window, and counts the events that really came in."""

    def __init__(self, window: QWidget, jobs: Jobs) -> None:
        super().__init__(window)
        self.window, self._jobs = window, jobs
        self._kinds: list[str] = []
        self.came: Counter[str] = Counter()
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        counted = _COUNTED.get(event.type())
        if counted is not None:
            self.came[counted] += 1
        return False

    def click(self, name: str) -> None:
        """Press what a screen reader calls ``name``; turn the wheel first where it is not seen."""
        widget = named(self.window, name)
        while not self._is_seen(widget):
            self._turn(widget)
        self._kinds.append("click")
        QTest.mouseClick(self._handle, Qt.MouseButton.LeftButton, pos=self._middle(widget))
        self.rest()

    def key(self, key: Qt.Key, *, control: bool = False) -> None:
        self._kinds.append("key")
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        if control:
            QTest.keyPress(self._handle, Qt.Key.Key_Control)
        QTest.keyClick(self._handle, key, held)
        if control:
            QTest.keyRelease(self._handle, Qt.Key.Key_Control)
        self.rest()

    def write(self, letters: str) -> None:
        """Type romaji, convert with Space, take it with Enter."""
        self._kinds.append("text")
        for letter in letters.upper():
            QTest.keyClick(self._handle, Qt.Key[f"Key_{letter}"])
        QTest.keyClick(self._handle, Qt.Key.Key_Space)
        QTest.keyClick(self._handle, Qt.Key.Key_Return)
        self.rest()

    def rest(self) -> None:
        """Wait until the program has answered."""
        quiet = 0
        while quiet < 3:
            QApplication.processEvents()
            QApplication.sendPostedEvents()
            quiet = 0 if self._jobs.busy else quiet + 1

    def told(self) -> dict[str, int]:
        """Count the operators of the model: each act is thought of once, hands change over.

        Turning the wheel belongs to the click it was turned for.
        """
        hands = [_HANDS[kind] for kind in self._kinds]
        changes = sum(one != other for one, other in pairwise(hands))
        pressed = self.came["keys"] + self.came["clicks"] + self.came["turns"]
        thought = sum(kind != "scroll" for kind in self._kinds)
        return {"K": pressed, "P": self.came["clicks"], "H": changes, "M": thought}

    @property
    def _handle(self) -> QWindow:
        return self.window.windowHandle()

    def _middle(self, widget: QWidget) -> QPoint:
        return widget.mapTo(self.window, widget.rect().center())

    def _is_seen(self, widget: QWidget) -> bool:
        at = self.window.childAt(self._middle(widget))
        return at is not None and (at is widget or widget.isAncestorOf(at))

    def _turn(self, widget: QWidget) -> None:
        before, middle = self._middle(widget), self.window.rect().center()
        QTest.wheelEvent(self._handle, middle, QPoint(0, -120))
        self._kinds.append("scroll")
        self.rest()
        if self._middle(widget) == before:
            raise LookupError(f"{widget.accessibleName()} cannot be reached by the wheel")


def by_chip(hand: Hand) -> None:
    """An activity that comes again and again: all is filled in."""
    hand.click("活動を記録する")
    hand.click(usual(hand))
    hand.click("記録する")


def by_mouse(hand: Hand) -> None:
    """A new activity of today with the mouse, but for its words."""
    hand.click("活動を記録する")
    hand.click("2 ネットワークづくり")
    hand.click("内容(ひとこと)")
    hand.write(WORDS)
    hand.click("記録する")


def by_keys(hand: Hand) -> None:
    """The same without the mouse: Ctrl+N, 2, Tab, the words, Ctrl+S."""
    hand.key(Qt.Key.Key_N, control=True)
    hand.key(Qt.Key.Key_2)
    hand.key(Qt.Key.Key_Tab)
    hand.write(WORDS)
    hand.key(Qt.Key.Key_S, control=True)


PATHS: dict[str, Callable[[Hand], None]] = {"chip": by_chip, "mouse": by_mouse, "keys": by_keys}


def usual(hand: Hand) -> str:
    """Return what stands on the first chip."""
    bar = named(hand.window, "よく書く活動")
    return next(b.accessibleName() for b in bar.findChildren(QPushButton) if b.isVisible())


def named(root: QWidget, name: str) -> QWidget:
    """Return the shown button or field that a screen reader calls ``name``."""
    page = root.page if isinstance(root, PromoterWindow) else root
    found = [w for w in page.findChildren(QWidget) if w.accessibleName() == name and w.isVisible()]
    if len(found) != 1:
        raise LookupError(f"{name}: {len(found)}")
    return found[0]


def walk(store: Store, look: Look, path: str, size: tuple[int, int] = SIZE) -> Counter[str]:
    """Record one activity in the real window; return the operators and what really came in."""
    before = len(Recording(store).records())
    with opened_window(store, look, size) as (window, jobs):
        hand = Hand(window, jobs)
        PATHS[path](hand)
        counts = Counter({**hand.told(), **hand.came})
    if len(Recording(store).records()) != before + 1:
        raise RuntimeError(f"{path}: nothing was recorded")
    return counts


def seconds(counts: Counter[str]) -> float:
    """Turn operators into seconds."""
    return sum(counts[operator] * each for operator, each in SECONDS.items())


@contextmanager
def opened_window(
    store: Store, look: Look, size: tuple[int, int]
) -> Iterator[tuple[PromoterWindow, Jobs]]:
    """Open the promoter's window at rest; ``size`` in logical pixels."""
    jobs = Jobs()
    window = PromoterWindow(store, jobs, look)
    window.resize(*size)
    window.show()
    window.activateWindow()
    Hand(window, jobs).rest()
    try:
        yield window, jobs
    finally:
        jobs.shut_down()
        window.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.keystrokes", description=__doc__)
    parser.add_argument("paths", nargs="*", help=f"which of {', '.join(PATHS)} (all by default)")
    parser.add_argument("--window", default="1092x614", help="width and height in pixels")
    args = parser.parse_args()
    width, height = (int(number) for number in args.window.split("x"))
    _app, look = start_qt(on_screen=False)
    print(
        f"{'path':<8}{'K':>5}{'P':>5}{'H':>5}{'M':>5}{'clicks':>8}{'keys':>6}{'turns':>7}{'s':>8}"
    )
    late = False
    with tempfile.TemporaryDirectory() as folder:
        made = world.make(Path(folder), 1)
        for path in args.paths or PATHS:
            with world.opened(made.copy("promoters/P001")) as store:
                counts = walk(store, look, path, (width, height))
            late = late or seconds(counts) > MOST
            told = "".join(f"{counts[one]:>5}" for one in SECONDS)
            came = f"{counts['clicks']:>8}{counts['keys']:>6}{counts['turns']:>7}"
            print(f"{path:<8}{told}{came}{seconds(counts):>8.2f}")
    print(f"at most {MOST} s each: {'no' if late else 'yes'}")
    raise SystemExit(late)


if __name__ == "__main__":
    main()
