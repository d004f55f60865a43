"""地域のようす: the figures of the slides, their shares, and which ones hold."""

from datetime import date

from kashiwa_desktop.domain.area_statistics import AreaStatistics, newest, read_all

TANAKA = AreaStatistics("01", date(2022, 4, 1), 46_159, 3_371, 8_399, 9_215, 4_241, 1_419)


def test_the_shares_are_those_of_the_slides():
    assert TANAKA.lines() == [
        ("地域総人口", "46,159人"), ("4歳以下", "3,371人(7.3%)"), ("14歳以下", "8,399人(18.2%)"),
        ("65歳以上", "9,215人(20.0%)"), ("75歳以上", "4,241人(9.2%)"),
        ("要介護・要支援者", "1,419人"),
    ]  # fmt: skip


def test_what_nobody_gave_is_left_out_and_nobody_has_no_share():
    assert AreaStatistics("01", date(2022, 4, 1), 0, under_5=0).lines() == [
        ("地域総人口", "0人"), ("4歳以下", "0人"),
    ]  # fmt: skip


def test_they_come_back_from_the_settings_as_they_went():
    later = AreaStatistics("01", date(2023, 4, 1), 46_000)
    bodies = [later.body(), {"kind": "area"}, TANAKA.body()]
    assert read_all(bodies) == (TANAKA, later)


def test_the_newest_by_that_day_holds():
    later = AreaStatistics("01", date(2023, 4, 1), 46_000)
    known = [TANAKA, later, AreaStatistics("02", date(2024, 4, 1), 1)]
    assert newest(known, "01", date(2023, 3, 31)) == TANAKA
    assert newest(known, "01", date(2026, 1, 1)) == later
    assert newest(known, "01", date(2022, 3, 31)) is None
