"""A planned course → its rows. Archives; never deletes what carries progress."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from lessons.carrying import carry_over
from lessons.editions import new_edition
from lessons.glossary_rows import glossary_of, write_terms
from lessons.keeping_texts import keep_texts, texts_of
from lessons.lesson_page import Page, render_lesson
from lessons.matching import text_hash
from lessons.models import Course, Lesson, Module, Section
from lessons.outline import Heading
from lessons.pictures import kept_pictures, names_of
from lessons.plan import LessonChange, Plan, SectionChange
from lessons.rendering import renderer_version
from lessons.source import CourseSource, LessonSource, ModuleSource
from lessons.translation_writer import TranslationWriter, titles_of


class Writer:
    """Writes one planned course, inside the caller's transaction; what takes time is done before,
    when it is made."""

    def __init__(self, source: CourseSource, plan: Plan) -> None:
        self.source = source
        self.plan = plan
        self.kept = kept_pictures(source)
        self.glossary = glossary_of(source)
        self.pages: dict[str, Page] = {}
        self.translations = TranslationWriter(source, self.kept)
        self.render_what_changed()

    def render_what_changed(self) -> None:
        """A lesson whose words and renderer are those of before keeps its HTML."""
        keys = self.lesson_keys()
        rows = Lesson.objects.filter(pk__in=list(keys.values()))
        rendered = dict(rows.values_list("pk", "rendered_hash"))
        for lesson in self.source.lessons:
            if rendered.get(keys.get(lesson.slug, 0)) != self.hash_of(lesson):
                self.page_of(lesson)

    def page_of(self, lesson: LessonSource) -> Page:
        if lesson.slug not in self.pages:
            self.pages[lesson.slug] = render_lesson(lesson, kept=self.kept, glossary=self.glossary)
        return self.pages[lesson.slug]

    def hash_of(self, lesson: LessonSource) -> str:
        words = f"{lesson_hash(lesson)} {renderer_version()} {sorted(self.kept)} {self.glossary}"
        return hashlib.sha256(words.encode()).hexdigest()

    def lesson_keys(self) -> dict[str, int]:
        """New slug → the key of the row that it stays."""
        return {new.slug: old.key for old, new in same_rows(self.plan.lessons)}

    def write(self) -> None:
        # Until now readers were shown what was there before, also while this was rendered
        self.now = timezone.now()
        self.course = self.write_course()
        self.modules = {
            module.slug: self.write_module(place, module)
            for place, module in enumerate(self.source.modules, 1)
        }
        self.free_slugs()
        before = texts_of(self.lessons_with_other_words())
        self.lessons = self.write_lessons()
        self.write_sections()
        write_terms(self.course, self.source.glossary)
        self.archive_the_rest()
        self.translations.write(self.lessons)
        keep_texts(before, until=self.now)
        carry_over(self.course, self.plan.lessons, self.lessons)

    def write_course(self) -> Course:
        values = {
            "title": self.source.title,
            "summary": self.source.summary,
            "translations": titles_of(self.source),
            "content_hash": content_hash(self.source),
            "synced_at": self.now,
            "edition": new_edition(),
            "archived_at": None,
        }
        return Course.objects.update_or_create(slug=self.source.slug, defaults=values)[0]

    def write_module(self, position: int, module: ModuleSource) -> Module:
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

    def lessons_with_other_words(self) -> list[int]:
        keys = self.lesson_keys()
        hashes = dict(Lesson.objects.filter(pk__in=keys.values()).values_list("pk", "content_hash"))
        return [
            keys[lesson.slug]
            for lesson in self.source.lessons
            if lesson.slug in keys and hashes[keys[lesson.slug]] not in ("", lesson_hash(lesson))
        ]

    def write_lessons(self) -> dict[str, Lesson]:
        keys = self.lesson_keys()
        rows = self.course.lessons.defer("html", "contents", "tries").in_bulk(list(keys.values()))
        placed = [(module, lesson) for module in self.source.modules for lesson in module.lessons]
        written: dict[str, Lesson] = {}
        for position, (module, lesson) in enumerate(placed, start=1):
            row = rows.get(keys.get(lesson.slug)) or Lesson(course=self.course)
            place = {"module_id": self.modules[module.slug].pk, "position": position}
            write_changes(row, place | self.lesson_values(row, lesson))
            written[lesson.slug] = row
        return written

    def lesson_values(self, row: Lesson, lesson: LessonSource) -> dict[str, object]:
        values: dict[str, object] = {
            "slug": lesson.slug,
            "title": lesson.title,
            "summary": lesson.summary,
            "archived_at": None,
        }
        if row.rendered_hash != (rendered := self.hash_of(lesson)):
            values |= html_values(self.page_of(lesson)) | {"rendered_hash": rendered}
        if row.content_hash != (words := lesson_hash(lesson)):
            values |= {"content_hash": words, "updated_at": self.now}
        return values

    def write_sections(self) -> None:
        keys = {new.slug: old.key for old, new in same_rows(self.plan.sections)}
        rows = self.course.sections.in_bulk(list(keys.values()))
        for position, heading, lesson in placed_sections(self.source):
            row = rows.get(keys.get(heading.slug)) or Section(course=self.course)
            place = {"lesson_id": self.lessons[lesson.slug].pk, "position": position}
            write_changes(row, place | self.section_values(row, heading, lesson))

    def section_values(
        self, row: Section, heading: Heading, lesson: LessonSource
    ) -> dict[str, object]:
        values: dict[str, object] = {
            "slug": heading.slug,
            "title": heading.title,
            "level": heading.level,
            "text": heading.text,
            "content_hash": text_hash(heading.text),
            "archived_at": None,
        }
        if lesson.slug in self.pages or row.content_hash != values["content_hash"]:
            values["plain"] = self.page_of(lesson).plain[heading.slug]
        return values

    def archive_the_rest(self) -> None:
        sections, lessons = removed(self.plan.sections), removed(self.plan.lessons)
        self.course.sections.filter(pk__in=sections).update(archived_at=self.now)
        self.course.lessons.filter(pk__in=lessons).update(archived_at=self.now)
        self.course.modules.live().exclude(slug__in=self.modules).update(archived_at=self.now)


def placed_sections(source: CourseSource) -> list[tuple[int, Heading, LessonSource]]:
    """As they stand in the notes, from 1."""
    placed = [(one.heading, lesson) for lesson in source.lessons for one in lesson.sections]
    placed.sort(key=lambda pair: pair[0].line)
    return [(position, heading, lesson) for position, (heading, lesson) in enumerate(placed, 1)]


def html_values(page: Page) -> dict[str, object]:
    tries = list(page.tries)
    return {"html": page.html, "words": page.words, "contents": page.entries, "tries": tries}


def write_changes(row: Lesson | Section, values: Mapping[str, object]) -> None:
    """Nothing is written where nothing is otherwise."""
    loaded = {name for name in values if name not in row.get_deferred_fields()}
    same = all(getattr(row, name) == values[name] for name in loaded)
    if same and loaded == set(values) and not row._state.adding:
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def same_rows(changes: Sequence[LessonChange] | Sequence[SectionChange]) -> list[tuple[Any, Any]]:
    """(old, new) of what stays the same row. A split-off section is new;
    the row stays with the rest of the old one."""
    return [
        (change.old, change.new)
        for change in changes
        if change.old and change.new and "split" not in change.kinds
    ]


def removed(changes: Sequence[LessonChange] | Sequence[SectionChange]) -> list[Any]:
    """The keys of the rows that nothing new stands for."""
    return [change.old.key for change in changes if "removed" in change.kinds and change.old]


def content_hash(source: CourseSource) -> str:
    """Of the files, of the code that renders them, and of the author's pictures that are here."""
    words = f"{source.content_hash} {renderer_version()} {sorted(names_of(source.slug))}"
    return hashlib.sha256(words.encode()).hexdigest()


def lesson_hash(lesson: LessonSource) -> str:
    """Of what a learner reads: title, summary, outcomes, recap, the author's words and the notes
    beside them; on which line of the notes they stand says nothing."""
    digest = hashlib.sha256()
    sections = (replace(one, heading=replace(one.heading, line=0)) for one in lesson.sections)
    lines = (*lesson.outcomes, "", *lesson.recap)
    for words in (lesson.title, lesson.summary, *lines, *map(repr, sections)):
        digest.update(words.encode() + b"\0")
    return digest.hexdigest()
