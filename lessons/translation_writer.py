"""The translated lessons of a course → their rows. They are made of files alone and nothing hangs
on them, so that what has no file any more is deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lessons.figure_html import Pictures
from lessons.lesson_page import render_lesson
from lessons.models import Lesson, Translation
from lessons.phrases import PHRASES
from lessons.rendering import renderer_version
from lessons.source import CourseSource, LessonSource, TranslatedCourse, TranslatedLesson


class Name(NamedTuple):
    lesson: str
    language: str


class TranslationWriter:
    """What takes time is done when it is made, before anything is locked."""

    def __init__(self, source: CourseSource, kept: Pictures) -> None:
        self.source, self.kept = source, kept
        self.values = {name: self.values_of(name, one) for name, one in translated(source)}
        self.render_what_changed()

    def values_of(self, name: Name, one: TranslatedLesson) -> dict[str, Any]:
        words = f"{one.source!r} {renderer_version()} {sorted(self.kept)}"
        return {
            "title": one.source.title,
            "summary": one.source.summary,
            "is_behind": one.is_behind,
            "rendered_hash": hashlib.sha256(words.encode()).hexdigest(),
        }

    def render_what_changed(self) -> None:
        rows = Translation.objects.filter(lesson__course__slug=self.source.slug)
        known = {
            Name(lesson, language): rendered
            for lesson, language, rendered in rows.values_list(
                "lesson__slug", "language", "rendered_hash"
            )
        }
        for name, one in translated(self.source):
            if known.get(name) != self.values[name]["rendered_hash"]:
                self.values[name] |= html_of(one.source, name.language, self.kept)

    def write(self, lessons: Mapping[str, Lesson]) -> None:
        course = Translation.objects.filter(lesson__course__slug=self.source.slug)
        kept = [
            Translation.objects.update_or_create(
                lesson=lessons[name.lesson], language=name.language, defaults=values
            )[0].pk
            for name, values in self.values.items()
        ]
        course.exclude(pk__in=kept).delete()


def translated(source: CourseSource) -> Iterator[tuple[Name, TranslatedLesson]]:
    for course in source.translations:
        for slug, one in course.lessons.items():
            yield Name(slug, course.language), one


def html_of(lesson: LessonSource, language: str, kept: Pictures) -> dict[str, Any]:
    page = render_lesson(lesson, kept=kept, phrases=PHRASES[language])
    return {"html": page.html, "words": page.words, "contents": page.entries}


def titles_of(source: CourseSource) -> dict[str, Any] | None:
    """As `Course.translations` keeps them."""
    return {one.language: titles(one) for one in source.translations} or None


def titles(course: TranslatedCourse) -> dict[str, Any]:
    modules = {
        slug: {"title": title, "summary": summary}
        for slug, (title, summary) in course.modules.items()
    }
    return {"title": course.title, "summary": course.summary, "modules": modules}
