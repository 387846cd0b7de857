"""Moments as whole numbers, microseconds since 1970: a page of a thousand learners compares forty
thousand and shows few, and a `datetime` of each costs more than all else that is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Func

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
Sql = tuple[str, Any]


def number_of(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def moment_of(number: int) -> datetime:
    return EPOCH + number * MICROSECOND


class Moment(Func):
    """A column of times as such numbers, exactly; NULL stays NULL."""

    arity = 1
    output_field = BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Sql:
        template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
        found: Sql = self.as_sql(compiler, connection, template=template, **extra)
        return found

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Sql:
        """Its own functions know milliseconds only, and round to them."""
        [source] = self.get_source_expressions()
        at, params = compiler.compile(source)
        whole = f"strftime('%%s', substr({at}, 1, 19)) * 1000000"
        return f"({whole} + CAST(substr({at}, 21) AS integer))", (*params, *params)
