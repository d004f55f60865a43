"""What a power cut may come into: stories in steps, each of which ends with a person being told.

A step yields the files that are told to be whole from then on: on the stick, in the archive, as
予備の写し, as papers, as keys. The state of a store is what it must not lose of the rest.
"""

import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from unittest import mock

import pyrage

from faults import children, moments, trap
from faults.trap import Trap
from kashiwa_desktop.crypto import sealing
from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.crypto.sealing import WrongPassphraseError
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.copying import Copying
from kashiwa_desktop.services.safety.guarding import Guarding
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.recovering import ASIDE, Recovering
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage.swapping import journal_of
from office_world import AREAS, OCTOBER, WORDS, activity, cheap_words, moment

OLD = Path(__file__).parents[1] / "data" / "databases" / "v01-promoter.db"
OTHER_WORDS = "あたらしい あいことば"
LATER = "2026-11-20T10:00"
_COUNTED = ("draft", "sheet", "payment")


class Story:
    """``towns`` gives the office to tell it in; ``begin`` makes what has to be there before."""

    who = "P001"

    def __init__(self, towns):
        self.town = towns()
        self.begin(self.town)
        self.town.close()

    def begin(self, town):
        """Nothing has to be there."""

    def steps(self, town):
        raise NotImplementedError

    def open(self, town):
        return town.office(LATER, "職員 三") if self.who == "office" else town.pc(self.who, LATER)

    def state(self, town):
        """S, and how many rows there are of what S says nothing of."""
        store = self.open(town)
        with closing(sqlite3.connect(store.folder.store)) as file:
            rows = [file.execute(f"SELECT count(*) FROM {n}").fetchone()[0] for n in _COUNTED]
        return (Keeping(store).digest()[0], *rows)

    def first(self, town):
        """The state before the story."""
        return self.state(town)

    def lies(self, town):
        """What is wrong before anybody opens anything."""
        return []

    def comes_up(self, town):
        """What is wrong once the PC is up again and the program was opened."""
        return Keeping(self.open(town)).check()


class Save(Story):
    """A promoter's day: records, a correction, a form half filled in, a month closed, a copy."""

    def steps(self, town):
        recording = Recording(town.pc())
        (first,) = recording.add([activity(3)])
        yield []
        recording.add([activity(4), activity(5, private_note="覚え")])
        yield []
        recording.keep_draft("d", {"title": "書きかけ"})
        yield []
        recording.edit(first, {"title": "直した"})
        yield []
        Closing(town.pc()).close(OCTOBER)
        yield []
        made = Copying(town.pc()).at_close().file
        yield [made, made.with_suffix(".sha256")]


