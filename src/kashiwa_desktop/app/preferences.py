"""What the person chose for this PC, put on at the start and kept when it changes."""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from kashiwa_desktop import settings
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.theme import Look


class Preferences(QObject):
    """Text size, colours and the place of the window."""

    def __init__(self, file: Path, look: Look) -> None:
        super().__init__(look)
        self._file, self._look = file, look
        held = settings.load(file)
        self._window = held.window
        look.show_theme(held.theme)
        look.show_text_size(held.text_size)
        look.changed.connect(self._keep_look)

    def place(self, window: MainWindow) -> None:
        """Put the window where the last one stood, and remember where it goes."""
        window.remember_geometry(self._window, self._keep_window)

    def _keep_look(self) -> None:
        look = self._look
        keep_settings(self._file, theme=look.theme_name, text_size=look.text_size)

    def _keep_window(self, geometry: str) -> None:
        self._window = geometry
        keep_settings(self._file, window=geometry)


def keep_settings(file: Path, **changes: Any) -> None:
    """Keep some values; the others stay as they are in the file now, whoever wrote them."""
    held = settings.load(file)
    wanted = replace(held, **changes)
    if wanted != held:
        with contextlib.suppress(OSError):  # how the program looks is not worth a message
            settings.save(wanted, file)
