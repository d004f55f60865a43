"""October of 21 areas as it lies in a folder on the day of the deadline, with all that goes wrong.

17 files are clean and one has a doubtful record. One file is broken: its promoter brings it again
a day late. One file lies there twice, one belongs to another office. One area is vacant and one
promoter on leave, so 19 are expected and, at the end, 18 are approved.
"""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import office_world
from conftest import MEMORY
from kashiwa_desktop.paths import resource
from kashiwa_desktop.sample import world as sample
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.roster_tables import read_areas
from kashiwa_desktop.services.records.recording import Recording
from office_world import OCTOBER, RECORDING, World

SEED = 1
AREAS, PROMOTERS, CLEAN = 21, 20, 17
YEN = 40_000
DEADLINE_DAY, DAY_AFTER = "2026-11-05T10:00", "2026-11-06T10:00"
PHONE = "04-7100-0019"
_made = []


@dataclass
class MonthStory:
    """The office before anything is taken in, the folder of files, and who is who in it."""

    world: World
    clean: tuple[str, ...]
    doubtful: str
    late: str
    away: str

    @property
    def inbox(self):
        """Everything that lies there on the day of the deadline: 21 files."""
        return self.world.root / "inbox"

    @property
    def late_file(self):
        return self.world.root / "late" / f"{self.late}.kssz"

    @property
    def approved(self):
        """Who is approved at the end."""
        return {*self.clean, self.late}

    def copied_to(self, root):
        """Copy what the office's side needs."""
        root.mkdir()
        for part in ("office", "inbox", "late"):
            shutil.copytree(self.world.root / part, root / part)
        shutil.copy2(self.world.words_file, root)
        there = World(root, self.world.keys, self.world.recovery, self.world.office_id)
        return MonthStory(there, self.clean, self.doubtful, self.late, self.away)


def made():
    """The story as it was made, once; nobody writes into it."""
    if not _made:
        root = Path(tempfile.mkdtemp(prefix="month-story-", dir=MEMORY))
        atexit.register(shutil.rmtree, root, ignore_errors=True)
        _made.append(_build(root))
    return _made[0]


def _build(root):
    areas = read_areas(resource("areas.csv"))[:AREAS]
    people = sample.promoters(areas, SEED)[:PROMOTERS]
    *clean, doubtful, late, away = (p.promoter for p in people)
    named = {p.promoter: (p.name, p.kana, p.area_code) for p in people}
    world = office_world.make(root / "town", named, areas)
    story = MonthStory(world, tuple(clean), doubtful, late, away)
    roster = RosterService(world.office("2026-09-01T09:00"))
    roster.suspend(away, named[away][2], date(2026, 9, 1), None, "療養(練習)")
    roster.set_contact(late, phone=PHONE)
    files = {p.promoter: _month(world, p, doubtful) for p in people if p.promoter != away}
    _fill(story, files)
    world.close()
    return story


def _month(world, p, doubtful):
    """Record October on a promoter's own PC, close it and save it; one wrote a record twice."""
    records = sample.month_records(p, OCTOBER, SEED)
    if p.promoter == doubtful:
        records.append(records[1])
    store = world.pc(p.promoter, RECORDING)
    Recording(store).add(records)
    Closing(store).close(OCTOBER, remark=sample.remark(p, OCTOBER, SEED))
    return world.submit(p.promoter)


def _fill(story, files):
    """Put into the folder what came, and aside what comes a day late."""
    for place in (story.inbox, story.late_file.parent):
        place.mkdir()
    shutil.copy2(files[story.late], story.late_file)
    for promoter, file in files.items():
        if promoter != story.late:
            shutil.copy2(file, story.inbox)
    first = files[story.clean[0]]
    shutil.copy2(first, story.inbox / f"コピー_{first.name}")
    data = bytearray(story.late_file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    (story.inbox / files[story.late].name).write_bytes(bytes(data))
    shutil.copy2(_of_another_office(story.world.root.parent / "other"), story.inbox)


def _of_another_office(root):
    other = office_world.make(root, {"P077": ("練習 隣人", "レンシュウ リンジン", "A1")})
    file = other.month("P077")
    other.close()
    return file
