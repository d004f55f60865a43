"""The words of the command line (PRODUCT.md §8): names, arguments, and their help."""

import argparse
from pathlib import Path
from typing import Any

from kashiwa_desktop.cli import guarding_words, office_words, resource_words, review_words
from kashiwa_desktop.cli.japanese import Parser
from kashiwa_desktop.cli.words import day as _day
from kashiwa_desktop.cli.words import month as _month
from kashiwa_desktop.cli.words import typed as _typed
from kashiwa_desktop.cli.words import yen as _yen
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.travel.sticks import chosen
from kashiwa_desktop.settings import TEXT_SIZES


def build_parser() -> Parser:
    """Return the parser of all commands; the common options stand before or after a command."""
    common = Parser(add_help=False)
    _add_common(common, default=argparse.SUPPRESS)
    parser = Parser(prog="kashiwa-desktop", description="地域支えあい活動記録")
    _add_common(parser, default=None)
    parser.add_argument("--version", action="store_true", help="版を表示します")
    parser.add_argument("--self-check", action="store_true", help="部品がそろっているか確かめます")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=Parser)
    add = _Adder(commands, common)
    _add_trying(add)
    _add_office(add)
    _add_records(add)
    _add_months(add)
    _add_review(add)
    _add_papers(add)
    _add_keeping(add)
    return parser


