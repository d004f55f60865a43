"""支えあい会議 in the invented world: the meeting itself, with attendance, agenda and homework."""

import random
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.sample.scene import Record, Scene, tell

_NEXT = ("決まったことを文書にして出席者に送る。", "宿題の進み具合を確かめる。")

EXCHANGE = Scene(
    "council",
    "exchange",
    ("支えあい会議", "支えあい会議(意見交換)"),
    (
        "支えあい会議を開き、地域の困りごとと資源について意見を交わした。",
        "支えあい会議で、包括やケアマネジャーを交えて支えあいの周知の方法を話し合った。",
        "高齢者施設・障害者施設と住民が集まり、地域でできることを話し合った。",
        "スーパーの方に初めて出席していただき、買い物の困りごとを共有した。",
    ),
    (
        "\nはじめに通いの場とたすけあいの活動の報告があり、続いて4つの組に分かれて話し合った。"
        "どの組からも、買い物と通院のときの足の問題が出された。"
        "施設からは、昼の間に空いているバスを使えるとの申し出があった。",
        "\n前回の宿題の報告のあと、見守りの輪を広げる方法を話し合った。"
        "新聞の販売店や薬局など、日ごろ顔を合わせる店に協力をお願いする案がまとまった。"
        "異変に気付いたときの連絡先を1枚のカードにまとめる。",
        "\n会場の数が足りないこと、担い手が高齢になっていることが、あらためて課題として出された。"
        "集会所のほかに、施設の会議室や店の休憩コーナーを使わせていただく案が出た。"
        "若い世代には、短い時間でもできる手伝いから声をかけることになった。",
    ),
    (
        "終わりに、それぞれの団体が次回までにできることを一つずつ出し合った。",
        "出された意見は一覧にして、次回までに順番を付ける。",
        "初めて出席した方から「話しやすかった」との感想があった。",
    ),
    ("出席者の半分以上が発言し、話し合いが深まった。", "時間が足りず、議題をしぼる必要がある。"),
    _NEXT,
    ("近隣センター 大会議室", "近隣センター 会議室"),
    (("支えあい会議 構成団体",),),
    (120, 90),
    (None,),
    ("needs", "resources", "sharing"),
)

STUDY = Scene(
    "council",
    "study",
    ("支えあい会議 勉強会",),
    (
        "支えあい会議として、他市のNPO法人の社会参加の取り組みを学んだ。",
        "先に進んでいる地域の支えあい活動を、会議の勉強会として学んだ。",
        "支えあい会議の勉強会で、ほかの地域の実践を聞いた。",
    ),
    (
        "\n講師から、はじめは3人の有志で始まり、5年で40人の担い手になるまでの話があった。"
        "うまくいかなかった時期のことも率直に話していただき、質問が続いた。",
        "\n住民が運転を受け持つ仕組みについて、保険や車の借り方も含めて説明があった。"
        "そのあと席ごとに、自分たちの地域で始めるなら何が足りないかを話し合った。",
        "\n活動の写真を見ながら、居場所が学習支援や食事の会に広がっていった様子を聞いた。"
        "子どもと高齢の方が同じ場所で過ごす工夫に、関心が集まった。",
    ),
    ("見学に行きたいという声が多く、日取りを調整する。", "まず小さく試すことで意見がまとまった。"),
    ("「できることから」という言葉が皆の心に残った。", ""),
    _NEXT,
    ("近隣センター 大会議室",),
    (("支えあい会議 構成団体", "ボランティア・NPO"),),
    (120,),
    (None,),
    ("training", "sharing"),
)

