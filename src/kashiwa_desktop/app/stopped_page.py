"""What is left where nothing can be opened: why, whom to show what, and text one can read."""

from pathlib import Path

from PySide6.QtCore import Signal

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.look_cards import TextSizeCard
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class StoppedPage(ScrollPage):
    """Says in words why the records cannot be opened, and closes.

    ``word`` is on a button for the one thing to do instead; ``acted`` comes when it is pressed.
    From a newer version nobody is led back: closing is the main thing there.
    """

    SCREEN, TITLE = 0, "記録を開けません"

    acted = Signal()

    def __init__(self, error: Exception, word: str, log: Path, look: Look) -> None:
        super().__init__()
        self.messages.show_error(error)
        sizes = TextSizeCard(look)
        sizes.refresh()
        self.add(self._support(log, by_message=not isinstance(error, AppError)), sizes)
        back = getattr(error, "code", "") == "too_new"
        if word:
            act = BigButton(word, "undo" if back else "house", "plain" if back else "main")
            act.clicked.connect(self.acted)
            self.action_bar.add(act)
        close = BigButton("閉じる", "close", "plain" if word and not back else "main")
        close.clicked.connect(self._close)
        self.action_bar.add(close)

    def _support(self, log: Path, *, by_message: bool) -> SectionCard:
        """Say where the log is; the message of a bug offers the file for support by itself."""
        card = SectionCard("サポートに電話するとき")
        card.add(TextLabel(f"動作の記録(名前は入っていません): {log}", "muted"))
        if not by_message:
            save = BigButton("サポート用の情報を保存", "save")
            save.clicked.connect(self.support_asked)
            card.add(save)
        return card

    def _close(self) -> None:
        self.window().close()
