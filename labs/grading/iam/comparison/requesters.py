"""Who asks, when policies with Principal elements are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from labs.grading.iam.aws.request_keys import provider_of
from labs.grading.iam.comparison.callers import callers_to_ask
from labs.grading.iam.comparison.principal_worlds import PRINCIPAL_KEYS
from labs.grading.iam.comparison.worlds import Callers
from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import Situation, Value, principal_keys
from labs.grading.iam.decision.statements import CompiledPolicy, CompiledStatement
from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.documents import Statement
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.iam.language.principals import Caller, Grant, read_caller

# Keys and roles: own permissions are not enough
ENTERED_BY_POLICY_ALONE = frozenset(("kms", "iam", "sts"))
# Nobody asks these without signing
SIGNED_SERVICES = ("iam:", "kms:", "sts:")
WITH_WEB_IDENTITY, WITH_SAML = "sts:assumerolewithwebidentity", "sts:assumerolewithsaml"
ALONGSIDE = ("sts:tagsession", "sts:setsourceidentity")
IDENTITIES = ("user", "role", "session", "root", "federated-user")


class Requester:
    """Who asks, as far as Principal elements matter; None: nobody in particular (identity
    policies).

    `least` is the closest naming that still counts: without permissions of its own, a caller needs
    to be named itself.
    `own`: what the caller may do in the account that owns the resource; there only a Deny stops it.
    """

    def __init__(
        self,
        caller: Caller | None = None,
        least: Grant = Grant.ACCOUNT,
        own: CompiledPolicy | None = None,
    ) -> None:
        self.caller, self.least, self.own = caller, least, own
        # What AWS always says about the caller
        self.keys: dict[str, str] = principal_keys(caller) if caller else {}
        self.callers = callers_like(caller)

    @property
    def name(self) -> str:
        return self.caller.text if self.caller else ""

    @property
    def has_permission(self) -> bool:
        return self.least <= Grant.ACCOUNT

    def side(self, layers: Sequence[Layer]) -> Sequence[Layer]:
        """The layers, the caller's own permissions beside the first,
        which is the policy that is compared."""
        if self.own is None:
            return layers
        first = replace(layers[0], policies=(*layers[0].policies, self.own))
        return [first, *layers[1:]]

    def is_meant_by(self, statement: CompiledStatement) -> bool:
        if self.caller is None:
            return True
        named = statement.grant(self.caller, bounded=False)
        return named >= (self.least if statement.allow else Grant.ACCOUNT)

    def able(self, actions: Sequence[str]) -> Sequence[str]:
        """Those that this caller can ask for."""
        if self.caller is None:
            return actions
        return [action for action in actions if self.can_ask_for(action)]

    def can_ask_for(self, action: str) -> bool:
        """Identity providers vouch for those who assume a role with their word, and for nothing
        else; what has to be signed is never asked for anonymously.
        Source: IAM User Guide, "Compare AWS STS credentials"."""
        lowered = action.lower()
        if self.callers.kind == "federated":
            own = WITH_SAML if self.callers.provider == "saml" else WITH_WEB_IDENTITY
            return lowered in (own, *ALONGSIDE)
        if self.caller is None:
            return True
        if self.callers.kind == "anonymous" and lowered.startswith(SIGNED_SERVICES):
            return False
        return lowered not in (WITH_WEB_IDENTITY, WITH_SAML)


def callers_like(caller: Caller | None) -> Callers:
    """The keys that come with such a caller."""
    if caller is None or caller.kind in IDENTITIES:
        return Callers()
    if caller.kind == "federated":
        return Callers("federated", provider_of(caller.text).lower())
    return Callers(caller.kind)


def requesters_for(
    names: Iterable[str], policies: Sequence[CompiledPolicy], *, owner: str = ""
) -> Iterator[Requester]:
    """One for everybody whom the policies tell apart.

    In the account that owns the resource it matters whether the policy names the caller or only the
    account: there each caller is asked about without permissions of its own as well.
    With permissions of its own only denials count.
    """
    seen: set[object] = set()
    statements = [found for policy in policies for found in policy.statements]
    for name in dict.fromkeys(callers_to_ask(names, policies, owner)):
        for requester in requesters_named(read_caller(name), policies, owner):
            told = told_apart(requester, statements, owner)
            if told not in seen:
                seen.add(told)
                yield requester


def requesters_named(
    caller: Caller, policies: Sequence[CompiledPolicy], owner: str
) -> Iterator[Requester]:
    own = own_permissions(caller.account, policies) if caller.account else None
    if owner and caller.account == owner:
        yield from requesters_at_home(caller, policies, own)
        return
    yield Requester(caller)
    if own and not owner:
        yield Requester(caller, own=own)


def requesters_at_home(
    caller: Caller, policies: Sequence[CompiledPolicy], own: CompiledPolicy | None
) -> Iterator[Requester]:
    """In the account that owns the resource. What names only the account lets nobody in there: who
    has permissions of their own does not need it, and it gives none to who has not. Keys and roles
    are entered by their policy alone. The root user is stopped by a Deny and by nothing else.
    Source: IAM User Guide, "Policy evaluation logic" and "AWS account root user"."""
    if by_policy_alone(policies):
        yield Requester(caller)
        yield Requester(caller, Grant.ROLE)
    elif caller.kind != "root":
        yield Requester(caller, Grant.ROLE)
    if own:
        yield Requester(caller, own=own)


def by_policy_alone(policies: Sequence[CompiledPolicy]) -> bool:
    """Also where it cannot be told which service the policies are about."""
    statements = [found.statement for policy in policies for found in policy.statements]
    actions = [action for one in statements for action in one.actions or () if not one.not_actions]
    services = {action.partition(":")[0].lower() for action in actions} - {"*"}
    return not services or bool(services & ENTERED_BY_POLICY_ALONE)


def told_apart(
    requester: Requester, statements: Sequence[CompiledStatement], owner: str
) -> tuple[object, ...]:
    """All by which the statements can tell this requester from another one."""
    caller = requester.caller
    account = (caller.account if caller else "") or ""
    situation = Situation(dict[str, Value](requester.keys))
    return (
        requester.callers,
        requester.least,
        requester.own is not None,
        account == owner,
        account if is_mentioned(account, statements) else "",
        tuple(requester.is_meant_by(found) for found in statements),
        tuple(
            condition.matches(situation)
            for found in statements
            for condition in found.conditions
            if condition.key in PRINCIPAL_KEYS
        ),
        frozenset(requester.keys.items()) if any(map(has_variables, statements)) else None,
    )


def is_mentioned(account: str, statements: Iterable[CompiledStatement]) -> bool:
    """In a resource, or in a condition on another key than the caller's."""
    return bool(account) and any(
        account in text
        for found in statements
        for text in (
            *(found.statement.resources or ()),
            *(
                value
                for one in found.conditions
                if one.key not in PRINCIPAL_KEYS
                for value in one.entry.values
            ),
        )
    )


