"""What かぎとパソコン lets the worker do."""

from contextlib import suppress
from pathlib import Path

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.enrolling import Pc
from kashiwa_desktop.services.safety.rebuilding import Rebuilt
from kashiwa_desktop.services.travel.intake import Taken
from kashiwa_desktop.ui.office.guide import KeyServices


def change_words(services: KeyServices, old: str, new: str, _: Progress) -> None:
    services.guarding.change_words(services.ring.open(old), new)


def recover(services: KeyServices, text: str, words: str, _: Progress) -> None:
    """Make new keys with the envelope; until the window closes old files can be read too."""
    recovery = services.guarding.own_recovery(text)
    services.ring.hold(services.guarding.recover(recovery, words), recovery)


def renew(services: KeyServices, words: str, _: Progress) -> None:
    """Change to new keys under the same 合言葉."""
    old = services.ring.open(words)
    services.ring.hold(services.guarding.rotate(old, words))


def revoke(services: KeyServices, secrets: tuple[str, str, str], _: Progress) -> None:
    """Change to new keys under a new 合言葉; what the stolen ones sign counts no more."""
    words, new, text = secrets
    recovery = services.guarding.own_recovery(text)
    old = services.ring.open(words)
    services.ring.hold(services.guarding.rotate(old, new, recovery, revoked=True))


def try_recovery(services: KeyServices, text: str, _: Progress) -> int:
    return services.drill.prove(text)


def paper(services: KeyServices, text: str, _: Progress) -> bytes:
    return services.drill.paper(text)


def report(services: KeyServices, device: str, _: Progress, *, found: bool) -> Pc:
    """Mark a PC as lost or as found, and keep that in the archive where the keys are open."""
    pc = services.enrolling.report_lost(device, found=found)
    with suppress(AppError):  # it is reported; the next journal carries it
        services.ring.journal()
    return pc


def accept(services: KeyServices, file: str, reason: str, words: str, progress: Progress) -> Taken:
    """Take in a waiting file after a person asked the promoter."""
    progress.step("", 0, 0)
    keys = services.ring.open(words) if words else services.ring.keys
    if reason == "unknown_device":
        return services.enrolling.accept_new(file, keys)
    return services.enrolling.accept_waiting(Path(file), keys)


def rebuild(
    services: KeyServices, folder: Path, secrets: tuple[str, str], progress: Progress
) -> Rebuilt:
    """Read the archive again; ``secrets`` are the 合言葉 and the recovery words, or ''."""
    words, text = secrets
    recovery = services.guarding.own_recovery(text) if text else None
    found = services.rebuilding.run(folder, words, recovery, progress=progress)
    services.ring.open(words)
    return found
