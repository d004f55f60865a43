"""Every paper once, with any text in every place where somebody may have typed one."""

from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.area_statistics import AreaStatistics
from kashiwa_desktop.domain.board import Cell, Summary
from kashiwa_desktop.domain.category import STATUSES
from kashiwa_desktop.domain.crosstab import Crosstab, Line
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.totals import Sum
from kashiwa_desktop.reports import (
    activity_report,
    asking_papers,
    audit_binder,
    batch_cover,
    blank_form,
    board_list,
    correction_report,
    council_record,
    disclosure_list,
    disposal_record,
    handover_note,
    honorarium_sheet,
    log_list,
    notebook,
    payments_list,
    quick_card,
    receipt,
    record_list,
    resource_list,
    slips,
    totals_list,
    totals_table,
    year_summary,
)
from kashiwa_desktop.reports.parts.heading import Sender
from reports.samples import MONTH, a_list, a_payment, a_report, a_sheet

DAY = date(2026, 10, 14)
HASH = "ab" * 32


def sender(text):
    return Sender(text, date(2026, 11, 10), text, trial=True)


def render(name, text, out):
    """Write one paper, with ``text`` in every place, to a file or a buffer."""
    return PAPERS[name](text, out)


def _sheet(t, out, **more):
    more = {"cites": t[:20]} | more if more else {}
    claimant = honorarium_sheet.Claimant(t, t, t, t, t)
    value = a_sheet(
        area=t, name=t, kana=t, address=t, phone=t, addressee=t, remarks=t, boxes=[t[:9], "担当"],
        lines=(honorarium_sheet.PayLine(t, 40_000, t),), withheld_note=t, claimant=claimant,
        contact=honorarium_sheet.Contact(t, t, t),  **more,
    )  # fmt: skip
    form = honorarium_sheet.SheetForm("活動謝礼請求書", t, seal=False)
    return honorarium_sheet.render([value], out, form)


def _correction(t, out):
    changes = [correction_report.Change(DAY, t, t, t), correction_report.Change(DAY, t, "", t)]
    value = correction_report.CorrectionReport(
        MONTH, t, t, t, "R8-10-003", DAY, "R8-10-001", "7K3M-Q2PX", 2, changes, t, ["課長", t[:9]]
    )
    return correction_report.render(value, out)


def _receipt(t, out):
    value = receipt.Receipt(MONTH, "R8-10-001", t, t, t, 40_000, DAY, t, "full", seal=False)
    return receipt.render([value], out)


def _cover(t, out):
    lines = [batch_cover.Line(f"R8-10-{n:03d}", t, t, 40_000 - n, "追給") for n in range(30)]
    return batch_cover.render(batch_cover.BatchCover(MONTH, t, lines, t, DAY), out)


def _slip(t, out):
    slip = slips.Slip("receipt", MONTH, t, t, t, "7K3M-Q2PX", 1, 6, 5, 4, DAY, t, t)
    plain = slips.Slip("submission", MONTH, t, t, t, "7K3M-Q2PX", 1, 6, 5, 4, None)
    return slips.render([slip, plain], sender(t), out)


def _asking(t, out):
    lines = [asking_papers.AskedLine(t, t, t), asking_papers.AskedLine(t, t)]
    value = asking_papers.AskingSheet(
        "asking", MONTH, t, t, t, "7K3M-Q2PX", 2, lines, phone=t, contact=t, remark=t
    )
    return asking_papers.render([value], sender(t), out)


def _request(t, out):
    lines = [asking_papers.AskedLine(t, t)]
    value = asking_papers.AskingSheet("request", MONTH, t, t, t, "", 0, lines, contact=t)
    return asking_papers.render([value], sender(t), out)


def _board(t, out):
    cells = [Cell(s, late=True) for s in ("missing", "open", "question", "received", "returned",
                                          "approved", "suspended", "vacant")]  # fmt: skip
    cells += [Cell("received", empty=True), None, None, None]
    span = list(months(Month(2026, 4), Month(2027, 3)))
    lines = [board_list.BoardLine(t, t, cells, zone) for zone in ("", "", t)]
    value = board_list.BoardList(MONTH, span, lines, Summary(21, 18, 17, 12, 1, 3), [t, t])
    return board_list.render(value, sender(t), out)


def _totals(t, out):
    types = [totals_list.TypeLine(t, 1, 22, 333, strong=True), totals_list.TypeLine(t, 0, 0, 0)]
    areas = [totals_list.AreaLine(t, [1, 2, 3, 4], 99, 8, 1_234)] * 25
    value = totals_list.TotalsList(MONTH, types, types[0], areas, 120, 762)
    return totals_list.render(value, sender(t), out)


def _council(t, out):
    agenda = [council_record.AgendaPoint(t, kind, t, t) for kind in ("report", t[:8])]
    tasks = [council_record.Task(t, t, DAY), council_record.Task(t, done=True)]
    value = council_record.CouncilRecord(
        DAY, t, t, t, 1, 3, "14:00～17:00", t, [("司会", t), ("講師", t)], [t, t],
        {"furusato": 3, "other": 120}, agenda, t, t, tasks, DAY, t, STATUSES["cancelled"],
    )  # fmt: skip
    return council_record.render([value], sender(t), out)


