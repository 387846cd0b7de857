"""A learner's policy, and what was found about it so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.exercise.case_comparison import (
    CaseComparison,
    compare_answer,
    compare_denials,
)
from labs.grading.iam.exercise.policy_exercise import Exercise
from labs.grading.iam.exercise.sentences import YOUR_POLICY
from labs.grading.iam.language.documents import Policy
from labs.grading.json_text import JsonDocument

Comparing = Callable[[CompiledPolicy, Exercise], CaseComparison]


@dataclass(frozen=True, slots=True)
class Answer:
    """A learner's document: its text with positions, and what it means. What costs something is
    found once: the verdict and the search for a cure ask the same."""

    document: JsonDocument
    policy: Policy
    memo: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def compiled(self) -> CompiledPolicy:
        if "compiled" not in self.memo:
            self.memo["compiled"] = CompiledPolicy(self.policy, YOUR_POLICY)
        found: CompiledPolicy = self.memo["compiled"]
        return found

    def compared(self, exercise: Exercise) -> CaseComparison:
        return self.remembered(compare_answer, exercise)

    def compared_denials(self, exercise: Exercise) -> CaseComparison:
        return self.remembered(compare_denials, exercise)

    def remembered(self, compare: Comparing, exercise: Exercise) -> CaseComparison:
        known: tuple[Exercise | None, CaseComparison | None] = self.memo.get(compare, (None, None))
        if known[0] is exercise and known[1] is not None:
            return known[1]
        found = compare(self.compiled, exercise)
        self.memo[compare] = exercise, found
        return found
