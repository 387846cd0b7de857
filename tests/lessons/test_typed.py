"""What somebody typed."""

from __future__ import annotations

import pytest

from lessons.typed import asked_for, number, storable, with_lines


def test_lines_end_alike():
    assert with_lines("a\r\nb\rc\n\n") == "a\nb\nc\n\n"


def test_what_no_database_takes_is_replaced():
    assert storable("a\0b\ud800c\n") == "a\ufffdb?c\n"


def test_words_to_look_for_are_short_and_clean():
    assert asked_for(" a\0b\ud800 " + "c" * 99, 5) == "ab? c"


@pytest.mark.parametrize(
    ("text", "read"),
    [("0", 0), ("12", 12), ("9" * 8, 99_999_999), ("9" * 9, None)]
    + [(odd, None) for odd in ("", "-1", "1.5", "²", "٣", " 1", "x")],
)
def test_a_number_is_a_short_row_of_digits(text: str, read: int | None):
    assert number(text) == read
