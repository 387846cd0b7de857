"""Names in sentences: nobody reads the whole of a very long one."""

from __future__ import annotations

LONGEST = 80


def short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
