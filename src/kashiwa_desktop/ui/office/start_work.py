"""What 事務局の用意 lets the worker do."""

from pathlib import Path

from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.beginning import Beginning, Prepared
from kashiwa_desktop.services.safety.bringing_back import BringingBack, BroughtBack, Remains


def areas(beginning: Beginning, file: Path | None, _: Progress) -> list[Area]:
    return beginning.areas(file)


def prepare(
    beginning: Beginning, name: str, areas: list[Area], passphrase: str, _: Progress
) -> Prepared:
    return beginning.prepare(name, areas, passphrase)


def paper(beginning: Beginning, prepared: Prepared, _: Progress) -> bytes:
    return beginning.paper(prepared)


def finish(beginning: Beginning, prepared: Prepared, passphrase: str, _: Progress) -> str:
    return beginning.finish(prepared, passphrase)


def look(service: BringingBack, folder: Path, _: Progress) -> Remains:
    return service.look(folder)


def bring_back(
    service: BringingBack,
    remains: Remains,
    secrets: tuple[str, str],
    progress: Progress,
    *,
    stolen: bool,
) -> BroughtBack:
    """Bring it back; ``secrets`` are the new 合言葉 and the recovery words."""
    passphrase, words = secrets
    return service.run(remains, passphrase, words, progress, stolen=stolen)
