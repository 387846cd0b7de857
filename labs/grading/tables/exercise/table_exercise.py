"""What a lab asks of a table and its reads. How the spec is written:
`labs/grading/kinds/dynamodb_keys.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from labs.grading.errors import SpecError
from labs.grading.tables.expressions.nodes import Node, values
from labs.grading.tables.expressions.parser import parse_expression
from labs.grading.tables.expressions.scope import Item, Scope, Value, sort_key
from labs.grading.tables.expressions.tokens import ExpressionError
from labs.grading.tables.items.recipe import filled_form, read_items
from labs.grading.toml_table import Table

MOST_PATTERNS, MOST_CASES, MOST_POINTS = 12, 8, 1000
MOST_UNITS = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """One set of parameters, and the rows that are right for it."""

    parameters: Mapping[str, Value]
    rows: tuple[int, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A question to the table. `order`: the attribute by which answers come, "" = in any order;
    `needs`: attributes that each item of the answer shows, where it has them; `halves`: half read
    units that an answer may cost."""

    name: str
    words: str
    cases: tuple[Wanted, ...]
    needs: tuple[str, ...]
    order: str
    halves: int
    consistent: bool
    points: int
    cost_points: int

    @property
    def whole(self) -> int:
        """Points of all that is asked of it."""
        return self.points * len(self.cases) + self.cost_points * (2 if self.consistent else 1)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of the table as a whole; None = not asked. `hottest`: percent of all items that may lie under
    one partition key; `indexes`; `copied`: KB of all indexes together."""

    hottest: int | None
    indexes: int | None
    copied: int | None
    points: int


@dataclass(frozen=True, slots=True)
class TableExercise:
    """`label`: how items are called, a form such as "{ticketId} {part}". `advice`: is
    something marked while one types?"""

    items: Sequence[Item]
    patterns: tuple[Pattern, ...]
    bounds: Bounds
    label: str
    advice: bool

    @property
    def points(self) -> int:
        """Of all checks together."""
        asked = (self.bounds.hottest, self.bounds.indexes, self.bounds.copied)
        of_table = 1 + sum(one is not None for one in asked)
        return self.bounds.points * of_table + sum(one.whole for one in self.patterns)

    def called(self, row: int) -> str:
        return filled_form(self.label, self.items[row])


def read_table_exercise(table: Mapping[str, object]) -> TableExercise:
    spec = Table(table)
    items = read_items(spec)
    exercise = TableExercise(
        items,
        tuple(read_pattern(one, items) for one in spec.tables("patterns")),
        Bounds(
            read_bound(spec, "hottest", 100),
            read_bound(spec, "most_indexes", 20),
            read_bound(spec, "copied", 10_000),
            spec.number("table_points", 1, least=1, most=MOST_POINTS),
        ),
        spec.text("label"),
        spec.flag("advice", True),
    )
    spec.finish()
    if not 0 < len(exercise.patterns) <= MOST_PATTERNS:
        raise SpecError(f"lab.toml: spec.patterns: are 1 to {MOST_PATTERNS}")
    return exercise


def read_bound(table: Table, key: str, most: int) -> int | None:
    return table.number(key, most=most) if key in table.values else None


def read_pattern(table: Table, items: Sequence[Item]) -> Pattern:
    where, order = read_where(table), table.text("order", "")
    descending, first = table.flag("descending"), table.number("first", 0, most=1000)
    cases = tuple(
        read_case(one, ranked(where, items, order, descending), first)
        for one in table.tables("cases")
    )
    if not 0 < len(cases) <= MOST_CASES:
        raise table.error("cases", f"are 1 to {MOST_CASES}")
    return Pattern(
        table.text("name"),
        table.text("words"),
        cases,
        table.texts("needs"),
        order,
        read_units(table),
        table.flag("consistent"),
        table.number("points", 1, least=1, most=MOST_POINTS),
        table.number("cost_points", 1, least=1, most=MOST_POINTS),
    )


@dataclass(frozen=True, slots=True)
class Ranked:
    """Items by the attribute that an answer goes by."""

    where: Node
    items: Sequence[Item]
    rows: tuple[int, ...]
    order: str


def ranked(where: Node, items: Sequence[Item], order: str, descending: bool) -> Ranked:
    rows = list(range(len(items)))
    if order:
        rows.sort(key=lambda row: sort_key(items[row].get(order)), reverse=descending)
    return Ranked(where, items, tuple(rows), order)


def read_case(table: Table, by: Ranked, first: int) -> Wanted:
    hidden = table.flag("hidden")
    parameters = {name: value for name, value in table.items() if name != "hidden"}
    judge_parameters(table, parameters, by.where)
    scope = Scope({}, {f":{name}": value for name, value in parameters.items()})
    rows = [row for row in by.rows if scope.holds(by.where, by.items[row])]
    if by.order:
        judge_ranks(table, [by.items[row].get(by.order) for row in rows], by.order, first)
    return Wanted(parameters, tuple(rows[:first] if first else rows), hidden)


def judge_ranks(table: Table, ranks: list[Value], order: str, first: int) -> None:
    if None in ranks:
        raise table.error("", f"has an answer with an item without {order}")
    if 0 < first < len(ranks) and ranks[first - 1] == ranks[first]:
        raise table.error("", "has two items of one rank where its answer ends")


def read_units(table: Table) -> int:
    found = float(table.get("units", (int, float), "a number", MOST_UNITS))
    if not 0.5 <= found <= MOST_UNITS or found * 2 != int(found * 2):
        raise table.error("units", "is not a number of halves")
    return int(found * 2)


def read_where(table: Table) -> Node:
    try:
        return parse_expression(table.text("where"))
    except ExpressionError as error:
        raise table.error("where", error.message) from None


def judge_parameters(table: Table, parameters: Mapping[str, Value], where: Node) -> None:
    unknown = {name[1:] for name in values(where)} - set(parameters)
    if unknown:
        raise table.error(min(unknown), "is missing")
    if not all(isinstance(one, str | int) for one in parameters.values()):
        raise table.error("", "has a parameter that is neither text nor a whole number")
