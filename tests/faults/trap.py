"""A trap: counts the moments of a story, and does something at the N-th of them."""

import errno
import os

from posix_parts import SIGKILL


class Trap:
    """``act`` is called at moment ``at`` (1, 2, …), with ``onwards`` at every later one too.

    It may never come back (a kill), or return an errno with which that call then fails. ``only``
    leaves out the moments whose name does not hold it.
    """

    def __init__(self, at=0, act=None, *, onwards=False, only=""):
        self.at = at
        self.act = act
        self.onwards = onwards
        self.only = only
        self.names = []

    @property
    def count(self):
        return len(self.names)

    @property
    def sprang(self):
        return 0 < self.at <= self.count

    def step(self, name):
        """One moment has come; returns the errno to fail with, 0 to go on."""
        if self.only not in name:
            return 0
        self.names.append(name)
        if self.count == self.at or (self.onwards and self.sprang):
            return self.act() or 0
        return 0


def kill():
    """Die at once, as when the plug is pulled from the process: nothing is tidied up."""
    os.kill(os.getpid(), SIGKILL)


def failing(number):
    """The call fails with this errno."""
    return lambda: number


FULL, BROKEN, READ_ONLY, FORBIDDEN, QUOTA = map(
    failing, (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT)
)
