"""委託金(活動・報償費) 請求書 and 支払明細書: one sheet per person, appointment and month.

The upper part is the claim, the lower part says what is paid and why (PRODUCT.md §6, DOMAIN.md
§7c). The sums on the paper are made from its lines, so they cannot disagree with them. After a
payment the same sheet is a 追給 or a 戻入 and names the one it corrects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.code_list import SEED_WORDS
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.domain.yen_words import amount_text
from kashiwa_desktop.reports.parts.boxes import stamp_boxes
from kashiwa_desktop.reports.parts.page import (
    LEFT,
    MM,
    THICK,
    THIN,
    WIDTH,
    Flow,
    Footer,
    Made,
    Rule,
    fit,
    save,
)
from kashiwa_desktop.reports.parts.table import Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import (
    BODY,
    CELL,
    LABEL,
    SMALL,
    TINY,
    TITLE,
    Style,
)

CLAIM_TITLE = "委託金(活動・報償費)請求書"
STATEMENT_TITLE = "支払明細書"
CORRECTIONS = {"additional": "追給", "refund": "戻入"}
_BIG = Style("mincho", 11, 15)
_AMOUNT = Style("mincho", 21, 27)
_SUBTITLE = Style("mincho", 14, 19)
_NAME = Style("mincho", 12, 16)
_FORMULA = Style("mincho", 8.5, 11)
_ROW = 18.5  # points: the least height of a row
_BLANK_DAY = "令和    年    月    日"
_SUMS = {
    "honorarium": ("支給額", "源泉徴収額", "差引支払額"),
    "additional": ("追給額", "源泉徴収額", "差引支払額"),
    "refund": ("戻入額", "源泉徴収額の戻し", "差引戻入額"),
}
_TAX_TURNED = {"additional": "源泉徴収額(△は戻し)", "refund": "源泉徴収額の戻し(△は追加)"}
"""The same where tax runs against its usual way."""


@dataclass(frozen=True, slots=True)
class PayLine:
    """One line of what is paid: its name, how it was reckoned, and its yen (may be negative)."""

    label: str
    yen: int
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers for a claim without a seal (発行責任者, 担当者, 連絡先)."""

    responsible: str
    in_charge: str
    reach: str


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims in the promoter's place, as an heir; ``relation`` says why."""

    name: str
    kana: str = ""
    address: str = ""
    phone: str = ""
    relation: str = ""


def usual_categories() -> dict[str, str]:
    """Return the seed's words for the categories."""
    return SEED_WORDS.choices("category")


@dataclass(frozen=True, slots=True)
class HonorariumSheet:
    """Everything that stands on one sheet; yen are whole yen, ``counts`` are 回 by category code.

    ``guideline`` is the めやす of activities a month, printed as information only. ``kind`` is
    honorarium, additional (追給) or refund (戻入: yen that the promoter gives back); these two name
    in ``cites`` the sheet they correct. ``categories`` are their words on the month's last day.
    ``content_code`` stands for everything on the sheet.
    """

    month: Month
    area: str
    name: str
    kana: str
    address: str
    phone: str
    addressee: str
    number: str
    issued: date
    lines: Sequence[PayLine]
    counts: Mapping[str, int]
    days: int
    check_code: str
    withheld_yen: int = 0
    withheld_note: str = ""
    guideline: int = 6
    version: int = 1
    pay_on: date | None = None
    pay_into: str = "届出済みの口座"
    remarks: str = ""
    contact: Contact | None = None
    trial: bool = False
    kind: str = "honorarium"
    cites: str = ""
    amount_style: str = "arabic"
    content_code: str = ""
    claimant: Claimant | None = None
    boxes: Sequence[str] = ()
    categories: Mapping[str, str] = field(default_factory=usual_categories)

    @property
    def gross_yen(self) -> int:
        return sum(line.yen for line in self.lines)

    @property
    def net_yen(self) -> int:
        return self.gross_yen - self.withheld_yen

    @property
    def tax_alone(self) -> int:
        """Yen of tax in the upper part: what goes back, and tax alone, is asked for after tax."""
        as_handed = self.kind == "refund" or (self.kind == "additional" and self.gross_yen <= 0)
        return -self.withheld_yen if as_handed else 0

    @property
    def asked_yen(self) -> int:
        """Yen that the upper part asks for."""
        return self.gross_yen + self.tax_alone

    @property
    def purpose(self) -> str:
        plain = f"{self.month.label()}分 地域支えあい推進員 委託金(活動・報償費)"
        if not self.cites:
            return plain
        return f"{plain}の{CORRECTIONS[self.kind]}({self.cites} の訂正)"


