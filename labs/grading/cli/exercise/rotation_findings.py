"""Was the key rotated so that nothing stood still?

Rules: IAM User Guide, *Update access keys* (create, update applications, look whether the first is
still used, deactivate, delete).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labs.grading.cli.account.account import ACTIVE, Account
from labs.grading.cli.exercise.cli_exercise import Rotation
from labs.grading.cli.exercise.codes import MISTAKES
from labs.grading.cli.terminal.terminal import Step
from labs.grading.errors import Position
from labs.grading.report import Case, Finding
from labs.grading.said import say

CREATE, UPDATE, DELETE = "create-access-key", "update-access-key", "delete-access-key"
LOOK = "get-access-key-last-used"


@dataclass(frozen=True, slots=True)
class Told:
    """One of the five things: does it hold, how is it said, and where?"""

    code: str
    holds: bool
    right: str
    wrong: str
    at: Position | None = None


def rotation_findings(
    rotation: Rotation, steps: Sequence[Step], before: Account, account: Account, program: str
) -> list[Finding]:
    """The account `before`, and as the script leaves it."""
    fresh = set(account.keys) - set(before.keys)
    flat = [one for step in steps for one in (*step.inner, step)]
    told = (
        unbroken(flat),
        switched(account, fresh),
        looked(rotation, flat, program),
        deactivated(rotation, flat),
        one_left(rotation, account, fresh),
    )
    return [finding(one, rotation.points) for one in told]


def finding(told: Told, points: int) -> Finding:
    if told.holds:
        return Finding("keys.kept", True, points, told.right)
    mistake = MISTAKES[told.code]
    return Finding(
        told.code,
        False,
        points,
        told.wrong,
        at=told.at,
        cases=(Case(told.wrong),),
        counterexample={"code": told.code},
        section=mistake.section,
        why=mistake.rule,
        cure=mistake.cure,
    )


def unbroken(steps: Sequence[Step]) -> Told:
    broken = next((step for step in steps if step.broken), None)
    right = say("At no moment an application was without a working key.")
    if broken is None:
        return Told("keys.outage", True, right, "")
    wrong = say(
        "After line {line} the application {name} has no working key.",
        line=broken.command.at[0],
        name=broken.broken[0],
    )
    return Told("keys.outage", False, right, wrong, broken.command.at)


def switched(account: Account, fresh: set[str]) -> Told:
    behind = [
        name
        for name, key in account.applications.items()
        if key not in fresh or not account.works(name)
    ]
    right = say("All applications work with the new key.")
    if not behind:
        return Told("keys.not-switched", True, right, "")
    wrong = say("In the end the application {name} has no new key that works.", name=behind[0])
    return Told("keys.not-switched", False, right, wrong)


def done_to(steps: Sequence[Step], operation: str, key: str) -> Iterator[int]:
    """At which steps this was done to the key, with success."""
    for number, step in enumerate(steps):
        is_it = step.words[1:3] == ("iam", operation) and not step.error
        if is_it and any(word.rpartition("=")[2] == key for word in step.words):
            yield number


def switches(steps: Sequence[Step], program: str) -> list[int]:
    return [
        number
        for number, step in enumerate(steps)
        if step.words[:1] == (program,) and not step.error
    ]


def ends_of(steps: Sequence[Step], key: str) -> list[int]:
    """Where the key is deactivated or deleted."""
    inactive = [one for one in done_to(steps, UPDATE, key) if "Inactive" in " ".join(
        steps[one].words)]  # fmt: skip
    return sorted([*inactive, *done_to(steps, DELETE, key)])


def looked(rotation: Rotation, steps: Sequence[Step], program: str) -> Told:
    """After each application left the old key. A key that both had in between is switched once
    more, later."""
    end = min(ends_of(steps, rotation.old), default=len(steps))
    last: dict[str, int] = {}
    for number in switches(steps, program):
        name = steps[number].words[1]
        if number < end or name not in last:
            last[name] = number
    switched_at = max(last.values(), default=-1)
    looks = [one for one in done_to(steps, LOOK, rotation.old) if switched_at < one < end]
    return Told(
        "keys.not-looked",
        bool(looks) and switched_at >= 0,
        say("After the switch you looked whether the old key is still used."),
        say("Between the switch and its end nobody asked for the last use of the old key."),
    )


def deactivated(rotation: Rotation, steps: Sequence[Step]) -> Told:
    deleted = next(done_to(steps, DELETE, rotation.old), None)
    inactive = [one for one in ends_of(steps, rotation.old) if one != deleted]
    right = say("The old key was inactive before it was deleted.")
    if deleted is None:
        return Told("keys.not-one", False, right, say("The old key was not deleted."))
    at = steps[deleted].command.at
    wrong = say("In line {line} the old key is deleted while it is active.", line=at[0])
    holds = bool(inactive) and min(inactive) < deleted
    return Told("keys.deleted-while-active", holds, right, wrong, at)


def one_left(rotation: Rotation, account: Account, fresh: set[str]) -> Told:
    keys = account.keys_of(rotation.user)
    active = [key for key in keys if key.status == ACTIVE and key.id in fresh]
    return Told(
        "keys.not-one",
        len(keys) == 1 and len(active) == 1,
        say("One active key is left, the new one."),
        say(
            "In the end {user} has {count} keys, {active} of them new and active.",
            user=rotation.user,
            count=len(keys),
            active=len(active),
        ),
    )
