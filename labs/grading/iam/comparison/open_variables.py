"""Policy variables whose keys a comparison leaves open: which values are tried.

Tried are: no value where the key may be absent, a fresh one, what the policies compare the key
with, and what other policies have at the variable's place. Within one trial the key is fixed. Keys
that hang together are chosen together (`worlds`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod

from labs.grading.iam.aws.request_keys import Presence
from labs.grading.iam.comparison.key_atoms import fitting, values_tried
from labs.grading.iam.comparison.principal_worlds import ACCOUNT, ARN
from labs.grading.iam.comparison.worlds import Callers, group_of, told_together
from labs.grading.iam.decision.requests import Value
from labs.grading.iam.decision.statements import CompiledStatement
from labs.grading.iam.language.arns import RESOURCE_PART
from labs.grading.wildcards.budget import Budget
from labs.grading.wildcards.globs import Token, Variable, Wildcard, tokens_of

MOST_CHOICES = 160
MOST_NEIGHBOURS = 12
BETWEEN = re.compile("[/:]")
FRESH_VALUES = ("amber", "cobalt", "indigo", "ochre", "umber")
Choice = Mapping[str, Value | None]


class OpenVariables:
    def __init__(
        self,
        statements: Sequence[CompiledStatement],
        fixed: Mapping[str, Value | None],
        callers: Callers,
        budget: Budget,
    ) -> None:
        self.statements = statements
        self.fixed, self.callers, self.budget = fixed, callers, budget
        found = dict(keys_to_choose(self.statements))
        self.names = {key: name for key, name in sorted(found.items()) if key not in fixed}
        self.groups = [self.choices_of(keys) for keys in by_group(self.names)]
        self.too_many = prod(map(len, self.groups)) > MOST_CHOICES

    def choices(self) -> Iterator[Choice]:
        """Every combination, those with the fewest values first; cut off when there are too
        many."""
        for chosen in islice(product(*self.groups), MOST_CHOICES):
            yield {key: value for choice in chosen for key, value in choice.items()}

    def written(self, chosen: Choice) -> dict[str, Value]:
        """The values that are present, under the keys as the policies write them."""
        return {self.names[key]: value for key, value in chosen.items() if value is not None}

    def choices_of(self, keys: Sequence[str]) -> list[Choice]:
        values = {key: self.values(key) for key in keys}
        found: dict[tuple[Value | None, ...], Choice] = {}
        for facts in told_together(values, self.fixed, self.budget):
            choice = {key: facts.get(key) for key in keys}
            found.setdefault(tuple(choice.values()), choice)
        return list(found.values())

    def values(self, key: str) -> list[Value | None]:
        there = self.callers.presence(key)
        if there is Presence.NEVER:
            return [None]
        conditions = [
            one for found in self.statements for one in found.conditions if one.key == key
        ]
        texts = fitting(key, [*fresh_values(key, list(self.names)), *self.neighbours(key)])
        told = values_tried(conditions, {}, self.budget) if conditions else []
        values = [*texts, *(value for value in told if isinstance(value, str))]
        found: list[Value | None] = [value for value in dict.fromkeys(values) if value]
        return found if there is Presence.ALWAYS else [None, *found]

    def neighbours(self, key: str) -> Iterator[str]:
        """What other patterns have where one has the variable, between two slashes or colons."""
        pieces = list(
            dict.fromkeys(piece for found in self.statements for piece in pieces_of(found))
        )
        around = [found for piece in pieces if (found := around_variable(piece, key))]
        texts = (
            text.removeprefix(before).removesuffix(after)
            for text in filter(None, map(plain_text, filter(has_text, pieces)))
            for before, after in around
            if text.startswith(before) and text.endswith(after)
        )
        yield from islice(dict.fromkeys(filter(None, texts)), MOST_NEIGHBOURS)


def keys_to_choose(statements: Iterable[CompiledStatement]) -> Iterator[tuple[str, str]]:
    """Those of variables, as they are written; and the caller's account, where conditions look at
    it: whose resources the caller can use depends on it."""
    for found in statements:
        for variable in variables_in(found):
            yield variable.key, variable.written
        for condition in found.conditions:
            if condition.key in (ARN, ACCOUNT):
                yield ACCOUNT, "aws:PrincipalAccount"


def by_group(keys: Iterable[str]) -> Iterable[Sequence[str]]:
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(group_of(key), []).append(key)
    return groups.values()


def fresh_values(key: str, keys: Sequence[str]) -> Sequence[str]:
    """One that no key before it has, and those of the keys before it."""
    place = min(keys.index(key), len(FRESH_VALUES) - 1)
    return FRESH_VALUES[place::-1]


Piece = tuple[Token, ...]


def pieces_of(statement: CompiledStatement) -> Iterator[Piece]:
    for pattern in statement.resources:
        yield from pieces(pattern.segments[RESOURCE_PART].tokens)
    for condition in statement.conditions:
        for text in condition.entry.values:
            yield from pieces(tokens_of(text, variables=condition.variables))


def pieces(tokens: Iterable[Token]) -> Iterator[Piece]:
    """Cut at slashes and colons of the literal text."""
    piece: list[Token] = []
    for token in tokens:
        first, *rest = BETWEEN.split(token) if isinstance(token, str) else [token]
        piece.append(first)
        for text in rest:
            yield tuple(piece)
            piece = [text]
    yield tuple(piece)


def around_variable(piece: Piece, key: str) -> tuple[str, str] | None:
    """The literal texts before and after the variable; None when the piece holds anything else."""
    places = [index for index, token in enumerate(piece) if isinstance(token, Variable)]
    if len(places) != 1 or getattr(piece[places[0]], "key", "") != key:
        return None
    before, after = plain_text(piece[: places[0]]), plain_text(piece[places[0] + 1 :])
    return None if before is None or after is None else (before, after)


def has_text(piece: Piece) -> bool:
    return any(isinstance(token, str) and token for token in piece)


def plain_text(tokens: Iterable[Token]) -> str | None:
    """A text that the pattern matches; None when it holds a variable."""
    written = ""
    for token in tokens:
        if isinstance(token, Variable):
            return None
        written += "x" if isinstance(token, Wildcard) else token
    return written


def variables_in(statement: CompiledStatement) -> Iterator[Variable]:
    for pattern in statement.resources:
        yield from pattern.variables()
    for condition in statement.conditions:
        for text in condition.entry.values if condition.variables else ():
            for token in tokens_of(text, variables=True):
                if isinstance(token, Variable):
                    yield token
