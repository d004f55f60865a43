"""Reads files given by name with little memory and little time, and prints the verdict of each.

A process of its own, because limits on memory and time hold for a whole process (R32).
"""

import json
import re
import resource
import sys
from pathlib import Path

from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.crypto.sealing import ReceivingKey
from kashiwa_desktop.errors import AppError

MEMORY, SECONDS = 256 << 20, 2


def main():
    secret, *names = sys.argv[1:]
    key = ReceivingKey.from_text(secret)
    verdicts = {}
    for name in names:
        used = resource.getrusage(resource.RUSAGE_SELF)
        allowed = int(used.ru_utime + used.ru_stime) + SECONDS + 1
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
        try:
            reader.read(place.load(Path(name)), [key], reader.Expect())
        except AppError as error:
            verdicts[Path(name).name] = error.code
        else:
            verdicts[Path(name).name] = "accepted"
    sys.stdout.write(json.dumps({"verdicts": verdicts, "peak": peak()}))


def peak():
    """The most memory this program held, in bytes; ``ru_maxrss`` would count its parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


if __name__ == "__main__":
    main()
