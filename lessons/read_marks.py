"""Which sections of a lesson its reader has really read, for the contents list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from lessons.editions import Edition
from lessons.models import Lesson, Place, Section
from lessons.people import User
from lessons.progress import place_in
from lessons.templatetags.pieces import kept


@dataclass(frozen=True)
class ReadMarks:
    """Fills the holes of a lesson's contents list. One query."""

    edition: Edition
    lesson: Lesson
    user: User

    @cached_property
    def slugs(self) -> frozenset[str]:
        place = place_in(self.edition, self.user)
        read = set(place.read.split()) if place else set()
        keys = self.edition.short_keys[self.lesson.pk].items()
        return frozenset(slug for slug, key in keys if key in read)

    @property
    def is_to_the_end(self) -> bool:
        slugs = [*self.edition.short_keys[self.lesson.pk]]
        return bool(slugs) and slugs[-1] in self.slugs

    @cached_property
    def mark(self) -> SafeString:
        return kept("lessons/_read_mark.html")

    def get(self, slug: str, default: str = "") -> SafeString | str:
        return self.mark if slug in self.slugs else default


def read_to_the_end(edition: Edition, place: Place | None) -> frozenset[int]:
    """The keys of the lessons whose last section was read. No query."""
    read = place.read.split() if place else ()
    return frozenset(edition.ends[key] for key in read if key in edition.ends)


def sections_read_by(user: User) -> list[dict[str, str]]:
    """By their titles, for the reader's own copy of what is known of them. Two queries."""
    places = dict(Place.objects.filter(user=user.pk).values_list("course", "read"))
    keys = {(course, key) for course, read in places.items() for key in read.split()}
    sections = Section.objects.filter(course__in=places).select_related("lesson")
    return [
        {"lesson": section.lesson.title, "section": section.title}
        for section in sections.only("title", "course", "lesson__title")
        if (section.course_id, section.short_key) in keys
    ]
