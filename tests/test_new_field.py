"""A new field of a record is two source files: its line at the border, its row and its value."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
READERS = "card command copied differences disposal form kept search workbook"
BORDER = ("schema.py", "class RecordFields(Struct, kw_only=True):", '    sky: str = ""\n')
ROW = '    Field("sky", "空もよう", personal=True, copied=True, rare=True),\n'
TABLE = ("activity.py", "FIELDS: Table = (\n", ROW)
VALUE = ("activity.py", '    group: str = ""\n', '    sky: str = ""\n')


def readers(tmp_path, *changes):
    """Which readers know the field once these lines stand in a copy of the sources."""
    source = tmp_path / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    for file, after, line in changes:
        path = source / "kashiwa_desktop" / "domain" / file
        text = path.read_text(encoding="utf-8")
        at = text.index("\n", text.index(after) + len(after) - 1) + 1
        if file == "schema.py":  # behind the sentence that says what it is
            at = text.index('"""\n', at) + 5
        path.write_text(text[:at] + line + text[at:], encoding="utf-8")
    own = {"PYTHONPATH": f"{source}{os.pathsep}{ROOT / 'tests'}", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "invented_field.py", tmp_path / "town"],
        env=os.environ | own, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.stdout.strip() or done.stderr


def test_every_reader_knows_a_field_by_its_row_alone(tmp_path):
    assert readers(tmp_path, BORDER, TABLE, VALUE) == READERS


def test_a_field_without_a_row_is_refused_by_the_program_itself(tmp_path):
    """The wrong variant: what stands at the border only is shown by nobody."""
    assert "AttributeError" in readers(tmp_path, BORDER)
