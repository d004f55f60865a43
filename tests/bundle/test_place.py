import errno
import os

import pytest

from kashiwa_desktop.bundle import place
from kashiwa_desktop.bundle.container import MAX_FILE
from kashiwa_desktop.disk import WAITS, Disk
from kashiwa_desktop.errors import FileRefusedError, PlaceError
from kashiwa_desktop.paths import is_private

DATA = bytes(range(256)) * 20


def accept(_data):
    """A verification that is content with everything."""


class Patient(Disk):
    """A real disk whose waits are only noted."""

    def __init__(self):
        self.waited = []

    def sleep(self, seconds):
        self.waited.append(seconds)


STEPS = ("write", "flush", "name", "flush_folder", "read_back", "remove", "names")


class Failing(Patient):
    """A disk that does something else at its N-th step."""

    def __init__(self, number, act):
        super().__init__()
        self.left = number
        self.act = act


def _step(name):
    def step(self, *args):
        self.left -= 1
        if self.left == 0:
            self.act()
        return getattr(Disk, name)(self, *args)

    return step


for _name in STEPS:
    setattr(Failing, _name, _step(_name))


def fail_with(number):
    def act():
        raise OSError(number, os.strerror(number))

    return act


def finished(folder):
    return {path.name for path in folder.iterdir() if not path.name.endswith(".part")}


def test_saved_means_it_lies_there(tmp_path):
    verified = []
    path = tmp_path / "提出用 令和8年10月.kssz"
    place.save_verified(DATA, path, verified.append)
    assert path.read_bytes() == DATA
    assert verified == [DATA]
    assert is_private(path)
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_and_a_large_one_lie_there_too(tmp_path):
    for name, data in (("empty", b""), ("large", os.urandom(3_000_000))):
        place.save_verified(data, tmp_path / name, accept)
        assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize(
    "make", ["file", "folder", pytest.param("link", marks=pytest.mark.posix("makes a link"))]
)
def test_nothing_is_ever_overwritten(tmp_path, make):
    path = tmp_path / "x.kssz"
    if make == "file":
        path.write_bytes(b"old")
    elif make == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PlaceError, match="同じ名前のファイルがもうあります"):
        place.save_verified(DATA, path, accept)
    assert list(tmp_path.iterdir()) == [path]
    assert make != "file" or path.read_bytes() == b"old"


def test_a_name_taken_at_the_last_moment_stays(tmp_path):
    path = tmp_path / "x.kssz"

    class Race(Patient):
        def name(self, part, target):
            path.write_bytes(b"other")
            super().name(part, target)

    with pytest.raises(PlaceError, match="同じ名前"):
        place.save_verified(DATA, path, accept, Race())
    assert path.read_bytes() == b"other"


@pytest.mark.posix("links, as Windows does not")
def test_a_name_taken_at_the_last_moment_stays_on_a_stick_without_links_too(tmp_path, monkeypatch):
    """FAT knows no second name, and its renaming would take the place of what is there."""
    path = tmp_path / "x.kssz"
    monkeypatch.setattr(os, "link", lambda *_, **__: fail_with(errno.EPERM)())

    class Race(Patient):
        def name(self, part, target):
            path.write_bytes(b"other")
            super().name(part, target)

    with pytest.raises(PlaceError, match="同じ名前"):
        place.save_verified(DATA, path, accept, Race())
    assert path.read_bytes() == b"other"


@pytest.mark.posix("links, as Windows does not")
def test_a_name_taken_after_the_last_look_stays(tmp_path, monkeypatch):
    path = tmp_path / "x.kssz"
    real = os.link

    def late(*args, **options):
        path.write_bytes(b"other")
        real(*args, **options)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(PlaceError, match="同じ名前"):
        place.save_verified(DATA, path, accept)
    assert path.read_bytes() == b"other"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.posix("makes a link, which Windows allows to administrators only")
def test_a_free_name_is_found(tmp_path):
    path = tmp_path / "x.kssz"
    assert place.free_name(path) == path
    path.touch()
    (tmp_path / "x (2).kssz").symlink_to("nowhere")
    assert place.free_name(path) == tmp_path / "x (3).kssz"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "空きがありません"),
        (errno.EROFS, "書き込みが禁止"),
        (errno.EACCES, "許可がありません"),
        (errno.EIO, "正しく読み書きできません"),
        (errno.ENOENT, "抜けていないか"),
        (errno.ENODEV, "抜けていないか"),
        (errno.EBADF, "保存できませんでした"),
    ],
)
def test_whatever_fails_is_said_and_leaves_nothing_half_done(tmp_path, number, words):
    old = tmp_path / "old.kssz"
    old.write_bytes(b"old")
    path = tmp_path / "new.kssz"
    said, steps = set(), 0
    for step in range(1, 50):
        disk = Failing(step, fail_with(number))
        try:
            place.save_verified(DATA, path, accept, disk)
        except PlaceError as error:
            said.add(error.text)
            assert finished(tmp_path) == {"old.kssz"}
        else:
            assert path.read_bytes() == DATA
            path.unlink()
        assert old.read_bytes() == b"old"
        if disk.left > 0:
            break
        steps = step
    assert steps >= 6
    assert len(said) == 1
    assert words in said.pop()
    assert disk.left > 0
    assert list(tmp_path.iterdir()) == [old]


