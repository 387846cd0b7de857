"""Actions that do not exist, and pairs of actions and ARNs that never meet.

Sources: IAM User Guide, "IAM JSON policy elements: Action"; Service Authorization Reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from labs.grading.iam.aws import catalogue
from labs.grading.iam.language.documents import Problem, Statement
from labs.grading.iam.lint.meetings import Meetings
from labs.grading.iam.lint.shortening import short
from labs.grading.iam.lint.suggestions import (
    API_CALLS,
    nearest_action,
    nearest_service,
    with_service,
)
from labs.grading.iam.lint.work import Work
from labs.grading.said import Said, say
from labs.grading.wildcards.globs import glob

MOST_PATTERNS = 1_000  # form is looked at whatever it costs; pairs are paid for
LONGEST_ARN = 4096
STAR_ONLY = (catalogue.UNRESTRICTED,)
OBJECT_SHAPE = "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
BUCKET_SHAPE = "arn:${Partition}:s3:::${BucketName}"
NO_VENDOR = re.compile(r"[^a-zA-Z0-9.-]")


Fault = tuple[str, Said, str]  # code, message, severity


def meetings_of(statement: Statement, variables: bool, work: Work) -> Meetings:
    return Meetings(arns_of(statement)[:MOST_PATTERNS], variables, work)


def action_problems(statement: Statement, meetings: Meetings, work: Work) -> Iterator[Problem]:
    element = "NotAction" if statement.not_actions else "Action"
    for index, pattern in enumerate((statement.actions or ())[:MOST_PATTERNS]):
        fault = pattern_fault(pattern, work) or pair_fault(pattern, meetings, work)
        if fault:
            code, message, severity = fault
            yield Problem(code, message, (*statement.path, element, index), severity=severity)


def any_resource_problems(statement: Statement, work: Work) -> Iterator[Problem]:
    """An unconditional Allow on every resource, for actions that all accept ARNs."""
    actions = actions_of(statement, work) if is_allowed_everywhere(statement) else []
    if not actions or any(action.shapes == STAR_ONLY for action in actions):
        return
    message = say(
        "Name the resources: {action} accepts ARNs such as {arn}; with * it reaches every one of "
        "them.",
        action=actions[0].name,
        arn=plainest_shape(actions[0]),
    )
    yield Problem("iam.any-resource", message, (*statement.path, "Resource"), severity="advice")


def is_allowed_everywhere(statement: Statement) -> bool:
    limited = statement.not_actions or statement.not_resources or statement.conditions
    return statement.effect == "Allow" and not limited and "*" in (statement.resources or ())


def actions_of(statement: Statement, work: Work) -> list[catalogue.Action]:
    """Those that are named; `*` names none."""
    patterns = [text for text in (statement.actions or ())[:MOST_PATTERNS] if text != "*"]
    return [action for pattern in patterns for action in matching(pattern, work)]


def matching(pattern: str, work: Work) -> Sequence[catalogue.Action]:
    """The actions of the pattern; none where there is nothing left to look with."""
    service = pattern.partition(":")[0].lower()
    cost = len(catalogue.actions_of(service)) if "*" in pattern or "?" in pattern else 1
    return matching_actions(pattern) if work.affords(cost) else ()


def pattern_fault(pattern: str, work: Work) -> Fault | None:
    """An action pattern that allows nothing."""
    service, colon, name = pattern.partition(":")
    if pattern == "*":
        return None
    if not colon:
        return without_service(pattern, work)
    refused = refused_form(service, name)
    if refused:
        return refused
    if service.lower() not in catalogue.service_prefixes():
        return unknown_service(service, name, work)
    return unknown_action(pattern, name, work)


def refused_form(service: str, name: str) -> Fault | None:
    if ":" in name:
        message = say(
            "Write it with one colon: service:Action. AWS: Actions/Conditions can contain only "
            "one colon."
        )
        return "iam.action-form", message, "error"
    if "*" in service or "?" in service:
        message = say(
            "The service must be written out. AWS: Vendor {service} is not valid.",
            service=short(service),
        )
        return "iam.wildcard-service", message, "error"
    if service and not NO_VENDOR.search(service):
        return None
    message = say(
        "Write the service's prefix, as in s3:GetObject. AWS: Vendor {service} is not valid.",
        service=short(service),
    )
    return "iam.vendor", message, "error"


def without_service(pattern: str, work: Work) -> Fault:
    message = say(
        "{action} has no service.{hint} AWS: Actions/Conditions must be prefaced by a vendor, "
        "e.g., iam, sdb, ec2, etc.",
        action=short(pattern),
        hint=work.words(with_service, pattern),
    )
    return "iam.vendor", message, "error"


def unknown_service(service: str, name: str, work: Work) -> Fault:
    message = say(
        "No service has the prefix {service}.{hint}",
        service=short(service),
        hint=work.words(with_known_service, service, name),
    )
    return "iam.unknown-action", message, "warning"


def with_known_service(service: str, name: str) -> str | None:
    found = nearest_service(service)
    if found is None:
        return None
    full = f"{found}:{name}"
    known = "*" in name or catalogue.find_action(full) is not None
    return full if known else nearest_action(full) or full


def unknown_action(pattern: str, name: str, work: Work) -> Fault | None:
    if matching(pattern, work) or work.skipped:
        return None
    instead = API_CALLS.get(pattern.lower())
    if instead:
        message = say(
            "Write {actions}: {call} is an API call, and that is what allows it.",
            call=pattern,
            actions=", ".join(instead),
        )
        return "iam.not-an-action", message, "warning"
    if "*" in name or "?" in name:
        message = say("No action matches {action}.", action=short(pattern))
        return "iam.unknown-action", message, "warning"
    message = say(
        "There is no action {action}.{hint}",
        action=short(pattern),
        hint=work.words(nearest_action, pattern),
    )
    return "iam.unknown-action", message, "warning"


@lru_cache(maxsize=2048)
def matching_actions(pattern: str) -> tuple[catalogue.Action, ...]:
    lowered = pattern.lower()
    actions = catalogue.actions_of(lowered.partition(":")[0])
    compiled = glob(lowered)
    if compiled.exact is not None:
        return (actions[lowered],) if lowered in actions else ()
    return tuple(action for name, action in actions.items() if compiled.matches(name))


def arns_of(statement: Statement) -> tuple[str, ...]:
    """The ARNs that its actions must meet; none where any resource will do, or where one is no ARN
    at all or too long to be looked at."""
    texts = statement.resources or ()
    if statement.not_actions or statement.not_resources or "*" in texts:
        return ()
    return texts if all(map(can_be_looked_at, texts)) else ()


def can_be_looked_at(text: str) -> bool:
    return len(text) < LONGEST_ARN and text.startswith("arn:") and text.count(":") >= 5


def pair_fault(pattern: str, meetings: Meetings, work: Work) -> Fault | None:
    """Does the action ever meet one of the statement's ARNs?"""
    actions = matching(pattern, work) if pattern != "*" and meetings.arns else ()
    useless = [action for action in actions if not meetings.meets(action)]
    if not useless:
        return None
    if len(useless) == len(actions):
        return never_meets(useless[0], pattern, meetings)
    if 2 * sum(action.shapes == STAR_ONLY for action in useless) > len(actions):
        message = say(
            'Most of {action} works on no particular resource: only with "Resource": "*".',
            action=pattern,
        )
        return "iam.needs-star", message, "warning"
    if only_half(actions, meetings):
        message = say(
            "Write both ARNs, or name the actions that you mean: {action} has some on the bucket "
            "and some on its objects, and here one half never matches.",
            action=pattern,
        )
        return "iam.half-matches", message, "advice"
    return None


