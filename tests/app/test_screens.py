"""Pictures of every screen: numbered, of the size asked for, and not empty."""

import pytest
from PySide6.QtGui import QImage

from app.every_screen import NUMBERS
from kashiwa_desktop.app import screens


@pytest.mark.parametrize("role", screens.ROLES)
def test_every_screen_of_a_role(day, look, tmp_path, role):
    out = tmp_path / "out"
    out.mkdir()
    drawn = screens.draw_day(day, look, out, (role,), (1092, 614))
    assert [file.stem for file in drawn] == [f"{number:02d}" for number in NUMBERS[role]]
    assert sorted(out.iterdir()) == sorted(drawn)
    for file in drawn:
        image = QImage(str(file))
        assert (image.width(), image.height()) == (1092, 614)
        colours = {image.pixel(x, y) for x in range(0, 1092, 7) for y in range(0, 614, 5)}
        assert len(colours) > 10
