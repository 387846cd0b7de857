"""Sampled requests: the fallback when an exact comparison would take too long. Seeded,
so always the same samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from random import Random

from labs.grading.iam.aws import catalogue
from labs.grading.iam.comparison.action_classes import familiarity
from labs.grading.iam.comparison.automata import fits
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.shapes import elements_of_template, sample_of_template
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import Request, Value
from labs.grading.iam.decision.statements import CompiledStatement
from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.globs import glob

SAMPLES = 1200
MOST_CANDIDATES = 600
MOST_PATTERNS = 40
MOST_ACTIONS = 6
LONGEST_PATTERN = 2048  # no ARN is longer
LARGE = 500  # from so many patterns and values on, fewer samples
Sample = tuple[str, str, dict[str, Value], str]  # action, resource, context, principal


def allows(side: Sequence[Layer], request: Request, requester: Requester) -> bool:
    """Do all layers of the side allow the request, denials included?"""
    return all(layer_allows(layer, request, requester) for layer in requester.side(side))


def layer_allows(layer: Layer, request: Request, requester: Requester) -> bool:
    if requester.caller is not None:
        return layer.denial(request, False) is None and layer.grant(request)[0] >= requester.least
    matching = [
        statement
        for policy in layer.policies
        for statement in policy.about(request.action)
        if statement.matches_apart_from_principal(request)
    ]
    return bool(matching) and all(statement.allow for statement in matching)


def request_of(
    action: str,
    resource: str,
    context: Mapping[str, Value],
    environment: Mapping[str, Value],
    requester: Requester,
) -> Request:
    """Exactly these keys: nothing is derived from the principal that the environment does not
    hold."""
    request = Request(requester.name, action, resource)
    request.context = {
        **requester.keys,
        **environment,
        **{key.lower(): value for key, value in context.items()},
    }
    return request


def sampled_difference(
    wider: Sequence[Layer],
    narrower: Sequence[Layer],
    *,
    environment: Mapping[str, Value],
    requesters: Sequence[Requester],
) -> Sample | None:
    """A request that `wider` allows and `narrower` does not, if one turns up among the samples."""
    statements = [found for layer in (*wider, *narrower) for found in layer.statements()]
    for action, resource, context, requester in samples(statements, environment, requesters):
        request = request_of(action, resource, context, environment, requester)
        if allows(wider, request, requester) and not allows(narrower, request, requester):
            return action, resource, context, requester.name
    return None


def samples(
    statements: Sequence[CompiledStatement],
    environment: Mapping[str, Value],
    requesters: Sequence[Requester],
) -> Iterator[tuple[str, str, dict[str, Value], Requester]]:
    """Action, resource, context and requester of each."""
    random = Random(20121017)  # noqa: S311 — samples, not secrets
    candidates = list(islice(targets(statements, random), MOST_CANDIDATES))
    values = sample_values(statements, environment)
    for _ in range(SAMPLES * LARGE // max(LARGE, size(statements)) if candidates else 0):
        action, resource = random.choice(candidates)
        requester = random.choice(requesters)
        context = {
            key: random.choice(found) for key, found in values.items() if random.random() < 0.5
        }
        yield action, resource, context, requester


def size(statements: Iterable[CompiledStatement]) -> int:
    return sum(
        len(found.actions)
        + len(found.resources)
        + sum(len(condition.entry.values) for condition in found.conditions)
        for found in statements
    )


def sample_values(
    statements: Iterable[CompiledStatement], environment: Mapping[str, Value]
) -> dict[str, list[Value]]:
    """For the keys that the environment leaves open."""
    conditions = [condition for statement in statements for condition in statement.conditions]
    values: dict[str, list[Value]] = {}
    for condition in (found for found in conditions if found.key not in environment):
        values.setdefault(condition.entry.key, ["other"]).extend(
            text.replace("*", "x").replace("?", "x") for text in condition.entry.values[:20]
        )
    return values


def targets(statements: Sequence[CompiledStatement], random: Random) -> Iterator[tuple[str, str]]:
    """Real actions with ARNs that they accept, made from the resource patterns."""
    texts = sorted({text for found in statements for text in found.statement.resources or ()})
    arns = [
        filled
        for text in random.sample(texts, min(len(texts), MOST_PATTERNS))
        for filled in fillings(text)
    ]
    for action in sample_actions(statements):
        for shape in action.shapes:
            yield from ((action.name, arn) for arn in arns if has_shape(arn, shape))
            yield action.name, sample_arn(shape)


def fillings(pattern: str) -> Iterator[str]:
    """Concrete texts for a pattern: runs empty, one character long, and with a slash in them."""
    if len(pattern) > LONGEST_PATTERN:
        return
    plain = pattern.replace("?", "x")
    yield from dict.fromkeys(
        (
            plain.replace("*", "x"),
            plain.replace("*", ""),
            plain.replace("*", "x/x", 1).replace("*", "x"),
        )
    )


def sample_actions(statements: Iterable[CompiledStatement]) -> Iterator[catalogue.Action]:
    for pattern in dict.fromkeys(
        text.lower() for found in statements for text in found.statement.actions or ()
    ):
        service = pattern.partition(":")[0]
        actions = catalogue.actions_of(service if service != "*" else "s3")
        names = [name for name in actions if glob(pattern).matches(name)]
        yield from (actions[name] for name in sorted(names, key=familiarity)[:MOST_ACTIONS])


def sample_arn(shape: str) -> str:
    if shape == catalogue.UNRESTRICTED:
        return shape
    named = {"${Partition}": "aws", "${Region}": "eu-west-1", "${Account}": "111122223333"}
    parts = arn_parts(shape)
    return ":".join([*(named.get(part, part) for part in parts[:5]), sample_of_template(parts[5])])


def has_shape(arn: str, shape: str) -> bool:
    parts, wanted = arn_parts(arn), arn_parts(shape)
    if len(parts) != 6 or len(wanted) != 6 or parts[2] != wanted[2]:
        return False
    return fits(parts[5], elements_of_template(wanted[5]))
