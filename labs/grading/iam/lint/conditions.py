"""Condition keys and operators that do not belong together, or not to the statement.

Sources: IAM User Guide, "IAM JSON policy elements: Condition operators", "Set operators for
multivalued context keys", "AWS global condition context keys"; "Access Analyzer policy check
reference".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.global_keys import AS_AWS_WRITES, GLOBAL_KEYS, PREFIXES, key_type
from labs.grading.iam.aws.request_keys import Presence, is_carried, presence
from labs.grading.iam.language.documents import ConditionEntry, Problem, Statement
from labs.grading.iam.language.operators import Operator, read_operator
from labs.grading.iam.lint.actions import matching
from labs.grading.iam.lint.condition_effects import effect_faults
from labs.grading.iam.lint.condition_values import value_faults
from labs.grading.iam.lint.meetings import Meetings
from labs.grading.iam.lint.shortening import short
from labs.grading.iam.lint.suggestions import FAMILIAR_SERVICES, nearest
from labs.grading.iam.lint.work import Work
from labs.grading.said import Said, say

MOST_CONDITIONS = 300
IDENTITY_PROVIDERS = ("saml", "cognito-identity-auth", "cognito-identity-unauth")
FAMILY_OF_TYPE = {"Numeric": "number", "Date": "date", "IPAddress": "ip", "Bool": "bool"}
# Names that AWS has replaced ("Access Analyzer policy check reference": deprecated global key)
REPLACED = {"aws:arn": "aws:PrincipalArn"}
NO_PREFIX = re.compile(r"[^\w./:*$={}@,-]")
# Policies of identities: their requests come from an identity
OF_IDENTITIES = frozenset(("identity", "boundary", "session"))
TAGS = ("aws:principaltag", "aws:requesttag", "aws:resourcetag")

Fault = tuple[str, str, Said]  # code, severity, message
KEY_FAULTS = frozenset(
    (
        "iam.unknown-key",
        "iam.key-never-sent",
        "iam.set-operator",
        "iam.operator-type",
        "iam.key-form",
        "iam.tag-key",
        "iam.replaced-key",
    )
)


def condition_problems(
    statement: Statement, policy_type: str, meetings: Meetings, work: Work
) -> Iterator[Problem]:
    actions = named_actions(statement, work) if statement.conditions else []
    for entry in statement.conditions[:MOST_CONDITIONS]:
        found = read_operator(entry.operator)
        if found is None:
            continue
        faults = (
            *key_faults(entry, statement, policy_type, work),
            *operator_faults(entry, found),
            *never_sent(entry, actions, meetings),
            *value_faults(entry, found),
            *effect_faults(entry, found, statement),
        )
        for code, severity, message in faults:
            yield Problem(code, message, entry.path, at_key=code in KEY_FAULTS, severity=severity)


def key_faults(
    entry: ConditionEntry, statement: Statement, policy_type: str, work: Work
) -> Iterator[Fault]:
    prefix, colon, name = entry.key.lower().partition(":")
    if not colon or not prefix or NO_PREFIX.search(prefix):
        message = say(
            'Write the service in front, as in aws:SourceIp: "{key}" is no condition key. AWS: '
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
            key=short(entry.key),
        )
        yield "iam.key-form", "error", message
    elif is_identity_provider(prefix):
        return
    elif entry.key.lower() in REPLACED:
        message = say(
            "Write {new}: {old} is its old name.",
            new=REPLACED[entry.key.lower()],
            old=entry.key,
        )
        yield "iam.replaced-key", "warning", message
    elif is_tag_without_name(prefix, name):
        message = say("Name the tag, as in {key}/team.", key=entry.key.removesuffix("/"))
        yield "iam.tag-key", "warning", message
    else:
        yield from existing_key_faults(entry, statement, policy_type, work)


def is_identity_provider(prefix: str) -> bool:
    """`saml:` or `accounts.google.com:`: providers have keys of their own."""
    return "." in prefix or "/" in prefix or prefix in IDENTITY_PROVIDERS


def is_tag_without_name(prefix: str, name: str) -> bool:
    return name.removesuffix("/") in ("principaltag", "requesttag", "resourcetag") and (
        prefix == "aws" or prefix in catalogue.service_prefixes()
    )


def existing_key_faults(
    entry: ConditionEntry, statement: Statement, policy_type: str, work: Work
) -> Iterator[Fault]:
    message = unknown_key(entry.key, work)
    if message:
        yield "iam.unknown-key", "warning", message
        return
    if never_from(entry, policy_type):
        message = say(
            "Leave {key} out: it comes with requests that a service makes for itself, and this "
            "policy decides about a person's or a role's.",
            key=entry.key,
        )
        yield "iam.irrelevant-key", "warning", message
    yield from tags_without_support(entry, statement, work)


def unknown_key(key: str, work: Work) -> Said | None:
    prefix = key.lower().partition(":")[0]
    if prefix != "aws" and prefix not in catalogue.service_prefixes():
        return say('No service has the condition key "{key}".', key=short(key))
    if key_type(key):
        return None
    hint = work.words(nearest_key, key)
    return say('There is no condition key "{key}".{hint}', key=short(key), hint=hint)


def nearest_key(key: str) -> str | None:
    """The same name of another service (`sts:ExternalId` for `aws:ExternalId`), else what is spelt
    much the same with this prefix."""
    prefix, _, name = key.lower().partition(":")
    for service in ("aws", *FAMILIAR_SERVICES):
        if f"{service}:{name}" in keys_of(service):
            return as_aws_writes(f"{service}:{name}")
    found = nearest(key, tuple(keys_of(prefix)))
    return as_aws_writes(found) if found else None


def keys_of(service: str) -> Mapping[str, str]:
    return GLOBAL_KEYS if service == "aws" else catalogue.condition_keys_of(service)


def as_aws_writes(key: str) -> str:
    return AS_AWS_WRITES.get(key) or catalogue.condition_key_as_written(key)


def never_from(entry: ConditionEntry, policy_type: str) -> bool:
    """Does no identity's request carry the key?"""
    return policy_type in OF_IDENTITIES and presence(entry.key.lower()) is Presence.NEVER


