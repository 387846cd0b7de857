"""Whom AWS takes a request for, and what its services say when they let nobody in.

Rules: IAM User Guide, *Troubleshoot access denied error messages*, *IAM identifiers*; the
References of STS (*Common errors*), EC2 (*Error codes*) and S3 (*Error responses*).
"""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.cli.account.account import ACTIVE, Account
from labs.grading.cli.errors import CliError
from labs.grading.cli.settings.resolution import Credentials, Identity

INVALID = {
    "ec2": (
        "AuthFailure",
        "AWS was not able to validate the provided access credentials",
    ),
    "s3": (
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records.",
    ),
}
INVALID_TOKEN = ("InvalidClientTokenId", "The security token included in the request is invalid.")
BAD_SIGNATURE = (
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your "
    "AWS Secret Access Key and signing method. Consult the service documentation for details.",
)


@dataclass(frozen=True, slots=True)
class Caller:
    """`name` is the user's or role's: `user/lea`, `role/deploy`."""

    name: str
    arn: str
    user_id: str

    @property
    def user(self) -> str:
        """ "" for a role."""
        return self.name.removeprefix("user/") if self.name.startswith("user/") else ""


def service_error(code: str, operation: str, words: str) -> CliError:
    shown = f"An error occurred ({code}) when calling the {operation} operation: {words}"
    return CliError(code, shown, 254)


def caller_of(identity: Identity, account: Account, service: str, operation: str) -> Caller:
    """CliError: AWS lets nobody in with these credentials."""
    found = first_caller(identity.credentials, account, service, operation)
    for role_arn in identity.roles:
        found = assume(found, role_arn, account)
    return found


def first_caller(
    credentials: Credentials, account: Account, service: str, operation: str
) -> Caller:
    if credentials.role:
        return role_caller(credentials.role, account, "i-0123456789abcdef0")
    key = account.keys.get(credentials.key)
    if key is None or key.status != ACTIVE or credentials.token:
        raise service_error(*swapped(INVALID.get(service, INVALID_TOKEN), operation))
    if key.secret != credentials.secret:
        raise service_error(*swapped(BAD_SIGNATURE, operation))
    return user_caller(key.user, account)


def swapped(error: tuple[str, str], operation: str) -> tuple[str, str, str]:
    return error[0], operation, error[1]


def user_caller(user: str, account: Account) -> Caller:
    arn = f"arn:aws:iam::{account.number}:user/{user}"
    return Caller(f"user/{user}", arn, f"AIDA{identifier(user)}")


def role_caller(role: str, account: Account, session: str) -> Caller:
    arn = f"arn:aws:sts::{account.number}:assumed-role/{role}/{session}"
    return Caller(f"role/{role}", arn, f"AROA{identifier(role)}:{session}")


def identifier(name: str) -> str:
    """Invented, and the same each time."""
    return (name.upper().replace("-", "") + "EXAMPLEEXAMPLEEX")[:16]


def assume(caller: Caller, role_arn: str, account: Account) -> Caller:
    name = role_arn.rpartition("/")[2]
    role = account.roles.get(name)
    is_ours = role_arn == f"arn:aws:iam::{account.number}:role/{name}"
    if role is None or not is_ours or caller.name.partition("/")[2] not in role.trusts:
        words = (
            f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: "
            f"{role_arn}"
        )
        raise service_error("AccessDenied", "AssumeRole", words)
    return role_caller(name, account, "botocore-session-1795770000")
