"""Every sentence a person can see, what must not stand in one, and the one word for each thing.

Sources are read by their syntax: a literal with Japanese in it is something that is said, whether
on a screen, on a paper or by a command; what is put into an f-string is a hole. The manual and the
tables that are shipped are read line by line.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "kashiwa_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))
HOLE = "…"
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々〆①-⑳]")
NEVER_ON_SCREEN = (
    "エクスポート", "インポート", "マージ", "同期", "バンドル", "バックアップ",
    "ステータス", "ドラフト", "エラー", "不正", "無効",
)  # fmt: skip
"""What nobody need understand to keep a record (PRODUCT.md §2)."""
LOOKS_FOR = {"compile", "match", "search", "sub", "fullmatch", "finditer", "findall", "split"}
"""Functions of ``re``: a text that is looked for is not said."""
FOR_PROMOTERS = ("ui/promoter/", "reports/blank_form.py", "domain/", "services/months/closing.py")
"""Who speaks to promoters, or to both sides: there わけ stays, the office reads 理由."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One sentence and where it stands."""

    where: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """What a thing is called, and what it is never called; ``office``: where the office reads."""

    word: str
    never: str
    office: bool = False

    def broken_by(self, seen: Seen) -> bool:
        in_office = seen.where.endswith(".py") and not any(
            seen.where.removeprefix("src/kashiwa_desktop/").startswith(room)
            for room in FOR_PROMOTERS
        )
        return (in_office or not self.office) and re.search(self.never, seen.text) is not None


TERMS = (
    # people, places, things
    Term("推進員", "支援員|コーディネーター"),
    Term("地区担当", "地域担当|地区の担当"),
    Term("委嘱", "任命|嘱託"),
    Term("USBメモリー", "USB(?!メモリー)|スティック"),
    Term("フォルダー", "フォルダ(?!ー)"),
    Term("記録の場所", "データの?フォルダー"),
    Term("このソフト", "プログラム|このアプリ"),
    Term("パソコン", r"(?<![A-Za-z])PC(?![A-Za-z])|コンピューター?"),
    Term("予備の写し", r"控え(?!と同じか|。1)"),  # what an office keeps of a paper may be a 控え
    Term("予備のかぎ", "リカバリー|復旧キー|回復キー"),
    Term("合言葉", r"パスワード(?!。人に教えません)|パスフレーズ"),
    Term("新しい版のファイル", "更新ファイル"),
    Term("操作の記録", "監査ログ|操作履歴"),
    # fields, in forms, cards, refusals and papers alike
    Term("フリガナ", "ふりがな|振り仮名|よみがな"),
    Term("問合せ先", "問い合わせ|問合わせ|問い合せ"),
    Term("打合せ", "打ち合わせ|打合わせ|打ち合せ"),
    Term("自分用メモ", "個人メモ|私用メモ"),
    Term("活動のねらい", "機能タグ"),
    Term("期首の回数", "繰越|繰り越し"),
    Term("保存期間", "保存年限|保存の年数"),
    Term("理由", r"わけ(?=[をのは。」(:;、がと]|$)", office=True),
    # states and what is done
    Term("差戻し", r"差戻(?!し)|差戻し(ま|た|て)|差し戻し(?!ま|た|て|、|$)"),
    Term("締切", "締め切り|〆切|しめきり"),
    Term("提出の期限", "提出のめやす"),
    Term("目安", "目安(?!です。回数にかかわらず提出できます)"),
    Term("受け取り", "受取(?!人)"),
    Term("引継ぎ", r"引き継ぎ(?!ま|、)|引継(?![ぎ書])"),
    Term("取り消す", "取消[すしさせ]"),
    Term("取り込めません", "取込"),
    Term("書きとめ", "書き留"),
    # money
    Term("委託金", r"謝金|謝礼|報酬(?!\(所得税法)"),
    Term("支払済み", "支払い済|支払済(?!み)"),
    Term("支払一覧", "支払い一覧"),
    Term("支払予定日", "支払い予定日|支払期日"),
    Term("振込", "振り込み(?!ま|$)"),
    # how it is said
    Term("お選びください", "選んでくだ"),
    Term("ご確認ください", "お確かめくだ|お確認"),
    Term("ちがい", "違[いうえっ]"),
    Term("分から", "わからな|わかりま"),
    Term("二重", "2重|2重"),
    Term("合計では1回", "(?<!合)計では1回"),
    Term("か月", "[ヶカヵケ]月"),
    Term("ください", "下さい|頂[きくい]|致し(?!てい)"),
)
"""One word for each thing. A word that has no other way to be said needs no row."""


def said(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each literal with Japanese in it and its line; what is put into an f-string is a hole."""
    aside = {id(part) for node in ast.walk(tree) for part in _not_said(node)}
    for node in ast.walk(tree):
        if id(node) not in aside and isinstance(node, ast.Constant | ast.JoinedStr):
            text = _text(node)
            if JAPANESE.search(text):
                yield node.lineno, text


def _not_said(node: ast.AST) -> Iterable[ast.AST]:
    """What only explains, what looks for a text, and the pieces of a whole that is said."""
    match node:
        case ast.Expr(value=ast.Constant() as only):
            return [only]
        case ast.JoinedStr(values=parts):
            return [part for part in parts if isinstance(part, ast.Constant)]
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=args):
            return args if name in LOOKS_FOR else []
    return []


def _text(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or HOLE for part in parts)
    return ""


def seen_in(path: Path) -> list[Seen]:
    """What one file says: a source by its literals, anything else line by line."""
    where, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return [Seen(where, line, words) for line, words in said(ast.parse(text))]
    lines = enumerate(text.splitlines(), 1)
    return [Seen(where, line, words) for line, words in lines if JAPANESE.search(words)]


def papers_of_help() -> list[Path]:
    """What people read beside the program: manual, starter pages, README, the shipped tables."""
    shipped = [p for p in (ROOT / "resources").rglob("*") if p.suffix in (".md", ".csv", ".toml")]
    manual = (ROOT / "docs" / "manual").rglob("*.md")
    starter = (ROOT / "packaging" / "starter").glob("*.md")
    return [ROOT / "README.md", *sorted(manual), *sorted(starter), *sorted(shipped)]


def everything() -> list[Seen]:
    """Every sentence of screens, messages, papers, commands, manual and settings."""
    return [seen for path in (*SOURCES, *papers_of_help()) for seen in seen_in(path)]


def forbidden(seen: Iterable[Seen]) -> list[tuple[str, int, str]]:
    """Where a word stands that never appears on a screen."""
    return [
        (one.where, one.line, word) for one in seen for word in NEVER_ON_SCREEN if word in one.text
    ]


def broken_terms(seen: Iterable[Seen]) -> list[tuple[str, int, str, str]]:
    """Where something is called what it is never called."""
    return [
        (one.where, one.line, term.word, one.text)
        for one in seen
        for term in TERMS
        if term.broken_by(one)
    ]
