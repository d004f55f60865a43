"""One promoter's story through the window, from the first start to an old sheet taken back.

Everything is done with mouse and keys on what is seen; services only make the office's settings
file before and look at the records after.
"""

from datetime import date, datetime

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea

import promoter_world
from kashiwa_desktop.app.window import Desktop
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.clock import JST, Chance, Clock
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.ui.promoter.list.record_table import RecordTable
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.entry.month_calendar import DayButton
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.rail import Rail
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import settle

NOW = datetime(2026, 10, 29, 10, tzinfo=JST)
LONG = 30_000
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
TITLE = "内容(ひとこと)"
YOSHIDA = "𠮷田商店と相談"
CAFE = "辻\U000e0100さんのｶﾌｪの会"
TAKASAKI = "髙﨑さんの研修に参加"


class Hand:
    """What a person can do: look for a word, press it, write, press keys, drop a file."""

    def __init__(self, qtbot, look, root):
        self._qtbot, self._look, self._root = qtbot, look, root
        self._store = self._desktop = None

    @property
    def window(self):
        return self._desktop.window

    @property
    def focus(self):
        return QApplication.focusWidget()

    def open(self):
        """Start the program on the folder."""
        self._store = open_folder(DataFolder(self._root), Clock(NOW), Chance())
        self._desktop = Desktop(self._store, self._look)
        self._desktop.begin()
        self.come_up()

    def close(self):
        """Close the window, and with it the program."""
        if self._desktop is None:
            return
        window, desktop = self.window, self._desktop
        window.close()
        self.wait(lambda: not window.isVisible())
        desktop.end()
        self._store.close()
        window.deleteLater()
        desktop.deleteLater()
        self._desktop = None
        settle()

    def wait(self, until):
        self._qtbot.waitUntil(until, timeout=LONG)

    def come_up(self):
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.rest()

    def rest(self):
        self.wait(lambda: not self._desktop._jobs.busy)
        settle()

    def find(self, name, kind=QAbstractButton, root=None):
        """Return the one widget that is shown under this name and can be used, once it is there."""
        found = []

        def is_there():
            place = root or self.window.page
            shown = [w for w in place.findChildren(kind) if w.isVisible() and w.isEnabled()]
            found[:] = [w for w in shown if w.accessibleName() == name]
            assert len(found) == 1, (name, [w.accessibleName() for w in shown])

        self.wait(is_there)
        return found[0]

    def press(self, name, kind=QAbstractButton, root=None):
        self.click(self.find(name, kind, root))
        self.rest()

    def click(self, widget, spot=None):
        """Scroll to a widget and click it where nothing lies over it."""
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget, 8, 40)
            above = above.parentWidget()
        settle()
        spot = spot or widget.rect().center()
        under = self.window.childAt(widget.mapTo(self.window, spot))
        assert under is widget or widget.isAncestorOf(under), widget.accessibleName()
        self._qtbot.mouseClick(widget, LEFT, pos=spot)

    def go(self, word):
        """Press a place of the rail."""
        self.press(word, root=self.window.findChild(Rail))

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self._qtbot.keyClick(self.focus or self.window, key, modifier)
        self.rest()

    def tab_to(self, name):
        passed = []
        while self.focus.accessibleName() != name:
            passed.append(self.focus.accessibleName())
            assert len(passed) < 80, (name, passed)
            self._qtbot.keyClick(self.focus, Qt.Key.Key_Tab)

    def write(self, text):
        """Write into the field of the keyboard as an input method does: shown first, then taken."""
        if self.focus.text():
            self._qtbot.keyClick(self.focus, Qt.Key.Key_A, CONTROL)
        taken = QInputMethodEvent()
        taken.setCommitString(text)
        for event in (QInputMethodEvent(text[:1], []), taken):
            QApplication.sendEvent(self.focus, event)
        assert self.focus.text() == text

    def write_in(self, name, text, kind=TextLine):
        self.click(self.find(name, kind))
        self.write(text)

    def choose(self, name, word):
        """Open a list, go down to the words and take them."""
        box = self.find(name, ChoiceBox)
        self.click(box)
        view = box.view()
        self.wait(view.isVisible)
        self._qtbot.keyClick(view, Qt.Key.Key_Home)
        while word not in str(view.currentIndex().data()):
            before = view.currentIndex().row()
            self._qtbot.keyClick(view, Qt.Key.Key_Down)
            assert view.currentIndex().row() != before, word
        self._qtbot.keyClick(view, Qt.Key.Key_Return)
        self.wait(lambda: word in box.currentText())
        self.rest()

    def drop(self, file):
        [place] = [w for w in self.window.page.findChildren(FileDrop) if w.isVisible()]
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        how = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(place, QDragEnterEvent(QPoint(9, 9), *how))
        QApplication.sendEvent(place, QDropEvent(QPointF(9, 9), *how))
        self.rest()

    def sees(self, text):
        """Wait until some words stand somewhere in the window."""

        def is_seen():
            labels = [w for w in self.window.findChildren(TextLabel) if w.isVisible()]
            assert any(text in w.text() for w in labels), (text, [w.text() for w in labels])

        self.wait(is_seen)

    def undo(self):
        """Press what stands beside the sentence of what was just done."""
        self.press("元に戻す", root=self.window.undo_strip)

    # ── the list ───────────────────────────────────────────────────────────────────────────

    def rows(self):
        model = self.find("記録の一覧", RecordTable).model()
        return [model.index(row, 3).data() for row in range(model.rowCount())]

    def choose_row(self, title):
        table = self.find("記録の一覧", RecordTable)
        cell = table.model().index(self.rows().index(title), 3)
        table.scrollTo(cell)
        self.click(table.viewport(), table.visualRect(cell).center())
        self.rest()

    def look_for(self, text, found):
        self.key(Qt.Key.Key_F, CONTROL)
        self.write(text)
        self.wait(lambda: self.rows() == found)
        self.sees(f"「{text}」の見つかった記録 {len(found)}件")


