"""The words of 地域の資源: one promoter's, those of an area without anybody, the whole city's."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kashiwa_desktop.cli.words import day

Add = Callable[[str, str], argparse.ArgumentParser]


def add(resource: Add) -> None:
    new = resource("add", "地域の資源を加えます")
    new.add_argument("file", help="1行に1件のJSONのファイル、または -")
    listed = resource("list", "地域の資源を並べます")
    listed.add_argument("--area", help="地域(番号か名前)")
    listed.add_argument("--ended", action="store_true", help="終わったものも並べます")
    edit = resource("edit", "書いた項目だけを直します")
    sure = resource("confirm", "確かめた日を書きます")
    end = resource("end", "終わりにします(記録は残ります)")
    take = resource("take-over", "前任者の資源を引き継ぎます")
    delete = resource("delete", "消します(戻せます)")
    for command in (edit, sure, end, take, delete):
        command.add_argument("id", help="資源")
    edit.add_argument("file", help="直す項目のJSONのファイル、または -")
    for command in (sure, end):
        command.add_argument("--on", type=day, help="日付(書かなければきょう)")
    for command in (new, listed, edit, sure, end, take, delete):
        whose = command.add_mutually_exclusive_group()
        whose.add_argument("--promoter", help="この推進員のものとして(事務局)")
        whose.add_argument("--city", action="store_true", help="担当のいない地域のもの(事務局)")
    counts = resource("counts", "年度の終わりの件数を、種類と型ごとに示します")
    counts.add_argument("year", type=int, help="年度(はじまりの西暦)")
    excel = resource("excel", "市域の資源をExcelの表にします")
    excel.add_argument("--out", type=Path, required=True, help="書き出すExcelの表")
