"""What one learner handed in, without the texts: all that lists and sums say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from labs.models import OPEN, Lab, State, Submission
from lessons.compiled import Compiled
from lessons.people import User


class OwnAnswer(NamedTuple):
    pk: int
    lab: int
    state: str
    finished_at: datetime | None
    unreadable: object
    solution_shown_at: datetime | None
    points: int | None
    most: int | None
    is_passed: bool | None

    @property
    def passed(self) -> bool:
        return self.state == State.GRADED and bool(self.is_passed)

    @property
    def percent(self) -> int | None:
        if self.state != State.GRADED or self.points is None or not self.most:
            return None
        return self.points * 100 // self.most

    def get_absolute_url(self) -> str:
        return reverse("labs:attempt_detail", args=[self.pk])


COLUMNS = ["pk", "lab", "state", "finished_at", "unreadable", "solution_shown_at"]
OF_GRADE = ["grade__points", "grade__max_points", "grade__passed"]


def own_answers(user: User, labs: Collection[Lab]) -> list[OwnAnswer]:
    """One query, none where there is no lab."""
    rows = OWN_ANSWERS.rows(user=user.pk, labs=[lab.pk for lab in labs])
    return [OwnAnswer(*row) for row in rows]


OWN_ANSWERS = Compiled(
    lambda user, labs: (
        Submission.objects.filter(user=user, lab__in=labs)
        .order_by()
        .values_list(*COLUMNS, *OF_GRADE)
    ),
    user=-1,
    labs=[-2],
)


class Told(NamedTuple):
    """An answer that is no longer open, and its lab."""

    answer: OwnAnswer
    lab: Lab


def recent_verdicts(
    answers: Iterable[OwnAnswer], labs: Mapping[int, Lab], *, limit: int = 5
) -> list[Told]:
    """The latest verdicts, and faults."""
    told = [
        (one.finished_at, one.pk, one)
        for one in answers
        if one.state not in OPEN and one.finished_at
    ]
    return [Told(one, labs[one.lab]) for _at, _pk, one in sorted(told, reverse=True)[:limit]]
