"""Lessons that become complete without a press, where a cohort counts what was checked or mastered.

Whoever counts counts completions (`lessons.models.Completion`): they are written when the rule is
reached, in the transaction that reaches it. Where the rule came later, an instructor is told how
many would be written, and writes them. None is ever taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from labs.mastery import reaches
from labs.models import Effort, Lab
from labs.quiz.locking import lock
from labs.quiz.models import LessonCheck
from labs.quiz.sheets import sheet_of
from labs.reached import lab_passed, lesson_checked
from labs.shelves import shelf_of
from lessons.compiled import Compiled
from lessons.models import Completion, Lesson
from lessons.people import CLICK, MASTERED
from portal.cohorts.belonging import ENROLMENT, enrolments_in
from portal.cohorts.models import Cohort, Membership
from portal.cohorts.standing import columns_of


def listen() -> None:
    lesson_checked.connect(on_check)
    lab_passed.connect(on_pass)


def on_check(*, user: int, lesson: Lesson, **_signal: Any) -> None:
    complete_if_reached(user, lesson, rule_of(user, lesson.course_id))


def on_pass(*, user: int, lab: Lab, **_signal: Any) -> None:
    """One query where labs are not part of the rule."""
    if rule_of(user, lab.course_id) != MASTERED:
        return
    known = shelf_of(lab.course_id, lab.course.edition).by_key.get(lab.pk)
    if known and known.home and known.home.archived_at is None:
        complete_if_reached(user, known.home.lesson, MASTERED)


def rule_of(user: int, course: int) -> str:
    """What completes a lesson of the course for them."""
    mine = enrolments_in(OWN.rows(user=user))
    return next((one.counts for one in mine if one.course == course), CLICK)


OWN = Compiled(lambda user: Membership.objects.filter(user=user).values_list(*ENROLMENT), user=-1)


def complete_if_reached(user: int, lesson: Lesson, rule: str) -> None:
    if rule == CLICK:
        return
    lock(user)  # what else they reach at the same moment is seen, or sees this
    if reaches(rule, **facts_of(user, lesson)):
        Completion.objects.get_or_create(user_id=user, lesson=lesson)


def facts_of(user: int, lesson: Lesson) -> dict[str, Any]:
    course = lesson.course_id, lesson.course.edition
    labs = shelf_of(*course).by_home.get(lesson.pk, ())
    passed = Effort.objects.filter(user=user, lab__in=labs, passed_at__isnull=False)
    return {
        "asks": bool(sheet_of(*course).of(lesson)),
        "is_checked": LessonCheck.objects.filter(user=user, lesson=lesson.pk).exists(),
        "labs": len(labs),
        "passed": passed.count(),
    }


# --- What was reached before the rule -------------------------------------------------------------


@dataclass(frozen=True)
class Reached:
    """What is complete by a cohort's rule, and was not completed."""

    rows: list[Completion]

    @property
    def lessons(self) -> int:
        return len(self.rows)

    @property
    def learners(self) -> int:
        return len({row.user_id for row in self.rows})

    def apply(self) -> None:
        """Who completes one of them meanwhile keeps theirs."""
        Completion.objects.bulk_create(self.rows, batch_size=1000, ignore_conflicts=True)


def reached_in(cohort: Cohort) -> Reached:
    """Four queries; none where a press counts."""
    if cohort.counts == CLICK:
        return Reached([])
    lessons, labs = columns_of(cohort)
    rows = [
        Completion(user_id=user, lesson=lesson, completed_at=at)
        for user, lesson, at in reached_by_all(cohort, lessons, labs)
    ]
    return Reached(rows)


def reached_by_all(
    cohort: Cohort, lessons: list[Lesson], labs: list[Lab]
) -> Iterator[tuple[int, Lesson, datetime]]:
    """Who, what, and since when."""
    checks = times_of(cohort, LessonCheck, "lesson", lessons, "checked_at")
    passes = times_of(cohort, Effort, "lab", labs, "passed_at")
    done = times_of(cohort, Completion, "lesson", lessons, "completed_at")
    for lesson in lessons:
        course = lesson.course_id, lesson.course.edition
        asks, here = bool(sheet_of(*course).of(lesson)), shelf_of(*course).by_home.get(lesson.pk)
        keys = [lab.pk for lab in here or ()]
        checked = checks.get(lesson.pk, {})
        learners = set(checked)
        if cohort.counts == MASTERED:  # else nothing hangs on a lab
            learners |= {user for key in keys for user in passes.get(key, ())}
        for user in learners:
            times = [passes[key][user] for key in keys if user in passes.get(key, ())]
            is_reached = reaches(
                cohort.counts,
                asks=asks,
                is_checked=user in checked,
                labs=len(keys),
                passed=len(times),
            )
            if is_reached and user not in done.get(lesson.pk, {}):
                counted = times if cohort.counts == MASTERED else []
                yield user, lesson, max([*counted, *filter(None, [checked.get(user)])])


Times = dict[int, dict[int, datetime]]  # of an item's key: users, and when


def times_of(cohort: Cohort, model: Any, item: str, items: list[Any], at: str) -> Times:
    rows = model.objects.filter(
        **{"user__in": cohort.learners, f"{item}__in": [one.pk for one in items]},
        **{f"{at}__isnull": False},
    )
    found: Times = {}
    for key, user, when in rows.order_by().values_list(f"{item}_id", "user_id", at):
        found.setdefault(key, {})[user] = when
    return found
