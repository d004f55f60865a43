"""After a new version was put in: it checks itself once, and says how to go back where that fails.

In a process of its own, so that nobody waits for it.
"""

import sys

from PySide6.QtCore import QObject, QProcess, Signal

from kashiwa_desktop import logs

WORDS = (
    "新しい版の点検で、整っていないところがありました。記録は無事です。書きつづける前に、"
    "事務局にお電話ください。前の版に戻せます。"
)
DETAILS = (
    "戻すとき: 前の版のファイルを /FORCE を付けて入れ、開いて［前の版の記録に戻す］を押します。"
    "いま戻すと何がなくなるかは、「困ったとき」の「予備の写し」の、新しい版に移す前の記録の"
    "［中身を見る］に出ます。"
)


class AfterUpdate(QObject):
    """``failed`` comes where the check found something; of one that went well nothing is said."""

    failed = Signal()

    def __init__(self, parent: QObject, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = command or _self_check()
        self._process = QProcess(self)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._not_started)

    def begin(self) -> None:
        """Start the check."""
        self._process.start(self._command[0], self._command[1:])

    def stop(self) -> None:
        """The window closes: the check is not waited for."""
        self._process.finished.disconnect(self._end)
        self._process.errorOccurred.disconnect(self._not_started)
        self._process.kill()
        self._process.waitForFinished()

    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        """A check that broke off has found something too."""
        logs.note("self-check", status=code)
        if code or status != QProcess.ExitStatus.NormalExit:
            self.failed.emit()

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit()


def _self_check() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--self-check"]
    return [sys.executable, "-m", "kashiwa_desktop", "--self-check"]
