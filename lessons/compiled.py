"""Queries that every page or every answer asks: Django puts their SQL together once in a process,
and from then on only the values change. To build such a query takes longer than to answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.core.signals import setting_changed
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

from lessons.statements import ALL, KNOWN, Place, Statement, adapted, statement

Row = TypeVar("Row")
Changes = tuple[QuerySet[Any, Any], dict[str, Any]]
LARGEST = 2**63 - 1


class Compiled(Generic[Row]):
    """`Compiled(lambda user, labs: …, user=-1, labs=[-2])`: a query, and an example of each of its
    values.

    Where an example comes out among the parameters, the value of a call goes in; so no other
    parameter may equal one. A list stands for lists of any length; on PostgreSQL one of keys is one
    value, and else the SQL is made once for each length. Whole numbers, texts, times and UUIDs
    only: other types are written for their column while a query is built, and here that happens to
    the examples alone. A number that no column holds is taken for one that no row has.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], **examples: Any) -> None:
        self.make = make
        self.examples = examples
        self.lists = [name for name, example in examples.items() if isinstance(example, list)]
        self.statements: dict[tuple[int, ...], Reading] = {}
        kept.add(self)

    def rows(self, **values: Any) -> list[Row]:
        """What the query would give, by one query; nothing by none where a list is empty."""
        lengths = tuple([len(values[name]) for name in self.lists])
        if not all(lengths) or any(map(is_beyond, values.values())):
            return []
        made_for = tuple(map(self.slots, self.lists, lengths))
        if made_for not in self.statements:
            self.statements[made_for] = self.prepare(made_for)
        return list(self.statements[made_for].rows(values))

    def first(self, **values: Any) -> Row | None:
        """For a query that gives one row or none."""
        rows = self.rows(**values)
        return rows[0] if rows else None

    def slots(self, name: str, length: int) -> int:
        """How many values of the list stand in the SQL; none where it is one value: a place for
        each of a hundred keys takes longer to be filled than the rows to be found."""
        is_one = connection.vendor == "postgresql" and isinstance(self.examples[name][0], int)
        return 0 if is_one else length

    def prepare(self, made_for: tuple[int, ...]) -> Reading:
        examples, wholes = dict(self.examples), {}
        for name, length in zip(self.lists, made_for, strict=True):
            (last,) = examples[name]
            if length:
                examples[name] = [last - number for number in range(length)]
            else:
                wholes[adapted(last)] = (name, ALL)
        return reading(self.make(**examples), places_of(examples) | wholes)

    def forget(self) -> None:
        self.statements.clear()


class CompiledUpdate:
    """`CompiledUpdate(lambda pk, now: (rows, {"seen_at": now}), pk=-1, now=…)`: as `Compiled`, but
    rows and what `update` would make of them."""

    def __init__(self, make: Callable[..., Changes], **examples: KNOWN) -> None:
        self.make = make
        self.examples = examples
        self.statement: Statement | None = None
        kept.add(self)

    def run(self, **values: Any) -> int:
        """How many rows were changed."""
        if self.statement is None:
            self.statement = updating(*self.make(**self.examples), places_of(self.examples))
        return self.statement.run(values)[0]

    def forget(self) -> None:
        self.statement = None


kept: WeakSet[Compiled[Any] | CompiledUpdate] = WeakSet()


def forget(**_signal: object) -> None:
    """What a query takes from the settings stands in its SQL."""
    for one in kept:
        one.forget()


setting_changed.connect(forget)


# --- Examples and their places --------------------------------------------------------------------


def places_of(examples: dict[str, Any]) -> dict[object, Place]:
    places: dict[object, Place] = {}
    for name, example in examples.items():
        if isinstance(example, list):
            places |= {adapted(value): (name, index) for index, value in enumerate(example)}
        else:
            places[adapted(example)] = (name, None)
    return places


def is_beyond(value: object) -> bool:
    return isinstance(value, int) and abs(value) > LARGEST


# --- Reading and writing --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    statement: Statement
    compiler: SQLCompiler
    converters: dict[int, Any]
    iterable: Any  # Django's way from rows to what a query gives

    def rows(self, values: dict[str, Any]) -> Any:
        rows: Iterable[tuple[Any, ...]] = self.statement.run(values)[1]
        if self.converters:
            rows = map(tuple, self.compiler.apply_converters(rows, self.converters))
        return self.iterable(Answered(self.compiler, rows))


def reading(queryset: QuerySet[Any, Any], places: dict[object, Place]) -> Reading:
    compiler = queryset.query.get_compiler(connection=connection)
    made = statement(compiler, places)
    columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
    return Reading(made, compiler, compiler.get_converters(columns), queryset._iterable_class)


def updating(
    queryset: QuerySet[Any, Any], changes: dict[str, Any], places: dict[object, Place]
) -> Statement:
    query: UpdateQuery = queryset.query.chain(UpdateQuery)  # type: ignore[assignment]
    query.add_update_values(changes)
    return statement(query.get_compiler(connection=connection), places)


@dataclass(slots=True)
class Answered:
    """Stands where Django's iterables look for a queryset, its query and the query's compiler."""

    compiler: SQLCompiler
    rows: Iterable[tuple[Any, ...]]
    db: str = DEFAULT_DB_ALIAS
    _known_related_objects: dict[Any, Any] = field(default_factory=dict)

    @property
    def query(self) -> Answered:
        return self

    def get_compiler(self, *_arguments: Any, **_options: Any) -> Answered:
        return self

    def execute_sql(self, **_options: Any) -> None:
        return None

    def results_iter(self, *_results: Any, **_options: Any) -> Iterator[Any]:
        return iter(self.rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compiler, name)
