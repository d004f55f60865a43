"""A PC that the office has answered: questions, a correction, a conflict, a predecessor's records.

Made from copies of the sample day's office and promoter, so that neither of them knows of it.
"""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.sample.world import SamplePromoter
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.succeeding import Succeeding

Open = Callable[[DataFolder, datetime], AbstractContextManager[Store]]

_ASKED = "参加された人数は12人でよいでしょうか。"
_CORRECTED = "参加人数を会議の記録に合わせて直しました。"


def build(
    root: Path, people: tuple[SamplePromoter, SamplePromoter], keys: OfficeKeys, opening: Open
) -> DataFolder:
    """Make ``root/replied``; ``people`` are the one who is answered and her predecessor elsewhere.

    ``opening`` opens a data folder at a moment.
    """
    mine, gone = people
    month = Month(2026, 9)
    office, pc = DataFolder(root / "asking"), DataFolder(root / "replied")
    shutil.copytree(root / "office", office.root)
    shutil.copytree(root / "promoter", pc.root)
    moment = datetime.fromisoformat("2026-10-28T10:00:00+09:00")
    with opening(pc, moment) as store:
        recording = Recording(store)
        first, second, third = (a.id for a in recording.records(month)[:3])
        recording.edit(third, {"attendees": 14, "place": "近隣センター 和室"}, next_version=True)
    with opening(office, moment) as store:
        returning = Returning(store)
        returning.ask(month, mine.promoter, first, _ASKED)
        returning.correct(mine.promoter, second, {"attendees": 18}, _CORRECTED)
        returning.correct(mine.promoter, third, {"attendees": 12}, _CORRECTED)
        names = (mine.promoter, mine.name, mine.kana)
        RosterService(store).add_promoter(NewPromoter(*names, gone.area_code, date(2026, 10, 1)))
        stick = root / "stick"
        stick.mkdir()
        files = [
            returning.return_file(mine.promoter, stick, keys).file,
            Succeeding(store).handover_file(gone.area_code, mine.promoter, stick, keys).file,
        ]
    with opening(pc, datetime.fromisoformat("2026-10-29T16:00:00+09:00")) as store:
        for file in files:
            Receiving(store).receive(file)
    disk.remove_tree(office.root)
    return pc
