"""A resource or trust policy that lets somebody in from outside, marked at the statement that does.

What `access.public` decides, statement by statement, each under all denials of the policy. Sources:
Amazon S3 User Guide, "The meaning of 'public'"; IAM User Guide, "Access Analyzer custom policy
checks".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from labs.grading.iam.access.public import public_access_within
from labs.grading.iam.comparison.comparison import Counterexample
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.language.documents import Policy, Problem, Statement
from labs.grading.said import Said, say
from labs.grading.wildcards.budget import Budget

STEPS = 10_000  # of the comparisons of one document; the samples need a few hundred
MOST_STATEMENTS = 100


def public_problems(policy: Policy) -> Iterator[Problem]:
    statements = policy.statements[:MOST_STATEMENTS]
    denials = [found for found in statements if found.effect == "Deny"]
    budget = Budget(STEPS)
    for statement in statements:
        if statement.effect != "Allow" or not is_for_everybody(statement):
            continue
        message = openness(replace(policy, statements=(statement, *denials)), budget)
        if message:
            element = "NotPrincipal" if statement.not_principals else "Principal"
            yield Problem("iam.public", message, (*statement.path, element), severity="warning")


def is_for_everybody(statement: Statement) -> bool:
    named = statement.principals or {}
    everybody = "*" in named.get("*", ()) or "*" in named.get("AWS", ())
    return everybody is not statement.not_principals


def openness(policy: Policy, budget: Budget) -> Said | None:
    statement, *denials = policy.statements
    if not statement.conditions and not denials:
        return say("Name who is meant: everybody is let in.")
    if policy.unreadable:
        return None
    found = public_access_within([CompiledPolicy(policy, "policy")], budget)
    if found.request:
        return let_in(found.request)
    if found.is_granted is None:
        return say(
            "Name who is meant: whether somebody from outside is let in could not be decided."
        )
    return None


def let_in(request: Counterexample) -> Said:
    """The conditions that an outsider can meet are named, for they look like a limit."""
    keys = ", ".join(key for key in request.context)
    if not keys:
        return say(
            "Name who is meant: {action} is allowed to everybody, also from outside.",
            action=request.action,
        )
    return say(
        "Name who is meant: {action} is allowed to everybody who sends {keys}, also from outside.",
        action=request.action,
        keys=keys,
    )
