"""Labels that instructors give to members: "group b, repeats", one column of words."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST, MOST = 30, 5


def labels_in(text: str) -> list[str]:
    return text.split(", ") if text else []


def joined(labels: Iterable[str]) -> str:
    """Each once, in order."""
    return ", ".join(sorted(set(labels), key=str.lower))


def tidy(label: str) -> str:
    """Without what would part it in two, or stand around it."""
    return " ".join(label.replace(",", " ").split())[:LONGEST]
