"""添付: copied in whole or not at all, beside their record through edits and undo, and let go."""

import os
from datetime import timedelta

import pytest

import office_world
import promoter_world
from kashiwa_desktop import disk, windows
from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.paths import is_private
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records import attaching
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.records.recording import Recording, Source
from kashiwa_desktop.services.records.tidying import KEPT_DAYS, Tidying
from kashiwa_desktop.services.safety.erasing import Erasing
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.services.travel.succeeding import Leaving
from kashiwa_desktop.storage import revisions

WORDS = {"date": "2026-11-12", "category": "other", "type": "misc", "title": "会議"}


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path) as one:
        yield one


@pytest.fixture
def service(store):
    return Attaching(store)


@pytest.fixture
def papers(tmp_path):
    """Makes files to attach."""

    def make(*names, data=b"%PDF invented"):
        folder = tmp_path / "papers"
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).write_bytes(data + name.encode())
        return [folder / name for name in names]

    return make


def put(store, files, record=None, title="会議"):
    given = {**WORDS, "title": title, "attachments": len(files)}
    return Recording(store).put(given, Source(record, files=tuple(files))).id


def folders(store):
    return sorted(path.name for path in store.folder.attachments.iterdir())


def test_a_file_lies_beside_its_record_and_is_the_persons_own(store, service, papers, tmp_path):
    taken = service.take_in(papers("議事録 髙﨑𠮷.pdf", "写真 (1).JPG"))
    record = put(store, taken)
    store.close()
    with promoter_world.reopened(tmp_path / "world") as again:
        kept = Attaching(again).of_record(record)
        assert [one.name for one in kept] == ["議事録 髙﨑𠮷.pdf", "写真 (1).JPG"]
        path = Attaching(again).path_of(kept[0])
        assert path.read_bytes() == "%PDF invented議事録 髙﨑𠮷.pdf".encode()
        assert is_private(path)
        assert is_private(path.parent)
        assert path.name == "議事録 髙﨑𠮷.pdf"


@pytest.mark.parametrize(
    ("names", "before", "code"),
    [
        (["tool.exe"], 0, "kind"),
        (["a.pdf", "b.lnk"], 0, "kind"),
        (["a.pdf"], 20, "many"),
    ],
)
def test_what_may_not_lie_there_is_refused_whole(store, service, papers, names, before, code):
    with pytest.raises(RefusedError) as refused:
        service.take_in(papers(*names), before)
    assert refused.value.code == code
    assert folders(store) == []


def test_what_cannot_be_read_leaves_nothing_behind(store, service, papers, tmp_path):
    (tmp_path / "folder.pdf").mkdir()
    if os.name == "posix":
        os.mkfifo(tmp_path / "pipe.pdf")
    good = papers("a.pdf")
    for bad in ("folder.pdf", "pipe.pdf", "gone.pdf"):
        with pytest.raises(PlaceError):
            service.take_in([*good, tmp_path / bad])
    with (tmp_path / "big.pdf").open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    with pytest.raises(RefusedError, match="25 MB"):
        service.take_in([*good, tmp_path / "big.pdf"])
    assert folders(store) == []


def test_a_full_disk_is_said_and_nothing_half_copied_stays(store, service, papers, monkeypatch):
    monkeypatch.setattr(attaching, "ROOM", 10**18)
    with pytest.raises(PlaceError, match="空きが足りない"):
        service.take_in(papers("a.pdf"))
    monkeypatch.setattr(attaching, "ROOM", 0)

    def full(*_args, **_more):
        raise PlaceError("", code="full")

    monkeypatch.setattr(attaching.place, "save_verified", full)
    with pytest.raises(PlaceError, match="空きが足りない"):
        service.take_in(papers("a.pdf"))
    assert folders(store) == []


def test_stopping_in_the_middle_leaves_nothing(store, service, papers):
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        service.take_in(papers("a.pdf", "b.pdf"), progress=progress)
    assert folders(store) == []


def test_a_file_taken_away_comes_back_with_undo_and_after_a_restart(
    store, service, papers, tmp_path
):
    first, second = service.take_in(papers("a.pdf", "b.pdf"))
    record = put(store, [first, second])
    put(store, [second], record, "会議(直した)")
    assert service.of_record(record) == [second]
    put(store, [], record, "会議(また直した)")
    store.close()
    with promoter_world.reopened(tmp_path / "world") as again:
        Recording(again).undo()
        assert Attaching(again).of_record(record) == [second]
        Recording(again).undo()
        assert Attaching(again).of_record(record) == [first, second]
        assert Attaching(again).path_of(first).is_file()
        assert Recording(again).record(record)[0].attachments == 2


