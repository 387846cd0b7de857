"""ARNs in Resource elements: parts that are missing, superfluous or misspelt.

Source: IAM User Guide, "IAM JSON policy elements: Resource"; Service Authorization Reference for
the formats.
"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.regions import PARTITIONS
from labs.grading.iam.language.arns import ArnPattern
from labs.grading.iam.language.documents import Problem, Statement
from labs.grading.iam.language.principals import is_account_id
from labs.grading.iam.lint.suggestions import Hints, nearest_service

MOST_PATTERNS = 60
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
S3_WITH_REGION = ("accesspoint", "job/", "storage-lens", "async-request", "access-grants")

Fault = tuple[str, str]  # severity, message


def arn_problems(statement: Statement, variables: bool, hints: Hints) -> Iterator[Problem]:
    element = "NotResource" if statement.not_resources else "Resource"
    for index, text in enumerate((statement.resources or ())[:MOST_PATTERNS]):
        path = (*statement.path, element, index)
        for severity, message in faults(text, hints):
            yield Problem("iam.malformed-arn", message, path, severity=severity)
        if variables and ArnPattern(text, variables=True, resource_part_only=True).impossible:
            message = "A policy variable may stand only after the fifth colon of an ARN."
            yield Problem("iam.variable-place", message, path, severity="warning")


def faults(text: str, hints: Hints) -> Iterator[Fault]:
    if text.strip("*") == "":
        return
    if text != text.strip() or " " in text.partition("/")[0]:
        yield "warning", "There is a space in this ARN."
    if not text.startswith("arn:"):
        yield "error", f'AWS: Resource {short(text)} must be in ARN format or "*".'
        return
    parts = text.split(":", 5)
    if len(parts) < 6:
        yield "warning", too_few(text, parts)
        return
    yield from segment_faults(parts, hints)


def too_few(text: str, parts: list[str]) -> str:
    hint = ""
    if len(parts) > 3 and parts[2] == "s3":
        hint = (
            f" S3: arn:aws:s3:::{short(parts[-1])} (region and account stay empty, the colons "
            "stay)."
        )
    return f"An ARN has six parts, this one {len(parts)}; AWS fills the missing ones with *.{hint}"


def segment_faults(parts: list[str], hints: Hints) -> Iterator[Fault]:
    _, partition, service, region, account, resource = parts
    if partition not in PARTITIONS and "*" not in partition:
        yield "error", unknown_partition(partition, parts)
    yield from service_faults(service, hints)
    if not may_be_account(account):
        yield "warning", "An account id has twelve digits."
    if resource.startswith(":"):
        yield "warning", "There is a colon too many in front of the resource."
    if service == "s3":
        yield from s3_faults(region, account, resource)
    if service == "iam":
        yield from iam_faults(region, resource)


def unknown_partition(partition: str, parts: list[str]) -> str:
    arn = short(":".join(parts))
    return f'AWS: Partition "{short(partition)}" is not valid for resource "{arn}".'


def service_faults(service: str, hints: Hints) -> Iterator[Fault]:
    if "*" in service or "?" in service:
        yield (
            "warning",
            "The service in an ARN must be written out; a wildcard there is not allowed.",
        )
    elif not writes_arns(service):
        hint = hints.words(nearest_service, service)
        yield "warning", f'No service writes its ARNs with "{short(service)}".{hint}'


def writes_arns(service: str) -> bool:
    return service in catalogue.service_prefixes() or bool(catalogue.services_with_arns_of(service))


def may_be_account(text: str) -> bool:
    """An account id, AWS itself, nothing at all, or a pattern of these."""
    return text in ("", "aws") or is_account_id(text) or any(mark in text for mark in "*?$")


def s3_faults(region: str, account: str, resource: str) -> Iterator[Fault]:
    if (region or account) and not resource.startswith((*S3_WITH_REGION, "*")):
        yield (
            "warning",
            f"Bucket ARNs have neither region nor account: arn:aws:s3:::{short(resource)}",
        )


def iam_faults(region: str, resource: str) -> Iterator[Fault]:
    if region:
        yield "error", "IAM is global. AWS: IAM resource cannot contain region information."
    wild = any(mark in resource.partition("/")[0] for mark in "*?$")
    if not wild and not resource.startswith(("root", *IAM_PATHS)):
        yield (
            "error",
            f'AWS: IAM resource path must either be "*" or start with {", ".join(IAM_PATHS)}.',
        )


def short(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "…"
