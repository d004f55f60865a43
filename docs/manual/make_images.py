"""The manual's pictures: every screen in the smallest and the largest text, and a sheet of all.

``python docs/manual/make_images.py`` draws the sample world anew into ``docs/manual/images``.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

IMAGES = Path(__file__).parent / "images"
SIZES = ("12", "24")
LARGEST = 60_000
"""Bytes of one picture; a larger one is a reason to look at it."""

_COLOURS = (256, 128, 64, 32)
_ACROSS, _SMALL, _GAP = 3, (546, 307), 8


def main() -> None:
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            drawn = draw(size, Path(folder))
            keep(drawn, IMAGES / size)
        sheet(sorted((IMAGES / size).glob("[0-9][0-9].png")), IMAGES / size / "all.png")


def draw(size: str, out: Path) -> list[Path]:
    """Draw all screens by the program's own command."""
    program = [sys.executable, "-m", "kashiwa_desktop", "screens"]
    asked = ["--out", str(out), "--text-size", size, "--window", "1092x614"]
    subprocess.run([*program, *asked], check=True)  # noqa: S603 - only our own words
    return sorted(out.glob("[0-9][0-9].png"))


def keep(drawn: list[Path], folder: Path) -> None:
    """Put the pictures into ``folder``, which then holds nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for file in drawn:
        with Image.open(file) as image:
            save_small(image.convert("RGB"), folder / file.name)


def sheet(files: list[Path], out: Path) -> None:
    """Lay all pictures side by side, to be looked at in one glance."""
    wide, high = _SMALL[0] + _GAP, _SMALL[1] + _GAP
    rows = -(-len(files) // _ACROSS)
    whole = Image.new("RGB", (_ACROSS * wide + _GAP, rows * high + _GAP), "#808080")
    for place, file in enumerate(files):
        with Image.open(file) as image:
            small = image.convert("RGB").resize(_SMALL, Image.Resampling.LANCZOS)
            whole.paste(small, (_GAP + place % _ACROSS * wide, _GAP + place // _ACROSS * high))
    save_small(whole, out, most=10 * LARGEST)


def save_small(image: Image.Image, out: Path, most: int = LARGEST) -> None:
    """Save with as many of the colours as the allowed size permits."""
    for colours in _COLOURS:
        image.quantize(colours, dither=Image.Dither.NONE).save(out, optimize=True)
        if out.stat().st_size <= most:
            return
    raise SystemExit(f"{out.name}: {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
