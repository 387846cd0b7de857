"""Several small questions in one: a page of a thousand learners asks a dozen things of the same
rows, and each way to the database and back costs as much as the answer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


def at_once(*questions: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """The rows of all of them, each of which names its columns by `values_list` in the same number
    and of the same kinds; the first tells whose they are."""
    first, *others = (one.order_by() for one in questions)
    return list(first.union(*others, all=True) if others else first)