@pytest.mark.posix("forks a story and kills it")
def test_a_kill_at_any_step_leaves_the_whole_file_or_none(tmp_path):
    path = tmp_path / "new.kssz"
    seen = set()
    for step in range(1, 50):
        child = os.fork()
        if child == 0:
            place.save_verified(DATA, path, accept, Failing(step, lambda: os._exit(9)))
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        seen.add((code, path.exists()))
        assert finished(tmp_path) <= {"new.kssz"}
        if path.exists():
            assert path.read_bytes() == DATA
            path.unlink()
        if code == 0:
            break
    assert seen == {(9, False), (9, True), (0, True)}
    assert list(tmp_path.iterdir()) == []


def test_leftovers_go_at_the_next_save_and_only_ours(tmp_path):
    ours = tmp_path / ("ab" + place.PART)
    ours.write_bytes(b"half")
    theirs = tmp_path / "download.pdf.part"
    theirs.write_bytes(b"theirs")
    place.save_verified(DATA, tmp_path / "x.kssz", accept)
    assert not ours.exists()
    assert theirs.read_bytes() == b"theirs"


class DropsAll(Patient):
    """Says that it wrote, and did not."""

    def write(self, descriptor, data):
        return len(data)


class DropsTheEnd(Patient):
    """Loses the last byte."""

    def write(self, descriptor, data):
        super().write(descriptor, data[:-1])
        return len(data)


class WritesZeros(Patient):
    """Keeps the size and nothing else, as a full or a false stick does."""

    def write(self, descriptor, data):
        return super().write(descriptor, memoryview(bytes(len(data))))


class Adds(Patient):
    """Writes one byte too many."""

    def write(self, descriptor, data):
        super().write(descriptor, memoryview(bytes(data) + b"x"))
        return len(data)


LIARS = [DropsAll, DropsTheEnd, WritesZeros, Adds]


@pytest.mark.parametrize("liar", LIARS)
def test_a_disk_that_lies_is_never_believed(tmp_path, liar):
    with pytest.raises(PlaceError, match="読み直したら、もととちがいました"):
        place.save_verified(DATA, tmp_path / "x.kssz", accept, liar())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("liar", LIARS)
def test_a_writer_that_does_not_read_back_would_be_caught(tmp_path, monkeypatch, liar):
    """The wrong variant: with it, every lie above is reported as success."""
    monkeypatch.setattr(place, "_check", lambda *_: None)
    place.save_verified(DATA, tmp_path / "x.kssz", accept, liar())
    assert (tmp_path / "x.kssz").read_bytes() != DATA


def test_a_verification_that_fails_takes_the_file_back(tmp_path):
    def refuse(_data):
        raise FileRefusedError("no")

    with pytest.raises(PlaceError, match="もととちがいました"):
        place.save_verified(DATA, tmp_path / "x.kssz", refuse)
    assert list(tmp_path.iterdir()) == []


