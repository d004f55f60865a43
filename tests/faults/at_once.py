"""Stories told at the same moment, each in a process of its own, forked from a warm parent.

Threads share SQLite's own table of who may do what, so they never show a lock that was lost
(RELIABILITY.md §6.2). The parent holds no open store while it forks.
"""

import io
import json
import os
import sys
import traceback
from dataclasses import dataclass

import kashiwa_desktop.cli.run  # noqa: F401 - once here, and not in every child
from kashiwa_desktop.app.front_door import main
from kashiwa_desktop.errors import AppError


@dataclass(frozen=True)
class Told:
    """What a child came back with: its value, else its refusal in words, else its bug."""

    value: object = None
    refused: str = ""
    code: str = ""
    bug: str = ""

    @property
    def well(self):
        return not (self.refused or self.bug)


def told_at_once(*stories):
    """Tell every story in a child of its own; all begin together. Returns what each said."""
    waiting, start = os.pipe()
    children = [_begun(story, waiting, start) for story in stories]
    os.close(waiting)
    os.close(start)  # the last end that was open: now all of them go
    return [_heard(*child) for child in children]


def _begun(story, waiting, start):
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        os.close(start)
        os.read(waiting, 1)
        said = json.dumps(_said(story)).encode()
        with os.fdopen(writing, "wb") as out:
            out.write(said)
    finally:
        os._exit(0)


def _said(story):
    try:
        return {"value": story()}
    except AppError as error:
        return {"refused": error.text, "code": error.code}
    except BaseException:  # noqa: BLE001 - it must not come back into the test
        return {"bug": traceback.format_exc()}


def _heard(child, reading):
    with os.fdopen(reading, "rb") as told:
        said = told.read()
    os.waitpid(child, 0)
    return Told(**json.loads(said)) if said else Told(bug="the child said nothing")


def watch_the_store():
    """From now on this process breaks off where anybody but SQLite opens a store's file."""

    def heard(event, args):
        if event in ("open", "os.link", "shutil.copyfile") and str(args[0]).endswith("store.db"):
            raise AssertionError(f"{event} of a live store: {args}")

    sys.addaudithook(heard)


def command(*words, given=""):
    """Run a command as a process would; returns [status, what it said, what it complained of]."""
    watch_the_store()
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8")
    sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
    try:
        status = main([str(word) for word in words])
    except SystemExit as ended:
        status = ended.code
    return [status, sys.stdout.getvalue(), sys.stderr.getvalue()]
