"""The people of the invented world are plainly invented, and their names are hard to print."""

import re

from kashiwa_desktop.domain import wording
from kashiwa_desktop.sample.world import NAMES

SURNAMES = {
    "柏", "手賀", "髙砂", "利根", "山\ufa11", "\U00020bb7野", "大\ufa10", "辻\U000e0100", "濵見",
    "德見", "見本", "例示", "大堀", "仮名", "桜木", "試野", "沼南", "北柏", "髙\ufa11", "見本田",
    "例川", "試山", "仮野", "例林",
}  # fmt: skip
GIVEN = {
    "花子", "太郎", "次郎", "三郎", "一郎", "例子", "例太", "例一", "しのぶ", "よし子",
}  # fmt: skip


def test_only_the_made_up_surnames_and_given_names_occur():
    for name, _ in NAMES:
        surname, given = name.split(" ")
        assert surname in SURNAMES
        assert given in GIVEN


def test_every_name_has_a_reading_in_katakana_and_occurs_once():
    assert all(re.fullmatch(r"[ァ-ヶー]+ [ァ-ヶー]+", kana) for _, kana in NAMES)
    assert len({name for name, _ in NAMES}) == len(NAMES)


def test_the_characters_that_cause_trouble_are_there_and_survive_entry():
    everything = "".join(name for name, _ in NAMES)
    for character in "髙\ufa11\ufa10濵德\U00020bb7\U000e0100":
        assert character in everything
    assert all(wording.clean(name) == name for name, _ in NAMES)