def never_sent(
    entry: ConditionEntry, actions: Sequence[catalogue.Action], meetings: Meetings
) -> Iterator[Fault]:
    """The key of a service, and actions that are all known and never send it."""
    key = entry.key.lower()
    if not actions or not key_type(key) or is_identity_provider(key.partition(":")[0]):
        return
    if any(is_sent(action, key, meetings) for action in actions):
        return
    message = say(
        "Requests for {actions} never carry {key}.",
        actions=", ".join(action.name for action in actions[:3]),
        key=entry.key,
    )
    yield "iam.key-never-sent", "warning", message


def is_sent(action: catalogue.Action, key: str, meetings: Meetings) -> bool:
    """With one of the resources that the statement names."""
    return any(is_carried(action.name.lower(), key, shape) for shape in meetings.shapes(action))


def named_actions(statement: Statement, work: Work) -> list[catalogue.Action]:
    """Those that the statement names; none when one of them is unknown, or is everything."""
    texts = () if statement.not_actions else (statement.actions or ())[:MOST_CONDITIONS]
    found = [matching(text, work) for text in texts if ":" in text]
    if not all(found) or len(found) != len(texts):
        return []
    return [action for actions in found for action in actions]


def tags_without_support(
    entry: ConditionEntry, statement: Statement, work: Work
) -> Iterator[Fault]:
    """aws:ResourceTag with services that do not tell the tags of their resources, aws:RequestTag
    and aws:TagKeys with those whose resources get none."""
    key = entry.key.lower()
    stem = "aws:tagkeys" if key == "aws:tagkeys" else f"{key.partition('/')[0]}/${{tagkey}}"
    if stem.startswith("aws:principaltag") or not (stem == "aws:tagkeys" or "/" in key):
        return
    if not key.startswith(("aws:tagkeys", *PREFIXES)):
        return
    if statement.not_actions:
        message = say(
            "List the actions in Action: many services tell no tags, and of those nothing carries "
            "{key}.",
            key=entry.key,
        )
        yield "iam.tag-support", "warning", message
        return
    mute = [name for name in services_of(statement) if is_mute(name, stem)]
    if mute:
        message = say(
            "Write another condition for {services}: nothing of it carries {key}, so the condition "
            "sees no tag.",
            services=", ".join(mute[:3]),
            key=entry.key,
        )
        yield "iam.tag-support", "warning", message


def services_of(statement: Statement) -> list[str]:
    texts = statement.actions or ()
    found = dict.fromkeys(text.partition(":")[0].lower() for text in texts[:MOST_CONDITIONS])
    return [name for name in found if name in catalogue.service_prefixes()]


def is_mute(service: str, stem: str) -> bool:
    own = catalogue.condition_keys_of(service)
    alias = stem.replace("aws:", f"{service}:", 1)
    return stem not in own and alias not in own


def operator_faults(entry: ConditionEntry, found: Operator) -> Iterator[Fault]:
    kind = key_type(entry.key)
    if not kind or found.family == "null":
        return
    several, single_kind = kind.startswith("ArrayOf"), kind.removeprefix("ArrayOf")
    if found.quantifier and not several:
        message = say("Leave ForAllValues/ForAnyValue out: {key} carries one value.", key=entry.key)
        yield "iam.set-operator", "warning", message
    if several and not found.quantifier:
        message = say(
            "Choose ForAnyValue: or ForAllValues:, for {key} can carry several values.",
            key=entry.key,
        )
        yield "iam.set-operator", "warning", message
    if not can_compare(found.family, single_kind):
        message = say(
            "Choose an operator for {kind}: that is the type of {key}, and {operator} compares "
            "something else.",
            key=entry.key,
            kind=single_kind,
            operator=found.name,
        )
        yield "iam.operator-type", "warning", message
    elif single_kind == "ARN" and found.family == "string":
        yield from string_for_arn(entry, found)


def string_for_arn(entry: ConditionEntry, found: Operator) -> Iterator[Fault]:
    """A * of StringLike also runs over the colons of an ARN ("Access Analyzer policy check
    reference": string like operator with ARN condition keys)."""
    if found.name.endswith("Like") and any("*" in text for text in entry.values):
        message = say(
            "Write {better}: in {operator} a * also runs over the colons of an ARN.",
            operator=found.name,
            better=found.name.replace("String", "Arn"),
        )
        yield "iam.string-for-arn", "advice", message


def can_compare(family: str, kind: str) -> bool:
    """Do operators of this family compare values of this type?"""
    wanted = FAMILY_OF_TYPE.get(kind)
    if wanted is None:
        return family not in FAMILY_OF_TYPE.values() and (family != "binary" or kind == "Binary")
    return family == wanted or (wanted == "bool" and family == "string")
