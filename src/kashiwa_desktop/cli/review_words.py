"""The words of the review: approving, conflicts, look-alikes."""

import argparse
from collections.abc import Callable

from kashiwa_desktop.cli.words import month as _month

Add = Callable[[str, str], argparse.ArgumentParser]


def add_approve(add: Add) -> None:
    approve = add("approve", "承認します")
    approve.add_argument("month", type=_month, help="月")
    whom = approve.add_mutually_exclusive_group(required=True)
    whom.add_argument("--promoter", help="推進員の番号")
    whom.add_argument("--all-clean", action="store_true", help="確認事項のない月をすべて")
    approve.add_argument("--ruling", default="", help="支払判断(活動がなかった月を払う理由)")
    approve.add_argument(
        "--despite-conflicts", action="store_true", help="ちがいのある記録を決めないまま承認する"
    )


def add_conflicts(add: Add) -> None:
    add("conflicts", "内容にちがいのある記録を示します")
    resolve = add("resolve", "ちがいのある記録の内容を決めます")
    resolve.add_argument("record", help="記録")
    resolve.add_argument("--use", required=True, help="正しいほうの版(conflicts の head)")
    resolve.add_argument("--reason", default="", help="理由")
    alike = add("look-alikes", "同じ活動かもしれない記録を示します")
    alike.add_argument("month", type=_month, help="月")
    same = add("look-alike", "同じ活動かどうかを決めます")
    same.add_argument("month", type=_month, help="月")
    same.add_argument("pair", help="look-alikes で示した番号")
    which = same.add_mutually_exclusive_group(required=True)
    which.add_argument("--different", action="store_true", help="別の活動です")
    which.add_argument("--keep", help="同じ活動です(残す記録)")
