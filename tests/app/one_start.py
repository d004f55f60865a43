"""One start of the program, as far as its lock: says what it got, and holds it until it is told.

Takes the folder, and the time at which all starts begin at once.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kashiwa_desktop.app.single import SingleStart
from kashiwa_desktop.errors import StoreError


def main():
    folder, at = Path(sys.argv[1]), float(sys.argv[2])
    app = QCoreApplication(["kashiwa-desktop"])
    single = SingleStart(folder)
    while time.time() < at:
        time.sleep(0.001)
    try:
        got = single.begin()
        if got and single._lock.error() != single._lock.LockError.NoError:
            got = f"without the lock: {single._lock.error()}"
    except StoreError as error:
        got = error.code
    sys.stdout.write(f"{got}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    single.end()
    del app


if __name__ == "__main__":
    main()
