import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

import office_world
from kashiwa_desktop.bundle import header as headers
from kashiwa_desktop.bundle import writer
from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.domain.closing import report_key
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.key_list import office_recipients
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.city_register import CityRegister
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.admitting import device_number
from kashiwa_desktop.services.travel.intake import waiting
from kashiwa_desktop.storage import audit, devices
from office_world import OCTOBER, REVIEWING, activity
from services.merged_sets import contents_of, everything

NOVEMBER = Month(2026, 11)
REPORT = report_key("P001", OCTOBER)
RECORD = RecordKey("P001", "activity", "r1")


def take_in(town, *paths, at=REVIEWING, **options):
    return town.intake(at).take_in(list(paths), **options)


def only(taken):
    (outcome,) = taken.files
    return outcome


def reinstalled(town, promoter="P001"):
    """The same promoter on a PC with new keys."""
    identity = town.folder(promoter).identity
    for path in identity.iterdir():
        path.unlink()
    made = PcIdentity.create(identity)
    with town.pc(promoter).db.write() as tx:
        tx.exec_driver_sql("UPDATE meta SET value = ? WHERE name = 'device'", (made.device,))
    return made


def crafted(town, lines, says="P001"):
    """A well signed and sealed file of P001's PC with any lines."""
    return sealed(town, built_of(town, lines, promoter=says))


def built_of(town, lines=None, **changes):
    """The same before it is sealed, with any header fields."""
    if lines is None:
        lines = [line(RECORD, body()).line]
    identity = PcIdentity.load(town.folder("P001").identity)
    draft = {
        "kind": "submission", "promoter": "P001", "recipient": identity.receiving.recipient,
        "seq": 77, "previous": None, "office": town.office_id, "settings": None, "app": "test",
        "made_at": "2026-11-01T09:00:00+09:00",
    }  # fmt: skip
    return writer.build(writer.HeaderDraft(**{**draft, **changes}), lines, identity.signing)


def sealed(town, built, recipients=None):
    if recipients is None:
        with town.pc().db.read() as tx:
            recipients = office_recipients(tx)
    path = town.out() / "crafted.kssz"
    path.write_bytes(writer.pack(built, recipients))
    return path


def line(key, body, month="2026-10", parents=(), promoter="P001", **more):
    by = Author("7" * 64, "promoter", promoter)
    content = Content(key, month, body, **more)
    return make(content, parents, by, at="2026-10-14T10:00:00+09:00", salt="00" * 16)


# What comes in ---------------------------------------------------------------------------------


def test_a_month_comes_in(town):
    path = town.month()
    taken = take_in(town, path)
    outcome = only(taken)
    assert taken.all_in
    assert (outcome.state, outcome.reason, outcome.promoter) == ("new", None, "P001")
    assert outcome.months == ("2026-10",)
    assert (outcome.new, outcome.same, outcome.conflicts, outcome.late) == (4, 0, 0, 0)
    archived = [p.name for p in town.folder().archive.glob("2026-11-05_P001_*.kssz")]
    assert len(archived) == 1
    assert (town.folder().archive / archived[0]).read_bytes() == path.read_bytes()


def test_the_same_file_again_adds_nothing(town):
    path = town.month()
    take_in(town, path)
    before = everything(town.office())[0][0]
    again = path.with_name("同じもの.kssz")
    again.write_bytes(path.read_bytes())
    taken = take_in(town, again, path)
    assert [(f.state, f.new, f.same) for f in taken.files] == [("same", 0, 4)] * 2
    assert everything(town.office())[0][0] == before


def test_one_file_twice_in_one_intake_comes_in_once(town):
    path = town.month()
    taken = take_in(town, path, path)
    assert [f.state for f in taken.files] == ["new", "same"]
    assert len(list(town.folder().archive.glob("2026-11-05_*"))) == 1


def test_more_of_a_month_already_received_is_newer(town):
    take_in(town, town.month())
    Recording(town.pc()).add([activity(20)], next_version=True)
    outcome = only(take_in(town, town.submit()))
    assert (outcome.state, outcome.new, outcome.late) == ("newer", 1, 1)


