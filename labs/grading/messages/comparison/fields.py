"""What the events of a lab can hold: shapes, each a set of fields, and of each field what can stand
there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from labs.grading.messages.filters.event_filter import Event
from labs.grading.messages.filters.matchers import Value, kind_of

TEXT, NUMBER, ADDRESS, LISTED = "text", "number", "address", "listed"
KINDS = (TEXT, NUMBER, ADDRESS)


@dataclass(frozen=True, slots=True)
class Field:
    """`plain`: values as they usually are, the commonest first; of a LISTED field these are all.
    `many`: it may hold several at once. Numbers are `least` at least, and `whole` or not."""

    name: str
    kind: str
    plain: tuple[Value, ...]
    optional: bool = False
    many: bool = False
    whole: bool = False
    least: int | None = None

    def can_hold(self, value: Value) -> bool:
        if self.kind == LISTED:
            return any(type(one) is type(value) and one == value for one in self.plain)
        return kind_of(value) == ("number" if self.kind == NUMBER else "text")


@dataclass(frozen=True, slots=True)
class Shape:
    """One sort of events."""

    name: str
    fields: tuple[Field, ...]

    def can_be(self, event: Event) -> bool:
        names = {one.name for one in self.fields}
        return set(event) <= names and all(self.fits(one, event) for one in self.fields)

    def fits(self, field: Field, event: Event) -> bool:
        values = event.get(field.name, ())
        if not values:
            return field.optional
        return (field.many or len(values) == 1) and all(map(field.can_hold, values))


def nested(event: Event) -> dict[str, object]:
    """The event as JSON has it: `detail.state` is `state` in `detail`."""
    made: dict[str, object] = {}
    for name, values in event.items():
        *above, last = name.split(".")
        inner = made
        for step in above:
            found = inner.setdefault(step, {})
            inner = found if isinstance(found, dict) else {}
        inner[last] = list(values) if len(values) > 1 else values[0]
    return made


def flat(value: Mapping[str, object], above: str = "") -> Iterator[tuple[str, tuple[Value, ...]]]:
    """The other way round. ValueError for what no field can hold."""
    for key, inner in value.items():
        name = f"{above}.{key}" if above else key
        if isinstance(inner, dict):
            yield from flat(inner, name)
        elif isinstance(inner, list):
            yield name, tuple(map(plain_value, inner))
        else:
            yield name, (plain_value(inner),)


def plain_value(value: object) -> Value:
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError("arrays hold plain values")
