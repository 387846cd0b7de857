"""Mistakes that a filter shows by itself, seen beside what events of the lab can hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from labs.grading.messages.comparison.fields import LISTED, NUMBER, Field, Shape
from labs.grading.messages.filters.event_filter import EventFilter, Leaf
from labs.grading.messages.filters.matchers import Exact, Exists, Value
from labs.grading.refusal import Refusal
from labs.grading.said import say


def mistakes(found: EventFilter, shapes: Sequence[Shape]) -> Iterator[Refusal]:
    for leaf in found.leaves():
        fields = [one for shape in shapes for one in shape.fields if one.name == leaf.field]
        if fields:
            yield from wrong_values(leaf, fields)
        elif not all(isinstance(one, Exists) and not one.wanted for one in leaf.matchers):
            yield unknown_field(leaf, shapes)


def unknown_field(leaf: Leaf, shapes: Sequence[Shape]) -> Refusal:
    names = sorted({field.name for shape in shapes for field in shape.fields})
    near = closest(leaf.field, names)
    words = (
        say("Write {near}: no event has {field}.", near=near, field=leaf.field[:60])
        if near
        else say("No event of this lab has {field}.", field=leaf.field[:60])
    )
    return Refusal("filter.unknown-field", words, leaf.path, at_key=True)


def closest(name: str, names: Sequence[str]) -> str:
    """The name that was meant: the same in other letters, at another depth, or nearly the same."""
    last = name.rpartition(".")[2].lower()
    deeper = [one for one in names if one.rpartition(".")[2].lower() == last]
    near = get_close_matches(name[:60], names, 1, 0.75)
    return next(iter([*deeper, *near]), "")


def wrong_values(leaf: Leaf, fields: Sequence[Field]) -> Iterator[Refusal]:
    for number, matcher in enumerate(leaf.matchers):
        if isinstance(matcher, Exact) and not any(one.can_hold(matcher.value) for one in fields):
            yield wrong_value(leaf, number, matcher.value, fields)


def wrong_value(leaf: Leaf, number: int, value: Value, fields: Sequence[Field]) -> Refusal:
    path = (*leaf.path, number)
    known = [str(one) for field in fields if field.kind == LISTED for one in field.plain]
    if isinstance(value, str) and (all(is_number(one) for one in fields) or value in known):
        words = say("Take the quotation marks away: {field} is not text.", field=leaf.field)
        return Refusal("filter.kind", words, path)
    shown = (value if isinstance(value, str) else json.dumps(value))[:60]
    near = closest_value(shown, known)
    if near:
        words = say("Write {near}: {field} is never {value}.", near=near, field=leaf.field,
                    value=shown)  # fmt: skip
    else:
        words = say("{field} is never {value}.", field=leaf.field, value=shown)
    return Refusal("filter.never", words, path)


def is_number(field: Field) -> bool:
    return field.kind == NUMBER


def closest_value(value: str, known: Sequence[str]) -> str:
    by_letters = {one.lower(): one for one in known}
    near = get_close_matches(value[:60].lower(), list(by_letters), 1, 0.6)
    return by_letters[near[0]] if near else ""