class Attach(Story):
    """A photograph is put beside a record."""

    def begin(self, town):
        (town.root / "写真.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 30)

    def steps(self, town):
        attaching = Attaching(town.pc())
        for _ in range(2):
            (taken,) = attaching.take_in([town.root / "写真.jpg"])
            yield [attaching.path_of(taken)]


class Submit(Story):
    """The month goes to the stick: 「抜いても大丈夫です」. Twice."""

    def begin(self, town):
        Recording(town.pc()).add([activity(3), activity(4)])
        Closing(town.pc()).close(OCTOBER)
        (town.root / "stick").mkdir()

    def steps(self, town):
        for _ in range(2):
            made = self.send(town)
            yield [made.file, *town.folder("P001").archive.iterdir()]

    def send(self, town):
        return Submitting(town.pc()).submit(OCTOBER, town.root / "stick")

    def comes_up(self, town):
        bad = super().comes_up(town)
        last = [path.name[-9:-5] for path in (town.root / "stick").glob("*.kssz")]
        again = self.send(town)
        if again.restored:
            bad.append("the cut was taken for a restored copy")
        if again.file.name[-9:-5] <= max(last, default=""):
            bad.append("a number was used twice")
        return bad


class TakeIn(Story):
    """The office takes three files in."""

    who = "office"

    def begin(self, town):
        self.files = town.months()

    def steps(self, town):
        for some in (self.files[:1], self.files[1:]):
            town.intake().take_in(some)
            yield list(town.folder().archive.iterdir())


class Print(Story):
    """The office prints what is approved, pays it, and prints the list."""

    who = "office"

    def begin(self, town):
        town.intake().take_in(town.months())
        Reviewing(town.office(staff="職員 二")).approve(OCTOBER, ["P001", "P002"])
        (town.root / "papers").mkdir()

    def steps(self, town):
        printing, papers = Printing(self.open(town)), town.root / "papers"
        yield [printing.honorarium(OCTOBER, None, papers / "支払の書類.pdf").file]
        paying, on = Paying(self.open(town)), moment(LATER).date()
        paying.pay(OCTOBER, ["P001"], on=on, method="振込", voucher="V-1")
        yield []
        yield [printing.payments(OCTOBER, papers / "支払一覧.pdf").file]
        printing.payments(OCTOBER, papers / "支払の書類.pdf")
        yield [papers / "支払の書類.pdf"]


class GoBack(Story):
    """A copy is made, work goes on, the copy is gone back to, work goes on."""

    def begin(self, town):
        Recording(town.pc()).add([activity(3)])

    def steps(self, town):
        copy = Keeping(town.pc()).back_up().file
        yield [copy, copy.with_suffix(".sha256")]
        Recording(town.pc()).add([activity(4)])
        yield []
        _, before = Keeping(town.pc()).restore(copy)
        yield [before.file, before.file.with_suffix(".sha256")]
        Recording(town.pc()).add([activity(5)])
        yield []


class Recover(Story):
    """記録を開けません: a copy in the place of a store of which only a journal can be read."""

    def begin(self, town):
        recording = Recording(town.pc())
        recording.add([activity(3), activity(4)])
        self.copy = Keeping(town.pc()).back_up().file.name
        recording.add([activity(6)])  # so that the journal is of another state than the copy
        folder = town.folder("P001")
        before = folder.store.read_bytes()
        with moments.at_sqlite_calls(Trap(only="write")) as seen:
            self.save(town)
        town.close()
        folder.store.write_bytes(before)

        def cut_off():
            with moments.at_sqlite_calls(Trap(seen.count - 1, trap.kill, only="write")):
                self.save(town)

        assert children.told(cut_off) == children.KILLED
        assert journal_of(folder.store).stat().st_size
        self.damaged = self.spoiled(before)
        folder.store.write_bytes(self.damaged)

    def steps(self, town):
        kept = self.put_back(town).kept
        yield [kept]
        Recording(town.pc()).add([activity(5)])
        yield []

    def spoiled(self, _data):
        """A picture in its place: SQLite cannot even lock it."""
        return b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40

    def save(self, town):
        Recording(town.pc()).add([activity(20 + n) for n in range(4)])

    def put_back(self, town):
        folder = town.folder("P001")
        return Recovering(folder, Clock(moment(LATER))).put_back(folder.copies / self.copy)

    def first(self, town):
        """Not even looked at: SQLite would play the journal back into the damaged file."""

    def open(self, town):
        try:
            return self.started(town)
        except StoreError as error:
            if error.code != "damaged":
                raise
        self.put_back(town)
        return self.started(town)

    def started(self, town):
        store = super().open(town)
        Keeping(store).look_over()
        Keeping(store).prove()
        return store

    def state(self, town):
        """Before anything was done there is none: what comes then is what the copy held."""
        try:
            return Keeping(self.started(town)).digest()[0]
        except StoreError:
            return None

    def lies(self, town):
        root = town.folder("P001").root
        here = [root / "store.db", *root.glob(f"{ASIDE}*")]
        whole = any(path.exists() and path.read_bytes() == self.damaged for path in here)
        return [] if whole else ["the damaged file is kept nowhere"]


class RecoverPages(Recover):
    """The same with a file that SQLite can lock: the copy goes into it page by page."""

    def spoiled(self, data):
        return data[:4096] + bytes(4096 * 3) + data[4096 * 4 :]


class Lift(Story):
    """A store of the first version is opened, and written into."""

    who = "old"

    def begin(self, town):
        town.folder("old").create()
        shutil.copy(OLD, town.folder("old").store)

    def steps(self, town):
        recording = Recording(town.pc("old"))
        yield [town.folder("old").store.with_name("store.db.v1")]
        recording.keep_draft("new", {"title": "書きかけ"})
        yield []

    def state(self, town):
        with closing(sqlite3.connect(town.folder("old").store)) as file:
            return file.execute("SELECT count(*) FROM draft").fetchone()[0]

    def comes_up(self, town):
        store = self.open(town)
        Keeping(store).prove()
        held = Keeping(store).digest()
        return [] if held == self.held(town) else ["records are gone"]

    def held(self, town):
        with closing(sqlite3.connect(OLD)) as file:
            count = file.execute("SELECT count(*) FROM revision").fetchone()[0]
        del town
        return ("c219c8bb8b451ce244bccb40ce693550ce8d45218b09598cc8daddd1eef6e401", count)


class NewPc(Story):
    """A promoter's new PC: it gets its keys, and the first record."""

    who = "new"

    def first(self, town):
        """There is nothing yet."""

    def steps(self, town):
        store = town.pc("new")
        yield []
        self.read(store, town)
        yield [store.folder.identity / "pc.key"]
        Recording(store).add([activity(3)])
        yield []

    def read(self, store, town):
        PromoterSetup(store).read(town.settings, "P001")

    def comes_up(self, town):
        bad = super().comes_up(town)
        store = self.open(town)
        if not Keeping(store).digest()[1]:
            self.read(store, town)
        PcIdentity.load(store.folder.identity)
        return bad


@contextmanager
def here_words():
    """While open, keys are locked and unlocked in this process, and at once."""
    with cheap_words(), mock.patch.object(sealing, "unlock", _unlock_here):
        yield


def _unlock_here(data, words):
    try:
        return pyrage.passphrase.decrypt(data, words)
    except pyrage.DecryptError as error:
        raise WrongPassphraseError from error


class NewOffice(Story):
    """An office begins, gets another 合言葉, and other keys."""

    who = "office2"

    def first(self, town):
        """There is nothing yet."""

    def open(self, town):
        return town.open("office2", LATER, "職員 一")

    def steps(self, town):
        store = self.open(town)
        yield []
        with here_words():
            setup = OfficeSetup(store)
            setup.begin("架空市社会福祉協議会", AREAS, WORDS)
            yield []
            Guarding(store).change_words(setup.unlock(WORDS), OTHER_WORDS)
            yield []
            Guarding(store).rotate(setup.unlock(OTHER_WORDS), OTHER_WORDS)
            yield list(store.folder.archive.iterdir())

    def state(self, town):
        store = self.open(town)
        if not Keeping(store).digest()[1]:
            return None
        for words in (WORDS, OTHER_WORDS):
            with here_words(), suppress(WrongPassphraseError):
                return OfficeSetup(store).unlock(words).signing.public, words
        return "no words open the keys"

    def comes_up(self, town):
        bad = super().comes_up(town)
        if not Keeping(self.open(town)).digest()[1]:
            with here_words():
                OfficeSetup(self.open(town)).begin("架空市社会福祉協議会", AREAS, WORDS)
        return bad


STORIES = [
    Save, Attach, Submit, TakeIn, Print, GoBack, Recover, RecoverPages, Lift, NewPc, NewOffice,
]  # fmt: skip
