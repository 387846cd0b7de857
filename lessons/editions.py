"""A course as all its readers see it: loaded once in each process and kept until a sync writes it
anew. What one reader did with it is asked for each time (`lessons/tree.py`)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import groupby

from django.db.models import Max
from django.http import Http404
from django.utils.translation import get_language

from lessons.models import Course, EarlierText, Lesson, Module, Section, Term
from lessons.people import Enrolment, User
from lessons.phrases import ORIGINAL
from lessons.reading_time import time_words
from lessons.translated_rows import put_in_language, put_page_in_language


@dataclass(frozen=True, eq=False)
class Branch:
    module: Module
    lessons: tuple[Lesson, ...]

    @property
    def total(self) -> int:
        return len(self.lessons)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def time(self) -> str:
        return time_words(self.minutes)

    @cached_property
    def keys(self) -> tuple[int, ...]:
        return tuple(lesson.pk for lesson in self.lessons)


@dataclass(frozen=True, eq=False)
class Edition:
    """The live rows of a course, none of which may be changed: every reader is shown the same
    ones. The text of a lesson is loaded when somebody reads it (`page_of`)."""

    course: Course
    lessons: tuple[Lesson, ...]  # in order, each with its module
    language: str = ORIGINAL

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        groups = groupby(self.lessons, key=lambda lesson: lesson.module)
        return tuple(Branch(module, tuple(lessons)) for module, lessons in groups)

    @cached_property
    def by_slug(self) -> dict[str, Lesson]:
        return {lesson.slug: lesson for lesson in self.lessons}

    @cached_property
    def minutes(self) -> dict[int, int]:
        """By the lesson's key."""
        return {lesson.pk: lesson.minutes for lesson in self.lessons}

    @cached_property
    def keys(self) -> frozenset[int]:
        return frozenset(self.minutes)

    @cached_property
    def places(self) -> dict[int, int]:
        """Of a lesson's key: which of them it is, from 0."""
        return {key: number for number, key in enumerate(self.minutes)}

    def lesson(self, key: int) -> Lesson:
        return self.lessons[self.places[key]]

    def branch(self, slug: str) -> Branch | None:
        return next((one for one in self.branches if one.module.slug == slug), None)

    @property
    def time(self) -> str:
        """That it takes to read all of it."""
        return time_words(sum(branch.minutes for branch in self.branches))

    @cached_property
    def changed(self) -> dict[int, datetime]:
        """The lessons whose words were changed, and when last."""
        rows = EarlierText.objects.filter(lesson__in=self.keys).order_by().values("lesson")
        return dict(rows.annotate(last=Max("until")).values_list("lesson", "last"))

    def neighbours(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """The lesson before and the one after."""
        at, row = self.places[lesson.pk], self.lessons
        return row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None

    @cached_property
    def written(self) -> tuple[tuple[datetime, Lesson], ...]:
        """The lessons by when their words were written or changed, the newest first."""
        known = [(lesson.updated_at, lesson) for lesson in self.lessons if lesson.updated_at]
        return tuple(sorted(known, key=lambda one: one[0], reverse=True))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The glossary by the alphabet; loaded when somebody opens it."""
        rows = self.course.terms.select_related("section").defer("section__text", "section__plain")
        lessons = {lesson.pk: lesson for lesson in self.lessons}
        terms = [row for row in rows if row.section.lesson_id in lessons]
        for term in terms:
            term.section.lesson = lessons[term.section.lesson_id]
        return tuple(sorted(terms, key=lambda term: term.name.lower()))

    @cached_property
    def sections(self) -> dict[int, dict[str, Section]]:
        """By the lesson's key and their own slugs, without their text."""
        found: dict[int, dict[str, Section]] = {lesson.pk: {} for lesson in self.lessons}
        for section in self.course.sections.live().defer("text", "plain"):
            found.setdefault(section.lesson_id, {})[section.slug] = section
        return found

    @cached_property
    def short_keys(self) -> dict[int, dict[str, str]]:
        """By the lesson's key: of each section by its slug, in order."""
        return {
            key: {slug: section.short_key for slug, section in found.items()}
            for key, found in self.sections.items()
        }

    @cached_property
    def ends(self) -> dict[str, int]:
        """Of a lesson's last section: its short key, and the lesson's own key."""
        return {[*keys.values()][-1]: lesson for lesson, keys in self.short_keys.items() if keys}

    @cached_property
    def pages(self) -> dict[int, Lesson]:
        return {}

    def page_of(self, lesson: Lesson) -> Lesson:
        """The same lesson with its text and contents."""
        if lesson.pk not in self.pages:
            page = Lesson.objects.get(pk=lesson.pk)
            page.course, page.module = self.course, lesson.module
            if lesson.is_translated:
                put_page_in_language(page, self.language)
            self.pages[lesson.pk] = page
        return self.pages[lesson.pk]


def edition_of(enrolment: Enrolment) -> Edition:
    """No query, but for the first reader after a sync."""
    return load(enrolment.course, enrolment.edition)


def load(course: int, edition: str) -> Edition:
    """In the reader's language, as far as the course is translated. `edition` is the name of what
    was read: another name, and it is read again."""
    return load_in(course, edition, get_language() or ORIGINAL)


@lru_cache(maxsize=128)
def load_in(course: int, edition: str, language: str) -> Edition:
    row = Course.objects.get(pk=course)
    rows = row.lessons.live().select_related("module").defer("html", "contents")
    lessons = sorted(rows, key=lambda lesson: (lesson.module.position, lesson.position))
    for lesson in lessons:
        lesson.course = row  # addresses need its slug
    if words := (row.translations or {}).get(language):
        put_in_language(row, lessons, language, words)
    return Edition(row, tuple(lessons), language)


def original_of(edition: Edition, lesson: Lesson) -> tuple[Edition, Lesson]:
    """As it was written, for whoever wants to read it so."""
    original = load_in(edition.course.pk, edition.course.edition, ORIGINAL)
    return original, original.by_slug[lesson.slug]


def due_keys(lesson: Lesson) -> tuple[tuple[str, int], ...]:
    """What may have a date of its own, before what it is part of."""
    return ("lesson", lesson.pk), ("module", lesson.module_id)


def find_edition(user: User, slug: str) -> Edition:
    """Of a course that `user` may read."""
    for enrolment in user.enrolments():
        if enrolment.slug == slug:
            return edition_of(enrolment)
    raise Http404(slug)


def find_lesson(user: User, course: str, lesson: str) -> tuple[Edition, Lesson]:
    edition = find_edition(user, course)
    found = edition.by_slug.get(lesson)
    if found is None:
        raise Http404(lesson)
    return edition, found


def new_edition() -> str:
    """A name that no edition had before, also when a backup was restored meanwhile."""
    return uuid.uuid4().hex
