"""Actions that do not exist, ARNs that are none, and pairs of both that never meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from labs.grading.iam.aws import catalogue
from labs.grading.iam.comparison.shapes import Segments, can_match
from labs.grading.iam.language.documents import Problem, Statement
from labs.grading.iam.language.globs import glob, resolved, split_at_colons, tokens_of
from labs.grading.iam.lint.suggestions import (
    API_CALLS,
    Hints,
    nearest_action,
    nearest_service,
    with_service,
)

MOST_PATTERNS = 60
LONGEST_ARN = 4096
STAR_ONLY = (catalogue.UNRESTRICTED,)
OBJECT_SHAPE = "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
BUCKET_SHAPE = "arn:${Partition}:s3:::${BucketName}"


def action_problems(statement: Statement, variables: bool, hints: Hints) -> Iterator[Problem]:
    element = "NotAction" if statement.not_actions else "Action"
    for index, pattern in enumerate((statement.actions or ())[:MOST_PATTERNS]):
        path = (*statement.path, element, index)
        problem = pattern_fault(pattern, hints)
        if problem:
            code, message, severity = problem
            yield Problem(code, message, path, severity=severity)
        elif pattern != "*" and not statement.not_actions:
            yield from pair_problems(pattern, statement, path, variables)


def any_resource_problems(statement: Statement) -> Iterator[Problem]:
    """An unconditional Allow on every resource, for actions that all accept ARNs."""
    if (
        statement.effect != "Allow"
        or statement.not_actions
        or statement.conditions
        or statement.not_resources
    ):
        return
    patterns = (statement.actions or ())[:MOST_PATTERNS]
    actions = [
        action for pattern in patterns if pattern != "*" for action in matching_actions(pattern)
    ]
    if (
        "*" in (statement.resources or ())
        and actions
        and not any(action.shapes == STAR_ONLY for action in actions)
    ):
        example = actions[0].shapes[0].replace("${Partition}", "aws")
        message = (
            f"{actions[0].name} accepts ARNs such as {example}; with * it reaches every one "
            "of them."
        )
        yield Problem("iam.any-resource", message, (*statement.path, "Resource"), severity="advice")


def pattern_fault(pattern: str, hints: Hints) -> tuple[str, str, str] | None:
    """Code, message and severity for an action pattern that allows nothing."""
    service, colon, name = pattern.partition(":")
    if pattern == "*":
        return None
    if not colon:
        hint = hints.words(with_service, pattern)
        message = (
            f"{short(pattern)} has no service.{hint} AWS: Actions/Conditions must be "
            "prefaced by a vendor, e.g., iam, sdb, ec2, etc."
        )
        return "iam.vendor", message, "error"
    if "*" in service or "?" in service:
        message = f"The service must be written out. AWS: Vendor {short(service)} is not valid."
        return "iam.wildcard-service", message, "error"
    if service.lower() not in catalogue.service_prefixes():
        return unknown_service(service, name, hints)
    return unknown_action(pattern, name, hints)


def unknown_service(service: str, name: str, hints: Hints) -> tuple[str, str, str]:
    hint = hints.words(with_known_service, service, name)
    return "iam.unknown-action", f"No service has the prefix {short(service)}.{hint}", "warning"


def with_known_service(service: str, name: str) -> str | None:
    found = nearest_service(service)
    if found is None:
        return None
    full = f"{found}:{name}"
    known = "*" in name or catalogue.find_action(full) is not None
    return full if known else nearest_action(full) or full


def unknown_action(pattern: str, name: str, hints: Hints) -> tuple[str, str, str] | None:
    if matching_actions(pattern):
        return None
    instead = API_CALLS.get(pattern.lower())
    if instead:
        message = (
            f"{pattern} is an API call, not an IAM action: it is allowed by "
            f"{' and '.join(instead)}."
        )
        return "iam.not-an-action", message, "warning"
    if "*" in name or "?" in name:
        return "iam.unknown-action", f"No action matches {short(pattern)}.", "warning"
    return (
        "iam.unknown-action",
        f"There is no action {short(pattern)}.{hints.words(nearest_action, pattern)}",
        "warning",
    )


@lru_cache(maxsize=2048)
def matching_actions(pattern: str) -> tuple[catalogue.Action, ...]:
    lowered = pattern.lower()
    actions = catalogue.actions_of(lowered.partition(":")[0])
    compiled = glob(lowered)
    if compiled.exact is not None:
        return (actions[lowered],) if lowered in actions else ()
    return tuple(action for name, action in actions.items() if compiled.matches(name))


def pair_problems(
    pattern: str, statement: Statement, path: tuple[str | int, ...], variables: bool
) -> Iterator[Problem]:
    """Does the action ever meet one of the statement's ARNs?"""
    if statement.resources is None or statement.not_resources or "*" in statement.resources:
        return
    if max(map(len, statement.resources), default=LONGEST_ARN) >= LONGEST_ARN:
        return
    arns = [segments_of(text, variables) for text in statement.resources[:MOST_PATTERNS]]
    actions = matching_actions(pattern)
    useless = [
        action
        for action in actions
        if not any(can_match(shape, arn) for shape in action.shapes for arn in arns)
    ]
    if useless and len(useless) == len(actions):
        yield never_meets(useless[0], pattern, statement.resources, arns, path)
    elif 2 * sum(action.shapes == STAR_ONLY for action in useless) > len(actions):
        message = f'Most of {pattern} works on no particular resource: only with "Resource": "*".'
        yield Problem("iam.needs-star", message, path, severity="warning")
    elif useless and only_half(actions, arns):
        message = (
            f"{pattern} has actions on the bucket and actions on its objects, but only one of the "
            "two ARNs is here: "
            "the other half never matches."
        )
        yield Problem("iam.half-matches", message, path, severity="advice")


