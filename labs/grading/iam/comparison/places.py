"""Where a resource is: its Region and its account, and what the keys about them then say.

`aws:RequestedRegion` is the Region in the ARN, or that of a global service's only endpoint;
`aws:ResourceAccount` is the account in the ARN, or the owner of what has none in it (a bucket). So
conditions on these keys are decided by the ARN, and a comparison treats them as it treats resource
patterns.
Source: IAM User Guide, "AWS global condition context keys"; "Cross account resource access in IAM".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from labs.grading.iam.aws.catalogue import UNRESTRICTED
from labs.grading.iam.aws.regions import endpoint_of, regions_of
from labs.grading.iam.comparison.key_atoms import elements_of_condition
from labs.grading.iam.decision.requests import Situation, Value
from labs.grading.iam.decision.statements import Condition
from labs.grading.iam.language.principals import is_account_id
from labs.grading.wildcards.automata import Element, combinations, elements_of
from labs.grading.wildcards.budget import Budget
from labs.grading.wildcards.globs import Token, Wildcard, glob_of

Tokens = tuple[Token, ...]
Place = tuple[str, str]  # as the ARN says it, as the condition key says it
# Which patterns match (bit i: pattern i), which conditions hold, and where this is so
PlaceAtom = tuple[int, int, Place]
REGION = "region"
ACCOUNT = "account"
PLACE_KEYS = {
    "aws:requestedregion": REGION,
    "ec2:region": REGION,
    "aws:resourceaccount": ACCOUNT,
    "s3:resourceaccount": ACCOUNT,
}
SAMPLE_ACCOUNT = "111122223333"
# One of them is not the account that a policy names
OTHER_ACCOUNTS = ("444455556666", "777788889999", "123123123123", "000000000001")
ACCOUNT_STEPS = 60_000
ANYTHING = (Wildcard.RUN,)
TWELVE_DIGITS = (Element(frozenset("0123456789")),) * 12
AWS = "aws"  # in the place of the account, in the ARNs of AWS's own policies


@dataclass(frozen=True, slots=True)
class Scope:
    """What is known before anything is asked; an empty text: nothing.

    `own`: the caller's account; `owner`: the account that the resource belongs to; `region`: the
    Region that requests are sent to."""

    own: str = ""
    owner: str = ""
    region: str = ""


class Places:
    """`conditions`: those on the keys of `PLACE_KEYS` that the request carries, each with its bit;
    `environment`: what is fixed already."""

    def __init__(
        self,
        conditions: Sequence[tuple[int, Condition]],
        environment: Mapping[str, Value],
        scope: Scope,
        partition: str,
    ) -> None:
        self.environment, self.scope, self.partition = environment, scope, partition
        self.about = {
            kind: [found for found in conditions if PLACE_KEYS[found[1].key] == kind]
            for kind in (REGION, ACCOUNT)
        }

    def regions(
        self, template: str, service: str, patterns: Sequence[Tokens]
    ) -> Sequence[PlaceAtom]:
        """`template`: the Region segment of an ARN template."""
        named = {literal(pattern) for pattern in patterns}
        places = regions(template, service, self.partition, self.scope)
        likely = sorted(places, key=lambda place: place[0] not in named)
        return self.cut(likely, patterns, REGION)

    def accounts(
        self, template: str, patterns: Sequence[Tokens], *, foreign: bool, aws_owned: bool = False
    ) -> Sequence[PlaceAtom]:
        """`template`: the account segment of an ARN template. `foreign`: may the resource belong to
        another account than the caller's? `aws_owned`: AWS has such resources as well."""
        in_arn = "$" in template
        owners = self.owners(patterns if in_arn else (), foreign)
        if in_arn and aws_owned:
            owners = [*owners, AWS]
        places = [(owner if in_arn else template, owner) for owner in owners]
        return self.cut(places, patterns, ACCOUNT)

    def owners(self, patterns: Sequence[Tokens], foreign: bool) -> list[str]:
        """One account for everything that the patterns and conditions tell apart, a likely one
        first."""
        scope = self.scope
        if scope.owner or (scope.own and not foreign):
            return [scope.owner or scope.own]
        conditions = [condition for _, condition in self.about[ACCOUNT]]
        named = [*literal_accounts(patterns), *accounts_in(conditions)]
        strange = next((name for name in OTHER_ACCOUNTS if name not in named), OTHER_ACCOUNTS[-1])
        listed = [scope.own or SAMPLE_ACCOUNT, *sorted(named), strange]
        if not all(map(is_simple, patterns)) or any(map(is_wild, conditions)):
            listed += self.spelled_out(patterns, conditions)
        return list(dict.fromkeys(listed))

    def spelled_out(
        self, patterns: Sequence[Tokens], conditions: Sequence[Condition]
    ) -> Iterator[str]:
        """Account ids for every combination of patterns."""
        lookup = Situation(dict(self.environment)).lookup
        written = [
            *map(elements_of, patterns),
            *(found for one in conditions for found in elements_of_condition(one, lookup)),
        ]
        patterns_once = list(dict.fromkeys(written))
        found = combinations(patterns_once, within=TWELVE_DIGITS, budget=Budget(ACCOUNT_STEPS))
        yield from (text for _, text in found)

    def cut(
        self, places: Iterable[Place], patterns: Sequence[Tokens], kind: str
    ) -> Sequence[PlaceAtom]:
        """The first of those places that no pattern and no condition tells apart."""
        conditions = self.about[kind]
        if not conditions:
            return listed_places(tuple(places), tuple(patterns))
        found: dict[tuple[int, int], Place] = {}
        for text, value in places:
            told = dict.fromkeys((one.key for _, one in conditions), value)
            situation = Situation({**self.environment, **told})
            held = sum(1 << bit for bit, one in conditions if one.matches(situation))
            found.setdefault((mask_of(patterns, text), held), (text, value))
        return [(mask, held, place) for (mask, held), place in found.items()]


