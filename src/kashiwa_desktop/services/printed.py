"""What comes of making a paper: its file, its pages, its sheets; and writing it whole or not."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop import disk
from kashiwa_desktop.bundle import place
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.reports.finished import binding, rereading
from kashiwa_desktop.reports.parts.heading import Sender
from kashiwa_desktop.reports.parts.page import Made
from kashiwa_desktop.services.store import Store, office_settings
from kashiwa_desktop.storage import sheets
from kashiwa_desktop.storage.database import Tx

PREVIEW = "preview.pdf"
NOT_TRUE = "作った書類を読み直したところ、内容が合いませんでした。書類は作っていません。"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a printed sheet says, for the record: yen in yen, below zero for a 戻入."""

    promoter: str
    number: str
    yen: int
    code: str
    kind: str = "honorarium"
    again: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper that was made: where, how long, which sheets, and characters no font has."""

    file: Path
    pages: int
    sheets: tuple[SheetFacts, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def total_yen(self) -> int:
        return sum(sheet.yen for sheet in self.sheets)


def offer(
    store: Store, out: Path | None, data: bytes, made: Made, of: Iterable[SheetFacts] = ()
) -> Printed:
    """Read a finished PDF again and write it; without ``out`` it is a preview in the data folder.

    RefusedError where it does not say, page for page, what was written: then nothing is offered.
    """
    if not rereading.is_as_written(data, made):
        raise RefusedError(NOT_TRUE, code="not_true")
    path = out or store.folder.root / PREVIEW
    replace_file(path, data)
    return Printed(path, made.pages, tuple(of), tuple(made.missing))


def offer_bound(
    store: Store,
    out: Path | None,
    parts: Iterable[binding.Bound],
    title: str,
    *,
    duplex: bool = False,
    numbered: str = "",
) -> Printed:
    """Bind papers into a file while they come, read it again, and offer it as ``offer`` does.

    RefusedError where the finished file does not hold exactly its parts.
    """
    path = out or store.folder.root / PREVIEW
    with whole_file(path) as file:
        bound = binding.bind(parts, file, title, duplex=duplex, numbered=numbered)
        if not binding.holds(file, bound):
            raise RefusedError(NOT_TRUE, code="not_true")
    return Printed(path, bound.pages)


def kept_pdfs(store: Store, numbers: Sequence[str]) -> Iterator[bytes]:
    """Return the PDFs of issued sheets in this order, as they were kept, one by one.

    The store is free again in between, however long the paper takes that they go into.
    """
    for at in range(0, len(numbers), sheets.AT_ONCE):
        some = numbers[at : at + sheets.AT_ONCE]
        with store.db.read() as tx:
            found = sheets.pdfs(tx, some)
        yield from (found[number] for number in some)


def in_words(error: OSError) -> PlaceError:
    """Return what the system refused of a place or a name, as it is told to a person."""
    return place.in_words(error)


def replace_file(path: Path, data: bytes) -> None:
    """Write a paper whole or not at all, in the place of an older one; PlaceError in words."""
    with whole_file(path) as file:
        file.write(data)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that takes the place of an older one at the end, and only if all went well.

    PlaceError in words where it cannot be written, or the older one is open in another program.
    """
    part = path.with_name(path.name + ".part")
    try:
        place.still_there(path)
        with part.open("w+b") as file:
            yield file
        disk.flush(part)
        place.still_there(path)
        disk.replace(part, path)
    except FileNotFoundError as error:
        raise place.in_words(error) from error
    except OSError as error:
        if part.exists() and disk.is_held(error, path):
            text = f"{path.name} は、ほかのソフトで開いています。閉じてからもう一度お試しください。"
            raise PlaceError(text, code="open_elsewhere") from error
        text = f"{path.name} に書き込めません。場所と空きを確かめて、もう一度お試しください。"
        raise PlaceError(text, code="cannot_write") from error
    finally:
        disk.forget(part)


def addressee(office: Office, chair: str) -> str:
    """社会福祉法人柏市社会福祉協議会 会長 ○○○○ 様; the name is left open where it is not set."""
    return f"{office.full_name()} 会長 {chair or '　　　　　　'} 様"


def sender_of(store: Store, tx: Tx) -> Sender:
    """Return who makes a paper, for its footer."""
    name = office_settings(tx).name
    return Sender(name, store.clock.today(), store.staff, store.is_trial)
