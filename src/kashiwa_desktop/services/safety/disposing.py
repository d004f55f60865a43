"""廃棄と開示: what is due, what was disposed of, proof of where it is gone, and what is kept."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.reader import Expect
from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Person, Roster
from kashiwa_desktop.domain.revision import RecordKey, Revision, derived_id
from kashiwa_desktop.domain.wording import search_key
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.reports import disclosure_list, disposal_record
from kashiwa_desktop.reports.disclosure_list import DisclosureRow
from kashiwa_desktop.reports.disposal_record import DisposalRow
from kashiwa_desktop.services.key_list import listed_keys
from kashiwa_desktop.services.office.settings_changes import patched, write
from kashiwa_desktop.services.printed import Printed, offer, sender_of
from kashiwa_desktop.services.safety import earlier_files
from kashiwa_desktop.services.safety.erasing import ERASABLE, Erasing, Kept
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import Store, note, office_facts, office_settings, roster
from kashiwa_desktop.storage import audit, bank_accounts, erased, revisions, sheets
from kashiwa_desktop.storage.database import Tx

KINDS = {
    "activity": "活動の記録", "month_report": "月の締め(成果・課題)", "question": "確認のお願い",
    "answer": "確認のお願いへの返事", "settings": "名簿・設定", "approval": "承認",
    "resource": "地域の資源", "decision": "ちがいの決定", "erase": "廃棄の記録",
    "sheet": "請求書・支払明細書", "bank": "振込先の口座", "log": "操作の記録",
}  # fmt: skip
_OFFICE_KEY = RecordKey(None, "settings", derived_id("settings", "office", "office"))
_ELSEWHERE = (
    "推進員さんのパソコンの自分用メモと書きかけは、事務局にはありません。",
    "予備の写しと保管したファイルには、ここにあるものと同じものが入っています。",
)


@dataclass(frozen=True, slots=True)
class Disposal:
    """One decision and the records it took the text of; ``at`` when it was done."""

    at: datetime
    decided_by: str
    done_by: str
    reason: str
    months: tuple[str, ...]
    records: int

    @property
    def what(self) -> str:
        """Of which months, in words."""
        years = sorted({Month.parse(m).fiscal_year for m in self.months if m})
        if len(self.months) == 1 and years:
            return f"{Month.parse(self.months[0]).label()}の活動の文"
        return f"{'・'.join(f'{year}年度' for year in years)}の記録の文"


@dataclass(frozen=True, slots=True)
class Trace:
    """Where erased text was looked for, and found; ``archive`` None where no keys were given."""

    erased: int
    in_store: int
    archive: tuple[str, ...] | None
    copies: tuple[str, ...]

    def words(self) -> list[str]:
        """Return the proof in sentences."""
        lines = [f"廃棄した版は{self.erased}件です。"]
        lines.append(
            "記録(データベース)には、ひとつも残っていません。"
            if not self.in_store
            else f"記録(データベース)に{self.in_store}件残っています。サポートに電話してください。"
        )
        if self.archive is not None:
            lines.append(
                "保管したファイルをすべて開いて確かめ、残っていません。"
                if not self.archive
                else f"保管したファイルに残っています: {'、'.join(self.archive)}"
            )
        lines.append(
            f"予備の写し{len(self.copies)}個には、まだ残っています。"
            if self.copies
            else "予備の写しには残っていません。"
        )
        lines.append("支払の書類(請求書・支払明細書)は別の保存期間なので、そのまま残ります。")
        lines.append("支払判断の理由は、支払の証拠なので残ります。")
        lines.append("別の場所に写したものには、写し直すまで残ります。")
        return lines


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is kept, in words; ``record`` is what would be erased."""

    kind: str
    promoter: str
    name: str
    record: str
    month: str
    text: str

    @property
    def can_be_erased(self) -> bool:
        return self.kind in ERASABLE

    @property
    def label(self) -> str:
        return KINDS.get(self.kind, self.kind)

    @property
    def whose(self) -> str:
        """「試験 花子 令和8年10月」."""
        month = Month.parse(self.month).label() if self.month else ""
        return f"{self.name} {month}".strip()


