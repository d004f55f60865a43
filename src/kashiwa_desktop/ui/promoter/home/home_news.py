"""お知らせ in sentences: what the office asks, what arrived there, what is approved or left."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.months.closing import MonthView
from kashiwa_desktop.services.travel.home import HomeView, OfficeNews
from kashiwa_desktop.ui.promoter.reply.reply_words import found_item, pay_words
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList

_REPLY, _PREDECESSOR = Way(Screen.REPLY), Way(Screen.PREDECESSOR)
_PC = Way(Screen.MOVING, "show_guide", ("copied",))


class NewsCard(SectionCard):
    """Hidden while there is nothing to say; each item leads to where it is dealt with."""

    wants = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title("お知らせ")
        self._found: tuple[Path, ...] = ()
        self._view: HomeView | None = None
        self._list = ProblemList()
        self.add(self._list)
        self._list.acted.connect(self._act)

    def show_view(self, view: HomeView) -> None:
        self._view = view
        self._show()

    def show_found(self, paths: Sequence[Path]) -> None:
        """Offer files of the office that lie on a stick."""
        self._found = tuple(paths)
        if self._view is not None:
            self._show()

    def _show(self) -> None:
        items = [found_item(self._found)] if self._found else []
        if self._view is not None:
            items += self._of_the_office(self._view.desk)
            items += [self._month(news, self._view.desk) for news in self._view.news]
        self._list.show_problems(items)
        show_when(self, wanted=bool(items))

    def _of_the_office(self, desk: OfficeNews) -> Iterator[ProblemItem]:
        look = ((_REPLY, "見る"),)
        if desk.restored:
            yield ProblemItem(desk.restored, ((_PC, "見る"),))
        if desk.asked:
            yield ProblemItem(f"確認のお願いが{desk.asked}件あります。", look)
        if desk.conflicts:
            text = "内容のちがう記録が%s件あります。どれが正しいか教えてください。"
            yield ProblemItem(text % desk.conflicts, look)
        if desk.inherited:
            text = "前任者から引き継いだ宿題が%s件あります。"
            yield ProblemItem(text % desk.inherited, ((_PREDECESSOR, "見る"),), "ok")
        for month in desk.answers:
            text = "%sについてのお返事は、まだ事務局に届いていません。提出すると届きます。"
            yield ProblemItem(text % month.short(), ((_submit(month), "提出する"),))

    def _month(self, news: MonthView, desk: OfficeNews) -> ProblemItem:
        month = news.month.short()
        if news.changed_after_close:
            told = "%sは締めたあとに%s件変わりました。次の版を提出してください。"
            action = ((_submit(news.month), "提出する"),)
            return ProblemItem(told % (month, news.changed_after_close), action)
        if news.state == "approved":
            return ProblemItem(self._approved(news, desk), tone="ok")
        if news.state == "returned":
            told = "%sは、もう一度提出してくださいとのお願いがあります。"
            return ProblemItem(told % month, ((_REPLY, "見る"),))
        if news.state == "received":
            return ProblemItem(f"{month}は事務局に届きました。", tone="ok")
        told = "%sはUSBメモリーに保存しました(まだ届いていません)。"
        return ProblemItem(told % month)

    def _approved(self, news: MonthView, desk: OfficeNews) -> str:
        yen = sum(amount for _, amount in news.honorarium)
        told = f"{news.month.short()}は承認されました。"
        if desk.officer:
            told += f"担当: {desk.officer}。"
        return told + pay_words(desk.paydays[news.month], yen)

    def _act(self, key: object) -> None:
        if isinstance(key, tuple):
            self.wants.emit(Way(Screen.REPLY, "take_files", (list(key),)))
        else:
            self.wants.emit(key)


def _submit(month: Month) -> Way:
    return Way(Screen.SUBMIT, "show_month", (month,))
