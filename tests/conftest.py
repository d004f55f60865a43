"""What every test stands on: no screen, private files, and the same examples on every machine."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is imported
os.umask(0o077)

import tempfile  # noqa: E402
from collections import Counter  # noqa: E402
from itertools import count  # noqa: E402
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

FULL = os.environ.get("KASHIWA_FULL") == "1"
"""The full sweeps of the specification, by ``make full``; otherwise their short forms."""

LEFT_OUT = pytest.StashKey[Counter]()
"""How many tests Windows has to do without, by what they need."""

MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
"""Where a folder lies in memory, on a machine that has such a place."""

settings.register_profile(
    "ci",
    max_examples=30,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "full", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("full" if FULL else "ci")


def pytest_collection_modifyitems(config, items):
    """On Windows, leave out what only POSIX systems have (marker ``posix``); nowhere else."""
    left_out = {item: reason for item in items if (reason := _needs_posix(item))}
    config.stash[LEFT_OUT] = Counter(left_out.values())
    if os.name == "nt" and left_out:
        if hasattr(config, "workeroutput"):  # one of several, started by xdist
            config.workeroutput["left_out"] = dict(config.stash[LEFT_OUT])
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take over what a worker of xdist left out; each of them reads the same tests."""
    told = getattr(node, "workeroutput", {}).get("left_out")
    if told:
        node.config.stash[LEFT_OUT] = Counter(told)


def _needs_posix(item):
    """Say what of POSIX a test needs, '' for nothing."""
    mark = item.get_closest_marker("posix")
    if mark is not None:
        return mark.args[0]
    on_server = "postgresql" in getattr(getattr(item, "callspec", None), "params", {}).values()
    return "needs a PostgreSQL server" if on_server or "postgres" in item.fixturenames else ""


@pytest.fixture(scope="session")
def quick():
    """A folder in memory: thousands of stores are made there."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def made_town(quick):
    """An office that knows the PCs of its three promoters; never used itself, only copied."""
    import office_world

    return office_world.make(quick / "made")


@pytest.fixture(scope="session")
def towns(quick, made_town):
    """Copies of that office, each in a folder of its own, as many as are asked for."""
    numbers = count(1)
    return lambda: made_town.copy(quick / f"town-{next(numbers)}")


@pytest.fixture
def town(towns):
    """One copy of that office."""
    found = towns()
    yield found
    found.close()


@pytest.fixture(scope="session")
def postgres():
    """A real PostgreSQL server of our own; ``fresh()`` gives a new, empty database."""
    import postgres_server

    with postgres_server.running(Path(tempfile.gettempdir())) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request, tmp_path):
    """Places for new stores, on each kind of database: call it for one more."""
    if request.param == "sqlite":
        numbers = count(1)
        yield lambda: tmp_path / f"store{next(numbers)}.db"
        return
    server, made = request.getfixturevalue("postgres"), []

    def fresh():
        made.append(server.fresh())
        return made[-1]

    yield fresh
    for address in made:
        server.drop(address)


@pytest.fixture
def figure(record_property):
    """Tell a figure of a sweep; the run prints all of them at its end."""
    return lambda text: record_property("figure", text)


def pytest_terminal_summary(terminalreporter, config):
    """Print the figures of the sweeps, and on Windows what was left out there."""
    left_out = config.stash.get(LEFT_OUT, Counter())
    if os.name == "nt" and left_out:
        terminalreporter.section("left out on Windows (marker posix)")
        for reason, times in left_out.most_common():
            terminalreporter.write_line(f"{times:5} {reason}")
    told = [
        (report.nodeid, text)
        for report in terminalreporter.stats.get("passed", [])
        for name, text in report.user_properties
        if name == "figure"
    ]
    if told:
        terminalreporter.section("figures")
        for node, text in sorted(told):
            terminalreporter.write_line(f"{node.rpartition('::')[2]}: {text}")
