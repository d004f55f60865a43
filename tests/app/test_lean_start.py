"""What half of a start once was: parts that only some work needs come with that work."""

import subprocess
import sys

LATER = (
    "reportlab", "pikepdf", "fontTools", "segno", "openpyxl", "xlsxwriter", "alembic", "psycopg",
    "sqlalchemy.dialects.postgresql", "kashiwa_desktop.cli.run",
)  # fmt: skip
START = """
import sys
from kashiwa_desktop.app import front_door, window, promoter_pages
print("\\n".join(sys.modules))
"""


def loaded(program):
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8"
    )
    return set(done.stdout.split())


def test_the_promoters_window_starts_without_what_it_may_never_need():
    found = loaded(START)
    assert "kashiwa_desktop.ui.promoter.home.home_page" in found
    assert not found & set(LATER)


def test_the_list_above_names_what_is_there_to_be_loaded():
    """The wrong variant: each of these is found once it is asked for."""
    names = [name for name in LATER if name != "psycopg"]
    asked = "; ".join(f"import {name}" for name in names)
    assert set(names) <= loaded(f'import sys; {asked}; print("\\n".join(sys.modules))')
