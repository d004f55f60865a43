"""Errors in words: what happened, that nothing is lost, one thing to do."""

import errno

import pytest

from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.progress import CancelledError
from kashiwa_desktop.ui.messages import Question, is_first_of_its_kind, message_of

FORBIDDEN = ("エクスポート", "インポート", "マージ", "同期", "バンドル", "バックアップ",
             "ステータス", "ドラフト", "エラー", "不正", "無効")  # fmt: skip

ERRORS = [
    RefusedError("10月分はもう締めてあります。「締める前に戻す」を押すと直せます。"),
    PlaceError(
        "USBメモリーに書き込めませんでした。別のものでお試しください。", code="write", at="E:"
    ),
    CancelledError(),
    MemoryError(),
    OSError(errno.ENOSPC, "No space left on device"),
    PermissionError(errno.EACCES, "Permission denied"),
    OSError(errno.EROFS, "Read-only file system"),
    OSError(errno.EIO, "I/O"),
    ZeroDivisionError("division by zero"),
]


def raised(error):
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_words_are_plain(error):
    message = message_of(error, kept=True)
    assert not any(word in message.text for word in FORBIDDEN)
    assert "入力した内容は残っています" in message.text
    assert len(message.text.splitlines()) <= 3
    assert type(error).__name__ not in message.text


def test_kept_is_said_only_when_true():
    assert "残っています" not in message_of(MemoryError()).text


def test_app_error_keeps_its_sentence_and_its_details():
    message = message_of(ERRORS[1])
    assert message.what == ERRORS[1].text
    assert "write" in message.details
    assert "E:" in message.details
    assert not message.is_bug


def test_a_bug_offers_help_and_hides_its_trace():
    message = message_of(raised(ZeroDivisionError("canary")))
    assert message.is_bug
    assert "canary" in message.details
    assert "canary" not in message.text


def test_cancelling_is_no_bad_news():
    assert message_of(CancelledError()).tone == "notice"


def test_sorry_is_said_once_per_kind():
    seen: set[str] = set()
    assert is_first_of_its_kind(raised(KeyError("x")), seen)
    assert not is_first_of_its_kind(raised(KeyError("y")), seen)
    assert is_first_of_its_kind(ValueError("other"), seen)
    assert not is_first_of_its_kind(ValueError("other"), seen)


def test_the_safe_word_has_a_default():
    assert Question("題", "文", "締める").safe_word == "やめておく"
    assert Question("題", "文", "締める", safe="もどる").safe_word == "もどる"
