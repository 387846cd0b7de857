"""Files → rows: plan what a change of the notes does, then apply it. Archives;
never deletes what carries progress."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from lessons.matching import NewLesson, NewSection, OldLesson, OldSection
from lessons.models import Completion, Course, Place
from lessons.plan import Plan, make_plan
from lessons.plan_words import change_lines
from lessons.source import CourseSource, read_course
from lessons.writer import Writer, content_hash


class StalePlan(RuntimeError):
    """The rows changed between planning and applying."""


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """What applying `source` would do; a course whose folder is gone has no source."""

    slug: str
    title: str
    source: CourseSource | None
    plan: Plan
    is_new: bool = False
    is_stale: bool = False  # anything at all has to be written

    @property
    def is_empty(self) -> bool:
        return not self.is_stale

    @property
    def is_safe(self) -> bool:
        return self.source is not None and self.plan.is_safe

    def lines(self) -> list[str]:
        """The plan for a reader, one change a line; none when there is nothing to do."""
        if self.is_empty:
            return []
        if self.source is None:
            return [
                f"- {self.slug}: its folder is gone; the course “{self.title}” would be archived "
                "with all progress"
            ]
        if self.is_new:
            return [
                f"+ {self.slug}: “{self.title}”, {len(self.source.modules)} modules, "
                f"{len(self.plan.lessons)} lessons, {len(self.plan.sections)} sections"
            ]
        return [f"{self.slug}: “{self.title}”", *change_lines(self.plan)]

    def apply(self) -> None:
        """All of it or nothing. Raises StalePlan when somebody applied something else meanwhile."""
        with transaction.atomic():
            Course.objects.select_for_update().filter(slug=self.slug).first()
            fresh = self.planned_again()
            if fresh.is_empty:
                return
            if fresh.lines() != self.lines():
                raise StalePlan(
                    f"{self.slug}: the course changed since it was planned; plan it again"
                )
            if fresh.source is None:
                Course.objects.filter(slug=self.slug).update(archived_at=timezone.now())
            else:
                Writer(fresh.source, fresh.plan).write()

    def planned_again(self) -> CoursePlan:
        if self.source is None:
            return plan_archiving(Course.objects.get(slug=self.slug))
        return plan_course(self.source)


def course_folders(notes_dir: Path) -> list[Path]:
    return sorted(path.parent for path in notes_dir.glob("*/course.toml"))


def plan_courses(notes_dir: Path) -> list[CoursePlan]:
    """One plan for each course in the folder, and for each in the database that has left it.
    Raises SourceError."""
    sources = [read_course(folder) for folder in course_folders(notes_dir)]
    gone = (
        Course.objects.live().exclude(slug__in=[source.slug for source in sources]).order_by("slug")
    )
    return [
        *(plan_course(source) for source in sources),
        *(plan_archiving(course) for course in gone),
    ]


def plan_course(source: CourseSource) -> CoursePlan:
    course = Course.objects.filter(slug=source.slug).first()
    stale = (
        course is None
        or course.archived_at is not None
        or course.content_hash != content_hash(source)
    )
    return CoursePlan(
        slug=source.slug,
        title=source.title,
        source=source,
        plan=make_plan(
            old_lessons(course), new_lessons(source), old_sections(course), new_sections(source)
        ),
        is_new=course is None,
        is_stale=stale,
    )


def plan_archiving(course: Course) -> CoursePlan:
    return CoursePlan(
        slug=course.slug,
        title=course.title,
        source=None,
        plan=Plan((), ()),
        is_stale=course.archived_at is None,
    )


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
