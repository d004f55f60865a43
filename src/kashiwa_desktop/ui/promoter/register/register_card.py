"""地域の資源 on 今月: hidden until there is one, then what is there and what wants a look."""

from PySide6.QtCore import Signal

from kashiwa_desktop.services.travel.home import HomeView, RegisterState
from kashiwa_desktop.ui.promoter.home_rows import HomeRow, HomeRows
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when


class RegisterCard(SectionCard):
    """``wants`` when the register is to be opened."""

    wants = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title("地域の資源")
        self._rows = HomeRows()
        self.add(self._rows)
        self.hide()

    def show_view(self, view: HomeView) -> None:
        state = view.register
        there = bool(state.count or state.left or state.drafts)
        row = HomeRow(
            self._words(state), self._more(state), [(Way(Screen.RESOURCES), "list", "見る")]
        )
        row.acted.connect(self.wants)
        self._rows.show_rows([row] if there else [])
        show_when(self, wanted=there)

    def _words(self, state: RegisterState) -> str:
        if not state.count and state.left:
            return f"前任者が書いた地域の資源が {state.left}件あります。"
        return f"書いてあるもの {state.count}件"

    def _more(self, state: RegisterState) -> str:
        parts = []
        if state.drafts:
            parts.append(f"書きかけ {state.drafts}件")
        if state.stale:
            parts.append(f"半年以上確かめていないもの {state.stale}件")
        if state.left and state.count:
            parts.append(f"前任者から、まだ引き継いでいないもの {state.left}件")
        return "・".join(parts)
