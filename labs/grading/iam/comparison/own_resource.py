"""The resource that a policy belongs to: a resource policy decides about nothing else.

A bucket's policy that names another bucket is refused ("Policy has invalid resource"), and what it
says about everything but the bucket never matters.
Source: IAM User Guide, "Identity-based policies and resource-based policies"; "IAM JSON policy
elements: Resource".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from labs.grading.iam.aws.resource_policies import has_resource_policies
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.arns import SEGMENTS, arn_parts
from labs.grading.iam.language.documents import Statement
from labs.grading.iam.language.policy_reader import read_policy

ROLE = "arn:*:iam::*:role/*"  # what a trust policy belongs to


def limit(actions: Sequence[str], resources: Sequence[str], name: str) -> CompiledPolicy:
    """Everything that these actions do on these resources, for everybody."""
    statement: Mapping[str, object] = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": list(actions),
        "Resource": list(resources),
    }
    return CompiledPolicy(read_policy({"Version": "2012-10-17", "Statement": [statement]}), name)


def own_resource(policies: Iterable[CompiledPolicy]) -> CompiledPolicy | None:
    """What a resource or trust policy can decide about, seen from policies that are right: the
    resources that they name, by the actions of their services; None when they do not tell."""
    statements = [found.statement for policy in policies for found in policy.statements]
    services = list(dict.fromkeys(name for found in statements for name in services_of(found)))
    named = list(dict.fromkeys(arn for found in statements for arn in resources_of(found)))
    if not services or ("*" in services and not named):
        return None
    actions = ["*"] if "*" in services else [f"{service}:*" for service in services]
    resources = named or [ROLE if services == ["sts"] else "*"]
    return limit(actions, resources, "the policy's own resource")


def services_of(statement: Statement) -> Iterator[str]:
    if not statement.not_actions:
        yield from (text.partition(":")[0].lower() for text in statement.actions or ())
    for arn in resources_of(statement):
        service = arn_parts(arn)[2]
        if has_resource_policies(service):
            yield service


def resources_of(statement: Statement) -> Iterator[str]:
    """With the bucket or the objects beside the other one: both are one resource."""
    for text in statement.resources or ():
        parts = arn_parts(text)
        if len(parts) == SEGMENTS and "*" not in parts[2]:
            yield text
            if parts[2] == "s3" and not parts[4]:
                bucket = parts[5].partition("/")[0]
                yield from (f"{':'.join(parts[:5])}:{name}" for name in (bucket, f"{bucket}/*"))
