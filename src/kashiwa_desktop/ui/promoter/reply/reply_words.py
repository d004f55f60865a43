"""Sentences of 事務局からの返事: what a file brought, what is asked, where a month stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kashiwa_desktop.domain.asking import CONFLICT
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem

if TYPE_CHECKING:  # 今月 needs a sentence of these, and none of the parts that read files
    from kashiwa_desktop.services.travel.asked import Asked
    from kashiwa_desktop.services.travel.receiving import Arrival
    from kashiwa_desktop.services.travel.replying import ProofOfArrival


PREDECESSOR = "predecessor"
"""Key of the button that leads to 前任者の記録."""


def found_item(paths: Sequence[Path]) -> ProblemItem:
    """Offer to read what lies on a stick."""
    text = "USBメモリーに、まだ読んでいない事務局からのファイルが%s個あります。"
    return ProblemItem(text % len(paths), ((tuple(paths), "読み込む"),))


def arrival_item(arrival: "Arrival") -> ProblemItem:
    """Say what one file was, and what is new in it."""
    lines = [_headline(arrival), *_brought(arrival)]
    if arrival.outcome.conflicts:
        text = "・ちがいのある記録 %s件(下でおたずねします)"
        lines.append(text % arrival.outcome.conflicts)
    actions: tuple[tuple[object, str], ...] = ()
    if arrival.kind == "handover":
        actions = ((PREDECESSOR, "前任者の記録を見る"),)
    return ProblemItem("\n".join(lines), actions, "ok")


def refused_item(name: str, why: str) -> ProblemItem:
    """Say why a file was not read; nothing has changed then."""
    text = "%s は読み込めませんでした。%s\n記録はそのままで、何も変わっていません。"
    return ProblemItem(text % (name, why), (), "notice")


def _headline(arrival: "Arrival") -> str:
    name = {
        "return": "事務局からの返事",
        "setup": "設定ファイル",
        "transfer": "引っ越しファイル",
        "handover": "引継ぎファイル",
    }[arrival.kind]
    made = day_words(date.fromisoformat(arrival.made_on))
    if arrival.seen:
        text = "この%s(%sに作られたもの)は、もう読み込んであります。"
        return text % (name, made) + "新しいことはありません。"
    if arrival.is_late:
        text = (
            "%s(%sに作られたもの)を読み込みました。もっと新しいもの(%s)を先に読み込んで"
            "あるので、前に戻ることはありません。"
        )
        return text % (name, made, day_words(date.fromisoformat(arrival.newest)))
    text = f"{name}({made}に作られたもの)を読み込みました。"
    if arrival.outcome.state == "same":
        text += "新しいお願いはありません。"
    return text


def _brought(arrival: "Arrival") -> Iterator[str]:
    own = "・前任者の記録 %s件"
    resource = "・前任者の地域の資源 %s件"
    if arrival.kind != "handover":
        resource = "・地域の資源 %s件"
        own = "・このパソコンになかった自分の記録 %s件が戻りました"
    words = {
        "question": "・確認のお願い %s件",
        "correction": "・事務局が直した記録 %s件(直し方を確かめてください)",
        "return": "・もう一度提出するお願い %s件",
        "approved": "・承認された月 %s件",
        "withdrawn": "・承認を取り消された月 %s件",
        "decision": "・ちがいのあった記録で、決まったもの %s件",
        "settled": "・済んだ確認 %s件",
        "regular_meeting": "・推進員定例会のお知らせ %s件",
        "own": own,
        "resource": resource,
    }
    for about, text in words.items():
        if arrival.brought.get(about):
            yield text % arrival.brought[about]
    if arrival.brought.get("settings"):
        if arrival.news:
            yield "・設定が新しくなりました。変わったところ:"
            yield from (f"  {line}" for line in arrival.news)
        else:
            yield "・設定が新しくなりました(委嘱や締切は、前と同じです)"


def lead_words(asked: "Asked") -> str:
    """The one plain sentence of what is asked."""
    if asked.kind == CONFLICT:
        if len(asked.sides) == 2:
            return "内容が2とおりあります。どちらが事実に合っていますか。"
        text = "内容が%sとおりあります。どれが事実に合っていますか。"
        return text % len(asked.sides)
    lead = {
        "correction": "事務局がこのように直しました。",
        "return": f"{asked.title}について、もう一度提出してくださいとのお願いです。",
    }.get(asked.kind, "")
    said = f"事務局({asked.by})より: {asked.text}" if asked.text else ""
    return "\n".join(line for line in (lead, said) if line)


def side_titles(asked: "Asked") -> list[str]:
    """Return how each version is called; versions of one side are numbered."""
    names = {
        "before": "前の内容",
        "after": "事務局が直した内容",
        "now": "いまの内容",
        "office": "事務局の内容",
        "here": "自分の内容(このパソコンで書いたもの)",
        "other": "自分の内容(ほかのパソコンで書いたもの)",
    }
    roles = {side.role for side in asked.sides}
    if len(roles) < len(asked.sides) or (asked.kind == CONFLICT and len(roles) > 2):
        return [f"{n}. {names[side.role]}" for n, side in enumerate(asked.sides, 1)]
    return [names[side.role] for side in asked.sides]


def choice_words(asked: "Asked") -> list[str]:
    """Return the words of the button of each version of a conflict."""
    roles = [side.role for side in asked.sides]
    plain = len(roles) == 2 and roles[0] == "office" and roles[1] in ("here", "other")
    if plain:
        return ["事務局の内容にする", "自分の内容にする"]
    if sorted(roles) == ["here", "other"]:
        words = {
            "here": "このパソコンの内容にする",
            "other": "ほかのパソコンの内容にする",
        }
        return [words[role] for role in roles]
    return [f"{n}. の内容にする" for n in range(1, len(roles) + 1)]


def done_words(asked: "Asked") -> str:
    """Say in a line what became of something that was asked."""
    text = f"{asked.title}: {asked.text}" if asked.text else asked.title
    if asked.left:
        return text + "\n" + "事務局に確認することにしました。"
    answer = asked.answer
    if answer is None:
        return text + "\n" + "済みました。"
    words = {
        True: "この直し方でよい",
        False: "事実とちがう",
        None: "",
    }[answer.agrees]
    said = " – ".join(part for part in (words, answer.text) if part)
    return text + "\n" + f"お返事: {said}"


def receipt_item(receipt: "ProofOfArrival") -> ProblemItem:
    """Say of one month whether it is known to have arrived, and what became of it."""
    shown = receipt.view
    name = f"{shown.month.short()}(第{shown.version}版)"
    code = f"照合番号 {shown.code}"
    if receipt.told_on is None:
        place = "まだ届いたことを確かめられていません。"
        return ProblemItem(f"{name} {place} {code}", ())
    told = f"事務局に届きました({day_words(receipt.told_on)}の返事で確かめました)。"
    lines = [f"{name} {told} {code}"]
    if shown.changed_after_close:
        text = "締めたあとに%s件変わりました。次の版を提出してください。"
        lines.append(text % shown.changed_after_close)
        return ProblemItem("\n".join(lines))
    if shown.state == "approved":
        yen = sum(amount for _, amount in shown.honorarium)
        lines.append("承認されました。" + pay_words(receipt.pay_on, yen))
    if shown.state == "returned":
        lines.append("確認のお願いがあります。")
        return ProblemItem("\n".join(lines))
    return ProblemItem("\n".join(lines), (), "ok")


def pay_words(day: date | None, yen: int) -> str:
    """Name the planned day of payment; where there is none any more, say who knows it."""
    if not yen:
        return "この月のお支払いはありません。"
    if day is None:
        text = "お支払い %s円(日は、事務局におたずねください)"
        return text % f"{yen:,}"
    return f"お支払いの予定 {day_words(day)} {yen:,}円"


def day_words(day: date) -> str:
    """Return 「11月5日」."""
    return f"{day.month}月{day.day}日"
