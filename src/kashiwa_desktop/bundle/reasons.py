"""Why a travelling file was not accepted: one true sentence for each reason, and what to do.

The codes are those of PRODUCT.md §8. Before decryption nothing can be told apart from damage, and
the sentences of that stage say no more than that (BUNDLE.md §4).
"""

from typing import Final

from kashiwa_desktop.errors import FileRefusedError

_AGAIN: Final = "もう一度保存し直してもらってください。"

REASONS: Final[dict[str, tuple[str, str]]] = {
    # before decryption
    "empty": ("damaged", "ファイルの中身が空です。" + _AGAIN),
    "file_size": (
        "too_large",
        "ファイルが大きすぎます(25 MBまで)。このソフトで作ったファイルか、ご確認ください。",
    ),
    "not_ours": ("unreadable", "このソフトのファイルではないか、こわれています。" + _AGAIN),
    "sealed": (
        "unreadable",
        "別の事務局あてか、こわれています。あて先を確かめて、" + _AGAIN,
    ),
    # the container
    "packing": ("damaged", "ファイルの中身がこわれています。" + _AGAIN),
    "plain_size": (
        "too_large",
        "ファイルの中身が多すぎます(64 MB、20万行、1行256 KBまで)。"
        "作った人に、中身をご確認ください。",
    ),
    "lines": ("damaged", "ファイルの行の並びがこわれています。" + _AGAIN),
    "header": ("damaged", "ファイルの見出しを読み取れません。" + _AGAIN),
    "newer": (
        "newer_format",
        "新しい版で作られたファイルです。ファイルは正常です。このソフトを更新してください。",
    ),
    "newer_or_damaged": (
        "damaged",
        "こわれているか、このソフトより新しい版で作られたファイルです。"
        "このソフトを更新しても読めないときは、" + _AGAIN,
    ),
    "signature": (
        "damaged",
        "ファイルの署名が合いません。作られたあとで中身が変わっています。" + _AGAIN,
    ),
    "device": ("damaged", "作ったパソコンの印とかぎが合いません。" + _AGAIN),
    "body": ("damaged", "ファイルの記録が、作られたときとちがいます。" + _AGAIN),
    # from whom, to whom
    "kind": ("schema", "これは「{kind}」です。ここでは受け取れません。"),
    "unknown_kind": ("schema", "ファイルの種類が分かりません。作った人にご確認ください。"),
    "unsealed": (
        "schema",
        "暗号になっていないファイルです。このソフトで作り直してもらってください。",
    ),
    "sealed_setup": (
        "schema",
        "設定ファイルの形がちがいます。事務局で作り直してもらってください。",
    ),
    "other_office": (
        "other_office",
        "別の事務局あてのファイルです。正しい事務局に渡してください。",
    ),
    "setup_of_other": (
        "other_office",
        "登録されている事務局のものではない設定ファイルです。"
        "渡してくれた人と事務局にご確認ください。",
    ),
    "not_listed": (
        "unknown_device",
        "登録されている事務局のかぎで作られたものではありません。"
        "新しい設定ファイルを入れてから、もう一度お試しください。",
    ),
    "revoked": (
        "revoked",
        "なくしたと届け出のあったパソコンで作られたファイルです。担当者が本人にご確認ください。",
    ),
    "other_promoter": (
        "wrong_promoter",
        "別の推進員さんのファイルです。お名前を確かめて、正しいファイルをお選びください。",
    ),
    "no_promoter": ("schema", "どの推進員さんのファイルか書かれていません。" + _AGAIN),
    # the records
    "line": (
        "schema",
        "{number}行目の記録が、決まりの形になっていません。作った人にご確認ください。",
    ),
    "order": ("schema", "記録の並びが決まりどおりではないか、同じ行が2回あります。" + _AGAIN),
    "foreign_record": (
        "wrong_promoter",
        "ほかの推進員さんの記録が入っています。作った人にご確認ください。",
    ),
    "office_record": (
        "schema",
        "事務局だけが書ける記録が入っています。作った人にご確認ください。",
    ),
    "not_settings": (
        "schema",
        "設定ファイルに、設定ではない記録が入っています。事務局にご確認ください。",
    ),
    "foreign_parents": (
        "schema",
        "別の記録の続きだという記録が入っています。作った人にご確認ください。",
    ),
}

KIND_NAMES: Final = {
    "submission": "提出用のファイル",
    "return": "事務局からの返事",
    "setup": "設定ファイル",
    "transfer": "引っ越しファイル",
    "handover": "引継ぎファイル",
    "journal": "事務局の記録の写し",
}


def refusal(reason: str, **values: object) -> FileRefusedError:
    """Return the refusal for a key of ``REASONS``; ``values`` fill its sentence."""
    code, text = REASONS[reason]
    return FileRefusedError(text.format(**values), code=code, reason=reason, **values)
