"""The seed's codes of a record: the four categories, their types, and the other lists.

The categories and types are those of the council's own slides (DOMAIN.md §0); the codes are the
public contract of PRODUCT.md §8. Their words in force are asked of ``domain.code_list``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """One of the four fixed categories, with its types (code → 日本語) and two example lines."""

    code: str
    label: str
    types: dict[str, str]
    examples: tuple[str, str]


CATEGORIES: dict[str, Category] = {
    category.code: category
    for category in (
        Category(
            "council",
            "支えあい会議の展開",
            {"exchange": "意見交換", "study": "勉強会", "event": "イベント開催"},
            ("支えあい会議を開いた", "会議として勉強会・催しを開いた"),
        ),
        Category(
            "network",
            "ネットワークづくり",
            {"facility": "福祉施設", "professional": "福祉専門職員", "business": "企業・商店"},
            ("包括や施設の職員と情報交換した", "お店や会社と連携の相談をした"),
        ),
        Category(
            "community",
            "地域活動",
            {
                "local_meeting": "地域の打合せ",
                "briefing": "地域説明会・イベント",
                "expert_meeting": "専門職会議への参加",
            },
            ("支えあい会議の準備で住民と打合せた", "包括が開く会議に出席した"),
        ),
        Category(
            "other",
            "その他打合せ等",
            {"area_officer": "地区担当", "regular_meeting": "推進員定例会", "misc": "その他"},
            ("地区担当の職員と打合せた", "推進員定例会・研修に出た"),
        ),
    )
}

STATUSES = {"held": "実施", "cancelled": "中止", "postponed": "延期"}

TAGS = {
    "needs": "ニーズ把握",
    "resources": "資源把握",
    "development": "資源開発",
    "business": "企業連携",
    "training": "担い手養成",
    "matching": "マッチング",
    "sharing": "情報共有",
}

ATTENDANCE_KINDS = {
    "furusato": "ふるさと協議会(地区社協)",
    "neighbourhood": "町会・自治会・区",
    "welfare_commissioner": "民生委員・児童委員",
    "volunteer_npo": "ボランティア・NPO",
    "support_center": "地域包括支援センター",
    "facility": "福祉施設・事業所",
    "mutual_aid": "支えあい活動者",
    "seniors_club": "老人クラブ",
    "business": "企業・商店",
    "government": "行政・社協",
    "other": "その他",
}

AGENDA_KINDS = {"report": "報告", "discussion": "協議", "decision": "決定"}

CONTACT_METHODS = {
    "visit": "訪問",
    "phone": "電話",
    "came": "来訪",
    "meeting": "会議",
    "online": "オンライン",
    "mail": "メール",
}
"""連絡方法 of ネットワークづくり (DOMAIN.md §7 a)."""

NETWORK_RESULTS = {
    "shared": "情報共有",
    "started": "連携開始",
    "created": "サービス創出",
    "continued": "継続",
}
"""連携の成果 of ネットワークづくり (DOMAIN.md §7 a)."""

SUPPORT_TARGETS = {
    "mutual_aid": "たすけあい",
    "gathering": "通いの場",
    "watching": "見守り",
    "preparation": "会議準備",
    "other": "その他",
}
"""支援対象 of 地域活動 (DOMAIN.md §7 a)."""


WORDS = {
    "status": STATUSES,
    "tag": TAGS,
    "attendance": ATTENDANCE_KINDS,
    "agenda": AGENDA_KINDS,
    "contact_method": CONTACT_METHODS,
    "network_result": NETWORK_RESULTS,
    "support_target": SUPPORT_TARGETS,
}
"""The lists besides categories and types."""
