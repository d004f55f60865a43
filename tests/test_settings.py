"""Settings: read back as written, forgiving on reading, whole or not at all on writing."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop import settings
from kashiwa_desktop.settings import TEXT_SIZES, THEMES, Settings


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.toml"


def test_without_a_file_everything_is_as_shipped(path):
    assert settings.load(path) == Settings(text_size=12, theme="light", window="")


values = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.times()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    size=st.sampled_from(TEXT_SIZES),
    theme=st.sampled_from(THEMES),
    window=st.text("ABCabc012+/=", max_size=40),
    codes=st.lists(st.text("abc_", max_size=8), max_size=4).map(tuple),
    inbox=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    unknown=st.dictionaries(st.text().filter(lambda key: key not in settings._FITS), values),
)
def test_what_is_written_is_read_back_with_the_keys_of_another_version(
    tmp_path_factory, size, theme, window, codes, inbox, unknown
):
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    chosen = Settings(size, theme, window, codes, codes[::-1], size > 12, inbox, unknown)
    settings.save(chosen, path)
    assert settings.load(path) == chosen


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("text_size = 13", "text_size"),
        ("text_size = 12.0", "text_size"),
        ("text_size = true", "text_size"),
        ('theme = "pink"', "theme"),
        ("theme = [1]", "theme"),
        ('window = "窓"', "window"),
        ('excel_columns = "day"', "excel_columns"),
        ("excel_tables = [1]", "excel_tables"),
        ('excel_tables = ["表"]', "excel_tables"),
        ("letter_keys = 1", "letter_keys"),
        ("inbox = 5", "inbox"),
        ('inbox = "a\\u0000b"', "inbox"),
    ],
)
def test_a_bad_value_falls_back_with_a_line_in_the_log(path, caplog, line, key):
    path.write_text(f"{line}\ncolumns = 3\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert settings.load(path) == Settings(unknown={"columns": 3})
    assert caplog.messages == [f"settings-value-not-usable key={key}"]


@pytest.mark.parametrize("content", [b"text_size = ", b"\xff\xfe", b"a = 1\na = 2"])
def test_an_unreadable_file_gives_the_defaults_with_a_line_in_the_log(path, caplog, content):
    path.write_bytes(content)
    assert settings.load(path) == Settings()
    assert caplog.messages == ["settings-unreadable"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(path, monkeypatch):
    settings.save(Settings(text_size=20), path)

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        settings.save(Settings(text_size=24), path)
    assert settings.load(path).text_size == 20
    assert list(path.parent.iterdir()) == [path]
