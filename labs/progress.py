"""How learners stand with labs: for "your day", course pages and the instructor's grid."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, QuerySet

from labs.lab_state import UNTOUCHED, LabProgress, LabState
from labs.models import OPEN, Lab, State, Submission
from labs.own_answers import Group, OwnAnswers, best_percent, own_answers
from labs.shelves import Shelf, shelf_of
from lessons.models import Course
from lessons.people import User
from lessons.progress import Courses, percent


class CourseLabProgress(NamedTuple):
    """One learner with the labs of a course."""

    passed: int
    total: int

    @property
    def percent(self) -> int:
        return percent(self.passed, self.total)


def lab_progress_of(
    users: Iterable[User] | Collection[int] | QuerySet[Any], labs: Iterable[Lab]
) -> dict[tuple[int, int], LabProgress]:
    """(user pk, lab pk) → progress, in one query; a pair that is not there is UNTOUCHED.

    The query names no labs: PostgreSQL would look at all answers to each of them, whoever wrote
    them, to find a hundred learners' own.
    """
    wanted = {lab.pk for lab in labs}
    rows = (
        Submission.objects.filter(user__in=users)
        .order_by()
        .values_list("user_id", "lab_id", "state", "grade__passed")
        .annotate(
            number=Count("state"),
            best=best_percent(),
            last=Max("created_at"),
            first=Min("created_at"),
        )
    )
    groups: dict[tuple[int, int], list[Group]] = {}
    for user, lab, *group in rows:
        if lab in wanted:
            groups.setdefault((user, lab), []).append(Group(*group))
    return {pair: progress_in(found) for pair, found in groups.items()}


def progress_in(groups: list[Group]) -> LabProgress:
    graded = [group for group in groups if group.state == State.GRADED]
    return LabProgress(
        state=state_of(groups, graded),
        percent=max((one.percent for one in graded if one.percent is not None), default=None),
        attempts=sum(group.number for group in graded),
        faults=sum(group.number for group in groups if group.state == State.FAULTED),
        last_at=max((group.last_at for group in groups if group.last_at), default=None),
        passed_at=min(
            (one.first_at for one in graded if one.passed and one.first_at), default=None
        ),
    )


def state_of(groups: list[Group], graded: list[Group]) -> LabState:
    if any(group.passed for group in graded):
        return LabState.PASSED
    if any(group.state in OPEN for group in groups):
        return LabState.WAITING
    return LabState.TRIED if graded else LabState.FAULTED


def own_progress(user: User, labs: Collection[int]) -> dict[int, LabProgress]:
    """Lab pk → progress of one learner, without the times, for labs that were begun. One query,
    none where there is no lab: for one learner the rows are few, and cheaper than sums."""
    return progress_by_lab(own_answers(user, labs))


def progress_by_lab(answers: OwnAnswers) -> dict[int, LabProgress]:
    groups: dict[int, list[Group]] = {}
    for lab, group in answers.groups():
        groups.setdefault(lab, []).append(group)
    return {lab: progress_in(found) for lab, found in groups.items()}


class OwnLab(NamedTuple):
    """A lab with how one learner stands with it."""

    lab: Lab
    progress: LabProgress

    @property
    def state(self) -> LabState:
        return self.progress.state

    @property
    def percent(self) -> int | None:
        return self.progress.percent


def with_progress(labs: Collection[Lab], user: User) -> list[OwnLab]:
    """One query, none where there is no lab."""
    progress = own_progress(user, [lab.pk for lab in labs])
    return [OwnLab(lab, progress.get(lab.pk, UNTOUCHED)) for lab in labs]


def labs_of(courses: Iterable[Course]) -> dict[int, Lab]:
    """The live labs of the courses by their keys. No query."""
    found: dict[int, Lab] = {}
    for course in courses:
        found |= shelf_of(course.pk, course.edition).by_key
    return found


def passed_labs(shelf: Shelf, progress: Mapping[int, LabProgress]) -> CourseLabProgress:
    """`progress` is that of labs that were begun, of any course."""
    passed = sum(one.passed for key, one in progress.items() if key in shelf.by_key)
    return CourseLabProgress(passed, len(shelf.labs))


def open_labs(labs: Mapping[int, Lab], progress: Mapping[int, LabProgress]) -> Iterator[Lab]:
    """Those that were not passed."""
    for key, lab in labs.items():
        if not progress.get(key, UNTOUCHED).passed:
            yield lab


def states_of(user: User, labs: Collection[int]) -> dict[int, LabState]:
    """Lab pk → its state, for labs that were begun. One query, none where there is no lab."""
    return {lab: progress.state for lab, progress in own_progress(user, labs).items()}


def submissions_of(user: User, courses: Courses) -> QuerySet[Submission]:
    """Newest first, with lab and current grade; the answers themselves are not loaded."""
    rows = Submission.objects.filter(user=user.pk, lab__course__in=courses)
    return rows.lean().select_related("lab")
