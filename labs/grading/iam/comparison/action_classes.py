"""Real actions, grouped by the statements whose action element they match and by the ARNs that they
accept.

Only services that a policy can tell apart are looked at, and one more that stands for all the
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from labs.grading.iam.aws import catalogue
from labs.grading.iam.comparison.shapes import Segments
from labs.grading.iam.decision.statements import CompiledStatement
from labs.grading.iam.language.globs import Wildcard, glob

ActionClass = tuple[int, tuple[str, ...], Sequence[str]]  # statements (bit i), ARN shapes, actions
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
    statements: Sequence[CompiledStatement], resources: Iterable[Segments]
) -> Iterator[ActionClass]:
    """The classes, service by service; in each a familiar action comes first."""
    patterns = [ActionElement(statement) for statement in statements]
    everywhere = sum(1 << index for index, actions in enumerate(patterns) if actions.others)
    for service in sorted(services(statements, resources)):
        singled = {name for actions in patterns for name in actions.named(service)}
        if not singled and not everywhere:
            continue
        if not singled:
            yield from ((everywhere, shapes, names) for shapes, names in by_shapes(service))
            continue
        hits = [actions.named(service) for actions in patterns]
        for shapes, names in by_shapes(service):
            classes: dict[int, list[str]] = {}
            for name in names:
                mask = (
                    mask_of(patterns, hits, name.lower()) if name.lower() in singled else everywhere
                )
                classes.setdefault(mask, []).append(name)
            yield from ((mask, shapes, found) for mask, found in classes.items())


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


def mask_of(patterns: Sequence[ActionElement], hits: Sequence[frozenset[str]], name: str) -> int:
    return sum(
        1 << index
        for index, (actions, found) in enumerate(zip(patterns, hits, strict=True))
        if (actions.everything or name in found) is not actions.negated
    )


def familiarity(name: str) -> tuple[int, int, str]:
    verb = name.partition(":")[2]
    return FAMILIAR.get(verb.lower(), len(FAMILIAR)), len(name), name


def services(statements: Sequence[CompiledStatement], resources: Iterable[Segments]) -> set[str]:
    prefixes = {
        pattern.lower().partition(":")[0]
        for found in statements
        for pattern in found.statement.actions or ()
    }
    wild = any(
        ":" in pattern and pattern.startswith("*") and pattern != "*:*"
        for found in statements
        for pattern in found.statement.actions or ()
    )
    for segments in resources:
        service = segments[2]
        if len(service) == 1 and isinstance(service[0], str):
            prefixes.update(catalogue.services_with_arns_of(service[0]))
        else:
            wild = wild or not is_bare(segments)
    if wild:
        return set(catalogue.service_prefixes())
    known = prefixes & catalogue.service_prefixes()
    return known | {next(name for name in STAND_INS if name not in known or name == STAND_INS[-1])}


def is_bare(segments: Segments) -> bool:
    """Only wildcards from the service on: no service's ARNs are singled out."""
    return all(part == (Wildcard.RUN,) for part in segments[2:])


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
