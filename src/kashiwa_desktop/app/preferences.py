"""What the person chose for this PC, put on at the start and kept when it changes."""

import contextlib
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from kashiwa_desktop import settings
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.theme import Look


class Preferences(QObject):
    """Text size, colours and the place of the window."""

    def __init__(self, file: Path, look: Look) -> None:
        super().__init__(look)
        self._file, self._look = file, look
        self._held = settings.load(file)
        look.show_theme(self._held.theme)
        look.show_text_size(self._held.text_size)
        look.changed.connect(self._keep_look)

    def place(self, window: MainWindow) -> None:
        """Put the window where the last one stood, and remember where it goes."""
        window.remember_geometry(self._held.window, self._keep_window)

    def _keep_look(self) -> None:
        look = self._look
        self._keep(replace(self._held, theme=look.theme_name, text_size=look.text_size))

    def _keep_window(self, geometry: str) -> None:
        self._keep(replace(self._held, window=geometry))

    def _keep(self, wanted: settings.Settings) -> None:
        if wanted == self._held:
            return
        self._held = wanted
        with contextlib.suppress(OSError):  # the look of the window is not worth a message
            settings.save(wanted, self._file)
