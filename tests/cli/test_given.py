"""What a command is given: words with stars, folders, and what a console pipes in."""

import io
import sys
from pathlib import Path

import pytest

from kashiwa_desktop import windows
from kashiwa_desktop.cli import given
from kashiwa_desktop.errors import RefusedError, WrongUsageError

LINE = '{"title":"髙橋さんと包括へ"}\n'


def everything(folder):
    return sorted(folder.iterdir())


@pytest.fixture
def out(tmp_path):
    for name in ("P001.kssz", "P002.kssz", "P010.kssz", "[P003].kssz", "a.kssr"):
        (tmp_path / name).touch()
    (tmp_path / "P009.kssz").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("*.kssz", ["P001.kssz", "P002.kssz", "P010.kssz", "[P003].kssz"]),
        ("P00?.kssz", ["P001.kssz", "P002.kssz"]),
        ("[P003]*", ["[P003].kssz"]),
        ("[P003].kssz", ["[P003].kssz"]),
        ("gone.kssz", ["gone.kssz"]),
        ("", ["P001.kssz", "P002.kssz", "P009.kssz", "P010.kssz", "[P003].kssz", "a.kssr"]),
    ],
)
def test_what_a_word_means(out, word, meant):
    found = given.files([f"{out}/{word}"], everything)
    assert found == sorted(out / name for name in meant)


def test_a_file_named_twice_comes_once(out):
    found = given.files([str(out / "P001.kssz"), f"{out}/P*.kssz"], everything)
    assert [path.name for path in found] == ["P001.kssz", "P002.kssz", "P010.kssz"]


@pytest.mark.parametrize("word", ["*.nothing", "none/*.kssz", "??"])
def test_stars_that_fit_nothing_are_told(out, word):
    with pytest.raises(RefusedError, match="あてはまるファイルがありません") as told:
        given.files([f"{out}/{word}"], everything)
    assert told.value.code == "no_file"


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(RefusedError, match="あてはまるファイルがありません"):
        given.files([str(tmp_path)], everything)


def test_a_file_named_with_a_star_is_that_file(tmp_path, monkeypatch):
    (tmp_path / "a.kssz").touch()
    monkeypatch.setattr(Path, "exists", lambda _: True)
    assert given.files([f"{tmp_path}/*.kssz"], everything) == [tmp_path / "*.kssz"]


@pytest.fixture
def pipe(monkeypatch):
    """Let bytes come through a pipe."""

    def put(data):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return put


@pytest.fixture
def console(monkeypatch):
    """A console of Windows with its code page."""

    def set_page(encoding):
        monkeypatch.setattr(windows, "is_here", lambda: True)
        monkeypatch.setattr(windows, "console_encoding", lambda: encoding)

    return set_page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_japanese_console_is_understood(pipe, console, encoding):
    console("cp932")
    pipe(LINE.encode(encoding))
    assert given.text("-") == LINE


@pytest.mark.parametrize("page", [None, "cp437x", "cp65001"])
def test_what_cannot_be_read_is_told_of_the_pipe_and_not_of_a_file(
    pipe, console, page, monkeypatch
):
    console(page or "cp932")
    if page is None:
        monkeypatch.setattr(windows, "is_here", lambda: False)
    pipe(LINE.encode("cp932"))
    with pytest.raises(WrongUsageError, match="標準入力") as told:
        given.text("-")
    assert "ファイル" not in told.value.text


def test_what_even_the_console_cannot_have_written_is_refused(pipe, console):
    console("cp932")
    pipe(b"\x81\xff\xfe")
    with pytest.raises(WrongUsageError, match="標準入力"):
        given.text("-")


def test_a_file_in_another_code_is_told_as_a_file(tmp_path):
    (tmp_path / "a").write_bytes(LINE.encode("cp932"))
    with pytest.raises(WrongUsageError, match="ファイルは UTF-8"):
        given.text(str(tmp_path / "a"))


def test_json_without_end_is_refused_before_it_is_read():
    with pytest.raises(WrongUsageError, match="深すぎます"):
        given.one_object('{"a":' * 100_000)
