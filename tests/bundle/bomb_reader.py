"""Reads files given by name with little memory, and prints the verdict and the cost of each.

A process of its own, because a limit on memory holds for a whole process (R32). A cost is how many
times the processor time it takes that unpacking takes which is allowed.
"""

import json
import re
import sys
import zlib
from functools import partial
from pathlib import Path

from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.container import MAX_PLAIN
from kashiwa_desktop.crypto.sealing import ReceivingKey
from kashiwa_desktop.errors import AppError
from posix_parts import resource
from ratios import least

MEMORY = 256 << 20
COST = 10
"""How many times the floor any file may take."""


def main():
    secret, times, *names = sys.argv[1:]
    key = ReceivingKey.from_text(secret)
    floor = least(partial(unpack, zlib.compress(bytes(MAX_PLAIN), 1)))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    found = {}
    for name in names:
        told = []
        cost = least(lambda: told.extend(verdict(key, name) for _ in range(int(times))), tries=1)  # noqa: B023
        found[Path(name).name] = (told[0], cost / floor)
    sys.stdout.write(json.dumps({"found": found, "peak": peak()}))


def unpack(packed):
    """The floor: what is allowed, piece by piece."""
    inflate = zlib.decompressobj()
    while packed:
        inflate.decompress(packed, 1 << 16)
        packed = inflate.unconsumed_tail


def verdict(key, name):
    try:
        reader.read(place.load(Path(name)), [key], reader.Expect())
    except AppError as error:
        return error.code
    return "accepted"


def peak():
    """The most memory this program held, in bytes; ``ru_maxrss`` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


if __name__ == "__main__":
    main()
