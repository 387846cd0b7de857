"""Real actions, grouped by the statements whose action element they match and by the ARNs that they
accept.

Only services that a policy can tell apart are looked at, and one more that stands for all the
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.catalogue import UNRESTRICTED
from labs.grading.iam.comparison.arn_atoms import Segments, read_shape
from labs.grading.iam.comparison.places import ANYTHING, literal
from labs.grading.iam.decision.statements import CompiledStatement
from labs.grading.iam.language.arns import RESOURCE_PART
from labs.grading.wildcards.globs import glob, glob_of

ActionClass = tuple[int, tuple[str, ...], Sequence[str]]  # statements (bit i), ARN shapes, actions
# Of one statement: the actions of a service that its patterns single out, does it name all, is it a
# NotAction
Hit = tuple[frozenset[str], bool, bool]
# Each with actions that take ARNs and actions that take none
STAND_INS = ("sqs", "sns", "dynamodb", "lambda", "ec2")
FAMILIAR = {
    name.lower(): rank
    for rank, name in enumerate(
        (
            "GetObject",
            "PutObject",
            "DeleteObject",
            "ListBucket",
            "DeleteBucket",
            "ListAllMyBuckets",
            "RunInstances",
            "TerminateInstances",
            "DescribeInstances",
            "CreateUser",
            "PassRole",
            "AssumeRole",
            "GetItem",
            "PutItem",
            "InvokeFunction",
            "Publish",
            "SendMessage",
            "ReceiveMessage",
        )
    )
}


def action_classes(
    statements: Sequence[CompiledStatement], resources: Sequence[Segments]
) -> Iterator[ActionClass]:
    """The classes, service by service; in each a familiar action comes first."""
    elements = [ActionElement(statement) for statement in statements]
    everywhere = sum(1 << index for index, element in enumerate(elements) if element.others)
    named = [segments for segments in resources if segments[RESOURCE_PART] != ANYTHING]
    keys = {
        condition.key.partition(":")[0] for found in statements for condition in found.conditions
    }
    for service in sorted(services_of(elements, resources)):
        plain = service not in keys and not any(may_name(one, service) for one in named)
        hits = tuple((one.named(service), one.everything, one.negated) for one in elements)
        yield from classes_in(service, hits, everywhere, plain)


@lru_cache(maxsize=1024)
def classes_in(
    service: str, hits: tuple[Hit, ...], everywhere: int, plain: bool
) -> tuple[ActionClass, ...]:
    """Remembered, because one policy is often compared for several callers. `everywhere`: the
    statements that match the actions that no pattern singles out. `plain`: no pattern names a
    resource of the service, and no condition a key of it."""
    return tuple(find_classes(service, hits, everywhere, plain))


def find_classes(
    service: str, hits: tuple[Hit, ...], everywhere: int, plain: bool
) -> Iterator[ActionClass]:
    named = frozenset[str]().union(*(found for found, _everything, _negated in hits))
    masks = {name: mask_of(hits, name) for name in named}
    if plain and not masks:
        for shape, names in by_place(service) if everywhere else ():
            yield everywhere, (shape,), names
    elif masks or everywhere:
        for shapes, names in by_shapes(service):
            for mask, found in by_statements(names, masks, everywhere):
                yield mask, shapes, found


def may_name(segments: Segments, service: str) -> bool:
    """Does the pattern speak of ARNs that the service's actions accept?"""
    return any(glob_of(segments[2]).matches(name) for name in arn_services(service))


@cache
def arn_services(service: str) -> frozenset[str]:
    shapes = {shape for found, _ in by_shapes(service) for shape in found}
    return frozenset(read_shape(shape).service for shape in shapes)


