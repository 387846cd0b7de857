"""Files → rows: plan what a change of the notes does, then apply it. Archives;
never deletes what carries progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lessons.carrying import count_completed
from lessons.glossary_rows import term_changes
from lessons.kept_rows import Keep, keep_nothing
from lessons.matching import NOTHING_SAID, Said
from lessons.models import Completion, Course, Place
from lessons.plan import Plan, make_plan
from lessons.plan_words import change_lines
from lessons.sides import new_lessons, new_sections, old_lessons, old_sections
from lessons.source import CourseSource
from lessons.translations import read_with_translations
from lessons.turning_back import keeping
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
    said: Said = NOTHING_SAID
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

    def apply(self, keep: Keep = keep_nothing) -> None:
        """All of it or nothing. Raises StalePlan when somebody applied something else meanwhile.

        Planning and rendering take their time before anything is locked; then a look at the version
        says whether that is still true, and if not, it is done anew.
        """
        plan = self
        while not (plan.is_empty or plan.is_written(plan.writer(), keep)):
            plan = self.planned_again()
            if not plan.is_empty and plan.lines() != self.lines():
                raise StalePlan(
                    f"{self.slug}: the course changed since it was planned; plan it again"
                )

    def writer(self) -> Writer | None:
        """With all that takes its time done, before anything is locked."""
        return Writer(self.source, self.plan) if self.source else None

    def is_written(self, writer: Writer | None, keep: Keep = keep_nothing) -> bool:
        """False, and nothing was done, where the course is no longer what was planned from."""
        with transaction.atomic():
            if version_of(Course.objects.select_for_update(), self.slug) != self.version:
                return False
            if self.is_safe and loses_by_now(self.plan):
                return False
            with keeping(self.slug, keep):
                if writer:
                    writer.write()
                else:
                    Course.objects.filter(slug=self.slug).update(archived_at=timezone.now())
        return True

    def planned_again(self) -> CoursePlan:
        if self.source is None:
            return plan_archiving(Course.objects.get(slug=self.slug))
        return plan_course(self.source, self.said)


def course_folders(notes_dir: Path) -> list[Path]:
    return sorted(path.parent for path in notes_dir.glob("*/course.toml"))


def read_courses(notes_dir: Path) -> list[CourseSource]:
    """Raises SourceError."""
    return [read_with_translations(folder) for folder in course_folders(notes_dir)]


def plan_courses(notes_dir: Path) -> list[CoursePlan]:
    """Raises SourceError."""
    return plan_sources(read_courses(notes_dir))


def plan_sources(
    sources: Sequence[CourseSource], said: Mapping[str, Said] | None = None
) -> list[CoursePlan]:
    """One plan for each course, and for each in the database whose folder is gone: what no sync
    brought was never there (`manage.py seed_load`). `said`: by the course's slug."""
    synced = Course.objects.live().filter(synced_at__isnull=False).order_by("slug")
    gone = synced.exclude(slug__in=[source.slug for source in sources])
    return [
        *(plan_course(source, (said or {}).get(source.slug, NOTHING_SAID)) for source in sources),
        *(plan_archiving(course) for course in gone),
    ]


def version_of(courses: QuerySet[Course], slug: str) -> Version:
    found = courses.filter(slug=slug)
    return found.values_list("pk", "content_hash", "synced_at", "archived_at").first()


def plan_course(source: CourseSource, said: Said = NOTHING_SAID) -> CoursePlan:
    """The version is read first: whatever is read after it and is newer makes the plan stale."""
    version = version_of(Course.objects.all(), source.slug)
    is_stale = version is None or version[1] != content_hash(source) or version[3] is not None
    return CoursePlan(
        slug=source.slug,
        title=source.title,
        source=source,
        plan=plan_of(source, said) if is_stale else NOTHING,
        version=version,
        said=said,
        is_new=version is None,
        is_stale=is_stale,
    )


def plan_of(source: CourseSource, said: Said) -> Plan:
    course = Course.objects.filter(slug=source.slug).first()
    plan = make_plan(
        old_lessons(course), new_lessons(source), old_sections(course), new_sections(source), said
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
