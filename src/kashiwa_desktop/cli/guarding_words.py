"""The words for the office's keys, the promoters' PCs, and rebuilding an office."""

import argparse
from collections.abc import Callable
from pathlib import Path

Add = Callable[[str, str], argparse.ArgumentParser]


def add(office: Add) -> None:
    """Add the commands to the office's group."""
    words = office("passphrase", "事務局の合言葉を替えます")
    words.add_argument(
        "--new-passphrase-file", type=Path, required=True, help="新しい合言葉を書いたファイル"
    )
    rotate = office("rotate-keys", "事務局のかぎを新しくします")
    recover = office("recover", "合言葉が分からないとき、予備のかぎで事務局を開けるようにします")
    rebuild = office("rebuild", "保管したファイルから、事務局の記録を作り直します")
    rebuild.add_argument(
        "--from", dest="folder", type=Path, required=True, help="保管したファイルのフォルダー"
    )
    for command in (rotate, recover, rebuild):
        command.add_argument(
            "--recovery-key",
            type=Path,
            required=command is recover,
            help="予備のかぎの文字か40個のことばを書いたファイル",
        )
        command.add_argument("--revoked", action="store_true", help="前のかぎは盗まれた")
    devices = office("devices", "推進員のパソコンを示します")
    devices.add_argument("--promoter", help="推進員の番号")
    lost = office("report-lost", "パソコンをなくしたという届け出を書きます")
    lost.add_argument("device", help="確認番号、または devices の device")
    lost.add_argument("--found", action="store_true", help="見つかった")
    accept = office("accept-waiting", "なくしたパソコンの、待っているファイルを受け取ります")
    accept.add_argument("file", type=Path, help="待っているファイル(waiting が示すもの)")
