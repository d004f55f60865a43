"""Guides about the 合言葉 and the office's keys: changed, forgotten, renewed, stolen."""

from functools import partial

from kashiwa_desktop.ui.office import key_work
from kashiwa_desktop.ui.office.guide import Guide, KeyServices, WordsField, handle_recovery
from kashiwa_desktop.ui.office.new_words import NewWords
from kashiwa_desktop.ui.office.recovery_field import RecoveryField
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.text_label import TextLabel


def _hand_out() -> str:
    return "次に、［設定ファイルを作る］で新しい設定ファイルを作り、推進員さんに渡してください。"


class ChangeWordsGuide(Guide):
    """合言葉を替える."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = (
            "職員が替わったときや、だれかに知られたかもしれないときに替えます。"
            "かぎは同じままなので、推進員さんに渡すものはありません。"
        )
        super().__init__("合言葉を替える", what, services, work)
        self._old = WordsField("いまの合言葉")
        self._new = NewWords()
        self.add(self._old, self._new)
        self._go_button("合言葉を替える")
        self.setFocusProxy(self._old.widget)

    def begin(self) -> None:
        self._old.clear()
        self._new.clear()

    def _go(self) -> None:
        new = self._new.take()
        old = self._old.take() if new else ""
        if new and old:
            work = partial(key_work.change_words, self._services, old, new)
            what = "合言葉を替えています"
            self._work.run(work, self._tell, what, handled=self._old.handle)

    def _tell(self, _: object) -> None:
        self.told.emit("合言葉を替えました。古い合言葉では、もう開きません。")


class ForgottenGuide(Guide):
    """合言葉を忘れた: the envelope opens the office again."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = (
            "金庫の封筒(予備のかぎ)で、事務局を開けるようにします。封筒は2人で開け、"
            "開けた日と名前を紙に書いてください。記録は失われません。"
        )
        super().__init__("合言葉を忘れた", what, services, work)
        self._recovery, self._new = RecoveryField(), NewWords()
        self.add(self._recovery, self._new)
        self._go_button("新しい合言葉で開けるようにする")
        self.setFocusProxy(self._recovery)

    def begin(self) -> None:
        self._recovery.clear()
        self._new.clear()

    def _go(self) -> None:
        text = self._recovery.text()
        new = self._new.take() if text else ""
        if new:
            work = partial(key_work.recover, self._services, text, new)
            handled = partial(handle_recovery, self._recovery)
            self._work.run(work, self._tell, "かぎを作っています", handled=handled)

    def _tell(self, _: object) -> None:
        self.begin()
        text = (
            "新しい合言葉で開けるようになりました。いま届いているファイルは、このまま画面を"
            "閉じる前に［受け取る］で受け取ってください(予備のかぎで開きます)。"
        )
        self.told.emit(f"{text}\n{_hand_out()}")


class RenewGuide(Guide):
    """かぎを新しくする: as a precaution, or because the PC or the key was stolen."""

    def __init__(self, services: KeyServices, work: PageWork) -> None:
        what = "事務局のかぎを新しいものに替えます。これまでに届いたファイルは、そのまま読めます。"
        super().__init__("かぎを新しくする", what, services, work)
        self._why = ChipBar("新しくする理由")
        self._why.show_chips([("plain", "念のため新しくする"), ("stolen", "盗まれたかもしれない")])
        self._told_why = TextLabel(role="muted")
        self._old = WordsField("いまの合言葉")
        self._recovery, self._new = RecoveryField(), NewWords()
        self.add(self._why, self._told_why, self._old, self._recovery, self._new)
        self._go_button("かぎを新しくする")
        self.setFocusProxy(self._why)
        self._why.chosen.connect(self._show_why)

    def begin(self) -> None:
        self._old.clear()
        self._recovery.clear()
        self._new.clear()
        self._why.choose("plain")
        self._show_why("plain")

    def _show_why(self, why: object) -> None:
        stolen = why == "stolen"
        self._told_why.setText(
            (
                "前のかぎで作られたものは、設定ファイルを受け取った推進員さんのパソコンから順に、"
                "受け付けられなくなります。封筒の予備のかぎと、新しい合言葉が要ります。"
            )
            if stolen
            else "合言葉は同じままです。"
        )
        for part in (self._recovery, self._new):
            show_when(part, wanted=stolen)

    def _go(self) -> None:
        stolen = self._why.current() == "stolen"
        text = self._recovery.text() if stolen else ""
        new = self._new.take() if text else ""
        if stolen and not new:
            return
        old = self._old.take()
        if not old:
            return
        renew = partial(key_work.renew, self._services, old)
        revoke = partial(key_work.revoke, self._services, (old, new, text))
        self._work.run(
            revoke if stolen else renew,
            self._tell,
            "かぎを作っています",
            handled=self._handle,
        )

    def _handle(self, error: BaseException) -> bool:
        return self._old.handle(error) or handle_recovery(self._recovery, error)

    def _tell(self, _: object) -> None:
        self.begin()
        self.told.emit(f"事務局のかぎを新しくしました。\n{_hand_out()}")
