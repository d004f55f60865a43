"""The trend of coverage reads its own table, and tells what went up and down."""

from coverage_by_room import NOTED, by_room, noted, told, with_table

REPORT = {
    "files": {
        "src/kashiwa_desktop/disk.py": {"summary": {"covered_lines": 9, "num_statements": 10}},
        "src/kashiwa_desktop/ui/a.py": {"summary": {"covered_lines": 1, "num_statements": 4}},
        "src/kashiwa_desktop/ui/b/c.py": {"summary": {"covered_lines": 4, "num_statements": 4}},
        "src/kashiwa_desktop/ui/__init__.py": {
            "summary": {"covered_lines": 0, "num_statements": 0}
        },
    }
}


def test_a_room_is_the_sum_of_its_files():
    assert by_room(REPORT) == {"kashiwa_desktop": 90.0, "ui": 62.5}


def test_what_is_noted_is_read_again():
    text = with_table(NOTED.read_text(encoding="utf-8"), by_room(REPORT))
    assert noted(text) == {"kashiwa_desktop": 90.0, "ui": 62.5}
    assert with_table(text, noted(text)) == text


def test_the_difference_is_told():
    assert told({"ui": 62.5, "cli": 80.0}, {"ui": 64.0}) == [
        "ui                62.5 %  -1.5", "cli               80.0 %  not noted yet",
    ]  # fmt: skip
