"""地域の資源 by command: one's own on a PC, everybody's in the office."""

import json

import pytest

from services.key_scenes import take_in

SALON = {"kind": "salon", "name": "ひだまりサロン", "day": "第1土曜", "checked": "2026-10-01"}
M = "2026-10"


def written(town, *records, name="r.jsonl"):
    path = town.root / name
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


def listed(at, who, *words):
    return at(who, "resource", "list", *words).value["resources"]


def test_a_resource_from_its_first_day_to_its_last(at, town):
    added = at("P001", "resource", "add", written(town, SALON))
    (record,) = added.value["ids"]
    assert listed(at, "P001") == [
        {
            "id": record, "version": 1, "promoter": "P001", "area": "見本台", "area_code": "A1",
            "kind": "salon", "name": "ひだまりサロン", "form": "", "day": "第1土曜", "place": "",
            "contact": "", "checked": "2026-10-01", "subsidy": "", "stage": "",
            "requirements": [], "disaster_group": False, "note": "", "ended": None,
            "succeeds": "", "age_days": 35, "inherited": False, "by_staff": False,
            "conflict": False,
        }
    ]  # fmt: skip
    patch = written(town, {"place": "集会所"}, name="p.json")
    assert at("P001", "resource", "edit", record, patch).value["text"] == (
        "『ひだまりサロン』を直しました"
    )
    at("P001", "resource", "confirm", record, "--on", "2026-11-01")
    at("P001", "resource", "end", record)
    assert listed(at, "P001", "--area", "見本台") == []
    (found,) = listed(at, "P001", "--ended")
    assert (found["place"], found["checked"], found["ended"]) == (
        "集会所", "2026-11-01", "2026-11-05",
    )  # fmt: skip
    at("P001", "undo")
    assert at("P001", "resource", "delete", record).value == {
        "id": record, "text": "『ひだまりサロン』を消しました",
    }  # fmt: skip
    assert listed(at, "P001", "--ended") == []


@pytest.mark.parametrize(
    ("given", "status"),
    [({"kind": "salon"}, 1), ({"kind": "?", "name": "x"}, 2), ({"unknown": 1}, 2)],
)
def test_what_is_missing_is_refused_and_what_is_unknown_wrong_usage(at, town, given, status):
    assert at("P001", "resource", "add", written(town, given)).status == status
    assert listed(at, "P001") == []


def test_in_the_office_it_is_said_whose_it_is(at, town):
    file = written(town, SALON)
    assert at("office", "resource", "add", file).status == 2
    assert at("P001", "resource", "add", file, "--city").status == 2
    assert at("office", "resource", "add", file, "--promoter", "P001").status == 0
    assert at("office", "resource", "add", file, "--city").status == 1  # of which area?
    other = written(town, {"kind": "circle", "name": "句会", "area": "空地"})
    assert at("office", "resource", "add", other, "--city").status == 0
    assert [(r["area"], r["promoter"], r["by_staff"]) for r in listed(at, "office")] == [
        ("見本台", "P001", True), ("空地", None, True),
    ]  # fmt: skip
    assert len(listed(at, "office", "--city")) == 1
    assert len(listed(at, "office", "--area", "A1")) == 1
    counts = at("office", "resource", "counts", "2026").value
    assert (counts["total"], counts["kinds"]["salon"], counts["day"]) == (2, 1, "2026-11-05")
    out = town.root / "a.xlsx"
    assert at("office", "resource", "excel", "--out", out).value == {"file": str(out), "rows": 2}
    assert at("P001", "resource", "excel", "--out", out).status == 1


def test_taking_over_and_counting_on_a_promoters_pc(at, town):
    assert at("P002", "resource", "take-over", "nowhere").value["code"] == "not_found"
    at(
        "P002",
        "resource",
        "add",
        written(town, {"kind": "gathering", "name": "x", "form": "weekly"}),
    )
    assert at("P002", "resource", "counts", "2026").value["forms"]["weekly"] == 1


def test_the_paper_of_one_area_or_of_all(at, town):
    out = town.root / "a.pdf"
    empty = at("P001", "print", "resources", "--month", M, "--out", out)
    assert (empty.status, empty.value["code"], out.exists()) == (1, "nothing_to_print", False)
    at("P001", "resource", "add", written(town, SALON))
    assert at("P001", "print", "resources", "--month", M, "--out", out).value["pages"] == 1
    take_in(town, town.submit())
    for words in (("--area", "見本台"), ("--promoter", "P001", "--full"), ("--all",)):
        said = at("office", "print", "resources", "--month", M, *words, "--out", out)
        assert said.value == {"file": str(out), "pages": 1, "sheets": [], "missing_glyphs": []}
    assert at("office", "print", "resources", "--month", M, "--area", "?", "--out", out).status == 2
