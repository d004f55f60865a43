"""Names survive untouched from the form to the store and the file, and plain forms find them.

20,000 generated names with KASHIWA_FULL=1, 400 otherwise; the seed is fixed, so a failure repeats.
"""

import os
import random

import pytest

import promoter_world
from kashiwa_desktop.services.records.listing import Listing
from kashiwa_desktop.services.records.recording import Recording

NAMES = 20_000 if os.environ.get("KASHIWA_FULL") == "1" else 400
AT_ONCE = 200
PARTS = {  # how it is written: how somebody may look for it
    "髙": "高", "﨑": "崎", "𠮷": "吉", "\ufa10": "塚", "辻\U000e0100": "辻", "濵": "浜",
    "德": "徳", "邉": "辺", "邊": "辺", "齋": "斎", "\ufa19": "神", "ｶﾌｪ": "カフェ", "ｶﾞ": "ガ",
    "ヶ": "ケ", "が": "ケ", "Ａ": "a", "①": "1", "㈱": "(株)", "さくら": "サクラ", "田": "田",
}  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path) as one:
        yield one


def generated(count):
    chance = random.Random(20261123)
    for number in range(count):
        written = chance.choices(list(PARTS), k=chance.randint(2, 6))
        yield f"第{number}の{''.join(written)}", "".join(PARTS[part] for part in written)


def a_record(title):
    return {"date": "2026-10-05", "category": "other", "type": "misc", "title": title}


def test_every_name_stays_as_typed_and_is_found_by_its_plain_form(store, figure):
    names = list(generated(NAMES))
    recording, looking = Recording(store), Listing(store)
    for start in range(0, len(names), AT_ONCE):
        recording.add([a_record(name) for name, _ in names[start : start + AT_ONCE]])
    held = {a.title for a in recording.records()}
    changed = [name for name, _ in names if name not in held]
    step = max(1, len(names) // 100)
    sought = [(name, f"第{n}の{plain}") for n, (name, plain) in enumerate(names) if n % step == 0]
    lost = [
        name
        for name, plain in sought
        if name not in {a.title for a in looking.search(plain).records}
    ]
    figure(
        f"{len(names)} names typed, {len(changed)} changed; {len(sought)} sought, {len(lost)} lost"
    )
    assert changed == []
    assert lost == []


def test_a_store_that_normalised_would_be_caught():
    import unicodedata

    names = [name for name, _ in generated(400)]
    assert any(unicodedata.normalize("NFC", name) != name for name in names)