def test_another_month_is_new(town):
    take_in(town, town.month())
    store = town.open("P001", "2026-11-30T17:00")
    Recording(store).add([activity(date="2026-11-10")])
    Closing(store).close(NOVEMBER)
    outcome = only(take_in(town, town.submit(month=NOVEMBER), at="2026-12-03T10:00"))
    assert (outcome.state, outcome.months) == ("new", ("2026-10", "2026-11"))


def test_late_counts_until_the_month_is_closed_again(town):
    take_in(town, town.month())
    Recording(town.pc()).add([activity(20), activity(21)], next_version=True)
    assert only(take_in(town, town.submit())).late == 2
    Closing(town.pc()).close(OCTOBER)
    assert only(take_in(town, town.submit())).late == 0


def test_what_two_pcs_say_differently_is_a_conflict(town):
    path = town.month()
    town.close()
    clone = town.copy(town.root.with_name(town.root.name + "-clone"))
    record = Recording(town.pc()).records(OCTOBER)[0].id
    for place, title in ((town, "こちら"), (clone, "あちら")):
        Recording(place.pc()).edit(record, {"title": title}, next_version=True)
    taken = take_in(town, path, town.submit(), clone.submit())
    clone.close()
    assert [f.conflicts for f in taken.files] == [0, 0, 1]
    assert [shown.key.id for shown, _ in Deciding(town.office()).conflicts()] == [record]


def test_an_old_file_after_a_newer_one_brings_nothing_back(town):
    old = town.month()
    record = Recording(town.pc()).records(OCTOBER)[0].id
    Recording(town.pc()).delete(record, next_version=True)
    take_in(town, town.submit())
    assert only(take_in(town, old)).state == "same"
    with town.office().db.read() as tx:
        rows = tx.exec_driver_sql("SELECT record FROM activity").scalars().all()
    assert record not in rows
    assert len(rows) == 2


def test_all_good_files_come_in_together_beside_the_others(town):
    good, other = town.month("P001"), town.month("P002")
    bad = town.out() / "bad.kssz"
    bad.write_bytes(b"age-encryption.org/v1\n")
    taken = take_in(town, good, bad, other)
    assert [f.state for f in taken.files] == ["new", "refused", "new"]
    assert not taken.all_in
    assert taken.intake


def test_stopping_leaves_everything_as_it_was(town):
    files = town.months()
    before = everything(town.office())

    class Impatient(Progress):
        def step(self, text, done, total):
            super().step(text, done, total)
            if done == 2:
                self.cancel()

    with pytest.raises(CancelledError):
        take_in(town, *files, progress=Impatient())
    assert everything(town.office()) == before


# A look beforehand -----------------------------------------------------------------------------


def test_a_preview_says_what_would_happen_and_writes_nothing(town):
    files = [*town.months(), Path("nowhere.kssz")]
    before, log = everything(town.office()), log_of(town)
    seen = town.intake().preview(files)
    assert (everything(town.office()), log_of(town)) == (before, log)
    assert list(town.folder().waiting.iterdir()) == []
    assert seen.intake == ""
    assert seen.files == take_in(town, *files).files


def test_a_preview_of_a_new_pc_keeps_nothing(town):
    reinstalled(town)
    path = town.month()
    before = everything(town.office())
    assert only(town.intake().preview([path])).state == "waiting"
    assert only(town.intake().preview([path], accept_new_device=True)).state == "new"
    assert everything(town.office()) == before
    assert waiting(town.office()) == []


# What is refused -------------------------------------------------------------------------------


def log_of(town):
    with town.office().db.read() as tx:
        return [(e.event, e.detail) for e in audit.entries(tx)]


def damaged(town):
    path = town.month()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path


def not_there(town):
    return town.root / "gone.kssz"


def not_ours(town):
    path = town.out() / "photo.kssz"
    path.write_bytes(b"\xff\xd8\xff\xe0JFIF")
    return path


def changed_inside(town):
    built = built_of(town)
    plain = built.plain.replace("打合せ".encode(), "打合わ".encode(), 1)
    return sealed(town, replace(built, plain=plain))


def body(**changes):
    return {"date": "2026-10-14", "area": "A1", "category": "network", "type": "facility",
            "title": "打合せ", **changes}  # fmt: skip


