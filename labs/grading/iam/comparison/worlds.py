"""Possible worlds: what the condition keys of one request can say together.

Keys that hang together are tried together: the time in both its spellings, an address or a VPC
endpoint but never both, one tag under two names, the caller's ARN and its account. A world holds
the keys that are present; one world stands for all in which the same conditions hold.
Which keys there are at all: `aws/request_keys.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from labs.grading.iam.aws.request_keys import Presence, presence
from labs.grading.iam.comparison.key_atoms import values_tried
from labs.grading.iam.comparison.principal_worlds import PRINCIPAL_KEYS, principal_worlds
from labs.grading.iam.decision.requests import Situation, Value
from labs.grading.iam.decision.statements import Condition
from labs.grading.iam.language import operands
from labs.grading.wildcards.budget import Budget

Facts = Mapping[str, Value]  # the keys that are present, in lower case
Fixed = Mapping[str, Value | None]  # keys that are not looked at any more; None: absent
World = tuple[int, Facts]  # the conditions that hold (bit i of those given), and why
Values = Mapping[str, Sequence[Value | None]]  # for each key what it may be; None: absent

TIME = ("aws:currenttime", "aws:epochtime")
MFA = ("aws:multifactorauthpresent", "aws:multifactorauthage")
CALLED_VIA = ("aws:viaawsservice", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast")
SOURCE = ("aws:sourcearn", "aws:sourceaccount")
ADDRESS = "aws:sourceip"
ENDPOINT = (
    "aws:sourcevpc",
    "aws:sourcevpcarn",
    "aws:sourcevpce",
    "aws:vpcsourceip",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpceorgpaths",
)
ENDPOINT_ALWAYS = ("aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip")
FAMILIAR_SERVICE = "cloudformation.amazonaws.com"
TAG = ":resourcetag/"


@dataclass(frozen=True, slots=True)
class Callers:
    """Of whom the keys are told: the kind of caller (`aws/request_keys.py`), and the name that an
    identity provider's keys begin with."""

    kind: str = "identity"
    provider: str = ""

    def presence(self, key: str) -> Presence:
        return presence(key, self.kind, self.provider)


def group_of(key: str) -> str:
    """Keys of one group are told together; most keys are a group by themselves."""
    for name, keys in GROUPS.items():
        if key in keys:
            return name
    return f"tag {key.partition(TAG)[2]}" if TAG in key else key


def worlds(
    conditions: Sequence[Condition],
    fixed: Fixed,
    *,
    carried: Callable[[str], bool],
    callers: Callers,
    budget: Budget,
) -> list[World]:
    """All conditions are about the keys of one group. `carried`: the keys that requests for the
    action can carry."""
    environment = {key: value for key, value in fixed.items() if value is not None}
    values = {
        key: allowed_values(key, conditions, environment, callers, budget)
        if carried(key)
        else [None]
        for key in dict.fromkeys(condition.key for condition in conditions)
    }
    found: dict[int, Facts] = {}
    for facts in told_together(values, fixed, budget):
        held = truths(conditions, environment, facts)
        if held not in found or len(facts) < len(found[held]):
            found[held] = facts
    return sorted(found.items(), key=lambda world: len(world[1]))


def allowed_values(
    key: str,
    conditions: Sequence[Condition],
    environment: Facts,
    callers: Callers,
    budget: Budget,
) -> list[Value | None]:
    there = callers.presence(key)
    if there is Presence.NEVER:
        return [None]
    own = [condition for condition in conditions if condition.key == key]
    values = values_tried(own, environment, budget)
    return [*values] if there is Presence.ALWAYS else [None, *values]


def truths(conditions: Sequence[Condition], environment: Facts, facts: Facts) -> int:
    situation = Situation({**environment, **facts})
    return sum(
        1 << index for index, condition in enumerate(conditions) if condition.matches(situation)
    )


def told_together(values: Values, fixed: Fixed, budget: Budget) -> Iterator[Facts]:
    """The worlds of one group, those with the fewest keys first."""
    key = next(iter(values))
    tell = one_tag if TAG in key else TELLERS.get(group_of(key), every_combination)
    sent = {key for key, found in values.items() if list(found) != [None]}
    for facts in tell(values, fixed):
        budget.spend()
        yield facts if sent.issuperset(facts) else {key: facts[key] for key in sent & facts.keys()}


def every_combination(values: Values, fixed: Fixed) -> Iterator[Facts]:
    for chosen in product(*values.values()):
        yield {key: value for key, value in zip(values, chosen, strict=True) if value is not None}


def one_time(values: Values, fixed: Fixed) -> Iterator[Facts]:
    """aws:CurrentTime and aws:EpochTime are the same second."""
    texts = [text for found in values.values() for text in found if isinstance(text, str)]
    known = [value for key in TIME if isinstance(value := fixed.get(key), str)]
    for text in known or texts:
        seconds = operands.moment(text)
        if seconds is None or seconds != int(seconds):
            continue
        spelled = {TIME[0]: operands.moment_text(seconds), TIME[1]: str(int(seconds))}
        yield {key: spelled[key] for key in values}


