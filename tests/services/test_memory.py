"""R16: a large file and paper fit into little memory; where it runs out, nothing is half done.

``RLIMIT_AS`` counts what the test program holds before the story begins, so that is allowed on top.
Full form: a file of 45 MB unpacked. CI: of 6 MB.
"""

import re
from itertools import count
from pathlib import Path

import pytest

from conftest import FULL
from faults import children, moments
from faults.trap import Trap
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.intake import Intake
from office_world import OCTOBER, activity
from posix_parts import resource
from services.merged_sets import everything

pytestmark = pytest.mark.posix("limits memory by resource")

RECORDS = 750 if FULL else 100
TEXT = "長い話を書きました。" * 1_990  # one field, nearly its longest
ALLOWED = 300 << 20
STRIDE = 1 if FULL else 23


def status(name):
    return (
        int(
            re.search(
                rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8")
            )[1]
        )
        << 10
    )


def within(allowed, story, told):
    """Tell a story in a child that may take so much more memory; ``told`` gets its peak."""

    def limited():
        resource.setrlimit(resource.RLIMIT_AS, (status("VmSize") + allowed, -1))
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
        before = status("VmRSS")
        story()
        told.write_text(str(status("VmHWM") - before), encoding="utf-8")

    return children.told(limited)


@pytest.fixture
def large(town):
    """A month of many long records, closed and saved."""
    recording = Recording(town.pc())
    recording.add([activity(1 + n % 28, content=TEXT) for n in range(RECORDS)])
    Closing(town.pc()).close(OCTOBER)
    file = town.submit()
    town.close()
    return town, file


def test_r16_the_largest_file_and_paper_fit(large, tmp_path, figure, capfd):
    town, file = large
    told = tmp_path / "peak"

    def story():
        assert Intake(town.office(), town.keys).take_in([file]).all_in
        Printing(town.office()).report(OCTOBER, ["P001"], tmp_path / "report.pdf")

    assert within(ALLOWED, story, told) == 0, capfd.readouterr().err
    peak = int(told.read_text(encoding="utf-8")) >> 20
    size = RECORDS * len(TEXT.encode()) >> 20
    figure(f"R16: a month of {size} MB taken in and printed with {peak} MB more than at rest")
    assert peak <= 300


def test_r16_a_program_that_takes_more_would_be_caught(tmp_path, capfd):
    """The wrong variant: everything is held at once."""
    assert within(ALLOWED, lambda: bytearray(3 * ALLOWED), tmp_path / "peak") != 0
    assert "MemoryError" in capfd.readouterr().err


def test_r16_where_memory_runs_out_nothing_is_half_done(town, figure):
    files = town.months()
    before = everything(town.office())
    tries = 0
    for at in count(1, STRIDE):
        trap = Trap(at, run_out)
        try:
            with moments.at_statements(trap):
                town.intake().take_in(files)
        except MemoryError:
            tries += 1
            assert everything(town.office()) == before, at
            continue
        break
    figure(f"R16: memory ran out at {tries} moments of an intake, 0 half done")
    assert tries > 3


def run_out():
    raise MemoryError
