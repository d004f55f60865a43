"""The way in for who changes something: every place that the papers name is there, and is one."""

import ast
import dataclasses
import re
from pathlib import Path

import msgspec
import pytest

from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.office_schema import OfficeBody
from kashiwa_desktop.services.records.tidying import KEPT_DAYS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "kashiwa_desktop"
TREES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PLACES = (ROOT, PACKAGE, ROOT / "tests", ROOT / "docs")
OF_AN_OFFICE = {"archive/", "copies/", "identity/", "updates/", "waiting/"}
"""Folders of the data, not of the checkout."""
NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|md|toml|txt|sh|csv)))`")
"""A file or a folder, in backticks; what holds a hole (``<role>``, ``…``) names none."""


def twenty():
    """The rows of the table: what is changed, where, what tells."""
    part = CONTRIBUTING.split("### Twenty changes", 1)[1].split("\n\nA change of the house", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return [tuple(row) for row in rows[1:]]


def missing(text, places=PLACES):
    """The files named in ``text`` that lie in none of the places, nor beside one another."""
    beside = {path.name for path in PACKAGE.rglob("*.py")}
    return [
        name
        for name in NAMED.findall(text)
        if not any((place / name).exists() for place in places)
        and name not in beside | OF_AN_OFFICE
    ]


def places_and_names(cell):
    """Each file of a cell with the names that stand in the brackets right after it."""
    for file, inside in re.findall(r"`([\w./]+\.py)`(?: \(((?:`\w+`(?:, )?)+)\))?", cell):
        path = next(place / file for place in PLACES if (place / file).exists())
        for name in re.findall(r"`(\w+)`", inside):
            yield path, name


def test_there_are_twenty():
    assert len(twenty()) == 20


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md", "docs/screens.md"])
def test_every_file_that_is_named_is_there(page):
    assert missing((ROOT / page).read_text(encoding="utf-8")) == []


def test_a_file_that_is_gone_is_found():
    assert missing("`ui/theme.py` and `ui/nowhere.py`, `ui/<role>/…_page.py`") == ["ui/nowhere.py"]


def test_the_stories_have_six_hops_each_and_name_their_files():
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    part = told.split("## 3. Two stories", 1)[1].split("\n## ", 1)[0]
    stories = [re.split(r"\n\d\. ", story)[1:] for story in re.split(r"\n\*\*", part)[1:]]
    assert [len(hops) for hops in stories] == [6, 6]
    assert [hop for story in stories for hop in story if not NAMED.findall(hop)] == []


@pytest.mark.parametrize(("what", "where", "tells"), twenty())
def test_every_name_stands_in_its_file(what, where, tells):
    assert NAMED.findall(where), what
    assert NAMED.findall(tells), what
    for path, name in places_and_names(where):
        assert re.search(rf"\b{name}\b", path.read_text(encoding="utf-8")), (what, name)


def literals(kind):
    """Every literal of one kind in the sources, with its file."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield name, node


def test_a_colour_stands_in_the_theme_alone():
    colour = re.compile(r"#[0-9a-fA-F]{6}\b")
    found = {
        name
        for name, node in literals(ast.Constant)
        if isinstance(node.value, str) and colour.search(node.value)
    }
    assert {name for name in found if not name.startswith("excel/")} == {"ui/theme.py"}


def test_the_sizes_of_text_stand_in_the_settings_alone():
    def numbers(node):
        return [getattr(part, "value", None) for part in node.elts]

    rows = [(name, numbers(node)) for name, node in literals((ast.Tuple, ast.List, ast.Set))]
    assert {name for name, row in rows if row[:2] == [12, 14]} == {"settings.py"}


def waits(tree):
    """Numbers that a clock is given by hand: ``QTimer(…, interval=1_000)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "interval":
            yield from [node.value.value] if isinstance(node.value, ast.Constant) else []


def test_a_clock_of_the_window_waits_by_a_name():
    assert {name: list(waits(tree)) for name, tree in TREES.items() if list(waits(tree))} == {}
    assert list(waits(ast.parse("QTimer(self, interval=1_000)"))) == [1000]
    looked = [name for name, node in literals(ast.Assign) if "LOOK_MS" in ast.unparse(node.targets)]
    assert sorted(looked) == ["services/travel/sticks.py", "ui/widgets/folder_watch.py"]


def test_how_long_deleted_records_stay_is_typed_once():
    by_hand = [
        name
        for name, node in literals(ast.Call)
        if ast.unparse(node.func) == "timedelta" and f"days={KEPT_DAYS}" in ast.unparse(node)
    ]
    assert by_hand == []
    told = (ROOT / "resources" / "help" / "manual.md").read_text(encoding="utf-8")
    assert {int(days) for days in re.findall(r"(\d+)日のあいだ", told)} == {KEPT_DAYS}


def test_a_setting_means_the_same_at_the_border_and_inside():
    """What a settings record does not say is what the office has without one."""
    inside = {f.name: f.default for f in dataclasses.fields(Office)}
    border = {f.encode_name: f.default for f in msgspec.structs.fields(OfficeBody)}
    both = {
        name
        for name in inside.keys() & border.keys()
        if isinstance(border[name], int | str) and border[name] != ""
    }
    assert {"keep_years", "deadline_rule", "pay_day"} <= both
    assert {name for name in both if inside[name] != border[name]} == set()
