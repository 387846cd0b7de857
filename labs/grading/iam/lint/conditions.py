"""Conditions that do not do what they seem to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.global_keys import GLOBAL_KEYS, PREFIXES, key_type
from labs.grading.iam.language import operands
from labs.grading.iam.language.documents import ConditionEntry, Problem, Statement
from labs.grading.iam.language.globs import Wildcard, tokens_of
from labs.grading.iam.language.operators import Operator, read_operator
from labs.grading.iam.lint.suggestions import Hints, nearest

MOST_CONDITIONS = 60
MFA_PRESENT = "aws:multifactorauthpresent"
ALWAYS_SENT = frozenset(
    [
        "aws:currenttime",
        "aws:epochtime",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principaltype",
        "aws:requestedregion",
        "aws:securetransport",
        "aws:principalisawsservice",
        "aws:viaawsservice",
    ]
)
PRIVATE = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "fc00::/7",
)
FAMILY_OF_TYPE = {"Numeric": "number", "Date": "date", "IPAddress": "ip", "Bool": "bool"}
PARSERS: dict[str, Callable[[str], object | None]] = {
    "number": operands.number,
    "date": operands.moment,
    "ip": operands.network,
    "bool": operands.truth,
    "null": operands.truth,
}
FORMS = {
    "number": "a number",
    "date": "an ISO 8601 date such as 2026-01-31T00:00:00Z, or epoch seconds",
    "ip": "an address or a CIDR block such as 203.0.113.0/24",
    "bool": "true or false",
    "null": "true or false",
}

Fault = tuple[str, str, str]  # code, severity, message


def condition_problems(statement: Statement, hints: Hints) -> Iterator[Problem]:
    for entry in statement.conditions[:MOST_CONDITIONS]:
        found = read_operator(entry.operator)
        if found is None:
            continue
        faults = (
            *key_faults(entry, statement, hints),
            *operator_faults(entry, found),
            *value_faults(entry, found),
            *effect_faults(entry, found, statement),
        )
        for code, severity, message in faults:
            yield Problem(code, message, entry.path, at_key=code in KEY_FAULTS, severity=severity)


KEY_FAULTS = frozenset(
    ("iam.unknown-key", "iam.key-never-sent", "iam.set-operator", "iam.operator-type")
)


def key_faults(entry: ConditionEntry, statement: Statement, hints: Hints) -> Iterator[Fault]:
    key = entry.key.lower()
    prefix = key.partition(":")[0]
    if (
        "." in prefix
        or "/" in prefix
        or prefix in ("saml", "cognito-identity-auth", "cognito-identity-unauth")
    ):
        return  # keys of identity providers
    if ":" not in key or (prefix != "aws" and prefix not in catalogue.service_prefixes()):
        yield (
            "iam.unknown-key",
            "warning",
            f'No service has the condition key "{short(entry.key)}".',
        )
    elif prefix == "aws":
        if key not in GLOBAL_KEYS and not key.startswith(PREFIXES):
            yield "iam.unknown-key", "warning", no_key(entry.key, tuple(GLOBAL_KEYS), hints)
    elif not key_type(key):
        yield (
            "iam.unknown-key",
            "warning",
            no_key(entry.key, tuple(catalogue.condition_keys_of(prefix)), hints),
        )
    else:
        yield from never_sent(entry, statement)


def no_key(key: str, known: tuple[str, ...], hints: Hints) -> str:
    return f'There is no condition key "{short(key)}".{hints.words(nearest, key, known)}'


def never_sent(entry: ConditionEntry, statement: Statement) -> Iterator[Fault]:
    """The key of a service, and actions that are all known and never send it."""
    if statement.not_actions or not statement.actions:
        return
    actions = [catalogue.find_action(action) for action in statement.actions[:MOST_CONDITIONS]]
    names = [action.name.lower() for action in actions if action]
    if len(names) < len(actions) or any(sends(name, entry.key.lower()) for name in names):
        return
    listed = ", ".join(action.name for action in actions[:3] if action)
    yield "iam.key-never-sent", "warning", f"Requests for {listed} never carry {entry.key}."


def sends(action: str, key: str) -> bool:
    sent = catalogue.condition_keys_sent(action)
    stem = key.rpartition("/")[0]
    return key in sent or any(
        stem and name.startswith((stem + "/${", stem + "/<")) for name in sent
    )


def operator_faults(entry: ConditionEntry, found: Operator) -> Iterator[Fault]:
    kind = key_type(entry.key)
    several = kind.startswith("ArrayOf")
    if not kind or found.family == "null":
        return
    if found.quantifier and not several:
        message = f"{entry.key} carries one value: leave ForAllValues/ForAnyValue out."
        yield "iam.set-operator", "warning", message
    if several and not found.quantifier:
        message = f"{entry.key} can carry several values: choose ForAnyValue: or ForAllValues:."
        yield "iam.set-operator", "warning", message
    wanted = FAMILY_OF_TYPE.get(kind.removeprefix("ArrayOf"))
    tolerated = ("string",) if wanted == "bool" else ()
    unfit = found.family in FAMILY_OF_TYPE.values() and wanted != found.family
    if (wanted and found.family not in (wanted, *tolerated)) or unfit:
        message = (
            f"{entry.key} is of type {kind.removeprefix('ArrayOf')}; {found.name} compares "
            "something else."
        )
        yield "iam.operator-type", "warning", message


def value_faults(entry: ConditionEntry, found: Operator) -> Iterator[Fault]:
    parse = PARSERS.get(found.family)
    wrong = [
        text
        for text in entry.values[:MOST_CONDITIONS]
        if parse and "${" not in text and parse(text) is None
    ]
    if wrong:
        message = f'"{short(wrong[0])}" is not {FORMS[found.family]}: it never matches.'
        yield "iam.value-form", "warning", message
    exact = found.family == "string" and not found.name.endswith("Like")
    if exact and any(has_wildcard(text) for text in entry.values[:MOST_CONDITIONS]):
        message = (
            f"{found.name} takes * and ? as plain characters; use {like(found.name)} for wildcards."
        )
        yield "iam.wildcard-in-equals", "warning", message
    if (
        entry.key.lower() == "aws:sourceip"
        and found.family == "ip"
        and any(map(is_private, entry.values))
    ):
        message = "aws:SourceIp is the public address that AWS sees; a private range never matches."
        yield "iam.private-ip", "warning", message


def like(name: str) -> str:
    return "StringNotLike" if "Not" in name else "StringLike"


def has_wildcard(text: str) -> bool:
    return any(isinstance(token, Wildcard) for token in tokens_of(text[:500], variables=True))


def is_private(text: str) -> bool:
    block = operands.network(text)
    ranges = [found for found in map(operands.network, PRIVATE) if found]
    return block is not None and any(
        block[0] == version and low <= block[1] and block[2] <= high
        for version, low, high in ranges
    )


def effect_faults(entry: ConditionEntry, found: Operator, statement: Statement) -> Iterator[Fault]:
    """What the condition does to requests that lack the key."""
    key = entry.key.lower()
    if statement.effect == "Deny":
        if key == MFA_PRESENT and found.family == "bool" and not found.if_exists and says_no(entry):
            message = (
                "Requests with access keys carry no MFA information and slip through: use "
                "BoolIfExists."
            )
            yield "iam.mfa-bool", "warning", message
        if (
            found.negated
            and not found.if_exists
            and not found.quantifier
            and key not in ALWAYS_SENT
        ):
            message = (
                f"This Deny also hits requests that carry no {entry.key}: {found.name} is "
                "true when the key is absent."
            )
            yield "iam.negated-in-deny", "advice", message
        return
    if found.if_exists:
        yield (
            "iam.if-exists-in-allow",
            "warning",
            f"Requests without {entry.key} are let through: {entry.operator}.",
        )
    if found.quantifier == "all" and not has_null_check(statement, key):
        message = (
            f'A request without {entry.key} is let through; add "Null": {{"{entry.key}": "false"}}.'
        )
        yield "iam.for-all-values", "warning", message


def says_no(entry: ConditionEntry) -> bool:
    return any(operands.truth(text) is False for text in entry.values)


def has_null_check(statement: Statement, key: str) -> bool:
    return any(
        other.operator.lower() == "null" and other.key.lower() == key and other.values == ("false",)
        for other in statement.conditions
    )


def short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
