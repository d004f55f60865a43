"""Ways past the border: what a store of an older version may hold, written as that one did."""

from contextlib import contextmanager
from unittest import mock

from kashiwa_desktop.domain import revision, schema
from kashiwa_desktop.services.office import roster
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.safety import guarding
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import Change, save
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning


@contextmanager
def no_border():
    """Save as versions before this one did: canonical, and nothing else looked at."""
    with (
        mock.patch.object(schema, "read_revision", revision.parse),
        mock.patch.object(roster, "is_number", return_value=True),
    ):
        yield


def put(store, content, parents=()):
    """Write one revision as it is."""
    with store.db.write() as tx:
        return save(store, tx, [Change(content, tuple(parents))])[0]


def digest(store):
    return Keeping(store).digest()


def hand_out_all(town, promoter="P001"):
    """Make every kind of file an office makes, and let the other side read them.

    A settings file and a return, read by the promoter's PC; a submission, read by the office; the
    office's journal; and a 予備の写し, opened again.
    """
    office, out = town.office(), town.out()
    settings = OfficeSetup(office).setup_file(out, town.keys).file
    pc = town.pc(promoter)
    PromoterSetup(pc).read(settings, promoter)
    back = Returning(office).return_file(promoter, out, town.keys).file
    received = Receiving(pc).receive(back)
    assert [f.state for f in received.files] != ["refused"], received
    sent = town.submit(promoter)
    taken = Intake(office, town.keys).take_in([sent])
    assert {f.state for f in taken.files} <= {"new", "newer", "same"}, taken
    guarding.journal(office, town.keys)
    for store in (office, pc):
        Keeping(store).back_up()
        assert Keeping(store).check() == []
