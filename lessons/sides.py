"""The two sides that a plan compares: the rows of a course, and what its files say."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from lessons.matching import NewLesson, NewSection, OldLesson, OldSection
from lessons.models import Completion, Course, Place
from lessons.source import CourseSource


def old_lessons(course: Course | None) -> list[OldLesson]:
    if course is None:
        return []
    counted = course.lessons.select_related("module").annotate(
        learners=number_of(Completion), readers=number_of(Place)
    )
    return [
        OldLesson(
            key=row.pk,
            slug=row.slug,
            title=row.title,
            module=row.module.slug,
            learners=row.learners,
            readers=row.readers,
            archived=bool(row.archived_at),
        )
        for row in counted
    ]


def number_of(rows: type[Completion] | type[Place]) -> Coalesce:
    """Rows of a lesson, counted by themselves: joined, a thousand completions and a thousand places
    would be a million rows to count."""
    of_this = rows.objects.filter(lesson=OuterRef("pk")).order_by().values("lesson")
    return Coalesce(Subquery(of_this.annotate(number=Count("pk")).values("number")), 0)


def new_lessons(source: CourseSource) -> list[NewLesson]:
    return [
        NewLesson(slug=lesson.slug, title=lesson.title, module=module.slug, was=lesson.was)
        for module in source.modules
        for lesson in module.lessons
    ]


def old_sections(course: Course | None) -> list[OldSection]:
    rows = course.sections.select_related("lesson") if course else []
    return [
        OldSection(
            key=row.pk,
            slug=row.slug,
            title=row.title,
            text=row.text,
            lesson=row.lesson.slug,
            archived=bool(row.archived_at),
        )
        for row in rows
    ]


def new_sections(source: CourseSource) -> list[NewSection]:
    return [
        NewSection(
            slug=one.heading.slug,
            title=one.heading.title,
            text=one.heading.text,
            lesson=lesson.slug,
            pinned=one.heading.pinned,
        )
        for lesson in source.lessons
        for one in lesson.sections
    ]