def too_large(town):
    path = town.out() / "big.kssz"
    with path.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    return path


def other_office(town):
    return sealed(town, built_of(town, office="f" * 64))


def for_another_office_only(town):
    other = office_world.OfficeKeys.generate()
    return sealed(town, built_of(town), [other.receiving.recipient])


def nobody_of_the_roster(town):
    key = RecordKey("P999", "activity", "r1")
    return crafted(town, [line(key, body(), promoter="P999").line], says="P999")


def a_setup(town):
    return town.settings


def parents_of_another(town):
    take_in(town, town.month())
    parent = next(r for r in contents_of(town, town.submit()).revisions if r.key.type == "activity")
    key = RecordKey("P001", "activity", "another")
    return crafted(town, [line(key, body(), parents=(parent.id,)).line])


def deleted_closing(town):
    """A declaration is opened again, never deleted: nobody could say what it declares."""
    deleted = line(REPORT, {}, deleted=True)
    return by_hand(town, [deleted.line])


REFUSALS = {
    damaged: ("unreadable", "別の事務局あてか、こわれています"),
    not_there: ("unreadable", "ファイルが見つかりません"),
    not_ours: ("unreadable", "このソフトのファイルではないか"),
    changed_inside: ("damaged", "記録が、作られたときとちがいます"),
    too_large: ("too_large", "ファイルが大きすぎます"),
    other_office: ("other_office", "別の事務局あてのファイルです"),
    for_another_office_only: ("unreadable", "別の事務局あてか、こわれています"),
    nobody_of_the_roster: ("wrong_promoter", "名簿に番号 P999 の方がいません"),
    a_setup: ("schema", "設定ファイル"),
    parents_of_another: ("schema", "別の記録の続き"),
    deleted_closing: ("schema", "3行目の記録が、決まりの形になっていません"),
}


@pytest.mark.parametrize("make_file", REFUSALS, ids=lambda f: f.__name__)
def test_a_refused_file_writes_nothing_but_the_attempt(town, make_file):
    reason, words = REFUSALS[make_file]
    path = make_file(town)
    before, log = everything(town.office()), log_of(town)
    taken = take_in(town, path)
    outcome = only(taken)
    assert (outcome.state, outcome.reason) == ("refused", reason)
    assert words in outcome.text
    assert (outcome.new, outcome.same) == (0, 0)
    assert taken.intake == ""
    assert everything(town.office()) == before
    assert list(town.folder().waiting.iterdir()) == []
    assert log_of(town) == [*log, ("intake", {"state": "refused", "reason": reason})]


def test_a_pc_of_another_promoter_is_refused(town):
    town.month()
    path = town.month("P002")
    device = contents_of(town, path).header.sender.device
    with town.office().db.write() as tx:
        known = devices.get(tx, device)
        devices.put(tx, replace(known, promoter="P003"))
    before = everything(town.office())
    outcome = only(take_in(town, path))
    assert (outcome.state, outcome.reason) == ("refused", "wrong_promoter")
    assert everything(town.office()) == before


def test_every_reason_has_a_sentence_of_its_own():
    assert len({words for _, words in REFUSALS.values()}) == len(REFUSALS) - 1


# What waits ------------------------------------------------------------------------------------


def test_a_new_pc_waits_until_a_person_accepts_it(town):
    identity = reinstalled(town)
    path = town.month()
    before = everything(town.office())
    outcome = only(take_in(town, path))
    assert (outcome.state, outcome.reason) == ("waiting", "unknown_device")
    assert device_number(identity.device) in outcome.text
    assert everything(town.office()) == before
    (held,) = waiting(town.office())
    assert (held.reason, held.promoter) == ("unknown_device", "P001")
    assert (town.folder().waiting / held.file).read_bytes() == path.read_bytes()

    accepted = take_in(town, path, accept_new_device=True)
    assert [f.state for f in accepted.files] == ["new"]
    assert waiting(town.office()) == []
    assert list(town.folder().waiting.iterdir()) == []
    assert only(take_in(town, town.submit())).state == "same"


def test_it_comes_in_by_itself_once_its_pc_is_known(town):
    reinstalled(town)
    first = town.month()
    take_in(town, first)
    taken = take_in(town, town.submit(), accept_new_device=True)
    assert taken.files[0].state == "new"
    assert waiting(town.office()) == []
    assert only(take_in(town, first)).state == "same"


