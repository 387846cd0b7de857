"""Two sets of rules, case by case: the first, and smallest, in which they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from labs.grading.lifecycles.comparison.fates import Gap, gaps
from labs.grading.lifecycles.exercise.lifecycle_exercise import LifecycleExercise

Found = tuple[Any, Gap]


@dataclass(frozen=True, slots=True)
class Tried:
    """A case with its gap each way; None where none differs so."""

    much: Found | None
    little: Found | None
    cases: int


def tried_on_all(rules: Any, exercise: LifecycleExercise) -> Tried:
    world, both = exercise.world, (exercise.expected, rules)
    found: dict[bool, Found] = {}
    number = 0
    for case in world.cases(both):
        number += 1
        for gap in gaps_in(case, rules, exercise):
            if gap.too_much not in found:
                found[gap.too_much] = shrunk(case, gap, rules, exercise)
        if len(found) == 2:
            break
    return Tried(found.get(True), found.get(False), number)


def gaps_in(case: Any, rules: Any, exercise: LifecycleExercise) -> list[Gap]:
    world, both = exercise.world, (exercise.expected, rules)
    mine, wanted = world.fates(rules, case, both), world.fates(exercise.expected, case, both)
    return [gap for gap in gaps(mine, wanted) if gap]


def shrunk(case: Any, gap: Gap, rules: Any, exercise: LifecycleExercise) -> Found:
    """As long as a smaller case still shows a gap of this sort, it is shown instead."""
    while True:
        smaller = next(still_there(case, gap, rules, exercise), None)
        if smaller is None:
            return case, gap
        case, gap = smaller


def still_there(case: Any, gap: Gap, rules: Any, exercise: LifecycleExercise) -> Any:
    for one in exercise.world.smaller(case):
        for other in gaps_in(one, rules, exercise):
            if other.too_much is gap.too_much:
                yield one, other
