"""Real ARNs: the shapes that actions accept, and which combinations of resource patterns they can
match.

A variable of an ARN template stands for one name: no colon and no slash in it,
except where AWS's names have paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product

from labs.grading.iam.aws.regions import regions_of
from labs.grading.iam.comparison.automata import Element, Elements, combinations, elements_of
from labs.grading.iam.comparison.budget import Budget, OutOfBudget
from labs.grading.iam.language.globs import Glob, Token, Wildcard

Segments = tuple[tuple[Token, ...], ...]  # a resource pattern without variables, cut in six
Atom = tuple[int, str]  # which patterns match (bit i: pattern i), and a text for which they do

VARIABLE = re.compile(r"\$\{([A-Za-z0-9_-]+)\}|(\*)")
WITH_SLASHES = (
    "Path",
    "ObjectName",
    "LogGroupName",
    "LogStreamName",
    "SecretId",
    "ParameterName",
    "RepositoryName",
    "Alias",
    "AlarmName",
)
SEGMENT_STEPS = 60_000  # for one segment of one shape; the result is remembered
ACCOUNT = "111122223333"
# One of them is not the account that a policy names
OTHER_ACCOUNTS = ("444455556666", "777788889999")
ANYTHING = (Wildcard.RUN,)
SAMPLES = {
    "BucketName": "example-bucket",
    "ObjectName": "report.csv",
    "InstanceId": "i-0123456789abcdef0",
    "VolumeId": "vol-0123456789abcdef0",
    "SecurityGroupId": "sg-0123456789abcdef0",
    "FunctionName": "example-function",
    "TableName": "example-table",
    "QueueName": "example-queue",
    "TopicName": "example-topic",
    "RoleNameWithPath": "example-role",
    "UserNameWithPath": "example-user",
    "ImageId": "ami-0123456789abcdef0",
    "SubnetId": "subnet-0123456789abcdef0",
    "VpcId": "vpc-0123456789abcdef0",
    "SnapshotId": "snap-0123456789abcdef0",
    "NetworkInterfaceId": "eni-0123456789abcdef0",
    "LogGroupName": "/example/group",
    "KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
}
Template = tuple[tuple[str, str], ...]  # ("text", "table/"), ("name", "TableName"), …


@lru_cache(maxsize=4096)
def parts_of_template(text: str) -> Template:
    """An ARN template's segment as literal text and names."""
    found: list[tuple[str, str]] = []
    at = 0
    for match in VARIABLE.finditer(text):
        found += [("text", text[at : match.start()]), ("name", match[1] or "Anything")]
        at = match.end()
    return tuple(part for part in (*found, ("text", text[at:])) if part[1])


@lru_cache(maxsize=4096)
def elements_of_template(text: str) -> Elements:
    elements: list[Element] = []
    for kind, value in parts_of_template(text):
        if kind == "text":
            elements += elements_of((value,))
        else:
            never = frozenset() if any(mark in value for mark in WITH_SLASHES) else frozenset("/:")
            elements += [Element(never=never), Element(never=never, loop=True)]
    return tuple(elements)


def sample_of_template(text: str) -> str:
    return "".join(
        value if kind == "text" else SAMPLES.get(value, "example")
        for kind, value in parts_of_template(text)
    )


@lru_cache(maxsize=4096)
def segment_atoms(template: str, patterns: tuple[tuple[Token, ...], ...]) -> tuple[Atom, ...]:
    """Combinations over one segment; a readable sample stands for its own combination."""
    if all(pattern == ANYTHING for pattern in patterns):
        return ((mask_of(patterns, ""), sample_of_template(template)),)
    found = combinations(
        [elements_of(pattern) for pattern in patterns],
        within=elements_of_template(template),
        budget=Budget(SEGMENT_STEPS),
    )
    return tuple((mask, readable(template, patterns, mask, text)) for mask, text in found)


def readable(template: str, patterns: tuple[tuple[Token, ...], ...], mask: int, text: str) -> str:
    """A likelier name than the shortest one, when it makes no difference to any pattern."""
    candidates = [sample_of_template(template)]
    if template.endswith("${ObjectName}"):
        candidates += [text.removesuffix("x") + "report.csv"]
    return next(
        (candidate for candidate in candidates if mask_of(patterns, candidate) == mask), text
    )


def mask_of(patterns: Sequence[tuple[Token, ...]], text: str) -> int:
    return sum(1 << index for index, pattern in enumerate(patterns) if Glob(pattern).matches(text))


