"""A new 合言葉, typed twice, with its rules beside it from the beginning."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import passphrase
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.secret_line import SecretLine
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class NewWords(QWidget):
    """``take`` gives the 合言葉 once both fields say the same and the rules are kept, else ''."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rules = (
            "・半角の英字・数字・記号で、12文字以上\n"
            "・短いことばを3つか4つ、空白でつなぐと覚えやすくなります(例の形: aaaa bbbb cccc 00)\n"
            "・お名前、電話番号、ほかで使っている合言葉は使わないでください"
        )
        self._words, self._again = SecretLine(), SecretLine()
        self._first = FormField(
            "新しい合言葉(パスワード。人に教えません)", self._words, required=True
        )
        self._second = FormField("確かめのため、もう一度同じ合言葉", self._again, required=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        for part in (TextLabel(rules), self._first, self._second):
            column.addWidget(part)
        self.setFocusProxy(self._words)

    def take(self) -> str:
        """Return the new 合言葉; '' where something is wrong, which then stands at its field."""
        words, again = self._words.text(), self._again.text()
        fields = {"words": self._first, "again": self._second}
        for field in fields.values():
            field.clear_message()
        found = passphrase.problems(words, again)
        for problem in reversed(found):
            fields[problem.field].block(problem.text)
            fields[problem.field].focus()
        if found:
            return ""
        self.clear()
        return words

    def clear(self) -> None:
        for line in (self._words, self._again):
            line.clear()
