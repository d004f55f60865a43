"""The words: options stand before or after, and what is not known is status 2 in one line."""

import pytest

from kashiwa_desktop.cli.parser import build_parser
from office_world import OCTOBER

M = str(OCTOBER)


@pytest.mark.parametrize(
    "words",
    [
        ["--data-dir", "d", "--as", "職員", "--json", "month", "show", M],
        ["month", "--data-dir", "d", "--as", "職員", "--json", "show", M],
        ["month", "show", M, "--data-dir", "d", "--as", "職員", "--json"],
        ["--as", "職員", "month", "show", "--json", M, "--data-dir", "d"],
    ],
)
def test_common_options_stand_anywhere(words):
    args = build_parser().parse_args(words)
    assert (str(args.data_dir), args.staff, args.json, args.month) == ("d", "職員", True, OCTOBER)


def test_the_later_one_counts():
    args = build_parser().parse_args(["--data-dir", "a", "digest", "--data-dir", "b"])
    assert str(args.data_dir) == "b"


def test_without_a_command_there_is_none():
    args = build_parser().parse_args([])
    assert args.command is None
    assert args.json is None or args.json is False


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"], ["month"], ["month", "show"], ["month", "show", "2026-13"],
        ["month", "show", "令和8年10月"], ["record", "paint"], ["approve", M],
        ["approve", M, "--promoter", "P001", "--all-clean"], ["--colour", "digest"],
        ["digest", "more"], ["office", "add-promoter"], ["board", "--from", M],
        ["office", "end", "P001", "--area", "A1", "--on", "2026-02-30", "--reason", "x"],
        ["demo"], ["demo", "--out", "x", "--areas", "two"], ["print", "poem", "--month", M],
        ["screens", "--out", "x", "--theme", "pink"], ["screens", "--out", "x", "--window", "big"],
    ],
)  # fmt: skip
def test_wrong_words_are_status_2_and_one_line(command, words):
    said = command(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert "--help" in said.err


@pytest.mark.parametrize("words", [["--help"], ["record", "add", "--help"], ["intake", "-h"]])
def test_help_is_there_in_japanese(command, words):
    said = command(*words)
    assert said.status == 0
    assert any("ぁ" <= letter <= "ヶ" for letter in said.out)
