"""The program as a process of its own: UTF-8 whatever the locale, real keys, age and gunzip."""

import json
import os
import subprocess
import sys

import pytest

from conftest import FULL
from office_world import OCTOBER, activity, cheap_words

M = str(OCTOBER)
C = {"LANG": "C", "LC_ALL": "C", "KASHIWA_NOW": "2026-11-05T10:00", "KASHIWA_SEED": "7"}


def run(*words, **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "KASHIWA_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "kashiwa_desktop", *map(str, words)],
        env={**kept, **C, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True, check=False,
    )  # fmt: skip


def test_japanese_goes_in_and_out_in_the_c_locale(town):
    path = town.root / "記録.jsonl"
    path.write_text(json.dumps(activity(title="髙﨑さんと打合せ"), ensure_ascii=False), "utf-8")
    data = ("--data-dir", town.folder("P001").root)
    assert run(*data, "record", "add", path).returncode == 0
    listed = run("record", "list", "--json", *data)
    assert listed.stderr == b""
    assert json.loads(listed.stdout.decode("utf-8"))["records"][0]["title"] == "髙﨑さんと打合せ"
    assert "髙﨑さんと打合せ" in listed.stdout.decode("utf-8")
    wrong = run("record", "edit", "無い", path, *data)
    assert wrong.returncode == 1
    assert wrong.stderr.decode("utf-8").strip().endswith("無い")


@pytest.mark.posix("needs the age command")
def test_an_office_begins_with_real_keys_and_age_reads_its_files(tmp_path, command):
    """The one slow way: scrypt as it is, the recovery key on paper, and no program of ours."""
    words, key, folder = tmp_path / "words", tmp_path / "key.txt", tmp_path / "office"
    words.write_text("ためし の あいことば\n", "utf-8")
    office = ("--data-dir", folder, "--passphrase-file", words, "--json")
    begun = run(*office, "office", "init", "--name", "試験社協", "--recovery-out", key)
    assert begun.returncode == 0, begun.stderr.decode()
    assert json.loads(begun.stdout)["areas"] > 0
    assert command(*office, "office", "init", "--name", "もう一度").status == 1
    area = command(*office, "board", "--from", M, "--to", M).value["rows"][0]["area"]
    new = ("--id", "P001", "--name", "試験 花子", "--area", area, "--from", "2026-04-01")
    assert command(*office, "office", "add-promoter", *new).status == 0
    setup = tmp_path / "s.kssc"
    assert command(*office, "office", "setup-file", "--out", setup).status == 0
    pc = ("--data-dir", tmp_path / "pc", "--json")
    assert command(*pc, "setup", setup, "--promoter", "P001").status == 0
    assert command(*pc, "submit", M, "--out", tmp_path / "x.kssz").status == 0
    lines = opened(key, tmp_path / "x.kssz")
    header = json.loads(lines[0])
    assert (header["kind"], header["from"]["promoter"], header["count"]) == (
        "submission", "P001", len(lines) - 2,
    )  # fmt: skip


def opened(key, path):
    """``age -d -i KEY FILE | gunzip``, as it stands in the documents."""
    plain = subprocess.run(["age", "-d", "-i", key, path], capture_output=True, check=True)
    text = subprocess.run(["gunzip"], input=plain.stdout, capture_output=True, check=True)
    return text.stdout.decode("utf-8").splitlines()


@pytest.mark.posix("needs the age command")
def test_the_lines_that_age_shows_are_the_records(town):
    key = town.root / "recovery.txt"
    key.write_text(town.recovery.secret + "\n", encoding="utf-8")
    lines = [json.loads(line) for line in opened(key, town.month())[2:]]
    titles = {line["body"].get("title") for line in lines}
    assert titles >= {"1日の打合せ", "8日の打合せ", "15日の打合せ"}


def test_a_set_clock_is_said(command, monkeypatch):
    assert command("--version", "--json").value["trial"] is True
    assert "試験用" in command("--version").out
    monkeypatch.setenv("KASHIWA_SEED", "")
    monkeypatch.setenv("KASHIWA_NOW", "")
    assert "試験用" not in command("--version").out
    monkeypatch.setenv("KASHIWA_NOW", "いつか")
    assert command("--version").status == 2


@pytest.mark.posix("needs the age command")
def test_the_demonstration_tells_its_month(tmp_path, command, monkeypatch):
    monkeypatch.delenv("KASHIWA_NOW")
    out = tmp_path / "demo"
    with cheap_words():
        value = command("demo", "--out", out, "--areas", "2", "--json").value
    assert (value["submitted"], value["received"], value["approved"]) == (2, 2, 2)
    assert value["total_yen"] == 80_000
    assert command("demo", "--out", out).status == 1
    start = ("--data-dir", value["office_start"], "--passphrase-file", out / "passphrase.txt")
    assert command(*start, "intake", *reversed(value["files"])).status == 0
    assert command(*start, "digest", "--json").value["digest"] == value["digest"]
    for file in value["files"]:
        assert json.loads(opened(out / "recovery-key.txt", file)[0])["kind"] == "submission"


if FULL:  # the same sums are tested on merged revisions in ``services/test_reporting``

    def test_the_seeds_years_by_the_demonstration(tmp_path):
        out = tmp_path / "demo"
        value = json.loads(run("demo", "--out", out, "--history", "--json").stdout)
        span = ("--from", "2015-04", "--to", "2023-03")
        said = run("--data-dir", value["office"], "--json", "totals", *span)
        found = json.loads(said.stdout)
        counts = {row["category"]: row["count"] for row in found["rows"]}
        assert counts == {"council": 287, "network": 4_089, "community": 2_317, "other": 3_294}
        assert found["total"]["count"] == 9_987
