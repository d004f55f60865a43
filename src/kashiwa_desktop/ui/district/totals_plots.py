"""The plots of 集計, one under the other, each with its numbers as a table."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.services.office_plots import TITLES, OfficePlots
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.plot_card import PlotCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class TotalsPlots(QWidget):
    """``failed`` gives an error of a drawing."""

    failed = Signal(object)

    def __init__(self, plots: OfficePlots, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(role="heading")
        self._cards = {title: PlotCard(title, plots.drawing, jobs) for title in TITLES}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        column.addWidget(self._title)
        for card in self._cards.values():
            card.failed.connect(self.failed)
            column.addWidget(card)

    def show_plots(self, title: str, plots: Mapping[str, Plot]) -> None:
        """Show the numbers at once, the drawings as soon as they are made."""
        self._title.setText(title)
        for title, plot in plots.items():
            self._cards[title].show_plot(plot)
