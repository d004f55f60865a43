"""One window for one data folder: a second start raises the first and ends."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK = "window.lock"
_ANSWER_MS = 1000
_NO_AGE = 0  # a lock whose process lives is never too old


class SingleStart(QObject):
    """Holds the lock of a folder; ``raise_asked`` comes when another start found it taken."""

    raise_asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(_NO_AGE)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heed)
        self._name = _name(folder)

    def begin(self) -> bool:
        """Take the folder; False where another window has it (which is then asked to come up)."""
        if self._lock.tryLock(0):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
            return True
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        socket.waitForConnected(_ANSWER_MS)
        socket.disconnectFromServer()
        return False

    def end(self) -> None:
        self._server.close()
        self._lock.unlock()

    def _heed(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.deleteLater()
            self.raise_asked.emit()


def _name(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return f"kashiwa-desktop-{digest[:24]}"
