"""What the answer's form sends."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

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
        # Browsers send line ends as CRLF; lines and columns are counted with LF.
        text = post.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
        key, revision = read_key(post.get("key", "")), read_number(post.get("revision", ""))
        return cls(text, key, revision or 0, read_number(post.get("variant", "")))

    @property
    def storable(self) -> str:
        """No database takes a NUL or half a surrogate pair; a draft keeps everything else."""
        return self.text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()[:LONGEST_DRAFT]

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > LONGEST_DRAFT


def read_key(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        return uuid.uuid4()


def read_number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else None
