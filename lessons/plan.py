"""What a content change does to lessons and sections, and to the progress that hangs on them.
Rows in, a plan out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from lessons.matching import (
    NOTHING_SAID,
    NewLesson,
    NewSection,
    OldLesson,
    OldSection,
    Said,
    common_sections,
    live_ones,
    match_lessons,
    match_sections,
    remaining_old,
    split_from,
    text_hash,
)
from lessons.parts import Moves, Parts, find_parts
from lessons.questions import Question, questions_of


@dataclass(frozen=True, slots=True)
class SectionChange:
    # Of added, revived, changed, renamed, moved, split, removed; empty: unchanged
    kinds: tuple[str, ...]
    old: OldSection | None
    new: NewSection | None
    learners: int = 0  # completions of the lesson it was in


@dataclass(frozen=True, slots=True)
class Completed:
    """How many learners completed all parts of a lesson, and how many some and not all."""

    whole: int
    partly: int


@dataclass(frozen=True, slots=True)
class LessonChange:
    """`parts` are the old lessons that a split-off or merged one is made of, `into` the new ones
    that a removed one lives on in."""

    # Of added, split, revived, renamed, moved, merged, removed; empty: unchanged
    kinds: tuple[str, ...]
    old: OldLesson | None
    new: NewLesson | None
    parts: tuple[OldLesson, ...] = ()
    into: tuple[NewLesson, ...] = ()
    completed: Completed = Completed(0, 0)

    @property
    def is_split(self) -> bool:
        """Made of what others held: new, or back from the archive."""
        return bool(self.parts) and "merged" not in self.kinds

    @property
    def is_gone(self) -> bool:
        """And nothing takes its place."""
        return "removed" in self.kinds and not self.into

    @property
    def loses_progress(self) -> bool:
        if "merged" in self.kinds:
            return bool(self.completed.partly)
        return self.is_gone and self.old is not None and bool(self.old.learners or self.old.readers)


@dataclass(frozen=True, slots=True)
class TermChange:
    """A word of the glossary."""

    kind: str  # added, changed or removed
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    lessons: tuple[LessonChange, ...]
    sections: tuple[SectionChange, ...]
    terms: tuple[TermChange, ...] = ()  # nobody's progress hangs on them
    questions: tuple[Question, ...] = ()  # where the author knows better than any likeness

    @property
    def is_safe(self) -> bool:
        """Nobody loses a completion or the place where they stopped."""
        return not any(change.loses_progress for change in self.lessons)

    def counted(self, count: Callable[[Sequence[OldLesson]], Completed]) -> Plan:
        """With the learners who completed what was split or merged."""
        lessons = tuple(
            replace(change, completed=count(change.parts)) if change.parts else change
            for change in self.lessons
        )
        return replace(self, lessons=lessons)


def make_plan(
    old_lessons: Sequence[OldLesson],
    new_lessons: Sequence[NewLesson],
    old_sections: Sequence[OldSection],
    new_sections: Sequence[NewSection],
    said: Said = NOTHING_SAID,
) -> Plan:
    sides = Sides(old_lessons, new_lessons, old_sections, new_sections)
    plain = plan_with(sides, Said(sections=said.sections))
    plan = plan_with(sides, said) if said.lessons else plain
    gone = [one.old for one in plain.lessons if one.is_gone and one.old]
    added = [one.new for one in plain.lessons if "added" in one.kinds and one.new]
    asked = questions_of(old_sections, new_sections, gone, added, said)
    return replace(plan, questions=asked)


@dataclass(frozen=True, slots=True)
class Sides:
    old_lessons: Sequence[OldLesson]
    new_lessons: Sequence[NewLesson]
    old_sections: Sequence[OldSection]
    new_sections: Sequence[NewSection]


def plan_with(sides: Sides, said: Said) -> Plan:
    sections = match_sections(sides.old_sections, sides.new_sections, said.sections)
    common = common_sections(sides.new_sections, sections)
    lessons = match_lessons(sides.old_lessons, sides.new_lessons, common, said.lessons)
    return plan_between(sides, sections, lessons)


def plan_between(
    sides: Sides, sections: dict[str, OldSection], lessons: dict[str, OldLesson]
) -> Plan:
    """Where it is known which is which: new slug → the old one."""
    old, new = sides.old_lessons, sides.new_lessons
    changes = section_changes(sides.old_sections, sides.new_sections, sections, lessons, old)
    parts = find_parts(old, new, lessons, moves_of(sides.old_sections, changes))
    return Plan(lesson_changes(old, new, lessons, parts), changes)


def moves_of(old: Sequence[OldSection], changes: Sequence[SectionChange]) -> Moves:
    """What was split off counts as moved."""
    pairs = [(change.old, change.new) for change in changes]
    return Moves(
        went=Counter((before.lesson, after.lesson) for before, after in pairs if before and after),
        held=Counter(section.lesson for section in live_ones(old)),
        holds=Counter(after.lesson for _before, after in pairs if after),
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
    old: Sequence[OldLesson],
    new: Sequence[NewLesson],
    found: dict[str, OldLesson],
    parts: Parts,
) -> tuple[LessonChange, ...]:
    return (
        *(lesson_change(one, found.get(one.slug), parts.of[one.slug]) for one in new),
        *(
            LessonChange(("removed",), gone, None, into=parts.carried[gone.slug])
            for gone in remaining_old(live_ones(old), found)
        ),
    )


def lesson_change(
    new: NewLesson, old: OldLesson | None, parts: tuple[OldLesson, ...]
) -> LessonChange:
    if old is None:
        return LessonChange(("split",) if parts else ("added",), None, new, parts)
    kinds = {
        "revived": old.archived,
        "renamed": (old.slug, old.title) != (new.slug, new.title),
        "moved": old.module != new.module,
        "merged": bool(parts) and not old.archived,
    }
    return LessonChange(true_of(kinds), old, new, parts)