def one_tag(values: Values, fixed: Fixed) -> Iterator[Facts]:
    """`aws:ResourceTag/x` and a service's own key for it say the same tag."""
    sent = [key for key, found in values.items() if len(found) > 1]
    known = [value for key, value in fixed.items() if group_of(key) == group_of(next(iter(values)))]
    told = dict.fromkeys(value for found in values.values() for value in found)
    for value in known or told:
        yield {} if value is None else dict.fromkeys(sent, value)


def with_mfa(values: Values, fixed: Fixed) -> Iterator[Facts]:
    """The age is there only for who has signed in with a second factor."""
    present, age = MFA
    flags = (fixed[present],) if present in fixed else values.get(present, (None, "true"))
    for flag in flags:
        ages = values.get(age, (None,)) if flag == "true" else (None,)
        if fixed.get(age) is not None and flag != "true":
            continue
        for found in [one for one in ages if one is not None or flag != "true"] or [None]:
            yield present_of(values, {present: flag, age: found})


def from_where(values: Values, fixed: Fixed) -> Iterator[Facts]:
    """Through a VPC endpoint a request carries the endpoint's keys, and else its address."""
    there = [key for key in ENDPOINT if fixed.get(key) is not None]
    if not there:
        yield from address_alone(values, fixed)
    if fixed.get(ADDRESS) is None:
        through = {key: always_there(key, values[key]) for key in ENDPOINT if key in values}
        yield from every_combination(through, fixed)


def address_alone(values: Values, fixed: Fixed) -> Iterator[Facts]:
    if ADDRESS not in values:
        yield {}
    elif fixed.get(ADDRESS, "") is not None:
        yield from ({ADDRESS: value} for value in values[ADDRESS] if value is not None)


def always_there(key: str, values: Sequence[Value | None]) -> Sequence[Value | None]:
    """Every endpoint is in a VPC and tells the caller's address there."""
    if key not in ENDPOINT_ALWAYS:
        return values
    return [value for value in values if value is not None]


def on_behalf(values: Values, fixed: Fixed) -> Iterator[Facts]:
    """Services that call on somebody's behalf are listed in the order in which they called."""
    via, through, first, last = CALLED_VIA
    if fixed.get(via, "false") == "false":
        yield present_of(values, {via: "false"})
    if fixed.get(via, "true") != "true":
        return
    for chain in dict.fromkeys(chains(values)):
        listed = chain if len(chain) > 1 else chain[0]
        yield present_of(values, {via: "true", through: listed, first: chain[0], last: chain[-1]})


def chains(values: Values) -> Iterator[tuple[str, ...]]:
    """Who called whom, as far as the policies can tell."""
    through, first, last = (values.get(key, ()) for key in CALLED_VIA[1:])
    listed = [
        (value,) if isinstance(value, str) else value for value in through if value is not None
    ]
    yield from listed
    beginnings, ends = (
        [(value,) for value in found if isinstance(value, str)] for found in (first, last)
    )
    nobody: list[tuple[str, ...]] = [()]
    for start, middle, end in product(beginnings or nobody, listed or nobody, ends or nobody):
        if chain := tuple(dict.fromkeys((*start, *middle, *end))):
            yield chain
    yield (FAMILIAR_SERVICE,)


def from_source(values: Values, fixed: Fixed) -> Iterator[Facts]:
    """The account of an ARN that has one is the source account."""
    arns, accounts = ((fixed[key],) if key in fixed else values.get(key, (None,)) for key in SOURCE)
    for arn, account in product(arns, accounts):
        owner = account_in(arn)
        if owner and account is not None and account != owner:
            if SOURCE[0] in fixed:
                continue
            arn = with_account(str(arn), str(account))
        yield present_of(values, {SOURCE[0]: arn, SOURCE[1]: account})


def present_of(values: Values, facts: Mapping[str, Value | None]) -> Facts:
    return {key: value for key, value in facts.items() if key in values and value is not None}


def account_in(arn: Value | None) -> str:
    parts = arn.split(":", 5) if isinstance(arn, str) else []
    return parts[4] if len(parts) == 6 and parts[4].isdigit() else ""


def with_account(arn: str, account: str) -> str:
    parts = arn.split(":", 5)
    return ":".join([*parts[:4], account, parts[5]])


Tell = Callable[[Values, Fixed], Iterable[Facts]]
GROUPS: dict[str, tuple[str, ...]] = {
    "time": TIME,
    "mfa": MFA,
    "where": (ADDRESS, *ENDPOINT),
    "called via": CALLED_VIA,
    "source": SOURCE,
    "principal": PRINCIPAL_KEYS,
}
TELLERS: dict[str, Tell] = {
    "time": one_time,
    "mfa": with_mfa,
    "where": from_where,
    "called via": on_behalf,
    "source": from_source,
    "principal": principal_worlds,
}
