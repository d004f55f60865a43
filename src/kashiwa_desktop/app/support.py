"""サポート用の情報: versions and the log, which holds no text of any record."""

import platform
import zipfile
from pathlib import Path

from PySide6 import __version__ as qt_version

from kashiwa_desktop import __version__
from kashiwa_desktop.paths import DataFolder


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
        for page in sorted(folder.log.iterdir()):
            if page.is_file():
                archive.write(page, f"log/{page.name}")
    return out
