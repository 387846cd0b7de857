"""What the answer's form sends."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from lessons.typed import number, storable, with_lines

LONGEST_DRAFT = 200_000  # characters; every kind's own limit is far below


@dataclass(frozen=True, slots=True)
class Sent:
    """A form without key or revision (an old page, a script) is a new one;
    nothing that was typed is refused for it."""

    text: str
    key: uuid.UUID
    revision: int
    variant: int | None = None  # the number of the one that the page showed

    @classmethod
    def from_post(cls, post: QueryDict) -> Self:
        key, revision = read_key(post.get("key", "")), number(post.get("revision", ""))
        text, variant = with_lines(post.get("text", "")), number(post.get("variant", ""))
        return cls(text, key, revision or 0, variant)

    @property
    def storable(self) -> str:
        """A draft keeps everything that it can."""
        return storable(self.text)[:LONGEST_DRAFT]

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > LONGEST_DRAFT


def read_key(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        return uuid.uuid4()
