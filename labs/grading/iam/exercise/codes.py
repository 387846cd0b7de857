"""The codes of verdicts and accounts: what each means, and the heading of the notes that teaches
it."""

from __future__ import annotations

from labs.grading.iam.lint.codes import LINT_CODES, PERMISSIONS, STRUCTURE
from labs.grading.kind import Code

INHERITANCE = "policies-inheritance"
GROUPS = "user-and-groups"

CHECKS: dict[str, Code] = {
    "iam.too-wide": Code(
        "Allows too much",
        "The policy allows a request that should stay denied. Least privilege: give only what the "
        "task needs.",
        PERMISSIONS,
    ),
    "iam.too-narrow": Code(
        "Allows too little",
        "A request that the task needs is denied. The trace shows which element did not match.",
        PERMISSIONS,
    ),
    "iam.too-wide-and-narrow": Code(
        "Allows other things than asked",
        "Some requests are allowed that should be denied, and some are denied that should be "
        "allowed.",
        PERMISSIONS,
    ),
    "iam.equivalent": Code(
        "Allows exactly what was asked",
        "The policy is compared with the expected one over all real requests, not by its text.",
        PERMISSIONS,
    ),
    "iam.not-decided": Code(
        "AWS would refuse it",
        "A policy with an error in its form is never saved, so there is nothing to decide with.",
        STRUCTURE,
    ),
    "iam.wrong-denial": Code(
        "Denied for another reason",
        "An explicit deny and a missing allow are not the same: only the explicit one beats every "
        "Allow.",
        STRUCTURE,
    ),
}

ACCOUNT: dict[str, Code] = {
    "iam.account-form": Code(
        "Not the shape of an account", "The parts of the account and their names are fixed.", GROUPS
    ),
    "iam.membership": Code(
        "In the wrong groups", "A user gets the permissions of every group it is in.", GROUPS
    ),
    "iam.extra-user": Code(
        "Permissions for somebody else", "A user that nobody asked for has permissions.", GROUPS
    ),
    "iam.nested-group": Code(
        "A group in a group", "Groups hold users only; they cannot hold other groups.", GROUPS
    ),
    "iam.unknown-group": Code("No such group", "A user is in a group that does not exist.", GROUPS),
    "iam.unknown-policy": Code(
        "No such policy", "A policy is attached that does not exist.", INHERITANCE
    ),
    "iam.direct-policy": Code(
        "Permissions attached to a user",
        "Permissions on groups stay readable when people come and go.",
        INHERITANCE,
    ),
    "iam.password-policy": Code(
        "Password policy",
        "The account's password policy says how long and how varied passwords are.",
        "password-policy",
    ),
}

# Every code that the IAM engine can raise
CODES: dict[str, Code] = CHECKS | LINT_CODES | ACCOUNT
