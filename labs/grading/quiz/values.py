"""What differs from one learner to the next, and from one time to the next: `values` are drawn by
a seed, `let` is worked out from them, and both are put in for `<<name>>`."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from labs.grading.quiz.arithmetic import NoNumber, Numbers, value_of, written
from labs.grading.toml_table import Table

# As an author writes it, and as it stands in HTML
PLACE = re.compile(r"(?:<<|&lt;&lt;)([a-z][a-z0-9_]*)(?:>>|&gt;&gt;)")
NAME = re.compile(r"[a-z][a-z0-9_]*")
MOST_COMBINATIONS = 2_000

Drawn = Mapping[str, str]  # name → what is put in


@dataclass(frozen=True, slots=True)
class Values:
    choices: Mapping[str, tuple[str, ...]]
    let: Mapping[str, str]

    def drawn(self, chance: Random) -> Drawn:
        return self.completed({name: chance.choice(some) for name, some in self.choices.items()})

    def combinations(self) -> Iterator[Drawn]:
        """Everything that can be drawn, for the proof."""
        every = itertools.product(*self.choices.values())
        for some in itertools.islice(every, MOST_COMBINATIONS):
            yield self.completed(dict(zip(self.choices, some, strict=True)))

    def completed(self, drawn: dict[str, str]) -> Drawn:
        """With what is worked out, each after those that it is made of: a database may keep names
        in another order. NoNumber where that fails."""
        left = dict(self.let)
        while left:
            worked_out = dict(values_among(left, numbers(drawn)))
            if not worked_out:  # says what is wrong with the first of them
                value_of(next(iter(left.values())), numbers(drawn))
            drawn |= worked_out
            left = {name: text for name, text in left.items() if name not in worked_out}
        return drawn

    @property
    def names(self) -> set[str]:
        return {*self.choices, *self.let}


def values_among(let: Mapping[str, str], known: Numbers) -> Iterator[tuple[str, str]]:
    for name, expression in let.items():
        with contextlib.suppress(NoNumber):
            yield name, written(value_of(expression, known))


def numbers(drawn: Drawn) -> dict[str, Fraction]:
    """Those that are numbers."""
    found: dict[str, Fraction] = {}
    for name, text in drawn.items():
        try:
            found[name] = Fraction(text)
        except (ValueError, ZeroDivisionError):
            continue
    return found


def filled(value: Any, drawn: Drawn) -> Any:
    """A table, list or text with what was drawn put in everywhere; keys of tables too."""
    match value:
        case str():
            return PLACE.sub(lambda match: drawn.get(match[1], match[0]), value)
        case list() | tuple():
            return [filled(one, drawn) for one in value]
        case Mapping():
            return {filled(name, drawn): filled(one, drawn) for name, one in value.items()}
        case _:
            return value


def places(value: Any) -> set[str]:
    """The names that something is put in for."""
    match value:
        case str():
            return set(PLACE.findall(value))
        case list() | tuple():
            return {name for one in value for name in places(one)}
        case Mapping():
            return {name for one in (*value, *value.values()) for name in places(one)}
        case _:
            return set()


def read_values(table: Table) -> Values:
    choices = {name: texts_of(table, name, some) for name, some in table.table("values").items()}
    let = {name: str(text) for name, text in table.table("let").items()}
    for name in (*choices, *let):
        if not NAME.fullmatch(name):
            raise table.error(name, "is not a name of small letters, digits and _")
    values = Values(choices, let)
    try:
        for _drawn in values.combinations():
            pass
    except NoNumber as error:
        raise table.error("let", str(error)) from error
    return values


def texts_of(table: Table, name: str, some: object) -> tuple[str, ...]:
    if not isinstance(some, list) or len(some) < 2 or len(set(map(str, some))) < len(some):
        raise table.error(f"values.{name}", "is not a list of two or more, each another one")
    if not all(isinstance(one, str | int | float) and one is not True for one in some):
        raise table.error(f"values.{name}", "is not a list of numbers or texts")
    return tuple(str(one) for one in some)
