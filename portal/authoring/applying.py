"""Exactly the plan that somebody read, or nothing; and the way back."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from labs.models import Lab
from labs.quiz.sync import QuizPlan
from labs.quiz.turning_back import WayBack as QuizWayBack
from labs.sync import LabPlan
from labs.turning_back import WayBack as LabWayBack
from lessons.models import Course
from lessons.people import User
from lessons.sync import CoursePlan, version_of
from lessons.toml_table import SourceError
from lessons.turning_back import WayBack as CourseWayBack
from portal.audit.models import What
from portal.audit.record import record
from portal.authoring.models import Change, KeptContent
from portal.authoring.planning import Answers, Planned, plan_content, version_of_lab
from portal.authoring.rows import rows_of_plan
from portal.indexes import plan_indexes

KEPT_CHANGES = 20  # with what undoing them needs; what they changed can be read for ever


class Outdated(RuntimeError):
    """Files or rows are not what was planned from; nothing was done."""


def apply(answers: Answers, *, fingerprint: str, by: User) -> Change:
    planned = plan_content(answers)
    if planned.is_empty or planned.fingerprint != fingerprint or not planned.is_answered:
        raise Outdated
    rows = rows_of_plan(planned)
    written = [(plan, plan.writer()) for plan in planned.courses]  # before anything is locked
    with transaction.atomic():
        lock_courses()
        check_labs(planned)
        change = Change.objects.create(author_id=by.pk, rows=rows)
        for plan, writer in written:
            if not plan.is_written(writer, change.keep):
                raise Outdated
        for lab in planned.labs:
            lab.apply(change.keep)
        for quiz in planned.quizzes:
            quiz.apply(change.keep)
        finish(change, "applied")
    renew_indexes()
    return change


def renew_indexes() -> None:
    """Made of rows: should that fail, the next sync does it."""
    with suppress(SourceError):
        for plan in plan_indexes(settings.NOTES_DIR):
            plan.apply()


def lock_courses() -> None:
    """Whoever else applies something waits here."""
    list(Course.objects.select_for_update().order_by("pk").values_list("pk"))


def check_labs(planned: Planned) -> None:
    seen = {plan.slug: row_of(plan.lab) for plan in planned.labs}
    rows = Lab.objects.filter(slug__in=seen).prefetch_related("translations")
    now = {lab.slug: row_of(lab) for lab in rows}
    if any(now.get(slug, ()) != row for slug, row in seen.items()):
        raise Outdated


def row_of(lab: Lab | None) -> tuple[Any, ...]:
    return version_of_lab(lab) if lab else ()


def finish(change: Change, how: str) -> None:
    """In the same transaction."""
    names = sorted(change.kept.values_list("slug", flat=True))
    record(What.CONTENT, about=f"{how} ({change.pk}): {', '.join(names)}")
    old = Change.objects.values_list("pk", flat=True)[KEPT_CHANGES:]
    KeptContent.objects.filter(change__in=list(old)).delete()


def alone(plan: CoursePlan | LabPlan | QuizPlan) -> Planned:
    match plan:
        case CoursePlan():
            return Planned((plan,), ())
        case LabPlan():
            return Planned((), (plan,))
        case QuizPlan():
            return Planned((), (), (plan,))


class CommandChange:
    """What a run of `manage.py sync_content` applies: one change, however many plans."""

    def __init__(self) -> None:
        self.change: Change | None = None

    def apply(self, plan: CoursePlan | LabPlan | QuizPlan) -> None:
        rows = rows_of_plan(alone(plan))
        change = self.change = self.change or Change.objects.create(is_by_command=True)

        def keep(what: str, slug: str, kept: dict[str, Any]) -> None:
            change.keep(what, slug, kept)
            change.rows = [*change.rows, *rows]
            change.save(update_fields=["rows"])

        plan.apply(keep)

    def end(self) -> None:
        if self.change and self.change.kept.exists():
            finish(self.change, "applied by command")
        elif self.change:
            self.change.delete()


# --- The way back ---------------------------------------------------------------------------------


class Undoing:
    def __init__(self, change: Change) -> None:
        self.change = change
        kept = list(change.kept.order_by("pk"))
        self.courses = [CourseWayBack(one.slug, one.rows) for one in kept if one.what == "course"]
        labs = [LabWayBack(one.slug, one.rows) for one in kept if one.what == "lab"]
        quizzes = [QuizWayBack(one.slug, one.rows) for one in kept if one.what == "quiz"]
        self.ways: list[CourseWayBack | LabWayBack | QuizWayBack] = [
            *self.courses,
            *labs,
            *quizzes,
        ]

    @property
    def is_open(self) -> bool:
        """Nothing was applied since to what it changed, and it is known what stood there."""
        return (
            bool(self.ways) and not self.change.undone_at and all(way.is_open for way in self.ways)
        )

    @property
    def plans(self) -> list[CoursePlan]:
        """What it does to lessons and completions."""
        return [
            CoursePlan(
                way.slug,
                way.course.title,
                None,
                way.plan,
                version=version_of(Course.objects.all(), way.slug),
                is_stale=True,
            )
            for way in self.courses
        ]

    def undo(self, by: User | None = None) -> bool:
        with transaction.atomic():
            lock_courses()
            if not self.is_open:
                return False
            mine = Change.objects.filter(pk=self.change.pk, undone_at=None)
            if not mine.update(undone_at=timezone.now(), undone_by=by and by.pk):
                return False
            for way in self.ways:
                way.write()
            finish(self.change, "undone")
        renew_indexes()
        return True
