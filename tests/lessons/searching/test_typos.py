"""Slips of a finger."""

from __future__ import annotations

import pytest

from lessons.searching.typos import Typed, letters_of, most_typos, slips


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [
        ("security", "security", 0),
        ("secuirty", "security", 1),  # two letters changed places
        ("sesions", "sessions", 1),
        ("sesssions", "sessions", 1),
        ("sassions", "sessions", 1),
        ("availabilty", "availability", 1),
        ("kubernets", "kubernetes", 1),
        ("kuburnets", "kubernetes", 2),
    ],
)
def test_slips_are_counted(typed: str, meant: str, count: int) -> None:
    assert slips(typed, meant, 2) == slips(meant, typed, 2) == count


def test_more_than_enough_is_not_counted() -> None:
    assert slips("bucket", "gateway", 1) == 2


@pytest.mark.parametrize(
    ("word", "most"),
    [
        ("nat", 0),
        ("s3", 0),
        ("role", 1),
        ("bucket", 1),
        ("gatekeeper", 2),
        ("x" * 60, 0),
        ("t2micro", 0),
    ],
)
def test_short_words_and_names_with_digits_have_no_slips(word: str, most: int) -> None:
    assert most_typos(word) == most


def test_the_nearest_words_are_taken_and_no_others() -> None:
    words = [(letters_of(word), word) for word in ("security", "securely", "insecurity", "gateway")]
    assert Typed("secuirty", 2).nearest(words) == ["security"]
    assert Typed("zzzzzzzz", 2).nearest(words) == []


def test_what_differs_in_too_many_letters_is_ruled_out_as_comparing_would() -> None:
    """The short way rules out nothing that is near."""
    words = ["policy", "police", "polciy", "plicy", "poolicy", "qolicy", "polity", "copily", "role"]
    near = {word for word in words if slips("policy", word, 1) == 1}
    table = [(letters_of(word), word) for word in words if word != "policy"]
    assert set(Typed("policy", 1).nearest(table)) == near
