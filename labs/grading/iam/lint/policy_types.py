"""What the types of policies demand and forbid, each in its own way.

Sources: IAM User Guide, "IAM JSON policy elements"; AWS Organizations User Guide, "SCP syntax"
(since September 2025 the whole language but Principal) and "RCP syntax"; "Access Analyzer policy
check reference": role trust policies, resource control policies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.iam.aws import catalogue
from labs.grading.iam.aws.resource_policies import has_resource_policies
from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.documents import Policy, Problem, Statement
from labs.grading.iam.lint.principals import is_provider
from labs.grading.iam.lint.shortening import short
from labs.grading.said import say
from labs.grading.wildcards.globs import glob

TRUST_ACTIONS = frozenset(
    f"sts:{name}"
    for name in [
        "assumerole",
        "assumerolewithsaml",
        "assumerolewithwebidentity",
        "tagsession",
        "setsourceidentity",
        "setcontext",
    ]
)
# What else a session of IAM Roles Anywhere does when it begins (its User Guide, "Trust model").
ROLES_ANYWHERE = "rolesanywhere.amazonaws.com"
FOR_ROLES_ANYWHERE = ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")
ANYTHING = (("Allow", ("*",), ("*",)),)
SIGNED_BY_CANONICAL_USERS = frozenset(("s3", "cloudfront"))


def type_problems(policy: Policy, policy_type: str) -> Iterator[Problem]:
    if policy_type == "rcp" and not is_full_access(policy):
        for statement in policy.statements:
            yield from rcp_problems(statement)
    for statement in policy.statements:
        if policy_type == "trust":
            yield from trust_problems(statement)
        if policy_type == "resource":
            yield from resource_policy_problems(statement)


def is_full_access(policy: Policy) -> bool:
    """AWS's own RCPFullAWSAccess, which cannot be detached."""
    written = tuple((found.effect, found.actions, found.resources) for found in policy.statements)
    return written == ANYTHING and not policy.statements[0].conditions


def rcp_problems(statement: Statement) -> Iterator[Problem]:
    path = statement.path
    if statement.effect == "Allow":
        message = say(
            "Write a Deny: a resource control policy of your own only takes away; what is allowed "
            "stays with RCPFullAWSAccess."
        )
        yield Problem("iam.rcp", message, (*path, "Effect"))
    if statement.not_actions:
        message = say("List the actions in Action: resource control policies have no NotAction.")
        yield Problem("iam.rcp", message, (*path, "NotAction"), at_key=True)
    if statement.principals is not None and not is_bare_star(statement):
        element = "NotPrincipal" if statement.not_principals else "Principal"
        message = say(
            'Write "Principal": "*" and say in a condition who is meant: a resource control policy '
            "takes no other principal."
        )
        yield Problem("iam.rcp", message, (*path, element), at_key=True)
    yield from rcp_actions(statement)


def is_bare_star(statement: Statement) -> bool:
    return not statement.not_principals and dict(statement.principals or {}) == {"*": ("*",)}


def rcp_actions(statement: Statement) -> Iterator[Problem]:
    for index, action in enumerate(() if statement.not_actions else statement.actions or ()):
        path = (*statement.path, "Action", index)
        service = action.partition(":")[0].lower()
        if action == "*":
            message = say(
                'Name the service, as in "s3:*": a resource control policy of your own cannot '
                "speak of all actions at once."
            )
            yield Problem("iam.rcp", message, path)
        elif service in catalogue.service_prefixes() and not catalogue.supports_rcp(service):
            message = say("Resource control policies do not apply to {service}.", service=service)
            yield Problem("iam.rcp", message, path, severity="warning")


def trust_problems(statement: Statement) -> Iterator[Problem]:
    if statement.not_principals:
        message = say(
            "Name in Principal who is meant: a role's trust policy has no NotPrincipal. AWS: "
            "Has prohibited field NotPrincipal."
        )
        path = (*statement.path, "NotPrincipal")
        yield Problem("iam.trust-not-principal", message, path, at_key=True)
    elif "*" in (statement.principals or {}):
        message = say('Write {"AWS": "*"}, and better name who is meant.')
        path = (*statement.path, "Principal")
        yield Problem("iam.wildcard-principal", message, path, severity="warning")
    yield from trust_action_problems(statement)
    yield from provider_problems(statement)
    yield from roles_anywhere_problems(statement)


def trust_action_problems(statement: Statement) -> Iterator[Problem]:
    for index, action in enumerate((statement.actions or ())[:100]):
        lowered = action.lower()
        if statement.not_actions or lowered in TRUST_ACTIONS:
            continue
        if lowered.startswith("sts:") and ("*" in lowered or "?" in lowered):
            continue
        message = say(
            "{action} has no place in a trust policy. AWS: AssumeRole policy may only specify STS "
            "AssumeRole actions.",
            action=short(action),
        )
        yield Problem("iam.trust-action", message, (*statement.path, "Action", index))


