"""The glossary of a course's files → its rows, and what changes by that."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from lessons.glossary import TermSource
from lessons.marking import Glossary
from lessons.models import Course, Term
from lessons.plan import TermChange
from lessons.source import CourseSource

Values = tuple[str, list[str], str, str]  # what a row says


def glossary_of(source: CourseSource) -> Glossary:
    """With the addresses that the words in a lesson lead to."""
    if not source.glossary:
        return Glossary()
    homes = {
        section.heading.slug: (
            f"{reverse('lessons:lesson_detail', args=[source.slug, lesson.slug])}"
            f"#{section.heading.slug}",
            lesson.title,
        )
        for lesson in source.lessons
        for section in lesson.sections
    }
    return Glossary(source.glossary, reverse("lessons:glossary", args=[source.slug]), homes)


def term_changes(course: Course | None, terms: Sequence[TermSource]) -> tuple[TermChange, ...]:
    old, new = rows_of(course), {term.slug: values_of(term) for term in terms}
    added = [TermChange("added", new[slug][0]) for slug in new if slug not in old]
    changed = [
        TermChange("changed", new[slug][0]) for slug in new if old.get(slug, new[slug]) != new[slug]
    ]
    removed = [TermChange("removed", old[slug][0]) for slug in old if slug not in new]
    return (*added, *changed, *removed)


def rows_of(course: Course | None) -> dict[str, Values]:
    rows = course.terms.select_related("section").order_by("slug") if course else []
    return {row.slug: (row.name, row.also, row.text, row.section.slug) for row in rows}


def values_of(term: TermSource) -> Values:
    return term.name, list(term.also), term.text, term.section


def write_terms(course: Course, terms: Sequence[TermSource]) -> None:
    """Nothing is written where nothing is otherwise."""
    old = rows_of(course)
    sections = dict(course.sections.live().values_list("slug", "pk"))
    course.terms.exclude(slug__in=[term.slug for term in terms]).delete()
    rows = [
        Term(
            course=course,
            slug=term.slug,
            name=term.name,
            also=list(term.also),
            text=term.text,
            section_id=sections[term.section],
        )
        for term in terms
        if old.get(term.slug) != values_of(term)
    ]
    Term.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["course", "slug"],
        update_fields=["name", "also", "text", "section"],
    )