def test_other_changes_of_a_record_leave_its_files(store, service, papers):
    files = service.take_in(papers("a.pdf"))
    record = put(store, files)
    Recording(store).edit(record, {"findings": "よかった"})
    Tidying(store).delete([record])
    Tidying(store).bring_back([record])
    assert service.of_record(record) == files


def test_only_what_nothing_names_any_more_goes_and_only_after_its_days(store, service, papers):
    kept, drafted, taken_away, undone, deleted = service.take_in(
        papers("kept.pdf", "drafted.pdf", "away.pdf", "undone.pdf", "deleted.pdf")
    )
    put(store, [kept])
    gone = put(store, [deleted])
    changed = put(store, [undone])
    Recording(store).keep_draft("d", {"files": [drafted.row()]})
    put(store, [], changed)
    Tidying(store).delete([gone])
    assert taken_away
    assert service.tidy() == 0

    def age(days):
        then = (store.clock.now() - timedelta(days=days)).timestamp()
        for folder in store.folder.attachments.iterdir():
            os.utime(folder, (then, then))

    age(KEPT_DAYS - 1)
    assert service.tidy() == 0
    age(KEPT_DAYS + 1)
    assert service.tidy() == 1  # the one that only the folder knew
    later = promoter_world.reopened
    late = f"{store.clock.now() + timedelta(days=KEPT_DAYS + 2):%Y-%m-%dT%H:%M}"
    with later(store.folder.root.parent, at=late) as again:
        assert Attaching(again).tidy() == 2
        assert folders(again) == sorted([kept.id, drafted.id])
        Recording(again).undo()  # brings the deleted record back, but not what lay beside it
        assert Attaching(again).of_record(gone) == []


def test_a_file_that_is_not_here_is_told_in_words(service):
    for place in ("ab" * 16, "../../store.db"):
        with pytest.raises(RefusedError, match="このパソコンにありません"):
            service.path_of(Attachment(place, "store.db", 1))


def test_nothing_of_them_travels_but_how_many(store, service, papers, tmp_path):
    put(store, service.take_in(papers("秘密の名前.pdf")))
    Closing(store).close(Month(2026, 11))
    file = Submitting(store).submit(Month(2026, 11), tmp_path).file
    carried = Recording(store).records(Month(2026, 11))[0]
    assert carried.attachments == 1
    lines = store.folder.store.read_bytes()
    assert "秘密の名前".encode() in lines  # the store knows it
    with store.db.read() as tx:
        assert not any("秘密の名前".encode() in r.line for r in revisions.all_held(tx))
    assert file.stat().st_size < 20_000


def test_what_the_office_erased_takes_its_files_along(town, papers):
    store = town.pc("P001")
    service = Attaching(store)
    files = service.take_in(papers("a.pdf", "b.pdf"))
    given = {**WORDS, "date": "2026-10-05", "attachments": 1}
    record = Recording(store).put(given, Source(files=(files[0],))).id
    other = Recording(store).put({**given, "title": "別の会"}, Source(files=(files[1],))).id
    Closing(store).close(office_world.OCTOBER)
    town.intake().take_in([town.submit("P001")])
    erasing = Erasing(town.office(), town.keys)
    erasing.erase("P001", record, {"title": "(消しました)"}, "本人の申し出")
    answer = Returning(town.office()).return_file("P001", town.out(), town.keys).file
    Receiving(store).receive(answer)
    assert service.of_record(record) == []
    assert service.of_record(other) == [files[1]]
    assert folders(store) == [files[1].id]


def test_nothing_of_a_promoter_who_left_stays_on_the_pc(town, papers):
    store = town.pc("P001")
    files = tuple(Attaching(store).take_in(papers("a.pdf")))
    given = {**WORDS, "date": "2026-10-05", "attachments": 1}
    Recording(store).put(given, Source(files=files))
    Closing(store).close(office_world.OCTOBER)
    (store.folder.root / "store.db.v3").write_bytes(b"an older schema")
    town.intake().take_in([town.submit("P001")])
    answer = Returning(town.office()).return_file("P001", town.out(), town.keys).file
    Receiving(store).receive(answer)
    assert folders(store) == [files[0].id]
    Leaving(store).wipe("P001")
    left = [path.name for path in store.folder.root.rglob("*") if path.is_file()]
    assert left == []


def test_on_windows_a_file_from_a_mail_stays_marked_as_one(service, papers, monkeypatch):
    (came,) = papers("案内.docx")
    came.with_name("案内.docx:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(disk.Disk, "read_back", lambda _, path, limit: path.read_bytes()[:limit])
    (taken,) = service.take_in([came])
    kept = service.path_of(taken)
    assert kept.with_name(f"{kept.name}:Zone.Identifier").read_bytes().endswith(b"ZoneId=3\r\n")
