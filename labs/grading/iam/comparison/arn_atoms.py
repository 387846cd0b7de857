"""Real ARNs: which combinations of resource elements can an ARN of one shape match, in which places
(`places`)?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from labs.grading.iam.aws.catalogue import UNRESTRICTED
from labs.grading.iam.comparison.places import (
    ANYTHING,
    Place,
    Places,
    Scope,
    Tokens,
    literal,
)
from labs.grading.iam.comparison.templates import (
    beginning_of,
    elements_of_template,
    sample_of_template,
)
from labs.grading.wildcards.automata import elements_of, union_combinations
from labs.grading.wildcards.budget import Budget, OutOfBudget
from labs.grading.wildcards.globs import glob_of

Segments = tuple[Tokens, ...]  # a resource pattern without variables, cut in six
# For the names of one shape; the result is remembered
SEGMENT_STEPS = 400_000
FEW_STEPS = 40_000  # where a maybe is enough
NameAtom = tuple[int, str]  # which of the name patterns match (bit i), and a name for which they do


@dataclass(frozen=True, slots=True)
class Patterns:
    """Resource patterns of one statement that differ in their last segment alone: any of them may
    match. `bare`: one of them is a `*`, which needs no ARN."""

    head: Segments  # the first five segments
    names: frozenset[Tokens]
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """An ARN template, cut in its parts."""

    text: str
    service: str
    region: str
    account: str
    resource: str

    @property
    def is_owned_by_aws_too(self) -> bool:
        return self.service == "iam" and self.resource.startswith("policy/")


@lru_cache(maxsize=16384)
def read_shape(text: str) -> Shape:
    if text == UNRESTRICTED:
        return Shape(text, "", UNRESTRICTED, UNRESTRICTED, "")
    _, _, service, region, account, resource = text.split(":", 5)
    return Shape(text, service, region, account, resource)


@dataclass(frozen=True, slots=True)
class Atom:
    """`matching`: the resource patterns (bit i) that match; `held`: the conditions on the place
    that hold. The rest is where this is so; without a name any name does."""

    matching: int
    held: int
    partition: str
    region: Place
    account: Place
    name: str = ""

    def arn(self, shape: Shape) -> str:
        if shape.text == UNRESTRICTED:
            return UNRESTRICTED
        name = self.name or sample_of_template(shape.resource)
        return f"arn:{self.partition}:{shape.service}:{self.region[0]}:{self.account[0]}:{name}"


def arn_atoms(
    shape: Shape,
    fitting: Sequence[tuple[int, Patterns]],
    places: Places,
    *,
    foreign: bool,
    service: str,
    budget: Budget,
) -> Iterator[Atom]:
    """Every combination that an ARN of this shape can match. `fitting`: the patterns that could,
    with their bits; `service`: the action's, which need not be the ARN's."""
    if shape.text == UNRESTRICTED:
        foreign = False  # what it works on is the caller's own
    heads = [found.head for _, found in fitting]
    regions = places.regions(shape.region, service, [head[3] for head in heads])
    accounts = places.accounts(
        shape.account,
        [head[4] for head in heads],
        foreign=foreign,
        aws_owned=shape.is_owned_by_aws_too,
    )
    names = names_on(shape, fitting, budget)
    bits = [index for index, _ in fitting]
    for at, by, (named, name) in product(regions, accounts, names):
        matching = spread(at[0] & by[0] & named, bits)
        yield Atom(matching, at[1] | by[1], places.partition, at[2], by[2], name)


def names_on(
    shape: Shape, fitting: Sequence[tuple[int, Patterns]], budget: Budget
) -> Sequence[NameAtom]:
    if all(ANYTHING in found.names for _, found in fitting):
        return (((1 << len(fitting)) - 1, ""),)
    fixed = beginning_of(shape.resource)
    found = tuple(those_that_agree(fixed, one) for _, one in fitting)
    atoms, steps = name_atoms(
        shape.resource, found, FEW_STEPS if budget.left <= FEW_STEPS else SEGMENT_STEPS
    )
    budget.spend(steps)  # also where it is remembered, so that the answer never depends on that
    return atoms


def spread(mask: int, places: Sequence[int]) -> int:
    return sum(1 << place for index, place in enumerate(places) if mask >> index & 1)


@lru_cache(maxsize=4096)
def name_atoms(
    template: str, patterns: tuple[frozenset[Tokens], ...], steps: int
) -> tuple[tuple[NameAtom, ...], int]:
    """Combinations over the last segment, and the steps that they took; a readable sample stands
    for its own combination."""
    budget = Budget(steps)
    found = union_combinations(
        [[elements_of(pattern) for pattern in sorted(each, key=str)] for each in patterns],
        within=elements_of_template(template),
        budget=budget,
    )
    atoms = tuple((mask, readable(template, patterns, mask, text)) for mask, text in found)
    return atoms, steps - budget.left


def readable(template: str, patterns: tuple[frozenset[Tokens], ...], mask: int, text: str) -> str:
    """A likelier name than the shortest one, when it makes no difference to any pattern."""
    candidates = [sample_of_template(template)]
    if template.endswith("${ObjectName}"):
        candidates += [text.removesuffix("x") + "report.csv"]
    return next(
        (candidate for candidate in candidates if mask_of(patterns, candidate) == mask), text
    )


def mask_of(patterns: Sequence[frozenset[Tokens]], text: str) -> int:
    return sum(
        1 << index
        for index, found in enumerate(patterns)
        if any(glob_of(pattern).matches(text) for pattern in found)
    )


def fits_shape(found: Patterns, partition: str, shape: Shape) -> bool:
    """A quick no for patterns that no ARN of this shape can match."""
    if shape.text == UNRESTRICTED:
        return found.bare
    if not speaks_of(found.head[:3], partition, shape.service):
        return False
    literal_region = "$" not in shape.region and shape.region != UNRESTRICTED
    if literal_region and not glob_of(found.head[3]).matches(shape.region):
        return False
    return bool(those_that_agree(beginning_of(shape.resource), found))


def those_that_agree(fixed: str, found: Patterns) -> frozenset[Tokens]:
    return frozenset(name for name in found.names if agree(fixed, name))


def agree(fixed: str, name: Tokens) -> bool:
    """May a text begin with both?"""
    wanted = name[0] if name and isinstance(name[0], str) else ""
    length = min(len(wanted), len(fixed))
    return wanted[:length] == fixed[:length]


@lru_cache(maxsize=8192)
def speaks_of(head: Segments, partition: str, service: str) -> bool:
    return all(
        glob_of(tokens).matches(text)
        for tokens, text in zip(head, ("arn", partition, service), strict=True)
    )


@lru_cache(maxsize=8192)
def can_match(text: str, pattern: Segments) -> bool:
    """Is there an ARN of this shape that the pattern matches?"""
    if text == UNRESTRICTED:
        return all(part == ANYTHING for part in pattern)
    shape, partition = read_shape(text), literal(pattern[1]) or "aws"
    found = Patterns(pattern[:5], frozenset((pattern[5],)))
    if not fits_shape(found, partition, shape):
        return False
    places = Places((), {}, Scope(), partition)
    try:
        atoms = arn_atoms(
            shape,
            [(0, found)],
            places,
            foreign=True,
            service=shape.service,
            budget=Budget(FEW_STEPS),
        )
        return any(atom.matching for atom in atoms)
    except OutOfBudget:
        return True
