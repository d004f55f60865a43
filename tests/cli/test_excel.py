"""``excel``: the workbook of a month, its JSON shape, and what is refused (PRODUCT.md §8)."""

import pytest
from openpyxl import load_workbook

M = "2026-10"


@pytest.fixture
def taken_in(town, at):
    at("office", "intake", *town.months())
    at("office", "approve", M, "--all-clean")


def test_the_workbook_of_a_month(taken_in, at, tmp_path):
    out = tmp_path / "month.xlsx"
    said = at("office", "excel", "--month", M, "--out", out)
    assert said.status == 0
    assert said.value == {"file": str(out), "rows": 9, "total_yen": 120_000}
    book = load_workbook(out)
    assert book.sheetnames == ["印刷用", "データ", "月と区分", "地域と月", "年度の累計", "提出状況",
                               "支払一覧"]  # fmt: skip
    assert book["データ"].max_row == 10
    assert book["支払一覧"].cell(book["支払一覧"].max_row, 3).value == 120_000


def test_chosen_tables_columns_and_months(taken_in, at, tmp_path):
    out = tmp_path / "some.xlsx"
    words = ("--tables", "records,months", "--columns", "day,area", "--names", "--approved")
    said = at("office", "excel", "--month", M, "--from", "2026-04", "--out", out, *words)
    assert said.value["rows"] == 9
    book = load_workbook(out)
    assert book.sheetnames == ["データ", "月と区分"]
    assert [c.value for c in book["データ"][1]] == [
        "日付(西暦)", "地域", "推進員の氏名", "フリガナ", "活動した人",
        "司会", "記録した人", "講師", "宿題",
    ]  # fmt: skip
    assert book["月と区分"].cell(5, 1).value == "4月"


@pytest.mark.parametrize(
    "words", [("--tables", "moon"), ("--columns", "moon"), ("--from", "2026-11")]
)
def test_what_is_not_known_is_wrong_usage(taken_in, at, tmp_path, words):
    said = at("office", "excel", "--month", M, "--out", tmp_path / "x.xlsx", *words)
    assert said.status == 2
    assert list(tmp_path.iterdir()) == []


def test_a_promoters_pc_has_none(town, at, tmp_path):
    town.month("P001")
    said = at("P001", "excel", "--month", M, "--out", tmp_path / "x.xlsx")
    assert said.status == 1
    assert said.value["code"] == "not_office"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["month.csv", "month.xls", "month.pdf", "month"])
def test_a_name_that_says_something_else_is_refused(taken_in, at, tmp_path, name):
    out = tmp_path / name
    said = at("office", "excel", "--month", M, "--out", out)
    assert said.status == 2
    assert ".xlsx" in said.err
    assert list(tmp_path.iterdir()) == []


def test_the_same_trial_clock_gives_the_same_bytes(taken_in, at, tmp_path):
    made = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for out in made:
        assert at("office", "excel", "--month", M, "--out", out).status == 0
    assert made[0].read_bytes() == made[1].read_bytes()
