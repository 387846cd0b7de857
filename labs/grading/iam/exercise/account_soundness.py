"""What an account must not hold: users that should be gone, and keys or names that mean nothing."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.iam.exercise.account import Account
from labs.grading.iam.exercise.account_exercise import AccountExercise
from labs.grading.iam.exercise.codes import CODES
from labs.grading.iam.lint.linter import placed
from labs.grading.report import Demand, Finding
from labs.grading.said import say

GONE, SOUND = "iam.extra-user", "iam.account-form"


def soundness_findings(answer: Account, exercise: AccountExercise) -> Iterator[Finding]:
    """One for each user that should be gone, and one for everything that means nothing."""
    if exercise.gone_points:
        for user in exercise.gone:
            yield gone_finding(answer, user, exercise.gone_points)
    if exercise.sound_points:
        yield sound_finding(answer, exercise.sound_points)


def gone_finding(answer: Account, user: str, points: int) -> Finding:
    """A user without permissions is still one that somebody can sign in as."""
    there = user in answer.users
    message = (
        say("{user} is still there.", user=user) if there else say("{user} is gone.", user=user)
    )
    return Finding(
        GONE,
        not there,
        points,
        message,
        at=answer.document.key_position(("users", user)) if there else None,
        demand=Demand.REFUSE,
        section=CODES[GONE].section,
        cure=say("Take the user {user} out.", user=user),
    )


def sound_finding(answer: Account, points: int) -> Finding:
    if not answer.problems:
        message = say("Every key and every name of the account means something.")
        return Finding(SOUND, True, points, message, section=CODES[SOUND].section)
    first = answer.problems[0]
    message = say("Something in the account means nothing, so AWS would refuse it.")
    row = placed(answer.document, first)
    return Finding(
        first.code,
        False,
        points,
        message,
        at=(row.line, row.column),
        section=CODES[first.code].section,
        cure=first.message,
    )
