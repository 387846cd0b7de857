"""How long a policy may be: each type, and each service's resource policies, has its own limit.

Sources: IAM User Guide, "IAM and AWS STS quotas"; AWS Organizations User Guide, "Quotas"; the
services' guides on their resource policies. Characters without white space where IAM counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.language.documents import Policy, Problem
from labs.grading.said import say

LIMITS = {
    "identity": 6_144,
    "boundary": 6_144,
    "trust": 2_048,  # 4,096 after a request for more
    "scp": 5_120,
    "rcp": 5_120,
    "session": 2_048,
    "endpoint": 20_480,
}
LARGEST_TRUST = 4_096
LARGEST_RESOURCE = 20_480  # buckets, functions, secrets, tables
RESOURCE_LIMITS = {
    "ecr": 10_240,
    "elasticfilesystem": 20_000,
    "events": 10_240,
    "kms": 32_768,
    "logs": 5_120,
    "sns": 30_720,
    "sqs": 8_192,
}
REFUSED = frozenset(("scp", "rcp", "session"))


def length_problems(text: str, policy: Policy, policy_type: str) -> Iterator[Problem]:
    most = LIMITS.get(policy_type) or limit_of_resource(policy)
    length = len("".join(text.split()))
    if length <= most:
        return
    message = say(
        "Shorten it, or write two policies: this one has {length} characters without spaces, and "
        "at most {most} are allowed.",
        length=length,
        most=most,
    )
    severity = "error" if policy_type in REFUSED or length > LARGEST_TRUST > most else "warning"
    yield Problem("iam.too-long", message, (), severity=severity)


def limit_of_resource(policy: Policy) -> int:
    services = {
        text.partition(":")[0].lower()
        for statement in policy.statements
        for text in (statement.actions or ())[:1]
    }
    found = [RESOURCE_LIMITS.get(service, LARGEST_RESOURCE) for service in services]
    return max(found, default=LARGEST_RESOURCE)
