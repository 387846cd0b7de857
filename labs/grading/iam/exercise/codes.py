"""The codes of verdicts and accounts: what each means, and the heading of the notes that teaches
it."""

from __future__ import annotations

from labs.grading.iam.lint.codes import LINT_CODES
from labs.grading.iam.lint.sections import DECISION, JSON, TRUST
from labs.grading.kind import Code
from labs.grading.said import say

INHERITANCE = "policies-inheritance"
GROUPS = "user-and-groups"
# What one type of policy is taught by, where the code's own section is about another: a role's
# policy that trusts everybody comes long before policies on buckets.
TAUGHT_OF_TYPE = {("trust", "iam.public"): TRUST}

CHECKS: dict[str, Code] = {
    "iam.too-wide": Code(
        say("Allows too much"),
        say(
            "The policy allows a request that should stay denied. Least privilege: "
            "give only what the task needs."
        ),
        DECISION,
    ),
    "iam.too-narrow": Code(
        say("Allows too little"),
        say(
            "A request that the task needs is denied. The trace shows which element did not match."
        ),
        DECISION,
    ),
    "iam.too-wide-and-narrow": Code(
        say("Allows other things than asked"),
        say(
            "Some requests are allowed that should be denied, and some are denied that "
            "should be allowed."
        ),
        DECISION,
    ),
    "iam.equivalent": Code(
        say("Allows exactly what was asked"),
        say(
            "The policy is compared with the expected one over all real requests, not by its text."
        ),
        DECISION,
    ),
    "iam.not-decided": Code(
        say("AWS would refuse it"),
        say(
            "A policy with an error in its form is never saved, so there is nothing to decide with."
        ),
        JSON,
    ),
    "iam.wrong-denial": Code(
        say("Denied for another reason"),
        say(
            "An explicit deny and a missing allow are not the same: only the explicit "
            "one beats every Allow."
        ),
        DECISION,
    ),
}

ACCOUNT: dict[str, Code] = {
    "iam.account-form": Code(
        say("Not the shape of an account"),
        say("The parts of the account and their names are fixed."),
        GROUPS,
    ),
    "iam.membership": Code(
        say("In the wrong groups"),
        say("A user gets the permissions of every group it is in."),
        GROUPS,
    ),
    "iam.extra-user": Code(
        say("Permissions for somebody else"),
        say("A user that nobody asked for has permissions."),
        GROUPS,
    ),
    "iam.nested-group": Code(
        say("A group in a group"),
        say("Groups hold users only; they cannot hold other groups."),
        GROUPS,
    ),
    "iam.unknown-group": Code(
        say("No such group"), say("A user is in a group that does not exist."), GROUPS
    ),
    "iam.unknown-policy": Code(
        say("No such policy"), say("A policy is attached that does not exist."), INHERITANCE
    ),
    "iam.group-policies": Code(
        say("Other policies on a group"),
        say("A group carries the policies that its members need, and no other."),
        GROUPS,
    ),
    "iam.direct-policy": Code(
        say("Permissions attached to a user"),
        say("Permissions on groups stay readable when people come and go."),
        INHERITANCE,
    ),
    "iam.password-policy": Code(
        say("Password policy"),
        say("The account's password policy says how long and how varied passwords are."),
        "password-policy",
    ),
}

# Every code that the IAM engine can raise
CODES: dict[str, Code] = CHECKS | LINT_CODES | ACCOUNT
