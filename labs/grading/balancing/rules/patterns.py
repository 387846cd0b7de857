"""`*` and `?` in the values of conditions, and the backslash that takes their meaning away.

Source: Elastic Load Balancing API Reference, "QueryStringConditionConfig".
"""

from __future__ import annotations

import re
from functools import lru_cache

from labs.grading.wildcards.automata import Elements, elements_of
from labs.grading.wildcards.globs import WILDCARDS, Glob, Token, joined

PIECE = re.compile(r"\\([*?\\])|([*?])|([^*?\\]+|\\)")


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The literal parts and the wildcards, a run of `*` as one."""
    return joined(
        WILDCARDS[match[2]] if match[2] else match[1] or match[3] for match in PIECE.finditer(text)
    )


def wildcards_in(text: str) -> int:
    return sum(1 for match in PIECE.finditer(text) if match[2])


@lru_cache(maxsize=4096)
def matcher(text: str) -> Glob:
    return Glob(tokens(text))


def fits(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Does the whole text fit?"""
    if ignore_case:
        pattern, text = pattern.lower(), text.lower()
    return matcher(pattern).matches(text)


def elements(pattern: str, *, never: str = "") -> Elements:
    """For the automata; wildcards do not take the characters in `never`."""
    return elements_of(tokens(pattern), never=never)
