"""The form of a resource as staff fill it in: for whom it is written comes first."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.resource import Resource
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.resources.city_desk import CityDesk
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.resource.resource_form import ResourceForm
from kashiwa_desktop.ui.widgets.resource.resource_writing import ResourceWriting
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class StaffResource(QWidget):
    """The area decides whose list it goes into: its promoter's, or that of the council itself."""

    def __init__(self, page: ScrollPage, work: PageWork, desk: CityDesk, jobs: Jobs) -> None:
        super().__init__()
        self._page, self._register = page, desk.register
        self._areas: Mapping[str, str] = {}
        self._names: Mapping[str, str] = {}
        self._area = ChoiceBox("どの地域の資源ですか")
        self._field = FormField("どの地域の資源ですか", self._area, required=True)
        self._whose = TextLabel(role="muted")
        self.form = ResourceForm(desk.clock.today())
        self.writing = ResourceWriting(page, work, self.form, desk.kept, jobs)
        self._arrange()
        self._area.chosen.connect(self._choose)
        self.begin_nothing()

    @property
    def area(self) -> str:
        """The code of the area that is chosen, '' for none."""
        code = self._area.current()
        return "" if code is None else str(code)

    def show_areas(self, areas: Mapping[str, str], names: Mapping[str, str]) -> None:
        """Offer the areas (code → name); ``names`` are those of the promoters by number."""
        self._areas, self._names = areas, names
        self._area.show_choices(areas.items())

    def begin_nothing(self) -> None:
        """Let go of what stood in the form: it is recorded, or kept as a draft."""
        self._show_area("", "")
        self.writing.begin({})

    def write_new(self, area: str) -> None:
        """Begin a new resource of an area, '' where it is still to be chosen."""
        self._show_area(area, self._register.writing_for(area) if area else "")
        self.writing.begin({})

    def edit(self, one: Resource) -> None:
        """Correct a resource in the list it stands in."""
        self._show_area(one.area, one.promoter)
        self.writing.begin_editing(one.id)
        self._area.setEnabled(False)

    def open_draft(self, draft: str, fields: dict[str, Any]) -> None:
        """Go on with a draft."""
        self._show_area(str(fields.get("area") or ""), str(fields.get("promoter") or ""))
        self.writing.begin_draft(draft, fields)
        self._area.setEnabled(self.writing.record is None)

    def save(self) -> None:
        """Record it; the area must be chosen first."""
        if self._area.current() is None:
            self._field.block("地域をお選びください。")
            self._page.go_to_field(self._field)
            return
        self.writing.save()

    def focus_first(self) -> None:
        if self._area.current() is None:
            self._area.setFocus()
        else:
            self.form.focus_first()

    def focus_name(self) -> None:
        self.form.focus_name()

    def _choose(self, area: object) -> None:
        code = str(area)
        promoter = self._register.writing_for(code)
        self._show_area(code, promoter)
        self.writing.note_beside({"promoter": promoter, "area": code})

    def _show_area(self, area: str, promoter: str) -> None:
        self._area.setEnabled(True)
        self._area.choose(area or None)
        self._field.clear_message()
        beside = {"promoter": promoter, "area": area}
        self.writing.write_in(self._register.registering(promoter), beside)
        self._whose.setText(self._words(promoter, area))
        show_when(self._whose, wanted=bool(area))

    def _words(self, promoter: str, area: str) -> str:
        if not promoter:
            return "いま推進員がいない地域です。社会福祉協議会の一覧に入ります。"
        words = "推進員(%s)の一覧に、職員が書いたものとして入ります。"
        return words % self._names.get(promoter, promoter)

    def _arrange(self) -> None:
        self._area.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        for part in (self._field, self._whose, self.form):
            column.addWidget(part)
