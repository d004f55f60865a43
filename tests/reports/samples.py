"""Invented values for every paper, and the texts that papers find hard."""

from collections import Counter
from datetime import date
from typing import Any

from hypothesis import strategies as st

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports import activity_report, honorarium_sheet, payments_list
from kashiwa_desktop.reports.activity_report import ActivityLine, ActivityReport, Measure
from kashiwa_desktop.reports.honorarium_sheet import HonorariumSheet, PayLine
from kashiwa_desktop.reports.payments_list import Payment, PaymentsList

MONTH = Month(2026, 10)
ADDRESSEE = "社会福祉法人柏市社会福祉協議会 会長 ○○○○ 様"
RARE = "髙橋 﨑山 𠮷田 塚原 辻\U000e0100本 濵田 德永 ｶﾞｷﾞ 葛\U000e0100城 か\u3099ぎ ☑ ㈱㋿ 𩸽"
LONG = (
    "支えあい会議では、「買い物の困りごと」「ごみ出し」「見守り」の三つに分かれて話し合い（計24人）、"
    "町会・自治会・民生委員・包括の皆さんから多くの声をいただきました！？次回は移動販売車"
    "（週1回・10:00～11:30）の試行について、スーパー各店と相談します。"
)

_DONE = (
    ("network", "professional", "地域包括支援センターと情報交換", "柏中央近隣センター", 4),
    ("community", "local_meeting", "コアメンバーと次回の会議の準備", "近隣センター 会議室A", 7),
    ("other", "regular_meeting", "推進員定例会", "ウェルネス柏", 21),
    (
        "council",
        "exchange",
        "支えあい会議(第3回)「買い物」について",
        "近隣センター 多目的ホール",
        24,
    ),
    ("network", "business", "スーパー店長と見守り協力の相談", "○○スーパー柏店", 2),
    ("other", "area_officer", "地区担当と月1回の打合せ", "社会福祉協議会", 1),
)


def activity_lines(count: int) -> tuple[ActivityLine, ...]:
    return tuple(
        ActivityLine(date(2026, 10, 1 + at * 30 // count), *_DONE[at % 6]) for at in range(count)
    )


def a_report(count: int = 6, **others: Any) -> ActivityReport:
    lines = activity_lines(count)
    counts = Counter((line.category, line.type) for line in lines)
    values: dict[str, Any] = {
        "month": MONTH, "area": "柏中央", "name": "髙橋 花子", "kana": "タカハシ ハナコ",
        "addressee": ADDRESSEE, "check_code": "7K3M-Q2PX",
        "report_id": "01939f1e-7c4a-7cc2-9b0e-0c4f1a2b3c4d",
        "counts": {key: Measure(n, n * 6 + 1, n + 1) for key, n in counts.items()},
        "days": Measure(len({line.day for line in lines}), 38, 5),
        "attendees": Measure(59, 412, 51), "council_meetings": Measure(1, 3, 0), "lines": lines,
        "achievements": "スーパー2店舗から協力の申し出があった。",
        "proposals": "集いの場まで歩けない方への手立てが要る。",
        "plans": "11月12日(木)コアメンバー打合せ", "submitted": date(2026, 11, 2),
    }  # fmt: skip
    return activity_report.ActivityReport(**{**values, **others})


def a_sheet(**others: Any) -> HonorariumSheet:
    values: dict[str, Any] = {
        "month": MONTH, "area": "柏中央", "name": "髙橋 花子", "kana": "タカハシ ハナコ",
        "address": "柏市○○1丁目2番3号", "phone": "04-7100-0000", "addressee": ADDRESSEE,
        "number": "R8-10-001", "issued": date(2026, 11, 10),
        "lines": (PayLine("活動・報償費(月額)", 40000, "月額40,000円"),),
        "counts": {"council": 1, "network": 2, "community": 1, "other": 2}, "days": 5,
        "check_code": "7K3M-Q2PX", "pay_on": date(2026, 11, 20),
    }  # fmt: skip
    return honorarium_sheet.HonorariumSheet(**{**values, **others})


def a_payment(**others: Any) -> Payment:
    values: dict[str, Any] = {
        "area": "高田・松ヶ崎", "name": "𠮷田 辻\U000e0100子", "kana": "ヨシダ ツジコ",
        "yen": 40000, "check_code": "7K3M-Q2PX", "difference": 0, "approved": date(2026, 11, 9),
    }  # fmt: skip
    return payments_list.Payment(**{**values, **others})


def a_list(count: int = 21, **others: Any) -> PaymentsList:
    values: dict[str, Any] = {
        "month": MONTH, "office": "柏市社会福祉協議会",
        "payments": tuple(a_payment(yen=40000 - at) for at in range(count)),
        "made_by": "地区担当 ○○", "made_on": date(2026, 11, 10), "pay_on": date(2026, 11, 20),
        "account": "地域支えあい推進事業 委託費", "inquiry_number": "R8-123",
    }  # fmt: skip
    return payments_list.PaymentsList(**{**values, **others})


_MARKUP = (
    "<b>&amp;</b>", "<img src='file:///etc/passwd'/>", "<para>", "<onDraw/>", "&#x41;", "%s", "\\n",
)  # fmt: skip
_CONTROLS = ("\u202e", "\u2067", "\x00", "\x1b", "\u200b", "\ufeff", "\t", "\n", "\r\n", "\x1c")
_ODD = (
    "😀", "👨\u200d👩\u200d👧", "☑\ufe0f", "ש", "ع", "\ue000", "\U000f0000", "\ud800", "𫝆",
    "𠮷" * 9, "\U000e0100", "辻\U000e01ef", "\u3099", "e\u0301", "龍\ufe00", "塚\ufe00",
    "e\u0302\u0301", "\u2060",
)  # fmt: skip


def hard_texts(max_size: int = 60) -> st.SearchStrategy[str]:
    """Names, places and notes as nobody would wish them on a printer."""
    pieces = st.one_of(
        st.sampled_from([*RARE.split(), LONG[:30], "柏 花子", "○○近隣センター", *_MARKUP]),
        st.sampled_from([*_CONTROLS, *_ODD]),
        st.characters(codec=None),
        st.text("、。」）！？，．｡､｣「（『｢ーっ…", max_size=4),
        st.text("abcXYZ0123456789.,/-:@ ", max_size=12),
    )
    return st.lists(pieces, max_size=max_size // 4).map("".join)
