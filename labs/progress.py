"""How learners stand with labs: for "your day", course pages and the instructor's grid."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import NullIf

from labs.lab_state import UNTOUCHED, LabProgress, LabState
from labs.models import OPEN, Lab, State, Submission
from lessons.models import Course
from lessons.people import User


@dataclass(frozen=True, slots=True)
class CourseLabProgress:
    """One learner with the labs of a course. `next` is the first lab not passed."""

    passed: int
    total: int
    next: Lab | None

    @property
    def percent(self) -> int:
        return 100 * self.passed // self.total if self.total else 0


def lab_progress_of(
    users: Iterable[User] | Collection[int] | QuerySet[Any], labs: Iterable[Lab]
) -> dict[tuple[int, int], LabProgress]:
    """(user pk, lab pk) → progress, in one query; a pair that is not there is UNTOUCHED."""
    percent = F("grade__points") * 100 / NullIf(F("grade__max_points"), 0)
    rows = (
        Submission.objects.filter(user__in=users, lab__in=labs)
        .order_by()
        .values("user_id", "lab_id")
        .annotate(
            best=Max(percent, filter=Q(state=State.GRADED)),
            passes=Count("pk", filter=Q(state=State.GRADED, grade__passed=True)),
            attempts=Count("pk", filter=Q(state=State.GRADED)),
            waiting=Count("pk", filter=Q(state__in=OPEN)),
            faults=Count("pk", filter=Q(state=State.FAULTED)),
            last_at=Max("created_at"),
        )
    )
    return {(row["user_id"], row["lab_id"]): read_row(row) for row in rows}


def read_row(row: dict[str, Any]) -> LabProgress:
    return LabProgress(
        state=state_of(row),
        percent=row["best"],
        attempts=row["attempts"],
        faults=row["faults"],
        last_at=row["last_at"],
    )


def state_of(row: dict[str, Any]) -> LabState:
    if row["passes"]:
        return LabState.PASSED
    if row["waiting"]:
        return LabState.WAITING
    if row["attempts"]:
        return LabState.TRIED
    return LabState.FAULTED if row["faults"] else LabState.NEW


def with_progress(labs: Iterable[Lab], user: User) -> list[Lab]:
    """The labs, each with `.progress` of this user. One query besides the labs' own."""
    found = list(labs)
    progress = lab_progress_of([user], found)
    for lab in found:
        lab.progress = progress.get((user.pk, lab.pk), UNTOUCHED)
    return found


def labs_by_lesson(user: User, course: Course) -> dict[int, list[Lab]]:
    """Lesson pk → the labs at home in it, in order, each with `.state` of this user.
    One query."""
    own = Submission.objects.filter(user=user.pk, lab=OuterRef("pk"))
    labs = Lab.objects.live().filter(
        course=course, home__archived_at__isnull=True, home__isnull=False
    )
    labs = labs.annotate(
        lesson_pk=F("home__lesson"),
        passes=Exists(own.filter(state=State.GRADED, grade__passed=True)),
        waiting=Exists(own.filter(state__in=OPEN)),
        attempts=Exists(own.filter(state=State.GRADED)),
        faults=Exists(own.filter(state=State.FAULTED)),
    )
    found: dict[int, list[Lab]] = {}
    lab: Any
    for lab in labs:
        lab.state = state_of(vars(lab))
        found.setdefault(lab.lesson_pk, []).append(lab)
    return found


def course_labs(user: User, courses: Iterable[Course]) -> dict[int, CourseLabProgress]:
    """Course pk → how far `user` is with its labs. Two queries for any number of courses."""
    wanted = list(courses)
    labs = with_progress(
        Lab.objects.live().filter(course__in=wanted).select_related("course"), user
    )
    return {
        course.pk: count([lab for lab in labs if lab.course_id == course.pk]) for course in wanted
    }


def count(labs: list[Any]) -> CourseLabProgress:
    open_labs = [lab for lab in labs if not lab.progress.passed]
    return CourseLabProgress(
        len(labs) - len(open_labs), len(labs), open_labs[0] if open_labs else None
    )


def submissions_of(user: User, course: Course) -> QuerySet[Submission]:
    """Newest first, with lab and current grade; the answers themselves are not loaded."""
    rows = Submission.objects.filter(user=user.pk, lab__course=course)
    return rows.lean().select_related("lab")


def recent_verdicts(user: User, *, limit: int = 5) -> QuerySet[Submission]:
    """The latest verdicts (and faults) of the courses that the user still sees."""
    rows = Submission.objects.filter(user=user.pk, lab__in=Lab.objects.visible_to(user)).exclude(
        state__in=OPEN
    )
    return rows.lean().select_related("lab").order_by("-finished_at")[:limit]
