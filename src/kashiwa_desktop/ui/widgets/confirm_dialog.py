"""The few questions: 締め, 提出, 承認, 一括印刷, 復元. The button carries the verb."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class ConfirmDialog(QDialog):
    """Asks one question; the safe choice has the focus, Esc takes it too."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(question.title)
        self.setModal(True)
        self.go = BigButton(question.verb, kind="main")
        self.stay = BigButton(question.safe_word)
        self.stay.setMinimumHeight(theme.MAIN_TARGET)
        self._column = QVBoxLayout(self)
        self._arrange(question)
        self.go.clicked.connect(self.accept)
        self.stay.clicked.connect(self.reject)
        self.stay.setDefault(True)
        self.stay.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return done

    @classmethod
    def ask(cls, question: Question, parent: QWidget) -> bool:
        """Return whether the person chose the verb."""
        dialog = cls(question, parent)
        try:
            return dialog.exec() == QDialog.DialogCode.Accepted
        finally:
            dialog.deleteLater()

    def _arrange(self, question: Question) -> None:
        buttons = FlowLayout(gap=2 * theme.GAP)
        buttons.addWidget(self.go)
        buttons.addWidget(self.stay)
        column = self._column
        edge = 3 * theme.GAP
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(2 * theme.GAP)
        column.addWidget(TextLabel(question.title, "heading"))
        column.addWidget(TextLabel(question.text))
        if question.details:
            column.addWidget(TextLabel(question.details, "muted"))
        column.addStretch(1)
        column.addLayout(buttons)

    def _fit(self) -> None:
        width = 30 * self.fontMetrics().horizontalAdvance("あ")
        parent = self.parentWidget()
        if parent is not None:
            width = min(width, parent.window().width() - 4 * theme.GAP)
        self.setFixedSize(width, self._column.totalHeightForWidth(width))
