"""The schema of settings and keys: known kinds have their shape, unknown ones pass."""

import msgspec
import pytest

from kashiwa_desktop.domain.settings_schema import SETTINGS, check_settings

GOOD = {
    "office": {
        "name": "見本の事務局", "rates": [{"from": "2015-04-01", "yen": 40000}],
        "meeting_rules": [{"from": "2026-04-01", "rule": "nth", "nth": 3, "weekday": 2}],
        "codes": [{"list": "type", "category": "other", "code": "walk", "label": "見回り",
                   "from": "2026-04-01", "to": None, "order": 5}],
    },
    "area": {"code": "01", "name": "見本", "from": "2015-04-01", "to": None},
    "person": {"promoter": "P001", "name": "見本 花子"},
    "appointment": {"appointment": "a", "promoter": "P001", "area": "01", "from": "2026-04-01"},
    "terms": {"appointment": "a", "suspended": [{"from": "2026-04-01", "to": None}]},
    "contact": {"promoter": "P001", "phone": "000"},
    "category_examples": {
        "examples": [{"text": "会った", "words": ["会"], "category": "other", "type": "misc"}]
    },
    "device": {"device": "ab" * 32, "state": "lost"},
    "place": {"place": "zone", "code": "Z1", "name": "北部"},
    "proxy": {"promoter": "P001", "name": "見本 次郎", "from": "2026-04-01"},
    "area_statistics": {"area": "01", "on": "2026-04-01", "population": 0, "over_65": None},
    "ceilings": {"rows": [{"form": "weekly", "subsidy": "group", "yen": 5, "to": None}]},
    "staff": {"name": "職員 一", "role": "district", "from": "2026-04-01"},
    "year": {
        "year": 2025, "at": "2026-04-10T09:00:00+09:00", "who": "職員 一", "approved": False,
        "tables": {"": [[1, 1, 60, 3]]}, "months": {"P001/2025-04": "ab" * 32},
    },
    "received": {
        "bundle": "ab" * 32, "at": "2026-11-05T10:00:00+09:00", "header": "{}",
        "revisions": ["cd" * 32],
    },
    "release": {
        "version": "0.3.0", "file": "kashiwa-desktop-0.3.0-setup.exe", "size": 5,
        "sha256": "ab" * 32, "notes": ["速くなりました"],
    },
    "payments": {"noticing": True, "numbers": [{"month": "2026-10", "inquiry": "12"}]},
}  # fmt: skip
BAD = [
    {"kind": "release", "version": "new"},
    {"kind": "release", "file": "../setup.exe"},
    {"kind": "release", "sha256": "ab"},
    {"kind": "payments", "numbers": [{"month": "2026-13"}]},
    {"kind": "payments", "profile": ""},
    {"kind": "area", "code": "01"},
    {"kind": "area", "code": "01", "name": "見本", "from": "2026-02-30"},
    {"kind": "person", "promoter": "", "name": "見本"},
    {"kind": "appointment", "appointment": "a", "promoter": "P001", "area": "01"},
    {"kind": "terms", "appointment": "a", "yen": -1},
    {"kind": "terms", "appointment": "a", "yen": 40000.0},
    {"kind": "office", "deadline_day": 0},
    {"kind": "office", "opening": {"counts": {"council": -1}, "until": "2015-03"}},
    {"kind": "office", "opening": {"rows": [{"from": "2015-04"}]}},
    {"kind": "office", "deadline_rule": "whenever"},
    {"kind": "office", "meeting_rules": [{"from": "2026-04-01", "rule": "sometimes"}]},
    {"kind": "office", "meeting_rules": [{"from": "2026-04-01", "rule": "nth", "nth": 0}]},
    {"kind": "office", "meeting_rules": [{"from": "2026-04-01", "rule": "nth", "weekday": 7}]},
    {"kind": "office", "meeting_rules": [{"rule": "nth"}]},
    {"kind": "office", "prorating": [{"from": "2026-04-01", "rule": "half"}]},
    {"kind": "office", "amount_style": "roman"},
    {"kind": "office", "codes": [{"list": "tag", "code": "walk"}]},
    {"kind": "office", "codes": [{"list": "tag", "code": "walk", "label": ""}]},
    {"kind": "office", "codes": [{"list": "tag", "code": "", "label": "見回り"}]},
    {"kind": "office", "otsu": [{"from": "2026-01-01", "at_least": 0, "rate": 3.063}]},
    {"kind": "terms", "appointment": "a", "withholding": [{"from": "2026-04-01", "reward": "x"}]},
    {"kind": "terms", "appointment": "a", "adjustments": [{"month": "2026-10", "yen": 1}]},
    {"kind": "terms", "appointment": "a", "payee": {"name": ""}},
    {"kind": "place", "place": "planet", "code": "Z1", "name": "北部"},
    {"kind": "area_statistics", "area": "01", "on": "2026-04-31", "population": 1},
    {"kind": "area_statistics", "area": "01", "on": "2026-04-01", "population": -1},
    {"kind": "ceilings", "rows": [{"form": "weekly", "subsidy": "group", "yen": -1}]},
    {"kind": "ceilings", "rows": [{"form": "weekly", "subsidy": "group"}]},
    {"kind": "device", "device": "ab" * 32, "state": "sold"},
    {"kind": "office", "keep_years": 0},
    {"kind": "received", "bundle": "ab", "at": "2026-11-05", "header": "{}", "revisions": []},
    {"kind": "staff", "name": "職員 一", "role": "boss", "from": "2026-04-01"},
]


@pytest.mark.parametrize("kind", sorted(SETTINGS))
def test_a_known_kind_with_its_shape_passes(kind):
    check_settings({"kind": kind, "unknown_field": 1, **GOOD[kind]})


@pytest.mark.parametrize("body", BAD)
def test_a_known_kind_of_another_shape_is_refused(body):
    with pytest.raises(msgspec.ValidationError):
        check_settings(body)


@pytest.mark.parametrize("body", [{"kind": "not yet known"}, {"kind": 1}, {}])
def test_a_kind_this_version_does_not_know_passes(body):
    check_settings(body)
