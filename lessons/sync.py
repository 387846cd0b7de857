"""Files → rows: plan what a change of the notes does, then apply it. Archives;
never deletes what carries progress."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from lessons.carrying import count_completed
from lessons.glossary_rows import term_changes
from lessons.matching import NewLesson, NewSection, OldLesson, OldSection
from lessons.models import Completion, Course, Place
from lessons.plan import Plan, make_plan
from lessons.plan_words import change_lines
from lessons.source import CourseSource, read_course
from lessons.writer import Writer, content_hash

NOTHING = Plan((), ())
# Every sync writes another one. None: there is no such course yet.
Version = tuple[int, str, datetime | None, datetime | None] | None


class StalePlan(RuntimeError):
    """The rows changed between planning and applying."""


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """What applying `source` would do; a course whose folder is gone has no source."""

    slug: str
    title: str
    source: CourseSource | None
    plan: Plan
    version: Version = None
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
        """All of it or nothing. Raises StalePlan when somebody applied something else meanwhile.

        Planning and rendering take their time before anything is locked; then a look at the version
        says whether that is still true, and if not, it is done anew.
        """
        plan = self
        while not (plan.is_empty or plan.is_written()):
            plan = self.planned_again()
            if not plan.is_empty and plan.lines() != self.lines():
                raise StalePlan(
                    f"{self.slug}: the course changed since it was planned; plan it again"
                )

    def is_written(self) -> bool:
        """False, and nothing was done, where the course is no longer what was planned from."""
        writer = Writer(self.source, self.plan) if self.source else None
        with transaction.atomic():
            if version_of(Course.objects.select_for_update(), self.slug) != self.version:
                return False
            if self.is_safe and loses_by_now(self.plan):
                return False
            if writer:
                writer.write()
            else:
                Course.objects.filter(slug=self.slug).update(archived_at=timezone.now())
        return True

    def planned_again(self) -> CoursePlan:
        if self.source is None:
            return plan_archiving(Course.objects.get(slug=self.slug))
        return plan_course(self.source)


def course_folders(notes_dir: Path) -> list[Path]:
    return sorted(path.parent for path in notes_dir.glob("*/course.toml"))


def plan_courses(notes_dir: Path) -> list[CoursePlan]:
    """One plan for each course in the folder, and for each in the database that has left it: what
    no sync brought was never there (`manage.py seed_load`). Raises SourceError."""
    sources = [read_course(folder) for folder in course_folders(notes_dir)]
    synced = Course.objects.live().filter(synced_at__isnull=False).order_by("slug")
    gone = synced.exclude(slug__in=[source.slug for source in sources])
    return [
        *(plan_course(source) for source in sources),
        *(plan_archiving(course) for course in gone),
    ]


def version_of(courses: QuerySet[Course], slug: str) -> Version:
    found = courses.filter(slug=slug)
    return found.values_list("pk", "content_hash", "synced_at", "archived_at").first()


def plan_course(source: CourseSource) -> CoursePlan:
    """The version is read first: whatever is read after it and is newer makes the plan stale."""
    version = version_of(Course.objects.all(), source.slug)
    is_stale = version is None or version[1] != content_hash(source) or version[3] is not None
    return CoursePlan(
        slug=source.slug,
        title=source.title,
        source=source,
        plan=plan_of(source) if is_stale else NOTHING,
        version=version,
        is_new=version is None,
        is_stale=is_stale,
    )


def plan_of(source: CourseSource) -> Plan:
    course = Course.objects.filter(slug=source.slug).first()
    plan = make_plan(
        old_lessons(course), new_lessons(source), old_sections(course), new_sections(source)
    )
    return replace(plan, terms=term_changes(course, source.glossary)).counted(count_completed)


def plan_archiving(course: Course) -> CoursePlan:
    return CoursePlan(
        slug=course.slug,
        title=course.title,
        source=None,
        plan=NOTHING,
        version=version_of(Course.objects.all(), course.slug),
        is_stale=course.archived_at is None,
    )


def loses_by_now(plan: Plan) -> bool:
    """Whether somebody completed, or stopped in, what nobody had when it was planned."""
    gone = [change.old.key for change in plan.lessons if change.is_gone and change.old]
    return any(
        rows.objects.filter(lesson__in=gone).exists() for rows in (Completion, Place)
    ) or any(
        count_completed(change.parts).partly for change in plan.lessons if "merged" in change.kinds
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