EVENT = Scene(
    "council",
    "event",
    ("支えあい会議の催し", "支えあいを知らせる催し"),
    (
        "支えあい会議の主催で、シニアを対象にフォークソングのコンサートを開いた。",
        "ふるさと協議会との共催で、支えあいを知らせる公開講座を開いた。",
        "支えあい会議の催しとして、地域の活動を紹介する集いを開いた。",
    ),
    (
        "会場の入口で、通いの場とたすけあいの活動を写真で紹介した。",
        "休みの時間に、地域の団体がそれぞれ3分ずつ活動を紹介した。",
        "終わりに、手伝いを申し出る用紙を配り、7名が書いてくださった。",
    ),
    ("ふだん集まりに出ない方の参加が目立った。", "片付けまで多くの方が手伝ってくださった。"),
    ("楽しい催しは、つながりのきっかけになる。", ""),
    _NEXT,
    ("近隣センター 体育室", "近隣センター 大会議室"),
    (("ふるさと協議会", "支えあい会議 構成団体"),),
    (150, 180),
    (None,),
    ("sharing", "training"),
)

_KINDS = {
    "furusato": (2, 4), "neighbourhood": (2, 6), "welfare_commissioner": (2, 5),
    "volunteer_npo": (1, 4), "support_center": (1, 2), "facility": (1, 3), "mutual_aid": (1, 4),
    "seniors_club": (0, 3), "business": (0, 2), "government": (1, 3),
}  # fmt: skip
_TOPICS = (
    ("通いの場の活動報告", "report", "3か所の通いの場から活動の様子の報告があった。", ""),
    ("移動の困りごとについて", "discussion", "買い物と通院の足について意見を出し合った。",
     "施設のバスを月1回お借りして試す。"),
    ("見守りの協力店について", "discussion", "協力をお願いする店の一覧を作った。",
     "手分けして訪ねる。"),
    ("情報誌(地域版)の改訂", "decision", "のせる団体と連絡先の扱いを決めた。",
     "来月までに原稿を集める。"),
    ("担い手さがしの方法", "discussion", "短い時間の手伝いから声をかける。", "募集の文を作る。"),
)  # fmt: skip
_NEEDS = (
    "買い物・通院の足、電球の交換などの短い手伝い。施設の会議室とバスが使える。",
    "坂の上の地区に集まれる場所がない。店の休憩コーナーを使える見込み。",
    "男性の参加が少ない。将棋や畑の会なら出やすいとの声。",
)
_DECISIONS = (
    "買い物ツアーを月1回試す。次回に結果を報告する。",
    "見守りの連絡カードを作り、協力店に配る。",
    "新しい通いの場の準備会を立ち上げる。",
)
_HOMEWORK = (
    ("施設にバスの空いている日をうかがう", "推進員"),
    ("協力店の候補を町会ごとに3つ出す", "町会・自治会"),
    ("通いの場の一覧を新しくする", "ボランティア"),
    ("次回の会場を予約する", "ふるさと協議会"),
)


def meeting(day: date, area: str, turn: int, number: int, rng: random.Random) -> Record:
    """Return the record of a year's ``number``-th meeting; every other one told at length."""
    scene = (EXCHANGE, EXCHANGE, STUDY, EXCHANGE, EVENT)[turn % 5]
    record = tell(scene, day, area, turn)
    if rng.random() < 0.5:
        record["content"] += "".join(t for t in scene.how if t not in record["content"])
    record["council"] = part(day, number, rng)
    record["attendees"] = sum(record["council"]["attendance"].values())
    return record


def part(day: date, number: int, rng: random.Random) -> dict[str, Any]:
    """Return the 支えあい会議 part of a record."""
    attendance = {kind: rng.randint(*span) for kind, span in _KINDS.items()}
    return {
        "tier": 2,
        "joint_areas": [],
        "lead_area": None,
        "number": number,
        "attendance": {kind: count for kind, count in attendance.items() if count},
        "chair": rng.choice(("コアメンバー", "ふるさと協議会", "民生委員")),
        "agenda": [
            {"title": title, "kind": kind, "summary": summary, "conclusion": conclusion}
            for title, kind, summary, conclusion in rng.sample(_TOPICS, 3)
        ],
        "needs": rng.choice(_NEEDS),
        "decisions": rng.choice(_DECISIONS),
        "homework": [
            {"text": text, "owner": owner, "due": _later(day, 30), "done": False}
            for text, owner in rng.sample(_HOMEWORK, 2)
        ],
        "next_date": _later(day, 91),
    }


def _later(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()
