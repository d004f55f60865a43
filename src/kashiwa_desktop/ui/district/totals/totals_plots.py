"""The plots of 集計, one under the other, each with its numbers as a table."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.services.papers.office_plots import OfficePlots
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.paper.plot_card import PlotCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class TotalsPlots(QWidget):
    """``failed`` gives an error of a drawing."""

    failed = Signal(object)

    def __init__(self, plots: OfficePlots, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service, self._jobs = plots, jobs
        self._title = TextLabel(role="heading")
        self._cards: dict[str, PlotCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * theme.GAP)
        self._column.addWidget(self._title)

    def show_plots(self, title: str, plots: Mapping[str, Plot]) -> None:
        """Show the numbers at once, the drawings as soon as they are made."""
        self._title.setText(title)
        for name, plot in plots.items():
            self._card(name).show_plot(plot)
        restore_tab_order(self)

    def _card(self, title: str) -> PlotCard:
        """Return the card of a plot; it is made when there is first something to show."""
        if title not in self._cards:
            card = self._cards[title] = PlotCard(title, self._service.drawing, self._jobs)
            card.failed.connect(self.failed)
            self._column.addWidget(card)
        return self._cards[title]
