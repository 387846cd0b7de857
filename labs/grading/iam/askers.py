"""Who is asked about when policies with Principal elements are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labs.grading.iam.principals import Caller, Grant, is_account_id, read_caller
from labs.grading.iam.requests import principal_keys
from labs.grading.iam.statements import CompiledPolicy, CompiledStatement

STRANGER = "arn:aws:iam::999999999999:user/stranger"
ANYBODY = "*"
MOST_CALLERS = 12


class Asker:
    """Who asks, as far as Principal elements matter; None: nobody in particular (identity policies).

    `least` is the closest naming that still counts: without permissions of its own, a caller needs to be named itself.
    """

    def __init__(self, caller: Caller | None = None, least: Grant = Grant.ACCOUNT) -> None:
        self.caller, self.least = caller, least
        self.keys: dict[str, str] = principal_keys(caller) if caller else {}  # what AWS always says about the caller

    @property
    def has_permission(self) -> bool:
        return self.least <= Grant.ACCOUNT

    def is_meant_by(self, statement: CompiledStatement) -> bool:
        if self.caller is None:
            return True
        named = statement.grant(self.caller, bounded=False)
        return named >= (self.least if statement.allow else Grant.ACCOUNT)


def askers_for(names: Iterable[str], policies: Iterable[CompiledPolicy], *, owner: str = "") -> Iterator[Asker]:
    """The names, everybody whom a policy names, a stranger and the anonymous caller.

    In the account that owns the resource it matters whether the policy names the caller or only the account: there each
    caller is asked about without permissions of its own as well.
    """
    named = [name for policy in policies for name in callers_named(policy)]
    for name in list(dict.fromkeys((*names, *named, STRANGER, ANYBODY)))[:MOST_CALLERS]:
        caller = read_caller(name)
        yield Asker(caller)
        if caller.account and caller.account == owner:
            yield Asker(caller, Grant.ROLE)


def callers_named(policy: CompiledPolicy) -> Iterator[str]:
    """A caller for every principal that a policy names; somebody of the account where it names an account."""
    for found in policy.statements:
        for names in (found.statement.principals or {}).values():
            for name in names:
                account = read_caller(name).account if is_account_id(name) or name.endswith(":root") else None
                yield f"arn:aws:iam::{account}:user/somebody" if account else name
