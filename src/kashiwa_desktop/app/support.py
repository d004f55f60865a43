"""サポート用の情報: versions and the log, which holds no text of any record."""

import platform
import zipfile
from pathlib import Path

from PySide6 import __version__ as qt_version
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop import __version__
from kashiwa_desktop.app.log_place import log_place
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.widgets.page import ScrollPage


def write_support(folder: DataFolder, out: Path) -> Path:
    """Write a zip of versions and log files to ``out``; ``OSError`` where that is impossible."""
    lines = (
        f"program {__version__}",
        f"python {platform.python_version()}",
        f"qt {qt_version}",
        f"system {platform.system()} {platform.release()} {platform.machine()}",
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("versions.txt", "\n".join(lines) + "\n")
        for page in sorted(log_place(folder).glob("*")):  # none where there is no log
            if page.is_file():
                archive.write(page, f"log/{page.name}")
    return out


def ask_where(window: MainWindow, folder: DataFolder) -> None:
    """Ask where to write it, and tell on the page in view what came of it."""
    title, name = "サポート用の情報を保存", "kashiwa-support.zip"
    chosen, _ = QFileDialog.getSaveFileName(window, title, name, "ZIP (*.zip)")
    if not chosen or not isinstance(window.page, ScrollPage):
        return
    try:
        written = write_support(folder, Path(chosen))
    except OSError as error:
        window.page.messages.show_error(error)
    else:
        window.page.messages.say(f"{written.name} に保存しました。")
