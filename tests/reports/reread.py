"""A finished PDF read back, by a reader that is not the writer."""

import re
from io import BytesIO
from typing import Any

from pypdf import PdfReader

BLANK = re.compile(r"[ \u3000\u00a0\u1680\u2000-\u200a\u202f\u205f\t\n\v\f\r\x85\u2028\u2029]")


def solid(text: str) -> str:
    """Without blanks and line ends, which a page shows as room and not as characters."""
    return BLANK.sub("", text)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def page_texts(pdf: bytes) -> list[str]:
    return [solid(page.extract_text()) for page in reader(pdf).pages]


def text_of(pdf: bytes) -> str:
    return "".join(page_texts(pdf))


def fonts(pdf: bytes) -> list[Any]:
    return [
        font.get_object()
        for page in reader(pdf).pages
        for font in page["/Resources"]["/Font"].get_object().values()
    ]
