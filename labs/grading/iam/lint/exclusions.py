"""Conditions of one statement that can never hold together: often an "or" that was meant."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.comparison.key_atoms import key_atoms
from labs.grading.iam.decision.statements import Condition
from labs.grading.iam.language.documents import Problem, Statement
from labs.grading.said import say
from labs.grading.wildcards.budget import Budget, OutOfBudget

MOST_CONDITIONS = 12
# A request through a VPC endpoint carries the second kind of keys, any other request the first.
OUTSIDE = frozenset(("aws:sourceip",))
THROUGH_ENDPOINT = frozenset(("aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"))


def exclusion_problems(statement: Statement, variables: bool, budget: Budget) -> Iterator[Problem]:
    by_key: dict[str, list[Condition]] = {}
    for entry in statement.conditions[:MOST_CONDITIONS]:
        by_key.setdefault(entry.key.lower(), []).append(Condition(entry, variables=variables))
    for conditions in by_key.values():
        if len(conditions) > 1 and not can_hold(conditions, budget):
            entry = conditions[-1].entry
            message = say(
                "Write two statements for either-or: no value of {key} satisfies all its "
                "conditions here.",
                key=entry.key,
            )
            yield Problem("iam.never-true", message, entry.path, at_key=True, severity="warning")
    needed = {
        key for key, conditions in by_key.items() if not any(found.absent for found in conditions)
    }
    if needed & OUTSIDE and needed & THROUGH_ENDPOINT:
        message = say(
            "Write two statements: a request carries aws:SourceIp or the keys of a VPC endpoint, "
            "never both."
        )
        yield Problem("iam.never-true", message, (*statement.path, "Condition"), severity="warning")


def can_hold(conditions: list[Condition], budget: Budget) -> bool:
    every = (1 << len(conditions)) - 1
    if any("${" in text for condition in conditions for text in condition.entry.values):
        return True  # depends on the request
    try:
        return any(mask == every for mask, _ in key_atoms(conditions, {}, budget))
    except OutOfBudget:
        return True