def never_meets(
    action: catalogue.Action,
    pattern: str,
    resources: Sequence[str],
    arns: Sequence[Segments],
    path: tuple[str | int, ...],
) -> Problem:
    if action.shapes == STAR_ONLY:
        message = f'{pattern} works on no particular resource: with "Resource": "*" only.'
        return Problem("iam.needs-star", message, path, severity="warning")
    bucket = next(
        (text for text, arn in zip(resources, arns, strict=False) if can_match(BUCKET_SHAPE, arn)),
        None,
    )
    if OBJECT_SHAPE in action.shapes and bucket:
        message = (
            f"{pattern} acts on objects, and {short(bucket)} is the bucket itself: objects "
            f"are {short(bucket)}/*"
        )
        return Problem("iam.object-action-on-bucket", message, path, severity="warning")
    if BUCKET_SHAPE in action.shapes and any(can_match(OBJECT_SHAPE, arn) for arn in arns):
        message = (
            f"{pattern} acts on the bucket itself, not on its objects: arn:aws:s3:::bucket "
            "without /*"
        )
        return Problem("iam.bucket-action-on-object", message, path, severity="warning")
    message = (
        f"{pattern} never acts on such a resource; it acts on "
        f"{action.shapes[0].replace('${Partition}', 'aws')}"
    )
    return Problem("iam.arn-never-matches", message, path, severity="warning")


def only_half(actions: Sequence[catalogue.Action], arns: Sequence[Segments]) -> bool:
    """S3 patterns with bucket and object actions, where the ARNs are of one sort."""
    shapes = {shape for action in actions for shape in action.shapes}
    if not {BUCKET_SHAPE, OBJECT_SHAPE} <= shapes:
        return False
    met = {shape for shape in (BUCKET_SHAPE, OBJECT_SHAPE) for arn in arns if can_match(shape, arn)}
    return len(met) == 1


def segments_of(text: str, variables: bool) -> Segments:
    """The six segments of an ARN pattern, with a name in place of each variable."""
    tokens = resolved(tokens_of(text, variables=variables), lambda key: "name") or ()
    parts = split_at_colons(tokens, 6)
    return tuple(parts + [tokens_of("*", variables=False)] * (6 - len(parts)))


def short(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "…"
