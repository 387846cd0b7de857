"""What a lab asks about a filter. How the spec is written:
`labs/grading/kinds/event_pattern.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import AnswerError, SpecError
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.messages.comparison.fields import KINDS, LISTED, TEXT, Field, Shape, flat
from labs.grading.messages.filters.dialect import DIALECTS, Dialect
from labs.grading.messages.filters.event_filter import Event, EventFilter
from labs.grading.messages.filters.matchers import Value
from labs.grading.messages.filters.reader import read_filter
from labs.grading.toml_table import Table, file_of, solution_name

MOST_FIELDS, MOST_SHAPES = 30, 8
MOST_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Sample:
    """An event that is named, and whether it should get through: as the solution has it."""

    name: str
    event: Event
    delivered: bool
    points: int
    hidden: bool
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class FilterExercise:
    """`points` for delivering every event as `expected` does."""

    dialect: Dialect
    expected: EventFilter
    solution: object
    shapes: tuple[Shape, ...]
    samples: tuple[Sample, ...]
    points: int


def read_filter_exercise(table: Mapping[str, object], files: Files) -> FilterExercise:
    spec = Table(table)
    dialect = DIALECTS[spec.text("filters", choices=tuple(DIALECTS))]
    name = spec.text("expected", solution_name(files))
    solution, expected = read_expected(file_of(files, name), name, dialect)
    shapes = read_shapes(spec)
    exercise = FilterExercise(
        dialect=dialect,
        expected=expected,
        solution=solution,
        shapes=shapes,
        samples=tuple(read_sample(one, expected, shapes) for one in spec.tables("events")),
        points=spec.number("compare", 6, most=MOST_POINTS),
    )
    spec.finish()
    if not exercise.points and not any(one.points for one in exercise.samples):
        raise spec.error("", "nothing is worth a point: give events, or compare above 0")
    return exercise


def read_expected(text: str, name: str, dialect: Dialect) -> tuple[object, EventFilter]:
    try:
        document = read_json(text)
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from None
    read = read_filter(document.value, dialect)
    if read.refusals:
        raise SpecError(f"{name}: {read.refusals[0].message}")
    return document.value, read.found


def read_shapes(spec: Table) -> tuple[Shape, ...]:
    """`fields` are those of all shapes; a shape's own come in their place, or beside them."""
    usual = {one.name: one for one in map(read_field, spec.tables("fields"))}
    shapes = []
    for table in spec.tables("shapes"):
        own = {one.name: one for one in map(read_field, table.tables("fields"))}
        shapes.append(Shape(table.text("name"), tuple({**usual, **own}.values())))
    found = tuple(shapes) or (Shape("", tuple(usual.values())),)
    if len(found) > MOST_SHAPES or any(not 0 < len(one.fields) <= MOST_FIELDS for one in found):
        raise spec.error("fields", f"are 1 to {MOST_FIELDS}, in at most {MOST_SHAPES} shapes")
    return found


def read_field(table: Table) -> Field:
    values = tuple(a_value(table, one) for one in table.value("values", []))
    kind = table.text("any", LISTED, choices=(*KINDS, LISTED))
    if kind in (LISTED, TEXT) and not values:
        raise table.error("values", "is missing")
    return Field(
        name=table.text("name"),
        kind=kind,
        plain=(*values, *((None,) if table.flag("nullable") else ())),
        optional=table.flag("optional"),
        many=table.flag("many"),
        whole=table.flag("whole"),
        least=table.number("least") if "least" in table.values else None,
    )


def a_value(table: Table, value: object) -> Value:
    if not isinstance(value, str | int | float):
        raise table.error("values", "are text, numbers, true or false")
    return value


def read_sample(table: Table, expected: EventFilter, shapes: tuple[Shape, ...]) -> Sample:
    event = read_event(table)
    if not any(shape.can_be(event) for shape in shapes):
        raise table.error("event", "cannot be: look at the fields and their values")
    wanted = table.text("expect", choices=("through", "held")) == "through"
    if expected.delivers(event) != wanted:
        raise table.error("expect", "is not what the solution does")
    return Sample(
        name=table.text("name"),
        event=event,
        delivered=wanted,
        points=table.number("points", 1, most=MOST_POINTS),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
    )


def read_event(table: Table) -> Event:
    try:
        value = read_json(table.text("event")).value
        return dict(flat(value if isinstance(value, dict) else {}))
    except (AnswerError, ValueError) as error:
        raise table.error("event", str(error)) from None
