"""A learner's API as it was written, and what was found about it so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from labs.grading.gateway.comparison.compare import Difference, compare
from labs.grading.gateway.exercise.exercise import ApiExercise
from labs.grading.gateway.routes.reader import ReadApi, read_api
from labs.grading.gateway.routing.request import Request
from labs.grading.json_document import JsonDocument

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """`suspects`: requests that fared wrongly before the document was changed. What costs something
    is found once: the verdict and the search for a cure ask the same."""

    document: JsonDocument
    suspects: tuple[Request, ...] = field(default=(), compare=False)
    memo: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def read(self, exercise: ApiExercise) -> ReadApi:
        return self.once(read_answer, exercise)

    def compared(self, exercise: ApiExercise) -> Difference:
        """With what is expected. OutOfBudget."""
        return self.once(compare_answer, exercise)

    def once(self, find: Callable[[ApiAnswer, ApiExercise], Found], exercise: ApiExercise) -> Found:
        known: tuple[ApiExercise, Found] | None = self.memo.get(find)
        if known is None or known[0] is not exercise:
            known = self.memo[find] = exercise, find(self, exercise)
        return known[1]


def read_answer(answer: ApiAnswer, exercise: ApiExercise) -> ReadApi:
    return read_api(answer.document.value, exercise.around)


def compare_answer(answer: ApiAnswer, exercise: ApiExercise) -> Difference:
    return compare(answer.read(exercise).found, exercise.expected, exercise.terms)
