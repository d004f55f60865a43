"""The paper of the recovery key (予備のかぎ): made in memory, read again, on no disk."""

from io import BytesIO

from kashiwa_desktop.crypto.keys import RecoveryKey
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import recovery_sheet
from kashiwa_desktop.reports.finished.rereading import is_as_written
from kashiwa_desktop.reports.recovery_sheet import RecoverySheet
from kashiwa_desktop.services.printed import NOT_TRUE
from kashiwa_desktop.services.store import Store


def recovery_paper(store: Store, name: str, number: str, recovery: RecoveryKey) -> bytes:
    """Return the paper of a recovery key for an office of this name and number."""
    values = RecoverySheet(
        office=name,
        number=number,
        made_on=store.clock.today(),
        lines=recovery.words(),
        identity=recovery.secret,
        recipient=recovery.recipient,
        trial=store.is_trial,
    )
    data = BytesIO()
    made = recovery_sheet.render(values, data)
    if not is_as_written(data.getvalue(), made):
        raise RefusedError(NOT_TRUE, code="not_true")
    return data.getvalue()
