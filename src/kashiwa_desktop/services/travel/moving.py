"""パソコンの引っ越し: which PC another file is made for, and how a new PC makes itself known.

A PC's key to receive with is too long to be read aloud, so it travels on a stick as a text file;
its eight-digit 引っ越しの番号 is what a person compares on the two screens.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.bundle import place
from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.services.store import Store, promoter_facts
from kashiwa_desktop.services.travel.admitting import device_number
from kashiwa_desktop.services.travel.sending import Made
from kashiwa_desktop.services.travel.submitting import Submitting, restored_notice

_FIRST_LINE = "地域支えあい活動記録 引っ越しの番号"
_PROMOTER = re.compile(r"^推進員 (.+)$", re.MULTILINE)
_KEY = re.compile(r"\bage1[02-9ac-hj-np-z]{58}\b")
_FILE = "kashiwa-pc-{number}.txt"


@dataclass(frozen=True, slots=True)
class OtherPc:
    """Another PC of this promoter: its key to receive with, and the number to compare."""

    recipient: str
    number: str


class Moving:
    """Between two PCs of one promoter, and from a new PC to the office."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._submitting = Submitting(store)

    def promoter(self) -> str:
        """Return whose PC this is."""
        with self._store.db.read() as tx:
            return promoter_facts(tx).promoter

    def restored(self) -> str:
        """Return the sentence of a store that went back or is a copy, or ''."""
        return restored_notice(self._store)

    def office_number(self) -> str:
        """Return the 確認番号 of this PC, which the office asks for over the telephone."""
        return device_number(self._identity().device)

    def moving_number(self) -> str:
        """Return the 引っ越しの番号 of this PC."""
        return moving_number(self._identity().receiving.recipient)

    def write_number(self, folder: Path) -> Path:
        """Write this PC's number into a folder (a stick), for the other PC to read."""
        recipient = self._identity().receiving.recipient
        number = moving_number(recipient)
        lines = [_FIRST_LINE, f"推進員 {self.promoter()}", f"番号 {number}", recipient, ""]
        path = place.free_name(folder / _FILE.format(number=number.replace(" ", "")))
        place.save_verified("\r\n".join(lines).encode("utf-8-sig"), path, lambda _: None)
        return path

    def others_on(self, folders: Sequence[Path]) -> list[OtherPc]:
        """Return the other PCs whose numbers lie in these folders, each once."""
        own = self._identity().receiving.recipient
        found: dict[str, OtherPc] = {}
        for path in _number_files(folders):
            try:
                other = self.read_number(path)
            except AppError:
                continue
            if other.recipient != own:
                found[other.recipient] = other
        return list(found.values())

    def read_number(self, path: Path) -> OtherPc:
        """Read a number that another PC wrote; RefusedError for any other file or person."""
        data = place.load(path)
        text = data.decode("utf-8-sig", errors="replace")
        key, promoter = _KEY.search(text), _PROMOTER.search(text)
        if not text.startswith(_FIRST_LINE) or key is None or promoter is None:
            raise RefusedError(
                f"引っ越しの番号のファイルではありません: {path.name}", code="number"
            )
        if promoter.group(1).strip() != self.promoter():
            raise RefusedError("ほかの方のパソコンの番号です。", code="other_person")
        return OtherPc(key.group(), moving_number(key.group()))

    def send_to(self, other: OtherPc, out: Path) -> Made:
        """Write the 引っ越しファイル for the other PC."""
        return self._submitting.transfer(other.recipient, out)

    def introduce(self, out: Path) -> Made:
        """Write a submission by which the office comes to know this PC; it may hold no record."""
        return self._submitting.submit(Month.of(self._store.clock.today()), out)

    def _identity(self) -> PcIdentity:
        return PcIdentity.load(self._store.folder.identity)


def moving_number(recipient: str) -> str:
    """Return eight digits that follow from a PC's key to receive with."""
    digest = int(hashlib.sha256(recipient.encode()).hexdigest(), 16)
    digits = f"{digest % 10**8:08d}"
    return f"{digits[:4]} {digits[4:]}"


def _number_files(folders: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for folder in folders:
        try:
            found += sorted(folder.glob(_FILE.format(number="*")))
        except OSError:
            continue  # a stick that was pulled
    return found
