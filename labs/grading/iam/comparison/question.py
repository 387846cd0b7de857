"""Two sides of a comparison over one fixed environment: statements as bits,
resources and conditions as masks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from labs.grading.iam.aws.catalogue import UNRESTRICTED
from labs.grading.iam.aws.regions import PARTITIONS
from labs.grading.iam.comparison.action_classes import action_classes
from labs.grading.iam.comparison.budget import Budget, OutOfBudget
from labs.grading.iam.comparison.key_atoms import key_atoms
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.residuals import Assignment, Side, Solver, side_of
from labs.grading.iam.comparison.shapes import Atom, Segments, arn_atoms, spread
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import Situation, Value
from labs.grading.iam.decision.statements import CompiledStatement, Condition
from labs.grading.iam.language.arns import RESOURCE_PART, ArnPattern
from labs.grading.iam.language.globs import resolved

# Wildcards and texts of one segment: no partition, service, region or account takes as many
LONGEST_NAME = 200
LONGEST_ARN = 4096  # AWS's limit is 2,048; a pattern may be longer by its wildcards and variables
MOST_STATEMENTS = 2_000

Target = tuple[Sequence[str], str, int]  # actions, an ARN, the statements that match both


class Question:
    """`sides`: for each side its layers, all of which must allow. `environment`:
    None fixes a key as absent."""

    def __init__(
        self,
        sides: Sequence[Sequence[Layer]],
        environment: Mapping[str, Value | None],
        requester: Requester,
        budget: Budget,
    ) -> None:
        self.requester, self.budget = requester, budget
        self.fixed = frozenset(environment)
        self.environment = {key: value for key, value in environment.items() if value is not None}
        self.situation = Situation(self.environment)
        self.statements: list[CompiledStatement] = []
        self.sides = [[self.bits(layer) for layer in side] for side in sides]
        if len(self.statements) > MOST_STATEMENTS:
            raise OutOfBudget
        # Their bits; the flag: a bare `*`, which needs no ARN
        self.patterns: dict[tuple[Segments, bool], int] = {}
        self.resource_masks = [self.resource_mask(statement) for statement in self.statements]
        self.conditions: dict[object, int] = {}
        self.by_key: dict[str, list[tuple[int, Condition]]] = {}
        self.condition_masks = [self.condition_mask(statement) for statement in self.statements]
        self.keys = list(self.by_key)
        self.solver = Solver([self.key_with_atoms(key) for key in self.keys], budget)
        self.answers: dict[tuple[int, int, int], Assignment | None] = {}
        self.by_resource: dict[int, int] = {}
        self.by_shape: dict[str, list[Atom]] = {}

    def bits(self, layer: Layer) -> tuple[int, ...]:
        start = len(self.statements)
        self.statements += filter(self.requester.is_meant_by, layer.statements())
        return tuple(range(start, len(self.statements)))

    def resource_mask(self, statement: CompiledStatement) -> int | None:
        """The patterns of the statement as bits; None when it looks at no resource."""
        if statement.everything:
            return None
        mask = 0
        for pattern in statement.resources:
            segments = self.segments_of(pattern)
            if segments is not None:
                mask |= 1 << self.patterns.setdefault(
                    (segments, pattern.everything), len(self.patterns)
                )
        return mask

    def segments_of(self, pattern: ArnPattern) -> Segments | None:
        if pattern.impossible or len(pattern.text) > LONGEST_ARN:
            return None
        parts = [resolved(segment.tokens, self.situation.lookup) for segment in pattern.segments]
        found = tuple(part for part in parts if part is not None)
        if len(found) < len(parts) or max(map(len, found[:RESOURCE_PART])) > LONGEST_NAME:
            return None
        return found

    def condition_mask(self, statement: CompiledStatement) -> int | None:
        """The open conditions of the statement as bits; None when a fixed one does not hold."""
        mask = 0
        for condition in statement.conditions:
            if condition.key in self.fixed:
                if not condition.matches(self.situation):
                    return None
                continue
            mask |= 1 << self.condition_bit(condition)
        return mask

    def condition_bit(self, condition: Condition) -> int:
        identity = (
            condition.operator,
            condition.key,
            frozenset(condition.entry.values),
            condition.variables,
        )
        if identity not in self.conditions:
            self.conditions[identity] = len(self.conditions)
            self.by_key.setdefault(condition.key, []).append((self.conditions[identity], condition))
        return self.conditions[identity]

    def key_with_atoms(self, key: str) -> tuple[int, list[tuple[int, Value | None]]]:
        members = self.by_key[key]
        atoms = key_atoms([condition for _, condition in members], self.environment, self.budget)
        bits = [bit for bit, _ in members]
        return sum(1 << bit for bit in bits), [(spread(mask, bits), value) for mask, value in atoms]

    def key_name(self, key: str) -> str:
        """The key as the policies write it."""
        return self.by_key[key][0][1].entry.key

    def targets(self) -> Iterator[Target]:
        """Everything that can be asked about: every class of actions on every combination of
        resource patterns."""
        segments = [segments for segments, _ in self.patterns]
        for statements, shapes, actions in action_classes(self.statements, segments):
            # Nobody speaks of the actions of a class without statements
            for shape in shapes if statements else ():
                for patterns, arn in self.atoms(shape):
                    yield actions, arn, self.active(statements, patterns)

    def atoms(self, shape: str) -> list[Atom]:
        """The combinations of resource patterns that real ARNs of this shape can match."""
        if shape not in self.by_shape:
            self.by_shape[shape] = [
                atom for partition in self.partitions for atom in self.atoms_in(shape, partition)
            ]
        return self.by_shape[shape]

    @cached_property
    def partitions(self) -> tuple[str, ...]:
        """The partitions that a pattern names; `aws` when none does."""
        named = {segments[1] for segments, _ in self.patterns}
        return tuple(name for name in PARTITIONS if (name,) in named) or PARTITIONS[:1]

    def atoms_in(self, shape: str, partition: str) -> list[Atom]:
        if shape == UNRESTRICTED:
            return [(sum(1 << index for index, (_, bare) in enumerate(self.patterns) if bare), "*")]
        segments = [segments for segments, _ in self.patterns]
        return arn_atoms(shape, segments, partition=partition, budget=self.budget)

    def active(self, statements: int, patterns: int) -> int:
        """The statements of an action class that also match the resource."""
        if patterns not in self.by_resource:
            self.by_resource[patterns] = sum(1 << bit for bit in self.matching(patterns))
        return statements & self.by_resource[patterns]

    def matching(self, patterns: int) -> Iterator[int]:
        for index, (statement, mask) in enumerate(
            zip(self.statements, self.resource_masks, strict=True)
        ):
            if mask is None or bool(mask & patterns) is not statement.statement.not_resources:
                yield index

    def difference(self, wider: int, narrower: int, active: int) -> Assignment | None:
        """The smallest assignment of the open keys under which side `wider` allows and `narrower`
        does not."""
        state = (wider, narrower, active)
        if state not in self.answers:
            self.budget.spend()
            self.answers[state] = self.solver.difference(
                self.side_under(wider, active), self.side_under(narrower, active)
            )
        return self.answers[state]

    def side_under(self, side: int, active: int) -> Side:
        return side_of(
            (self.masks(layer, active, True), self.masks(layer, active, False))
            for layer in self.sides[side]
        )

    def masks(self, layer: Iterable[int], active: int, allow: bool) -> Iterator[int]:
        for index in layer:
            mask = self.condition_masks[index]
            if mask is not None and active >> index & 1 and self.statements[index].allow is allow:
                yield mask
