"""Questions in files → rows: plan first, then apply. What leaves the files is archived; answers
and cards stay, and what somebody reached by them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from labs.grading.quiz.reading import Question
from labs.quiz.carrying import carry_over, places_in
from labs.quiz.models import QuizAnswer, QuizQuestion
from labs.quiz.rendering import rendered
from labs.quiz.source import QuizSource, read_quiz
from labs.quiz.turning_back import keeping
from lessons.editions import new_edition
from lessons.kept_rows import Keep, keep_nothing
from lessons.models import Course, Lesson, Section
from lessons.rendering import renderer_version
from lessons.source import CourseSource, read_course
from lessons.sync import course_folders

KINDS = ("added", "changed", "moved", "revived", "removed")
Place = tuple[str, str, int]  # lesson, section, and which of the lesson's questions


@dataclass(slots=True)
class QuizPlan:
    """What becomes of the questions of one course. `changes`: by what happens, their slugs."""

    slug: str
    source: QuizSource
    changes: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, QuizQuestion] = field(default_factory=dict)
    is_ready: bool = True  # the lessons that it asks about are there

    @property
    def is_empty(self) -> bool:
        return not any(self.changes.values())

    @property
    def is_safe(self) -> bool:
        """Whoever has checked a lesson keeps that; what nobody can read yet cannot be asked."""
        return self.is_ready

    @property
    def title(self) -> str:
        return next((row.course.title for row in self.rows.values()), self.slug)

    def answered_by(self, kind: str) -> int:
        """How many learners answered these questions so far."""
        keys = [self.rows[slug].pk for slug in self.changes.get(kind, ()) if slug in self.rows]
        answers = QuizAnswer.objects.filter(question__in=keys)
        return answers.order_by().values("user").distinct().count() if keys else 0

    def lines(self) -> list[str]:
        return [f"questions of {self.slug}: {told}" for told in self.told()]

    def told(self) -> Iterator[str]:
        for kind in KINDS:
            if slugs := self.changes.get(kind):
                answered = self.answered_by(kind)
                by = f", answered by {answered} learners" if answered else ""
                yield f"{len(slugs)} {kind} ({named(slugs)}){by}"

    @transaction.atomic
    def apply(self, keep: Keep = keep_nothing) -> None:
        with keeping(self.slug, keep) as kept:
            before = places_in(self.slug)
            self.write()
            kept["carried"] = asdict(carry_over(before, places_in(self.slug)))

    def write(self) -> None:
        course = Course.objects.get(slug=self.slug)
        lessons = {one.slug: one for one in Lesson.objects.live().filter(course=course)}
        sections = {
            one.slug: one
            for one in Section.objects.live().filter(course=course).defer("text", "plain")
        }
        touched = {slug for slugs in self.changes.values() for slug in slugs}
        for question, (lesson, section, position) in placed(self.source):
            if question.slug in touched:
                place = {"lesson": lessons[lesson], "section": sections[section]}
                write(course, question, place | {"position": position})
        gone = QuizQuestion.objects.filter(course=course, slug__in=self.changes.get("removed", ()))
        gone.update(archived_at=timezone.now())
        Course.objects.filter(pk=course.pk).update(edition=new_edition())


def named(slugs: list[str], most: int = 5) -> str:
    more = [f"{len(slugs) - most} more"] if len(slugs) > most else []
    return ", ".join([*slugs[:most], *more])


def write(course: Course, question: Question, place: dict[str, Any]) -> None:
    QuizQuestion.objects.update_or_create(
        course=course,
        slug=question.slug,
        defaults=place
        | {
            "kind": question.kind,
            "level": question.level,
            "table": rendered(question),
            "content_hash": hash_of(question),
            "archived_at": None,
        },
    )


def hash_of(question: Question) -> str:
    """Of what it says and of the code that made HTML of it."""
    text = json.dumps(question.table, sort_keys=True, default=str)
    return hashlib.sha256(f"{text} {renderer_version()}".encode()).hexdigest()


def placed(source: QuizSource) -> Iterator[tuple[Question, Place]]:
    for lesson, questions in source.lessons.items():
        for position, question in enumerate(questions, start=1):
            yield question, (lesson, question.section, position)


def plan_quizzes(notes_dir: Path, courses: Iterable[CourseSource] | None = None) -> list[QuizPlan]:
    """One plan for each course whose questions change. SpecError and SourceError name file and
    key. `courses`: where they were read already."""
    if courses is None:
        courses = map(read_course, course_folders(notes_dir))
    sources = [read_quiz(notes_dir / course.slug, course) for course in courses]
    return [plan for plan in map(plan_quiz, sources) if not plan.is_empty]


def plan_quiz(source: QuizSource) -> QuizPlan:
    rows = {
        row.slug: row
        for row in QuizQuestion.objects.filter(course__slug=source.course).select_related(
            "course", "lesson", "section"
        )
    }
    found: dict[str, list[str]] = {}
    for question, place in placed(source):
        if kind := kind_of_change(question, place, rows.get(question.slug)):
            found.setdefault(kind, []).append(question.slug)
    asked = {question.slug for question in source.questions}
    found["removed"] = [
        slug for slug, row in rows.items() if slug not in asked and row.archived_at is None
    ]
    return QuizPlan(source.course, source, found, rows=rows, is_ready=is_there(source))


def is_there(source: QuizSource) -> bool:
    """Every lesson and section that something is asked about has its row."""
    if not source.questions:
        return True
    lessons = {slug for slug, questions in source.lessons.items() if questions}
    sections = {question.section for question in source.questions}
    live = {"course__slug": source.course, "archived_at": None}
    return lessons <= set(
        Lesson.objects.filter(**live).values_list("slug", flat=True)
    ) and sections <= set(Section.objects.filter(**live).values_list("slug", flat=True))


def kind_of_change(question: Question, place: Place, row: QuizQuestion | None) -> str:
    if row is None:
        return "added"
    if row.archived_at is not None:
        return "revived"
    if row.content_hash != hash_of(question):
        return "changed"
    section = row.section.slug if row.section else ""
    return "" if place == (row.lesson.slug, section, row.position) else "moved"
