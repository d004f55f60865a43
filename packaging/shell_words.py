"""The words of the command line for a shell and for `man`, out of the program's own parser."""

import argparse
import re
from collections.abc import Iterator

from parts import NAME, TITLE, VERSION

from kashiwa_desktop.cli.parser import build_parser


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:  # noqa: SLF001 - argparse tells it in no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def _helps(parser: argparse.ArgumentParser) -> dict[str, str]:
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return {one.dest: one.help or "" for one in action._choices_actions}  # noqa: SLF001
    return {}


def _options(parser: argparse.ArgumentParser) -> list[str]:
    return [w for a in parser._actions for w in a.option_strings if w.startswith("--")]  # noqa: SLF001


def _walk(
    parser: argparse.ArgumentParser, way: tuple[str, ...] = ()
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield " ".join(way), parser
    for name, below in _commands(parser).items():
        yield from _walk(below, (*way, name))


def completion() -> str:
    """Return the completion for bash: commands, theirs below, options; files everywhere else."""
    cases = "".join(
        f"    '{way}') words='{' '.join([*_commands(p), *_options(p)])}' ;;\n"
        for way, p in _walk(build_parser())
    )
    return f"""# bash completion for {NAME}; made of the program's own words
_kashiwa_desktop() {{
    local way= word words= n
    for ((n = 1; n < COMP_CWORD; n++)); do
        word=${{COMP_WORDS[n]}}
        case $word in
        --data-dir | --database | --as | --passphrase-file) n=$((n + 1)) ;;
        -*) ;;
        *) _kashiwa_desktop_words "${{way:+$way }}$word" && way="${{way:+$way }}$word" ;;
        esac
    done
    _kashiwa_desktop_words "$way"
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}")
}}

_kashiwa_desktop_words() {{
    case $1 in
{cases}    *) return 1 ;;
    esac
}}

complete -o default -F _kashiwa_desktop {NAME}
"""


def manual() -> str:
    """Return the page for `man`."""
    lines = [
        f'.TH KASHIWA\\-DESKTOP 1 "" "{VERSION}" "{TITLE}"',
        ".SH 名前", f"kashiwa\\-desktop \\- {TITLE}",
        ".SH 書式", "\\fBkashiwa\\-desktop\\fR [オプション] [命令 ...]",
        ".SH 説明", "命令を書かなければ窓を開きます。届いたファイルの名前を書くと、",
        "窓で開きます。命令ごとの書き方は「kashiwa\\-desktop 命令 \\-\\-help」で出ます。",
        ".SH 命令",
    ]  # fmt: skip
    parser = build_parser()
    for name, text in _helps(parser).items():
        lines += [".TP", f"\\fB{_roff(name)}\\fR", _roff(text)]
    lines.append(".SH オプション")
    for action in parser._actions:  # noqa: SLF001
        if action.option_strings:
            words = ", ".join(f"\\fB{_roff(word)}\\fR" for word in action.option_strings)
            value = f" {_roff(str(action.metavar))}" if action.metavar else ""
            lines += [".TP", words + value, _roff(action.help or "")]
    lines += [
        ".SH ファイル", "記録は \\fI~/.local/share/kashiwa\\-desktop\\fR にあります。",
        "\\fB\\-\\-data\\-dir\\fR で変えられます。",
        ".SH 終了ステータス", "0 できた、1 断った(理由を標準エラーに1行)、2 書き方のまちがい。",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("%%", "%")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE) or "\\&"
