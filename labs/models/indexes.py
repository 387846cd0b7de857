"""What the table of answers is asked for, and so indexed by."""

from __future__ import annotations

from django.db import models

INDEXES = [
    # State and grade too: how a cohort stands is told without a look at its answers.
    models.Index(
        fields=["user", "lab", "-created_at", "state", "grade"],
        name="answers_of_a_learner",
    ),
    # Not only of open rows: SQLite takes no partial index where the state is a parameter
    models.Index(fields=["state", "next_publish"], name="submissions_by_state"),
    models.Index(fields=["crowd", "-claimed_at"], name="turns_of_a_crowd"),
    models.Index(fields=["user", "-claimed_at"], name="turns_of_a_learner"),
    # What could not be checked by our fault is counted, and what somebody wrote is looked
    # through in its order, without a look at the rows.
    models.Index(
        fields=["finished_at"],
        condition=models.Q(state="faulted", unreadable__isnull=True),
        name="answers_not_checked",
    ),
    models.Index(fields=["user", "id"], name="answers_in_order"),
    models.Index(fields=["finished_at"], name="submissions_finished"),
    # Few were shown anything, and they are counted lab by lab.
    models.Index(
        fields=["lab", "user"],
        condition=models.Q(change_shown_at__isnull=False),
        name="changes_shown",
    ),
    models.Index(
        fields=["lab", "user"],
        condition=models.Q(solution_shown_at__isnull=False),
        name="solutions_shown",
    ),
]
