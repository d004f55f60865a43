"""The paper of the recovery key says the key three times, and a camera can read it."""

import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO

import segno
from PIL import Image

from kashiwa_desktop.crypto.keys import RecoveryKey
from kashiwa_desktop.reports import recovery_sheet
from kashiwa_desktop.reports.parts.page import LEFT, MM, PAGE_HEIGHT, WIDTH
from kashiwa_desktop.reports.recovery_sheet import RecoverySheet, compose, render
from reports import marks
from reports.reread import page_texts, solid

KEY = RecoveryKey.generate()
VALUES = RecoverySheet(
    office="試験市社会福祉協議会",
    number="1234 5678 9012 3456",
    made_on=date(2026, 4, 1),
    lines=KEY.words(),
    identity=KEY.secret,
    recipient=KEY.recipient,
)


def pdf(values=VALUES):
    out = BytesIO()
    assert render(values, out)[:2] == (1, ())
    return out.getvalue()


def test_it_says_everything_on_one_page():
    (text,) = page_texts(pdf())
    for line in KEY.words():
        assert solid("".join(line)) in text
    for part in (KEY.secret, KEY.recipient, VALUES.office, VALUES.number, "令和8年4月1日(水)作成",
                 "封筒に入れて金庫へ", "取扱注意", "1/1"):  # fmt: skip
        assert solid(part) in text


def test_what_is_read_from_the_paper_is_the_key():
    (text,) = page_texts(pdf())
    copied = text.split("(たしかめ)")[1].split("ことばは")[0]
    assert RecoveryKey.from_text(copied).secret == KEY.secret
    assert text.count("試験用") == 0
    assert "試験用" in page_texts(pdf(replace(VALUES, trial=True)))[0]


def test_every_square_of_the_code_is_on_the_paper(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf())
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", path, tmp_path / "page"], check=True)
    (file,) = tmp_path.glob("page*.png")
    picture = Image.open(file).convert("L")
    scale = 200 / 72
    matrix = [list(row) for row in segno.make(KEY.secret, error="m").matrix_iter(border=4)]
    (figure,) = compose(VALUES).pages[0].figures
    side = 44 * MM / len(matrix)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            at = ((figure.x + (x + 0.5) * side) * scale, (figure.y + (y + 0.5) * side) * scale)
            assert (picture.getpixel(tuple(map(int, at))) < 128) == bool(dark), (x, y)
    assert LEFT < figure.x < LEFT + WIDTH
    assert figure.y + 44 * MM < PAGE_HEIGHT


def test_a_code_in_reverse_would_be_noticed():
    matrix = [list(row) for row in segno.make(KEY.secret, error="m").matrix_iter(border=4)]
    assert recovery_sheet._runs(matrix[4])[0][0] == 4
    assert sum(last - first for row in matrix for first, last in recovery_sheet._runs(row)) == sum(
        map(sum, matrix)
    )


def test_nothing_lies_over_anything_else():
    flow = compose(replace(VALUES, office="とても長い名前の" * 8, lines=[["かぶとむし"] * 5] * 8))
    flow.finish()
    marks.check(flow)
