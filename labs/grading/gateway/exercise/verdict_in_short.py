"""Of each check of an answer whether it holds, without a word about it; and the requests that show
what does not."""

from __future__ import annotations

from labs.grading.cure import Held
from labs.grading.errors import Undecided
from labs.grading.gateway.comparison.compare import Difference, Seen, decided, holds, seen_at
from labs.grading.gateway.exercise.answer import ApiAnswer
from labs.grading.gateway.exercise.closed import open_function
from labs.grading.gateway.exercise.exercise import ApiExercise
from labs.grading.gateway.routes.model import Api
from labs.grading.gateway.routing.request import Request
from labs.grading.wildcards.budget import OutOfBudget


def holds_api(answer: ApiAnswer, exercise: ApiExercise) -> list[Held] | None:
    """As the checks of `check_api`, in their order; None where AWS would refuse the settings. What
    a suspect shows already needs no comparison."""
    read = answer.read(exercise)
    if read.notes:
        return None
    seen = samples_seen(read.found, exercise)
    found: list[Held] = [
        holds(it.got, it.wanted, exercise.terms)
        for one, it in zip(exercise.samples, seen, strict=True)
        if one.points
    ]
    if exercise.points:
        found += comparison_holds(answer, exercise, seen)
    if exercise.closed_points:
        found.append(not open_function(read.found, exercise.around))
    return found


def samples_seen(mine: Api, exercise: ApiExercise) -> list[Seen]:
    return [
        Seen(one.request, decided(mine, one.request, exercise.terms), one.wanted)
        for one in exercise.samples
    ]


def comparison_holds(answer: ApiAnswer, exercise: ApiExercise, seen: list[Seen]) -> list[Held]:
    """That nobody gets in who must not, and that nothing is lost."""
    mine, expected = answer.read(exercise).found, exercise.expected
    asked = [seen_at(mine, expected, one, exercise.terms) for one in answer.suspects]
    shown = {it.too_much for it in asked if not holds(it.got, it.wanted, exercise.terms)}
    return [
        True not in shown and (lambda: compared(answer, exercise, seen).too_much is None),
        False not in shown and (lambda: compared(answer, exercise, seen).too_little is None),
    ]


def compared(answer: ApiAnswer, exercise: ApiExercise, seen: list[Seen]) -> Difference:
    """The smallest requests that differ. Where the routes are too tangled to be sure, it is a
    sample that is known to be wrong, and without one it is Undecided."""
    try:
        return answer.compared(exercise)
    except OutOfBudget:
        wrong = [one for one in seen if not holds(one.got, one.wanted, exercise.terms)]
        if not wrong:
            raise Undecided("The routes are too tangled to be compared exactly.") from None
        much = next((one for one in wrong if one.too_much), None)
        return Difference(much, next((one for one in wrong if not one.too_much), None))


def faring_wrongly(answer: ApiAnswer, exercise: ApiExercise) -> tuple[Request, ...]:
    """One of each sort, if there is one."""
    try:
        found = answer.compared(exercise)
    except OutOfBudget:
        return ()
    return tuple(one.request for one in (found.too_much, found.too_little) if one)
