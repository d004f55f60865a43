"""添付: names made safe for any disk, kinds that are taken in, rows that are read again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain import attachment
from kashiwa_desktop.domain.attachment import Attachment, disk_name, is_taken, read, read_all

ONE = Attachment("ab" * 16, "議事録 髙﨑.pdf", 1234)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("議事録 髙﨑𠮷.pdf", "議事録 髙﨑𠮷.pdf"),
        ("../../etc/passwd.txt", "_.._etc_passwd.txt"),
        ("C:\\記録\\a?.docx", "C__記録_a_.docx"),
        ("CON.pdf", "_CON.pdf"),
        ("com1", "_com1"),
        ("aux.2026.pdf", "_aux.2026.pdf"),
        ("con.x.pdf", "_con.x.pdf"),
        ("nul .pdf", "_nul.pdf"),
        ("LPT².txt", "_LPT².txt"),
        ("console.pdf", "console.pdf"),
        ("記録:隠し.pdf", "記録_隠し.pdf"),
        ("...", "_"),
        ("", "_"),
        (".pdf", "_.pdf"),
        ("a. .pdf", "a.pdf"),
        ("a\u202ecod.pdf", "a_cod.pdf"),
        ("行\n替え\x00.csv", "行_替え_.csv"),
        ("a.", "a"),
    ],
)
def test_a_name_becomes_one_that_every_disk_takes(name, safe):
    assert disk_name(name) == safe


@given(st.text(max_size=300), st.sampled_from(["", ".pdf", ".日本語の長い終わり"]))
def test_no_name_leads_out_of_its_folder_or_is_too_long(text, ending):
    found = disk_name(text + ending)
    assert found not in ("", ".", "..")
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', found)
    assert found == found.strip(" .")
    assert len(found.encode()) <= 200
    assert disk_name(found) == found


def test_documents_pictures_and_recordings_are_taken_programs_are_not():
    assert all(map(is_taken, ["a.pdf", "写真.JPG", "会議.m4a", "名簿.XlsX"]))
    assert not any(map(is_taken, ["a.exe", "a.lnk", "a.docm", "a.html", "a", "pdf", "a.pdf.bat"]))


def test_a_row_is_read_again_and_nothing_else_is():
    assert read(ONE.row()) == ONE
    bad = [None, "x", [], ["../..", "a.pdf", 1], ["ab" * 16, 1, 1], ["ab" * 16, "a.pdf", "1"]]
    assert [read(row) for row in bad] == [None] * len(bad)
    assert read_all([ONE.row(), *bad]) == [ONE]
    assert read_all(None) == []


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1 KB"),
        (900, "1 KB"),
        (240_000, "240 KB"),
        (3_149_999, "3.1 MB"),
        (25_000_000, "25.0 MB"),
    ],
)
def test_a_size_is_said_in_words(size, words):
    assert attachment.size_words(size) == words
