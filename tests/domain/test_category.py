"""Categories, types and codes: the public contract, word for word."""

from kashiwa_desktop.domain import category

CONTRACT = {
    "council": {"exchange": "意見交換", "study": "勉強会", "event": "イベント開催"},
    "network": {"facility": "福祉施設", "professional": "福祉専門職員", "business": "企業・商店"},
    "community": {
        "local_meeting": "地域の打合せ",
        "briefing": "地域説明会・イベント",
        "expert_meeting": "専門職会議への参加",
    },
    "other": {"area_officer": "地区担当", "regular_meeting": "推進員定例会", "misc": "その他"},
}


def test_the_four_categories_and_their_types_are_the_contract_in_order():
    assert {c: dict(known.types) for c, known in category.CATEGORIES.items()} == CONTRACT
    assert list(category.CATEGORIES) == list(CONTRACT)
    assert all(len(known.examples) == 2 for known in category.CATEGORIES.values())


def test_the_other_codes_are_the_contract():
    assert list(category.STATUSES) == ["held", "cancelled", "postponed"]
    assert list(category.TAGS) == [
        "needs", "resources", "development", "business", "training", "matching", "sharing",
    ]  # fmt: skip
    assert list(category.ATTENDANCE_KINDS) == [
        "furusato", "neighbourhood", "welfare_commissioner", "volunteer_npo", "support_center",
        "facility", "mutual_aid", "seniors_club", "business", "government", "other",
    ]  # fmt: skip
    assert list(category.AGENDA_KINDS) == ["report", "discussion", "decision"]
