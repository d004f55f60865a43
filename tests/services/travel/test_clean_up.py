"""Clearing up after a fault never hides the fault: the first one is what people are told."""

import errno
import os
from pathlib import Path

import pytest

from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services.travel.archiving import Arriving

TOLD = "保存先は書き込みが禁止されています。"


def only_to_be_read(*_args, **_options):
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


def test_an_intake_on_a_medium_that_turns_read_only_says_so(town, monkeypatch):
    files, real = town.months(), Arriving.save

    def saved_and_refused(*given, **more):
        real(*given, **more)
        monkeypatch.setattr(Path, "unlink", only_to_be_read)
        raise PlaceError(TOLD, code="read_only")

    monkeypatch.setattr(Arriving, "save", saved_and_refused)
    intake = town.intake()
    with pytest.raises(PlaceError, match=TOLD):
        intake.take_in(files)
    monkeypatch.undo()
    taken = town.intake().take_in(files)
    assert {one.state for one in taken.files} == {"new"}
    assert len(list(town.folder().archive.iterdir())) >= len(files)


def test_an_undone_intake_whose_file_stays_is_undone(town, monkeypatch):
    files = town.months()
    intake = town.intake()
    taken = intake.take_in(files)
    monkeypatch.setattr(Path, "unlink", only_to_be_read)
    assert intake.undo(taken.intake) > 0