@lru_cache(maxsize=1024)
def listed_atoms(
    candidates: tuple[str, ...], patterns: tuple[tuple[Token, ...], ...]
) -> tuple[Atom, ...]:
    found: dict[int, str] = {}
    for candidate in candidates:
        found.setdefault(mask_of(patterns, candidate), candidate)
    return tuple(found.items())


@lru_cache(maxsize=1024)
def account_atoms(patterns: tuple[tuple[Token, ...], ...], aws_owned: bool) -> tuple[Atom, ...]:
    """`aws_owned`: AWS's own policies have "aws" in the place of the account."""
    named = set(literal_accounts(patterns))
    strange = next(
        (account for account in (ACCOUNT, *OTHER_ACCOUNTS) if account not in named), "000000000001"
    )
    owned = ("aws",) if aws_owned else ()
    listed = listed_atoms((ACCOUNT, *sorted(named), strange, *owned), patterns)
    if all(pattern == ANYTHING or literal(pattern) for pattern in patterns):
        return listed
    twelve = (Element(frozenset("0123456789")),) * 12
    found = combinations(
        [elements_of(pattern) for pattern in patterns], within=twelve, budget=Budget(SEGMENT_STEPS)
    )
    return tuple((dict(found) | dict(listed)).items())


def is_policy(service: str, resource: str) -> bool:
    return service == "iam" and resource.startswith("policy/")


def literal(pattern: tuple[Token, ...]) -> str | None:
    """The only text that the pattern matches, where it has neither wildcards nor variables."""
    token = pattern[0] if len(pattern) == 1 else None
    return token if isinstance(token, str) else None


def literal_accounts(patterns: Iterable[tuple[Token, ...]]) -> Iterator[str]:
    """The literal segments that could be account ids."""
    for text in filter(None, map(literal, patterns)):
        if len(text) == 12 and text.isdigit():
            yield text


def arn_atoms(
    shape: str, patterns: Sequence[Segments], *, partition: str, budget: Budget
) -> list[Atom]:
    """Every combination of the patterns that an ARN of this shape can match,
    each with a real-looking ARN."""
    _, _, service, region, account, resource = shape.split(":", 5)
    budget.spend(len(patterns))
    fitting = [
        index
        for index, pattern in enumerate(patterns)
        if could_fit(pattern, partition, service, region, resource)
    ]
    columns = [tuple(patterns[index][place] for index in fitting) for place in (3, 4, 5)]
    regions = listed_atoms(
        regions_of(partition) if "$" in region or region == "*" else (region,), columns[0]
    )
    accounts = (
        account_atoms(columns[1], is_policy(service, resource))
        if "$" in account
        else listed_atoms((account,), columns[1])
    )
    names = segment_atoms(resource, columns[2])
    budget.spend(len(regions) * len(accounts) * len(names))
    found: dict[int, str] = {}
    for (mask, a_region), (a_mask, an_account), (r_mask, name) in product(regions, accounts, names):
        arn = f"arn:{partition}:{service}:{a_region}:{an_account}:{name}"
        found.setdefault(spread(mask & a_mask & r_mask, fitting), arn)
    return list(found.items())


def spread(mask: int, places: Sequence[int]) -> int:
    return sum(1 << place for index, place in enumerate(places) if mask >> index & 1)


def could_fit(pattern: Segments, partition: str, service: str, region: str, resource: str) -> bool:
    """A quick no for patterns that no ARN of this shape can match."""
    if not speaks_of(pattern[:3], partition, service):
        return False
    if "$" not in region and region != "*" and not Glob(pattern[3]).matches(region):
        return False
    wanted = pattern[5][0] if pattern[5] and isinstance(pattern[5][0], str) else ""
    given = parts_of_template(resource)
    fixed = given[0][1] if given and given[0][0] == "text" else ""
    length = min(len(wanted), len(fixed))
    return wanted[:length] == fixed[:length]


@lru_cache(maxsize=8192)
def speaks_of(head: Segments, partition: str, service: str) -> bool:
    return all(
        Glob(tokens).matches(text)
        for tokens, text in zip(head, ("arn", partition, service), strict=True)
    )


@lru_cache(maxsize=8192)
def can_match(shape: str, pattern: Segments) -> bool:
    """Is there an ARN of this shape that the pattern matches?"""
    if shape == "*":
        return all(part == ANYTHING for part in pattern)
    partition = literal(pattern[1]) or "aws"
    try:
        return any(
            mask
            for mask, _ in arn_atoms(
                shape, [pattern], partition=partition, budget=Budget(SEGMENT_STEPS)
            )
        )
    except OutOfBudget:
        return True
