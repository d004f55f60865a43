"""argparse in Japanese: headings, values in the help, and what it says of wrong words."""

import argparse
import re
import sys
from typing import Any, Final, NoReturn, TypeVar

_Kind = TypeVar("_Kind", bound=argparse.Action)

_NAMES: Final = {
    "address": "住所", "area": "地域", "areas": "地域", "before": "月", "by": "分けかた",
    "columns": "列", "date": "日付", "decided_by": "人", "device": "パソコン", "event": "操作",
    "file": "ファイル", "files": "ファイル", "first": "はじめ", "folder": "フォルダー",
    "id": "番号", "inquiry": "伺番号", "kana": "フリガナ", "keep": "記録", "key": "項目",
    "kind": "種類", "last": "終わり", "method": "方法", "month": "月", "name": "名前",
    "new_passphrase_file": "ファイル", "number": "発行番号", "on": "日付", "out": "書き出し先",
    "pair": "番号", "phone": "電話番号", "profile": "決まり", "promoter": "推進員",
    "question": "お願い", "reason": "理由", "record": "記録", "recovery_key": "ファイル",
    "recovery_out": "ファイル", "relation": "続柄", "remark": "文", "ruling": "理由",
    "standing": "立場", "tables": "表", "text": "文", "to": "相手", "use": "版", "value": "値",
    "voucher": "伝票番号", "window": "大きさ", "year": "年度", "yen": "円",
}  # fmt: skip
"""What stands in the help for the value of an option or an argument."""
_VALUE: Final = "値"
_NAME: Final = r"argument (?P<name>.+?): "
_SAYINGS: Final = (
    (r"the following arguments are required: (?P<what>.+)", "{what} をお書きください"),
    (r"unrecognized arguments: (?P<what>.+)", "知らない言葉です: {what}"),
    (r"one of the arguments (?P<what>.+) is required", "{what} のどれかをお書きください"),
    (r"ambiguous option: (?P<what>\S+) could match (?P<of>.+)", "{what} は {of} のどれか不明です"),
    (_NAME + r"invalid choice: (?P<what>.+?) \(choose from (?P<of>.{1,160})\)",
     "{name} に {what} はありません。あるもの: {of}"),
    (_NAME + r"invalid choice: (?P<what>.+?) \(.+\)", "{name} に {what} はありません"),
    (_NAME + r"invalid \S+ value: (?P<what>.+)", "{name} に {what} は使えません"),
    (_NAME + r"expected at most one argument", "{name} の値は1つだけです"),
    (_NAME + r"expected .*arguments?", "{name} の値をお書きください"),
    (_NAME + r"not allowed with argument (?P<what>.+)", "{name} と {what} は一緒に使えません"),
    (_NAME + r"ignored explicit argument (?P<what>.+)", "{name} に値は付けられません: {what}"),
    (_NAME + r"(?P<what>.+)", "{name}: {what}"),
)  # fmt: skip
"""argparse's sentences of all its versions, and what we say instead; the last is our own words."""


class Formatter(argparse.HelpFormatter):
    """Help whose first line says 使い方."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        """Japanese has no blanks to break at; the console breaks it well enough."""
        return [text]

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Says in Japanese what is wrong with the words, and ends with status 2."""

    def __init__(self, *, add_help: bool = True, **more: Any) -> None:
        super().__init__(add_help=False, formatter_class=Formatter, **more)
        self._positionals.title, self._optionals.title = "引数", "オプション"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="使い方を示します")

    def _add_action(self, action: _Kind) -> _Kind:
        takes_value = action.nargs != 0 and action.choices is None
        if takes_value and action.metavar is None:
            action.metavar = _NAMES.get(action.dest, _VALUE)
        return super()._add_action(action)

    def error(self, message: str) -> NoReturn:
        said = in_japanese(message)
        sys.stderr.write(f"書き方がちがいます({said})。--help で使い方を確かめてください。\n")
        raise SystemExit(2)


def in_japanese(message: str) -> str:
    """Say what argparse says, in Japanese; what no version has said yet is left out."""
    for pattern, said in _SAYINGS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            parts = found.groupdict()
            parts["name"] = _NAMES.get(parts.get("name") or "", parts.get("name"))
            return said.format(**parts)
    return "読み取れない言葉があります"
