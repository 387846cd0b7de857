"""What to do about a failed check of an account. Where a user may do too much or too little because
of a group, the cure is the group's: one change, and not a second one for what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.iam.exercise.account import Account, Holder, attached
from labs.grading.iam.exercise.account_exercise import AccountExercise, Member
from labs.grading.said import say


def member_cure(wanted: Member) -> str:
    names = {"user": wanted.user, "group": wanted.group}
    if wanted.member:
        return say("Put {user} into the group {group}.", **names)
    return say("Take {user} out of the group {group}.", **names)


def group_cure(name: str, *, missing: bool) -> str:
    if missing:
        return say("Attach to the group {group} the policies it should carry.", group=name)
    return say("Detach from the group {group} what it should not carry.", group=name)


def setting_cure(name: str, given: object) -> str:
    if given is None:
        return say("Set {setting} in the password policy.", setting=name)
    if isinstance(given, str):
        return say("Write the value of {setting} without quotes.", setting=name)
    return say("Change {setting} in the password policy.", setting=name)


@dataclass(frozen=True, slots=True)
class Amiss:
    """What is wrong with what a user may do: too little, too much, or a Deny that does not reach
    it though nothing is allowed either."""

    lacks: bool = False
    without_deny: bool = False


def user_cure(answer: Account, exercise: AccountExercise, user: str, amiss: Amiss) -> str:
    """The first cause among the user's groups, else what is left to say of the user."""
    found = next(causes(answer, exercise, user, amiss), None)
    if found is not None:
        return found
    if amiss.lacks:
        return say("Give {user} what is missing, through a group or its policy.", user=user)
    if amiss.without_deny:
        return say("Let a Deny reach {user}, through a group.", user=user)
    return say("Take away from {user} what nobody asked for.", user=user)


def causes(answer: Account, exercise: AccountExercise, user: str, amiss: Amiss) -> Iterator[str]:
    groups = answer.users.get(user, Holder()).groups
    for wanted in exercise.members:
        is_wrong = wanted.user == user and (wanted.group in groups) is not wanted.member
        if is_wrong and may_follow(exercise, wanted, amiss):
            yield member_cure(wanted)
    for name in groups if exercise.group_points else ():
        missing, extra = group_faults(answer, exercise, name)
        if missing or (extra and not amiss.lacks):
            yield group_cure(name, missing=bool(missing))


def may_follow(exercise: AccountExercise, wanted: Member, amiss: Amiss) -> bool:
    """Too little follows from a missing group that allows, or from one too many that denies; too
    much from a group too many that allows, or from a missing one that denies."""
    effect = "Allow" if wanted.member is amiss.lacks else "Deny"
    return effect in effects_of(exercise.expected, wanted.group)


def effects_of(account: Account, group: str) -> set[str]:
    documents = map(account.documents.get, attached(account.groups.get(group, Holder())))
    return {str(row.effect) for policy in documents if policy for row in policy.statements}


def group_faults(
    answer: Account, exercise: AccountExercise, name: str
) -> tuple[set[str], set[str]]:
    """The names of the policies that a group of the expected account lacks, and has too many."""
    expected = exercise.expected.groups.get(name)
    if expected is None:
        return set(), set()
    wanted, held = set(attached(expected)), set(names_in(answer.groups.get(name, Holder())))
    return wanted - held, held - wanted


def names_in(holder: Holder) -> list[str]:
    """An inline policy goes by its own name."""
    return [*holder.policies, *(name.rpartition("/")[2] for name in holder.inline)]
