"""A year is disposed of, with another secret in every text of every kind: nothing is left of it.

The money, the approvals and the counts stay as they were.
"""

from dataclasses import replace

import pytest

from domain.test_field import filled
from kashiwa_desktop.bundle import reader
from kashiwa_desktop.domain import activity as activities
from kashiwa_desktop.domain import in_words
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.months.approvals import approved_months
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.erasing import DISPOSED, Erasing
from kashiwa_desktop.services.travel.replying import Replying
from kashiwa_desktop.services.travel.returning import Returning
from office_world import OCTOBER, moment
from services.key_scenes import LATE, receive, returned, take_in, whole

WHY = "保存期間の満了(決裁 第12号)"


def record(category, kind, day, **changes):
    """A record with a secret in every text that can be typed."""
    body, secrets = filled(activities.FIELDS)
    body |= {
        "date": f"2026-10-{day:02d}", "category": category, "type": kind, "status": "held",
        "area": "A1", "tags": ["needs"], "contact_method": "phone", "network_results": ["shared"],
        "support_targets": ["other"], "by_proxy": None, "start": None, "end": None,
    } | changes  # fmt: skip
    body["title"] += str(day)
    body["council"] |= {"tier": 2, "lead_area": None, "joint_areas": []}
    body["council"]["agenda"][0]["kind"] = "report"
    if category != "council":
        body["council"] = None
    return body, secrets


@pytest.fixture
def told(town):
    """P001 wrote all he could, threw one away, remarked, was asked and answered; he was paid."""
    pc = town.pc()
    council, secrets = record("council", "exchange", 5)
    proxy, _ = record("network", "facility", 6, by_proxy="ひみつの代理")
    gone, _ = record("community", "briefing", 7)
    gone["title"] = "ひみつのごみ箱"
    Recording(pc).add([council, proxy])
    (thrown,) = Recording(pc).add([gone])
    Recording(pc).delete(thrown)
    Closing(pc).close(OCTOBER, remark="ひみつの成果・課題・提案")
    take_in(town, town.submit())
    office = town.office(LATE)
    Returning(office).ask(OCTOBER, "P001", Recording(pc).records(OCTOBER)[0].id, "ひみつの確認")
    receive(town.pc(at=LATE), returned(town))
    replying = Replying(town.pc(at=LATE))
    replying.answer(replying.show().open[0].id, "ひみつのお返事")
    take_in(town, town.submit())
    office = town.office(LATE)
    for asked in Returning(office).questions("P001"):
        Returning(office).settle("P001", asked.id)
    Reviewing(town.office(LATE, "職員 二")).approve(OCTOBER, ["P001"])
    Printing(office).honorarium(OCTOBER, ["P001"], town.out() / "sheet.pdf")
    Paying(office).pay(OCTOBER, ["P001"], on=moment(LATE).date(), method="振込", voucher="1")
    return town, [s for s in secrets if not s.endswith("by_proxy")]


def everything(town, folder):
    """All bytes that a data folder holds, travelling files opened."""
    found = [folder.store.read_bytes()]
    for file in sorted(folder.archive.iterdir()):
        data = file.read_bytes()
        plain = (
            data if data[:1] == b"{" else reader.open_file(data, [town.recovery.receiving]).plain
        )
        found.append(plain)
    return b"\n".join(found).decode("utf-8", "replace")


def test_nothing_is_left_of_a_year_but_days_counts_and_money(told, figure):
    town, secrets = told
    office = town.office(LATE)
    with office.db.read() as tx:
        before = approved_months(tx)
    counted = Reviewing(office).board(OCTOBER, OCTOBER).rows[0].cells[OCTOBER]
    town.close()
    full = everything(town, town.folder())
    assert [s for s in secrets if s not in full] == []
    done = Erasing(town.office(LATE), town.keys).dispose(2026, WHY, "課長")
    assert done.repeated == ()
    assert Erasing(town.office(LATE)).find("ひみつ") == []
    town.close()
    left = everything(town, town.folder())
    assert [s for s in (*secrets, "ひみつ") if s in left] == []
    office = town.office(LATE)
    whole(office)
    with office.db.read() as tx:
        assert approved_months(tx) == before == {("P001", str(OCTOBER))}
    now = Reviewing(office).board(OCTOBER, OCTOBER).rows[0].cells[OCTOBER]
    assert now == replace(counted, code=None)  # the number is made of the text
    assert Printing(office).honorarium(OCTOBER, ["P001"], town.out() / "again.pdf").pages
    figure(f"{len(secrets)} texts of {len(in_words.TABLES)} kinds disposed of: 0 left")


def test_his_own_pc_forgets_it_with_the_next_return(told):
    town, secrets = told
    Erasing(town.office(LATE), town.keys).dispose(2026, WHY)
    receive(town.pc(at=LATE), returned(town))
    found = Recording(town.pc(at=LATE)).records(OCTOBER)
    assert {a.title for a in found} == {DISPOSED}
    town.close()
    store = town.folder("P001").store.read_bytes().decode("utf-8", "replace")
    assert [s for s in secrets if s in store] == []


def test_a_kind_whose_texts_are_not_named_would_be_caught(told, monkeypatch):
    """The wrong variant: what was said about the month is left."""
    town, _ = told
    Erasing(town.office(LATE), town.keys).dispose(2026, WHY, talk=False)
    kept = Erasing(town.office(LATE)).find("ひみつ")
    assert {k.type for k in kept} == {"month_report", "question", "answer"}
