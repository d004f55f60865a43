"""The command line called in this process, with the folders of a made office."""

import json
from dataclasses import dataclass

import pytest

from kashiwa_desktop.app.front_door import main
from office_world import REVIEWING


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def value(self):
        """The one JSON value on standard output."""
        assert self.out.count("\n") == 1
        return json.loads(self.out)


@pytest.fixture
def command(capsys, monkeypatch):
    """Run words in this process; ``SystemExit`` of the parser is a status too."""
    monkeypatch.setenv("KASHIWA_NOW", REVIEWING)
    monkeypatch.setenv("KASHIWA_SEED", "tests")
    monkeypatch.delenv("KASHIWA_PASSPHRASE", raising=False)

    def run(*words):
        try:
            status = main([str(word) for word in words])
        except SystemExit as ended:
            status = ended.code
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run


@pytest.fixture
def at(town, command):
    """``at("office", "board", …)``: a command on one of the folders, its JSON value asked for."""

    def run(name, *words):
        return command(
            "--data-dir", town.folder(name).root, "--passphrase-file", town.words_file,
            "--as", "職員 二", "--json", *words,
        )  # fmt: skip

    return run