@pytest.fixture
def hand(qtbot, look, tmp_path):
    one = Hand(qtbot, look, tmp_path / "pc")
    yield one
    one.close()


def test_the_story_of_a_promoter(hand, tmp_path):
    hand.open()
    start(hand, promoter_world.world(tmp_path).settings)
    practise(hand)
    record_six(hand)
    record_council(hand)
    correct(hand)
    delete_and_bring_back_after_a_restart(hand)
    search(hand)
    import_and_take_back(hand, old_sheet(tmp_path))
    hand.close()
    with_store(tmp_path / "pc", check_records)


def start(hand, settings):
    """はじめての設定: the file, the name, the number to compare, はじめる."""
    assert hand.window.windowTitle() == "地域支えあい活動記録"
    hand.drop(settings)
    hand.press("例示 髙﨑\n試町")
    hand.sees("例示 髙﨑 さん(レイジ タカサキ)")
    hand.press("はい、合っています")
    hand.sees("事務局の番号は")
    hand.press("はじめる")
    hand.come_up()
    assert hand.window.windowTitle() == "地域支えあい活動記録 – 例示 髙﨑(試町)"


def practise(hand):
    """A record in the practice store, and back to the empty real one."""
    real = hand.window
    hand.go("困ったとき")
    hand.press("練習する")
    hand.wait(lambda: hand.window is not real)
    hand.come_up()
    hand.sees("練習中")
    hand.press("活動を記録する")
    hand.press("4 その他打合せ等")
    hand.write_in(TITLE, "ためしに書いた練習")
    hand.press("記録する")
    hand.sees("ためしに書いた練習』を記録しました")
    hand.go("困ったとき")
    hand.press("練習をおわる")
    hand.come_up()
    assert hand.window.windowTitle() == "地域支えあい活動記録 – 例示 髙﨑(試町)"
    hand.go("一覧")
    assert hand.rows() == []
    hand.go("今月")


def record_six(hand):
    """By keyboard, by chip, by mouse, two on one day, one 中止, one with 代理."""
    by_keyboard_alone(hand)
    hand.press("活動を記録する")
    hand.press("地区担当と打合せ")
    hand.press("記録する")
    hand.sees("『10月29日 地区担当と打合せ』を記録しました。")
    hand.press("活動を記録する")
    on_day(hand, "令和8年10月8日(木)", "3 地域活動", "地域説明会・イベント", "サロンの説明会")
    hand.press("記録して次を書く")
    hand.sees("『10月8日 サロンの説明会』を記録しました。")
    on_day(hand, "令和8年10月8日(木) 記録あり", "4 その他打合せ等", "その他", TAKASAKI)
    hand.press("記録して次を書く")
    on_day(hand, "令和8年10月14日(水)", "2 ネットワークづくり", "企業・商店", YOSHIDA)
    hand.press("くわしく書く")
    hand.press("中止")
    hand.press("記録して次を書く")
    on_day(hand, "令和8年10月16日(金)", "3 地域活動", "地域の打合せ", CAFE)
    hand.press("くわしく書く")
    hand.press("代理")
    hand.write_in("代理の方の立場", "コアメンバー")
    hand.press("記録する")
    hand.sees("さいきんの記録")


def by_keyboard_alone(hand):
    hand.key(Qt.Key.Key_N, CONTROL)
    hand.key(Qt.Key.Key_2)
    hand.key(Qt.Key.Key_Right)
    hand.tab_to(TITLE)
    hand.write("包括と情報交換")
    hand.tab_to("日付")
    hand.write("R8.10.27")
    hand.key(Qt.Key.Key_Tab)
    hand.key(Qt.Key.Key_S, CONTROL)
    hand.sees("『10月27日 包括と情報交換』を記録しました。")


def on_day(hand, day, category, kind, title):
    hand.press(day, DayButton)
    hand.press(category)
    hand.press(kind)
    hand.write_in(TITLE, title)


