"""What stood in rows before they were written, so that it can be put back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Values = dict[str, Any]  # column → value, as JSON
Rows = dict[str, Values]  # key → its row


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one table: what the rows that changed or are gone held before, and the keys of those that
    are new."""

    before: Rows = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    @classmethod
    def between(cls, before: Rows, after: Rows) -> Self:
        changed = {key: row for key, row in before.items() if after.get(key) != row}
        return cls(changed, [key for key in after if key not in before])


def rows_of(rows: QuerySet[Any, Any]) -> Rows:
    found = {str(row[rows.model._meta.pk.attname]): row for row in rows.values()}
    plain: Rows = json.loads(json.dumps(found, default=str))  # with every digit of a time
    return plain


def put_back(model: type[Model], rows: Mapping[str, Values]) -> None:
    fields = {one.attname: one for one in model._meta.concrete_fields if not one.primary_key}
    for key, row in rows.items():
        values = {name: fields[name].to_python(row[name]) for name in fields if name in row}
        model._default_manager.filter(pk=key).update(**values)


def made_of(model: type[M], row: Values) -> M:
    fields = {one.attname: one for one in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(row[name]) for name in fields if name in row})


# Called in the transaction that wrote: kind of thing, its slug, and what was there before.
Keep = Callable[[str, str, dict[str, Any]], None]


def keep_nothing(_what: str, _slug: str, _kept: dict[str, Any]) -> None:
    """Nobody wants to turn back."""