@dataclass(frozen=True, slots=True)
class SheetForm:
    """How the office wants its sheets: titles, number of the form, with a claim, with a seal."""

    title: str = CLAIM_TITLE
    form_number: str = ""
    claim: bool = True
    seal: bool = True


def render(
    sheets: Sequence[HonorariumSheet], out: Path | BinaryIO, form: SheetForm | None = None
) -> Made:
    """Write the sheets as one PDF, in the order given, each counting its own pages."""
    form = form or SheetForm()
    labels = dict.fromkeys(f"{sheet.month.label()}分" for sheet in sheets)
    title = f"{'・'.join(dict.fromkeys(_title(s, form) for s in sheets))} {'・'.join(labels)}"
    return save(title, [fit(partial(compose, sheet, form)) for sheet in sheets], out)


def compose(sheet: HonorariumSheet, form: SheetForm, air: float) -> Flow:
    """Lay one sheet out: on one page unless its texts are very long."""
    footer = Footer(
        (
            sheet.area, f"{sheet.month.label()}分", f"第{sheet.version}版",
            f"照合番号 {sheet.check_code}", f"発行番号 {sheet.number}",
            f"内容番号 {sheet.content_code}" if sheet.content_code else "",
        ),
        sheet.trial,
    )  # fmt: skip
    flow = Flow(footer, f"{_title(sheet, form)} {sheet.number} {sheet.name}", air, form.form_number)
    if sheet.kind == "refund":
        _notice(flow, sheet, form)
    elif form.claim:
        _claim(flow, sheet, form)
    _statement(flow, sheet)
    return flow


def _title(sheet: HonorariumSheet, form: SheetForm) -> str:
    if sheet.kind == "refund":
        return f"{form.title.removesuffix('請求書')}戻入通知書"
    if not form.claim:
        return STATEMENT_TITLE
    if sheet.kind == "additional":
        return f"{form.title.removesuffix('請求書')}追給請求書"
    return form.title


def yen_text(yen: int) -> str:
    """40,000円; a negative amount as △1,000円."""
    return f"△{-yen:,}円" if yen < 0 else f"{yen:,}円"


def _claim(flow: Flow, sheet: HonorariumSheet, form: SheetForm) -> None:
    flow.gap(2 * MM)
    flow.write(_title(sheet, form), TITLE, align="center")
    flow.gap(3 * MM)
    flow.write(f"請求日 {_BLANK_DAY}", BODY, align="right")
    flow.write(sheet.addressee, _BIG)
    flow.gap(2.5 * MM)
    _claimant(flow, sheet, form)
    flow.gap(4 * MM)
    flow.write("下記のとおり請求します。", _BIG, x=LEFT + 5 * MM, width=WIDTH - 5 * MM)
    flow.gap(3 * MM)
    _amount(flow, sheet)
    flow.write(f"ただし、{sheet.purpose}として", BODY, align="center")
    flow.gap(3 * MM)
    flow.write("記", BODY, align="center")
    flow.gap(1 * MM)
    _claim_table(flow, sheet)
    flow.gap(2.5 * MM)
    flow.write(f"振込先  {sheet.pay_into}", BODY)
    flow.write("以上", BODY, align="right")
    _tear_line(flow)


