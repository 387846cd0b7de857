"""The million, as rows of the bench's table; on PostgreSQL alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from tests.bench.million.cost import cost_of, prepare
from tests.bench.million.work import jobs
from tests.bench.row import Effort, Row


def rows(_effort: Effort) -> Iterator[Row]:
    if connection.vendor != "postgresql":
        return
    forget_the_demo()
    prepare()
    for name, work in jobs():
        cost = cost_of(name, work)
        note = f"{len(cost.queries)} queries, the largest {cost.blocks:,} blocks"
        more = "" if cost.is_own else f"; more than its own rows: {', '.join(cost.scans)}"
        yield Row(name, cost.milliseconds, "ms in the database", note=note + more)


def forget_the_demo() -> None:
    """Its answers have the keys that the million's are to have."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE labs_submission, labs_grade CASCADE")
