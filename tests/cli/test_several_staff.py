"""The office's commands for several staff, rules, roster, totals: answers and exit statuses."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kashiwa_desktop.app import front_door
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import open_folder
from office_world import RECORDING, REVIEWING, activity

SRC = Path(front_door.__file__).parents[2]


@pytest.fixture
def run(town, capsys, monkeypatch):
    """Run a command on the office; returns (status, the JSON value or the refusal's line)."""
    monkeypatch.setenv("KASHIWA_NOW", REVIEWING)
    monkeypatch.setenv("KASHIWA_SEED", "cli")
    capsys.readouterr()

    def call(*words, folder=None, at=None):
        if at:
            monkeypatch.setenv("KASHIWA_NOW", at)
        place = folder or town.folder().root
        common = ("--data-dir", str(place), "--json", "--as", "職員 一")
        common += ("--passphrase-file", str(town.words_file))
        try:
            status = front_door.main([*common, *map(str, words)])
        except SystemExit as stopped:
            status = int(str(stopped.code))
        out, err = capsys.readouterr()
        assert err.count("\n") == (status != 0)
        return status, json.loads(out) if out else err.strip()

    return call


def test_an_office_moves_to_a_database_and_back(town, run, postgres):
    _, before = run("digest")
    shared, alone = town.root / "shared", town.root / "alone"
    words = ("office", "migrate-from", town.folder().root, "--database", postgres.fresh())
    status, moved = run(*words, folder=shared)
    assert status == 0
    assert moved["digest"] == before["digest"]
    assert run("digest", folder=shared) == (0, before)
    assert run("check", folder=shared)[1]["problems"] == []
    assert run("digest") == (0, before)
    status, value = run("office", "contact", "P001", "--phone", "1")
    assert (status, value["code"]) == (1, "moved")
    status, back = run("office", "migrate-from", shared, folder=alone)
    assert (status, back["digest"], back["projections"]) == (
        0, moved["digest"], moved["projections"],
    )  # fmt: skip
    assert run("digest", folder=alone) == (0, before)


def test_a_database_that_is_none_of_ours_is_wrong_usage(run):
    for url in ("office.db", "sqlite:///office.db"):
        status, said = run("--database", url, "digest")
        assert status == 2
        assert "postgresql" in said


def test_two_processes_take_the_same_files_in_at_once(town, run, postgres):
    files = town.months()
    shared = town.root / "shared"
    words = ("office", "migrate-from", town.folder().root, "--database", postgres.fresh())
    assert run(*words, folder=shared)[0] == 0
    environment = {**os.environ, "PYTHONPATH": str(SRC), "KASHIWA_NOW": REVIEWING}
    command = [sys.executable, "-m", "kashiwa_desktop", "--json", "--data-dir", str(shared),
               "--passphrase-file", str(town.words_file), "intake"]  # fmt: skip
    both = [
        subprocess.Popen([*command, *map(str, order)], stdout=subprocess.PIPE, env=environment)
        for order in (files, files[::-1])
    ]
    told = [json.loads(process.communicate(timeout=120)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    states = sorted(f["state"] for answer in told for f in answer["files"])
    assert states.count("new") == len(files)
    assert states.count("same") == len(files)
    assert run("check", folder=shared)[1]["ok"]
    status, board = run("board", "--from", "2026-10", "--to", "2026-10", folder=shared)
    assert (status, board["summary"]["received"]) == (0, len(files))


def test_accounts_are_switched_on_and_then_needed(town, run, capsys, monkeypatch):
    assert run("office", "set", "accounts", "true")[0] == 1
    assert run("office", "add-staff", "職員 一", "--role", "supervisor")[0] == 0
    assert run("office", "add-staff", "職員 二", "--role", "boss")[0] == 2
    assert run("office", "set", "accounts", "true")[0] == 0
    assert run("office", "set", "accounts", "perhaps")[0] == 2
    status, said = run("office", "staff")
    assert (status, said["on"], [m["name"] for m in said["staff"]]) == (0, True, ["職員 一"])
    stranger = ["--data-dir", str(town.folder().root), "--as", "だれか", "--json", "digest"]
    assert front_door.main(stranger) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "no_account"
    status, log = run("office", "log", "--event", "add_staff")
    assert [(e["who"], e["event"]) for e in log["entries"]] == [("職員 一", "add_staff")]
    assert run("office", "end-staff", "職員 一")[0] == 1
    run("office", "add-staff", "職員 二", "--role", "district")
    assert run("office", "end-staff", "職員 二", "--on", "2026-11-30")[1]["to"] == "2026-11-30"


def test_rules_are_set_by_name_or_by_a_file(town, run):
    status, value = run("office", "set", "guideline", "7")
    assert (status, value["settings"]["guideline"]) == (0, 7)
    assert run("office", "set", "claim_title", "請求書")[1]["settings"]["claim_title"] == "請求書"
    patch = town.root / "patch.json"
    example = {"text": "体操", "words": ["体操"], "category": "community", "type": "briefing"}
    patch.write_text(
        json.dumps({"guideline": None, "category_examples": [example]}), encoding="utf-8"
    )
    value = run("office", "set", patch)[1]
    assert "guideline" not in value["settings"]
    assert run("office", "settings")[1] == value
    for wrong in (("nonsense", "1"), ("deadline_day", "99"), ("guideline",)):
        assert run("office", "set", *wrong)[0] == 2


def test_the_roster_by_commands(town, run):
    assert run("office", "contact", "P001", "--phone", "04-0000-0000")[0] == 0
    assert run("office", "contact", "P001")[0] == 2
    assert run("office", "contact", "P999", "--phone", "1")[0] == 1
    words = ("P001", "--area", "A1")
    assert run("office", "suspend", *words, "--from", "2026-12-01")[0] == 0
    assert run("office", "resume", *words, "--on", "2027-01-01")[0] == 0
    assert run("office", "payee", *words, "--name", "見本 次郎", "--relation", "相続人")[0] == 0
    assert run("office", "payee", *words)[0] == 0
    proxy = ("--name", "見本 三郎", "--standing", "コア", "--from", "2026-04-01")
    assert run("office", "add-proxy", "P001", *proxy)[0] == 0
    out = town.root / "out.csv"
    assert run("office", "write", "contacts", "--out", out)[1]["rows"] == 3
    assert "04-0000-0000" in out.read_text(encoding="utf-8-sig")
    assert run("office", "read", "contacts", out) == (0, {"kind": "contacts", "changed": 0})
    assert run("office", "read", "planets", out)[0] == 2


def test_totals_open_their_records(town, run):
    town.intake().take_in(town.months())
    span = ("totals", "--from", "2026-04", "--to", "2027-03")
    status, value = run(*span, "--by", "area,category")
    assert status == 0
    assert value["rows"][0] == {
        "area": "見本台", "area_code": "A1", "category": "network", "count": 3, "days": 3,
        "minutes": 270, "attendees": 9,
    }  # fmt: skip
    assert value["by_proxy"] == {"rows": [], "total": dict.fromkeys(
        ("count", "days", "minutes", "attendees"), 0)}  # fmt: skip
    for group in ("見本台,network", "A1,network"):
        records = run(*span, "--by", "area,category", "--records", group)[1]["records"]
        assert [r["promoter"] for r in records] == ["P001"] * 3
    assert len(run(*span, "--records", "")[1]["records"]) == value["total"]["count"] == 9
    assert run(*span, "--by", "month", "--cumulative", "--approved")[1]["rows"] == []
    for wrong in (("--by", "planet"), ("--by", "area,category", "--records", "A1")):
        assert run(*span, *wrong)[0] == 2
    assert run(*span, "--records", "council", "--proxy")[1]["records"] == []


def test_the_opening_balance_and_a_closed_year(town, run):
    table = town.root / "opening.json"
    seed = {"council": 287, "network": 4089, "community": 2317, "other": 3294}
    table.write_text(json.dumps({"counts": seed, "until": "2023-03"}), encoding="utf-8")
    assert run("office", "opening", table) == (0, {"rows": 4, "count": 9987})
    status, value = run("totals", "--from", "2015-04", "--to", "2023-03")
    assert [(row["category"], row["count"]) for row in value["rows"]] == list(seed.items())
    assert (value["total"]["count"], value["opening"]["added"]) == (9987, 9987)
    assert run("office", "year", "2026")[0] == 1
    assert run("office", "close-year", "2026")[0] == 1
    assert run("office", "close-year", "196")[0] == 2
    town.intake().take_in(town.months())
    status, closed = run("office", "close-year", "2026", at="2027-04-10T09:00")
    assert (status, closed["total"]["count"], closed["corrections"]) == (0, 9, [])
    from kashiwa_desktop.services.months.closing import Closing
    from kashiwa_desktop.services.records.recording import Recording
    from office_world import OCTOBER

    pc = town.pc("P001", RECORDING)
    Recording(pc).add([activity(20)], next_version=True)
    Closing(pc).close(OCTOBER)
    town.intake("2027-04-11T10:00").take_in([town.submit("P001")])
    status, shown = run("office", "year", "2026")
    city = next(c for c in shown["corrections"] if set(c) == {"reported", "now"})
    assert (city["reported"]["count"], city["now"]["count"]) == (9, 10)
    assert shown["changed"] == [{"promoter": "P001", "month": "2026-10"}]


def test_without_json_it_speaks_japanese(town, run, capsys):
    """The same commands for a person: every answer has lines, none of them a code."""
    town.intake().take_in(town.months())
    run("office", "add-staff", "職員 一", "--role", "supervisor")
    common = ["--data-dir", str(town.folder().root), "--as", "職員 一"]
    for words in (
        ["totals", "--from", "2026-10", "--to", "2026-10"],
        ["totals", "--from", "2026-10", "--to", "2026-10", "--records", "network"],
        ["office", "staff"], ["office", "log"], ["office", "settings"],
    ):  # fmt: skip
        assert front_door.main([*common, *words]) == 0
        assert capsys.readouterr().out.strip()


def test_a_folder_that_moved_opens_where_its_rows_are(town, run, postgres):
    shared = town.root / "shared"
    words = ("office", "migrate-from", town.folder().root, "--database", postgres.fresh())
    assert run(*words, folder=shared)[0] == 0
    from kashiwa_desktop.paths import DataFolder
    from kashiwa_desktop.services.clock import Chance, Clock

    store = open_folder(DataFolder(shared), Clock(), Chance())
    assert store.db.path is None
    assert Keeping(store).check() == []
    store.close()


def test_another_pc_of_a_shared_office_accepts_that_one_went_back(town, run, postgres):
    shared, second = town.root / "shared", town.root / "second"
    moving = ("office", "migrate-from", town.folder().root, "--database", postgres.fresh())
    assert run(*moving, folder=shared)[0] == 0
    shutil.copytree(shared, second)
    copied = run("backup", folder=shared)[1]["file"]
    assert run("office", "add-staff", "職員 三", "--role", "district", folder=second)[0] == 0
    assert run("restore", copied, folder=shared)[0] == 0
    assert run("check", folder=shared)[1]["problems"] == []
    status, said = run("check", folder=second)
    assert (status, said["ok"]) == (1, False)
    status, value = run("office", "accept-log", folder=second)
    assert (status, value["accepted"]) == (0, False)
    assert "職員 一が" in value["doubt"]["text"]
    assert run("office", "accept-log", "--accept", folder=second)[1]["accepted"] is True
    status, checked = run("check", folder=second)
    assert (status, checked["problems"], len(checked["accepted"])) == (0, [], 1)
    assert "戻したことを認めた" in checked["accepted"][0]
    assert run("office", "accept-log", folder=second)[1]["doubt"] is None
    status, value = run("office", "accept-log", "--accept", folder=second)
    assert (status, value["code"]) == (1, "not_accepted")
