"""Principals that AWS refuses, and those who are named and nobody meant.

Source: IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal"; IAM Access
Analyzer, "Access Analyzer policy check reference".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.regions import PARTITIONS, regions_of
from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.documents import Problem, Statement
from labs.grading.iam.language.principals import is_account_id
from labs.grading.iam.lint.shortening import short
from labs.grading.iam.lint.suggestions import SERVICE_PRINCIPALS, nearest
from labs.grading.json_text import Path
from labs.grading.said import Said, say

MOST_NAMES = 100
IDENTITIES = ("user/", "role/", "assumed-role/", "federated-user/", "root")
# Since its user or role is gone, AWS shows a principal as its unique id ("IAM identifiers").
UNIQUE_ID = re.compile(r"A[A-Z]{3}[A-Z0-9]{12,}")
DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/[\w./-]*)?")
ENDINGS = (".amazonaws.com", ".amazonaws.com.cn", ".aws.internal", ".api.aws", ".eks.aws.dev")
REGIONS = frozenset(name for partition in PARTITIONS for name in regions_of(partition))
STEMS = tuple(name.removesuffix(".amazonaws.com") for name in SERVICE_PRINCIPALS)


def principal_problems(statement: Statement) -> Iterator[Problem]:
    element = "NotPrincipal" if statement.not_principals else "Principal"
    for kind, names in (statement.principals or {}).items():
        for index, name in enumerate(names[:MOST_NAMES]):
            path = (*statement.path, element, *((kind, index) if kind != "*" else ()))
            if kind == "AWS":
                yield from aws_principal(name, path)
            elif kind in ("Service", "Federated") and name == "*":
                yield wildcard_for(kind, path)
            elif kind == "Service":
                yield from service_principal(name, path)


def wildcard_for(kind: str, path: Path) -> Problem:
    message = say(
        "Name the one that is meant: {kind} takes no wildcard. AWS: Invalid principal in policy.",
        kind=kind,
    )
    return Problem("iam.wildcard-principal", message, path)


def aws_principal(name: str, path: Path) -> Iterator[Problem]:
    if name == "*" or is_account_id(name):
        return
    if "*" in name or "?" in name:
        message = say(
            "Allow a wider principal and limit it with the condition key aws:PrincipalArn: a "
            "wildcard works only as the whole principal. AWS: Invalid principal in policy."
        )
        yield Problem("iam.wildcard-principal", message, path)
        return
    wrong = no_identity(name)
    if wrong:
        yield Problem("iam.principal-form", wrong, path)


def no_identity(name: str) -> Said | None:
    if UNIQUE_ID.fullmatch(name):
        return say(
            "Write the ARN: {name} is the id of a user or role, and AWS shows it where that one "
            "was deleted. AWS: Invalid principal in policy.",
            name=short(name),
        )
    if is_service(name):
        return say(
            'Write {"Service": "{name}"}: "AWS" is for accounts, users and roles. AWS: Invalid '
            "principal in policy.",
            name=short(name),
        )
    if not name.startswith("arn:"):
        return say(
            '"{name}" is no principal: an ARN, a 12-digit account id or "*". AWS: Invalid '
            "principal in policy.",
            name=short(name),
        )
    if ":group/" in name:
        return say(
            "A group cannot be a principal; name its users, or a role. AWS: Invalid principal in "
            "policy."
        )
    if is_identity(name):
        return None
    return say(
        "{name} is nobody who can ask: AWS takes users, roles, sessions and accounts; for a "
        'service write {"Service": "…amazonaws.com"}. AWS: Invalid principal in policy.',
        name=short(name),
    )


def is_identity(name: str) -> bool:
    parts = arn_parts(name)
    if len(parts) != 6 or parts[2] not in ("iam", "sts") or parts[3]:
        return False
    is_there = is_account_id(parts[4]) or (parts[4] == "cloudfront" and parts[2] == "iam")
    return is_there and parts[5].startswith(IDENTITIES)


def service_principal(name: str, path: Path) -> Iterator[Problem]:
    """Services that are not in the list are warned of, not refused: there may be newer ones, and
    a lab shows what such a name lets in, which is nobody. A name outside AWS's domain is none.
    Source: Access Analyzer policy check reference, "Invalid service principal format"."""
    if is_service(name):
        return
    found = nearest(stem_of(name) or name, STEMS)
    hint = say(" Did you mean {name}?", name=f"{found}.amazonaws.com") if found else ""
    message = say('"{name}" is no service principal.{hint}', name=short(name), hint=hint)
    severity = "warning" if stem_of(name) else "error"
    yield Problem("iam.service-principal", message, path, severity=severity)


def is_service(name: str) -> bool:
    """`lambda.amazonaws.com`, also of one Region (`logs.eu-west-1.amazonaws.com`)."""
    stem = stem_of(name)
    return stem in STEMS or stem in catalogue.service_prefixes()


def stem_of(name: str) -> str:
    """What stands in front of AWS's domain, without a Region; empty without that domain."""
    ending = next((found for found in ENDINGS if name.endswith(found)), "")
    words = name.removesuffix(ending).split(".") if ending else []
    return ".".join(word for word in words if word not in REGIONS)


def is_provider(name: str) -> bool:
    """The ARN of a provider in IAM, or the domain of one that AWS knows without."""
    parts = arn_parts(name)
    if len(parts) == 6:
        return parts[2] == "iam" and parts[5].startswith(("oidc-provider/", "saml-provider/"))
    return DOMAIN.fullmatch(name) is not None
