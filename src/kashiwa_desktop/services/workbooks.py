"""Writing a workbook into a file of the person's choosing, the same bytes on every system."""

from collections.abc import Sequence
from pathlib import Path

from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.excel import writer
from kashiwa_desktop.excel.writer import Table
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.printed import replace_file
from kashiwa_desktop.services.store import Store

_ENDING = ".xlsx"


def write(
    store: Store, tables: Sequence[Table], out: Path, progress: Progress | None = None
) -> None:
    """Write tables as .xlsx, whole or not at all, dated by the store's own clock.

    WrongUsageError for a name that says it is something else; CancelledError, PlaceError.
    """
    if out.suffix.lower() != _ENDING:
        text = f"Excelの表の名前は {_ENDING} で終わるようにお書きください: {out.name}"
        raise WrongUsageError(text, code="ending")
    progress = progress or Progress()
    data = writer.write(tables, store.clock.now(), progress)
    progress.step("書き込んでいます", 0, 0)
    replace_file(out, data)
