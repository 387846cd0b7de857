"""Condition operators: how one value of the request is compared with the values of a policy.

Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from labs.grading.iam.language import operands
from labs.grading.iam.language.arns import arn_parts, arn_pattern
from labs.grading.wildcards.globs import Lookup, Pattern, Token, tokens_of

# Does this value of the request equal (be like, lie in …) one of the policy's?
Test = Callable[[str, Lookup], bool]


@dataclass(frozen=True, slots=True)
class Operator:
    """`ForAnyValue:StringNotLikeIfExists` taken apart."""

    name: str  # the base operator in AWS's spelling
    family: str  # string, number, date, bool, binary, ip, arn or null
    negated: bool
    quantifier: str = ""  # "all", "any" or "" for a plain operator
    if_exists: bool = False


BASE_OPERATORS = {
    name.lower(): Operator(name, family, "Not" in name)
    for family, names in {
        "string": "StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase "
        "StringLike StringNotLike",
        "number": "NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals "
        "NumericGreaterThan NumericGreaterThanEquals",
        "date": "DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan "
        "DateGreaterThanEquals",
        "bool": "Bool",
        "binary": "BinaryEquals",
        "ip": "IpAddress NotIpAddress",
        "arn": "ArnEquals ArnLike ArnNotEquals ArnNotLike",
        "null": "Null",
    }.items()
    for name in names.split()
}
QUANTIFIERS = {"forallvalues": "all", "foranyvalue": "any"}


def read_operator(text: str) -> Operator | None:
    """The operator that `text` names, in any case; None when there is no such operator."""
    prefix, colon, rest = text.partition(":")
    quantifier = QUANTIFIERS.get(prefix.lower(), "") if colon else ""
    name = (rest if quantifier else text).lower()
    if_exists = name.endswith("ifexists")
    base = BASE_OPERATORS.get(name.removesuffix("ifexists"))
    if base is None or (base.family == "null" and if_exists):
        return None
    return Operator(
        name=base.name,
        family=base.family,
        negated=base.negated,
        quantifier=quantifier,
        if_exists=if_exists,
    )


def test_of(found: Operator, values: Sequence[str], *, variables: bool) -> Test:
    """The positive comparison with any of the values: negation,
    absence and quantifiers are the condition's."""
    name = found.name.replace("Not", "")
    if found.family == "string":
        return string_test(name, values, variables)
    if found.family == "arn":
        return arn_test(values, variables)
    if found.family == "ip":
        return address_test(values)
    if found.family == "bool":
        return bool_test(values, variables)
    if found.family == "binary":
        return member_test(operands.binary, values)
    parse = operands.number if found.family == "number" else operands.moment
    return order_test(parse, name, values)


def answer_of(found: Operator, test: Test, values: Sequence[str]) -> Test:
    """What the operator says of a value that is there: negated operators say the contrary, except
    of values that are no ARN, address, number or date at all. These match neither way."""
    if not found.negated:
        return test
    is_readable, is_constant = READABLE.get(found.family, (always, always))
    if not any(map(is_constant, values)):
        return never
    return lambda value, lookup: bool(is_readable(value)) and not test(value, lookup)


def always(text: str) -> bool:
    return True


def never(value: str, lookup: Lookup) -> bool:
    return False


def is_arn(text: str) -> bool:
    return text.startswith("arn:") and text.count(":") >= 5


def string_test(name: str, values: Sequence[str], variables: bool) -> Test:
    ignore_case, wildcards = name.endswith("IgnoreCase"), name == "StringLike"
    patterns = [string_pattern(value, variables, wildcards, ignore_case) for value in values]
    test = text_test(patterns)
    return ignoring_case(test) if ignore_case else test


def text_test(patterns: Sequence[Pattern]) -> Test:
    exact = frozenset(pattern.exact for pattern in patterns if pattern.exact is not None)
    rest = [pattern for pattern in patterns if pattern.exact is None]
    if not rest:
        return lambda value, lookup: value in exact

    def test(value: str, lookup: Lookup) -> bool:
        return value in exact or any(pattern.matches(value, lookup) for pattern in rest)

    return test


def ignoring_case(test: Test) -> Test:
    """A test of patterns that are in lower case already."""
    return lambda value, lookup: test(value.lower(), lambda key: lowered(lookup(key)))


def string_pattern(value: str, variables: bool, wildcards: bool, ignore_case: bool) -> Pattern:
    tokens: Sequence[Token] = tokens_of(value, variables=variables, wildcards=wildcards)
    if ignore_case:
        tokens = [token.lower() if isinstance(token, str) else token for token in tokens]
    return Pattern(value, tokens)


def lowered(value: str | None) -> str | None:
    return None if value is None else value.lower()


def arn_test(values: Sequence[str], variables: bool) -> Test:
    patterns = [
        arn_pattern(value, variables=variables, resource_part_only=False) for value in values
    ]

    def test(value: str, lookup: Lookup) -> bool:
        parts = arn_parts(value)
        return any(pattern.matches(parts, lookup) for pattern in patterns)

    return test


def address_test(values: Sequence[str]) -> Test:
    networks = [network for network in map(operands.network, values) if network]

    def test(value: str, lookup: Lookup) -> bool:
        found = operands.address(value)
        return found is not None and any(
            version == found[0] and low <= found[1] <= high for version, low, high in networks
        )

    return test


def bool_test(values: Sequence[str], variables: bool) -> Test:
    patterns = [
        Pattern(value, tokens_of(value, variables=variables, wildcards=False)) for value in values
    ]

    def test(value: str, lookup: Lookup) -> bool:
        truth = operands.truth(value)
        globs = [pattern.compiled(lookup) for pattern in patterns]
        return truth is not None and any(
            glob and operands.truth(glob.exact or "") is truth for glob in globs
        )

    if any(pattern.fixed is None for pattern in patterns):
        return test
    return member_test(operands.truth, values)


def member_test(parse: Callable[[str], Hashable | None], values: Sequence[str]) -> Test:
    wanted = frozenset(parse(value) for value in values) - {None}
    return lambda value, lookup: parse(value) in wanted


# Family → can a value be read as such, can a constant of the policy
READABLE: dict[str, tuple[Callable[[str], object], Callable[[str], object]]] = {
    "arn": (is_arn, lambda text: text.startswith(("arn:", "*", "${"))),
    "ip": (operands.address, operands.network),
    "number": (operands.number, operands.number),
    "date": (operands.moment, operands.moment),
}
COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


def order_test(parse: Callable[[str], Decimal | None], name: str, values: Sequence[str]) -> Test:
    compare = COMPARISONS[name.removeprefix("Numeric").removeprefix("Date")]
    limits = [limit for limit in map(parse, values) if limit is not None]

    def test(value: str, lookup: Lookup) -> bool:
        found = parse(value)
        return found is not None and any(compare(found, limit) for limit in limits)

    return test
