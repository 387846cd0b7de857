"""What a learner sorted against what is accepted. Of a wrong box the reason is told why it is
wrong, and never which would be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import islice

from labs.grading.behaviour import VERBS, Behaviour
from labs.grading.errors import Position
from labs.grading.listing import listed_with_or
from labs.grading.names.exercise.answers import SHOWN
from labs.grading.report import Case, Finding, Outcome, Report, Severity
from labs.grading.said import say
from labs.grading.sorting.answers import Answer, Choice, plain
from labs.grading.sorting.codes import MISSING, OTHER, RIGHT, UNKNOWN_BOX, UNKNOWN_ITEM
from labs.grading.sorting.exercise import Box, Sorted, SortingExercise

MOST_UNKNOWN = 5  # warnings of each sort
NEAR, CLEARLY = 0.8, 0.1  # of a likeness up to 1

VERBS["sorts"] = say("sorts “{what}” into “{where}”")


def check_sorting(answer: Answer, exercise: SortingExercise) -> Report:
    given = {plain(name): choice for name, choice in answer.items()}
    pairs = [(item, given.get(plain(item.name))) for item in exercise.items]
    findings = [judged(item, choice, exercise) for item, choice in pairs]
    return Report(
        (*findings, *unknown(answer, exercise)),
        outcomes=tuple(outcome(item, choice, exercise) for item, choice in pairs),
        outcomes_title=say("Item by item"),
    )


def judged(item: Sorted, choice: Choice | None, exercise: SortingExercise) -> Finding:
    box = exercise.box_called(choice.box) if choice else None
    if choice is None or box is None:
        return missing(item, choice, exercise)
    if box.name in item.accepts:
        return right(item, box, exercise)
    return other(item, box, choice, exercise)


def right(item: Sorted, box: Box, exercise: SortingExercise) -> Finding:
    message = say("{item}: {box} is right.", item=item.name, box=box.name)
    return Finding(exercise.code(RIGHT), True, item.points, message, why=item.why)


def missing(item: Sorted, choice: Choice | None, exercise: SortingExercise) -> Finding:
    message = say("{item}: it is in none of the boxes yet.", item=item.name)
    boxes = listed_with_or([box.name for box in exercise.boxes])
    return Finding(
        exercise.code(MISSING),
        False,
        item.points,
        message,
        at=choice.at if choice else None,
        cases=(Case(message),),
        cure=say("Write {boxes} behind “{item}:”.", boxes=boxes, item=item.name),
    )


def other(item: Sorted, box: Box, choice: Choice, exercise: SortingExercise) -> Finding:
    message = say("{item}: not {box}.", item=item.name, box=box.name)
    return Finding(
        exercise.code(OTHER),
        False,
        item.points,
        message,
        at=choice.at,
        cases=(Case(message),),
        counterexample={"item": item.name, "box": box.name},
        why=item.reasons[box.name],
        cure=say("Choose another box for “{item}”.", item=item.name),
    )


def outcome(item: Sorted, choice: Choice | None, exercise: SortingExercise) -> Outcome:
    typed = choice.box if choice else ""
    box = exercise.box_called(typed)
    passed = box is not None and box.name in item.accepts
    return Outcome(
        name=item.name,
        what=item.text,
        expected=listed_with_or(item.accepts) if passed else "",
        yours=box.name if box else shown(typed) or say("not filled in"),
        because=(item.why if passed else item.reasons[box.name]) if box else "",
        passed=passed,
    )


def shown(typed: str) -> str:
    return typed[:SHOWN] + ("…" if len(typed) > SHOWN else "")


def unknown(answer: Answer, exercise: SortingExercise) -> list[Finding]:
    """Boxes and items that the task does not have: warnings, for a typing error is told best by
    its place, and before it costs an attempt."""
    boxes, items = strange_boxes(answer, exercise), strange_items(answer, exercise)
    return [*islice(boxes, MOST_UNKNOWN), *islice(items, MOST_UNKNOWN)]


def strange_boxes(answer: Answer, exercise: SortingExercise) -> Iterator[Finding]:
    words = {word: box.name for box in exercise.boxes for word in box.words}
    names = [box.name for box in exercise.boxes]
    for name, choice in answer.items():
        typed = choice.box
        if not typed or exercise.box_called(typed) or not exercise.item_called(name):
            continue
        near = nearest(typed, words)
        message = (
            say("There is no box “{box}”. Do you mean “{near}”?", box=shown(typed), near=near)
            if near
            else say("There is no box “{box}”.", box=shown(typed))
        )
        cure = say("Write {boxes}.", boxes=listed_with_or(names))
        yield warning(UNKNOWN_BOX, message, choice.at, cure, exercise)


def strange_items(answer: Answer, exercise: SortingExercise) -> Iterator[Finding]:
    names = {item.name: item.name for item in exercise.items}
    for name, choice in answer.items():
        if exercise.item_called(name):
            continue
        near = nearest(name, names)
        message = (
            say("“{name}” is not in the task. Do you mean “{near}”?", name=shown(name), near=near)
            if near
            else say("“{name}” is not in the task.", name=shown(name))
        )
        cure = say("Use the names that the task gives.")
        yield warning(UNKNOWN_ITEM, message, choice.at, cure, exercise)


def nearest(typed: str, names: Mapping[str, str]) -> str:
    """What was probably meant, of names and what each stands for; "" where none is near, or two
    are: a short name with another letter is another thing of AWS (CLB is not NLB)."""
    word = plain(typed[:SHOWN])
    likeness = [(SequenceMatcher(None, word, plain(name)).ratio(), name) for name in names]
    best = max(likeness, default=(0.0, ""))[0]
    meant = {names[name] for ratio, name in likeness if ratio >= best - CLEARLY}
    return meant.pop() if best >= NEAR and len(meant) == 1 else ""


def warning(
    suffix: str, message: str, at: Position, cure: str, exercise: SortingExercise
) -> Finding:
    return Finding(
        exercise.code(suffix),
        False,
        0,
        message,
        at=at,
        severity=Severity.WARNING,
        cure=cure,
    )


def behaviour(finding: Finding, solution: str) -> str:
    """Mistakes are counted by the item and the box that it was put into."""
    case = finding.counterexample or {}
    return Behaviour("sorts", str(case["item"]), str(case["box"])).key if "box" in case else ""
