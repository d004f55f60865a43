"""Offices with generated activities of two years: joint meetings, proxies, zones that moved."""

import random
from datetime import date, timedelta

from kashiwa_desktop.domain.category import CATEGORIES, TAGS
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make
from kashiwa_desktop.services.office.roster import area_changes
from kashiwa_desktop.services.office.settings_changes import write
from kashiwa_desktop.storage import projections, revisions
from office_world import AREAS

KINDS = [(c, t) for c, known in CATEGORIES.items() for t in known.types]
FIRST, LAST = Month(2025, 1), Month(2026, 12)
BY = Author("ab" * 32, "promoter", "x")


def a_record(rng, n):
    day = FIRST.first + timedelta(days=rng.randrange(720))
    category, kind = rng.choice(KINDS)
    areas = [a.code for a in AREAS]
    council = None
    if category == "council":
        council = {"joint_areas": rng.sample(areas, rng.randrange(3)), "lead_area": None}
    body = {
        "date": day.isoformat(), "area": rng.choice(areas), "category": category, "type": kind,
        "title": f"{n}", "status": rng.choice(["held"] * 5 + ["cancelled", "postponed"]),
        "by_proxy": rng.choice([None] * 5 + ["コアメンバー"]), "council": council,
        "minutes": rng.choice([None, 30, 90]), "attendees": rng.choice([None, 0, 7]),
        "tags": rng.sample(list(TAGS), rng.randrange(3)),
    }  # fmt: skip
    promoter = rng.choice(["P001", "P002", "P003"])
    key = RecordKey(promoter, "activity", f"r{n}")
    at = "2026-12-31T10:00:00+09:00"
    return make(Content(key, str(Month.of(day)), body), (), BY, at=at, salt="0" * 16)


def fill(store, seed, size=120):
    rng = random.Random(seed)
    made = [a_record(rng, n) for n in range(size)]
    with store.db.write() as tx:
        revisions.add(tx, made, made_here=False)
        projections.refresh(tx, {r.key for r in made})


def move_zone(store):
    """見本台 lay in the north until March 2026, and lies in the south since."""
    spans = ((date(2015, 4, 1), "北部"), (date(2026, 4, 1), "南部"))
    moved = Area("A1", "見本台", "ミホンダイ", "南部", 1, zones=spans)
    with store.db.write() as tx:
        write(store, tx, "area", area_changes(tx, [moved]))


def put(store, record, day, promoter="P001", **changes):
    """Put one activity into an office, as a file would."""
    body = {"date": day, "area": "A1", "category": "other", "type": "misc", "title": "打合せ",
            **changes}  # fmt: skip
    key = RecordKey(promoter, "activity", record)
    made = make(Content(key, day[:7], body), (), BY, at=f"{day}T10:00:00+09:00", salt="0" * 16)
    with store.db.write() as tx:
        revisions.add(tx, [made], made_here=False)
        projections.refresh(tx, [key])
