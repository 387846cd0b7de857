"""What AWS refuses, beyond the shape of the document: elements that a policy type needs or forbids,
and principals."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.documents import Policy, Problem, Statement
from labs.grading.iam.language.operators import BASE_OPERATORS, read_operator
from labs.grading.iam.language.principals import is_account_id
from labs.grading.iam.lint.suggestions import SERVICE_PRINCIPALS, nearest

WITHOUT_PRINCIPAL = frozenset(("identity", "boundary", "session", "scp"))
# S3, KMS, SQS and others also take Sids with spaces
KEPT_BY_SERVICES = frozenset(("resource", "endpoint"))
OLD_VERSION = "2008-10-17"
IDENTITIES = ("user/", "role/", "assumed-role/", "federated-user/", "root")
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


def form_problems(policy: Policy, policy_type: str) -> Iterator[Problem]:
    yield from sid_problems(policy, alphanumeric=policy_type not in KEPT_BY_SERVICES)
    yield from language_problems(policy)
    for statement in policy.statements:
        yield from element_problems(statement, policy_type)
        yield from operator_problems(statement)
        if statement.principals is not None and policy_type not in WITHOUT_PRINCIPAL:
            yield from principal_problems(statement)
        if policy_type == "trust":
            yield from trust_action_problems(statement)


def language_problems(policy: Policy) -> Iterator[Problem]:
    if policy.statements and policy.version == OLD_VERSION:
        message = (
            'Without "Version": "2012-10-17" the old language of 2008 is spoken, which knows '
            "no policy variables."
        )
        yield Problem("iam.old-version", message, ("Version",), severity="advice")


def sid_problems(policy: Policy, *, alphanumeric: bool) -> Iterator[Problem]:
    seen: set[str] = set()
    for statement in policy.statements:
        sid, path = statement.sid, (*statement.path, "Sid")
        if sid and sid in seen:
            message = (
                f'Two statements are called "{sid}". AWS: Statement IDs (SID) in a single '
                "policy must be unique."
            )
            yield Problem("iam.duplicate-sid", message, path)
        if alphanumeric and sid and not (sid.isascii() and sid.isalnum()):
            message = (
                "A Sid is made of letters and digits only. AWS: Statement IDs (SID) must be "
                "alpha-numeric."
            )
            yield Problem("iam.sid-form", message, path, severity="warning")
        seen.add(sid)


def element_problems(statement: Statement, policy_type: str) -> Iterator[Problem]:
    path = statement.path
    element = "NotPrincipal" if statement.not_principals else "Principal"
    if statement.principals is not None and policy_type in WITHOUT_PRINCIPAL:
        message = (
            f"{element} does not belong in this type of policy: it is attached to the one it is "
            "about. "
            "AWS: Policy document should not specify a principal."
        )
        yield Problem("iam.principal-in-identity", message, (*path, element), at_key=True)
    if statement.principals is None and policy_type not in WITHOUT_PRINCIPAL:
        message = (
            "This type of policy must say whom it is about. AWS: Missing required field Principal."
        )
        yield Problem("iam.missing-principal", message, path)
    if statement.actions is None:
        yield Problem("iam.missing-action", "AWS: Policy statement must contain actions.", path)
    yield from resource_element(statement, policy_type)


def resource_element(statement: Statement, policy_type: str) -> Iterator[Problem]:
    if policy_type == "trust" and statement.resources is not None:
        element = "NotResource" if statement.not_resources else "Resource"
        message = (
            "A trust policy names no resource: it belongs to the role. AWS: Has prohibited "
            f"field {element}."
        )
        yield Problem("iam.resource-in-trust", message, (*statement.path, element), at_key=True)
    if policy_type != "trust" and statement.resources is None:
        yield Problem(
            "iam.missing-resource", "AWS: Policy statement must contain resources.", statement.path
        )


def operator_problems(statement: Statement) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in statement.conditions:
        if entry.operator in seen or read_operator(entry.operator) is not None:
            continue
        seen.add(entry.operator)
        found = nearest(
            entry.operator.rpartition(":")[2], tuple(base.name for base in BASE_OPERATORS.values())
        )
        hint = f" Did you mean {found}?" if found else ""
        message = f"There is no condition operator {short(entry.operator)}.{hint}"
        yield Problem(
            "iam.operator", message, (*statement.path, "Condition", entry.operator), at_key=True
        )


def principal_problems(statement: Statement) -> Iterator[Problem]:
    element = "NotPrincipal" if statement.not_principals else "Principal"
    for kind, names in (statement.principals or {}).items():
        for index, name in enumerate(names[:100]):
            path = (
                (*statement.path, element, kind, index)
                if kind != "*"
                else (*statement.path, element)
            )
            if kind == "AWS":
                yield from aws_principal(name, path)
            if kind == "Service":
                yield from service_principal(name, path)


def aws_principal(name: str, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if name == "*" or is_account_id(name):
        return
    if "*" in name or "?" in name:
        message = (
            "A wildcard works only as the whole principal. Allow a wider principal and limit it "
            "with the condition key "
            "aws:PrincipalArn. AWS: Invalid principal in policy."
        )
        yield Problem("iam.wildcard-principal", message, path)
    elif not name.startswith("arn:"):
        message = (
            f'"{short(name)}" is no principal: an ARN, a 12-digit account id or "*". AWS: '
            "Invalid principal in policy."
        )
        yield Problem("iam.principal-form", message, path)
    elif ":group/" in name:
        message = (
            "A group cannot be a principal; name its users, or a role. AWS: Invalid "
            "principal in policy."
        )
        yield Problem("iam.principal-form", message, path)
    elif not is_identity(name):
        message = (
            f"{short(name)} is nobody who can ask: AWS takes users, roles, sessions and accounts; "
            'for a service write {"Service": "…amazonaws.com"}. AWS: Invalid principal in policy.'
        )
        yield Problem("iam.principal-form", message, path)


def is_identity(name: str) -> bool:
    parts = arn_parts(name)
    return len(parts) == 6 and parts[2] in ("iam", "sts") and parts[5].startswith(IDENTITIES)


def service_principal(name: str, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if name in SERVICE_PRINCIPALS:
        return
    found = nearest(name if "." in name else f"{name}.amazonaws.com", SERVICE_PRINCIPALS)
    known_ending = name.endswith((".amazonaws.com", ".amazonaws.com.cn", ".aws.internal"))
    if known_ending and "*" not in name and not one_edit(name, found):
        return  # there are more services than we list
    hint = f" Did you mean {found}?" if found else ""
    message = f'"{short(name)}" is no service principal.{hint}'
    yield Problem("iam.service-principal", message, path, severity="warning")


def one_edit(name: str, known: str | None) -> bool:
    """Is the name one letter too many or too few away from a known one?"""
    if known is None or abs(len(name) - len(known)) != 1:
        return False
    longer, shorter = sorted((name, known), key=len, reverse=True)
    return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))


def trust_action_problems(statement: Statement) -> Iterator[Problem]:
    for index, action in enumerate((statement.actions or ())[:100]):
        lowered = action.lower()
        if statement.not_actions or lowered in TRUST_ACTIONS:
            continue
        if lowered.startswith("sts:") and ("*" in lowered or "?" in lowered):
            continue
        message = (
            f"{short(action)} has no place in a trust policy. AWS: AssumeRole policy may "
            "only specify STS AssumeRole actions."
        )
        yield Problem("iam.trust-action", message, (*statement.path, "Action", index))


def short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