def _handover(t, out):
    value = handover_note.HandoverNote(
        t, t, t, DAY, DAY, 62, 50, [handover_note.Meeting(DAY, t, None, t)],
        [handover_note.OpenTask(t, t, None, DAY)], [handover_note.Contact(t, 3, DAY)] * 3,
        [t, t], [t],
    )  # fmt: skip
    empty = handover_note.HandoverNote(t, t, t, DAY, None, 0, 0, [], [], [], [], [])
    return handover_note.render([value, empty], sender(t), out)


def _year(t, out):
    count = year_summary.CountLine(t, [1, 2, 3, 4], 9, 99)
    value = year_summary.YearSummary(
        2026, [count] * 12, count, [count] * 3,
        [year_summary.MoneyLine(t, 21, 840_000, 4_084, 0)] * 12,
        [year_summary.PersonLine(t, t, 480_000, 440_000, 49_008)] * 21, 40_000,
        [(t, "3", t)], [(t, "3", t)], DAY,
    )  # fmt: skip
    return year_summary.render(value, sender(t), out)


def _entry(t, **more):
    record = audit_binder.Record(DAY, t, t, HASH[:24], HASH[:24])
    values = {
        "number": "R8-10-001", "kind": "refund", "month": MONTH, "area": t, "name": t,
        "gross": -27_100, "withheld": 0, "net": -27_100, "state": "支払済み", "paid_on": DAY,
        "method": t, "voucher": t, "paid_by": t, "issued": t, "approver": t, "approved_at": t,
        "approval": HASH, "report": HASH, "version": 2, "code": "7K3M-Q2PX", "cites": "R8-10-000",
        "void": t, "records": [record] * 3, "page": 2,
    }  # fmt: skip
    return audit_binder.Entry(**{**values, **more})


def _binder(t, out):
    entries = [_entry(t), _entry(t, paid_on=None, void="", records=())]
    return audit_binder.render_front(2026, entries, audit_binder.Proof(1, 1, 2), sender(t), out)


def _entry_page(t, out):
    return audit_binder.render_entry(_entry(t), 7, sender(t), out)


def _blank(t, out):
    value = blank_form.BlankForm(MONTH, t, t, [(t, t)] * 3)
    return blank_form.render([value], sender(t), out)


def _report(t, out):
    return activity_report.render([a_report(area=t, name=t, proposals=t, notes=[t])], out)


def _payments(t, out):
    payments = [a_payment(area=t, name=t, kana=t, exception=t, withheld=4_084, paid=DAY)] * 3
    return payments_list.render(a_list(payments=payments, office=t, made_by=t, account=t), out)


def _disposals(t, out):
    rows = [disposal_record.DisposalRow(DAY, t, 12, t, t, t)] * 3
    return disposal_record.render(rows, [t, t], sender(t), out)


def _disclosure(t, out):
    rows = [disclosure_list.DisclosureRow(t, t, t)] * 3
    return disclosure_list.render(t, rows, [t], sender(t), out)


def _resources(t, out):
    line = resource_list.ResourceLine(t, t, t, t, t, DAY, True, [t, t], t)
    groups = [
        resource_list.ResourceGroup(t, [line] * 3),
        resource_list.ResourceGroup(t, [line, resource_list.ResourceLine(t)], disaster=True),
    ]
    lists = [resource_list.ResourceList(t, DAY, groups, full, t,
                                         AreaStatistics(t, DAY, 46_159, 3_371, certified=0))
             for full in (False, True)]  # fmt: skip
    return resource_list.render(lists, sender(t), out)


def _activities(t):
    return [
        Activity(
            str(n), "P001", date(2026, 9 + n % 2, 14), "1", "network", "professional", t,
            status=status, attendees=n, content=t, findings=t, next=t, place=t, counterparts=(t, t),
        )
        for n, status in enumerate(("held", "held", "cancelled"))
    ]  # fmt: skip


def _records(t, out):
    value = record_list.RecordList(t, t, t, DAY, _activities(t), trial=True)
    return record_list.render(value, out)


def _notebook(t, out):
    return notebook.render(notebook.Notebook("令和8年度", t, t, _activities(t), DAY), out)


def _crosstab(t, out):
    cells = tuple(Sum((), n, n, n * 45, n * 7) for n in range(13))
    line = Line("1", t, cells, Sum((), 99, 99, 9_999, 999), before=3)
    numbers = Crosstab(tuple((str(n), t) for n in range(13)), (line, line), line)
    value = totals_table.TotalsPaper(t, "令和8年度", t, "count", numbers, [t, t])
    return totals_table.render(value, sender(t), out)


PAPERS = {
    "請求書": _sheet,
    "追給": lambda t, out: _sheet(t, out, kind="additional", amount_style="daiji"),
    "戻入": lambda t, out: _sheet(t, out, kind="refund"),
    "訂正報告書": _correction,
    "領収書": _receipt,
    "表紙": _cover,
    "票": _slip,
    "お聞きすること": _asking,
    "確認のお願い": _request,
    "提出状況一覧": _board,
    "集計": _totals,
    "支えあい会議": _council,
    "引継書": _handover,
    "資源一覧": _resources,
    "年間のまとめ": _year,
    "監査綴り": _binder,
    "監査綴りの頁": _entry_page,
    "記入用紙": _blank,
    "操作の記録": lambda t, out: log_list.render(log_list.LogList(t, DAY, [[t] * 8] * 30), out),
    "早見カード": lambda t, out: quick_card.render(sender(t), t, out),
    "廃棄の記録": _disposals,
    "開示の一覧": _disclosure,
    "記録の一覧": _records,
    "活動ノート": _notebook,
    "集計の表": _crosstab,
    "月報": _report,
    "支払一覧": _payments,
}
