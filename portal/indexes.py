"""What search looks into, made by each sync after lessons and labs: from rows alone, so that it is
right whatever changed them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from labs.search import lab_entries
from lessons.editions import new_edition
from lessons.glossary_search import term_entries
from lessons.models import Course, SearchIndex
from lessons.same_words import read_same_words
from lessons.search import section_entries
from lessons.searching.building import FORMAT, Groups, build


@dataclass(frozen=True, slots=True)
class IndexPlan:
    course: Course
    same: Groups
    is_safe: bool = True

    def lines(self) -> list[str]:
        return [f"{self.course.slug}: what search looks into is made anew"]

    def apply(self) -> None:
        write_index(self.course, self.same)


def plan_indexes(notes_dir: Path) -> Iterator[IndexPlan]:
    """One for each course whose index is of another edition, of other words, or of none."""
    made_of = dict(SearchIndex.objects.values_list("course", "made_of"))
    for course in Course.objects.live().order_by("slug"):
        same = read_same_words(notes_dir / course.slug)
        if made_of.get(course.pk) != name_of(course.edition, same):
            yield IndexPlan(course, same)


@transaction.atomic
def write_index(course: Course, same: Groups = ()) -> None:
    """The edition gets another name: a process may have read the old index under this one."""
    course.edition = new_edition()
    course.save(update_fields=["edition"])
    entries = [*section_entries(course), *term_entries(course), *lab_entries(course)]
    text = build(entries, same)
    values = {"text": text, "made_of": name_of(course.edition, same)}
    SearchIndex.objects.update_or_create(course=course, defaults=values)


def name_of(edition: str, same: Groups) -> str:
    return hashlib.sha256(f"{FORMAT} {edition} {same}".encode()).hexdigest()
