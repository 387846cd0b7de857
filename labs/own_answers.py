"""What one learner handed in, without the texts: all that lists and sums say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.db.models import Count, F, Max
from django.db.models.functions import NullIf
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from labs.models import OPEN, Lab, State, Submission
from lessons.compiled import Compiled
from lessons.people import User


class ShownAs(NamedTuple):
    """What the badge of an answer says of it: the same for many."""

    state: str
    passed: bool
    unreadable: bool
    solution_shown_at: bool


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

    @property
    def shown_as(self) -> ShownAs:
        """No longer open."""
        shown = self.solution_shown_at is not None
        return ShownAs(self.state, self.passed, bool(self.unreadable), shown)

    def get_absolute_url(self) -> str:
        return reverse("labs:attempt_detail", args=[self.pk])


class Group(NamedTuple):
    """The answers of one learner to one lab that ended alike."""

    state: str
    passed: bool | None
    number: int
    percent: int | None
    last_at: datetime | None = None
    first_at: datetime | None = None


class OwnAnswers(NamedTuple):
    """`latest` first. Of those before them, sums: pages of somebody with two thousand answers
    would cost four times as much, and say the same."""

    latest: Sequence[OwnAnswer] = ()
    older: Sequence[tuple[int, Group]] = ()  # lab, and what was answered to it

    def groups(self) -> Iterator[tuple[int, Group]]:
        for one in self.latest:
            yield one.lab, Group(one.state, one.passed, 1, one.percent)
        yield from self.older


COLUMNS = ["pk", "lab", "state", "finished_at", "unreadable", "solution_shown_at"]
OF_GRADE = ["grade__points", "grade__max_points", "grade__passed"]
FEW = 100  # rows that cost less than a query for their sums


def own_answers(user: User, labs: Collection[int]) -> OwnAnswers:
    """To the labs of these keys. One query, none where there is no lab; two for many answers."""
    mine = {"user": user.pk, "labs": [*labs]}
    latest = [OwnAnswer(*row) for row in LATEST.rows(**mine)]
    if len(latest) < FEW:
        return OwnAnswers(latest)
    older = OLDER.rows(before=latest[-1].pk, **mine)
    return OwnAnswers(latest, [(lab, Group(*group)) for lab, *group in older])


def best_percent() -> Max:
    return Max(F("grade__points") * 100 / NullIf(F("grade__max_points"), 0))


LATEST = Compiled(
    lambda user, labs: (
        Submission.objects.filter(user=user, lab__in=labs)
        .order_by("-pk")
        .values_list(*COLUMNS, *OF_GRADE)[:FEW]
    ),
    user=-1,
    labs=[-2],
)
OLDER = Compiled(
    lambda user, labs, before: (
        Submission.objects.filter(user=user, lab__in=labs, pk__lt=before)
        .order_by()
        .values_list("lab_id", "state", "grade__passed")
        .annotate(number=Count("state"), best=best_percent())
    ),
    user=-1,
    labs=[-2],
    before=1_000_003,
)


class Told(NamedTuple):
    """An answer that is no longer open, and its lab."""

    answer: OwnAnswer
    lab: Lab

    @property
    def when(self) -> SafeString:
        at = self.answer.finished_at
        assert at is not None
        words = '<time class="meta" datetime="{}">{}</time>'
        return format_html(words, localtime(at).isoformat(), naturaltime(at))


def recent_verdicts(answers: OwnAnswers, labs: Mapping[int, Lab], *, limit: int = 5) -> list[Told]:
    """The latest verdicts, and faults."""
    told = [
        (one.finished_at, one.pk, one)
        for one in answers.latest
        if one.state not in OPEN and one.finished_at
    ]
    return [Told(one, labs[one.lab]) for _at, _pk, one in sorted(told, reverse=True)[:limit]]
