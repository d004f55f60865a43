"""The sample office on the morning after the deadline, made once and copied for each test."""

import atexit
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from conftest import MEMORY
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.safety.keeping import Keeping
from office_world import cheap_words

AREAS = 10
_made = []


def made():
    """The day as it was made; nobody writes into it."""
    if not _made:
        root = Path(tempfile.mkdtemp(prefix="office-day-", dir=MEMORY))
        atexit.register(shutil.rmtree, root, ignore_errors=True)
        with cheap_words():
            _made.append(office_day.build(root / "day", AREAS))
    return _made[0]


def copied(tmp_path):
    """A day of one's own, with the office's store, its inbox and the promoter's PC."""
    day = made()
    root = tmp_path / "day"
    root.mkdir()
    for part in ("office", "promoter", "replied", "inbox"):
        shutil.copytree(day.root / part, root / part)
    shutil.copy2(day.settings, root)
    return replace(day, root=root)


@contextmanager
def office(day):
    with office_day.opened(day.office) as store:
        yield store


def digest(store):
    return Keeping(store).digest()


def named(root, kind, name):
    """The widget of ``root`` that is shown and heard under ``name`` (or begins so)."""
    found = [w for w in root.findChildren(kind) if w.isVisible() and w.accessibleName() == name]
    found = found or [
        w for w in root.findChildren(kind) if w.isVisible() and w.accessibleName().startswith(name)
    ]
    assert len(found) == 1, [w.accessibleName() for w in root.findChildren(kind) if w.isVisible()]
    return found[0]
