"""Stories told in forked children of a warm parent, so that they can be killed cheaply.

The parent holds no open store while it forks; the child never comes back into the test.
"""

import itertools
import os
import random
import signal
import traceback
from dataclasses import dataclass, field

from faults import trap as traps
from faults.trap import Trap
from posix_parts import SIGALRM, SIGKILL

KILLED, STRUCK = -SIGKILL, -SIGALRM


@dataclass
class Swept:
    """What a sweep found: how many kills, at what moments, and what was wrong after which."""

    kills: int = 0
    finished: int = 0
    bad: list[str] = field(default_factory=list)
    moments: int = 0


def told(story):
    """Tell the story in a child; returns its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            story()
            code = 0
        except BaseException:  # noqa: BLE001 - it must not come back into the test
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at_every_moment(fresh, story, check, watch, *, stride=1):
    """Kill the story at moment 1, 1 + stride, … until it comes to its end.

    ``fresh()`` makes the place that ``story`` and ``check`` get; ``check`` returns what is wrong.
    """
    swept = Swept()
    for at in itertools.count(1, stride):
        place = fresh()

        def trapped(place=place, at=at):
            with watch(Trap(at, traps.kill)):
                story(place)

        code = told(trapped)
        swept.bad += [f"moment {at}: {text}" for text in check(place)]
        if code == 0:
            swept.finished += 1
            return swept
        if code != KILLED:
            swept.bad.append(f"moment {at}: ended with {code}")
            return swept
        swept.kills += 1
        swept.moments = at
    return None


def struck_at_random(fresh, story, check, times, span, seed=1):
    """Strike the story ``times`` times after a random part of ``span`` (shortest, longest), in s.

    The blow is SIGALRM without a handler: like SIGKILL it ends the process between two machine
    instructions, inside SQLite and the kernel's calls too.
    """
    swept = Swept()
    rng = random.Random(seed)
    for n in range(times):
        place = fresh()
        seconds = rng.uniform(*span)

        def timed(place=place, seconds=seconds):
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))
            story(place)
            signal.setitimer(signal.ITIMER_REAL, 0)

        code = told(timed)
        if code == STRUCK:
            swept.kills += 1
        elif code == 0:
            swept.finished += 1
        else:
            swept.bad.append(f"blow {n}: ended with {code}")
        swept.bad += [f"blow {n} after {seconds:.4f} s: {text}" for text in check(place)]
    return swept
