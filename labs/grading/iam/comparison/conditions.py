"""The conditions of all statements as bits, and the worlds in which they hold.

Conditions on the place of the resource are no concern of this module: the ARN decides them
(`resources`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from labs.grading.iam.aws.request_keys import is_carried, is_listed
from labs.grading.iam.comparison.arn_atoms import spread
from labs.grading.iam.comparison.places import PLACE_KEYS
from labs.grading.iam.comparison.residuals import Solver
from labs.grading.iam.comparison.worlds import Callers, World, group_of, worlds
from labs.grading.iam.decision.requests import Situation, Value
from labs.grading.iam.decision.statements import CompiledStatement, Condition
from labs.grading.wildcards.budget import Budget

Member = tuple[int, Condition]


class Conditions:
    """`fixed`: the keys that are not looked at any more, in lower case; None: absent."""

    def __init__(
        self,
        statements: Sequence[CompiledStatement],
        fixed: Mapping[str, Value | None],
        callers: Callers,
        budget: Budget,
    ) -> None:
        self.fixed, self.callers, self.budget = fixed, callers, budget
        self.situation = Situation(
            {key: found for key, found in fixed.items() if found is not None}
        )
        self.bits: dict[object, int] = {}
        self.groups: dict[str, list[Member]] = {}
        # Keys as the policies write them
        self.names = {
            condition.key: condition.entry.key
            for statement in reversed(statements)
            for condition in reversed(statement.conditions)
        }
        self.masks = [self.mask_of(statement) for statement in statements]
        self.listed = [self.listed_keys(statement) for statement in statements]
        self.any_listed = any(self.listed)
        self.solvers: dict[frozenset[str], Solver] = {}

    def mask_of(self, statement: CompiledStatement) -> int | None:
        """The open conditions of the statement; None when a fixed one does not hold."""
        mask = 0
        for condition in statement.conditions:
            if condition.key in self.fixed:
                if not condition.matches(self.situation):
                    return None
            elif condition.key not in PLACE_KEYS:
                mask |= 1 << self.bit_of(condition)
        return mask

    def bit_of(self, condition: Condition) -> int:
        if condition.identity not in self.bits:
            bit = self.bits[condition.identity] = len(self.bits)
            self.groups.setdefault(group_of(condition.key), []).append((bit, condition))
        return self.bits[condition.identity]

    def listed_keys(self, statement: CompiledStatement) -> frozenset[str]:
        """The keys of single services that the statement looks at, and those that hang together
        with one that it looks at."""
        keys = {condition.key for condition in statement.conditions}
        groups = {group_of(key) for key in keys} & self.groups.keys()
        beside = (one.key for name in groups for _, one in self.groups[name])
        return frozenset(filter(is_listed, keys.union(beside)))

    def by_missing(
        self, statements: int, shape: str, actions: Sequence[str]
    ) -> Iterable[tuple[frozenset[str], Sequence[str]]]:
        """The actions (of one class, on resources of one shape) whose requests lack the same of
        the keys that the statements look at."""
        keys = self.keys_looked_at(statements) if self.any_listed else ()
        if not keys:
            return [(frozenset(), actions)] if actions else []
        found: dict[frozenset[str], list[str]] = {}
        for action in actions:
            lacks = (key for key in keys if not is_carried(action.lower(), key, shape))
            found.setdefault(frozenset(lacks), []).append(action)
        return found.items()

    def keys_looked_at(self, statements: int) -> frozenset[str]:
        keys = (found for index, found in enumerate(self.listed) if statements >> index & 1)
        return frozenset[str]().union(*keys) - self.fixed.keys()

    def solver(self, missing: frozenset[str]) -> Solver:
        """For requests that lack these keys."""
        if missing not in self.solvers:
            dimensions = [
                (sum(1 << bit for bit, _ in members), Worlds(self, members, missing))
                for members in self.groups.values()
            ]
            self.solvers[missing] = Solver(dimensions, self.budget)
        return self.solvers[missing]


class Worlds:
    """The worlds of one group of keys, found when they are first looked at."""

    def __init__(
        self, conditions: Conditions, members: Sequence[Member], missing: Collection[str]
    ) -> None:
        self.conditions, self.members, self.missing = conditions, members, missing
        self.found: list[World] | None = None

    def __call__(self) -> Sequence[World]:
        if self.found is None:
            found = self.conditions
            bits = [bit for bit, _ in self.members]
            told = worlds(
                [condition for _, condition in self.members],
                found.fixed,
                carried=lambda key: key not in self.missing,
                callers=found.callers,
                budget=found.budget,
            )
            self.found = [(spread(mask, bits), facts) for mask, facts in told]
        return self.found