class Pulled(Patient):
    """A stick that keeps, when it is pulled out, only what was flushed."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.contents = set()
        self.kept_names = set()

    def flush(self, descriptor):
        super().flush(descriptor)
        self.contents.add(os.fstat(descriptor).st_ino)

    def flush_folder(self, folder):
        super().flush_folder(folder)
        self.kept_names = {path.name for path in folder.iterdir()}

    def pull(self):
        return {
            path.name: path.read_bytes() if path.stat().st_ino in self.contents else b""
            for path in self.folder.iterdir()
            if path.name in self.kept_names
        }


class NoFileFlush(Pulled):
    """The wrong variant that does not flush the file."""

    def flush(self, descriptor):
        pass


class NoFolderFlush(Pulled):
    """The wrong variant that does not flush the folder."""

    def flush_folder(self, folder):
        pass


@pytest.mark.parametrize(
    ("kind", "safe"), [(Pulled, True), (NoFileFlush, False), (NoFolderFlush, False)]
)
def test_after_success_the_stick_may_be_pulled_out(tmp_path, kind, safe):
    stick = kind(tmp_path)
    place.save_verified(DATA, tmp_path / "x.kssz", accept, stick)
    assert (stick.pull() == {"x.kssz": DATA}) is safe


@pytest.mark.parametrize("winerror", [5, 32, 33])
@pytest.mark.parametrize("step", ["name", "read_back"])
def test_a_file_held_by_another_program_is_waited_for(tmp_path, winerror, step):
    """R17: refused k = 0…20 times."""
    for times in range(21):
        path = tmp_path / f"{times}.kssz"
        disk = _Held(times, winerror, step)
        if times <= len(WAITS):
            place.save_verified(DATA, path, accept, disk)
            assert path.read_bytes() == DATA
            path.unlink()
        else:
            with pytest.raises(PlaceError, match="ほかのソフトが保存先を使っています"):
                place.save_verified(DATA, path, accept, disk)
        assert disk.waited == list(WAITS[:times])
        assert list(tmp_path.iterdir()) == []
    assert 2 < sum(WAITS) < 3


class _Held(Patient):
    def __init__(self, times, winerror, step):
        super().__init__()
        self.times = times
        self.winerror = winerror
        self.step = step

    def name(self, part, path):
        self._refuse("name")
        super().name(part, path)

    def read_back(self, path, limit):
        self._refuse("read_back")
        return super().read_back(path, limit)

    def _refuse(self, step):
        if step == self.step and self.times:
            self.times -= 1
            error = PermissionError(errno.EACCES, "held")
            error.winerror = self.winerror
            raise error


def test_a_stick_without_links_is_written_too(tmp_path, monkeypatch):
    def no_links(*_args, **_options):
        raise PermissionError(errno.EPERM, "no links on FAT")

    monkeypatch.setattr(os, "link", no_links)
    place.save_verified(DATA, tmp_path / "x.kssz", accept)
    assert (tmp_path / "x.kssz").read_bytes() == DATA
    with pytest.raises(PlaceError, match="同じ名前"):
        place.save_verified(b"", tmp_path / "x.kssz", accept)
    assert list(tmp_path.iterdir()) == [tmp_path / "x.kssz"]


@pytest.mark.parametrize("name", ["gone/x.kssz", "file/x.kssz"])
def test_a_folder_that_is_not_there_is_said(tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(PlaceError, match="抜けていないか"):
        place.save_verified(DATA, tmp_path / name, accept)


@pytest.mark.posix("needs a system that refuses long names; wine takes them")
def test_a_name_that_is_too_long_is_said(tmp_path):
    with pytest.raises(PlaceError, match="短い名前"):
        place.save_verified(DATA, tmp_path / ("長" * 300 + ".kssz"), accept)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_fetched_whole(tmp_path):
    path = tmp_path / "x.kssz"
    path.write_bytes(DATA)
    assert place.load(path) == DATA


def test_only_a_file_is_fetched(tmp_path):
    (tmp_path / "folder.kssz").mkdir()
    with pytest.raises(PlaceError, match="ファイルではありません"):
        place.load(tmp_path / "folder.kssz")
    for name in ("gone.kssz", "x" * 300, "a\0b"):
        with pytest.raises(PlaceError):
            place.load(tmp_path / name)


@pytest.mark.posix("makes a named pipe in a folder")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.kssz")
    with pytest.raises(PlaceError, match="ファイルではありません"):
        place.load(tmp_path / "pipe.kssz")


def test_a_file_that_is_too_big_is_not_fetched(tmp_path):
    path = tmp_path / "x.kssz"
    with path.open("wb") as file:
        file.truncate(8 * 1024**3)
    with pytest.raises(FileRefusedError) as refused:
        place.load(path)
    assert refused.value.code == "too_large"
    with path.open("wb") as file:
        file.truncate(MAX_FILE)
    assert len(place.load(path)) == MAX_FILE


def test_several_files_are_saved_together_and_their_folder_is_flushed_once(tmp_path):
    flushed = []

    class Counting(Disk):
        def flush_folder(self, folder):
            flushed.append(folder)
            super().flush_folder(folder)

    files = [(bytes([n]) * 9, tmp_path / f"{n}.kssz") for n in range(3)]
    place.save_all_verified(files, lambda _: None, Counting())
    assert [path.read_bytes() for _, path in files] == [data for data, _ in files]
    assert flushed == [tmp_path]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0.kssz", "1.kssz", "2.kssz"]


@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize("step", ["write_new", "name", "flush_folder", "read_back"])
def test_of_several_files_all_come_or_none(tmp_path, step, at):
    class Failing(Disk):
        left = 0 if step == "flush_folder" else at

    def fail(self, *given):
        if Failing.left == 0:
            raise OSError(errno.EIO, "broken")
        Failing.left -= 1
        return getattr(Disk, step)(self, *given)

    setattr(Failing, step, fail)
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    files = [(bytes([n]) * 9, tmp_path / f"{n}.kssz") for n in range(3)]
    with pytest.raises(PlaceError):
        place.save_all_verified(files, lambda _: None, Failing())
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_removing_is_told_where_it_cannot_be_done(tmp_path):
    class Protected(Disk):
        def remove(self, path):
            raise OSError(errno.EROFS, "read-only")

    file = tmp_path / "P001.kssz"
    file.write_bytes(b"one")
    with pytest.raises(PlaceError) as caught:
        place.remove(file, Protected())
    assert caught.value.code == "read_only"
    assert file.exists()
    place.remove(file)
    assert not file.exists()
