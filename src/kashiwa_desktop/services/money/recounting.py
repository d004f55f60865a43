"""Every sheet reckoned once more from nothing but the files in the archive (RELIABILITY.md R54).

The lines come out of the sealed files as they arrived, not out of the store; the second calculator
reckons them; each sheet's own PDF is read again. What does not agree is said; nothing is written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from kashiwa_desktop.bundle.reader import Contents
from kashiwa_desktop.crypto.keys import OfficeKeys, OfficePublic
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports.finished.rereading import UnreadableError, sheet_sums
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.key_list import listed_keys
from kashiwa_desktop.services.money.second_opinion import NoOpinionError, SecondOpinion
from kashiwa_desktop.services.money.sheet_checks import otsu_text
from kashiwa_desktop.services.safety import rebuilding
from kashiwa_desktop.services.store import Store, office_facts
from kashiwa_desktop.storage import audit, payments, sheets
from kashiwa_desktop.storage.sheets import Sheet
from kashiwa_desktop.storage.testimony import Wrong


@dataclass(frozen=True, slots=True)
class Recount:
    """Files read, living sheets reckoned, their yen before tax, and what does not agree."""

    files: int
    sheets: int
    yen: int
    problems: tuple[Wrong, ...]


class Recounting:
    """Reads the archive with the office's keys; writes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def run(self, keys: OfficeKeys, progress: Progress | None = None) -> Recount:
        """Reckon all sheets that are neither cancelled nor without yen."""
        progress = progress or Progress()
        with self._store.db.read() as tx:
            office_facts(tx)
            held = [s for s in sheets.every(tx) if s.is_payable]
            paid = payments.every(tx)
            trusted = listed_keys(tx)
        files, lines, problems = self._read(keys, trusted, progress)
        of_line: dict[tuple[str, str], list[Sheet]] = {}
        for sheet in held:
            of_line.setdefault((sheet.month, sheet.appointment), []).append(sheet)
        opinions: dict[str, SecondOpinion] = {}
        for (month, appointment), mine in sorted(of_line.items()):
            if month not in opinions:
                opinions[month] = SecondOpinion(_of_month(lines, month), month, otsu_text())
            problems += _differences(opinions[month], appointment, mine)
        problems += [
            _wrong([s], f"の支払の記録が {paid[s.number].net:,}円です(書類は {s.net:,}円)。")
            for s in held
            if s.number in paid and paid[s.number].net != s.net
        ]
        return Recount(files, len(held), sum(s.gross for s in held), tuple(problems))

    def _read(
        self, keys: OfficeKeys, trusted: frozenset[str], progress: Progress
    ) -> tuple[int, set[bytes], list[Wrong]]:
        public = OfficePublic.load(self._store.folder.identity)
        signers = trusted | {public.key, public.recovery_key}
        lines: set[bytes] = set()
        problems: list[Wrong] = []
        files = rebuilding.archive_files(self._store.folder.archive)
        for n, path in enumerate(files):
            progress.step("保管したファイルを読んでいます", n, len(files))
            try:
                contents = rebuilding.contents_of(path, public.office, keys.reading, signers)
            except AppError as error:
                text = f"保管したファイル {path.name} が読めません({error.text})。"
                problems.append(Wrong(text))
                continue
            if not self._fits(contents):
                text = f"操作の記録が、保管したファイル {path.name} に署名した印と合いません。"
                problems.append(Wrong(text))
            lines |= {r.line for r in contents.revisions}
        return len(files), lines, problems

    def _fits(self, contents: Contents) -> bool:
        """Whether the log still says what it said when this file was signed."""
        head = contents.header.log
        if not head or log_heads.is_left(self._store.folder, head.n):
            return True
        with self._store.db.read() as tx:
            return audit.hash_at(tx, head.n) == head.hash


def _of_month(lines: set[bytes], month: str) -> Iterator[bytes]:
    """Yield what bears on a month: all settings, and its own lines."""
    for line in sorted(lines):
        said = msgspec.json.decode(line)
        if said["type"] == "settings" or said["month"] == month:
            yield line


def _wrong(mine: Sequence[Sheet], what: str) -> Wrong:
    text = f"{'、'.join(s.number for s in mine)} {what}"
    return Wrong(text, mine[0].promoter, mine[0].month, mine[0].number)


def _differences(
    opinions: SecondOpinion, appointment: str, mine: Sequence[Sheet]
) -> Iterator[Wrong]:
    try:
        said = opinions.of(appointment, mine[0].pay_on)
        read = [(s, sheet_sums(s.pdf)) for s in mine]
    except (NoOpinionError, UnreadableError):
        yield _wrong(mine, "は検算ができませんでした。")
        return
    told = (sum(s.gross for s in mine), sum(s.kept_back for s in mine))
    if told != (said.gross, said.withheld):
        yield _wrong(
            mine,
            f"は支給 {told[0]:,}円・源泉 {told[1]:,}円ですが、"
            f"保管したファイルからは {said.gross:,}円・{said.withheld:,}円です。",
        )
    for sheet, sums in read:
        if (sums.gross, sums.withheld) != (sheet.yen, sheet.withheld):
            yield _wrong([sheet], "の紙の上の金額が、記録とちがいます。")
