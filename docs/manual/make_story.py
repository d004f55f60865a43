"""The pictures of the two stories: what the stories' own tests see while they press the buttons.

``python docs/manual/make_story.py`` walks them anew and puts the pictures into
``docs/manual/story``. They are never drawn by hand, so they cannot show what does not happen.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from make_images import save_small
from PIL import Image

STORY = Path(__file__).parent / "story"
ROOT = Path(__file__).parents[2]
TOLD_BY = ("tests/app/test_office_month_story.py", "tests/app/test_two_windows_story.py")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        walk = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *TOLD_BY]
        environment = {**os.environ, "KASHIWA_STORY": folder}
        subprocess.run(walk, check=True, cwd=ROOT, env=environment)  # noqa: S603 - our own words
        keep(sorted(Path(folder).glob("[0-9][0-9].png")))


def keep(drawn: list[Path]) -> None:
    """Put the pictures into the folder, which then holds nothing else."""
    STORY.mkdir(exist_ok=True)
    for old in STORY.glob("*.png"):
        old.unlink()
    for file in drawn:
        with Image.open(file) as image:
            save_small(image.convert("RGB"), STORY / file.name)


if __name__ == "__main__":
    main()
