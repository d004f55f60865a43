"""Starting Qt: once, quietly, in Japanese, and dressed as the person chose."""

import locale
import logging
import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from kashiwa_desktop import __version__, windows
from kashiwa_desktop.ui.theme import Look

NAME = "kashiwa-desktop"

_log = logging.getLogger("kashiwa_desktop.qt")


def start_qt(*, on_screen: bool = True) -> tuple[QApplication, Look]:
    """Return the application and its look; without a screen nothing is shown, only painted."""
    if not on_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if locale.getpreferredencoding(do_setlocale=False).lower().replace("-", "") != "utf8":
        os.environ["LC_ALL"] = "C.UTF-8"  # Qt says so on standard error otherwise
    logging.getLogger("kashiwa_desktop").addHandler(logging.NullHandler())
    qInstallMessageHandler(_to_log)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0]])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(NAME)
    if windows.is_here():
        windows.name_program(NAME)  # else the taskbar takes us for the interpreter
    return app, Look(app)


def _to_log(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Keep what Qt has to say in the log, as a category; its text may hold names of files."""
    serious = kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    category = str(context.category or "default")
    _log.log(
        logging.ERROR if serious else logging.WARNING if kind == QtMsgType.QtWarningMsg else 10,
        "qt-message category=%s length=%d",
        category,
        len(text),
    )
