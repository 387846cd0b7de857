"""Which lessons a lesson is made of now: of one that was split, or of several that were merged.

Who has completed every part has completed the lesson. So whoever completed a lesson before it was
split keeps all its parts completed, and a merged one is complete for those who completed all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lessons.matching import NewLesson, OldLesson


@dataclass(frozen=True, slots=True)
class Moves:
    """How many sections went from one lesson to another, by (old slug, new slug); how many each old
    one held, and how many each new one holds."""

    went: Counter[tuple[str, str]]
    held: Counter[str]
    holds: Counter[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """`of`: new slug → the old lessons that it is made of, where that is more than the row that it
    keeps. `carried`: old slug → the new lessons that a lesson that is gone lives on in."""

    of: Mapping[str, tuple[OldLesson, ...]]
    carried: Mapping[str, tuple[NewLesson, ...]]


def find_parts(
    old: Sequence[OldLesson],
    new: Sequence[NewLesson],
    found: Mapping[str, OldLesson],
    moves: Moves,
) -> Parts:
    """`found`: new slug → the row that it keeps."""
    kept = {lesson.key for lesson in found.values()}
    live = [lesson for lesson in old if not lesson.archived]
    gone = [lesson for lesson in live if lesson.key not in kept]
    of = {
        one.slug: merged(one, found[one.slug], gone, moves)
        if one.slug in found and not found[one.slug].archived
        else split_off(one, live, moves)
        for one in new
    }
    return Parts(of, {lesson.slug: carriers(lesson, new, of, moves) for lesson in gone})


def merged(
    one: NewLesson, kept: OldLesson, gone: Sequence[OldLesson], moves: Moves
) -> tuple[OldLesson, ...]:
    """With those that are gone and left more than half of what they held here."""
    others = [
        lesson for lesson in gone if moves.went[lesson.slug, one.slug] * 2 > moves.held[lesson.slug]
    ]
    return (kept, *others) if others else ()


def split_off(one: NewLesson, live: Sequence[OldLesson], moves: Moves) -> tuple[OldLesson, ...]:
    """A lesson that was not there, where more than half of what it holds was."""
    givers = [lesson for lesson in live if moves.went[lesson.slug, one.slug]]
    given = sum(moves.went[lesson.slug, one.slug] for lesson in givers)
    return tuple(givers) if given * 2 > moves.holds[one.slug] else ()


def carriers(
    gone: OldLesson,
    new: Sequence[NewLesson],
    of: Mapping[str, tuple[OldLesson, ...]],
    moves: Moves,
) -> tuple[NewLesson, ...]:
    """Those that it is a part of, the one that took most of it first; none where they took less
    than half."""
    found = [one for one in new if gone in of[one.slug]]
    found.sort(key=lambda one: -moves.went[gone.slug, one.slug])
    carried = sum(moves.went[gone.slug, one.slug] for one in found)
    return tuple(found) if carried * 2 > moves.held[gone.slug] else ()
