"""確認する and 返事のファイル: their services, made for the office's window."""

from functools import partial
from pathlib import Path

from kashiwa_desktop import settings
from kashiwa_desktop.app.preferences import keep
from kashiwa_desktop.services.checking.look_alikes import LookAlikes
from kashiwa_desktop.services.checking.review_queue import ReviewQueue
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.kept_words import KeptWords
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.papers.asking_papers import AskingPapers
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.return_letters import ReturnLetters
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.district.check.check_acts import CheckDesk
from kashiwa_desktop.ui.district.check.check_page import CheckPage, LetterKeys
from kashiwa_desktop.ui.district.returns.return_page import ReturnDesk, ReturnPage
from kashiwa_desktop.ui.jobs import Jobs


def check_desk(store: Store) -> CheckDesk:
    """Return the services of 確認する."""
    return CheckDesk(
        queue=ReviewQueue(store),
        reviewing=Reviewing(store),
        returning=Returning(store),
        deciding=Deciding(store),
        look_alikes=LookAlikes(store),
        kept=KeptWords(store, "check"),
        clock=store.clock,
    )


def make_check(store: Store, jobs: Jobs) -> CheckPage:
    """Return screen 22; whether letter keys work is kept with the look of this PC."""
    file = store.folder.settings_file
    letters = LetterKeys(partial(_letter_keys, file), partial(_keep_letter_keys, file))
    return CheckPage(check_desk(store), jobs, letters)


def make_returns(store: Store, ring: KeyRing, jobs: Jobs) -> ReturnPage:
    """Return screen 23; ``ring`` is opened once for all pages."""
    desk = ReturnDesk(
        letters=ReturnLetters(store),
        ring=ring,
        asking=AskingPapers(store),
        papers=OfficePapers(store),
        sticks=Sticks(),
        clock=store.clock,
        releasing=Releasing(store),
    )
    return ReturnPage(desk, jobs)


def _letter_keys(file: Path) -> bool:
    return settings.load(file).letter_keys


def _keep_letter_keys(file: Path, on: bool) -> None:  # noqa: FBT001 - a value, not a switch
    keep(file, letter_keys=on)
