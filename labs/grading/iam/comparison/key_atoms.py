"""Condition keys: for one key, every combination of truths that its conditions can take,
each with a value.

Candidates come from each family of operators (constants and points between them, address
boundaries, products of patterns); the conditions themselves then say what is true for a candidate,
so that a candidate can never lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from labs.grading.iam.aws.global_keys import key_type
from labs.grading.iam.aws.request_keys import MAY_BE_EMPTY
from labs.grading.iam.comparison.key_forms import forms_of
from labs.grading.iam.comparison.key_values import OF_TYPE, is_value, samples_of, single_type
from labs.grading.iam.decision.requests import Situation, Value
from labs.grading.iam.decision.statements import Condition
from labs.grading.iam.language import operands
from labs.grading.iam.language.arns import ArnPattern
from labs.grading.wildcards.automata import Elements, combinations, elements_of
from labs.grading.wildcards.budget import Budget
from labs.grading.wildcards.globs import Lookup, resolved, tokens_of

# Conditions that hold (bit i), the value; None when the key is absent
KeyAtom = tuple[int, Value | None]
# Conditions that some value fulfils and that every value does, and the values
Sets = dict[tuple[int, int], tuple[str, ...]]
ONE = Decimal(1)
TEXTUAL = {
    "string": "text",
    "arn": "text",
}  # one value can be looked at by both, so their patterns are searched together


def key_atoms(
    conditions: Sequence[Condition], environment: Mapping[str, Value], budget: Budget
) -> list[KeyAtom]:
    """All conditions are about one key; the first atom is the absent key."""
    found: dict[int, Value | None] = {}
    for value in (None, *values_tried(conditions, environment, budget)):
        found.setdefault(truths(conditions, environment, value), value)
    return list(found.items())


def values_tried(
    conditions: Sequence[Condition], environment: Mapping[str, Value], budget: Budget
) -> list[Value]:
    """Values of one key that its conditions can tell apart, in no other order than the more
    telling ones first."""
    key = conditions[0].key
    lookup = Situation(dict(environment)).lookup
    singles = fitting(key, single_values(key, conditions, lookup, budget))
    budget.spend(len(singles) * sum(len(condition.entry.values) for condition in conditions) // 64)
    quantified = any(condition.operator.quantifier for condition in conditions)
    if not quantified or not may_carry_several(key):
        return [*singles]
    return [*singles, *sets(conditions, environment, singles, budget)]


def fitting(key: str, texts: Iterable[str]) -> list[str]:
    """Those that AWS could send."""
    possible = (text for text in dict.fromkeys(texts) if text or key in MAY_BE_EMPTY)
    return [text for text in possible if is_value(key, text)]


def may_carry_several(key: str) -> bool:
    kind = key_type(key)
    return not kind or kind.startswith("ArrayOf")


def truths(
    conditions: Sequence[Condition], environment: Mapping[str, Value], value: Value | None
) -> int:
    context = dict(environment)
    if value is not None:
        context[conditions[0].key] = value
    situation = Situation(context)
    return sum(
        1 << index for index, condition in enumerate(conditions) if condition.matches(situation)
    )


def sets(
    conditions: Sequence[Condition],
    environment: Mapping[str, Value],
    singles: Iterable[str],
    budget: Budget,
) -> Iterator[tuple[str, ...]]:
    """Small sets of values, one for each combination of (some value matches,
    every value matches)."""
    quantified = [condition for condition in conditions if condition.operator.quantifier]
    profiles: dict[int, str] = {}
    for value in filter(None, singles):
        profiles.setdefault(truths(quantified, environment, value), value)
    reached: Sets = {(profile, profile): (value,) for profile, value in profiles.items()}
    frontier = reached
    while frontier:
        budget.spend(len(frontier) * len(profiles))
        wider = with_one_more(frontier, profiles)
        frontier = {state: values for state, values in wider.items() if state not in reached}
        reached = reached | frontier
        yield from frontier.values()


def with_one_more(frontier: Sets, profiles: Mapping[int, str]) -> Sets:
    return {
        (some | profile, every & profile): (*values, value)
        for (some, every), values in frontier.items()
        for profile, value in profiles.items()
        if value not in values
    }


def single_values(
    key: str, conditions: Sequence[Condition], lookup: Lookup, budget: Budget
) -> Iterator[str]:
    kind = single_type(key)
    samples = samples_of(key)
    if kind in OF_TYPE:
        yield from samples
    if kind == "Bool":
        return
    families: dict[str, list[Condition]] = {}
    for condition in conditions:
        families.setdefault(
            TEXTUAL.get(condition.operator.family, condition.operator.family), []
        ).append(condition)
    for family, members in families.items():
        yield from of_family(family, members, lookup, budget)
    yield from samples


def of_family(
    family: str, conditions: Sequence[Condition], lookup: Lookup, budget: Budget
) -> Iterator[str]:
    texts = [text for condition in conditions for text in condition.entry.values]
    if family == "number":
        yield from map(number_text, around(map(operands.number, texts), ONE))
    elif family == "date":
        yield from map(operands.moment_text, around(map(operands.moment, texts), ONE))
    elif family == "ip":
        yield from addresses(texts)
    elif family == "bool":
        yield from ("true", "false")
    elif family == "binary":
        yield from (*texts, "b3RoZXI=")
    elif family == "text":
        yield from strings(conditions, lookup, budget)


def number_text(value: Decimal) -> str:
    return str(int(value)) if value == value.to_integral_value() else format(value, "f")


def around(found: Iterable[Decimal | None], step: Decimal) -> Iterator[Decimal]:
    """The constants, a point between each two of them, and one beyond either end."""
    constants = sorted({value for value in found if value is not None})
    yield from constants
    if not constants:
        return
    yield constants[0] - step
    yield constants[-1] + step
    for low, high in pairwise(constants):
        middle = (low + high) / 2
        whole = middle.to_integral_value()
        yield whole if low < whole < high else middle


def addresses(texts: Iterable[str]) -> Iterator[str]:
    """Where blocks begin and end, the neighbours outside, and an address of each version."""
    yield from OF_TYPE["IPAddress"]
    for network in filter(None, map(operands.network, texts)):
        version, low, high = network
        last = 2**32 - 1 if version == 4 else 2**128 - 1
        for value in (low, high, low - 1, high + 1):
            if 0 <= value <= last:
                yield operands.address_text(version, value)


def strings(conditions: Sequence[Condition], lookup: Lookup, budget: Budget) -> Iterator[str]:
    elements = (found for one in conditions for found in elements_of_condition(one, lookup))
    patterns = list(dict.fromkeys(elements))
    if all(map(is_plain, patterns)):
        yield from (spelled(pattern, min) for pattern in patterns if pattern)
        yield from (spelled(pattern, max) for pattern in patterns if pattern)
        return
    key = conditions[0].key
    yield from samples_of(key)
    forms = forms_of(key) or (None,)
    found = (combinations(patterns, within=form, budget=budget) for form in forms)
    texts = [text for combination in found for _, text in combination]
    # The empty text last: it is the least telling value
    yield from sorted(texts, key=lambda text: not text)


def spelled(pattern: Elements, choose: Callable[[Iterable[str]], str]) -> str:
    """A text for a plain pattern. Where case is ignored, `min` chooses capitals, `max` small
    letters."""
    return "".join(choose(element.only or "") for element in pattern)


def is_plain(pattern: Elements) -> bool:
    return all(element.only and not element.loop for element in pattern)


def elements_of_condition(condition: Condition, lookup: Lookup) -> Iterator[Elements]:
    variables = condition.variables
    for text in condition.entry.values:
        if condition.operator.family == "arn":
            yield from arn_elements(
                ArnPattern(text, variables=variables, resource_part_only=False), lookup
            )
            continue
        like = condition.operator.name.endswith("Like")
        tokens = resolved(tokens_of(text, variables=variables, wildcards=like), lookup)
        if tokens is not None:
            yield elements_of(tokens, ignore_case=condition.operator.name.endswith("IgnoreCase"))


def arn_elements(pattern: ArnPattern, lookup: Lookup) -> Iterator[Elements]:
    segments = [resolved(segment.tokens, lookup) for segment in pattern.segments]
    elements: Elements = ()
    for index, tokens in enumerate(segments):
        if tokens is None:
            return
        never = ":" if index < len(segments) - 1 else ""
        elements += (elements_of((":",)) if index else ()) + elements_of(tokens, never=never)
    yield elements
