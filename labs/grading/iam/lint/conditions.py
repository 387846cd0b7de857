"""Conditions that do not do what they seem to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.global_keys import GLOBAL_KEYS, key_type
from labs.grading.iam.language import operands
from labs.grading.iam.language.documents import ConditionEntry, Problem, Statement
from labs.grading.iam.language.globs import Wildcard, tokens_of
from labs.grading.iam.language.operators import Operator, read_operator
from labs.grading.iam.lint.suggestions import Hints, nearest

MOST_CONDITIONS = 60
IDENTITY_PROVIDERS = ("saml", "cognito-identity-auth", "cognito-identity-unauth")
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
    prefix = entry.key.lower().partition(":")[0]
    if is_identity_provider(prefix):
        return
    message = unknown_key(entry.key, hints)
    if message:
        yield "iam.unknown-key", "warning", message
    elif prefix != "aws":
        yield from never_sent(entry, statement)


def is_identity_provider(prefix: str) -> bool:
    """`saml:` or `accounts.google.com:`: providers have keys of their own."""
    return "." in prefix or "/" in prefix or prefix in IDENTITY_PROVIDERS


def unknown_key(key: str, hints: Hints) -> str | None:
    prefix, colon, _ = key.lower().partition(":")
    if not colon or (prefix != "aws" and prefix not in catalogue.service_prefixes()):
        return f'No service has the condition key "{short(key)}".'
    if key_type(key):
        return None
    known = GLOBAL_KEYS if prefix == "aws" else catalogue.condition_keys_of(prefix)
    return no_key(key, tuple(known), hints)


def no_key(key: str, known: tuple[str, ...], hints: Hints) -> str:
    return f'There is no condition key "{short(key)}".{hints.words(nearest, key, known)}'


def never_sent(entry: ConditionEntry, statement: Statement) -> Iterator[Fault]:
    """The key of a service, and actions that are all known and never send it."""
    names = action_names(statement)
    if names and not any(sends(name.lower(), entry.key.lower()) for name in names):
        listed = ", ".join(names[:3])
        yield "iam.key-never-sent", "warning", f"Requests for {listed} never carry {entry.key}."


def action_names(statement: Statement) -> list[str]:
    """The actions as AWS writes them; none when one of them is a pattern or unknown."""
    texts = () if statement.not_actions else statement.actions or ()
    actions = [catalogue.find_action(text) for text in texts[:MOST_CONDITIONS]]
    names = [action.name for action in actions if action]
    return names if len(names) == len(actions) else []


def sends(action: str, key: str) -> bool:
    sent = catalogue.condition_keys_sent(action)
    stem = key.rpartition("/")[0]
    return key in sent or any(
        stem and name.startswith((stem + "/${", stem + "/<")) for name in sent
    )


def operator_faults(entry: ConditionEntry, found: Operator) -> Iterator[Fault]:
    kind = key_type(entry.key)
    if not kind or found.family == "null":
        return
    several, single_kind = kind.startswith("ArrayOf"), kind.removeprefix("ArrayOf")
    if found.quantifier and not several:
        message = f"{entry.key} carries one value: leave ForAllValues/ForAnyValue out."
        yield "iam.set-operator", "warning", message
    if several and not found.quantifier:
        message = f"{entry.key} can carry several values: choose ForAnyValue: or ForAllValues:."
        yield "iam.set-operator", "warning", message
    if not can_compare(found.family, single_kind):
        message = f"{entry.key} is of type {single_kind}; {found.name} compares something else."
        yield "iam.operator-type", "warning", message


def can_compare(family: str, kind: str) -> bool:
    """Do operators of this family compare values of this type?"""
    wanted = FAMILY_OF_TYPE.get(kind)
    if wanted is None:
        return family not in FAMILY_OF_TYPE.values()
    return family == wanted or (wanted == "bool" and family == "string")


def value_faults(entry: ConditionEntry, found: Operator) -> Iterator[Fault]:
    values = entry.values[:MOST_CONDITIONS]
    wrong = next((text for text in values if not has_form(text, found.family)), None)
    if wrong is not None:
        message = f'"{short(wrong)}" is not {FORMS[found.family]}: it never matches.'
        yield "iam.value-form", "warning", message
    if takes_no_wildcards(found) and any(map(has_wildcard, values)):
        message = (
            f"{found.name} takes * and ? as plain characters; use {like(found.name)} for wildcards."
        )
        yield "iam.wildcard-in-equals", "warning", message
    of_source = entry.key.lower() == "aws:sourceip" and found.family == "ip"
    if of_source and any(map(is_private, entry.values)):
        message = "aws:SourceIp is the public address that AWS sees; a private range never matches."
        yield "iam.private-ip", "warning", message


def has_form(text: str, family: str) -> bool:
    """Can the operator read the value? Nobody knows what a variable will hold."""
    parse = PARSERS.get(family)
    return parse is None or "${" in text or parse(text) is not None


def takes_no_wildcards(found: Operator) -> bool:
    return found.family == "string" and not found.name.endswith("Like")


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
    if statement.effect == "Deny":
        yield from deny_faults(entry, found)
    else:
        yield from allow_faults(entry, found, statement)


def deny_faults(entry: ConditionEntry, found: Operator) -> Iterator[Fault]:
    key = entry.key.lower()
    if found.if_exists:
        return
    if key == MFA_PRESENT and found.family == "bool" and says_no(entry):
        message = (
            "Requests with access keys carry no MFA information and slip through: use BoolIfExists."
        )
        yield "iam.mfa-bool", "warning", message
    if found.negated and not found.quantifier and key not in ALWAYS_SENT:
        message = (
            f"This Deny also hits requests that carry no {entry.key}: {found.name} is "
            "true when the key is absent."
        )
        yield "iam.negated-in-deny", "advice", message


def allow_faults(entry: ConditionEntry, found: Operator, statement: Statement) -> Iterator[Fault]:
    if found.if_exists:
        yield (
            "iam.if-exists-in-allow",
            "warning",
            f"Requests without {entry.key} are let through: {entry.operator}.",
        )
    if found.quantifier == "all" and not has_null_check(statement, entry.key.lower()):
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
