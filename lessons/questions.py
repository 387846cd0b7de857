"""Where only the author knows: “is this the old one, or another?”

A section is asked about when it was found by its likeness alone and that likeness is not strong,
or another is nearly as alike; and when something not quite like it left. A lesson, when one
appeared while another left with somebody's progress.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lessons.matching import (
    NEW,
    NewLesson,
    NewSection,
    OldLesson,
    OldSection,
    Said,
    live_ones,
    match_sections,
    own_text,
    remaining_new,
    remaining_old,
    similar_pairs,
    words,
)

SURE = 0.85  # so alike that nobody needs to be asked, unless …
RIVAL = 0.15  # … another is nearly as alike
POSSIBLE = 0.4
MOST = 4  # old ones to choose from


@dataclass(frozen=True, slots=True)
class Candidate:
    old: OldSection | OldLesson
    percent: int  # of words in common


@dataclass(frozen=True, slots=True)
class Question:
    """Is `new` one of these? `chosen` is the slug of the one that it is taken for, or NEW."""

    new: NewSection | NewLesson
    candidates: tuple[Candidate, ...]
    chosen: str
    is_answered: bool

    @property
    def is_of_lesson(self) -> bool:
        return isinstance(self.new, NewLesson)


def questions_of(
    old: Sequence[OldSection],
    new: Sequence[NewSection],
    gone: Sequence[OldLesson],
    added: Sequence[NewLesson],
    said: Said,
) -> tuple[Question, ...]:
    """`gone` and `added`: the lessons that left without an heir, and those that are all new."""
    return (
        *lesson_questions(gone, added, said.lessons),
        *section_questions(old, new, said.sections),
    )


# --- Sections -------------------------------------------------------------------------------------


def section_questions(
    old: Sequence[OldSection], new: Sequence[NewSection], said: Mapping[str, str]
) -> Iterable[Question]:
    """Asked by what the files say alone, so that an answer can be changed."""
    found = match_sections(old, new)
    after = {one.slug: one for one in new}
    sure = {slug: before for slug, before in found.items() if is_plain(before, after[slug])}
    asked = remaining_new(new, sure)
    pairs = similar_pairs(remaining_old(live_ones(old), sure), asked)
    possible = [pair for pair in pairs if pair[0] >= POSSIBLE]
    taken = match_sections(old, new, said)
    for one in asked:
        candidates = sorted(
            ((score, before) for score, before, other in possible if other is one),
            key=lambda pair: -pair[0],
        )
        if candidates and not is_sure(one, candidates[0], possible):
            chosen = taken[one.slug].slug if one.slug in taken else NEW
            yield question(one, candidates, chosen, is_answered=one.slug in said)


def is_plain(before: OldSection, after: NewSection) -> bool:
    """Found by its address or by its text."""
    text = own_text(before)
    return before.slug == after.slug or (text is not None and text == own_text(after))


def is_sure(
    one: NewSection,
    best: tuple[float, OldSection],
    possible: Sequence[tuple[float, OldSection, NewSection]],
) -> bool:
    score, before = best
    rivals = [
        other
        for other, old, new in possible
        if (new is one or old is before) and not (new is one and old is before)
    ]
    return score >= SURE and all(other < score - RIVAL for other in rivals)


def question(
    one: NewSection,
    candidates: Sequence[tuple[float, OldSection]],
    chosen: str,
    *,
    is_answered: bool,
) -> Question:
    found = tuple(Candidate(before, int(score * 100)) for score, before in candidates[:MOST])
    return Question(one, found, chosen, is_answered)


# --- Lessons --------------------------------------------------------------------------------------


def lesson_questions(
    gone: Sequence[OldLesson], added: Sequence[NewLesson], said: Mapping[str, str]
) -> Iterable[Question]:
    for one in added:
        candidates = [
            Candidate(before, int(alike(before.title, one.title) * 100))
            for before in gone
            if before.learners or before.readers
        ]
        candidates.sort(key=lambda candidate: -candidate.percent)
        likely = tuple(each for each in candidates if may_be(each, one))[:MOST]
        chosen = said.get(one.slug, NEW)
        if likely:
            yield Question(one, likely, chosen, is_answered=one.slug in said)


def may_be(candidate: Candidate, one: NewLesson) -> bool:
    before = candidate.old
    return candidate.percent >= POSSIBLE * 100 or (
        isinstance(before, OldLesson) and before.module == one.module
    )


def alike(one: str, other: str) -> float:
    left, right = words(one), words(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0
