"""Changes that may mend a filter: a field as the solution has it, one more, or one less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from labs.grading.cure import Mend
from labs.grading.json_document import JsonDocument, Path
from labs.grading.json_text import read_json
from labs.grading.messages.filter_exercise.answers import FilterAnswer
from labs.grading.messages.filter_exercise.filter_exercise import FilterExercise
from labs.grading.mutants.json_trees import at, cut, put
from labs.grading.said import say

MOST = 24
OTHER_LIST = say("Ask something else of one field.")
ANOTHER_FIELD = say("Ask about one field more.")
FIELD_LESS = say("Leave one field out.")


def mends_of(answer: FilterAnswer, exercise: FilterExercise) -> list[Mend]:
    found = changes(answer.document, exercise.solution)
    return [one for one, _number in zip(found, range(MOST), strict=False)]


def changes(document: JsonDocument, solution: Any) -> Iterator[Mend]:
    """The smallest first: another list, a field more, a field less."""
    mine: Any = document.value
    here, there = dict(leaves(mine)), dict(leaves(solution))
    for path, value in there.items():
        if path in here and here[path] != value:
            made = put(mine, path, value)
            yield mend(OTHER_LIST, here[path], value, made, document.position(path))
    for path, value in there.items():
        if path not in here and can_put(mine, path):
            yield mend(ANOTHER_FIELD, None, put({}, path, value), put(mine, path, value), None)
    for path, value in here.items():
        if path not in there:
            rest = without(mine, path)
            if rest:
                yield mend(FIELD_LESS, put({}, path, value), None, rest,
                           document.key_position(path))  # fmt: skip


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every list with its path; `$or` is one as a whole."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif path:
        yield path, value


def can_put(tree: Any, path: Path) -> bool:
    """Does the way there lead through objects?"""
    for step in path[:-1]:
        if not isinstance(tree, dict):
            return False
        tree = tree.get(step, {})
    return isinstance(tree, dict)


def without(tree: Any, path: Path) -> Any:
    """The tree without this field, and without objects that it alone was in."""
    rest = cut(tree, path)
    while path[:-1] and not at(rest, path[:-1]):
        path = path[:-1]
        rest = cut(rest, path)
    return rest


def mend(sentence: str, before: Any, after: Any, tree: Any, place: tuple[int, int] | None) -> Mend:
    text = json.dumps(tree, ensure_ascii=False, indent=2)
    answer = FilterAnswer(read_json(text))
    return Mend(sentence, written(before), written(after), answer, place)


def written(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
