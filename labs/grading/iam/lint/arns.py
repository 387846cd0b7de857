"""ARNs in Resource elements: parts that are missing, superfluous or misspelt.

Sources: IAM User Guide, "IAM JSON policy elements: Resource" and "IAM ARNs"; Service Authorization
Reference for the formats; "Access Analyzer policy check reference" for Region, account and case.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.regions import PARTITIONS, regions_of
from labs.grading.iam.language.arns import ArnPattern
from labs.grading.iam.language.documents import Problem, Statement
from labs.grading.iam.language.principals import is_account_id
from labs.grading.iam.lint.shortening import short
from labs.grading.iam.lint.suggestions import nearest, nearest_service
from labs.grading.iam.lint.work import Work
from labs.grading.said import Said, say
from labs.grading.wildcards.globs import glob

MOST_PATTERNS = 1_000  # form is looked at whatever it costs; pairs are paid for
IAM_PATHS = [
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
]
IAM_EXACT = ("root", "*")
S3_WITH_REGION = ("accesspoint", "job/", "storage-lens", "async-request", "access-grants")
PARTITIONS_KNOWN = (*PARTITIONS, "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc")
# Opened after the list that requests are made of
NEWER_REGIONS = ("ap-southeast-6", "eusc-de-east-1")
KNOWN_REGIONS = (*(name for found in PARTITIONS for name in regions_of(found)), *NEWER_REGIONS)
MARKS = "*?$"
# Owned by AWS or by nobody: the account may be a word
OWNED_BY_AWS = ("aws", "aws-managed", "cloudfront", "amazon", "amazon-managed", "third-party")

Fault = tuple[str, str, Said]  # code, severity, message
FORM, PLACE = "iam.malformed-arn", "iam.arn-place"


def arn_problems(statement: Statement, variables: bool, work: Work) -> Iterator[Problem]:
    element = "NotResource" if statement.not_resources else "Resource"
    for index, text in enumerate((statement.resources or ())[:MOST_PATTERNS]):
        path = (*statement.path, element, index)
        for code, severity, message in faults(text, work):
            yield Problem(code, message, path, severity=severity)
        if variables and ArnPattern(text, variables=True, resource_part_only=True).impossible:
            message = say(
                "Write it out: a policy variable may stand only after the fifth colon of an ARN."
            )
            yield Problem("iam.variable-place", message, path, severity="warning")


def faults(text: str, work: Work) -> Iterator[Fault]:
    if text and text.strip("*") == "":
        return
    if text != text.strip() or " " in text.partition("/")[0]:
        yield FORM, "warning", say("There is a space in this ARN.")
    if not text.startswith("arn:"):
        message = say(
            'Write an ARN. AWS: Resource {text} must be in ARN format or "*".', text=short(text)
        )
        yield FORM, "error", message
        return
    parts = text.split(":", 5)
    if len(parts) < 6:
        yield FORM, "error", too_few(text, parts)
        return
    yield from segment_faults(parts, work)


def too_few(text: str, parts: list[str]) -> Said:
    if len(parts) < 4:
        return say("Write all six parts. AWS: Resource vendor must be fully qualified.")
    if parts[2] == "s3":
        return say(
            "Write arn:aws:s3:::{name}: Region and account stay empty, the colons stay. AWS: The "
            "policy failed legacy parsing.",
            name=short(parts[-1]),
        )
    return say(
        "Write all six parts: this ARN has {count}. AWS: The policy failed legacy parsing.",
        count=len(parts),
    )


def segment_faults(parts: list[str], work: Work) -> Iterator[Fault]:
    _, partition, service, region, account, resource = parts
    if partition not in PARTITIONS_KNOWN and "*" not in partition:
        yield FORM, "error", unknown_partition(partition, parts)
    yield from service_faults(service, work)
    if not may_be_account(account):
        yield FORM, "warning", say("An account id has twelve digits.")
    if resource.startswith(":"):
        yield FORM, "warning", say("There is a colon too many in front of the resource.")
    if not resource:
        yield FORM, "warning", say("Name the resource: nothing stands behind the fifth colon.")
    if service == "s3":
        yield from s3_faults(region, account, resource)
    elif service == "iam":
        yield from iam_faults(region, resource)
    else:
        yield from place_faults(service, region, account)
    yield from region_faults(region, work)


def unknown_partition(partition: str, parts: list[str]) -> Said:
    return say(
        'Write arn:aws:…. AWS: Partition "{partition}" is not valid for resource "{arn}".',
        partition=short(partition),
        arn=short(":".join(parts)),
    )


def service_faults(service: str, work: Work) -> Iterator[Fault]:
    if any(mark in service for mark in "*?"):
        message = say(
            "Write the service out. AWS: Resource vendor must be fully qualified and cannot "
            "contain regexes."
        )
        yield FORM, "error", message
    elif not service:
        yield FORM, "error", say("Name the service. AWS: The policy failed legacy parsing.")
    elif not writes_arns(service):
        if writes_arns(service.lower()):
            message = say(
                "Write {name}: the names of services have small letters.", name=service.lower()
            )
        else:
            hint = work.words(nearest_service, service)
            message = say(
                'No service writes its ARNs with "{name}".{hint}', name=short(service), hint=hint
            )
        yield FORM, "warning", message


def writes_arns(service: str) -> bool:
    return service in catalogue.service_prefixes() or bool(catalogue.services_with_arns_of(service))


def may_be_account(text: str) -> bool:
    """An account id, AWS itself, nothing at all, or a pattern of these."""
    known = text in ("", *OWNED_BY_AWS) or is_account_id(text)
    return known or any(mark in text for mark in MARKS)


def s3_faults(region: str, account: str, resource: str) -> Iterator[Fault]:
    if resource.startswith((*S3_WITH_REGION, "*")) or not (region or account):
        return
    if region:
        message = say(
            "Write arn:aws:s3:::{name}: buckets have neither Region nor account in their ARN. "
            "AWS: Resource can not contain region information.",
            name=short(resource),
        )
    else:
        message = say(
            "Write arn:aws:s3:::{name}: buckets have neither Region nor account in their ARN.",
            name=short(resource),
        )
    yield FORM, "error", message


def iam_faults(region: str, resource: str) -> Iterator[Fault]:
    if region:
        message = say(
            "Leave the Region empty: IAM is global. AWS: IAM resource cannot contain region "
            "information."
        )
        yield FORM, "error", message
    if resource in IAM_EXACT or resource.startswith(("$", *IAM_PATHS)):
        return
    message = say(
        "Write the type of resource out, as in user/* or role/*. AWS: IAM resource path must "
        'either be "*" or start with {paths}.',
        paths=", ".join(IAM_PATHS),
    )
    yield FORM, "error", message


def place_faults(service: str, region: str, account: str) -> Iterator[Fault]:
    """Region and account, where all ARNs of a service have them, or none."""
    regional, owned = places_of(service)
    if regional is False and region:
        message = say(
            "Leave the Region empty: no ARN of {service} has one.", service=short(service)
        )
        yield PLACE, "warning", message
    if regional is True and not region:
        message = say(
            "Name the Region, or write *: every ARN of {service} has one.", service=short(service)
        )
        yield PLACE, "warning", message
    if owned is False and account:
        message = say(
            "Leave the account empty: no ARN of {service} has one.", service=short(service)
        )
        yield PLACE, "warning", message


@lru_cache(maxsize=1024)
def places_of(service: str) -> tuple[bool | None, bool | None]:
    """Have the service's ARNs a Region, an account? None where some have."""
    arns = [
        arn.split(":", 5)
        for name in catalogue.services_with_arns_of(service)
        for kind in catalogue.resource_types(name).values()
        for arn in catalogue.spelled_out(kind["arn"])
    ]
    own = [parts for parts in arns if len(parts) == 6 and parts[2] == service]
    regions, accounts = {bool(parts[3]) for parts in own}, {bool(parts[4]) for parts in own}
    return (
        regions.pop() if len(regions) == 1 else None,
        accounts.pop() if len(accounts) == 1 else None,
    )


def region_faults(region: str, work: Work) -> Iterator[Fault]:
    if not region or "$" in region or region in KNOWN_REGIONS or region.startswith("us-iso"):
        return
    pattern = glob(region)
    if any(mark in region for mark in "*?") and any(map(pattern.matches, KNOWN_REGIONS)):
        return
    hint = work.words(nearest, region, KNOWN_REGIONS)
    message = say('There is no Region "{name}".{hint}', name=short(region), hint=hint)
    yield PLACE, "warning", message
