"""Which old section or lesson is which new one.

Sections are matched by pinned slug, else by slug with the same text, else by text alone, else by
slug alone, else by how similar their words are. Lessons are matched by slug,
else by an earlier slug (`was`), else by their sections. What the author says stands above all that.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

SIMILAR = 0.6  # share of common words from which two texts count as one
CONTAINED = 0.6  # share of a new section's lines that came from one old section


@dataclass(frozen=True, slots=True)
class OldSection:
    key: Hashable
    slug: str
    title: str
    text: str
    lesson: str  # slug
    archived: bool = False


@dataclass(frozen=True, slots=True)
class NewSection:
    slug: str
    title: str
    text: str
    lesson: str
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class OldLesson:
    key: Hashable
    slug: str
    title: str
    module: str
    learners: int  # who completed it
    readers: int = 0  # who stopped in it
    archived: bool = False


@dataclass(frozen=True, slots=True)
class NewLesson:
    slug: str
    title: str
    module: str
    was: tuple[str, ...] = ()


NEW = ""  # said of what is none of the old ones


@dataclass(frozen=True, slots=True)
class Said:
    """The author's answers where files do not tell: new slug → the old slug that it is, or NEW."""

    sections: Mapping[str, str] = field(default_factory=dict)
    lessons: Mapping[str, str] = field(default_factory=dict)


NOTHING_SAID = Said()
T = TypeVar("T")
Old = TypeVar("Old", OldSection, OldLesson)
New = TypeVar("New", NewSection, NewLesson)


def live_ones(rows: Iterable[Old]) -> list[Old]:
    return [row for row in rows if not row.archived]


def archived_ones(rows: Iterable[Old]) -> list[Old]:
    return [row for row in rows if row.archived]


def remaining_old(old: Iterable[Old], found: Mapping[str, Old]) -> list[Old]:
    taken = {row.key for row in found.values()}
    return [row for row in old if row.key not in taken]


def remaining_new(new: Iterable[New], found: Container[str]) -> list[New]:
    return [one for one in new if one.slug not in found]


# --- Sections -------------------------------------------------------------------------------------


def match_said(old: Iterable[Old], new: Iterable[New], said: Mapping[str, str]) -> dict[str, Old]:
    """Who is said to be whom; an old one is only one new one."""
    by_slug = {one.slug: one for one in live_ones(old)}
    found: dict[str, Old] = {}
    for one in new:
        before = by_slug.pop(said.get(one.slug, NEW), None)
        if before is not None:
            found[one.slug] = before
    return found


def not_said_new(new: Iterable[New], said: Mapping[str, str]) -> list[New]:
    return [one for one in new if said.get(one.slug) != NEW]


def match_sections(
    old: Sequence[OldSection], new: Sequence[NewSection], said: Mapping[str, str] | None = None
) -> dict[str, OldSection]:
    """New slug → the old section it is. Live sections first; then an archived one may come back."""
    said = said or {}
    found = match_said(old, new, said)
    new = not_said_new(new, said)
    live, archived = live_ones(old), archived_ones(old)
    pair(live, new, found, old_key=own_slug, new_key=pinned_slug)
    pair(live, new, found, old_key=slug_and_text, new_key=slug_and_text)
    pair(live, new, found, old_key=own_text, new_key=own_text)
    pair(live, new, found, old_key=own_slug, new_key=own_slug)
    pair_similar(live, new, found)
    pair(archived, new, found, old_key=slug_and_text, new_key=slug_and_text)
    pair(archived, new, found, old_key=own_slug, new_key=own_slug)
    return found


def pair(
    old: Sequence[OldSection],
    new: Sequence[NewSection],
    found: dict[str, OldSection],
    *,
    old_key: Callable[[OldSection], Hashable],
    new_key: Callable[[NewSection], Hashable],
) -> None:
    """Join what has the same key, when the key is alone on both sides."""
    old_by_key = alone(remaining_old(old, found), old_key)
    new_by_key = alone(remaining_new(new, found), new_key)
    for key in filter(old_by_key.__contains__, new_by_key):
        found[new_by_key[key].slug] = old_by_key[key]


def alone(items: Iterable[T], key: Callable[[T], Hashable]) -> dict[Hashable, T]:
    keyed = [(key(item), item) for item in items]
    times = Counter(value for value, _item in keyed)
    return {value: item for value, item in keyed if value is not None and times[value] == 1}


