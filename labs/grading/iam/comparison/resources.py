"""The resource elements of all statements, and their conditions on the place of the resource: which
statements can one ARN match together?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from labs.grading.iam.aws.catalogue import UNRESTRICTED
from labs.grading.iam.aws.regions import PARTITIONS, endpoint_of
from labs.grading.iam.aws.resource_policies import has_resource_policies
from labs.grading.iam.comparison.arn_atoms import (
    Atom,
    Patterns,
    Segments,
    Shape,
    arn_atoms,
    fits_shape,
)
from labs.grading.iam.comparison.places import ANYTHING, PLACE_KEYS, Places, Scope, Tokens
from labs.grading.iam.decision.requests import Situation, Value
from labs.grading.iam.decision.statements import CompiledStatement, Condition
from labs.grading.iam.language.arns import RESOURCE_PART, ArnPattern
from labs.grading.wildcards.budget import Budget
from labs.grading.wildcards.globs import Lookup, resolved

# Wildcards and texts of one segment: no partition, service, region or account takes as many
LONGEST_NAME = 200
LONGEST_ARN = 4096  # AWS's limit is 2,048; a pattern may be longer by its wildcards and variables
Active = tuple[int, Atom]  # the statements that match, and where they do


class Resources:
    """`environment`: the keys that are fixed, in lower case."""

    def __init__(
        self,
        statements: Sequence[CompiledStatement],
        environment: Mapping[str, Value | None],
        scope: Scope,
        budget: Budget,
    ) -> None:
        self.statements, self.scope, self.budget = statements, scope, budget
        self.environment = {key: value for key, value in environment.items() if value is not None}
        self.open_places = PLACE_KEYS.keys() - environment.keys()
        self.bits: dict[Patterns, int] = {}
        self.places: dict[object, tuple[int, Condition]] = {}
        lookup = Situation(self.environment).lookup
        self.masks = [self.resource_mask(found, lookup) for found in statements]
        self.place_masks = [self.place_mask(found) for found in statements]
        self.known: dict[object, Sequence[Active]] = {}

    def resource_mask(self, statement: CompiledStatement, lookup: Lookup) -> int | None:
        """The patterns of the statement as bits; None when it looks at no resource."""
        if statement.everything:
            return None
        names: dict[tuple[Segments, bool], set[Tokens]] = {}
        for pattern in statement.resources:
            segments = segments_of(pattern, lookup)
            if segments is not None:
                head = (segments[:RESOURCE_PART], pattern.everything)
                names.setdefault(head, set()).add(segments[RESOURCE_PART])
        mask = 0
        for (beginning, bare), found in names.items():
            patterns = Patterns(beginning, frozenset(found), bare)
            mask |= 1 << self.bits.setdefault(patterns, len(self.bits))
        return mask

    def place_mask(self, statement: CompiledStatement) -> int:
        """The conditions of the statement that the place of the resource decides."""
        mask = 0
        for condition in statement.conditions:
            if condition.key in self.open_places:
                found = (len(self.places), condition)
                mask |= 1 << self.places.setdefault(condition.identity, found)[0]
        return mask

    @property
    def segments(self) -> list[Segments]:
        """Every pattern, cut in six."""
        return [(*found.head, name) for found in self.bits for name in found.names]

    @cached_property
    def partitions(self) -> tuple[str, ...]:
        """The partitions that a pattern names; `aws` when none does."""
        named = {found.head[1] for found in self.bits}
        return tuple(name for name in PARTITIONS if (name,) in named) or PARTITIONS[:1]

    def actives(self, shape: Shape, service: str, missing: frozenset[str]) -> Sequence[Active]:
        """Everything that ARNs of this shape can match, a likely place for each. `service`: the
        action's; `missing`: keys that its requests never carry."""
        foreign = has_resource_policies(service)
        absent = missing & self.open_places if self.places else frozenset[str]()
        fitting = [
            [(bit, found) for found, bit in self.bits.items() if fits_shape(found, name, shape)]
            for name in self.partitions
        ]
        key = self.alike(shape, fitting, foreign, service, absent)
        if key not in self.known:
            atoms = self.atoms(shape, fitting, service, foreign, absent)
            self.known[key] = list(self.told_apart(atoms))
        return self.known[key]

    def alike(
        self,
        shape: Shape,
        fitting: Sequence[Sequence[tuple[int, Patterns]]],
        foreign: bool,
        service: str,
        absent: frozenset[str],
    ) -> object:
        """Equal for shapes whose ARNs match in the same ways."""
        any_name = all(ANYTHING in one.names for found in fitting for _, one in found)
        return (
            tuple(bit for found in fitting for bit, _ in found),
            "$" in shape.region or shape.region,
            "$" in shape.account or shape.account,
            "" if any_name and shape.text != UNRESTRICTED else shape.text,
            shape.is_owned_by_aws_too,
            foreign,
            endpoint_of(service, self.partitions[0]) if self.places else "",
            absent,
        )

    def told_apart(self, atoms: Iterable[Atom]) -> Iterator[Active]:
        seen: set[int] = set()
        for atom in atoms:
            self.budget.spend()
            active = self.active(atom)
            if active not in seen:
                seen.add(active)
                yield active, atom

    def atoms(
        self,
        shape: Shape,
        fitting: Sequence[Sequence[tuple[int, Patterns]]],
        service: str,
        foreign: bool,
        absent: frozenset[str],
    ) -> Iterator[Atom]:
        constant = held_without(self.places.values(), absent)
        for partition, found in zip(self.partitions, fitting, strict=True):
            places = self.places_in(partition, absent)
            for atom in arn_atoms(
                shape, found, places, foreign=foreign, service=service, budget=self.budget
            ):
                yield replace(atom, held=atom.held | constant) if constant else atom

    def places_in(self, partition: str, absent: frozenset[str]) -> Places:
        conditions = [found for found in self.places.values() if found[1].key not in absent]
        return Places(conditions, self.environment, self.scope, partition)

    def active(self, atom: Atom) -> int:
        """The statements whose resource element and conditions on the place match."""
        found = 0
        for index, statement in enumerate(self.statements):
            mask = self.masks[index]
            matches = mask is None or (
                bool(mask & atom.matching) is not statement.statement.not_resources
            )
            if matches and not self.place_masks[index] & ~atom.held:
                found |= 1 << index
        return found


def segments_of(pattern: ArnPattern, lookup: Lookup) -> Segments | None:
    if pattern.impossible or len(pattern.text) > LONGEST_ARN:
        return None
    parts = [resolved(segment.tokens, lookup) for segment in pattern.segments]
    found = tuple(part for part in parts if part is not None)
    if len(found) < len(parts) or max(map(len, found[:RESOURCE_PART])) > LONGEST_NAME:
        return None
    return found


def held_without(places: Iterable[tuple[int, Condition]], absent: Collection[str]) -> int:
    """The conditions that hold because their key is absent."""
    return sum(1 << bit for bit, one in places if one.key in absent and one.absent)