def provider_problems(statement: Statement) -> Iterator[Problem]:
    """Providers that are none, and actions that only they, or never they, can ask for."""
    for index, name in enumerate((statement.principals or {}).get("Federated", ())[:100]):
        path = (*statement.path, "Principal", "Federated", index)
        if not is_provider(name) and name != "*":
            message = say(
                '"{name}" is no identity provider: write the ARN of one, or its domain. AWS: '
                "Federated principals must be valid domain names or SAML metadata ARNs.",
                name=short(name),
            )
            yield Problem("iam.principal-form", message, path)
    wanted = action_for(statement)
    if wanted and not names_action(statement, wanted):
        message = say(
            "Write {action}: such a principal assumes a role by no other action.", action=wanted
        )
        yield Problem(
            "iam.principal-action", message, (*statement.path, "Action"), severity="warning"
        )


def action_for(statement: Statement) -> str:
    """The action with which those who are named assume the role; empty where they differ."""
    named = statement.principals or {}
    if statement.effect != "Allow" or len(named) != 1:
        return ""
    if "Federated" not in named:
        return "sts:AssumeRole" if set(named) <= {"AWS", "Service"} else ""
    kinds = {":saml-provider/" in name for name in named["Federated"]}
    if len(kinds) != 1:
        return ""
    return "sts:AssumeRoleWithSAML" if kinds.pop() else "sts:AssumeRoleWithWebIdentity"


def names_action(statement: Statement, wanted: str) -> bool:
    """Also where the statement speaks of other things, such as the session's tags alone."""
    texts = [text.lower() for text in statement.actions or ()]
    if statement.not_actions or not any(text.startswith("sts:assume") for text in texts):
        return True
    return any(glob(text).matches(wanted.lower()) for text in texts)


def roles_anywhere_problems(statement: Statement) -> Iterator[Problem]:
    if ROLES_ANYWHERE not in (statement.principals or {}).get("Service", ()):
        return
    missing = [name for name in FOR_ROLES_ANYWHERE if not has_action(statement, name)]
    if statement.effect == "Allow" and missing:
        message = say(
            "Add {actions}: IAM Roles Anywhere begins no session without.",
            actions=", ".join(missing),
        )
        yield Problem(
            "iam.principal-action", message, (*statement.path, "Action"), severity="warning"
        )


def has_action(statement: Statement, wanted: str) -> bool:
    found = any(glob(text.lower()).matches(wanted.lower()) for text in statement.actions or ())
    return found is not statement.not_actions


def resource_policy_problems(statement: Statement) -> Iterator[Problem]:
    services = services_of(statement)
    for index, service in enumerate(services):
        if service in catalogue.service_prefixes() and not has_resource_policies(service):
            message = say(
                "Write it into an identity policy: nothing of {service} has a policy of its own.",
                service=service,
            )
            path = (*statement.path, "Action", index)
            yield Problem("iam.action-in-policy", message, path, severity="warning")
    yield from kinds_of_principal(statement, services)


def services_of(statement: Statement) -> list[str]:
    actions = () if statement.not_actions else statement.actions or ()
    return [text.partition(":")[0].lower() for text in actions[:100]]


def kinds_of_principal(statement: Statement, services: Sequence[str]) -> Iterator[Problem]:
    named = statement.principals or {}
    if "Federated" in named and services and set(services) <= {"s3", "sqs", "sns", "kms"}:
        message = say(
            "Name the role that the federated people assume: a resource's policy knows no identity "
            "provider."
        )
        path = (*statement.path, "Principal", "Federated")
        yield Problem("iam.principal-kind", message, path, at_key=True, severity="warning")
    if "CanonicalUser" in named and services and not SIGNED_BY_CANONICAL_USERS & set(services):
        message = say("Name the account or its user: canonical ids are for Amazon S3 alone.")
        path = (*statement.path, "Principal", "CanonicalUser")
        yield Problem("iam.principal-kind", message, path, at_key=True, severity="warning")


def foreign_resources(policy: Policy) -> Iterator[Problem]:
    """A resource's policy that speaks of another service's resources as well."""
    seen: set[str] = set()
    for statement in policy.statements[:40]:
        for index, text in enumerate(() if statement.not_resources else statement.resources or ()):
            parts = arn_parts(text)
            service = parts[2] if len(parts) == 6 else ""
            if seen and service.isalnum() and service not in seen:
                message = say(
                    "Leave {arn} out: a resource's policy speaks of that resource alone.",
                    arn=short(text),
                )
                path = (*statement.path, "Resource", index)
                yield Problem("iam.foreign-resource", message, path, severity="warning")
            elif service.isalnum():
                seen.add(service)
