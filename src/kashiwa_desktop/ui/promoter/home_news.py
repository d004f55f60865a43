"""お知らせ in sentences: what arrived at the office, what is approved, what differs."""

from PySide6.QtCore import Signal

from kashiwa_desktop.services.closing import MonthView
from kashiwa_desktop.services.home import HomeView
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.section_card import SectionCard
from kashiwa_desktop.ui.widgets.showing import show_when


class NewsCard(SectionCard):
    """Hidden while there is nothing to say; ``record_wanted`` gives the id of a record."""

    record_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("お知らせ"))
        self._list = ProblemList()
        self.add(self._list)
        self._list.acted.connect(self._open)

    def show_view(self, view: HomeView) -> None:
        items = [self._month(news) for news in view.news]
        for activity in view.conflicts:
            words = f"{activity.date.month}月{activity.date.day}日 {activity.title}"
            told = self.tr("「%s」に、ちがいのある記録があります。") % words
            items.append(ProblemItem(told, ((activity.id, self.tr("見る")),)))
        self._list.show_problems(items)
        show_when(self, wanted=bool(items))

    def _month(self, news: MonthView) -> ProblemItem:
        month = news.month.short()
        yen = sum(amount for _, amount in news.honorarium)
        if news.changed_after_close:
            told = self.tr("%sは締めたあとに%s件変わりました。次の版を提出してください。")
            return ProblemItem(told % (month, news.changed_after_close))
        if news.state == "approved":
            told = self.tr("%sは承認されました。お支払いの額は %s円です。")
            return ProblemItem(told % (month, f"{yen:,}"), tone="ok")
        if news.state == "received":
            return ProblemItem(self.tr("%sは事務局に届きました。") % month, tone="ok")
        told = self.tr("%sはUSBメモリーに保存しました(まだ届いていません)。")
        return ProblemItem(told % month)

    def _open(self, record: object) -> None:
        self.record_wanted.emit(str(record))
