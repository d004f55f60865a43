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
        look.show_theme(held.theme)
        look.show_text_size(held.text_size)
        look.changed.connect(self._keep_look)

    def place(self, window: MainWindow) -> None:
        """Put the window where the last one stood, and remember where it goes."""
        window.remember_geometry(settings.load(self._file).window, self._keep_window)

    def _keep_look(self) -> None:
        keep(self._file, theme=self._look.theme_name, text_size=self._look.text_size)

    def _keep_window(self, geometry: str) -> None:
        keep(self._file, window=geometry)


def keep(file: Path, **changes: Any) -> None:
    """Write down what was chosen, beside what others wrote into the file meanwhile."""
    before = settings.load(file)
    wanted = replace(before, **changes)
    if wanted == before:
        return
    with contextlib.suppress(OSError, ValueError):  # no reason to stop anybody; a name without text
        settings.save(wanted, file)