def record_council(hand):
    """支えあい会議 with who came, what was talked about and what is to be done."""
    hand.press("活動を記録する")
    on_day(hand, "令和8年10月22日(木)", "1 支えあい会議の展開", "意見交換", "支えあい会議")
    hand.write_in("ふるさと協議会(地区社協)", "４")
    hand.write_in("民生委員・児童委員", "3人")
    hand.sees("合計 7人")
    hand.press("議題を加える")
    hand.write("移動の支援")
    hand.press("協議")
    hand.press("宿題を加える")
    hand.write("移動販売の候補地を調べる")
    hand.write_in("担当", "﨑山さん")
    hand.write_in("期限", "11/20")
    hand.press("記録する")
    hand.sees("移動販売の候補地を調べる")


def correct(hand):
    hand.go("一覧")
    hand.choose_row("サロンの説明会")
    hand.press("直す")
    hand.write_in(TITLE, "緑ケ丘サロンの説明会")
    hand.press("くわしく書く")
    hand.write_in("くわしい内容", "20人ほどが来た。", TextArea)
    hand.press("直して記録する")
    hand.sees("『10月8日 緑ケ丘サロンの説明会』を直しました。")


def delete_and_bring_back_after_a_restart(hand):
    hand.go("一覧")
    hand.choose_row(CAFE)
    hand.press("消す")
    hand.sees(f"『10月16日 {CAFE}』を消しました。")
    assert CAFE not in hand.rows()
    hand.close()
    hand.open()
    hand.sees(f"さいごにしたこと: 『10月16日 {CAFE}』を消しました")
    hand.press("元に戻す")
    hand.go("一覧")
    assert CAFE in hand.rows()


def search(hand):
    hand.look_for("高崎", [TAKASAKI])
    hand.look_for("吉田", [f"【中止】{YOSHIDA}"])
    hand.look_for("カフェ", [CAFE])
    hand.press("探すのをやめる")
    hand.wait(lambda: len(hand.rows()) == 7)


def import_and_take_back(hand, sheet):
    """Three of four lines go in; one press takes all three back."""
    hand.press("前の表(Excel・CSV)を取り込む")
    hand.drop(sheet)
    hand.sees("取り込める行 2件 ・ このままでは取り込めない行 2件")
    hand.sees("▲ 6行目 日付のちがう行: 日付「9/32」が読み取れません。")
    hand.choose("「サロン」は", "地域説明会")
    hand.press("3件を取り込む")
    hand.sees("前の表から3件を取り込みました。")
    hand.press("やめる")
    hand.press("前の月")
    assert sorted(hand.rows()) == ["サロンの見学", "支えあい会議", "施設と打合せ"]
    hand.undo()
    hand.wait(lambda: hand.rows() == [])


def old_sheet(tmp_path):
    book = Workbook()
    book.active.title = "R8.9"
    for row in (
        ["令和8年9月 活動記録簿"],
        [],
        ["No", "活動日", "区 分", "種別", "活動内容", "相手先", "人数", "時間"],
        [1, date(2026, 9, 3), "ネットワーク", "福祉施設", "施設と打合せ", "見本園", "約3名", 90],
        [2, 5, "サロン", "", "サロンの見学", "", 10, "1.5時間"],
        [3, "9/32", "その他", "その他", "日付のちがう行"],
        [4, None, "支えあい会議", "意見交換", "支えあい会議", "髙橋さん", 12, "13:30～15:00"],
        ["合計", None, None, None, None, None, 25],
    ):  # fmt: skip
        book.active.append(row)
    path = tmp_path / "活動 9月.xlsx"
    book.save(path)
    return path


def with_store(root, look_at):
    store = open_folder(DataFolder(root), Clock(NOW), Chance())
    try:
        look_at(store)
    finally:
        store.close()


def check_records(store):
    """Exactly these seven stand, letter by letter; what was imported is all among the deleted."""
    recording = Recording(store)
    records = {a.title: a for a in recording.records()}
    assert {(a.date.day, a.category, a.type, a.title, a.status) for a in recording.records()} == {
        (8, "community", "briefing", "緑ケ丘サロンの説明会", "held"),
        (8, "other", "misc", TAKASAKI, "held"),
        (14, "network", "business", YOSHIDA, "cancelled"),
        (16, "community", "local_meeting", CAFE, "held"),
        (22, "council", "exchange", "支えあい会議", "held"),
        (27, "network", "professional", "包括と情報交換", "held"),
        (29, "other", "area_officer", "地区担当と打合せ", "held"),
    }
    assert len(recording.records()) == 7
    assert {(a.promoter, a.area) for a in records.values()} == {("P003", "A3")}
    assert records["緑ケ丘サロンの説明会"].content == "20人ほどが来た。"
    assert records["緑ケ丘サロンの説明会"].version == 2
    assert {t: a.by_proxy for t, a in records.items() if a.by_proxy} == {CAFE: "コアメンバー"}
    council = records["支えあい会議"].council
    assert records["支えあい会議"].attendees == 7
    assert council["attendance"] == {"furusato": 4, "welfare_commissioner": 3}
    assert [(a["title"], a["kind"]) for a in council["agenda"]] == [("移動の支援", "discussion")]
    assert council["homework"] == [
        {
            "text": "移動販売の候補地を調べる",
            "owner": "﨑山さん",
            "due": "2026-11-20",
            "done": False,
        }
    ]
    assert recording.drafts() == []
    assert len(Tidying(store).deleted()) == 3
