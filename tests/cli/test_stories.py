"""The stories of docs/stories run to their end: equal digests at every stop, or they fail."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.posix("runs a story of the shell with a warm program")

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture
def program():
    """The command as a shell writes it, kept warm."""
    ways = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with tempfile.TemporaryDirectory() as folder:  # a socket's name must be short
        place = Path(folder) / "program"
        words = [sys.executable, HERE / "warm_program.py", place]
        with subprocess.Popen(words, env=ways, stdout=subprocess.PIPE, encoding="utf-8") as warm:
            assert warm.stdout.readline() == "ready\n"
            yield f"{sys.executable} -ISS {HERE / 'warm_call.py'} {place}"
            warm.terminate()


def test_every_story_of_pcs_ends_with_equal_digests(tmp_path, program):
    environment = {**os.environ, "KASHIWA": program}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    ran = subprocess.run(
        [shutil.which("sh"), ROOT / "docs/stories/pcs.sh", tmp_path / "stories"],
        env=environment, capture_output=True, encoding="utf-8", timeout=280, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    equal = [line for line in ran.stdout.splitlines() if line.startswith("○ ")]
    assert [line.split(":")[0] for line in equal] == [
        "○ はじまり", "○ 物語1", "○ 物語2", "○ 物語3", "○ 物語4", "○ 物語5",
    ]  # fmt: skip
