"""Policy variables whose keys a comparison leaves open: which values are tried.

Tried are: no value, a fresh one, and the constants that the policies compare the key with.
Within one trial the key is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod

from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import Value
from labs.grading.iam.decision.statements import CompiledStatement
from labs.grading.iam.language.globs import Variable, tokens_of

MOST_CHOICES = 24
MOST_CONSTANTS = 4
FRESH_VALUE = "amber"


class OpenVariables:
    def __init__(self, sides: Iterable[Sequence[Layer]], fixed: Mapping[str, Value]) -> None:
        statements = [found for side in sides for layer in side for found in layer.statements()]
        self.names = {
            variable.key: variable.written
            for found in statements
            for variable in variables_in(found)
            if variable.key not in fixed
        }
        self.values = {key: values_tried(key, statements) for key in sorted(self.names)}
        self.too_many = prod(len(values) for values in self.values.values()) > MOST_CHOICES

    def choices(self) -> Iterator[dict[str, str | None]]:
        """Every combination, the one without any value first; cut off when there are too many."""
        for values in islice(product(*self.values.values()), MOST_CHOICES):
            yield dict(zip(self.values, values, strict=True))

    def written(self, chosen: Mapping[str, str | None]) -> dict[str, Value]:
        """The values that are present, under the keys as the policies write them."""
        return {self.names[key]: value for key, value in chosen.items() if value is not None}


def values_tried(key: str, statements: Iterable[CompiledStatement]) -> tuple[str | None, ...]:
    constants = [
        text
        for statement in statements
        for condition in statement.conditions
        if condition.key == key
        for text in condition.entry.values[:MOST_CONSTANTS]
    ]
    return (None, FRESH_VALUE, *dict.fromkeys(constants))


def variables_in(statement: CompiledStatement) -> Iterator[Variable]:
    for pattern in statement.resources:
        yield from pattern.variables()
    for condition in statement.conditions:
        for text in condition.entry.values if condition.variables else ():
            for token in tokens_of(text, variables=True):
                if isinstance(token, Variable):
                    yield token