def test_accepting_one_pc_accepts_no_other_that_waits(town):
    """A person read one number aloud; the other file waits for its own."""
    for promoter in ("P001", "P002"):
        reinstalled(town, promoter)
    mine, other = town.month("P001"), town.month("P002")
    take_in(town, mine, other)
    taken = take_in(town, mine, accept_new_device=True)
    assert [f.promoter for f in taken.files] == ["P001"]
    assert [w.promoter for w in waiting(town.office())] == ["P002"]


def test_who_lets_a_lost_pc_in_accepts_no_new_one(town):
    reinstalled(town)
    path = town.month()
    outcome = only(take_in(town, path, decided=True))
    assert (outcome.state, outcome.reason) == ("waiting", "unknown_device")


def test_what_waits_is_kept_once(town):
    reinstalled(town)
    path = town.month()
    for _ in range(3):
        take_in(town, path)
    assert len(waiting(town.office())) == 1
    assert len(list(town.folder().waiting.iterdir())) == 1


def test_a_lost_pc_waits_for_a_person(town):
    path = town.month()
    device = contents_of(town, path).header.sender.device
    with town.office().db.write() as tx:
        devices.put(tx, replace(devices.get(tx, device), state="lost"))
    before = everything(town.office())
    outcome = only(take_in(town, path, accept_new_device=True))
    assert (outcome.state, outcome.reason) == ("waiting", "revoked")
    assert everything(town.office()) == before
    assert take_in(town).files == ()
    assert [w.reason for w in waiting(town.office())] == ["revoked"]


@pytest.mark.parametrize("newer", [{"format": 2}, {"requires": ["core1", "pictures1"]}])
def test_a_newer_file_waits_and_comes_in_after_the_update(town, monkeypatch, newer):
    path = by_hand(town, **newer)
    before = everything(town.office())
    outcome = only(take_in(town, path))
    assert (outcome.state, outcome.reason) == ("waiting", "newer_format")
    assert "このソフトを更新してください" in outcome.text
    assert everything(town.office()) == before
    assert take_in(town).files == ()  # not yet

    update(monkeypatch, newer)
    taken = take_in(town)
    assert [f.state for f in taken.files] == ["new"]
    assert waiting(town.office()) == []


def by_hand(town, lines=None, **changes):
    """A file made without the writer's checks: any lines, any header fields, well signed."""
    identity = PcIdentity.load(town.folder("P001").identity)
    built = built_of(town)
    first, _, rest = built.plain.split(b"\n", 2)
    if lines is not None:
        rest = b"".join(one + b"\n" for one in lines)
    said = {"count": rest.count(b"\n"), "bytes": len(rest)}
    said["body_sha256"] = hashlib.sha256(rest).hexdigest()
    line_1 = headers.canonical.encode({**headers.decode(first), **said, **changes})
    number = changes.get("format", headers.FORMAT)
    signature = identity.signing.sign(headers.signed_bytes(line_1, number)).encode()
    return sealed(town, replace(built, plain=b"\n".join([line_1, signature, rest])))


def update(monkeypatch, newer):
    """The program learns the newer format."""
    if "format" in newer:
        monkeypatch.setattr(headers, "FORMAT", 2)
        monkeypatch.setattr(
            headers, "signed_bytes", lambda line, number=2: b"kashiwa-sasaeai bundle %d\n" % number
            + line
        )  # fmt: skip
    else:
        monkeypatch.setattr(headers, "CAPABILITIES", frozenset(newer["requires"]))


def test_a_promoters_pc_takes_nothing_in(town):
    with pytest.raises(RefusedError, match="事務局の記録ではありません"):
        waiting(town.pc())


# Taking back -----------------------------------------------------------------------------------


def test_the_last_intake_can_be_taken_back_whole(town):
    take_in(town, town.month("P002"))
    before = everything(town.office())
    taken = take_in(town, town.month("P001"), town.month("P003"))
    assert town.intake().undo(taken.intake) == 8
    (after, files), (rest, names) = everything(town.office()), before
    assert after[0] == rest[0]
    assert files == names


