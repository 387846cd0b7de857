"""A plan in words for a reader: one line a change, with the progress that it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lessons.plan import LessonChange, Plan

NAMED = 8  # words of the glossary in one line
MARKS = {"added": "+", "revived": "+", "split": "+", "removed": "-"}


def change_lines(plan: Plan) -> list[str]:
    changes = [*lesson_lines(plan), *section_lines(plan), *term_lines(plan)]
    changes += question_lines(plan)
    return changes or ["  ~ arrangement, notes or layout only"]


def lesson_lines(plan: Plan) -> Iterator[str]:
    for change in plan.lessons:
        if change.kinds:
            yield line(change.kinds, f"lesson {titles_of(change)}", lesson_progress(change, plan))


def section_lines(plan: Plan) -> Iterator[str]:
    for change in plan.sections:
        if change.kinds:
            sides = [side for side in (change.old, change.new) if side]
            titles = arrow(f"“{side.title}”" for side in sides)
            homes = arrow(side.lesson for side in sides)
            progress = f"completed by {people(change.learners)}" if change.old else ""
            yield line(change.kinds, f"{titles} in {homes}", progress)


def term_lines(plan: Plan) -> Iterator[str]:
    """One line for each kind of change, however many words it is about."""
    for kind in ("added", "changed", "removed"):
        names = [f"“{change.name}”" for change in plan.terms if change.kind == kind]
        if names:
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield line((kind,), f"glossary {', '.join(names[:NAMED])}{more}", "")


def question_lines(plan: Plan) -> Iterator[str]:
    """What only the author knows, and what it is taken for where nobody is asked."""
    for one in plan.questions:
        likely = one.candidates[0]
        taken = "the same" if one.chosen == likely.old.slug else "another"
        yield (
            f"  ? is “{one.new.title}” the old “{likely.old.title}” ({likely.percent} % alike)? "
            f"taken for {taken}; /authoring/ asks"
        )


def titles_of(change: LessonChange) -> str:
    before = change.parts or ((change.old,) if change.old else ())
    after = (change.new,) if change.new else change.into
    sides = (" + ".join(f"“{one.title}”" for one in side) for side in (before, after))
    return arrow(side for side in sides if side)


def lesson_progress(change: LessonChange, plan: Plan) -> str:
    if change.is_split:
        return split_progress(change, plan)
    if "merged" in change.kinds:
        return merged_progress(change)
    if change.old is None:
        return ""
    completed = f"completed by {people(change.old.learners)}"
    if not change.loses_progress:
        return completed
    return f"{completed}, {people(change.old.readers)} stopped there; kept, but no longer shown"


def split_progress(change: LessonChange, plan: Plan) -> str:
    """How many the whole was split into is said by the whole."""
    if not change.completed.whole:
        return f"completed by {people(0)}"
    if len(change.parts) > 1:
        return f"{people(change.completed.whole)} completed all of them: they keep this completed"
    [whole] = change.parts
    count = sum(whole in (one.old, *one.parts) for one in plan.lessons if one.new)
    parts = "both parts" if count == 2 else f"all {count} parts"
    return f"{people(change.completed.whole)} completed it: they keep {parts} completed"


def merged_progress(change: LessonChange) -> str:
    whole = f"{people(change.completed.whole)} completed all of it: they keep it completed"
    if not change.completed.partly:
        return whole
    return (
        f"{whole}; {people(change.completed.partly)} completed a part: for them it is open again, "
        "and what they completed is archived"
    )


def line(kinds: tuple[str, ...], words: str, progress: str) -> str:
    mark = next((MARKS[kind] for kind in kinds if kind in MARKS), "~")
    return f"  {mark} {', '.join(kinds)}: {words}" + (f" ({progress})" if progress else "")


def arrow(names: Iterable[str]) -> str:
    """From the old name to the new one; one that stayed is named once."""
    return " → ".join(dict.fromkeys(names))


def people(count: int) -> str:
    return "1 learner" if count == 1 else f"{count} learners"
