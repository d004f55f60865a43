"""One window for one data folder: a second start raises the first, gives it its files, and ends.

A lock left behind by a crash, by another PC or under a number that another process has now
(RELIABILITY.md R41) stops nobody: whoever is alive holds it with the system, and answers.
"""

import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from kashiwa_desktop import windows
from kashiwa_desktop.errors import StoreError

LOCK = "window.lock"
_BUSY = (
    "前の画面がまだ閉じていません。少し待ってから、もう一度お開きください。"
    "続くときは、ほかの人のサインインで開いたままになっていないかをご確認ください。"
)
_PATIENCE, _PAUSE = 1.0, 0.05
"""Seconds: another start may have the lock and not yet listen, or be about to go."""
_ANSWER_MS = 1000
_NO_AGE = 0  # a lock whose process lives is never too old


class SingleStart(QObject):
    """Holds the lock of a folder; ``raise_asked`` comes when another start found it taken.

    ``files_given`` brings the files that it was to open.
    """

    raise_asked = Signal()
    files_given = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(_NO_AGE)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heed)
        self._name = _name(folder)

    def begin(self, files: Sequence[Path] = ()) -> bool:
        """Take the folder; False where another window has it.

        That one is then asked to come up, and to open ``files``. A folder that nobody can write to
        needs no lock. StoreError (busy) where somebody holds the lock and does not answer.
        """
        until = time.monotonic() + _PATIENCE
        while not self._lock.tryLock(0):
            if self._lock.error() != QLockFile.LockError.LockFailedError:
                return True
            if self._hand_over(files):
                return False
            if time.monotonic() > until:
                # never one whose process lives: that one holds the file with the system
                if not (self._lock.removeStaleLockFile() and self._lock.tryLock(0)):
                    raise StoreError(_BUSY, code="busy")
                break
            time.sleep(_PAUSE)
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def _hand_over(self, files: Sequence[Path]) -> bool:
        """Give the files to the window that has the folder; whether one answered."""
        if windows.is_here():
            windows.allow_others_to_front()  # only who was just started may pass that on
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        answered = socket.waitForConnected(_ANSWER_MS)
        if answered and files:
            names = [str(path.absolute()) for path in files]
            socket.write(json.dumps(names).encode())
            socket.waitForBytesWritten(_ANSWER_MS)
        socket.disconnectFromServer()
        return answered

    def end(self) -> None:
        self._server.close()
        self._lock.unlock()

    def _heed(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self.raise_asked.emit()
            if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._take_files(socket)
            else:
                socket.disconnected.connect(self._hear_out)

    def _hear_out(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take_files(socket)

    def _take_files(self, socket: QLocalSocket) -> None:
        data = bytes(socket.readAll().data())
        socket.deleteLater()
        if data:
            self.files_given.emit([Path(name) for name in json.loads(data)])


def _name(folder: Path) -> str:
    """Name the door of a folder's window: on Windows one for each sign-in.

    The window of another sign-in cannot come up here, so it must not answer for this one.
    """
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    sign_in = f"-{windows.session()}" if windows.is_here() else ""
    return f"kashiwa-desktop-{digest[:24]}{sign_in}"
