"""What the groups of an account carry, against what they should."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.exercise.account import Account, Holder, attached
from labs.grading.iam.exercise.account_cures import group_cure, names_in
from labs.grading.iam.exercise.account_exercise import AccountExercise
from labs.grading.report import Finding
from labs.grading.said import say


def group_findings(answer: Account, exercise: AccountExercise) -> Iterator[Finding]:
    """One for each group of the expected account: its policies by name, and no other."""
    if not exercise.group_points:
        return
    for name, expected in exercise.expected.groups.items():
        holder = answer.groups.get(name, Holder())
        wanted, held = set(attached(expected)), set(names_in(holder))
        yield Finding(
            "iam.group-policies",
            held == wanted and name in answer.groups,
            exercise.group_points,
            say("The group {group} carries {policies}", group=name, policies=listed(wanted)),
            at=answer.document.position(("groups", name)),
            expected=listed(wanted),
            actual=listed(held),
            cure=group_cure(name, missing=bool(wanted - held) or name not in answer.groups),
        )


def listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "–"
