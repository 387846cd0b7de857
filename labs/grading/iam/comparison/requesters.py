"""Who is asked about when policies with Principal elements are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from labs.grading.iam.decision.evaluation import Layer
from labs.grading.iam.decision.requests import principal_keys
from labs.grading.iam.decision.statements import CompiledPolicy, CompiledStatement
from labs.grading.iam.language.arns import arn_parts
from labs.grading.iam.language.documents import Statement
from labs.grading.iam.language.policy_reader import read_policy
from labs.grading.iam.language.principals import Caller, Grant, is_account_id, read_caller

STRANGER = "arn:aws:iam::999999999999:user/stranger"
ANYBODY = "*"
MOST_CALLERS = 12
# Keys and roles: own permissions are not enough
ENTERED_BY_POLICY_ALONE = frozenset(("kms", "iam", "sts"))


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
        return [Layer(layers[0].name, (*layers[0].policies, self.own)), *layers[1:]]

    def is_meant_by(self, statement: CompiledStatement) -> bool:
        if self.caller is None:
            return True
        named = statement.grant(self.caller, bounded=False)
        return named >= (self.least if statement.allow else Grant.ACCOUNT)


def requesters_for(
    names: Iterable[str], policies: Sequence[CompiledPolicy], *, owner: str = ""
) -> Iterator[Requester]:
    """The names, everybody whom a policy names, a stranger and the anonymous caller.

    In the account that owns the resource it matters whether the policy names the caller or only the
    account: there each caller is asked about without permissions of its own as well.
    With permissions of its own only denials count.
    """
    named = [name for policy in policies for name in callers_named(policy)]
    somebody = (f"arn:aws:iam::{owner}:user/somebody",) if owner else ()
    known = list(dict.fromkeys((*names, *named, *somebody)))[:MOST_CALLERS]
    for name in dict.fromkeys((*known, STRANGER, ANYBODY)):
        caller = read_caller(name)
        yield Requester(caller)
        if not caller.account or (owner and caller.account != owner):
            continue
        if owner:
            yield Requester(caller, Grant.ROLE)
        own = own_permissions(caller.account, policies)
        if own:
            yield Requester(caller, own=own)


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
        "Action": f"{service}:*",
        "Resource": [f"arn:*:{service}:::*", f"arn:*:{service}:*:{account}:*"],
    }


def callers_named(policy: CompiledPolicy) -> Iterator[str]:
    """A caller for every principal that a policy names; somebody of the account where it names an
    account."""
    for found in policy.statements:
        for names in (found.statement.principals or {}).values():
            for name in names:
                account = (
                    read_caller(name).account
                    if is_account_id(name) or name.endswith(":root")
                    else None
                )
                yield f"arn:aws:iam::{account}:user/somebody" if account else name