def _notice(flow: Flow, sheet: HonorariumSheet, form: SheetForm) -> None:
    """Draw the upper part of a 戻入: the office asks for what was paid too much."""
    flow.gap(2 * MM)
    flow.write(_title(sheet, form), TITLE, align="center")
    flow.gap(3 * MM)
    flow.write(long_date(sheet.issued, weekday=False), BODY, align="right")
    flow.write(f"{sheet.name} 様", _BIG)
    flow.gap(2.5 * MM)
    flow.write(sheet.addressee.removesuffix(" 様"), _BIG, align="right")
    if sheet.contact:
        flow.write(f"担当 {sheet.contact.in_charge} {sheet.contact.reach}", BODY, align="right")
    flow.gap(4 * MM)
    text = "お支払いした額に訂正がありました。下記の額をお戻しくださいますようお願いします。"
    flow.write(text, _BIG, x=LEFT + 5 * MM, width=WIDTH - 5 * MM)
    flow.gap(3 * MM)
    _amount(flow, sheet)
    flow.write(f"ただし、{sheet.purpose}として", BODY, align="center")
    flow.gap(3 * MM)
    flow.write("記", BODY, align="center")
    flow.gap(1 * MM)
    _claim_table(flow, sheet)
    flow.gap(2.5 * MM)
    flow.write("お戻しの方法は、担当からご案内します。", BODY)
    flow.write("以上", BODY, align="right")
    _tear_line(flow)


def _claimant(flow: Flow, sheet: HonorariumSheet, form: SheetForm) -> None:
    """Draw the right-hand block of who claims; the seal stands beside the name."""
    who = sheet.claimant or Claimant(sheet.name, sheet.kana, sheet.address, sheet.phone)
    name = (Part(who.kana, TINY), Part(who.name, _NAME))
    rows = [
        Row(("請求者", "住所", who.address, "")),
        Row(("", "氏名", name, "㊞" if form.seal else "")),
        Row(("", "電話", who.phone, "")),
    ]
    if sheet.claimant:
        relation = f"推進員 {sheet.name} {who.relation}".rstrip()
        rows.append(Row(("", "続柄など", relation, "")))
    if not form.seal and sheet.contact:
        rows += [
            Row(("", "発行責任者", sheet.contact.responsible, "")),
            Row(("", "担当者", sheet.contact.in_charge, "")),
            Row(("", "連絡先", sheet.contact.reach, "")),
        ]
    x, mark = LEFT + 58 * MM, 9 * MM
    columns = (
        Column("", 16 * MM, "left", BODY),
        Column("", 19 * MM, "left", LABEL),
        Column("", LEFT + WIDTH - x - 35 * MM - mark, "left", BODY),
        Column("", mark, "center", _NAME),
    )
    Table(columns, rows, heads=False, open=True, least=_ROW).draw(flow, x)


def _amount(flow: Flow, sheet: HonorariumSheet) -> None:
    """Write the sum large and in the office's style, on a double rule."""
    flow.need(_AMOUNT.leading + 8)
    yen = sheet.asked_yen
    text = amount_text(yen, sheet.amount_style) if yen >= 0 else f"金{yen_text(yen)}"
    flow.write(text, _AMOUNT, align="center")
    inset = 45 * MM if len(text) <= 12 else 25 * MM
    page, left, right = flow.page, LEFT + inset, LEFT + WIDTH - inset
    for down, weight in ((1.0, THICK), (3.0, THIN)):
        page.rules.append(Rule(left, flow.y + down, right, flow.y + down, weight))
    flow.y += 8


def _claim_table(flow: Flow, sheet: HonorariumSheet) -> None:
    columns = (
        Column("内訳", WIDTH - 35 * MM, "left", BODY),
        Column("金額", 35 * MM, "right", BODY),
    )
    rows = [Row((line.label, yen_text(line.yen))) for line in sheet.lines]
    if sheet.tax_alone:
        more = sheet.tax_alone > 0 and sheet.kind == "refund"
        rows.append(Row((f"源泉徴収額の{'追加' if more else '戻し'}", yen_text(sheet.tax_alone))))
    total = Row(("合計", yen_text(sheet.asked_yen)), strong=True)
    Table(columns, rows, last=total, least=_ROW).draw(flow)


