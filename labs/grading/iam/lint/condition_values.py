"""Values of conditions that never match, or that match more than they seem to.

Sources: IAM User Guide, "IAM JSON policy elements: Condition operators"; "Access Analyzer policy
check reference": type mismatches, private addresses, formats of ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from labs.grading.iam.aws.global_keys import key_type
from labs.grading.iam.language import operands
from labs.grading.iam.language.documents import ConditionEntry
from labs.grading.iam.language.operators import Operator
from labs.grading.iam.lint.shortening import short
from labs.grading.said import Said, say
from labs.grading.wildcards.globs import Wildcard, tokens_of

MOST_VALUES = 500
PRIVATE = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "fc00::/7",
)
# AWS takes any 64-bit number of seconds
EPOCH = re.compile(r"-?[0-9]{1,19}")
PARSERS: dict[str, Callable[[str], object | None]] = {
    "number": operands.number,
    "date": lambda text: operands.moment(text) is not None or EPOCH.fullmatch(text) or None,
    "ip": operands.network,
    "bool": operands.truth,
    "null": operands.truth,
    "arn": lambda text: text if text.startswith(("arn:", "*")) else None,
}
FORMS = {
    "number": say("a number"),
    "date": say("an ISO 8601 date such as 2026-01-31T00:00:00Z, or epoch seconds"),
    "ip": say("an address or a CIDR block such as 203.0.113.0/24"),
    "bool": say("true or false"),
    "null": say("true or false"),
    "arn": say("an ARN"),
}
REFUSED = frozenset(("date", "ip"))  # AWS: The policy failed legacy parsing
# How the values of some keys begin; a wildcard may stand for all of it.
IDS: dict[str, tuple[re.Pattern[str], str]] = {
    "aws:sourcevpc": (re.compile(r"vpc-[0-9a-f]+"), "vpc-0123456789abcdef0"),
    "aws:sourcevpce": (re.compile(r"vpce-[0-9a-f]+"), "vpce-0123456789abcdef0"),
    "aws:principalorgid": (re.compile(r"o-[a-z0-9]{10,32}"), "o-a1b2c3d4e5"),
    "aws:resourceorgid": (re.compile(r"o-[a-z0-9]{10,32}"), "o-a1b2c3d4e5"),
    "aws:sourceorgid": (re.compile(r"o-[a-z0-9]{10,32}"), "o-a1b2c3d4e5"),
    "aws:principalaccount": (re.compile(r"[0-9]{12}"), "111122223333"),
    "aws:resourceaccount": (re.compile(r"[0-9]{12}"), "111122223333"),
    "aws:sourceaccount": (re.compile(r"[0-9]{12}"), "111122223333"),
}
# Documented examples have ids with letters that real ones never have
PLACEHOLDER = re.compile(r"(vpce?|o)-[0-9a-z-]+")

Fault = tuple[str, str, Said]  # code, severity, message


def value_faults(entry: ConditionEntry, found: Operator) -> Iterator[Fault]:
    values = entry.values[:MOST_VALUES]
    yield from form_faults(values, found)
    yield from id_faults(entry, values, found)
    if takes_no_wildcards(found) and any(map(has_wildcard, values)):
        message = say(
            "Use {like} for wildcards: {operator} takes * and ? as plain characters.",
            operator=found.name,
            like=like(found.name),
        )
        yield "iam.wildcard-in-equals", "warning", message
    if found.family == "ip":
        yield from address_faults(entry, values, found)
    if found.family == "bool" and len({operands.truth(text) for text in values} - {None}) > 1:
        message = say("Leave the condition out, or choose one: true and false are all there is.")
        yield "iam.both-booleans", "warning", message
    if found.family in ("bool", "null") and found.quantifier and not is_list(entry):
        message = say("Leave ForAllValues/ForAnyValue out: one value is tested here.")
        yield "iam.null-quantifier", "advice", message
    yield from null_faults(values, found)


def is_list(entry: ConditionEntry) -> bool:
    return key_type(entry.key).startswith("ArrayOf") and "null" not in entry.operator.lower()


def form_faults(values: Sequence[str], found: Operator) -> Iterator[Fault]:
    wrong = next((text for text in values if not has_form(text, found.family)), None)
    if wrong is None:
        return
    if found.family in REFUSED:
        message = say(
            'Write {form}: "{value}" is none. AWS: The policy failed legacy parsing.',
            value=short(wrong),
            form=FORMS[found.family],
        )
        yield "iam.value-form", "error", message
        return
    message = say(
        'Write {form}: "{value}" is none, and never matches.',
        value=short(wrong),
        form=FORMS[found.family],
    )
    yield "iam.value-form", "warning", message


def has_form(text: str, family: str) -> bool:
    """Can the operator read the value? Nobody knows what a variable will hold; what holds one
    where the operator knows none has a finding of its own."""
    parse = PARSERS.get(family)
    return parse is None or "${" in text or parse(text) is not None


def id_faults(entry: ConditionEntry, values: Sequence[str], found: Operator) -> Iterator[Fault]:
    form, example = IDS.get(entry.key.lower(), (None, ""))
    if form is None or found.family != "string":
        return
    wrong = next((text for text in values if not may_be_id(text, form)), None)
    if wrong is not None:
        message = say(
            'Write it like {example}: "{value}" is no value of {key}.',
            example=example,
            value=short(wrong),
            key=entry.key,
        )
        yield "iam.id-form", "warning", message


def may_be_id(text: str, form: re.Pattern[str]) -> bool:
    begins = form.pattern.partition("-")[0]
    if any(mark in text for mark in "*?$"):
        return True
    named = PLACEHOLDER.fullmatch(text) and text.partition("-")[0] == begins
    return bool(named) or form.fullmatch(text) is not None


def takes_no_wildcards(found: Operator) -> bool:
    return found.family == "string" and not found.name.endswith("Like")


def like(name: str) -> str:
    return "StringNotLike" if "Not" in name else "StringLike"


def has_wildcard(text: str) -> bool:
    return any(isinstance(token, Wildcard) for token in tokens_of(text[:500], variables=True))


def address_faults(
    entry: ConditionEntry, values: Sequence[str], found: Operator
) -> Iterator[Fault]:
    if entry.key.lower() == "aws:sourceip" and any(map(is_private, values)):
        message = say(
            "Write the public address: aws:SourceIp is what AWS sees, and a private range never "
            "matches."
        )
        yield "iam.private-ip", "warning", message
    for text in values:
        block = operands.network(text)
        if block and not is_first_of(text, block):
            message = say(
                "Write {first}: that is where the block begins, and the bits behind the mask do "
                "not count.",
                first=f"{operands.address_text(block[0], block[1])}/{text.rpartition('/')[2]}",
            )
            yield "iam.ip-range", "advice", message


def is_first_of(text: str, block: operands.Network) -> bool:
    address = operands.address(text.partition("/")[0])
    return address is None or address[1] == block[1]


def is_private(text: str) -> bool:
    block = operands.network(text)
    ranges = [found for found in map(operands.network, PRIVATE) if found]
    return block is not None and any(
        block[0] == version and low <= block[1] and block[2] <= high
        for version, low, high in ranges
    )


def null_faults(values: Sequence[str], found: Operator) -> Iterator[Fault]:
    """`StringLike: *` asks whether the key is there at all."""
    if found.family != "string" or not found.name.endswith("Like") or found.if_exists:
        return
    if list(values) == ["*"] and not found.quantifier:
        wanted = "true" if found.negated else "false"
        message = say('Write "Null": "{wanted}": it says the same, and clearly.', wanted=wanted)
        yield "iam.null-instead", "advice", message