@lru_cache(maxsize=2048)
def listed_places(places: tuple[Place, ...], patterns: tuple[Tokens, ...]) -> tuple[PlaceAtom, ...]:
    found: dict[int, Place] = {}
    for place in places:
        found.setdefault(mask_of(patterns, place[0]), place)
    return tuple((mask, 0, place) for mask, place in found.items())


def regions(template: str, service: str, partition: str, scope: Scope) -> list[Place]:
    only = endpoint_of(service, partition)
    known = scope.region
    if is_any(template):
        names = regions_of(partition)
        return [(name, name) for name in ((known,) if known in names else names)]
    if template or only:
        return [(template, known or template or only)]
    return [("", name) for name in ((known,) if known else regions_of(partition))]


def is_any(template: str) -> bool:
    return "$" in template or template == UNRESTRICTED


def is_simple(pattern: Tokens) -> bool:
    return pattern == ANYTHING or literal(pattern) is not None


def is_wild(condition: Condition) -> bool:
    return condition.variables or any(
        mark in text for text in condition.entry.values for mark in "*?"
    )


def accounts_in(conditions: Iterable[Condition]) -> list[str]:
    return [text for one in conditions for text in one.entry.values if is_account_id(text)]


def mask_of(patterns: Sequence[Tokens], text: str) -> int:
    return sum(
        1 << index for index, pattern in enumerate(patterns) if glob_of(pattern).matches(text)
    )


def literal(pattern: Tokens) -> str | None:
    """The only text that the pattern matches, where it has neither wildcards nor variables."""
    token = pattern[0] if len(pattern) == 1 else None
    return token if isinstance(token, str) else None


def literal_accounts(patterns: Iterable[Tokens]) -> Iterator[str]:
    """The literal segments that could be account ids."""
    yield from filter(is_account_id, filter(None, map(literal, patterns)))
