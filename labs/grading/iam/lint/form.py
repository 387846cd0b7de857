"""What AWS refuses, beyond the shape of the document: elements that a policy type needs or forbids,
and names that are not well formed.

Sources: IAM User Guide, "IAM JSON policy elements: Sid", "Version", "Principal", "Condition";
AWS Organizations User Guide, "SCP syntax" (Version).
"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.language.documents import Policy, Problem, Statement
from labs.grading.iam.language.operators import BASE_OPERATORS, read_operator
from labs.grading.iam.lint.policy_types import foreign_resources, type_problems
from labs.grading.iam.lint.principals import principal_problems
from labs.grading.iam.lint.shortening import short
from labs.grading.iam.lint.suggestions import nearest
from labs.grading.said import say

WITHOUT_PRINCIPAL = frozenset(("identity", "boundary", "session", "scp"))
# S3, KMS, SQS and others also take Sids with spaces
KEPT_BY_SERVICES = frozenset(("resource", "endpoint"))
# Managed policies and those of organizations: the new language or none
NEW_LANGUAGE_ONLY = frozenset(("identity", "boundary", "scp", "rcp"))
OLD_VERSION = "2008-10-17"
# The policy of a repository, of a file system: about itself, without a word
RESOURCE_IS_IMPLIED = frozenset(("ecr", "ecr-public", "elasticfilesystem"))


def form_problems(policy: Policy, policy_type: str) -> Iterator[Problem]:
    if not policy.statements and not policy.problems:
        message = say("Write at least one statement. AWS: Syntax errors in policy.")
        yield Problem("iam.malformed", message, ("Statement",))
    yield from sid_problems(policy, alphanumeric=policy_type not in KEPT_BY_SERVICES)
    yield from language_problems(policy, policy_type)
    yield from type_problems(policy, policy_type)
    for statement in policy.statements:
        yield from element_problems(statement, policy_type)
        yield from operator_problems(statement)
        if statement.principals is not None and policy_type not in WITHOUT_PRINCIPAL:
            yield from principal_problems(statement)
    if policy_type == "resource":
        yield from foreign_resources(policy)


def language_problems(policy: Policy, policy_type: str) -> Iterator[Problem]:
    if not policy.statements or policy.version != OLD_VERSION:
        return
    if policy_type in NEW_LANGUAGE_ONLY:
        message = say(
            'Write "Version": "2012-10-17". AWS: Policy document must be version 2012-10-17 or '
            "greater."
        )
        yield Problem("iam.old-version", message, ("Version",))
        return
    message = say(
        'Write "Version": "2012-10-17": without it the old language of 2008 is spoken, which knows '
        "no policy variables."
    )
    yield Problem("iam.old-version", message, ("Version",), severity="advice")


def sid_problems(policy: Policy, *, alphanumeric: bool) -> Iterator[Problem]:
    seen: set[str] = set()
    for statement in policy.statements:
        sid, path = statement.sid, (*statement.path, "Sid")
        if sid and sid in seen:
            message = say(
                'Two statements are called "{sid}". AWS: Statement IDs (SID) in a single policy '
                "must be unique.",
                sid=short(sid),
            )
            yield Problem("iam.duplicate-sid", message, path)
        if alphanumeric and sid and not (sid.isascii() and sid.isalnum()):
            message = say(
                "A Sid is made of letters and digits only. AWS: Statement IDs (SID) must be "
                "alpha-numeric."
            )
            yield Problem("iam.sid-form", message, path)
        seen.add(sid)


def element_problems(statement: Statement, policy_type: str) -> Iterator[Problem]:
    path = statement.path
    element = "NotPrincipal" if statement.not_principals else "Principal"
    if statement.principals is not None and policy_type in WITHOUT_PRINCIPAL:
        message = say(
            "{element} does not belong in this type of policy: it is attached to the one it is "
            "about. AWS: Policy document should not specify a principal.",
            element=element,
        )
        yield Problem("iam.principal-in-identity", message, (*path, element), at_key=True)
    if statement.principals is None and policy_type not in WITHOUT_PRINCIPAL:
        message = say(
            "This type of policy must say whom it is about. AWS: Missing required field Principal."
        )
        yield Problem("iam.missing-principal", message, path)
    if statement.actions is None:
        message = say("Name the actions. AWS: Policy statement must contain actions.")
        yield Problem("iam.missing-action", message, path)
    yield from resource_element(statement, policy_type)


def resource_element(statement: Statement, policy_type: str) -> Iterator[Problem]:
    if policy_type == "trust" and statement.resources is not None:
        element = "NotResource" if statement.not_resources else "Resource"
        message = say(
            "A trust policy names no resource: it belongs to the role. AWS: Has prohibited field "
            "{element}.",
            element=element,
        )
        yield Problem("iam.resource-in-trust", message, (*statement.path, element), at_key=True)
    if needs_resource(statement, policy_type) and statement.resources is None:
        message = say("Name the resources. AWS: Policy statement must contain resources.")
        yield Problem("iam.missing-resource", message, statement.path)


def needs_resource(statement: Statement, policy_type: str) -> bool:
    services = {text.partition(":")[0].lower() for text in statement.actions or ("",)}
    implied = policy_type == "resource" and services <= RESOURCE_IS_IMPLIED
    return policy_type != "trust" and not implied


def operator_problems(statement: Statement) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in statement.conditions:
        if entry.operator in seen or read_operator(entry.operator) is not None:
            continue
        seen.add(entry.operator)
        name = entry.operator.rpartition(":")[2]
        found = nearest(name, tuple(base.name for base in BASE_OPERATORS.values()))
        hint = say(" Did you mean {name}?", name=found) if found else ""
        message = say(
            "There is no condition operator {name}.{hint}", name=short(entry.operator), hint=hint
        )
        yield Problem(
            "iam.operator", message, (*statement.path, "Condition", entry.operator), at_key=True
        )
