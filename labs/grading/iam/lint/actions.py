"""Actions that do not exist, ARNs that are none, and pairs of both that never meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from labs.grading.iam.aws import catalogue
from labs.grading.iam.comparison.arn_atoms import Segments, can_match
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


Fault = tuple[str, str, str]  # code, message, severity


def action_problems(statement: Statement, variables: bool, hints: Hints) -> Iterator[Problem]:
    element = "NotAction" if statement.not_actions else "Action"
    for index, pattern in enumerate((statement.actions or ())[:MOST_PATTERNS]):
        fault = pattern_fault(pattern, hints) or pair_fault(pattern, statement, variables)
        if fault:
            code, message, severity = fault
            yield Problem(code, message, (*statement.path, element, index), severity=severity)


def any_resource_problems(statement: Statement) -> Iterator[Problem]:
    """An unconditional Allow on every resource, for actions that all accept ARNs."""
    actions = actions_of(statement) if is_allowed_everywhere(statement) else []
    if not actions or any(action.shapes == STAR_ONLY for action in actions):
        return
    message = (
        f"{actions[0].name} accepts ARNs such as {first_shape(actions[0])}; with * it reaches "
        "every one of them."
    )
    yield Problem("iam.any-resource", message, (*statement.path, "Resource"), severity="advice")


def is_allowed_everywhere(statement: Statement) -> bool:
    limited = statement.not_actions or statement.not_resources or statement.conditions
    return statement.effect == "Allow" and not limited and "*" in (statement.resources or ())


def actions_of(statement: Statement) -> list[catalogue.Action]:
    """Those that are named; `*` names none."""
    patterns = [text for text in (statement.actions or ())[:MOST_PATTERNS] if text != "*"]
    return [action for pattern in patterns for action in matching_actions(pattern)]


def pattern_fault(pattern: str, hints: Hints) -> Fault | None:
    """An action pattern that allows nothing."""
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


def unknown_service(service: str, name: str, hints: Hints) -> Fault:
    hint = hints.words(with_known_service, service, name)
    return "iam.unknown-action", f"No service has the prefix {short(service)}.{hint}", "warning"


def with_known_service(service: str, name: str) -> str | None:
    found = nearest_service(service)
    if found is None:
        return None
    full = f"{found}:{name}"
    known = "*" in name or catalogue.find_action(full) is not None
    return full if known else nearest_action(full) or full


def unknown_action(pattern: str, name: str, hints: Hints) -> Fault | None:
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


def pair_fault(pattern: str, statement: Statement, variables: bool) -> Fault | None:
    """Does the action ever meet one of the statement's ARNs?"""
    texts = () if pattern == "*" or statement.not_actions else arns_of(statement)
    arns = {text: segments_of(text, variables) for text in texts[:MOST_PATTERNS]}
    return meeting_fault(pattern, matching_actions(pattern), arns) if arns else None


def arns_of(statement: Statement) -> tuple[str, ...]:
    """The ARNs that its actions must meet; none where any resource will do, or where one is too
    long to be looked at."""
    texts = statement.resources or ()
    if statement.not_resources or "*" in texts:
        return ()
    return () if any(len(text) >= LONGEST_ARN for text in texts) else texts


def meeting_fault(
    pattern: str, actions: Sequence[catalogue.Action], arns: Mapping[str, Segments]
) -> Fault | None:
    useless = [action for action in actions if not meets(action, arns.values())]
    if not useless:
        return None
    if len(useless) == len(actions):
        return never_meets(useless[0], pattern, arns)
    if 2 * sum(action.shapes == STAR_ONLY for action in useless) > len(actions):
        message = f'Most of {pattern} works on no particular resource: only with "Resource": "*".'
        return "iam.needs-star", message, "warning"
    if only_half(actions, arns.values()):
        message = (
            f"{pattern} has actions on the bucket and actions on its objects, but only one of the "
            "two ARNs is here: "
            "the other half never matches."
        )
        return "iam.half-matches", message, "advice"
    return None


def meets(action: catalogue.Action, arns: Iterable[Segments]) -> bool:
    return any(can_match(shape, arn) for arn in arns for shape in action.shapes)


def never_meets(action: catalogue.Action, pattern: str, arns: Mapping[str, Segments]) -> Fault:
    if action.shapes == STAR_ONLY:
        message = f'{pattern} works on no particular resource: with "Resource": "*" only.'
        return "iam.needs-star", message, "warning"
    bucket = next((text for text, arn in arns.items() if can_match(BUCKET_SHAPE, arn)), None)
    if OBJECT_SHAPE in action.shapes and bucket:
        message = (
            f"{pattern} acts on objects, and {short(bucket)} is the bucket itself: objects "
            f"are {short(bucket)}/*"
        )
        return "iam.object-action-on-bucket", message, "warning"
    if BUCKET_SHAPE in action.shapes and any(can_match(OBJECT_SHAPE, arn) for arn in arns.values()):
        message = (
            f"{pattern} acts on the bucket itself, not on its objects: arn:aws:s3:::bucket "
            "without /*"
        )
        return "iam.bucket-action-on-object", message, "warning"
    message = f"{pattern} never acts on such a resource; it acts on {first_shape(action)}"
    return "iam.arn-never-matches", message, "warning"


def first_shape(action: catalogue.Action) -> str:
    return action.shapes[0].replace("${Partition}", "aws")


def only_half(actions: Iterable[catalogue.Action], arns: Iterable[Segments]) -> bool:
    """S3 patterns with bucket and object actions, where the ARNs are of one sort."""
    both = {BUCKET_SHAPE, OBJECT_SHAPE}
    if not both <= {shape for action in actions for shape in action.shapes}:
        return False
    return len({shape for arn in arns for shape in both if can_match(shape, arn)}) == 1


def segments_of(text: str, variables: bool) -> Segments:
    """The six segments of an ARN pattern, with a name in place of each variable."""
    tokens = resolved(tokens_of(text, variables=variables), lambda key: "name") or ()
    parts = split_at_colons(tokens, 6)
    return tuple(parts + [tokens_of("*", variables=False)] * (6 - len(parts)))


def short(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "…"