def has_variables(statement: CompiledStatement) -> bool:
    return any(pattern.variables() for pattern in statement.resources) or any(
        condition.variables and any("${" in text for text in condition.entry.values)
        for condition in statement.conditions
    )


def own_permissions(account: str, policies: Sequence[CompiledPolicy]) -> CompiledPolicy | None:
    """Everything on the account's resources of the services that the policies speak of;
    None where no Deny could matter."""
    statements = [found.statement for policy in policies for found in policy.statements]
    if all(statement.effect == "Allow" for statement in statements):
        return None
    allowed = [everything_of(service, account) for service in services_named(statements)]
    if not allowed:
        return None
    return CompiledPolicy(read_policy({"Statement": allowed}), "own permissions")


def services_named(statements: Iterable[Statement]) -> list[str]:
    """The services whose resources the statements name, where own permissions are enough."""
    parts = [arn_parts(text) for statement in statements for text in statement.resources or ()]
    services = {part[2] for part in parts if len(part) > 2} - ENTERED_BY_POLICY_ALONE
    return sorted(service for service in services if "*" not in service)


def everything_of(service: str, account: str) -> dict[str, object]:
    return {
        "Effect": "Allow",
        "Principal": "*",
        "Action": f"{service}:*",
        "Resource": [f"arn:*:{service}:::*", f"arn:*:{service}:*:{account}:*"],
    }
