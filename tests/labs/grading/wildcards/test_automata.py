from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.grading.wildcards.automata import combinations, elements_of, fits
from labs.grading.wildcards.budget import Budget, OutOfBudget
from labs.grading.wildcards.globs import Glob, glob, tokens_of

PATTERNS = st.text(alphabet="ab?*", max_size=6)
calm = settings(deadline=None, derandomize=True)


def matches_slowly(pattern, text):
    """The definition, one character at a time."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(matches_slowly(pattern[1:], text[start:]) for start in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and matches_slowly(pattern[1:], text[1:])


@calm
@given(PATTERNS, st.text(alphabet="abc", max_size=7))
def test_a_glob_matches_as_its_definition_says(pattern, text):
    expected = matches_slowly(pattern, text)
    assert glob(pattern).matches(text) is expected
    assert fits(text, elements_of(tokens_of(pattern, variables=False))) is expected


@calm
@given(st.lists(PATTERNS, min_size=1, max_size=3))
def test_every_combination_that_occurs_is_found_and_its_witness_holds(patterns):
    globs = [glob(pattern) for pattern in patterns]
    elements = [elements_of(tokens_of(pattern, variables=False)) for pattern in patterns]
    found = dict(combinations(elements, budget=Budget(1_000_000)))
    for mask, text in found.items():
        assert mask == truths(globs, text)
    words = ("".join(letters) for size in range(6) for letters in product("abx", repeat=size))
    assert {truths(globs, word) for word in words} <= set(found)


def truths(globs: list[Glob], text):
    return sum(1 << index for index, compiled in enumerate(globs) if compiled.matches(text))


def test_witnesses_are_as_short_as_they_can_be():
    found = dict(
        combinations([elements_of(tokens_of("home/*", variables=False))], budget=Budget(10_000))
    )
    assert found == {0: "", 1: "home/"}


def test_texts_stay_within_a_limit():
    within = elements_of(tokens_of("a?c", variables=False))
    found = combinations(
        [elements_of(tokens_of("*b*", variables=False))], within=within, budget=Budget(10_000)
    )
    assert sorted(found) == [(0, "axc"), (1, "abc")]


def test_an_explosion_ends_with_the_budget():
    patterns = [
        elements_of(tokens_of(f"*{a}*{b}*", variables=False)) for a in "abcdef" for b in "ghijkl"
    ]
    with pytest.raises(OutOfBudget):
        combinations(patterns, budget=Budget(20_000))
