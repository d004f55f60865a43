"""Keys, PCs, notices and journals by the command line: what a person sees, and the exit status."""

import json

import pytest

from kashiwa_desktop.bundle import place
from kashiwa_desktop.cli.parser import build_parser
from kashiwa_desktop.cli.run import run
from kashiwa_desktop.crypto.keys import RecoveryKey
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.safety.keeping import Keeping
from office_world import OCTOBER, cheap_words
from services.key_scenes import edited

NOW = {"KASHIWA_NOW": "2026-11-20T10:00+09:00", "KASHIWA_SEED": "cli"}


@pytest.fixture
def said(town, capsys):
    """Run a command on a folder of the town; returns (status, JSON, standard error)."""

    def say(folder, *words, words_file=True):
        town.close()
        passphrase = ["--passphrase-file", str(town.words_file)] if words_file else []
        argv = ["--data-dir", str(town.folder(folder).root), "--json", *passphrase]
        capsys.readouterr()
        with cheap_words():
            status = run(build_parser().parse_args([*argv, *map(str, words)]), NOW, {})
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return say


def journals(town):
    return len(list(town.folder().archive.glob("*.kssj")))


def test_an_office_begins_with_its_recovery_key_on_paper(town, said):
    paper = town.root / "予備のかぎ.pdf"
    status, value, _ = said("fresh", "office", "init", "--name", "試験市", "--recovery-out", paper)
    assert status == 0
    assert paper.read_bytes().startswith(b"%PDF")
    text = town.root / "key.txt"
    status, _, _ = said("fresh2", "office", "init", "--name", "試験市", "--recovery-out", text)
    assert status == 0
    assert text.read_text(encoding="utf-8").splitlines()[1].startswith("AGE-SECRET-KEY-1")
    key = RecoveryKey.from_age_identity(value["recovery"]["identity"])
    assert key.recipient == value["recovery"]["recipient"]


def test_a_recovery_key_that_cannot_be_written_is_still_shown(town, said):
    taken = town.root / "taken.pdf"
    taken.write_bytes(b"x")
    status, value, err = said(
        "fresh", "office", "init", "--name", "試験市", "--recovery-out", taken
    )
    assert (status, taken.read_bytes()) == (1, b"x")
    assert "同じ名前のファイル" in err
    RecoveryKey.from_age_identity(value["recovery"]["identity"])


def test_words_and_keys_are_changed(town, said):
    new = town.root / "new-words.txt"
    new.write_text("べつの ことば\n", encoding="utf-8")
    assert said("office", "office", "passphrase", "--new-passphrase-file", new)[0] == 0
    status, value, err = said("office", "office", "rotate-keys")
    assert (status, value["code"]) == (1, "wrong_passphrase")
    assert "合言葉がちがいます" in err
    new.replace(town.words_file)
    status, value, _ = said("office", "office", "rotate-keys")
    assert (status, value["key"] != town.keys.signing.public) == (0, True)
    setup = town.root / "second.kssc"
    assert said("office", "office", "setup-file", "--out", setup)[0] == 0
    status, value, _ = said("P001", "receive", setup, words_file=False)
    assert (status, value["files"][0]["state"]) == (0, "newer")


def test_a_forgotten_word_and_an_empty_file(town, said):
    lines = town.root / "ことば.txt"
    lines.write_text("\n".join(map(" ".join, town.recovery.words())), encoding="utf-8")
    empty = town.root / "empty.txt"
    empty.write_text("\n", encoding="utf-8")
    assert said("office", "office", "passphrase", "--new-passphrase-file", empty)[0] == 1
    assert said("office", "office", "recover", "--recovery-key", lines, words_file=False)[0] == 1
    wrong = lines.read_text(encoding="utf-8").replace(
        lines.read_text(encoding="utf-8")[:3], "ぬぬぬぬぬ", 1
    )
    empty.write_text(wrong, encoding="utf-8")
    status, value, _ = said("office", "office", "recover", "--recovery-key", empty)
    assert (status, value["code"]) == (1, "bad_key")
    town.words_file.write_text("あたらしいことば\n", encoding="utf-8")
    assert said("office", "office", "recover", "--recovery-key", lines)[0] == 0
    file = town.month()
    status, value, _ = said("office", "intake", file)
    assert (status, value["files"][0]["reason"]) == (1, "unreadable")
    status, value, _ = said("office", "intake", file, "--recovery-key", lines)
    assert (status, value["files"][0]["state"]) == (0, "new")


