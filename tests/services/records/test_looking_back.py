"""ふりかえり in words, plots and papers."""

import pytest
from pypdf import PdfReader

import promoter_world
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.looking_back import AGAINST, STACKED, LookingBack
from kashiwa_desktop.services.records.recording import Recording


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path, "months") as one:
        yield one


@pytest.fixture
def back(store):
    return LookingBack(store)


def other(day, title="x"):
    return {"date": day, "category": "other", "type": "misc", "title": title}


def test_years(back, store):
    assert (back.this_year(), back.first_year()) == (2026, 2026)
    Recording(store).add([other("2024-03-31")])
    assert back.first_year() == 2023


def test_without_a_record_the_first_year_is_this_one(tmp_path):
    with promoter_world.opened(tmp_path / "x") as store:
        assert LookingBack(store).first_year() == 2026


def test_sentences(back, store):
    assert back.sentence(back.year(2025)) == "令和7年度の記録はまだありません。"
    said = back.sentence(back.year(2026))
    assert said.startswith("令和8年度はこれまでに28回、28日活動しました。")
    assert "前の年度" not in said
    Recording(store).add([other("2025-05-01"), other("2025-12-01")])
    assert back.sentence(back.year(2026)).endswith("前の年度の同じころより27回多いです。")
    assert back.sentence(back.year(2025)).startswith("令和7年度は2回、2日活動しました。")
    Recording(store).add([other(f"2024-06-{day:02d}") for day in range(1, 4)])
    assert back.sentence(back.year(2025)).endswith("前の年度より1回少ないです。")
    Recording(store).add([other("2025-07-01")])
    assert back.sentence(back.year(2025)).endswith("前の年度と同じ回数です。")


def test_plots_say_what_the_records_say(back):
    plots = back.plots(back.year(2026))
    assert plots[STACKED].sums == (0, 4, 4, 5, 4, 4, 5, 2, 0, 0, 0, 0)
    assert [s.name for s in plots[AGAINST].series] == ["令和8年度", "令和7年度"]
    data = back.drawing(plots[STACKED], 400, 12, Progress())
    assert data.startswith(b"%PDF")


def test_the_paper_holds_the_numbers_and_the_notebook_the_words(back, store):
    Recording(store).edit(
        Recording(store).records()[-1].id,
        {
            "content": "髙﨑さんと𠮷田さん",
            "findings": "坂道のこと",
            "next": "また伺う",
            "place": "第1集会所",
            "counterparts": ["見本商店"],
            "private_note": "ひみつ",
            "attendees": 3,
        },
    )
    paper = PdfReader(back.paper(2026, Progress()).file)
    text = "".join(page.extract_text() for page in paper.pages)
    assert "令和8年度はこれまでに28回" in text
    assert "見本台地域包括支援センター" in text
    notebook = PdfReader(back.notebook(2026, Progress()).file)
    text = "".join(page.extract_text() for page in notebook.pages)
    for said in ("髙﨑さんと𠮷田さん", "坂道のこと", "また伺う", "第1集会所", "見本商店", "3人"):
        assert said in text
    assert "ひみつ" not in text
    assert "令和8年10月" in text
