"""Several things in one sentence, in every language."""

from __future__ import annotations

from collections.abc import Sequence

from labs.grading.said import joined, say


def listed_with_and(texts: Sequence[str]) -> str:
    """`a, b and c`."""
    if len(texts) < 2:
        return "" if not texts else texts[0]
    return say("{first} and {last}", first=joined(texts[:-1], ", "), last=texts[-1])


def listed_with_or(texts: Sequence[str]) -> str:
    """`a, b or c`."""
    if len(texts) < 2:
        return "" if not texts else texts[0]
    return say("{first} or {last}", first=joined(texts[:-1], ", "), last=texts[-1])