@cache
def by_place(service: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The actions of a service that accept ARNs with the same parts before the name, with a shape
    of the first of them."""
    groups: dict[tuple[object, ...], tuple[str, list[str]]] = {}
    for shapes, names in by_shapes(service):
        for text in shapes:
            shape = read_shape(text)
            place = (
                text if text == UNRESTRICTED else shape.service,
                "$" in shape.region or shape.region,
                "$" in shape.account or shape.account,
                shape.is_owned_by_aws_too,
            )
            groups.setdefault(place, (text, []))[1].extend(names)
    return tuple((text, tuple(dict.fromkeys(names))) for text, names in groups.values())


def by_statements(
    names: Sequence[str], masks: Mapping[str, int], everywhere: int
) -> Iterable[tuple[int, Sequence[str]]]:
    """The actions that the same statements match."""
    if not masks:
        return [(everywhere, names)]
    groups: dict[int, list[str]] = {}
    for name in names:
        groups.setdefault(masks.get(name.lower(), everywhere), []).append(name)
    return groups.items()


@cache
def by_shapes(service: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The actions of a service that accept the same ARNs."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for action in sorted(
        catalogue.actions_of(service).values(), key=lambda action: familiarity(action.name)
    ):
        groups.setdefault(action.shapes, []).append(action.name)
    return tuple((shapes, tuple(names)) for shapes, names in groups.items())


class ActionElement:
    """The action element of one statement."""

    def __init__(self, statement: CompiledStatement) -> None:
        patterns = [pattern.lower() for pattern in statement.statement.actions or ()]
        self.everything = any(pattern in ("*", "*:*") for pattern in patterns)
        self.negated = statement.statement.not_actions
        # Does it match actions that no pattern singles out?
        self.others = self.everything is not self.negated
        self.patterns = tuple(pattern for pattern in patterns if pattern not in ("*", "*:*"))

    def named(self, service: str) -> frozenset[str]:
        return singled_out(self.patterns, service)


def mask_of(hits: tuple[Hit, ...], name: str) -> int:
    return sum(
        1 << index
        for index, (found, everything, negated) in enumerate(hits)
        if (everything or name in found) is not negated
    )


@lru_cache(maxsize=32768)
def familiarity(name: str) -> tuple[int, int, str]:
    verb = name.partition(":")[2]
    return FAMILIAR.get(verb.lower(), len(FAMILIAR)), len(name), name


def services_of(elements: Iterable[ActionElement], resources: Sequence[Segments]) -> set[str]:
    """Those that action or resource single out, and one that stands for all the others."""
    patterns = [pattern for element in elements for pattern in element.patterns]
    if any(map(is_of_any_service, patterns)) or any(map(is_arn_of_any_service, resources)):
        return set(catalogue.service_prefixes())
    prefixes = {pattern.partition(":")[0] for pattern in patterns}
    known = prefixes.union(*map(owners, resources)) & catalogue.service_prefixes()
    return known | {stand_in(known)}


def is_of_any_service(pattern: str) -> bool:
    return pattern.startswith("*") and ":" in pattern


def is_arn_of_any_service(segments: Segments) -> bool:
    """Only wildcards from the service on single out no service's ARNs."""
    bare = all(part == ANYTHING for part in segments[2:])
    return literal(segments[2]) is None and not bare


def owners(segments: Segments) -> tuple[str, ...]:
    """The services whose actions take such ARNs, where the pattern names a service."""
    service = literal(segments[2])
    return catalogue.services_with_arns_of(service) if service else ()


def stand_in(known: set[str]) -> str:
    return next((name for name in STAND_INS if name not in known), STAND_INS[-1])


@lru_cache(maxsize=8192)
def singled_out(patterns: tuple[str, ...], service: str) -> frozenset[str]:
    """The actions of the service that the patterns single out, in lower case."""
    return frozenset(name for pattern in patterns for name in matching(pattern, service))


@lru_cache(maxsize=4096)
def matching(pattern: str, service: str) -> tuple[str, ...]:
    prefix, colon, name = pattern.partition(":")
    if not colon or prefix not in ("*", service):
        return ()
    full = f"{service}:{name}"
    actions = catalogue.actions_of(service)
    if "*" not in name and "?" not in name:
        return (full,) if full in actions else ()
    compiled = glob(full)
    return tuple(found for found in actions if compiled.matches(found))
