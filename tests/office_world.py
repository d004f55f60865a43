"""A made office and the PCs of its promoters, in a folder that tests copy and then spoil.

Everything is done by the services themselves on real files. Only the locking of the office's keys
is cheap: scrypt with the smallest work factor instead of two seconds (``test_keys`` has the real).
"""

import base64
import hashlib
import hmac
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from unittest import mock

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kashiwa_desktop.crypto.keys import OfficeKeys, RecoveryKey, sealing
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.clock import JST, Chance, Clock
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import Store, open_folder
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.submitting import Submitting

OCTOBER = Month(2026, 10)
WORDS = "ためし の あいことば"
AREAS = [
    Area("A1", "見本台", "ミホンダイ", "北部", 1),
    Area("A2", "例ヶ丘", "レイガオカ", "北部", 2),
    Area("A3", "試町", "タメシチョウ", "南部", 3),
    Area("A4", "空地", "アキチ", "南部", 4),
]
PEOPLE = {
    "P001": ("試験 花子", "シケン ハナコ", "A1"),
    "P002": ("架空 太郎", "カクウ タロウ", "A2"),
    "P003": ("例示 髙﨑", "レイジ タカサキ", "A3"),
}
RECORDING, REVIEWING = "2026-10-31T17:00", "2026-11-05T10:00"
PRIVATE = "だれにも見せない覚え書き"


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def activity(day=14, **changes):
    """A record as PRODUCT.md §8 takes it."""
    return {
        "date": f"2026-10-{day:02d}",
        "category": "network",
        "type": "facility",
        "title": f"{day}日の打合せ",
        "content": "地域包括支援センターを訪ね、通いの場のことを相談した。",
        "attendees": 3,
        "minutes": 90,
        **changes,
    }


@dataclass
class World:
    """The folders of one office and its promoters; opened stores are closed at the end."""

    root: Path
    keys: OfficeKeys
    recovery: RecoveryKey
    office_id: str
    opened: list[Store] = field(default_factory=list)

    @property
    def settings(self):
        return self.root / "settings.kssc"

    @property
    def words_file(self):
        return self.root / "words.txt"

    def folder(self, name="office"):
        return DataFolder(self.root / name)

    def open(self, name, at, staff="", chance=None, **options):
        chance = chance or Chance("tests")
        store = open_folder(self.folder(name), Clock(moment(at)), chance, staff, **options)
        self.opened.append(store)
        return store

    def office(self, at=REVIEWING, staff="職員 一"):
        return self.open("office", at, staff)

    def pc(self, promoter="P001", at=RECORDING):
        return self.open(promoter, at)

    def intake(self, at=REVIEWING):
        return Intake(self.office(at), self.keys)

    def out(self):
        """A new empty folder, as a stick is."""
        folder = self.root / f"stick-{secrets.token_hex(4)}"
        folder.mkdir()
        return folder

    def month(self, promoter="P001", days=(1, 8, 15), month=OCTOBER, **close):
        """Record, close and submit; returns the file."""
        store = self.pc(promoter)
        if days:
            Recording(store).add([activity(d, private_note=PRIVATE) for d in days])
        Closing(store).close(month, **close)
        return self.submit(promoter, month)

    def submit(self, promoter="P001", month=OCTOBER):
        return Submitting(self.pc(promoter)).submit(month, self.out()).file

    def months(self):
        """One submission of every promoter."""
        return [self.month(promoter) for promoter in PEOPLE]

    def copy(self, root):
        shutil.copytree(self.root, root)
        return replace(self, root=root, opened=[])

    def close(self):
        for store in self.opened:
            store.close()
        self.opened.clear()


def make(root, people=None, areas=AREAS):
    """Make an office, enrol its promoters' PCs, and leave nothing else in it."""
    root.mkdir(parents=True, exist_ok=True)
    people = PEOPLE if people is None else people
    with cheap_words():
        office = open_folder(DataFolder(root / "office"), Clock(moment("2026-04-01T09:00")),
                             Chance("tests"), "職員 一")  # fmt: skip
        keys = OfficeKeys.generate()
        with mock.patch.object(OfficeKeys, "generate", return_value=keys):
            number, recovery = OfficeSetup(office).begin("試験市社会福祉協議会", areas, WORDS)
    world = World(root, keys, recovery, number, [office])
    for promoter, (name, kana, area) in people.items():
        new = NewPromoter(promoter, name, kana, area, date(2015, 4, 1))
        RosterService(office).add_promoter(new)
    OfficeSetup(office).setup_file(world.settings, world.keys)
    world.words_file.write_text(WORDS + "\n", encoding="utf-8")
    hello = []
    for promoter in people:
        store = world.pc(promoter, "2026-04-01T10:00")
        PromoterSetup(store).read(world.settings, promoter)
        hello.append(Submitting(store).submit(Month(2026, 4), world.out()).file)
    world.intake("2026-04-01T11:00").take_in(hello, accept_new_device=True)
    world.close()
    for stick in root.glob("stick-*"):
        shutil.rmtree(stick)
    return world


@contextmanager
def cheap_words():
    """While open, keys are locked with a work factor that costs nothing."""
    with mock.patch.object(sealing, "lock", lock_cheaply):
        yield


def lock_cheaply(data, words):
    """Return an age file for a 合言葉, by the age specification, with 2^4 as its work factor."""
    work = 4
    file_key, salt, nonce = (secrets.token_bytes(16) for _ in range(3))
    label = b"age-encryption.org/v1/scrypt" + salt
    wrap = hashlib.scrypt(words.encode(), salt=label, n=2**work, r=8, p=1, dklen=32)
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_b64(salt), work, _b64(body))
    mac = hmac.digest(_derived(file_key, b"header", b""), header, "sha256")
    payload = ChaCha20Poly1305(_derived(file_key, b"payload", nonce))
    sealed = payload.encrypt(bytes(11) + b"\1", data, None)
    return header + b" " + _b64(mac) + b"\n" + nonce + sealed


def _b64(data):
    return base64.b64encode(data).rstrip(b"=")


def _derived(key, info, salt):
    return HKDF(SHA256(), 32, salt or None, info).derive(key)