def test_after_taking_back_the_same_files_come_in_again(town):
    path = town.month()
    taken = take_in(town, path)
    town.intake().undo(taken.intake)
    again = take_in(town, path)
    assert only(again).state == "new"
    assert again.intake != taken.intake


def test_what_another_file_brought_too_stays(town):
    first = town.month()
    take_in(town, first)
    Recording(town.pc()).add([activity(20)], next_version=True)
    taken = take_in(town, town.submit())
    assert town.intake().undo(taken.intake) == 1


def test_one_intake_after_the_other_can_be_taken_back(town):
    start = everything(town.office())[0][0]
    one, two = take_in(town, town.month("P001")), take_in(town, town.month("P002"))
    with pytest.raises(RefusedError, match="いちばん新しい受け取りだけ"):
        town.intake().undo(one.intake)
    town.intake().undo(two.intake)
    with pytest.raises(RefusedError, match="いちばん新しい受け取りだけ"):
        town.intake().undo(two.intake)
    town.intake().undo(one.intake)
    assert everything(town.office())[0][0] == start


def test_nothing_is_taken_back_on_which_something_was_decided(town):
    taken = take_in(town, town.month())
    assert Reviewing(town.office(staff="職員 二")).approve(OCTOBER, ["P001"]).done == ("P001",)
    before = everything(town.office())
    with pytest.raises(RefusedError, match="先にそれを取り消してください"):
        town.intake().undo(taken.intake)
    assert everything(town.office()) == before


def test_nothing_is_taken_back_on_whose_report_alone_something_was_decided(town):
    """A month without activity has no records: the 支払判断 names its closing and nothing else."""
    taken = take_in(town, town.month(days=(), empty=True, reason="けがのため"))
    Reviewing(town.office()).rule_payment(OCTOBER, "P001", "療養のため(練習)")
    with pytest.raises(RefusedError, match="先にそれを取り消してください"):
        town.intake().undo(taken.intake)


def test_an_intake_that_never_was_cannot_be_taken_back(town):
    with pytest.raises(RefusedError):
        town.intake().undo("x")


# Hostile, but well signed ----------------------------------------------------------------------


STRANGE = {
    "an activity that was deleted": lambda: line(
        RECORD, {}, deleted=True
    ),
    "a day that does not exist": lambda: line(
        RECORD, body(date="2026-10-99")
    ),
    "another month": lambda: line(RECORD, body(), month="2030-01"),
    "no month": lambda: line(RECORD, body(), month=None),
    "unknown codes": lambda: line(
        RECORD, body(category="?", type="?", area="?", status="?")
    ),
    "a closing of nothing": lambda: line(
        REPORT,
        {"state": "closed", "version": 1, "heads": ["e" * 64], "digest": "e" * 64, "n": 9,
         "honorarium": [{"appointment": "x", "area": "y", "yen": 1}]},
    ),
    "an answer that was deleted": lambda: line(
        RecordKey("P001", "answer", "r1"), {}, deleted=True
    ),
    "a resource": lambda: line(
        RecordKey("P001", "resource", "r1"),
        {"kind": "?", "name": "", "area": "?", "checked": "2026-99-99", "what": ["?"],
         "requirements": ["?"], "succeeds": "r1"},
    ),
    "an unknown type": lambda: line(RecordKey("P001", "photograph", "r1"), {"x": 1}),
    "an answer to nothing": lambda: line(
        RecordKey("P001", "answer", "r1"), {"question": "nowhere"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("strange", STRANGE)
def test_strange_content_never_stops_the_office(town, strange):
    """Structure is refused whole; doubts about content are stored, shown and asked about."""
    take_in(town, town.month("P002"))
    path = crafted(town, [STRANGE[strange]().line])
    outcome = only(take_in(town, path))
    assert outcome.state in ("new", "refused")
    reviewing = Reviewing(town.office())
    board = reviewing.board(OCTOBER, OCTOBER)
    assert len(board.rows) == 4
    reviewing.queue(OCTOBER)
    Deciding(town.office()).conflicts()
    CityRegister(town.office()).counts(2026)
    assert reviewing.approve(OCTOBER, ["P002"]).done == ("P002",)
