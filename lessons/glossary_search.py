"""The words of a glossary as pages that can be found, after the sections that teach them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from lessons.editions import edition_of
from lessons.models import Course, Term
from lessons.people import User
from lessons.search import Hit, Marks
from lessons.searching.building import Entry
from lessons.searching.snippets import snippet

TERM = "term"
BESIDE_READING = 0.4
NAME, OTHER_NAME = 4.0, 2.0


def term_entries(course: Course) -> list[Entry]:
    return [term_entry(course, term) for term in course.terms.order_by("name", "slug")]


def term_entry(course: Course, term: Term) -> Entry:
    others = ((name, OTHER_NAME) for name in term.other_names)
    key = f"{TERM}:{course.slug}/{term.slug}"
    return Entry(key, ((term.name, NAME), *others), term.text, worth=BESIDE_READING)


def term_hits(user: User, keys: Sequence[str], marks: Marks) -> dict[str, Hit]:
    """No query, but for the first after a sync."""
    editions = [edition_of(one) for one in user.enrolments()]
    known = {
        f"{edition.course.slug}/{term.slug}": (edition.course, term)
        for edition in editions
        for term in edition.terms
    }
    return {key: term_hit(*known[key], marks) for key in keys if key in known}


def term_hit(course: Course, term: Term, marks: Marks) -> Hit:
    lesson = term.section.lesson
    return Hit(
        title=term.name,
        place=lesson.title,
        place_language=lesson.language,
        course=course.title,
        course_language=course.language,
        url=f"{reverse('lessons:glossary', args=[course.slug])}#{term.slug}",
        snippet=snippet(term.text, marks),
        part=TERM,
    )