def _tear_line(flow: Flow) -> None:
    flow.gap(4 * MM)
    flow.need(20)
    rule = Rule(LEFT, flow.y, LEFT + WIDTH, flow.y, THIN, dash=True)
    flow.page.rules.append(rule)
    flow.gap(5 * MM)


def _statement(flow: Flow, sheet: HonorariumSheet) -> None:
    flow.need(90)
    flow.write(STATEMENT_TITLE, _SUBTITLE, align="center")
    flow.write(
        f"発行番号 {sheet.number}  発行日 {long_date(sheet.issued, weekday=False)}",
        SMALL, align="right",
    )  # fmt: skip
    flow.gap(1 * MM)
    _who(flow, sheet)
    flow.gap(2 * MM)
    _pay_table(flow, sheet)
    flow.gap(2 * MM)
    _count_table(flow, sheet)
    if sheet.remarks:
        flow.gap(2 * MM)
        label = Column("", 18 * MM, "center", LABEL, label=True)
        Table(
            (label, Column("", WIDTH - 18 * MM)), [Row(("備考", sheet.remarks))], heads=False
        ).draw(flow)
    if sheet.boxes:
        flow.gap(3 * MM)
        flow.need(23 * MM)
        flow.y += stamp_boxes(flow, sheet.boxes)


def _who(flow: Flow, sheet: HonorariumSheet) -> None:
    label = 18 * MM
    columns = (
        Column("", label, "center", LABEL, label=True), Column("", 70 * MM, "left", BODY),
        Column("", label, "center", LABEL, label=True),
        Column("", WIDTH - 70 * MM - 2 * label, "left", BODY),
    )  # fmt: skip
    pay_on = long_date(sheet.pay_on) if sheet.pay_on else "－"
    name = (Part(sheet.kana, TINY), Part(sheet.name, BODY))
    rows = (
        Row(("氏名", name, "地域", sheet.area)),
        Row(("対象月", f"{sheet.month.label()}分", "支払予定日", pay_on)),
    )
    Table(columns, rows, heads=False, least=_ROW).draw(flow)


def _pay_table(flow: Flow, sheet: HonorariumSheet) -> None:
    columns = (
        Column("項目", 52 * MM, "left", BODY),
        Column("計算", WIDTH - 87 * MM, "left", _FORMULA),
        Column("金額", 35 * MM, "right", BODY),
    )
    rows = [Row((line.label, line.formula, yen_text(line.yen))) for line in sheet.lines]
    gross, withheld, net = _SUMS[sheet.kind]
    if sheet.withheld_yen < 0:
        withheld = _TAX_TURNED[sheet.kind]
    rows += [
        Row((gross, "", yen_text(sheet.gross_yen)), strong=True),
        Row((withheld, sheet.withheld_note or "なし", yen_text(sheet.withheld_yen))),
    ]
    last = Row((net, "", yen_text(sheet.net_yen)), strong=True)
    Table(columns, rows, last=last, least=_ROW).draw(flow)


def _count_table(flow: Flow, sheet: HonorariumSheet) -> None:
    total = sum(sheet.counts.values())
    named = [
        *((label, f"{sheet.counts.get(code, 0)}回") for code, label in sheet.categories.items()),
        ("活動日数", f"{sheet.days}日"),
        ("活動回数(参考)", f"{total}/{sheet.guideline}回"),
    ]
    widths = [(WIDTH - 44 * MM) / 4] * 4 + [18 * MM, 26 * MM]
    columns = tuple(
        Column(name, width, "center", CELL) for (name, _), width in zip(named, widths, strict=True)
    )
    table = Table(columns, [Row([text for _, text in named])], least=_ROW)
    flow.need(table.tall(flow.air) + 0.7 * MM + TINY.leading)
    table.draw(flow)
    flow.gap(0.7 * MM)
    flow.write(f"活動回数は、めやす(月{sheet.guideline}回)に対する参考です。", TINY)
