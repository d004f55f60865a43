"""The areas the program ships: a starting list, plainly marked as unverified."""

import csv
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "resources"


def rows():
    with (FOLDER / "areas.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_21_areas_in_order_from_the_start_of_the_programme():
    assert list(rows()[0]) == ["code", "name", "kana", "zone", "order", "from", "to"]
    assert [r["code"] for r in rows()] == [f"{n:02d}" for n in range(1, 22)]
    assert [int(r["order"]) for r in rows()] == list(range(1, 22))
    assert {(r["from"], r["to"]) for r in rows()} == {("2015-04-01", "")}
    assert len({r["name"] for r in rows()}) == 21


def test_zones_are_not_invented_and_the_list_is_marked():
    assert {r["zone"] for r in rows()} == {"未設定"}
    marked = (FOLDER / "areas.README.md").read_text(encoding="utf-8")
    assert "初期値(要確認)" in marked
    assert all(r["name"] in marked for r in rows())
