"""Search in what somebody may read: the pages of their courses that hold the words.

What is looked into is made by a sync and kept in memory as long as the edition of its course. Of
other apps' pages this one knows how a key of theirs begins, and who makes hits of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from lessons.models import Course, SearchIndex, Section
from lessons.people import User
from lessons.phrases import ORIGINAL
from lessons.searching.building import Entry
from lessons.searching.index import Index
from lessons.searching.ranking import Answer, answer
from lessons.searching.snippets import Snippet, snippet
from lessons.searching.words import words_of

HITS = 25
SECTION = "section"

Marks = Callable[[str], bool]  # whether a word is one that was looked for


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    place: str
    course: str
    url: str
    snippet: Snippet
    part: str = SECTION
    language: str = ORIGINAL  # of title and snippet
    place_language: str = ORIGINAL
    course_language: str = ORIGINAL


# Keys of one part → their hits, as far as somebody may see them
Maker = Callable[[User, Sequence[str], Marks], Mapping[str, Hit]]


@dataclass(frozen=True, slots=True)
class Found:
    hits: tuple[Hit, ...]
    guessed: Mapping[str, str]  # what was typed → what was looked for in its place
    is_partly: bool  # no page has every word

    @property
    def is_cut(self) -> bool:
        return len(self.hits) == HITS


def find(text: str, user: User, makers: Mapping[str, Maker] | None = None) -> Found:
    """The best first, at most HITS of them. One query for sections, one more for each course whose
    index is not here yet."""
    words = words_of(text)
    indexes = [index_of(one.course, one.edition) for one in user.enrolments()] if words else []
    given = answer(words, indexes, HITS)
    hits = hits_of(given, user, makers or {SECTION: section_hits})
    return Found(tuple(hits), given.guessed, given.is_partly)


def hits_of(given: Answer, user: User, makers: Mapping[str, Maker]) -> Iterable[Hit]:
    keys: dict[str, list[str]] = {}
    for match in given.matches:
        part, _colon, key = match.key.partition(":")
        keys.setdefault(part, []).append(key)
    made = {
        f"{part}:{key}": hit
        for part, make in makers.items()
        if part in keys
        for key, hit in make(user, keys[part], given.marks).items()
    }
    return [made[match.key] for match in given.matches if match.key in made]


@lru_cache(maxsize=64)
def index_of(course: int, edition: str) -> Index:
    """`edition` is the name of what was read: another name, and it is read again."""
    texts = SearchIndex.objects.filter(course=course).values_list("text", flat=True)
    return Index(texts.first() or "[]")


# --- Sections -------------------------------------------------------------------------------------


def section_entries(course: Course) -> list[Entry]:
    """A heading without a text of its own is found by what comes below it."""
    entries: list[Entry] = []
    above: list[tuple[str, float]] = []
    rows = Section.objects.live().filter(course=course, lesson__archived_at=None)
    rows = rows.select_related("lesson").defer("text", "lesson__html", "lesson__contents")
    for section in rows.order_by("lesson__position", "position"):
        titles = ((section.title, 4.0), (section.lesson.title, 1.0))
        if section.plain:
            entries.append(Entry(f"{SECTION}:{section.pk}", (*titles, *above), section.plain))
            above = []
        else:
            above = [(section.title, 2.0)]
    return entries


def section_hits(_user: User, keys: Sequence[str], marks: Marks) -> dict[str, Hit]:
    rows = Section.objects.live().filter(lesson__archived_at=None)
    rows = rows.select_related("lesson__course").defer("text", "lesson__html", "lesson__contents")
    found = rows.in_bulk([UUID(key) for key in keys])
    return {str(key): section_hit(section, marks) for key, section in found.items()}


def section_hit(section: Section, marks: Marks) -> Hit:
    lesson = section.lesson
    return Hit(
        title=section.title,
        place=lesson.title,
        course=lesson.course.title,
        url=section.get_absolute_url(),
        snippet=snippet(section.plain, marks),
    )
