"""One start of the program, as far as its lock: says what it got, and holds it until it is told.

Takes the folder. Says that it is ready, and begins with the first line it gets, as all others do.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from kashiwa_desktop.app.single import SingleStart
from kashiwa_desktop.errors import StoreError


def main():
    app = QCoreApplication(["kashiwa-desktop"])
    single = SingleStart(Path(sys.argv[1]))
    say("ready")
    sys.stdin.readline()
    try:
        got = single.begin()
        if got and single._lock.error() != single._lock.LockError.NoError:
            got = f"without the lock: {single._lock.error()}"
    except StoreError as error:
        got = error.code
    ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ended.activated.connect(app.quit)
    say(got)
    app.exec()  # as a window does: whoever comes later is answered
    single.end()


def say(word):
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