def never_meets(action: catalogue.Action, pattern: str, meetings: Meetings) -> Fault:
    if action.shapes == STAR_ONLY:
        message = say(
            '{action} works on no particular resource: with "Resource": "*" only.', action=pattern
        )
        return "iam.needs-star", message, "warning"
    message = say(
        "{action} never acts on such a resource; it acts on {arn}",
        action=pattern,
        arn=plainest_shape(action),
    )
    return in_s3(action, pattern, meetings) or ("iam.arn-never-matches", message, "warning")


def in_s3(action: catalogue.Action, pattern: str, meetings: Meetings) -> Fault | None:
    """The bucket in place of its objects, or the other way round."""
    bucket = meetings.partner(BUCKET_SHAPE)
    if OBJECT_SHAPE in action.shapes and bucket:
        message = say(
            "Write {bucket}/*: {action} acts on objects, and {bucket} is the bucket itself.",
            action=pattern,
            bucket=short(bucket),
        )
        return "iam.object-action-on-bucket", message, "warning"
    if BUCKET_SHAPE in action.shapes and meetings.partner(OBJECT_SHAPE):
        message = say(
            "Write the bucket without /*, as in arn:aws:s3:::bucket: {action} acts on the bucket "
            "itself, not on its objects.",
            action=pattern,
        )
        return "iam.bucket-action-on-object", message, "warning"
    return None


def plainest_shape(action: catalogue.Action) -> str:
    """One of the service itself, with the least to fill in: of S3 the bucket, not an access point
    to it. What is to be filled in stands in <>, for ${} looks like a policy variable."""
    own = f":{action.name.partition(':')[0]}:"
    shape = min(action.shapes, key=lambda shape: (own not in shape, shape.count("${")))
    return shape.replace("${Partition}", "aws").replace("${", "<").replace("}", ">")


def only_half(actions: Iterable[catalogue.Action], meetings: Meetings) -> bool:
    """S3 patterns with bucket and object actions, where the ARNs are of one sort."""
    both = {BUCKET_SHAPE, OBJECT_SHAPE}
    if not both <= {shape for action in actions for shape in action.shapes}:
        return False
    return len([shape for shape in both if meetings.partner(shape)]) == 1
