"""Codes, days, months and numbers as spreadsheets give them back."""

from datetime import date

import pytest

from kashiwa_desktop.domain import codes
from kashiwa_desktop.domain.codes import UnclearCodeError, meant, plain


@pytest.mark.parametrize(
    ("text", "code"),
    [("01", "01"), ("1", "01"), ("１", "01"), ("001", "01"), ("9", "9"), ("", ""),
     ("南", "南"), (" A1 ", "A1")],
)  # fmt: skip
def test_a_code_is_known_by_its_number(text, code):
    assert meant(text, {"01", "02", "A1", "南"}) == code


def test_a_code_that_may_mean_two_is_not_guessed():
    with pytest.raises(UnclearCodeError) as unclear:
        meant("1", ["01", "001", "2"])
    assert unclear.value.codes == ("001", "01")


def test_other_letters_stay_as_they_are():
    assert plain(" ＡＢ１２ ") == "AB12"
    assert plain("①番") == "①番"


@pytest.mark.parametrize("text", ["2015-04-01", "2015/4/1", "２０１５．４．１", "2015年4月1日",
                                  "2015-04-01 00:00:00"])  # fmt: skip
def test_days(text):
    assert codes.day(text) == date(2015, 4, 1)


@pytest.mark.parametrize("text", ["2015-04", "2015/4", "2015年4月", "2015-04-01", "２０１５/４"])
def test_months(text):
    assert codes.month(text) == (2015, 4)


@pytest.mark.parametrize(("text", "number"), [("46,159", 46_159), ("４６", 46), ("-1", -1)])
def test_numbers(text, number):
    assert codes.number(text) == number


@pytest.mark.parametrize("read", [codes.day, codes.month, codes.number])
@pytest.mark.parametrize("text", ["", "四月", "1,2", "1.5", "9" * 21, "2015-04-01 09:30"])
def test_what_is_neither_is_refused(read, text):
    with pytest.raises(ValueError, match="not a"):
        read(text)
