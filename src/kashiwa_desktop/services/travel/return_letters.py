"""事務局からの返事 for many: whose is due, what is new in each, and making them in one go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain import ruling
from kashiwa_desktop.domain.asking import CORRECTION, RETURN
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.months.approvals import Left
from kashiwa_desktop.services.store import Store, office_facts, roster
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.sending import Made
from kashiwa_desktop.storage import bundles, devices, revisions
from kashiwa_desktop.storage.database import Tx

STOPPED = "中止しました。"


@dataclass(frozen=True, slots=True)
class ReturnLetter:
    """One promoter's return: what is new since the last one, in words, and when that was made.

    Every return carries everything of its promoter, so that the last one is always enough.
    """

    promoter: str
    name: str
    areas: str
    news: tuple[str, ...]
    last_made: str
    has_pc: bool

    @property
    def is_due(self) -> bool:
        """Whether there is something that no return carries yet, and a PC that can read it."""
        return self.has_pc and bool(self.news)


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written and read back, and who was left out, with the reason."""

    made: tuple[tuple[str, Made], ...]
    left: tuple[Left, ...]


class ReturnLetters:
    """The returns of the promoters who are appointed in a month."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def letters(self, month: Month) -> list[ReturnLetter]:
        """Return a letter for each promoter, in the order of areas."""
        with self._store.db.read() as tx:
            office_facts(tx)
            people = roster(tx)
            wanted = dict.fromkeys(a.promoter for a in people.active(month))
            return [_letter(tx, people, promoter, month) for promoter in wanted]

    def write(
        self, promoters: Sequence[str], out: Path, keys: OfficeKeys, progress: Progress
    ) -> Written:
        """Write a return for each into a folder or onto a stick, each read back.

        One that cannot be written does not keep the others from it; 中止 stops before the next.
        """
        made: list[tuple[str, Made]] = []
        left: list[Left] = []
        returning = Returning(self._store)
        for n, promoter in enumerate(promoters):
            try:
                progress.step("返事のファイルを作っています", n, len(promoters))
                made.append((promoter, returning.return_file(promoter, out, keys)))
            except CancelledError:
                left += [Left(other, STOPPED) for other in promoters[n:]]
                break
            except AppError as error:
                left.append(Left(promoter, error.text))
        return Written(tuple(made), tuple(left))


def _letter(tx: Tx, people: Roster, promoter: str, month: Month) -> ReturnLetter:
    person = people.person(promoter)
    last = bundles.last_return(tx, promoter)
    mine = people.active(month, promoter)
    return ReturnLetter(
        promoter=promoter,
        name=person.name if person else promoter,
        areas="・".join(dict.fromkeys(people.area(a.area).name for a in mine)),
        news=tuple(news_in(revisions.not_returned(tx, promoter))),
        last_made=last.at if last else "",
        has_pc=any(d.state == "listed" for d in devices.of_promoter(tx, promoter)),
    )


def news_in(new: Iterable[Revision]) -> list[str]:
    """Return in words what these revisions tell a promoter; nothing where they tell him nothing."""
    held = list(new)
    office = [r for r in held if r.by.role == "office"]
    approvals = [r for r in office if r.key.type == "approval"]
    found = [f"{span}の受領" for span in _spans(r for r in held if _is_closing(r))]
    for state, word in (("approved", "承認"), ("withdrawn", "承認の取り消し")):
        spans = _spans(r for r in approvals if r.body["state"] == state)
        found += [f"{span}の{word}" for span in spans]
    counted = [(word, _count(office, word)) for word in _WORDS]
    return found + [f"{word} {n}件" for word, n in counted if n]


_WORDS = (
    "確認のお願い",
    "差戻し",
    "事務局で直した記録",
    "地域の資源",
    "ちがいの決定",
    "支払判断",
    "同じ活動かどうかの決定",
    "登録の内容",
)


def _count(office: Iterable[Revision], word: str) -> int:
    return len({r.key for r in office if _word(r) == word})


def _word(r: Revision) -> str:
    """Return what one revision of the office is counted as, '' for nothing of its own."""
    match r.key.type:
        case "question":
            if r.body.get("settled") or r.body.get("kind") == CORRECTION:
                return ""
            return "差戻し" if r.body.get("kind") == RETURN else "確認のお願い"
        case "resource" if not r.resolves:
            return "地域の資源"
        case "activity" | "month_report" | "answer" | "resource":
            return "ちがいの決定" if r.resolves else "事務局で直した記録"
        case "decision":
            return "支払判断" if r.body["kind"] == ruling.PAYMENT else "同じ活動かどうかの決定"
        case "settings":
            return "登録の内容"
    return ""


def _is_closing(r: Revision) -> bool:
    return r.key.type == "month_report" and r.by.role == "promoter" and r.body["state"] != "open"


def _spans(found: Iterable[Revision]) -> list[str]:
    """Return the months of these revisions, those in a row as 「4月分から9月分」."""
    months = sorted({Month.parse(r.month) for r in found if r.month})
    rows: list[list[Month]] = []
    for month in months:
        if rows and rows[-1][-1].next() == month:
            rows[-1].append(month)
        else:
            rows.append([month])
    return [
        row[0].short() if len(row) == 1 else f"{row[0].short()}から{row[-1].short()}"
        for row in rows
    ]
