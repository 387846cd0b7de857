"""Which changes to a policy are tried first, and how little is asked before that is known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from labs.grading.errors import AnswerError
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.exercise import trials
from labs.grading.iam.exercise.answer import Answer
from labs.grading.iam.exercise.policy_exercise import Exercise
from labs.grading.iam.exercise.policy_mends import (
    PolicyChange,
    most_promising,
    policy_changes,
    without_repetitions,
)
from labs.grading.iam.exercise.trials import judged, questions
from labs.grading.kinds import KINDS
from labs.source import LabSource
from tests.labs.shipped import shipped_labs

LABS = [lab for lab in shipped_labs() if lab.kind == "iam-policy"]


def wrong_answers(lab: LabSource) -> Iterator[tuple[Answer, Exercise]]:
    kind: Any = KINDS[lab.kind]
    variant = lab.variants[0]
    exercise = kind.read_spec(variant.table, variant.files)
    for text in variant.wrong.values():
        try:
            answer = kind.parse(text)
        except AnswerError:
            continue
        if not kind.check(answer, exercise).refused:
            yield answer, exercise


def changes_of(answer: Answer, exercise: Exercise) -> list[PolicyChange]:
    changes = policy_changes(answer.policy, exercise.expected.source)
    return list(without_repetitions(islice(changes, 100)))


def ranked_by_asking_all(
    changes: list[PolicyChange], answer: Answer, exercise: Exercise
) -> list[PolicyChange]:
    asked = list(questions(answer, exercise))
    now = sum(judged(answer.compiled, asked, exercise))
    gains = [
        (sum(judged(CompiledPolicy(change.policy), asked, exercise)) - now, change)
        for change in changes
    ]
    return [change for gain, change in sorted(gains, key=lambda row: -row[0]) if gain > 0]


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)
def test_the_changes_come_as_if_every_request_had_been_asked_of_each(lab: LabSource):
    for answer, exercise in wrong_answers(lab):
        changes = changes_of(answer, exercise)
        found = list(most_promising(changes, answer, exercise))
        assert found == ranked_by_asking_all(changes, answer, exercise)


def test_before_the_first_cure_a_change_that_is_none_is_asked_little(
    monkeypatch: pytest.MonkeyPatch,
):
    (lab,) = (one for one in LABS if one.slug == "read-one-bucket")
    for answer, exercise in wrong_answers(lab):
        changes = changes_of(answer, exercise)
        requests = len(list(questions(answer, exercise)))
        decided = counting(monkeypatch)
        next(most_promising(changes, answer, exercise), None)
        assert len(decided) < requests * len(changes) / 2


def counting(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    decided: list[object] = []
    decide = trials.Asked.is_right

    def is_right(asked: trials.Asked, policies: Any) -> bool:
        decided.append(asked)
        return decide(asked, policies)

    monkeypatch.setattr(trials.Asked, "is_right", is_right)
    return decided
