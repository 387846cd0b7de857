"""What the groups of an account carry, against what they should."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.exercise.account import Account, Holder, attached
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
            cure=say("Attach to the group {group} the policies it should carry.", group=name),
        )


def names_in(holder: Holder) -> list[str]:
    """An inline policy goes by its own name."""
    return [*holder.policies, *(name.rpartition("/")[2] for name in holder.inline)]


def listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "–"
