"""Several stored lessons on one page, for paper: nothing to press, and no name twice."""

from __future__ import annotations

import re
from itertools import count

from lessons.lesson_page import TABLE
from lessons.margin_marks import MARK

TERM = re.compile(r'<button type="button" class="term" [^>]*>(.*?)</button>', re.S)
BOXES = re.compile(r"<div popover id=.*?</p></div>\n?", re.S)
NUMBER = re.compile(r"\d+")
LABEL = re.compile(r'(<section class="(?:outcomes|recap)") aria-label="[^"]*"')


def for_print(pages: list[str]) -> list[str]:
    """Of a term only its word is left, of a margin nothing, and tables are numbered through."""
    plain = [LABEL.sub(r"\1", MARK.sub("", BOXES.sub("", TERM.sub(r"\1", page)))) for page in pages]
    return numbered_on("\0".join(plain)).split("\0")


def numbered_on(html: str) -> str:
    """Tables from 1 on, each in the language of its lesson."""
    numbers = count(1)
    return TABLE.sub(lambda label: NUMBER.sub(str(next(numbers)), label[0]), html)
