"""Every command of the month, its JSON shape and its exit status (PRODUCT.md §8)."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from kashiwa_desktop.cli.run import COMMANDS
from kashiwa_desktop.services.records.recording import Recording
from office_world import AREAS, OCTOBER, WORDS, activity

M = str(OCTOBER)
SPAN = ("--from", M, "--to", M)
FILE = {"file", "state", "reason", "text", "promoter", "months", "new", "same", "conflicts", "late"}
MONTH = {"month", "state", "empty", "version", "n", "count", "days", "by_category", "code",
         "digest", "honorarium", "findings"}  # fmt: skip
CELL = {"state", "empty", "late", "changed_after_close", "changed_after_approval", "conflicts",
        "code"}  # fmt: skip
SUMMARY = {"expected", "received", "on_time", "approved", "returned", "missing"}
RECORD = {
    "id", "version", "date", "start", "end", "minutes", "area", "category", "type", "status",
    "title", "content", "findings", "next", "place", "counterparts", "attendees", "tags",
    "by_proxy", "private_note", "council",
}  # fmt: skip


def jsonl(town, *records):
    path = town.out() / "records.jsonl"
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    path.write_text(text, encoding="utf-8")
    return path


def done(said):
    assert (said.status, said.err) == (0, "")
    return said.value


def refused(said, code=None):
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert said.err.strip()
    if code:
        assert said.value["code"] == code
    return said.value


# A promoter's month ----------------------------------------------------------------------------


def test_record_add_list_edit_delete_and_undo(town, at):
    council = {"tier": 2, "joint_areas": ["例ヶ丘"], "attendance": {"seniors_club": 4},
               "agenda": [{"title": "買い物", "kind": "decision"}]}  # fmt: skip
    full = activity(
        3, category="council", type="exchange", title="全体会", start="13:30", end="15:00",
        findings="f", next="n", place="p", counterparts=["自治会"], tags=["needs"],
        private_note="私だけ", council=council, by_proxy=None, status="held",
    )  # fmt: skip
    path = jsonl(town, full, activity(4))
    ids = done(at("P001", "record", "add", path))["ids"]
    assert len(ids) == 2

    (first, second) = done(at("P001", "record", "list", "--month", M))["records"]
    assert first.keys() >= RECORD
    assert (first["id"], first["version"], first["area"]) == (ids[0], 1, "見本台")
    assert (first["minutes"], first["private_note"]) == (90, "私だけ")
    assert first["council"]["joint_areas"] == ["例ヶ丘"]
    assert second["date"] == "2026-10-04"

    patch = town.out() / "patch.json"
    patch.write_text(json.dumps({"title": "直した", "attendees": None}), encoding="utf-8")
    edited = done(at("P001", "record", "edit", ids[1], patch))
    assert edited["id"] == ids[1]
    assert "直した" in edited["text"]
    (_, second) = done(at("P001", "record", "list"))["records"]
    assert (second["title"], second["attendees"], second["version"]) == ("直した", None, 2)

    assert done(at("P001", "record", "delete", ids[0]))["id"] == ids[0]
    assert len(done(at("P001", "record", "list"))["records"]) == 1
    assert done(at("P001", "undo")).keys() >= {"id", "text"}
    assert len(done(at("P001", "record", "list"))["records"]) == 2
    refused(at("P002", "undo"), "nothing_to_undo")


def test_records_come_from_standard_input_too(town, at, monkeypatch):
    data = (json.dumps(activity(5), ensure_ascii=False) + "\n\n").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    assert len(done(at("P001", "record", "add", "-"))["ids"]) == 1


def test_all_records_of_a_call_or_none(town, at):
    path = jsonl(town, activity(5), activity(6, title=""))
    assert "2件目" in refused(at("P001", "record", "add", path))["refused"]
    assert done(at("P001", "record", "list"))["records"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"date": None}, {"date": "2027-01-01"}, {"date": "2026-02-30"}, {"title": " "},
        {"category": None}, {"content": "長" * 20_001},
    ],
)  # fmt: skip
def test_what_a_person_can_put_right_is_status_1(town, at, changes):
    refused(at("P001", "record", "add", jsonl(town, {**activity(), **changes})))
    assert done(at("P001", "record", "list"))["records"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"}, {"category": "sport"}, {"type": "exchange"}, {"status": "maybe"},
        {"tags": ["joy"]}, {"area": "月面"}, {"minutes": "90"}, {"attendees": -1},
        {"council": {"tier": 3}}, {"council": {"attendance": {"cats": 1}}},
        {"council": {"agenda": [{"title": "x", "kind": "party"}]}}, {"start": "25:00"},
    ],
)  # fmt: skip
def test_unknown_keys_and_codes_are_status_2(town, at, changes):
    said = at("P001", "record", "add", jsonl(town, {**activity(), **changes}))
    assert (said.status, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert done(at("P001", "record", "list"))["records"] == []


@pytest.mark.parametrize("text", ["{", "[1]", "1", '"x"', "\xff"])
def test_what_is_no_record_is_status_2(town, at, text):
    path = town.out() / "x.jsonl"
    path.write_text(text, encoding="latin-1")
    assert at("P001", "record", "add", path).status == 2


def test_a_month_is_closed_shown_and_opened(town, at):
    Recording(town.pc()).add([activity(1), activity(2)])
    shown = done(at("P001", "month", "show", M))
    assert shown.keys() >= MONTH
    assert (shown["state"], shown["n"], shown["code"]) == ("open", 2, None)
    closed = done(at("P001", "month", "close", M, "--remark", "成果"))
    assert (closed["state"], closed["version"], closed["count"]) == ("closed", 1, 2)
    assert closed["honorarium"] == [{"area": "見本台", "yen": 40_000}]
    assert closed["by_category"]["network"] == 2
    assert all(f.keys() >= {"code", "text", "record"} for f in closed["findings"])
    shown = done(at("P001", "month", "show", M))
    assert {name: shown[name] for name in MONTH} == {name: closed[name] for name in MONTH}
    refused(at("P001", "record", "add", jsonl(town, activity(3))), "month_closed")
    path = jsonl(town, activity(3))
    assert len(done(at("P001", "record", "add", path, "--next-version"))["ids"]) == 1
    assert done(at("P001", "month", "reopen", M))["state"] == "open"
    refused(at("P001", "month", "reopen", M), "not_closed")


def test_a_month_without_activity(town, at):
    refused(at("P001", "month", "close", M, "--empty"), "reason_missing")
    closed = done(at("P001", "month", "close", M, "--empty", "--reason", "入院"))
    assert (closed["empty"], closed["n"], closed["state"]) == (True, 0, "closed")


def test_submitting(town, at):
    town.month()
    out = town.out()
    made = done(at("P001", "submit", M, "--out", out))
    assert made.keys() >= {"file", "bundle", "revisions", "months"}
    assert (made["revisions"], made["months"]) == (4, [M])
    refused(at("P001", "submit", M, "--out", made["file"]))
    assert done(at("P001", "month", "show", M))["state"] == "saved"


def test_a_pc_is_set_up_by_its_settings(town, at, tmp_path, command):
    words = ("--data-dir", tmp_path / "new", "--json")
    said = command(*words, "setup", town.settings, "--promoter", "P003")
    assert done(said).keys() >= {"promoter", "office"}
    refused(command(*words, "setup", town.settings, "--promoter", "P001"))
    refused(command("--data-dir", tmp_path / "other", "--json", "setup", town.settings,
                    "--promoter", "P999"))  # fmt: skip
    refused(command("--data-dir", tmp_path / "third", "--json", "record", "list"), "no_setup")


# The office ------------------------------------------------------------------------------------


def test_a_month_in_the_office(town, at):
    files = town.months()
    start = done(at("office", "digest"))
    seen = done(at("office", "intake", "--preview", *files))
    assert done(at("office", "digest")) == start
    assert seen["intake"] == ""
    taken = done(at("office", "intake", *files))
    assert taken["files"] == seen["files"]
    assert all(f.keys() >= FILE for f in taken["files"])
    assert [(f["state"], f["reason"], f["new"]) for f in taken["files"]] == [("new", None, 4)] * 3

    board = done(at("office", "board", *SPAN))
    assert board.keys() >= {"months", "rows", "summary"}
    assert len(board["rows"]) == len(AREAS)
    for row in board["rows"]:
        assert row.keys() >= {"area", "zone", "promoter", "cells"}
        assert row["cells"][M].keys() >= CELL
    assert board["summary"].keys() >= SUMMARY
    assert board["summary"]["received"] == 3

    some = done(at("office", "approve", M, "--promoter", "P001"))
    assert (some["done"], some["left"]) == (["P001"], [])
    refused(at("office", "approve", M, "--promoter", "P001"))
    assert done(at("office", "approve", M, "--all-clean"))["done"] == ["P002", "P003"]
    back = done(at("office", "unapprove", M, "--promoter", "P003", "--reason", "確認"))
    assert back["done"] == ["P003"]
    assert done(at("office", "board", *SPAN))["summary"]["approved"] == 2

    totals = done(at("office", "totals", *SPAN))
    assert totals.keys() >= {"from", "to", "rows", "total"}
    (row,) = [r for r in totals["rows"] if r["count"]]
    assert row.keys() >= {"category", "count", "days", "minutes", "attendees"}
    assert totals["total"]["count"] == 9
    grouped = done(at("office", "totals", *SPAN, "--by", "area,promoter", "--approved"))
    assert {(r["area"], r["promoter"], r["count"]) for r in grouped["rows"]} == {
        ("見本台", "P001", 3), ("例ヶ丘", "P002", 3),
    }  # fmt: skip
    assert at("office", "totals", *SPAN, "--by", "colour").status == 2

    digest = done(at("office", "digest"))
    assert len(digest["digest"]) == 64
    assert digest["revisions"] > start["revisions"]
    for words in (["check"], ["check", "--rebuild"]):
        assert done(at("office", *words)).items() >= {"ok": True, "problems": []}.items()


def test_papers(town, at):
    town.intake().take_in(town.months())
    at("office", "approve", M, "--all-clean")
    for paper, sheets in (("honorarium", 3), ("payments", 3), ("report", 0)):
        out = town.root / f"{paper}.pdf"
        made = done(at("office", "print", paper, "--month", M, "--all", "--out", out))
        assert made.keys() >= {"file", "pages", "sheets", "missing_glyphs"}
        assert len(made["sheets"]) == sheets
        assert all(s.keys() >= {"promoter", "number", "amount_yen", "code"}
                   for s in made["sheets"])  # fmt: skip
        assert sum(s["amount_yen"] for s in made["sheets"]) == 40_000 * sheets
        assert out.read_bytes().startswith(b"%PDF")
    one = town.root / "one.pdf"
    words = ("print", "honorarium", "--month", M, "--out", one, "--promoter")
    assert len(done(at("office", *words, "P002"))["sheets"]) == 1
    refused(at("office", *words, "P999"))


def test_an_intake_is_taken_back(town, at):
    start = done(at("office", "digest"))["digest"]
    taken = done(at("office", "intake", town.month()))
    back = done(at("office", "intake", "undo", taken["intake"]))
    assert back.items() >= {"intake": taken["intake"], "removed": 4}.items()
    assert done(at("office", "digest"))["digest"] == start
    refused(at("office", "intake", "undo", taken["intake"]))


def test_refused_and_waiting_files_are_status_1_and_still_one_value(town, at):
    bad = town.out() / "bad.kssz"
    bad.write_bytes(b"x")
    good = town.month()
    said = at("office", "intake", good, bad)
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert [f["state"] for f in said.value["files"]] == ["new", "refused"]
    assert done(at("office", "waiting")) == {"files": []}


def test_what_waits_is_told(town, at):
    good = town.month()
    with town.office().db.write() as tx:
        tx.exec_driver_sql("DELETE FROM device WHERE promoter = 'P001'")
    said = at("office", "intake", good)
    assert (said.status, said.value["files"][0]["reason"]) == (1, "unknown_device")
    (held,) = done(at("office", "waiting"))["files"]
    assert held.keys() >= {"file", "reason", "text", "promoter"}
    assert done(at("office", "intake", good, "--accept-new-device"))["files"][0]["state"] == "new"
    assert done(at("office", "waiting")) == {"files": []}


def test_looking_into_a_file(town, at):
    path = town.month()
    seen = done(at("office", "inspect", path))
    assert seen.keys() >= {"format", "kind", "from", "to", "months", "count", "bytes", "signature"}
    assert (seen["kind"], seen["months"], seen["count"]) == ("submission", [M], 4)
    assert seen["signature"] == "good"
    assert done(at("P001", "inspect", town.settings))["kind"] == "setup"
    path.write_bytes(b"x")
    refused(at("office", "inspect", path))


def test_words_with_stars_and_folders_are_opened_here(town, at, tmp_path):
    """Windows hands them over as they are (PRODUCT.md §8)."""
    for path in town.months():
        shutil.copy(path, tmp_path / path.name)
    (tmp_path / "写真.jpg").touch()
    seen = done(at("office", "inspect", f"{tmp_path}/*.kssz"))["files"]
    assert [Path(one["file"]).name for one in seen] == sorted(
        path.name for path in tmp_path.glob("*.kssz")
    )
    assert {one["kind"] for one in seen} == {"submission"}
    assert len(done(at("office", "inspect", tmp_path))["files"]) == 3
    before = done(at("office", "intake", "--preview", tmp_path))["files"]
    assert [one["state"] for one in before] == ["new"] * 3
    found = done(at("office", "intake", f"{tmp_path}/*.kss?"))["files"]
    assert [one["state"] for one in found] == ["new"] * 3
    said = at("office", "intake", f"{tmp_path}/*.nothing")
    assert (said.status, said.value["code"]) == (1, "no_file")


def test_several_answers_are_read_and_a_bad_one_stops_no_other(town, at, tmp_path):
    town.intake().take_in([town.month()])
    town.close()
    made = done(at("office", "return-file", "--promoter", "P001", "--out", tmp_path))
    shutil.copy(town.settings, tmp_path / "a.kssc")
    (tmp_path / "bad.kssr").write_bytes(b"x")
    said = at("P001", "receive", tmp_path)
    assert said.status == 1
    states = {Path(one["file"]).name: one["state"] for one in said.value["files"]}
    assert states["bad.kssr"] == "refused"
    assert {states["a.kssc"], states[Path(made["file"]).name]} <= {"new", "newer", "same"}
    assert "bad.kssr" in said.err


def test_conflicts_are_told_by_what_differs(town, at):
    town.close()
    clone = town.copy(town.root.with_name(town.root.name + "-clone"))
    record = Recording(town.pc()).add([activity(3)])[0]
    town.close()
    (clone.folder("P001").store).write_bytes(town.folder("P001").store.read_bytes())
    for place, title in ((town, "こちら"), (clone, "あちら")):
        Recording(place.pc()).edit(record, {"title": title})
    town.intake().take_in([town.submit(), clone.submit()])
    clone.close()
    (found,) = done(at("office", "conflicts"))["conflicts"]
    assert found.keys() >= {"record", "promoter", "heads", "shown"}
    assert (found["record"], found["promoter"]) == (record, "P001")
    assert {tuple(h["fields"]) for h in found["heads"]} == {("title",)}
    assert all(h.keys() >= {"head", "by", "device", "fields"} for h in found["heads"])
    assert found["shown"] in {h["head"] for h in found["heads"]}


def test_the_roster(town, at):
    new = ("office", "add-promoter", "--id", "P010", "--name", "新任 者", "--kana", "シンニン",
           "--area", "空地", "--from", "2026-10-01", "--yen", "45000")  # fmt: skip
    assert done(at("office", *new))["promoter"] == "P010"
    refused(at("office", *new))
    end = ("office", "end", "P010", "--area", "A4", "--on", "2026-10-31", "--reason", "転居")
    assert done(at("office", *end))["promoter"] == "P010"
    leave = ("office", "suspend", "P002", "--area", "例ヶ丘", "--from", "2026-10-01")
    assert done(at("office", *leave))["promoter"] == "P002"
    board = done(at("office", "board", *SPAN))
    assert {r["area"]: r["cells"][M]["state"] for r in board["rows"]} == {
        "見本台": "missing", "例ヶ丘": "suspended", "試町": "missing", "空地": "missing",
    }  # fmt: skip
    assert at("office", "office", "end", "P010", "--area", "月面", "--on", "2026-10-31",
              "--reason", "x").status == 2  # fmt: skip


def test_the_settings_file(town, at):
    out = town.out()
    made = done(at("office", "office", "setup-file", "--out", out))
    assert made.keys() >= {"file", "bundle", "revisions", "months"}
    assert done(at("P001", "inspect", made["file"]))["kind"] == "setup"


def test_copies(town, at):
    made = done(at("P001", "backup"))
    assert [c["file"] for c in done(at("P001", "backups"))["backups"]] == [made["file"]]
    town.month()
    assert done(at("P001", "restore", made["file"]))["digest"] == made["digest"]
    assert done(at("P001", "digest"))["digest"] == made["digest"]
    refused(at("P001", "restore", town.root / "gone.db"), "not_found")


def test_a_copy_comes_in_where_the_records_cannot_be_opened(town, at):
    made = done(at("P001", "backup"))
    town.close()
    town.folder("P001").store.write_bytes(b"noise" * 5_000)
    refused(at("P001", "digest"), "damaged")
    back = done(at("P001", "restore", made["file"]))
    assert back["digest"] == made["digest"] == done(at("P001", "digest"))["digest"]
    assert Path(back["before"]).read_bytes() == b"noise" * 5_000


def test_check_says_what_is_wrong_with_status_1(town, at):
    town.month()
    with town.pc().db.write() as tx:
        tx.exec_driver_sql("DELETE FROM activity")
    value = refused(at("P001", "check"))
    assert value["ok"] is False
    assert len(value["problems"]) == 1
    assert done(at("P001", "check", "--rebuild"))["ok"]


@pytest.mark.parametrize("name", ["waiting", "board", "approve", "intake", "totals"])
def test_a_promoters_pc_refuses_the_offices_commands(town, at, name):
    words = {"board": SPAN, "approve": (M, "--all-clean"), "intake": ("x.kssz",), "totals": SPAN}
    said = at("P001", name, *words.get(name, ()))
    assert said.status == (0 if name == "totals" else 1)


@pytest.mark.parametrize("name", ["record list", "month show", "submit", "undo"])
def test_the_office_refuses_a_promoters_commands(town, at, name):
    words = {"month show": (M,), "submit": (M, "--out", town.out())}
    refused(at("office", *name.split(), *words.get(name, ())))


def test_keys_need_their_words(town, command):
    office = ("--data-dir", town.folder().root, "--json")
    path = town.month()
    assert "合言葉" in refused(command(*office, "intake", path))["refused"]
    wrong = town.root / "wrong.txt"
    wrong.write_text("ちがう\n", encoding="utf-8")
    words = (*office, "--passphrase-file", wrong)
    assert refused(command(*words, "intake", path))["code"] == "wrong_passphrase"
    assert command(*office, "--passphrase-file", town.root / "none", "digest").status in (0, 1)


def test_the_words_may_stand_in_the_environment(town, command, monkeypatch):
    monkeypatch.setenv("KASHIWA_PASSPHRASE", WORDS)
    said = command("--data-dir", town.folder().root, "--json", "intake", town.month())
    assert done(said)["files"][0]["state"] == "new"


def test_every_command_of_the_month_is_there():
    """The contract may grow; nothing of it may go or be renamed."""
    assert COMMANDS.keys() >= {
        "office init", "office add-promoter", "office end", "office suspend", "office setup-file",
        "setup", "record add", "record list", "record edit", "record delete", "undo",
        "month close", "month reopen", "month show", "submit", "intake", "waiting", "inspect",
        "board", "approve", "unapprove", "totals", "print honorarium", "print report",
        "print payments", "digest", "check", "backup", "backups", "restore",
    }  # fmt: skip
