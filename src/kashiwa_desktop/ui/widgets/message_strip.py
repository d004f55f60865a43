"""A message inside the page: what happened, what to do, and 「くわしく」 for who wants it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.messages import Message, message_of
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_SHAPES = {"danger": "▲", "notice": "●", "ok": "■"}


class MessageStrip(QFrame):
    """Hidden until there is something to say; stays until it is closed or the next message."""

    support_asked = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = TextLabel()
        self._details = TextLabel(role="small")
        self._more = BigButton("くわしく", "down", "quiet")
        self._support = BigButton("サポート用の情報を保存", "save", "quiet")
        self._close = BigButton("閉じる", "close", "quiet")
        self._arrange()
        self._more.clicked.connect(self._toggle_details)
        self._support.clicked.connect(self.support_asked)
        self._close.clicked.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_message(self, message: Message) -> None:
        self.setProperty("panel", message.tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(f"{_SHAPES[message.tone]} {message.text}")
        self._details.setText(message.details)
        self._details.hide()
        show_when(self._more, wanted=bool(message.details))
        self._more.set_word("くわしく")
        show_when(self._support, wanted=message.is_bug)
        self.setAccessibleName(message.text)
        show_when(self, wanted=True)
        self.shown.emit()

    def show_error(self, error: BaseException, *, kept: bool = False) -> None:
        """Show an error in words; ``kept`` says that what was typed is still there."""
        self.show_message(message_of(error, kept=kept))

    def say(self, text: str) -> None:
        """Show good news."""
        self.show_message(Message(text, tone="ok"))

    def clear(self) -> None:
        self.hide()

    def _toggle_details(self) -> None:
        opened = self._details.isHidden()
        show_when(self._details, wanted=opened)
        self._more.set_word("くわしい説明を閉じる" if opened else "くわしく")

    def _arrange(self) -> None:
        buttons = FlowLayout()
        for button in (self._more, self._support, self._close):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP // 2)
        column.addWidget(self._text)
        column.addWidget(self._details)
        column.addLayout(buttons)