def test_journals_are_written_after_work_and_before_anything_is_handed_out(town, said):
    file = town.month()
    assert said("office", "intake", file, "--preview")[0] == 0
    assert journals(town) == 0
    assert said("office", "intake", file)[0] == 0
    before = journals(town)
    assert said("office", "approve", "2026-10", "--promoter", "P001", words_file=False)[0] == 0
    assert journals(town) == before
    out = town.root / "answer.kssr"
    assert said("office", "return-file", "--promoter", "P001", "--out", out)[0] == 0
    assert journals(town) == before + 1
    assert said("office", "unapprove", "2026-10", "--promoter", "P001", "--reason", "x")[0] == 0
    assert journals(town) == before + 2
    town.words_file.write_text("ちがう\n", encoding="utf-8")
    status, value, _ = said("office", "approve", "2026-10", "--promoter", "P001")
    assert (status, value["code"]) == (1, "wrong_passphrase")
    cells = Reviewing(town.office()).board(OCTOBER, OCTOBER).rows[0].cells
    assert cells[OCTOBER].state != "approved"  # nothing was written


def test_a_journal_that_cannot_be_written_does_not_undo_the_work(town, said, monkeypatch):
    said("office", "intake", town.month())

    def full(*_args):
        raise PlaceError("保存先に空きがありません。", code="full")

    monkeypatch.setattr(place, "save_verified", full)
    status, value, err = said("office", "approve", "2026-10", "--promoter", "P001")
    assert (status, value["done"]) == (0, ["P001"])
    assert "まだ保管できていません" in err
    monkeypatch.undo()
    before = journals(town)
    assert said("office", "question", "2026-10", "--promoter", "P001", "--record", "x",
                "--text", "x")[0] == 1  # fmt: skip
    assert said("office", "office", "devices")[0] == 0
    assert journals(town) == before + 1


def test_pcs_are_listed_reported_and_let_in(town, said):
    status, value, _ = said("office", "office", "devices", "--promoter", "P001", words_file=False)
    (pc,) = value["devices"]
    assert (status, pc["state"], pc["promoter"], len(pc["number"])) == (0, "listed", "P001", 9)
    assert said("office", "office", "report-lost", pc["number"])[1]["state"] == "lost"
    status, value, _ = said("office", "intake", town.month())
    assert (status, value["files"][0]["reason"]) == (1, "revoked")
    _, value, _ = said("office", "waiting")
    (waiting,) = value["files"]
    status, value, _ = said("office", "office", "accept-waiting", waiting["file"])
    assert (status, value["files"][0]["new"]) == (0, 4)
    status, value, _ = said("office", "office", "report-lost", pc["device"], "--found")
    assert (status, value["state"]) == (0, "listed")
    assert said("office", "office", "report-lost", "0000 0000")[0] == 1


def test_a_restored_store_says_so_on_the_way(town, said):
    pc = town.pc()
    copy = Keeping(pc).back_up()
    edited(pc, 3)
    town.submit()
    for command in (("check",), ("month", "show", "2026-10")):
        assert said("P001", *command)[1]["notice"] == ""
    assert said("P001", "restore", copy.file)[0] == 0
    for command in (("check",), ("month", "show", "2026-10")):
        status, value, _ = said("P001", *command)
        assert (status, value["notice"] != "") == (0, True)
    file = town.root / "again.kssz"
    _, value, _ = said("P001", "submit", "2026-10", "--out", file)
    assert "前の時点" in value["notice"]
    _, value, _ = said("office", "intake", file)
    assert "前の時点" in value["files"][0]["notice"]
    _, value, _ = said("P001", "submit", "2026-10", "--out", town.root / "third.kssz")
    assert value["notice"] == ""


def test_a_copied_pc_makes_a_new_identity(town, said):
    status, value, _ = said("P001", "setup", "--new-identity", words_file=False)
    assert (status, len(value["number"])) == (0, 9)
    assert said("P001", "check")[1] == {
        "ok": True, "problems": [], "notice": "", "accepted": []
    }  # fmt: skip
    assert said("P001", "setup")[0] == 2
    assert said("office", "setup", "--new-identity")[0] == 1


def test_an_office_is_rebuilt(town, said):
    key = town.root / "key.txt"
    key.write_text(f"# かぎ\n{town.recovery.secret}\n", encoding="utf-8")
    said("office", "intake", town.month())
    _, told, _ = said("office", "digest")
    archive = town.folder().archive
    (archive / "2026-11-01_P009_x.kssz").write_bytes(b"junk")
    status, value, _ = said("second", "office", "rebuild", "--from", archive, "--recovery-key", key)
    assert status == 0
    assert (value["digest"], value["devices"]) == (told["digest"], 3)
    assert [u["file"] for u in value["unread"]] == ["2026-11-01_P009_x.kssz"]
    assert said("second", "check")[0] == 0
    assert said("third", "office", "rebuild", "--from", archive)[0] == 1
    assert said("third", "office", "rebuild", "--from", town.root / "none")[0] == 1
    assert said("P001", "office", "rebuild", "--from", archive)[0] == 1
