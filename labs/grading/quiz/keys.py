"""How a form and a row name a part: by what it says, so that it keeps its name when an author
turns two around."""

from __future__ import annotations

from hashlib import sha256

LENGTH = 8


def key_of(text: str) -> str:
    return sha256(text.strip().encode()).hexdigest()[:LENGTH]
