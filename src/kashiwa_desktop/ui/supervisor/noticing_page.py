"""Screen 43 気になること: off until wanted; five sentences at most, and no ranking of people."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.noticing import Notice
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.money.noticing import Noticing
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel

Found = tuple[Month, tuple[Notice, ...] | None]


class NoticingPage(ScrollPage):
    """Each sentence leads to where it can be followed."""

    SCREEN = 43
    TITLE = "気になること"

    def __init__(
        self, noticing: Noticing, settings: PaymentSettings, clock: Clock, jobs: Jobs
    ) -> None:
        super().__init__()
        self._noticing, self._settings, self._today = noticing, settings, clock.today
        self._work = PageWork(self, jobs)
        self._month = Month.of(clock.today()).previous()
        self._bar = StepBar("前の月", "次の月")
        self._about = TextLabel(
            (
                "記録と支払の中から、見ておくとよさそうなことを5つまで文で知らせます。"
                "人を比べたり、順位を付けたりはしません。どうするかは、読んだ方がお決めください。"
            ),
            "muted",
        )
        self._switch = QCheckBox("気になることを知らせる")
        self._none = TextLabel("いま、気になることはありません。")
        self._cards = [_NoticeCard() for _ in range(5)]
        self._back = BigButton("もどる", "left")
        self.add(self._about, self._switch, self._bar, self._none, *self._cards)
        self.action_bar.add(self._back)
        self._bar.turned.connect(self._turn)
        self._switch.clicked.connect(self._turn_switch)
        self._back.clicked.connect(self.go_back)
        for card in self._cards:
            card.wanted.connect(self._follow)
        self._show_notices(None)

    def refresh(self) -> None:
        self._bar.show_name(self._month.label(), more=self._month < Month.of(self._today()))
        work = partial(_look, self._noticing, self._settings, self._month)
        self._work.run(work, self._show, "記録を調べています")

    def _show(self, found: Found) -> None:
        month, notices = found
        if month != self._month:
            self.refresh()  # the month was turned meanwhile
            return
        self._switch.setChecked(notices is not None)
        self._show_notices(notices)

    def _show_notices(self, notices: Sequence[Notice] | None) -> None:
        shown = list(notices or ())
        parts: Sequence[tuple[QWidget, bool]] = (
            (self._bar, notices is not None), (self._none, notices is not None and not shown),
        )  # fmt: skip
        for part, wanted in parts:
            show_when(part, wanted=wanted)
        for place, card in enumerate(self._cards):
            card.show_notice(shown[place] if place < len(shown) else None)

    def _turn_switch(self) -> None:
        work = partial(_switch, self._settings, wanted=self._switch.isChecked())
        self._work.run(work, self._look_again, "書きとめています")

    def _look_again(self, _done: object) -> None:
        self.refresh()

    def _follow(self, notice: object) -> None:
        if not isinstance(notice, Notice):
            return
        month = notice.month or self._month
        if notice.code == "unpaid":
            self.wants.emit(Way(Screen.PAYMENTS, "show_month", (month,)))
        else:
            self.wants.emit(Way(Screen.CHECK, "show_month", (month, None)))

    def _turn(self, by: int) -> None:
        self._month = self._month.next() if by > 0 else self._month.previous()
        self.refresh()


class _NoticeCard(SectionCard):
    """One sentence and where to follow it."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._notice: Notice | None = None
        self._text = TextLabel()
        self._look = BigButton("見る", "search")
        self.add(self._text)
        self.add_row(self._look)
        self._look.clicked.connect(self._give)

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence, or nothing."""
        if notice is not None:
            self._notice = notice
            self._text.setText(notice.text)
            self._look.set_word("支払一覧を見る" if notice.code == "unpaid" else "記録を見る")
        show_when(self, wanted=notice is not None)

    def _give(self) -> None:
        self.wanted.emit(self._notice)


def _look(noticing: Noticing, settings: PaymentSettings, month: Month, progress: Progress) -> Found:
    """Look only where it is switched on."""
    progress.step("", 0, 0)
    if not settings.read().noticing:
        return month, None
    return month, noticing.look(month, progress)


def _switch(settings: PaymentSettings, progress: Progress, *, wanted: bool) -> None:
    progress.step("", 0, 0)
    settings.show_noticing(wanted=wanted)
