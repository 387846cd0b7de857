"""What the kinds that grade one policy document have in common: all but their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from labs.grading import iam
from labs.grading.completions import Slot, Words
from labs.grading.cure import Held, Mend
from labs.grading.iam.exercise.answer import Answer
from labs.grading.iam.exercise.behaviour import behaviour
from labs.grading.iam.exercise.codes import CODES
from labs.grading.iam.exercise.completions import SLOTS, words
from labs.grading.iam.exercise.policy_answer import parse_policy
from labs.grading.iam.exercise.policy_exercise import Exercise, read_exercise
from labs.grading.iam.exercise.policy_mends import mends_of
from labs.grading.iam.exercise.policy_verdict import (
    advise_answer,
    check_answer,
    holds_answer,
)
from labs.grading.kind import Code, Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.policies import broken_policies
from labs.grading.report import Finding, Report


@dataclass(frozen=True, slots=True)
class PolicyKind:
    """`policy_type` is what the answer is, unless the lab's `type` says otherwise."""

    NAME: str
    TITLE: str
    policy_type: str
    LANGUAGE: str = "json"
    VERSION: str = iam.VERSION
    MAX_BYTES: int = 16_000
    IS_BOUNDED: Literal[True] = True

    @property
    def CODES(self) -> Mapping[str, Code]:
        return CODES

    @property
    def TEXTS(self) -> Mapping[str, tuple[str, ...]]:
        return {"scenarios": ("name", "why")}

    @property
    def SLOTS(self) -> tuple[Slot, ...]:
        return SLOTS

    def words(self, topic: str) -> Words:
        return words(topic)

    def read_spec(self, table: Mapping[str, object], files: Files) -> Exercise:
        return read_exercise(table, files, self.policy_type)

    def parse(self, text: str) -> Answer:
        return parse_policy(text)

    def check(self, answer: Answer, spec: Exercise) -> Report:
        return check_answer(answer, spec)

    def holds(self, answer: Answer, spec: Exercise) -> list[Held] | None:
        return holds_answer(answer, spec)

    def mends(self, answer: Answer, spec: Exercise) -> Iterator[Mend]:
        return mends_of(answer, spec)

    def mutants(self, text: str) -> Iterator[Mutant]:
        return broken_policies(text)

    def advise(self, answer: Answer, spec: Exercise) -> list[Finding]:
        return advise_answer(answer, spec)

    def behaviour(self, finding: Finding, solution: str) -> str:
        return behaviour(finding, solution)