class Disposing:
    """What a person of the office sees and prints of disposal and disclosure."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep_years(self) -> int:
        """Return after how many whole fiscal years the text of activities is due to go."""
        with self._store.db.read() as tx:
            return office_settings(tx).keep_years

    def set_keep_years(self, years: int) -> None:
        """Set the retention period; RefusedError unless it is 1 to 100 years."""
        if not 1 <= years <= 100:
            raise RefusedError("保存期間は1年から100年までで入れてください。", code="years")
        with self._store.db.write() as tx:
            office_facts(tx)
            change = patched(tx, _OFFICE_KEY, {"kind": "office"}, {"keep_years": years})
            write(self._store, tx, "keep_years", [change], years=years)

    def due(self) -> list[tuple[int, int]]:
        """Return (fiscal year, activities with text) whose retention period is over."""
        this_year = Month.of(self._store.clock.today()).fiscal_year
        return Erasing(self._store).due(Month(this_year - self.keep_years(), 4))

    def disposals(self) -> list[Disposal]:
        """Return what was erased, decision by decision, the newest first."""
        with self._store.db.read() as tx:
            office_facts(tx)
            found: dict[tuple[str, ...], list[Revision]] = {}
            for r in revisions.shown(tx, "erase"):
                said = (r.at, r.body.get("reason", ""), r.body.get("decided_by", ""), r.by.who)
                found.setdefault(said, []).append(r)
        made = [_disposal(said, group) for said, group in found.items()]
        return sorted(made, key=lambda one: one.at, reverse=True)

    def trace(self, keys: OfficeKeys | None = None) -> Trace:
        """Look for everything that was ever erased; with ``keys`` every kept file is opened."""
        with self._store.db.read() as tx:
            office_facts(tx)
            gone = erased.all_ids(tx)
            held = revisions.held(tx, gone)
            files = {n for way in ("in", "out") for n in erased.archived_with(tx, gone, way)}
        archive = None if keys is None else tuple(self._still_in(sorted(files), gone, keys))
        return Trace(len(gone), len(held), archive, self._copies_with(gone))

    def clear_copies(self) -> int:
        """Take away the copies that still hold erased text; a new whole copy is made first."""
        with self._store.db.read() as tx:
            office_facts(tx)
            old = earlier_files.that_hold(self._store.folder, erased.all_ids(tx))
        Keeping(self._store).back_up("erased")
        for path in old:
            earlier_files.remove(path)
        with self._store.db.write() as tx:
            note(self._store, tx, "clear_copies", copies=len(old))
        return len(old)

    def find(self, text: str) -> list[Found]:
        """Return what is kept that names ``text``, records once each.

        Of people so named also what is no record: sheets, an account, lines of the log.
        """
        kept = Erasing(self._store).find(text)
        with self._store.db.read() as tx:
            people = roster(tx)
            beside = list(_beside_records(tx, people, text))
        seen: dict[tuple[str, str, str], Found] = {}
        for one in kept:
            seen[one.type, one.promoter, one.record] = _found(people, one, text)
        return [*seen.values(), *beside]

    def disposal_paper(self, keys: OfficeKeys | None) -> Printed:
        """廃棄の記録 with the proof of this moment."""
        rows = [
            DisposalRow(d.at.date(), d.what, d.records, d.decided_by, d.done_by, d.reason)
            for d in self.disposals()
        ]
        left = self.trace(keys).words()
        with self._store.db.read() as tx:
            sender = sender_of(self._store, tx)
        data = io.BytesIO()
        made = disposal_record.render(rows, left, sender, data)
        return offer(self._store, None, data.getvalue(), made)

    def disclosure_paper(self, text: str, found: Sequence[Found]) -> Printed:
        """保管しているものの一覧 for who asked what is kept about him."""
        rows = [DisclosureRow(f.label, f.whose, f.text) for f in found]
        with self._store.db.read() as tx:
            sender = sender_of(self._store, tx)
        data = io.BytesIO()
        made = disclosure_list.render(text, rows, _ELSEWHERE, sender, data)
        return offer(self._store, None, data.getvalue(), made)

    def today(self) -> date:
        return self._store.clock.today()

    def _copies_with(self, gone: Iterable[str]) -> tuple[str, ...]:
        found = earlier_files.that_hold(self._store.folder, set(gone))
        return tuple(path.name for path in found)

    def _still_in(self, files: Sequence[str], gone: set[str], keys: OfficeKeys) -> list[str]:
        with self._store.db.read() as tx:
            expect = Expect(office=office_facts(tx).office, signers=listed_keys(tx))
        found = []
        for name in files:
            try:
                data = place.load(self._store.folder.archive / name)
                contents = reader.read(data, keys.reading, expect)
            except AppError:
                found.append(name)  # what cannot be opened cannot be proved either
                continue
            if gone.intersection(r.id for r in contents.revisions):
                found.append(name)
        return found


def _disposal(said: tuple[str, ...], group: Sequence[Revision]) -> Disposal:
    at, reason, decided, who = said
    months = tuple(sorted({r.month or "" for r in group}))
    return Disposal(datetime.fromisoformat(at), decided, who, reason, months, len(group))


def _found(people: Roster, kept: Kept, text: str) -> Found:
    wanted = search_key(text)
    lines = [line for line in kept.text.splitlines() if line]
    named = next((line for line in lines if wanted in search_key(line)), "")
    rest = "\n".join(line for line in lines if line != named and not _is_code(line))
    name = _name(people, kept.promoter)
    words = f"{named}\n{rest}".strip()
    return Found(kept.type, kept.promoter, name, kept.record, kept.month, words)


def _is_code(line: str) -> bool:
    """Whether a line is an id, a date or a code: nothing that a person said."""
    return line.isascii()


def _name(people: Roster, promoter: str) -> str:
    person = people.person(promoter)
    return person.name if person else promoter


def _beside_records(tx: Tx, people: Roster, text: str) -> Iterable[Found]:
    wanted = search_key(text)
    named = [p for p in people.people if wanted in search_key(f"{p.name}\n{p.kana}")]
    for person in named:
        yield from _of_person(tx, person)


def _of_person(tx: Tx, person: Person) -> Iterable[Found]:
    whose = (person.promoter, person.name)
    for sheet in sheets.every(tx):
        if sheet.promoter == person.promoter:
            words = f"発行番号 {sheet.number} {sheet.net:,}円"
            yield Found("sheet", *whose, sheet.number, sheet.month, words)
    if person.promoter in bank_accounts.every(tx):
        words = (
            "事務局のかぎを使って、暗号にして保管してあります。"
            "全銀のファイルを作るときだけ開きます。"
        )
        yield Found("bank", *whose, person.promoter, "", words)
    lines = [e for e in audit.entries(tx) if e.detail.get("promoter") == person.promoter]
    if lines:
        words = f"番号 {person.promoter} を名指しする行 {len(lines)}件(だれが、いつ、何をしたか)"
        yield Found("log", *whose, person.promoter, "", words)
