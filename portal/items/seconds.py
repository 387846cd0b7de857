"""Time between two columns as a number: turning forty thousand times into Python's takes longer
than all else that is done with them."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, IntegerField

Sql = tuple[str, Any]


class SecondsBetween(Func):
    """Whole seconds from the first moment to the second."""

    arity = 2
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Sql:
        return self.difference(compiler, "EXTRACT(EPOCH FROM {1} - {0})::integer")

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Sql:
        return self.difference(
            compiler, "CAST(ROUND(86400 * (julianday({1}) - julianday({0}))) AS integer)"
        )

    def difference(self, compiler: Any, template: str) -> Sql:
        (first, of_first), (second, of_second) = map(
            compiler.compile, self.get_source_expressions()
        )
        return template.format(first, second), (*of_second, *of_first)
