"""A reader's margins on the pages: beside the sections of a lesson, and all of a course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from lessons.compiled import Compiled
from lessons.editions import Edition
from lessons.margin import Margin
from lessons.models import Lesson, Section
from lessons.people import User
from lessons.templatetags.pieces import kept, once

IN_LESSON = Compiled(
    lambda user, lesson: Margin.objects.filter(user=user, section__lesson=lesson),
    user=-1,
    lesson=-2,
)


@dataclass(frozen=True)
class Margins:
    """Of the sections of one lesson: fills the holes of its text. One query."""

    edition: Edition
    lesson: Lesson
    user: User

    @cached_property
    def sections(self) -> dict[str, Section]:
        return self.edition.sections[self.lesson.pk]

    @cached_property
    def empty(self) -> dict[str, SafeString]:
        return empty_margins(self.edition, self.lesson.pk)

    @cached_property
    def rows(self) -> dict[UUID, Margin]:
        rows = IN_LESSON.rows(user=self.user.pk, lesson=self.lesson.pk)
        return {row.section_id: row for row in rows}

    def get(self, slug: str, default: str = "") -> str:
        section = self.sections.get(slug)
        if section is None:
            return default
        row = self.rows.get(section.pk)
        return margin_html(self.edition, section, row) if row else self.empty[slug]


@once
def empty_margins(edition: Edition, lesson: int) -> dict[str, SafeString]:
    """By the slugs of its sections, for all who have nothing there."""
    sections = edition.sections[lesson].items()
    return {slug: margin_html(edition, section, None) for slug, section in sections}


def margin_html(
    edition: Edition, section: Section, margin: Margin | None, *, is_new: bool = False
) -> SafeString:
    """`is_new`: it takes the place of the form, and the
    keyboard's place with it."""
    values = {"url": address(edition, section), "title": section.title, "is_new": is_new}
    if margin is None or margin.is_empty:
        return kept("lessons/_margin.html", **values)
    return render_to_string("lessons/_margin.html", values | {"margin": margin})


def address(edition: Edition, section: Section) -> str:
    return reverse("lessons:margin", args=[edition.course.slug, section.pk])


class Leaf(NamedTuple):
    """The margins of one lesson, in reading order."""

    lesson: Lesson | None  # None: what has left the notes
    margins: list[Margin]


def leaves_of(edition: Edition, user: User) -> list[Leaf]:
    """All that `user` put beside sections of a course. One query."""
    rows = Margin.objects.filter(user=user.pk, section__course=edition.course.pk)
    rows = rows.select_related("section").defer("section__text", "section__plain")
    found = sorted(rows, key=lambda row: row.section.position)
    leaves = [
        Leaf(lesson, [row for row in found if is_in(row.section, lesson)])
        for lesson in edition.lessons
    ]
    gone = [row for row in found if not any(row in leaf.margins for leaf in leaves)]
    return [leaf for leaf in (*leaves, Leaf(None, gone)) if leaf.margins]


def is_in(section: Section, lesson: Lesson) -> bool:
    return section.lesson_id == lesson.pk and section.archived_at is None


def as_markdown(edition: Edition, leaves: Sequence[Leaf], *, gone: str) -> str:
    """A reader's own words, as they typed them."""
    lines = [f"# {edition.course.title}"]
    for leaf in leaves:
        lines.append(f"## {leaf.lesson.title if leaf.lesson else gone}")
        for margin in leaf.margins:
            star = " ★" if margin.bookmarked_at else ""
            lines += [f"### {margin.section.title}{star}", *([margin.text] if margin.text else [])]
    return "\n\n".join(lines) + "\n"


def as_rows(leaves: Sequence[Leaf]) -> list[dict[str, object]]:
    return [
        {
            "lesson": leaf.lesson.title if leaf.lesson else None,
            "section": margin.section.title,
            "bookmarked_at": margin.bookmarked_at,
            "note": margin.text,
            "saved_at": margin.saved_at,
        }
        for leaf in leaves
        for margin in leaf.margins
    ]
