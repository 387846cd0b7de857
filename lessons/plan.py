"""What a content change does to lessons and sections, and to the progress that hangs on them.
Rows in, a plan out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lessons.matching import (
    NewLesson,
    NewSection,
    OldLesson,
    OldSection,
    common_sections,
    live_ones,
    match_lessons,
    match_sections,
    remaining_old,
    split_from,
    text_hash,
)


@dataclass(frozen=True, slots=True)
class SectionChange:
    # Of added, revived, changed, renamed, moved, split, removed; empty: unchanged
    kinds: tuple[str, ...]
    old: OldSection | None
    new: NewSection | None
    learners: int = 0  # completions of the lesson it was in


@dataclass(frozen=True, slots=True)
class LessonChange:
    kinds: tuple[str, ...]  # of added, revived, renamed, moved, removed; empty: unchanged
    old: OldLesson | None
    new: NewLesson | None

    @property
    def loses_progress(self) -> bool:
        return (
            "removed" in self.kinds
            and self.old is not None
            and bool(self.old.learners or self.old.readers)
        )


@dataclass(frozen=True, slots=True)
class Plan:
    lessons: tuple[LessonChange, ...]
    sections: tuple[SectionChange, ...]

    @property
    def is_safe(self) -> bool:
        """Nobody loses a completion or the place where they stopped."""
        return not any(change.loses_progress for change in self.lessons)


def make_plan(
    old_lessons: Sequence[OldLesson],
    new_lessons: Sequence[NewLesson],
    old_sections: Sequence[OldSection],
    new_sections: Sequence[NewSection],
) -> Plan:
    sections = match_sections(old_sections, new_sections)
    lessons = match_lessons(old_lessons, new_lessons, common_sections(new_sections, sections))
    return Plan(
        lessons=lesson_changes(old_lessons, new_lessons, lessons),
        sections=section_changes(old_sections, new_sections, sections, lessons, old_lessons),
    )


def section_changes(
    old: Sequence[OldSection],
    new: Sequence[NewSection],
    sections: dict[str, OldSection],
    lessons: dict[str, OldLesson],
    old_lessons: Sequence[OldLesson],
) -> tuple[SectionChange, ...]:
    learners = {lesson.slug: lesson.learners for lesson in old_lessons}
    return (
        *(section_change(section, sections, lessons, learners) for section in new),
        *(
            SectionChange(("removed",), gone, None, learners=learners.get(gone.lesson, 0))
            for gone in remaining_old(live_ones(old), sections)
        ),
    )


def section_change(
    new: NewSection,
    sections: dict[str, OldSection],
    lessons: dict[str, OldLesson],
    learners: dict[str, int],
) -> SectionChange:
    old = sections.get(new.slug)
    if old is None:
        return addition(new, split_from(new, sections.values()), learners)
    home = lessons.get(new.lesson)
    kinds = {
        "revived": old.archived,
        "renamed": (old.slug, old.title) != (new.slug, new.title),
        "moved": home is None or home.slug != old.lesson,
        "changed": text_hash(old.text) != text_hash(new.text),
    }
    return SectionChange(true_of(kinds), old, new, learners=learners.get(old.lesson, 0))


def addition(new: NewSection, origin: OldSection | None, learners: dict[str, int]) -> SectionChange:
    if origin is None:
        return SectionChange(("added",), None, new)
    return SectionChange(("split",), origin, new, learners=learners.get(origin.lesson, 0))


def true_of(kinds: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(kind for kind, holds in kinds.items() if holds)


def lesson_changes(
    old: Sequence[OldLesson], new: Sequence[NewLesson], found: dict[str, OldLesson]
) -> tuple[LessonChange, ...]:
    return (
        *(lesson_change(lesson, found.get(lesson.slug)) for lesson in new),
        *(LessonChange(("removed",), gone, None) for gone in remaining_old(live_ones(old), found)),
    )


def lesson_change(new: NewLesson, old: OldLesson | None) -> LessonChange:
    if old is None:
        return LessonChange(("added",), None, new)
    kinds = {
        "revived": old.archived,
        "renamed": (old.slug, old.title) != (new.slug, new.title),
        "moved": old.module != new.module,
    }
    return LessonChange(true_of(kinds), old, new)
