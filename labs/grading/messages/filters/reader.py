"""A JSON value → a filter, with everything that the service would refuse.

What is refused keeps the rest from being judged; the messages say what to write.
Sources: EventBridge User Guide, "Event patterns" and "Comparison operators for use in event
patterns"; SNS Developer Guide, "Filter policy constraints" and "Filter policy logic".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from labs.grading.json_document import Path
from labs.grading.messages.filters.dialect import Dialect
from labs.grading.messages.filters.event_filter import EVERYTHING, EventFilter, Leaf
from labs.grading.messages.filters.operators import MatcherReader
from labs.grading.refusal import Refusal
from labs.grading.said import say

OR = "$or"
Alternatives = tuple[tuple[Leaf, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadFilter:
    found: EventFilter
    refusals: tuple[Refusal, ...]


def read_filter(value: object, dialect: Dialect, path: Path = ()) -> ReadFilter:
    """`path`: where the filter stands in the answer."""
    reader = FilterReader(dialect)
    if not isinstance(value, dict):
        words = say("A filter is a JSON object: { … }.")
        return ReadFilter(EVERYTHING, (Refusal("filter.form", words, path),))
    if not value:
        words = say("Name at least one field: an empty filter is refused.")
        return ReadFilter(EVERYTHING, (Refusal("filter.empty", words, path),))
    alternatives = reader.members(value, "", path)
    reader.count_keys(path)
    return ReadFilter(EventFilter(alternatives), tuple(reader.refusals))


@dataclass(slots=True)
class FilterReader:
    dialect: Dialect
    refusals: list[Refusal] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def refuse(self, code: str, words: str, path: Path, *, at_key: bool = False) -> None:
        self.refusals.append(Refusal(code, words, path, at_key))

    def count_keys(self, path: Path) -> None:
        most = self.dialect.most_keys
        if len(self.fields) > most:
            words = say("Name at most {most} fields; these are {n}.", most=most, n=len(self.fields))
            self.refuse("filter.too-many", words, path)

    def members(self, value: Mapping[str, object], above: str, path: Path) -> Alternatives:
        """Every member must hold: the product of what each of them leaves open."""
        found: Alternatives = ((),)
        for key, inner in value.items():
            part = self.member(key, inner, above, (*path, key))
            if len(found) * len(part) > self.dialect.most_combinations:
                self.refuse("filter.too-many", TOO_MANY, (*path, key), at_key=True)
                return found
            found = tuple((*mine, *more) for mine in found for more in part)
        return found

    def member(self, key: str, value: object, above: str, path: Path) -> Alternatives:
        if key == OR:
            return self.any_of(value, above, path)
        if self.dialect.nested and "." in key:
            words = say(
                'Nest the names: {nested}. "{key}" would be one name with a dot in it.',
                nested=in_braces(key[:60]),
                key=key[:60],
            )
            self.refuse("filter.dotted", words, path, at_key=True)
            return ((),)
        name = f"{above}.{key}" if above else key
        if isinstance(value, list):
            return self.leaf(name, value, path)
        if isinstance(value, dict):
            return self.nested(name, value, path)
        self.refuse("filter.not-a-list", not_a_list(key, value), path)
        return ((),)

    def nested(self, name: str, value: Mapping[str, object], path: Path) -> Alternatives:
        key = str(path[-1])[:60]
        if not self.dialect.nested:
            words = say('Give "{key}" a list: attributes of a message have no parts.', key=key)
            self.refuse("filter.not-a-list", words, path)
        elif not value:
            words = say('Name a field in "{key}": an empty object is refused.', key=key)
            self.refuse("filter.empty", words, path)
        elif any(map(is_operator, value, value.values())):
            words = say('Put a list round it: "{key}": [{ … }].', key=key)
            self.refuse("filter.not-a-list", words, path)
        else:
            return self.members(value, name, path)
        return ((),)

    def leaf(self, name: str, value: list[object], path: Path) -> Alternatives:
        self.fields.add(name)
        if not value:
            words = say('Put a value into the list of "{key}": an empty one is refused.', key=name)
            self.refuse("filter.empty", words, path)
            return ((),)
        reader = MatcherReader(self.dialect, self.refusals)
        matchers = [reader.matcher(one, (*path, index)) for index, one in enumerate(value)]
        return ((Leaf(name, tuple(one for one in matchers if one is not None), path),),)

    def any_of(self, value: object, above: str, path: Path) -> Alternatives:
        """Source: "Using $or": a list of two objects or more."""
        if not isinstance(value, list) or len(value) < 2 or not all(map(is_members, value)):
            words = say('Write "$or" as a list of two objects or more: [{ … }, { … }].')
            self.refuse("filter.or", words, path)
            return ((),)
        return tuple(self.either(value, above, path))

    def either(
        self, value: list[dict[str, object]], above: str, path: Path
    ) -> Iterator[tuple[Leaf, ...]]:
        for index, one in enumerate(value):
            yield from self.members(one, above, (*path, index))


TOO_MANY = say("Use fewer groups in $or: so many combinations are not looked at here.")


def in_braces(key: str) -> str:
    names = key.split(".")[:6]
    return "".join(f'{{"{name}": ' for name in names) + "[…]" + "}" * len(names)


def is_members(value: object) -> bool:
    return isinstance(value, dict) and bool(value)


def is_operator(name: str, value: object) -> bool:
    """An operator whose list was forgotten, and not a field of that name."""
    if name not in MatcherReader.NAMES:
        return False
    return name in ("numeric", "anything-but") or not isinstance(value, list | dict)


def not_a_list(key: str, value: object) -> str:
    if isinstance(value, str):
        return say('Put the value into a list: "{key}": ["{value}"].', key=key, value=value[:60])
    return say('Put the value into a list: "{key}": [ … ].', key=key)
