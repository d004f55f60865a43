"""One window for one data folder: a second start raises the first, gives it its files, and ends."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK = "window.lock"
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

        That one is then asked to come up, and to open ``files``.
        """
        if self._lock.tryLock(0):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
            return True
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_ANSWER_MS) and files:
            names = [str(path.absolute()) for path in files]
            socket.write(json.dumps(names).encode())
            socket.waitForBytesWritten(_ANSWER_MS)
        socket.disconnectFromServer()
        return False

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
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return f"kashiwa-desktop-{digest[:24]}"
