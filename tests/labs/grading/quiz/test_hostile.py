"""Whatever a form sends, and whatever an old row holds: an answer, or words that say why not."""

from __future__ import annotations

import contextlib
from random import Random
from typing import Any

import pytest

from labs.grading.errors import AnswerError
from labs.grading.quiz.judgement import Judgement, Shown
from labs.grading.quiz.posing import posed
from labs.grading.quiz.reading import Question
from tests.labs.grading.quiz.test_samples import SAMPLES

TIMES = 5_000
TEXTS = (
    "", " ", "0", "-1", "1", "2", "3", "4", "65", "1e400", "9" * 300, "١٢", "½", "NaN", "inf",
    "0x10", "1,2,3.4.5", "1.2.3", ",", ".", "--", "+-1", "1 000 000", "\0", "\ud800", "<b>",
    "'; DROP", "%s", "eu-west-2", "${jndi:x}", "a" * 5_000, "\u202e1", "1\n2", "{{ 7*7 }}", "1/0",
    "∞", "0" * 199 + "1",
)  # fmt: skip


def form(chance: Random, shown: Shown) -> dict[str, list[str]]:
    """Half of them are as a page sends them, somehow filled in."""
    keys = [part.key for part in (*shown.parts, *shown.boxes) if part.key]
    numbers = [str(number) for number, _part in enumerate(shown.parts, start=1)]
    chance.shuffle(numbers)
    tame = {f"place-{part.key}": [n] for part, n in zip(shown.parts, numbers, strict=True)}
    for part in shown.parts if shown.boxes else ():
        tame[f"box-{part.key}"] = [chance.choice(shown.boxes).key]
    values = [*TEXTS, *keys]
    wild = {
        name: [chance.choice(values) for _ in range(chance.randrange(4))]
        for name in ("chosen", "typed", *tame)
    }
    return wild | tame if chance.random() < 0.5 else wild


@pytest.mark.parametrize("question", SAMPLES.values(), ids=lambda question: question.slug)
def test_a_form_is_an_answer_or_says_why_not(question: Question) -> None:
    chance = Random(question.slug)
    answered = 0
    for seed in range(TIMES):
        body = posed(question, seed % 20).body
        with contextlib.suppress(AnswerError):
            check(body.judge(body.given(form(chance, body.shown))))
            answered += 1
    assert answered > TIMES // 100, "some of them are answers"


def check(judgement: Judgement) -> None:
    assert 0 <= judgement.score <= 1
    assert judgement.remarks
    assert all(remark.reason for remark in judgement.remarks)
    assert judgement.is_right == all(remark.is_right for remark in judgement.remarks)


OLD: list[dict[str, Any]] = [
    {}, {"chosen": None}, {"chosen": "abc"}, {"chosen": [1, None, {}]}, {"typed": 7},
    {"typed": None}, {"typed": ""}, {"order": []}, {"order": "x"}, {"order": [{}, 3]},
    {"order": ["gone", "too"]}, {"somewhere": "else"}, {"chosen": ["gone"]},
]  # fmt: skip


@pytest.mark.parametrize("given", OLD, ids=str)
@pytest.mark.parametrize("question", SAMPLES.values(), ids=lambda question: question.slug)
def test_a_row_of_another_edition_scores_nothing_and_breaks_nothing(
    question: Question, given: dict[str, Any]
) -> None:
    judgement = posed(question, 1).body.judge(given)
    assert judgement.score == 0 or question.kind == "order"
    assert judgement.score < 1
