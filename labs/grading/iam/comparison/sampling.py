"""Sampled requests: the fallback when an exact comparison would take too long. Seeded,
so always the same samples."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from random import Random

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.request_keys import is_carried
from labs.grading.iam.comparison.action_classes import familiarity
from labs.grading.iam.comparison.conditions import Conditions, Member, Worlds
from labs.grading.iam.comparison.key_atoms import fitting
from labs.grading.iam.comparison.open_variables import OpenVariables
from labs.grading.iam.comparison.places import PLACE_KEYS, REGION, SAMPLE_ACCOUNT
from labs.grading.iam.comparison.possible import impossibility
from labs.grading.iam.comparison.requesters import Requester
from labs.grading.iam.comparison.templates import elements_of_template, sample_of_template
from labs.grading.iam.comparison.worlds import Facts
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import Request, Value
from labs.grading.iam.decision.sent_keys import with_sent_keys
from labs.grading.iam.decision.statements import CompiledStatement
from labs.grading.iam.language.arns import arn_parts
from labs.grading.wildcards.automata import fits
from labs.grading.wildcards.budget import Budget, OutOfBudget
from labs.grading.wildcards.globs import glob

SAMPLES = 2400
ROUNDS = 16  # of other requesters and variables
STEPS = 100_000
GROUP_STEPS = 5_000
MOST_VALUES = 20
MOST_GROUPS = 120
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
    random = Random(20121017)  # noqa: S311 — samples, not secrets
    candidates = list(islice(targets(statements, random), MOST_CANDIDATES))
    number = SAMPLES * LARGE // max(LARGE, size(statements)) if candidates else 0
    for requester, pool in pools(statements, environment, requesters, random):
        for _ in range(number // ROUNDS):
            action, resource = random.choice(candidates)
            context = pool.context(action, resource, random)
            if impossibility(action, resource, {**environment, **context}, requester.name):
                continue
            request = request_of(action, resource, context, environment, requester)
            if allows(wider, request, requester) and not allows(narrower, request, requester):
                return action, resource, context, requester.name
    return None


def pools(
    statements: Sequence[CompiledStatement],
    environment: Mapping[str, Value],
    requesters: Sequence[Requester],
    random: Random,
) -> Iterator[tuple[Requester, Pool]]:
    """One for each round: a requester, values for the variables, and what the other keys may
    say."""
    for _ in range(ROUNDS if requesters else 0):
        requester = random.choice(requesters)
        known = {**requester.keys, **environment}
        with contextlib.suppress(OutOfBudget):
            variables = OpenVariables(statements, known, requester.callers, Budget(STEPS))
            chosen = dict(
                pair for found in variables.groups for pair in random.choice(found).items()
            )
            fixed = {**known, **chosen}
            conditions = Conditions(statements, fixed, requester.callers, Budget(STEPS))
            yield requester, Pool(conditions, variables.written(chosen))


class Pool:
    """Contexts over the worlds of each group of keys."""

    def __init__(self, conditions: Conditions, given: Mapping[str, Value]) -> None:
        self.conditions, self.given = conditions, given
        groups = islice(conditions.groups.values(), MOST_GROUPS)
        self.facts = [told for members in groups if (told := self.told(members))]

    def told(self, members: Sequence[Member]) -> list[Facts]:
        """What the keys of the group can say; what is written, where that takes too long."""
        self.conditions.budget = Budget(GROUP_STEPS)
        try:
            return [facts for _, facts in Worlds(self.conditions, members, ())()]
        except OutOfBudget:
            return [
                {one.key: text}
                for _, one in members
                for text in fitting(one.key, map(plain, one.entry.values[:MOST_VALUES]))
            ]

    def context(self, action: str, resource: str, random: Random) -> dict[str, Value]:
        """For one request: without the keys that it cannot carry."""
        names = self.conditions.names
        told = [random.choice(found).items() for found in self.facts]
        facts = {key: value for items in told for key, value in items}
        place = {key: value for key, value in place_of(action, resource).items() if key in names}
        lowered = action.lower()
        carried = {key: value for key, value in facts.items() if is_carried(lowered, key)}
        return {**self.given, **{names[key]: value for key, value in {**place, **carried}.items()}}


def plain(text: str) -> str:
    return text.replace("*", "x").replace("?", "x")


def place_of(action: str, resource: str) -> dict[str, Value]:
    """The keys that the ARN decides."""
    request = with_sent_keys(Request(None, action, resource))
    region = request.context["aws:requestedregion"]
    account = request.context.get("aws:resourceaccount", SAMPLE_ACCOUNT)
    return {key: region if kind == REGION else account for key, kind in PLACE_KEYS.items()}


def size(statements: Iterable[CompiledStatement]) -> int:
    return sum(
        len(found.actions)
        + len(found.resources)
        + sum(len(condition.entry.values) for condition in found.conditions)
        for found in statements
    )


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
