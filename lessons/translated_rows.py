"""Rows of a course as readers of another language see them. They are loaded to be shown and never
saved: a sync alone writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lessons.models import Course, Lesson, Module, Translation

OF_LISTS = ("title", "summary", "words", "is_behind")
OF_PAGES = (*OF_LISTS, "html", "contents")


def put_in_language(
    course: Course, lessons: Iterable[Lesson], language: str, words: Mapping[str, Any]
) -> None:
    """What is not translated stays as it is, and says so by its `language`. One query."""
    put(course, words, ("title", "summary"), language)
    rows = Translation.objects.filter(lesson__in=[one.pk for one in lessons], language=language)
    known = {row["lesson"]: row for row in rows.values("lesson", *OF_LISTS)}
    for lesson in lessons:
        put_module(lesson.module, words["modules"], language)
        if found := known.get(lesson.pk):
            put(lesson, found, OF_LISTS, language)


def put_module(module: Module, words: Mapping[str, Any], language: str) -> None:
    if found := words.get(module.slug):
        put(module, found, ("title", "summary"), language)


def put_page_in_language(page: Lesson, language: str) -> None:
    """One query."""
    if found := page.translations.filter(language=language).values(*OF_PAGES).first():
        put(page, found, OF_PAGES, language)


def put(
    row: Course | Module | Lesson, words: Mapping[str, Any], names: Iterable[str], language: str
) -> None:
    for name in names:
        setattr(row, name, words[name])
    row.language = language
