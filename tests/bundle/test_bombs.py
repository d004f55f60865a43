"""R32 and test 11: bombs are refused with 256 MB of memory and little work, before they unfold."""

import json
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from bundle import bomb_reader
from kashiwa_desktop.bundle import container

pytestmark = pytest.mark.posix("limits memory by resource")

TESTS = Path(__file__).parents[1]
GIGABYTE = 1 << 30


def deflated(piece, size):
    """One gzip member of ``size`` bytes of ``piece``, made piece by piece."""
    deflate = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = b"".join(deflate.compress(piece) for _ in range(size // len(piece)))
    return container._GZIP + packed + deflate.flush() + bytes(8)


def overlapping_zip():
    """A ZIP whose entries all use the same bytes; not ours, and never looked into."""
    entry = zlib.compress(bytes(1 << 20))[2:-4]
    return b"PK\x03\x04" + entry * 3 + b"PK\x01\x02" + bytes(400)


@pytest.fixture(scope="module")
def bombs(world, tmp_path_factory):
    """Each bomb and what must be said of it."""
    folder = tmp_path_factory.mktemp("bombs")

    def sealed(packed):
        return world.seal_packed(packed, "submission")

    deep = world.line(body=world.activity(x=1)).replace(b'"x":1', b'"x":' + b"[" * 120_000)
    inside = {
        "zeros.kssz": (sealed(deflated(bytes(1 << 20), GIGABYTE // 4)), "too_large"),
        "feeds.kssz": (sealed(deflated(b"\n" * (1 << 16), 1 << 26)), "too_large"),
        "one-line.kssz": (sealed(deflated(b"x" * (1 << 20), 100 << 20)), "too_large"),
        "bomb-in-a-bomb.kssz": (sealed(container.compress(deflated(bytes(1 << 20), 1 << 27))),
                                "damaged"),
        "deep.kssz": (world.craft(body=deep + b"\n"), "schema"),
        "overlap.kssz": (overlapping_zip(), "unreadable"),
        "forged-size.kssz": (sealed(container.compress(b"{}")[:-4] + b"\xff" * 4), "damaged"),
        "setup.kssc": (b"{" + b"[" * (24 << 20), "damaged"),
    }  # fmt: skip
    with zipfile.ZipFile(folder / "42.kssz", "w", zipfile.ZIP_DEFLATED) as bomb:
        for n in range(16):
            bomb.writestr(f"lib {n}.zip", bytes(4 << 20))
    expected = {"42.kssz": "unreadable"}
    for name, (data, verdict) in inside.items():
        (folder / name).write_bytes(data)
        expected[name] = verdict
    with (folder / "sparse.kssz").open("wb") as sparse:
        sparse.truncate(8 * GIGABYTE)
    expected["sparse.kssz"] = "too_large"
    return folder, expected


def read(world, folder, names, times=1):
    secret = world.keys("submission")[0].secret
    words = [sys.executable, "-m", "bundle.bomb_reader", secret, str(times)]
    environment = {
        **os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
    }  # fmt: skip
    done = subprocess.run(
        [*words, *(str(folder / name) for name in names)],
        env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_r32_every_bomb_is_refused_within_the_limits(world, bombs, figure):
    folder, expected = bombs
    told = read(world, folder, sorted(expected))
    assert {name: verdict for name, (verdict, _) in told["found"].items()} == expected
    assert told["peak"] < bomb_reader.MEMORY
    most = max(cost for _, cost in told["found"].values())
    assert most < bomb_reader.COST
    figure(
        f"R32: {len(expected)} bombs refused, peak memory {told['peak'] >> 20} MB, "
        f"at most {most:.1f} times what unpacking costs that is allowed"
    )


def test_a_reader_that_works_much_longer_would_be_noticed(world, bombs):
    """The wrong variant: everything is read over and over again."""
    folder, _ = bombs
    told = read(world, folder, ["zeros.kssz"], times=bomb_reader.COST)
    assert told["found"]["zeros.kssz"][1] > bomb_reader.COST


def test_a_reader_that_unpacks_first_and_measures_then_would_be_caught(world, bombs, monkeypatch):
    """The wrong variant: the limit is looked at when everything has been unpacked."""
    folder, _ = bombs
    packed = container.compress(bytes(container.MAX_PLAIN + (8 << 20)))
    asked = []
    real = container._inflated

    def greedy(inflate, data):
        asked.extend(len(piece) for piece in real(inflate, data))
        yield bytes(sum(asked))

    monkeypatch.setattr(container, "_inflated", greedy)
    with pytest.raises(Exception, match="多すぎます"):
        container.expand(packed)
    assert sum(asked) > container.MAX_PLAIN + container._PIECE
    assert (folder / "zeros.kssz").stat().st_size < 2 << 20
