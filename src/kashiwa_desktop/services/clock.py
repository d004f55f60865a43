"""Clock and chance, from outside: the system's, or ``KASHIWA_NOW`` and ``KASHIWA_SEED``.

A seed makes record ids and salts repeatable for tests and demonstrations; keys are never made
from it. Time is always Japanese time, whatever the PC is set to.
"""

import hashlib
import secrets
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from kashiwa_desktop.errors import WrongUsageError

JST = timezone(timedelta(hours=9), "JST")


class Clock:
    """What time it is. ``fixed`` is the one moment that a test or a demonstration lives in."""

    def __init__(self, fixed: datetime | None = None) -> None:
        self._fixed = fixed

    def now(self) -> datetime:
        moment = datetime.now(UTC) if self._fixed is None else self._fixed
        return moment.astimezone(JST).replace(microsecond=0)

    def today(self) -> date:
        return self.now().date()

    def text(self) -> str:
        """Return the moment as it is written into revisions: ``2026-10-14T10:05:00+09:00``."""
        return self.now().isoformat()

    @property
    def is_real(self) -> bool:
        return self._fixed is None


class Chance:
    """Where ids and salts come from: the system's randomness, or a seed with its context.

    With a seed, every draw is a hash of the seed, of what is being written and of how much the
    store already holds, so that two stores do not draw the same id for different records.
    """

    def __init__(self, seed: str | None = None) -> None:
        self._seed = seed
        self._drawn = 0

    @property
    def is_real(self) -> bool:
        return self._seed is None

    def token(self, size: int, *context: object) -> bytes:
        """Return ``size`` (at most 32) bytes."""
        if self._seed is None:
            return secrets.token_bytes(size)
        self._drawn += 1
        text = "\n".join(map(str, ("kashiwa-sasaeai seed 1", self._seed, self._drawn, *context)))
        return hashlib.sha256(text.encode()).digest()[:size]

    def salt(self, *context: object) -> str:
        return self.token(16, "salt", *context).hex()

    def record_id(self, now: datetime, *context: object) -> str:
        """Return a UUIDv7 (RFC 9562): the moment in milliseconds, then chance."""
        stamp = int(now.timestamp() * 1000).to_bytes(6, "big")
        raw = bytearray(stamp + self.token(10, "id", *context))
        raw[6] = raw[6] & 0x0F | 0x70
        raw[8] = raw[8] & 0x3F | 0x80
        return str(uuid.UUID(bytes=bytes(raw)))


def from_environment(environment: Mapping[str, str]) -> tuple[Clock, Chance]:
    """Read ``KASHIWA_NOW`` (ISO time; without a zone it is Japanese time) and ``KASHIWA_SEED``."""
    text = environment.get("KASHIWA_NOW")
    fixed = None
    if text:
        try:
            fixed = datetime.fromisoformat(text)
        except ValueError as error:
            raise WrongUsageError(f"KASHIWA_NOW の時刻が読めません: {text}") from error
        if fixed.tzinfo is None:
            fixed = fixed.replace(tzinfo=JST)
    return Clock(fixed), Chance(environment.get("KASHIWA_SEED") or None)
