"""A plan in words for a reader: one line a change, with the progress that it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lessons.plan import LessonChange, Plan

MARKS = {"added": "+", "revived": "+", "split": "+", "removed": "-"}


def change_lines(plan: Plan) -> list[str]:
    changes = [*lesson_lines(plan), *section_lines(plan)]
    return changes or ["  ~ arrangement, notes or layout only"]


def lesson_lines(plan: Plan) -> Iterator[str]:
    for change in plan.lessons:
        if change.kinds:
            sides = [side for side in (change.old, change.new) if side]
            titles = arrow(f"“{side.title}”" for side in sides)
            yield line(change.kinds, f"lesson {titles}", lesson_progress(change))


def section_lines(plan: Plan) -> Iterator[str]:
    for change in plan.sections:
        if change.kinds:
            sides = [side for side in (change.old, change.new) if side]
            titles = arrow(f"“{side.title}”" for side in sides)
            homes = arrow(side.lesson for side in sides)
            progress = f"completed by {people(change.learners)}" if change.old else ""
            yield line(change.kinds, f"{titles} in {homes}", progress)


def lesson_progress(change: LessonChange) -> str:
    if change.old is None:
        return ""
    completed = f"completed by {people(change.old.learners)}"
    if not change.loses_progress:
        return completed
    return f"{completed}, {people(change.old.readers)} stopped there; kept, but no longer shown"


def line(kinds: tuple[str, ...], words: str, progress: str) -> str:
    mark = next((MARKS[kind] for kind in kinds if kind in MARKS), "~")
    return f"  {mark} {', '.join(kinds)}: {words}" + (f" ({progress})" if progress else "")


def arrow(names: Iterable[str]) -> str:
    """From the old name to the new one; one that stayed is named once."""
    return " → ".join(dict.fromkeys(names))


def people(count: int) -> str:
    return "1 learner" if count == 1 else f"{count} learners"
