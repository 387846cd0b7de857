"""People by what is remembered of them: how words of the name or of the address begin.

PostgreSQL looks into an index (`search_index.py`), and needs no extension for it; a laptop's few
people are looked through. Anything may be asked: only letters and digits reach the database.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import Combinable

from portal.accounts.search_index import BETWEEN, vector

LENGTH = 200  # characters that are looked at
WORDS = 8
WORD = re.compile(r"[^\W_]+")


def matching(text: str) -> Q | Combinable:
    """A condition: every word of `text` begins a word of theirs."""
    words = WORD.findall(text[:LENGTH].lower())[:WORDS]
    if not words:
        return Q(pk__in=[])
    return by_index(words) if connection.vendor == "postgresql" else by_looking(words)


def by_index(words: list[str]) -> Combinable:
    begin = " & ".join(f"{word}:*" for word in words)
    asked = Func(Value(begin), template="to_tsquery('simple', %(expressions)s)")
    columns: dict[str, Any] = {"template": vector("%(expressions)s"), "arg_joiner": BETWEEN}
    words_of_people = Func(F("name"), F("email"), **columns)
    return Func(
        words_of_people,
        asked,
        template="%(expressions)s",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )


def by_looking(words: list[str]) -> Q:
    found = Q()
    for word in words:
        begins = rf"(^|[\W_]){word}"
        found &= Q(name__iregex=begins) | Q(email__iregex=begins)
    return found
