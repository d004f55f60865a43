"""What the shapes of the board mean, hidden until wanted."""

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.state_label import StateLabel
from kashiwa_desktop.ui.widgets.state_mark import board_marks
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_MEANINGS = (
    ("missing", "まだ何も届いていません。"),
    ("open", "記録は届いていますが、その月をまだ締めていません。"),
    ("received", "締めた月が届いています。承認を待っています。"),
    ("question", "届いていますが、先に見ていただきたいことがあります。"),
    ("returned", "推進員さんに、次の版をお願いしています。"),
    ("approved", "承認しました。印刷とお支払いに進めます。"),
    ("empty", "活動がなかった月として届いています。"),
    ("suspended", "お休み中です。提出はお待ちしていません。"),
    ("vacant", "推進員さんがいません。提出はお待ちしていません。"),
)


class BoardLegend(Fold):
    """Every shape with its word and a sentence, and the marks beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("印の見方", parent)
        marks = board_marks()
        for state, meaning in _MEANINGS:
            self.add(FlowRow(StateLabel(marks[state]), TextLabel(meaning)))
        self.add(
            TextLabel("「遅」は、締切のあとに届いた月です。"),
            TextLabel("「締めのあと変更」は、締めたあとに変わった記録の数です。"),
        )