class _Adder:
    """Adds a command with the common options."""

    def __init__(self, commands: Any, common: argparse.ArgumentParser) -> None:
        self._commands = commands
        self.common = common

    def __call__(self, name: str, text: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = self._commands.add_parser(
            name, help=text, description=text, parents=[self.common]
        )
        return made

    def group(self, name: str, text: str) -> "_Adder":
        inner = self(name, text).add_subparsers(
            dest="action", metavar="命令", required=True, parser_class=Parser
        )
        return _Adder(inner, self.common)


def _add_common(parser: argparse.ArgumentParser, *, default: object) -> None:
    def option(name: str, text: str, **more: Any) -> None:
        parser.add_argument(name, help=text, default=default, **more)

    option("--data-dir", "記録を置くフォルダー", type=Path, metavar="フォルダー")
    option("--database", "事務局の記録を置くデータベース", metavar="URL")
    option("--as", "操作する職員の名前", dest="staff", metavar="職員")
    option("--passphrase-file", "事務局の合言葉を書いたファイル", type=Path, metavar="ファイル")
    option("--json", "結果をJSONの値ひとつで表示します", action="store_true")


def _add_trying(add: _Adder) -> None:
    demo = add("demo", "架空の一か月を、窓を開かずに最後まで通します")
    demo.add_argument("--out", type=Path, required=True, help="書き出すフォルダー")
    demo.add_argument("--areas", type=int, default=21, help="地域の数(1から21)")
    demo.add_argument("--month", type=_month, default=Month(2026, 10), help="月")
    demo.add_argument("--history", action="store_true", help="平成27年度から令和4年度まで")
    screens = add("screens", "すべての画面を絵にします")
    screens.add_argument("--out", type=Path, required=True, help="書き出すフォルダー")
    screens.add_argument("--role", choices=("promoter", "district", "supervisor"), help="役割")
    screens.add_argument(
        "--text-size", type=int, choices=TEXT_SIZES, default=12, help="文字の大きさ"
    )
    themes = ("light", "dark", "contrast")
    screens.add_argument("--theme", choices=themes, default="light", help="色")
    size = _typed(_window, "窓の大きさ(1092x614 の形)")
    screens.add_argument("--window", type=size, default=(1092, 614), help="窓の大きさ")


def _window(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


def _add_office(add: _Adder) -> None:
    office = add.group("office", "事務局の用意と名簿")
    init = office("init", "事務局の記録とかぎを作り、印刷する予備のかぎを示します")
    init.add_argument("--name", required=True, help="事務局の名前")
    init.add_argument("--areas", type=Path, help="地域のCSV(書かなければ初期値)")
    init.add_argument("--recovery-out", type=chosen, help="予備のかぎを書くファイル")
    new = office("add-promoter", "委嘱を加えます")
    new.add_argument("--id", required=True, help="推進員の番号")
    new.add_argument("--name", required=True, help="氏名")
    new.add_argument("--kana", default="", help="フリガナ")
    new.add_argument("--area", required=True, help="地域(番号か名前)")
    new.add_argument("--from", dest="first", type=_day, required=True, help="はじまりの日")
    new.add_argument("--yen", type=_yen, help="月額(円)")
    end = office("end", "委嘱を終えます")
    end.add_argument("promoter", help="推進員の番号")
    end.add_argument("--area", required=True, help="地域")
    end.add_argument("--on", type=_day, required=True, help="終わりの日")
    end.add_argument("--reason", required=True, help="理由(事務局だけに残ります)")
    leave = office("suspend", "休止にします")
    leave.add_argument("promoter", help="推進員の番号")
    leave.add_argument("--area", required=True, help="地域")
    leave.add_argument("--from", dest="first", type=_day, required=True, help="はじまりの日")
    leave.add_argument("--to", dest="last", type=_day, help="終わりの日")
    leave.add_argument("--reason", default="", help="理由(事務局だけに残ります)")
    file = office("setup-file", "推進員に渡す設定ファイルを作ります")
    file.add_argument("--out", type=chosen, required=True, help="書き出すファイルかフォルダー")
    _add_with_release(file)
    _add_disposal(office)
    guarding_words.add(office)
    office_words.add(office)
    setup = add("setup", "設定ファイルを読み、このパソコンを使えるようにします")
    setup.add_argument("file", type=Path, nargs="?", help="設定ファイル")
    setup.add_argument("--promoter", help="推進員の番号")
    setup.add_argument(
        "--new-identity", action="store_true", help="写したパソコンに、新しい印(かぎ)を作ります"
    )


def _add_with_release(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--with-release", action="store_true", help="配る版のファイルも、同じ場所に入れます"
    )


def _add_disposal(office: _Adder) -> None:
    erase = office("erase", "記録の文を消し、どこからも戻らないようにします")
    erase.add_argument("record", help="記録")
    erase.add_argument("file", help="代わりに残す項目のJSONのファイル、または -")
    erase.add_argument("--promoter", required=True, help="推進員の番号")
    due = office("due", "保存期間のすぎた年度を示します")
    due.add_argument("--before", type=_month, required=True, help="この月より前に終わった年度")
    dispose = office("dispose", "年度の活動の文を廃棄します(回数は残ります)")
    dispose.add_argument("year", type=int, help="年度(はじまりの西暦)")
    for command in (erase, dispose):
        command.add_argument("--reason", required=True, help="理由(決裁番号など)")
        command.add_argument("--decided-by", default="", help="決めた人")
    handover = office("handover", "後任に渡す引継ぎファイルを作ります")
    handover.add_argument("--area", required=True, help="地域")
    handover.add_argument("--to", required=True, help="後任の番号")
    handover.add_argument("--out", type=chosen, required=True, help="書き出すファイルかフォルダー")
    bank = office("bank", "口座のCSVを読み、事務局のかぎを使って、暗号にして保管します")
    bank.add_argument("file", type=Path, help="口座のCSV")
    find = office("find", "名前や言葉について保管しているものを示します(開示請求)")
    find.add_argument("text", help="さがす言葉")


def _add_records(add: _Adder) -> None:
    record = add.group("record", "活動の記録")
    new = record("add", "記録を加えます")
    new.add_argument("file", help="1行に1件のJSONのファイル、または -")
    listed = record("list", "記録を並べます")
    listed.add_argument("--month", type=_month, help="月")
    edit = record("edit", "書いた項目だけを直します")
    edit.add_argument("id", help="記録")
    edit.add_argument("file", help="直す項目のJSONのファイル、または -")
    delete = record("delete", "消します(戻せます)")
    delete.add_argument("id", help="記録")
    for command in (new, edit, delete):
        command.add_argument("--next-version", action="store_true", help="締めた月の次の版に入れる")
    add("undo", "いちばん新しい記録の操作を元に戻します")
    resource_words.add(add.group("resource", "地域の資源"))


def _add_months(add: _Adder) -> None:
    month = add.group("month", "月の締め")
    close = month("close", "締めます")
    close.add_argument("--empty", action="store_true", help="活動がなかった月として")
    close.add_argument("--reason", default="", help="活動がなかった理由")
    close.add_argument("--remark", help="成果・課題・提案")
    for command in (
        close,
        month("reopen", "締める前に戻します"),
        month("show", "月の様子を示します"),
    ):
        command.add_argument("month", type=_month, help="月")
    submit = add("submit", "提出用のファイルを作り、読み直して確かめます")
    submit.add_argument("month", type=_month, help="月")
    submit.add_argument("--out", type=chosen, required=True, help="書き出すファイルかフォルダー")


def _add_review(add: _Adder) -> None:
    intake = add("intake", "提出用のファイルを受け取ります(undo 番号 で取り消します)")
    intake.add_argument("files", nargs="+", help="ファイルかフォルダー、または undo と番号")
    intake.add_argument("--preview", action="store_true", help="書かずに中身を示します")
    intake.add_argument("--accept-new-device", action="store_true", help="新しいパソコンを認めます")
    intake.add_argument(
        "--recovery-key", type=Path, help="前のかぎあてのファイルを、予備のかぎでも読みます"
    )
    add("waiting", "確認を待つファイルを示します")
    inspect = add("inspect", "ファイルの中身を、受け取らずに示します")
    inspect.add_argument("file", nargs="+", help="ファイルかフォルダー(* と ? も使えます)")
    board = add("board", "提出状況を示します")
    _add_span(board)
    review_words.add_approve(add)
    back = add("unapprove", "承認を取り消します")
    back.add_argument("month", type=_month, help="月")
    back.add_argument("--promoter", required=True, help="推進員の番号")
    back.add_argument("--reason", required=True, help="理由")
    _add_answers(add)
    _add_span(office_words.totals(add("totals", "回数を集計します")))


def _add_answers(add: _Adder) -> None:
    ask = add("question", "記録について推進員に確認をお願いします")
    back = add("return", "月を差し戻し、次の版をお願いします")
    correct = add("correct", "記録を直し、推進員に知らせます")
    for command in (ask, back):
        command.add_argument("month", type=_month, help="月")
    correct.add_argument("record", help="記録")
    correct.add_argument("file", help="直す項目のJSONのファイル、または -")
    ask.add_argument("--record", required=True, help="記録")
    for command in (ask, back, correct):
        command.add_argument("--promoter", required=True, help="推進員の番号")
        command.add_argument("--text", required=True, help="確認したいこと")
    asked = add("questions", "確認のお願いとお返事を示します")
    asked.add_argument("--promoter", help="推進員の番号(事務局)")
    settle = add("settle", "確認のお願いを済みにします")
    settle.add_argument("question", help="確認のお願い")
    settle.add_argument("--promoter", required=True, help="推進員の番号")
    answer = add("answer", "確認のお願いに返事をします")
    answer.add_argument("question", help="確認のお願い")
    answer.add_argument("--text", default="", help="お返事")
    whether = answer.add_mutually_exclusive_group()
    whether.add_argument("--agree", action="store_true", help="この直し方でよい")
    whether.add_argument("--disagree", action="store_true", help="事実とちがう")
    file = add("return-file", "事務局からの返事のファイルを作ります")
    file.add_argument("--promoter", required=True, help="推進員の番号")
    file.add_argument("--out", type=chosen, required=True, help="書き出すファイルかフォルダー")
    file.add_argument(
        "--everything", action="store_true", help="その推進員の記録をすべて(いつも同じ)"
    )
    _add_with_release(file)
    receive = add("receive", "事務局からの返事や引っ越しファイルを読み込みます")
    receive.add_argument("file", nargs="+", help="ファイルかフォルダー(* と ? も使えます)")
    transfer = add("transfer", "もう1台のパソコンへの引っ越しファイルを作ります")
    transfer.add_argument("--to", required=True, help="もう1台の受け取りのかぎ(age1…)")
    transfer.add_argument("--out", type=chosen, required=True, help="書き出すファイルかフォルダー")
    wipe = add("wipe", "退任した推進員の記録を、すべて届いたあとでこのパソコンから消します")
    wipe.add_argument("--promoter", required=True, help="推進員の番号")
    add("predecessors", "引き継いだ前任者の記録を示します")
    review_words.add_conflicts(add)


def _add_span(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="first", type=_month, required=True, help="はじめの月")
    command.add_argument("--to", dest="last", type=_month, required=True, help="終わりの月")


_PAPERS = (
    ("honorarium", "請求書・支払明細書"),
    ("report", "活動実績報告書(月報)"),
    ("payments", "支払一覧"),
    ("receipt", "領収書(現金で支払ったもの)"),
    ("board", "提出状況一覧"),
    ("totals", "集計(月と年度)"),
    ("received", "受領票"),
    ("questions", "確認のお願い(推進員に渡す紙)"),
    ("asks", "お聞きすること(1人1枚)"),
    ("slip", "提出票"),
    ("council", "支えあい会議 記録"),
    ("handover", "引継書"),
    ("resources", "地域版 資源一覧"),
    ("year", "年間のまとめ"),
    ("binder", "監査綴り(年度)"),
    ("blank", "白紙の記入用紙"),
    ("card", "操作早見カード"),
)


_BY_PERSON = ("honorarium", "report", "received", "questions", "handover")
"""Papers of several people: two on one sheet of paper would be an accident."""


def _add_papers(add: _Adder) -> None:
    paper = add.group("print", "書類を作ります")
    for name, text in _PAPERS:
        command = paper(name, text)
        command.add_argument("--month", type=_month, required=name != "card", help="月")
        command.add_argument("--out", type=chosen, required=True, help="書き出すPDF")
        whom = command.add_mutually_exclusive_group()
        whom.add_argument("--promoter", help="推進員の番号")
        whom.add_argument("--all", action="store_true", help="全員")
        if name == "honorarium":
            command.add_argument("--cover", action="store_true", help="表紙を付けます")
        if name in _BY_PERSON:
            command.add_argument("--duplex", action="store_true", help="両面でも1人1枚にします")
        if name == "resources":
            command.add_argument("--area", help="地域(番号か名前)")
            command.add_argument("--full", action="store_true", help="補助やひとことも印刷する")
        if name == "payments":
            command.add_argument("--inquiry", default="", help="伺番号")
            command.add_argument("--voucher", default="", help="伝票番号")
    office_words.excel(add("excel", "月の数字と記録をExcelの表にします"))
    again = add("reprint", "発行した書類をもう一度印刷します(再印刷と重ねます)")
    again.add_argument("number", help="発行番号")
    again.add_argument("--out", type=chosen, required=True, help="書き出すPDF")
    void = add("cancel", "まだ支払っていない書類を取り消します")
    void.add_argument("number", help="発行番号")
    void.add_argument("--reason", required=True, help="理由")
    _add_money(add)


def _add_money(add: _Adder) -> None:
    pay = add("pay", "支払済みにします")
    pay.add_argument("month", type=_month, help="月")
    pay.add_argument("--promoter", required=True, help="推進員の番号")
    pay.add_argument("--on", type=_day, required=True, help="支払った日")
    pay.add_argument("--method", required=True, help="方法(振込、現金など)")
    pay.add_argument("--voucher", required=True, help="伝票番号")
    text = "振込のファイルに入っていても、ほかの方法で支払済みにします"
    pay.add_argument("--although-transferred", action="store_true", help=text)
    zengin = add("zengin", "全銀 総合振込のファイルを作ります")
    zengin.add_argument("month", type=_month, help="月")
    zengin.add_argument("--date", type=_day, required=True, help="振込の日")
    zengin.add_argument("--out", type=chosen, required=True, help="書き出すファイル")
    zengin.add_argument("--profile", default="standard", help="銀行の決まり(名前かTOMLファイル)")


def _add_keeping(add: _Adder) -> None:
    check = add("check", "記録がすべて正しいことを確かめます")
    check.add_argument("--rebuild", action="store_true", help="一覧と集計を作り直します")
    check.add_argument("--money", action="store_true", help="保管したファイルから支払を検算します")
    heal = add("heal", "送れない記録(前の版が受け付けたもの)を直します")
    heal.add_argument("--preview", action="store_true", help="何を直すかだけを示します")
    add("digest", "記録全体の要約値を示します")
    add("backup", "予備の写しを作り、開いて確かめます")
    add("backups", "予備の写しを並べます")
    restore = add("restore", "予備の写しの時点に戻します")
    restore.add_argument("file", type=Path, help="予備の写し")
    update = add("update", "新しい版のファイルがあるか見ます")
    update.add_argument(
        "--from", dest="folder", type=Path, help="見るフォルダー(書かなければUSBメモリー)"
    )
    update.add_argument("--install", action="store_true", help="予備の写しを作り、入れます")
