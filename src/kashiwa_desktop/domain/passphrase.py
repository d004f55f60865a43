"""A new 合言葉: plain rules that a person can follow, so that it is neither guessed nor mistyped.

Only letters of the keyboard: a field that hides what is typed switches Japanese input off.
"""

from kashiwa_desktop.domain.problem import Problem

LEAST = 12
"""Letters, blanks between words included: four short words are more than enough."""
_DIFFERENT = 5


def problems(words: str, again: str) -> list[Problem]:
    """Return what must be changed before this can be the new 合言葉; the first one is told."""
    found = [_first(words)]
    if words != again:
        text = "2つの欄の合言葉が同じではありません。もう一度お入れください。"
        found.append(Problem("not_the_same", text, "again", blocking=True))
    return [problem for problem in found if problem is not None]


def _first(words: str) -> Problem | None:
    for code, wrong, text in (
        ("empty", not words.strip(), "合言葉をお入れください。"),
        ("not_keys", not _from_keys(words), "半角の英字・数字・記号だけでお作りください。"),
        ("edge", words != words.strip(), "はじめとおわりに空白を入れないでください。"),
        ("short", len(words) < LEAST, f"{LEAST}文字以上にしてください。"),
        ("digits", words.replace(" ", "").isdigit(), "数字だけにしないでください。"),
        ("alike", len(set(words)) < _DIFFERENT, "同じ文字のくり返しにしないでください。"),
    ):
        if wrong:
            return Problem(code, text, "words", blocking=True)
    return None


def _from_keys(words: str) -> bool:
    return all(" " <= letter <= "~" for letter in words)
