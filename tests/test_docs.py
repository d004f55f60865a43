"""The documents tell the truth: commands, options and links exist, and the words are ours."""

import argparse
import re
from collections import Counter
from pathlib import Path

import pytest

from kashiwa_desktop.cli.parser import build_parser
from words_seen import NEVER_ON_SCREEN, everything

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = sorted((ROOT / "docs" / "manual").rglob("*.md"))
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "packaging").rglob("*.md")]
FOR_USERS = "\n".join([README, *(page.read_text(encoding="utf-8") for page in MANUAL)])


def commands(parser, above=""):
    """Each command that does something: its full name, its parser and its line of help."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help for choice in action._choices_actions}
            for name, below in action.choices.items():
                inner = list(commands(below, f"{above}{name} "))
                yield from inner or [(f"{above}{name}", below, told.get(name))]


def options(parser):
    for action in parser._actions:
        for name in action.option_strings:
            if name.startswith("--") and action.help is not argparse.SUPPRESS:
                yield name, action.help


def test_the_readme_names_the_two_commands():
    assert "make run" in README
    assert "make test" in README


@pytest.mark.parametrize("command", [name for name, _, _ in commands(build_parser())])
def test_every_command_is_explained(command):
    assert re.search(rf"(?<![\w-]){re.escape(command)}(?![\w-])", FOR_USERS)


def test_every_option_is_explained_and_has_a_line_of_help():
    parsers = [build_parser(), *(parser for _, parser, _ in commands(build_parser()))]
    found = {option for parser in parsers for option in options(parser)}
    untold = {name for name, _ in found if not re.search(rf"{name}(?![\w-])", FOR_USERS)}
    assert untold == set()
    assert {name for name, told in found if not told} == set()


def told_options():
    """What the rows of the manual give each command: its name and the options it takes."""
    known = [name for name, _, _ in commands(build_parser())]
    told = {}
    for line in (ROOT / "docs" / "manual" / "commands.md").read_text(encoding="utf-8").splitlines():
        words = re.match(r"\| `((?:[^`\\]|\\.)+)`", line)
        found = [name for name in known if words and f"{words[1]} ".startswith(f"{name} ")]
        if found:
            told.setdefault(max(found, key=len), set()).update(re.findall(r"--[a-z-]+", words[1]))
    return told


def test_the_manual_gives_each_command_exactly_the_options_it_takes():
    common = {name for name, _ in options(build_parser())} | {"--help"}
    takes = {
        name: {option for option, _ in options(parser)} - common
        for name, parser, _ in commands(build_parser())
    }
    assert told_options() == takes


def test_every_command_has_a_line_of_help():
    assert [name for name, _, told in commands(build_parser()) if not told] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_users_read_only_words_they_know():
    assert [word for word in NEVER_ON_SCREEN if word in FOR_USERS] == []


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
NAMES_A_DECISION = re.compile(r"[Dd]ecisions?[ /(\[]+0*(\d+)")


def test_every_decision_that_is_named_can_be_read():
    kept = {int(path.name[:4]) for path in DECISIONS}
    sources = [path for room in ("src", "tests") for path in (ROOT / room).rglob("*.py")]
    named = {
        (int(number), path.name)
        for path in (*PAGES, *sources)
        for number in NAMES_A_DECISION.findall(path.read_text(encoding="utf-8"))
    }
    assert {(number, name) for number, name in named if number not in kept} == set()
    assert NAMES_A_DECISION.findall("(decision 0066) [decisions](decisions/)") == ["66"]


def test_every_decision_stands_in_the_list_of_decisions():
    told = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DECISIONS if path.name not in told] == []
    assert [path.name for path in DECISIONS if "**Choice.**" not in path.read_text("utf-8")] == []


def glossary():
    """The rows of the glossary: English, Japanese, what it is."""
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("Glossary", 1)[1]
    rows = [line.strip("| ").split(" | ") for line in told.splitlines() if line.startswith("| ")]
    return rows[1:]


def twice(words):
    return sorted(word for word, count in Counter(words).items() if count > 1)


def test_a_word_of_the_glossary_means_one_thing():
    english = [re.sub(r" \(.*?\)", "", row[0]) for row in glossary()]
    assert twice(word for words in english for word in words.split(", ")) == []
    japanese = [word for row in glossary() for word in row[1].split("、")]
    assert twice(word for word in japanese if word[0] not in "(–") == []
    assert twice(["head", "sheet", "head"]) == ["head"]


def test_a_word_of_the_glossary_is_said():
    """What stands there without brackets is what people read, and not a word of our own."""
    said = "\n".join(seen.text for seen in everything())
    japanese = [re.sub(r"\(.*?\)|–", "", row[1]) for row in glossary()]
    words = [word for words in japanese for word in re.split("[、・]", words) if word]
    assert [word for word in words if word not in said] == []
