"""Who asks, and what a Principal element says about them.

Source: IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from labs.grading.iam.language.arns import arn_parts

ACCOUNT_DIGITS = 12
ACCOUNT_SEGMENTS = 5  # colons in an ARN
# How an ARN's resource part begins → the kind of caller
KINDS = {
    "user": "user",
    "federated-user": "federated-user",
    "root": "root",
    "role": "role",
    "assumed-role": "session",
}


class Grant(IntEnum):
    """How closely a Principal element names the caller; a closer one bypasses more implicit
    denies."""

    NONE = 0
    ACCOUNT = 1  # the account: its own identity policies decide
    ROLE = 2  # the role: boundary and session policy still limit
    DIRECT = 3  # the user, the session, the service, or everyone


@dataclass(frozen=True, slots=True)
class Caller:
    """The principal of a request. `kind`: user, session, role, federated-user, root,
    service, federated or anonymous."""

    text: str
    kind: str
    account: str | None = None
    role: str | None = None  # the role's name without its path

    @property
    def is_identity(self) -> bool:
        """False for services, identity providers and anonymous callers,
        who have no identity policies."""
        return self.account is not None

    @property
    def is_service_linked(self) -> bool:
        """SCPs and RCPs do not touch service-linked roles."""
        return (self.role or "").startswith("AWSServiceRoleFor")


def read_caller(text: str | None) -> Caller:
    """The caller that an ARN, an account id, a service name or `*` (anonymous) stands for."""
    if not text or text in ("*", "anonymous"):
        return Caller("*", "anonymous")
    if is_account_id(text):
        return Caller(f"arn:aws:iam::{text}:root", "root", text)
    parts = arn_parts(text)
    if len(parts) == 6 and parts[0] == "arn" and is_account_id(parts[4]):
        return caller_of_account(text, account=parts[4], resource=parts[5])
    # Also ARNs without an account, such as CloudFront's own users
    return Caller(text, provider_kind(text))


def caller_of_account(text: str, *, account: str, resource: str) -> Caller:
    kind, _, name = resource.partition("/")
    if kind not in KINDS:
        return Caller(text, provider_kind(text))
    return Caller(text=text, kind=KINDS[kind], account=account, role=role_of(kind, name))


def role_of(kind: str, name: str) -> str | None:
    """The role's name, without its path or the name of the session."""
    if kind == "role":
        return name.rpartition("/")[2]
    return name.partition("/")[0] if kind == "assumed-role" else None


def is_account_id(text: str) -> bool:
    return len(text) == ACCOUNT_DIGITS and text.isascii() and text.isdigit()


# Identity providers that a trust policy names without an ARN ("AWS JSON policy elements:
# Principal", web identity sessions); all others are named by the ARN of a provider in IAM.
WEB_IDENTITY_PROVIDERS = frozenset(
    (
        "accounts.google.com",
        "cognito-identity.amazonaws.com",
        "graph.facebook.com",
        "www.amazon.com",
    )
)


def provider_kind(text: str) -> str:
    """`federated` for an identity provider; whatever else has no account is a service."""
    resource = arn_parts(text)[5] if text.count(":") >= ACCOUNT_SEGMENTS else ""
    is_provider = resource.startswith(("oidc-provider/", "saml-provider/"))
    return "federated" if is_provider or text in WEB_IDENTITY_PROVIDERS else "service"


class Named:
    """A compiled Principal element."""

    __slots__ = ("accounts", "arns", "every_provider", "everyone", "roles")

    def __init__(self, principals: Mapping[str, Sequence[str]]) -> None:
        names = [name for values in principals.values() for name in values]
        self.everyone = "*" in (*principals.get("*", ()), *principals.get("AWS", ()))
        self.every_provider = "*" in principals.get("Federated", ())
        self.accounts = {
            account for account in map(account_named, principals.get("AWS", ())) if account
        }
        self.roles = {role for role in map(role_named, principals.get("AWS", ())) if role}
        self.arns = frozenset(names) - {"*"}

    def grant(self, caller: Caller) -> Grant:
        """The closest way in which the element names the caller."""
        if self.everyone or (self.every_provider and caller.kind == "federated"):
            return Grant.DIRECT
        if caller.text in self.arns:
            return Grant.ROLE if caller.kind == "role" else Grant.DIRECT
        if caller.role is not None and (caller.account or "", caller.role) in self.roles:
            return Grant.ROLE
        if caller.account in self.accounts:
            return Grant.DIRECT if caller.kind == "root" else Grant.ACCOUNT
        return Grant.NONE

    def spares(self, caller: Caller) -> bool:
        """As NotPrincipal: is the caller excepted? Everything that the caller is has to be named:
        a user and its account, a session and its role and its account ("AWS JSON policy elements:
        NotPrincipal": with Bob's ARN alone the account that Bob is in would be denied)."""
        if self.everyone:
            return True
        if caller.account is None:
            return bool(self.grant(caller))
        return caller.account in self.accounts and self.names_all_of(caller)

    def names_all_of(self, caller: Caller) -> bool:
        role = caller.role is None or (caller.account or "", caller.role) in self.roles
        return role and (caller.kind in ("root", "role") or caller.text in self.arns)


def account_named(name: str) -> str | None:
    if is_account_id(name):
        return name
    parts = arn_parts(name)
    return parts[4] if len(parts) == 6 and parts[2] == "iam" and parts[5] == "root" else None


def role_named(name: str) -> tuple[str, str] | None:
    parts = arn_parts(name)
    if len(parts) != 6 or parts[2] != "iam" or not parts[5].startswith("role/"):
        return None
    return parts[4], parts[5].rpartition("/")[2]
