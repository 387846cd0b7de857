"""Files → rows: plan what a change of the notes does, then apply it. Archives;
never deletes what carries progress."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from lessons.models import Course, Lesson, Module, Section
from lessons.plan import (
    LessonChange,
    NewLesson,
    NewSection,
    OldLesson,
    OldSection,
    Plan,
    SectionChange,
    make_plan,
    text_hash,
)
from lessons.rendering import render_lesson, renderer_version
from lessons.source import CourseSource, LessonSource, read_course

MARKS = {"added": "+", "revived": "+", "split": "+", "removed": "-"}


class StalePlan(RuntimeError):
    """The rows changed between planning and applying."""


@dataclass(frozen=True)
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
            modules, lessons, sections = (
                len(self.source.modules),
                len(self.plan.lessons),
                len(self.plan.sections),
            )
            return [
                f"+ {self.slug}: “{self.title}”, {modules} modules, {lessons} lessons, {sections} "
                "sections"
            ]
        changes = [*lesson_lines(self.plan), *section_lines(self.plan)]
        return [
            f"{self.slug}: “{self.title}”",
            *(changes or ["  ~ arrangement, notes or layout only"]),
        ]

    def apply(self) -> None:
        """All of it or nothing. Raises StalePlan when somebody applied something else meanwhile."""
        with transaction.atomic():
            Course.objects.select_for_update().filter(slug=self.slug).first()
            fresh = (
                plan_course(self.source)
                if self.source
                else plan_archiving(Course.objects.get(slug=self.slug))
            )
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


def lesson_lines(plan: Plan) -> Iterator[str]:
    for change in plan.lessons:
        if not change.kinds:
            continue
        old, new = change.old, change.new
        words = " → ".join(dict.fromkeys(f"“{side.title}”" for side in (old, new) if side))
        progress = f"completed by {people(old.learners)}" if old else ""
        if change.loses_progress:
            progress += (
                f", {people(old.readers) if old else ''} stopped there; kept, but no longer shown"
            )
        yield line(change.kinds, f"lesson {words}", progress)


def section_lines(plan: Plan) -> Iterator[str]:
    for change in plan.sections:
        if not change.kinds:
            continue
        old, new = change.old, change.new
        words = " → ".join(dict.fromkeys(f"“{side.title}”" for side in (old, new) if side))
        homes = " → ".join(dict.fromkeys(side.lesson for side in (old, new) if side))
        yield line(
            change.kinds,
            f"{words} in {homes}",
            f"completed by {people(change.learners)}" if old else "",
        )


def line(kinds: tuple[str, ...], words: str, progress: str) -> str:
    mark = next((MARKS[kind] for kind in kinds if kind in MARKS), "~")
    return f"  {mark} {', '.join(kinds)}: {words}" + (f" ({progress})" if progress else "")


def people(count: int) -> str:
    return "1 learner" if count == 1 else f"{count} learners"


# --- Planning -------------------------------------------------------------------------------------


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


def content_hash(source: CourseSource) -> str:
    """Of the files and of the code that renders them."""
    return hashlib.sha256(f"{source.content_hash} {renderer_version()}".encode()).hexdigest()


def old_lessons(course: Course | None) -> list[OldLesson]:
    if course is None:
        return []
    counted = course.lessons.select_related("module").annotate(
        learners=Count("completions", distinct=True), readers=Count("places", distinct=True)
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


# --- Applying -------------------------------------------------------------------------------------


class Writer:
    """Writes one planned course, inside the caller's transaction."""

    def __init__(self, source: CourseSource, plan: Plan) -> None:
        self.source = source
        self.plan = plan
        self.now = timezone.now()
        self.plain: dict[str, str] = {}  # section slug → its words as read

    def write(self) -> None:
        self.course = self.write_course()
        self.modules = {
            module.slug: self.write_module(place, module)
            for place, module in enumerate(self.source.modules, 1)
        }
        self.free_slugs()
        self.lessons = self.write_lessons()
        self.write_sections()
        self.archive_the_rest()

    def write_course(self) -> Course:
        values = {
            "title": self.source.title,
            "summary": self.source.summary,
            "content_hash": content_hash(self.source),
            "synced_at": self.now,
            "archived_at": None,
        }
        return Course.objects.update_or_create(slug=self.source.slug, defaults=values)[0]

    def write_module(self, position: int, module: Any) -> Module:
        values = {
            "title": module.title,
            "summary": module.summary,
            "position": position,
            "archived_at": None,
        }
        return Module.objects.update_or_create(
            course=self.course, slug=module.slug, defaults=values
        )[0]

    def free_slugs(self) -> None:
        """Rows swap slugs: every one that changes, or is in the way,
        first gets one that nobody else has."""
        for rows, changes in (
            (self.course.lessons, self.plan.lessons),
            (self.course.sections, self.plan.sections),
        ):
            keep = {old.key for old, new in same_rows(changes) if old.slug == new.slug}
            wanted = {change.new.slug for change in changes if change.new}
            in_the_way = rows.filter(slug__in=wanted).exclude(pk__in=keep)
            in_the_way.update(slug=Concat(Value("was-"), Cast("pk", CharField())))

    def write_lessons(self) -> dict[str, Lesson]:
        keys = {new.slug: old.key for old, new in same_rows(self.plan.lessons)}
        rows = self.course.lessons.in_bulk(list(keys.values()))
        written: dict[str, Lesson] = {}
        position = 0
        for module in self.source.modules:
            for lesson in module.lessons:
                position += 1
                row = rows.get(keys.get(lesson.slug)) or Lesson(course=self.course)
                row.module, row.position = self.modules[module.slug], position
                written[lesson.slug] = self.write_lesson(row, lesson)
        return written

    def write_lesson(self, row: Lesson, lesson: LessonSource) -> Lesson:
        page = render_lesson(
            lesson, figures_url=f"{settings.STATIC_URL}figures/{self.source.slug}/"
        )
        words = lesson_hash(lesson)
        if row.content_hash != words:
            row.updated_at = self.now
        row.slug, row.title, row.summary, row.archived_at = (
            lesson.slug,
            lesson.title,
            lesson.summary,
            None,
        )
        row.html, row.words, row.content_hash = page.html, page.words, words
        row.contents = [
            {"anchor": entry.anchor, "title": entry.title, "level": entry.level}
            for entry in page.contents
        ]
        row.save()
        self.plain |= page.plain
        return row

    def write_sections(self) -> None:
        keys = {new.slug: old.key for old, new in same_rows(self.plan.sections)}
        rows = self.course.sections.in_bulk(list(keys.values()))
        in_notes = sorted(
            (
                (section.heading, lesson)
                for lesson in self.source.lessons
                for section in lesson.sections
            ),
            key=lambda pair: pair[0].line,
        )
        for position, (heading, lesson) in enumerate(in_notes, start=1):
            row = rows.get(keys.get(heading.slug)) or Section(course=self.course)
            row.lesson, row.position, row.archived_at = self.lessons[lesson.slug], position, None
            row.slug, row.title, row.level = heading.slug, heading.title, heading.level
            row.text, row.content_hash = heading.text, text_hash(heading.text)
            row.plain = self.plain[heading.slug]
            row.save()

    def archive_the_rest(self) -> None:
        sections = [
            change.old.key
            for change in self.plan.sections
            if "removed" in change.kinds and change.old
        ]
        lessons = [
            change.old.key
            for change in self.plan.lessons
            if "removed" in change.kinds and change.old
        ]
        self.course.sections.filter(pk__in=sections).update(archived_at=self.now)
        self.course.lessons.filter(pk__in=lessons).update(archived_at=self.now)
        self.course.modules.live().exclude(slug__in=self.modules).update(archived_at=self.now)


def same_rows(changes: Sequence[LessonChange] | Sequence[SectionChange]) -> list[tuple[Any, Any]]:
    """(old, new) of what stays the same row. A split-off section is new;
    the row stays with the rest of the old one."""
    return [
        (change.old, change.new)
        for change in changes
        if change.old and change.new and "split" not in change.kinds
    ]


def lesson_hash(lesson: LessonSource) -> str:
    """Of what a learner reads: title, summary, the author's words and the notes beside them."""
    digest = hashlib.sha256()
    for words in (lesson.title, lesson.summary, *(repr(section) for section in lesson.sections)):
        digest.update(words.encode() + b"\0")
    return digest.hexdigest()
