"""The stories of docs/stories run to their end: equal digests at every stop, or they fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_story_of_pcs_ends_with_equal_digests(tmp_path):
    environment = {**os.environ, "KASHIWA": f"{sys.executable} -m kashiwa_desktop"}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    ran = subprocess.run(
        [shutil.which("sh"), ROOT / "docs/stories/pcs.sh", tmp_path / "stories"],
        env=environment, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    equal = [line for line in ran.stdout.splitlines() if line.startswith("○ ")]
    assert [line.split(":")[0] for line in equal] == [
        "○ はじまり", "○ 物語1", "○ 物語2", "○ 物語3", "○ 物語4", "○ 物語5",
    ]  # fmt: skip
