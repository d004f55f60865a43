"""The words of the office's own commands: people, rules, tables, years, staff, moving."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kashiwa_desktop.cli.words import day, fiscal_year, month, signed_yen
from kashiwa_desktop.domain.staff import ROLES
from kashiwa_desktop.domain.totals import GROUPS
from kashiwa_desktop.services.office.table_file import COLUMNS

Add = Callable[[str, str], argparse.ArgumentParser]


def add(office: Add) -> None:
    """Add the office's commands to its group."""
    _add_people(office)
    _add_rules(office)
    _add_years(office)
    _add_staff(office)
    _add_release(office)
    move = office("migrate-from", "事務局の記録を、--database へ、または1台のファイルへ移します")
    move.add_argument("folder", type=Path, help="いまの記録のフォルダー")
    move.add_argument("--from-database", metavar="URL", help="いまの記録があるデータベース")


def _add_release(office: Add) -> None:
    release = office("release", "配る新しい版を決めます(書かなければ、いまの版を示します)")
    release.add_argument("file", type=Path, nargs="?", help="新しい版のファイル(setup.exe か .deb)")
    release.add_argument("--notes", nargs="*", default=[], help="新しくなったこと(1つずつ)")
    release.add_argument("--none", action="store_true", help="配るのをやめます")
    to = office("release-to", "新しい版のファイルを、フォルダーかUSBメモリーに入れます")
    to.add_argument("folder", type=Path, help="入れる先のフォルダー")
    to.add_argument("--file", type=Path, help="新しい版のファイル(ここにとってなければ)")


def _add_people(office: Add) -> None:
    back = office("resume", "休止を終えます")
    back.add_argument("--on", type=day, required=True, help="また始める日")
    payee = office("payee", "本人のほかの支払先を決めます")
    for name, text in (
        ("name", "支払先の氏名(空なら本人に戻します)"),
        ("kana", "フリガナ"),
        ("relation", "続柄"),
        ("address", "住所"),
        ("phone", "電話番号"),
    ):
        payee.add_argument(f"--{name}", default="", help=text)
    terms = office("terms", "委嘱ごとの月額、源泉徴収、調整などを示し、変えます")
    change = office("adjust", "ひと月の支給額に調整を加えます")
    change.add_argument("--month", type=month, required=True, help="月")
    change.add_argument("--yen", type=signed_yen, required=True, help="円(減らすときは -500 の形)")
    change.add_argument("--reason", required=True, help="理由(書類に載ります)")
    for command in (back, payee, terms, change):
        command.add_argument("promoter", help="推進員の番号")
        command.add_argument("--area", required=True, help="地域")
    terms.add_argument("--set", dest="file", metavar="ファイル", help="変える項目のJSON、または -")
    contact = office("contact", "電話番号と住所(事務局と本人だけが見られます)")
    contact.add_argument("promoter", help="推進員の番号")
    contact.add_argument("--phone", help="電話番号")
    contact.add_argument("--address", help="住所")
    proxy = office("add-proxy", "代理をする人を決めます")
    proxy.add_argument("promoter", help="推進員の番号")
    proxy.add_argument("--name", required=True, help="氏名")
    proxy.add_argument("--standing", default="", help="立場")
    proxy.add_argument("--from", dest="first", type=day, required=True, help="はじまりの日")
    proxy.add_argument("--to", dest="last", type=day, help="終わりの日")


def _add_rules(office: Add) -> None:
    rule = office("set", "事務局の設定を変えます(項目と値、またはJSONのファイル)")
    rule.add_argument("key", help="項目の名前、または変える項目のJSONのファイル")
    rule.add_argument("value", nargs="?", help="値(JSONまたは文字。null で初期値に戻ります)")
    office("settings", "事務局の設定を示します")
    opening = office("opening", "記録より前の回数(期首の回数)を入れます")
    opening.add_argument("file", type=Path, help="期首の回数のCSVかJSON")
    read = office("read", "名簿の表(CSV)を読み込みます")
    write = office("write", "名簿の表(CSV)を書き出します")
    for command in (read, write):
        command.add_argument("kind", choices=COLUMNS, help="表の種類")
    read.add_argument("file", type=Path, help="CSVのファイル")
    write.add_argument("--out", type=Path, required=True, help="書き出すCSV")


def _add_years(office: Add) -> None:
    close = office("close-year", "年度の数字を確定します(あとの変更は訂正として示します)")
    close.add_argument("--approved", action="store_true", help="承認済みだけの数字にする")
    for command in (close, office("year", "確定した年度の数字と、確定後の訂正を示します")):
        command.add_argument("year", type=fiscal_year, help="年度(はじまりの西暦)")


def _add_staff(office: Add) -> None:
    new = office("add-staff", "職員を登録します。役割を変えるときも使います")
    new.add_argument("name", help="職員の名前")
    new.add_argument("--role", choices=ROLES, required=True, help="地区担当か管理者")
    end = office("end-staff", "職員の登録を終えます")
    end.add_argument("name", help="職員の名前")
    end.add_argument("--on", type=day, help="終わりの日(書かなければきのう)")
    office("staff", "登録した職員を示します")
    log = office("log", "操作の記録を示します")
    log.add_argument("--event", help="この操作だけ")
    doubt = office("accept-log", "ほかのパソコンで写しに戻したことを示し、認めます")
    doubt.add_argument("--accept", action="store_true", help="確かめて認める")


def excel(command: argparse.ArgumentParser) -> None:
    """Add what a spreadsheet takes; ``--from`` widens it to more months than ``--month``."""
    command.add_argument("--month", type=month, required=True, help="月(終わりの月)")
    command.add_argument("--from", dest="first", type=month, help="はじめの月")
    command.add_argument("--out", type=Path, required=True, help="書き出すExcelの表")
    command.add_argument("--tables", default="", help="表(コンマで区切る。書かなければすべて)")
    command.add_argument("--columns", default="", help="記録の列(コンマで区切る)")
    command.add_argument("--approved", action="store_true", help="承認済みだけ")
    command.add_argument("--names", action="store_true", help="人の名前を入れる")


def totals(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add what the totals take besides their span of months."""
    command.add_argument("--by", default="category", help=f"分けかた({','.join(GROUPS)})")
    command.add_argument("--approved", action="store_true", help="承認済みだけ")
    command.add_argument("--cumulative", action="store_true", help="はじめからの累計")
    command.add_argument(
        "--records", metavar="分け", help="この行の記録を示します(例: council,2026-10)"
    )
    command.add_argument("--proxy", action="store_true", help="--records で代理の記録を示す")
    return command
