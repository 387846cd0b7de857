"""Fates in words, as rows of a table, and as lines over time."""

from __future__ import annotations

from collections.abc import Sequence

from labs.grading.lifecycles.comparison.fates import Fate, Gap, State
from labs.grading.lifecycles.exercise.lifecycle_exercise import LifecycleExercise, Subject
from labs.grading.lifecycles.exercise.world import World
from labs.grading.report import Outcome
from labs.grading.said import Said, joined, say

STAYS = say("nothing is done to it")
NOT_THERE = say("not there")
ROW = 24  # pixels of one line
GONE_WORDS = ("gone", "expired")


def gap_words(subject: str, gap: Gap, world: World) -> Said:
    return say(
        "{subject}, {day}: {mine}. It should be: {wanted}.",
        subject=joined([subject, gap.name], ", ") if gap.name not in ("", subject) else subject,
        day=world.day(gap.day),
        mine=state_words(gap.mine),
        wanted=wanted_words(gap.wanted),
    )


def state_words(state: State | None) -> str:
    return state.words if state else NOT_THERE


def wanted_words(state: State | None) -> str:
    """Without the name of the rule: that is the solution's own."""
    if state is None:
        return NOT_THERE
    return plain_words(state)


def plain_words(state: State) -> str:
    what = state.words.parts.get("what") if "what" in state.words.parts else None
    if state.plain == "expired":
        return say("expired")
    return what or state.words


def told(fates: Sequence[Fate], world: World, *, rules: bool) -> str:
    """What the rules do, one thing after the other."""
    named = [(one, fate) for fate in fates for one in fate.states if one.plain]
    rows: list[str] = []
    for state, fate in sorted(named, key=lambda pair: pair[0].day):
        words = state.words if rules else plain_words(state)
        if fate.name and len(fates) > 1:
            words = joined([fate.name, words], ": ")
        rows.append(say("{day}: {what}", day=world.day(state.day), what=words))
    return joined(rows, "; ") if rows else STAYS


def expected_words(subject: Subject, world: World) -> str:
    return told(subject.fates, world, rules=False)


def outcome(subject: Subject, mine: Sequence[Fate], world: World) -> Outcome:
    wanted = told(subject.fates, world, rules=False)
    return Outcome(
        name=subject.name,
        expected=wanted,
        yours=told(mine, world, rules=True),
        because=subject.why,
        passed=told(mine, world, rules=False) == wanted,
    )


def drawn(subject: Subject, mine: Sequence[Fate], exercise: LifecycleExercise) -> dict[str, object]:
    """Its lines for a page: for each version, or for the image, how long it is in which state."""
    rows = [line(fate, exercise) for fate in mine]
    return {
        "name": subject.name,
        "height": ROW * len(rows),
        "rows": [row | {"y": ROW * number} for number, row in enumerate(rows)],
        "told": told(mine, exercise.world, rules=True),
    }


def line(fate: Fate, exercise: LifecycleExercise) -> dict[str, object]:
    parts = []
    for number, state in enumerate(fate.states):
        later = fate.states[number + 1].day if number + 1 < len(fate.states) else exercise.last_day
        if state.plain not in GONE_WORDS:
            parts.append(part(state, later, exercise))
    return {"name": fate.name, "parts": parts}


def thickness(state: State) -> int:
    """In pixels: thinner where it is colder."""
    return max(9 - state.level, 2)


def part(state: State, until: int, exercise: LifecycleExercise) -> dict[str, object]:
    whole = max(1, exercise.last_day - exercise.first_day)
    start = min(max(0, state.day - exercise.first_day), whole)
    end = min(max(start, until - exercise.first_day), whole)
    return {
        "x": f"{100 * start / whole:.4g}%",
        "width": f"{max(100 * (end - start) / whole, 0.6):.4g}%",
        "words": plain_words(state),
        "top": 21 - thickness(state),
        "height": thickness(state),
        "from": exercise.world.day(state.day),
        "to": exercise.world.day(until),
    }