def pair_similar(
    old: Sequence[OldSection], new: Sequence[NewSection], found: dict[str, OldSection]
) -> None:
    """The most similar pairs first."""
    candidates = similar_pairs(remaining_old(old, found), remaining_new(new, found))
    candidates.sort(key=lambda candidate: (-candidate[0], candidate[1].slug, candidate[2].slug))
    for score, one, other in candidates:
        if score >= SIMILAR and other.slug not in found and one not in found.values():
            found[other.slug] = one


def similar_pairs(
    old: Iterable[OldSection], new: Sequence[NewSection]
) -> list[tuple[float, OldSection, NewSection]]:
    return [(similarity(one, other), one, other) for one in old for other in new]


def similarity(one: OldSection, other: NewSection) -> float:
    """Dice's coefficient over the words of title and text: 1 for the same words,
    0 for none in common."""
    left, right = words(f"{one.title} {one.text}"), words(f"{other.title} {other.text}")
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


@lru_cache(maxsize=4096)
def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def text_hash(text: str) -> str:
    """Of the words: line ends and blank space may change freely."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def own_slug(section: OldSection | NewSection) -> Hashable:
    return section.slug


def pinned_slug(section: NewSection) -> Hashable:
    return section.slug if section.pinned else None


def own_text(section: OldSection | NewSection) -> Hashable:
    return text_hash(section.text) if section.text.strip() else None  # nothing is no identity


def slug_and_text(section: OldSection | NewSection) -> Hashable:
    return section.slug, text_hash(section.text)


def split_from(new: NewSection, matched: Iterable[OldSection]) -> OldSection | None:
    """The old section, kept elsewhere, that most of this one's lines were taken from."""
    lines = {line.strip() for line in new.text.splitlines() if line.strip()}
    shares = [
        (len(lines & {line.strip() for line in old.text.splitlines()}), old) for old in matched
    ]
    best = max(shares, key=lambda share: share[0], default=None)
    return best[1] if lines and best and best[0] >= CONTAINED * len(lines) else None


# --- Lessons --------------------------------------------------------------------------------------


def common_sections(
    new: Sequence[NewSection], sections: dict[str, OldSection]
) -> Counter[tuple[str, str]]:
    """(old lesson, new lesson) → how many sections went from one to the other."""
    return Counter((sections[one.slug].lesson, one.lesson) for one in new if one.slug in sections)


def match_lessons(
    old: Sequence[OldLesson],
    new: Sequence[NewLesson],
    common: Counter[tuple[str, str]],
    said: Mapping[str, str] | None = None,
) -> dict[str, OldLesson]:
    """New slug → the old lesson it is."""
    said = said or {}
    found = match_said(old, new, said)
    new = not_said_new(new, said)
    live = {lesson.slug: lesson for lesson in remaining_old(live_ones(old), found)}
    join_by_slug(live, new, found)
    join_by_earlier_slug(live, new, found)
    join_by_slug({lesson.slug: lesson for lesson in archived_ones(old)}, new, found)
    return found | heirs(remaining_old(live.values(), found), remaining_new(new, found), common)


def join_by_slug(
    old: Mapping[str, OldLesson], new: Sequence[NewLesson], found: dict[str, OldLesson]
) -> None:
    for lesson in remaining_new(new, found):
        if lesson.slug in old:
            found[lesson.slug] = old[lesson.slug]


def join_by_earlier_slug(
    old: Mapping[str, OldLesson], new: Sequence[NewLesson], found: dict[str, OldLesson]
) -> None:
    for lesson in remaining_new(new, found):
        for slug in lesson.was:
            if slug in old and old[slug] not in found.values():
                found[lesson.slug] = old[slug]
                break


def heirs(
    gone: Sequence[OldLesson], new: Sequence[NewLesson], common: Counter[tuple[str, str]]
) -> dict[str, OldLesson]:
    """A lesson that left while a new one took more than half of its sections is that lesson,
    renamed."""
    inherited: dict[str, OldLesson] = {}
    for lesson in gone:
        heir = heir_of(lesson, remaining_new(new, inherited), common)
        if heir:
            inherited[heir.slug] = lesson
    return inherited


def heir_of(
    gone: OldLesson, new: Sequence[NewLesson], common: Counter[tuple[str, str]]
) -> NewLesson | None:
    sections = sum(count for (old, _new), count in common.items() if old == gone.slug)
    return next((one for one in new if common[gone.slug, one.slug] * 2 > sections), None)
