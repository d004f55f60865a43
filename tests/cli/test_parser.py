"""The words: options stand before or after, and what is not known is status 2 in one line."""

import argparse
import re

import pytest

from kashiwa_desktop.cli import papers
from kashiwa_desktop.cli.japanese import in_japanese
from kashiwa_desktop.cli.parser import build_parser
from kashiwa_desktop.domain.totals import GROUPS
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


PLAIN = {
    "CSV", "JSON", "PDF", "URL", "TOML", "UTF-8", "Excel", "age1", "null", "head", "device", "x614",
    "kashiwa-desktop", "undo",
}  # fmt: skip
"""Names of formats, and of the fields that a command shows or takes."""


def parsers(parser, path=()):
    """Every command with its words: ``((), parser)``, ``(("record", "add"), …)``."""
    yield path, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from parsers(inner, (*path, name))


def names_of(parser):
    """Commands, options and the values one chooses from: they are as they are."""
    for action in parser._actions:
        yield from action.option_strings
        yield from map(str, action.choices or ())


def english(text, known):
    """Words of a help that are neither Japanese nor the name of anything."""
    words = re.findall(r"[A-Za-z][A-Za-z0-9_-]*", text)
    return sorted(set(words) - {name.lstrip("-") for name in known} - PLAIN)


EVERY = list(parsers(build_parser()))
KNOWN = {
    *(name for _, parser in EVERY for name in names_of(parser)),
    *papers.PAPERS, *GROUPS, "USB", "exe", "deb",
}  # fmt: skip


@pytest.mark.parametrize("parser", [pytest.param(p, id=" ".join(w) or "-") for w, p in EVERY])
def test_no_help_leaves_anything_in_english(parser):
    assert english(parser.format_help(), KNOWN) == []


def test_the_search_for_english_finds_argparse_own_words():
    plain = argparse.ArgumentParser(prog="kashiwa-desktop")
    plain.add_argument("place")
    found = english(plain.format_help(), KNOWN)
    assert {"usage", "positional", "arguments", "options", "this", "message"} <= set(found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "命令 に 'nonsense' はありません"),
        (["month"], "命令 をお書きください"),
        (["month", "show"], "月 をお書きください"),
        (["month", "show", "2026-13"], "月: 月(2026-10 の形)が読めません: 2026-13"),
        (["approve", M], "--promoter --all-clean のどれかをお書きください"),
        (["approve", M, "--promoter", "P", "--all-clean"], "一緒に使えません"),
        (["--colour", "digest"], "知らない言葉です: --colour"),
        (["board", "--from"], "--from の値をお書きください"),
        (["demo", "--out", "x", "--areas", "two"], "--areas に 'two' は使えません"),
        (["screens", "--out", "x", "--theme", "pink"], "--theme に 'pink' はありません。"),
        (["check", "--rebuild=1"], "--rebuild に値は付けられません: '1'"),
        (["office", "read", "poems", "x"], "種類 に 'poems' はありません。"),
        (["month", "close", M, "--re", "x"], "--re は --reason, --remark のどれか不明です"),
    ],
)
def test_what_is_wrong_is_said_in_japanese(command, words, said):
    err = command(*words).err
    assert said in err
    assert english(err, {*KNOWN, "nonsense", "colour", "two", "pink", "poems", "--re"}) == []


def test_a_sentence_of_argparse_that_is_new_is_not_passed_on():
    assert in_japanese("something nobody has seen yet") == "読み取れない言葉があります"
