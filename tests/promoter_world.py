"""A promoter's PC to test with: real services on a folder, the clock at 12 November 2026."""

import tempfile
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import office_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import open_folder

NOW = "2026-11-12T10:00"
TODAY = date(2026, 11, 12)
AREAS = [
    Area("A1", "見本台", "ミホンダイ", "北部", 1),
    Area("A2", "例ヶ丘", "レイガオカ", "北部", 2),
    Area("A3", "試町", "タメシチョウ", "南部", 3),
]
PEOPLE = {
    "P001": ("試験 花子", "シケン ハナコ", "A1"),
    "P002": ("架空 太郎", "カクウ タロウ", "A2"),
    "P003": ("例示 髙﨑", "レイジ タカサキ", "A3"),
}
MEETINGS = ["2026-05-12", "2026-06-09", "2026-07-14", "2026-08-11", "2026-09-08", "2026-10-13"]


@cache
def _made() -> office_world.World:
    """One office with the PC of P001, who holds one area, and P002, who holds two."""
    root = Path(tempfile.mkdtemp(prefix="kashiwa-world-"))
    with office_world.cheap_words():
        world = office_world.make(root / "w", PEOPLE, AREAS)
        office = world.office("2026-04-01T12:00")
        second = NewPromoter("P002", *PEOPLE["P002"][:2], "A3", date(2020, 4, 1), 20_000)
        RosterService(office).add_promoter(second)
        world.settings.unlink()
        OfficeSetup(office).setup_file(world.settings, world.keys)
        PromoterSetup(world.pc("P002", "2026-04-01T12:00")).read(world.settings, "P002")
        world.close()
    return world


@cache
def _lived() -> office_world.World:
    """The same, with half a year behind P001."""
    made = _made().copy(Path(tempfile.mkdtemp(prefix="kashiwa-world-")) / "w")
    live_through(made)
    made.close()
    return made


def world(root: Path, kind: str = "empty") -> office_world.World:
    """A copy to spoil."""
    return (_lived() if kind == "months" else _made()).copy(root / "world")


def promoter_store(root: Path, kind: str = "empty", promoter: str = "P001", at: str = NOW):
    """The opened store of a promoter: ``empty``, with ``months`` behind it, or ``new``."""
    return world(root, kind).pc("P009" if kind == "new" else promoter, at)


def live_through(made: office_world.World, promoter: str = "P001") -> None:
    """Half a year of records; October closed and handed over, November begun."""
    for text in MEETINGS:
        store = made.pc(promoter, f"{text[:8]}28T17:00")
        Recording(store).add(_month(text))
        Closing(store).close(Month.parse(text[:7]))
        if text != MEETINGS[-1]:
            made.submit(promoter, Month.parse(text[:7]))
        store.close()
    store = made.pc(promoter, "2026-11-11T17:00")
    Recording(store).add(
        [
            _record("2026-11-02", "network", "professional", "包括と情報交換", minutes=60),
            _record("2026-11-09", "other", "area_officer", "地区担当と打合せ", minutes=45),
        ]
    )
    store.close()


def _month(meeting: str) -> list[dict]:
    records = [
        _record(
            meeting, "other", "regular_meeting", "推進員定例会", minutes=120, place="市社協 会議室"
        ),
        _record(
            meeting[:8] + "05",
            "network",
            "professional",
            "包括と情報交換",
            minutes=60,
            place="近隣センター 会議室",
            counterparts=["見本台地域包括支援センター"],
        ),
        _record(meeting[:8] + "16", "other", "area_officer", "地区担当と打合せ", minutes=45),
        _record(
            meeting[:8] + "20",
            "community",
            "local_meeting",
            "カフェ立ち上げの打合せ",
            minutes=90,
            place="近隣センター 和室",
        ),
    ]
    if meeting in ("2026-07-14", "2026-10-13"):
        records.append(_council(meeting[:8] + "22"))
    return records


def _council(day: str) -> dict:
    return _record(
        day, "council", "exchange", "支えあい会議", minutes=120, place="近隣センター 会議室",
        council={
            "number": 2, "attendance": {"furusato": 4, "welfare_commissioner": 3},
            "agenda": [{"title": "移動の支援", "kind": "discussion", "summary": "困りごと"}],
            "homework": [
                {"text": "移動販売の候補地を調べる", "owner": "コアメンバー", "due": "2026-11-20"},
                {"text": "案内のちらしを作る", "owner": "試験", "due": "2026-11-05"},
            ],
            "next_date": "2026-11-11",
        },
    )  # fmt: skip


def _record(day: str, category: str, kind: str, title: str, **more) -> dict:
    return {"date": day, "category": category, "type": kind, "title": title, **more}


@contextmanager
def opened(root: Path, kind: str = "empty", promoter: str = "P001", at: str = NOW):
    """The store of ``promoter_store``, closed at the end."""
    store = promoter_store(root, kind, promoter, at)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def reopened(root: Path, promoter: str = "P001", at: str = NOW):
    """The store in a folder that ``world`` made, in this or in another process."""
    store = open_folder(DataFolder(root / promoter), Clock(office_world.moment(at)), Chance())
    try:
        yield store
    finally:
        store.close()
