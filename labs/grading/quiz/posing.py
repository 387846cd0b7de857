"""A question as somebody gets it: a seed draws the values and the order of its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from labs.grading.quiz.judgement import Body, Part, Shown
from labs.grading.quiz.reading import Question, body_of, text_of
from labs.grading.quiz.values import Drawn

FRESH_TRIES = 8


@dataclass(frozen=True, slots=True)
class Posed:
    question: Question
    seed: int
    drawn: Drawn
    body: Body

    @property
    def text(self) -> str:
        return text_of(self.question, self.drawn)

    @property
    def shown(self) -> Shown:
        shown = self.body.shown
        return replace(shown, parts=self.mixed(shown.parts)) if self.body.is_mixed else shown

    def mixed(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Never as the author wrote them: the first would be the right one, or the order."""
        chance, order = chance_of(self.seed), list(parts)
        while len(parts) > 1:
            chance.shuffle(order)
            if tuple(order) != parts or self.question.kind != "order":
                break
        return tuple(order)


def chance_of(seed: int) -> Random:
    return Random(seed)  # noqa: S311 — the order of options, not secrets


def seed_from(text: str) -> int:
    """The same for the same text, on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) >> 1


def posed(question: Question, seed: int) -> Posed:
    drawn = question.values.drawn(chance_of(seed))
    return Posed(question, seed, drawn, body_of(question, drawn))


def posed_anew(question: Question, seed: int, before: Drawn) -> Posed:
    """With other values than before, where there are others."""
    for one in tries(seed):
        drawn = question.values.drawn(chance_of(one))
        if drawn != before or not question.values.choices:
            return Posed(question, one, drawn, body_of(question, drawn))
    return posed(question, seed)


def tries(seed: int) -> Iterator[int]:
    """Seeds far from those of the next times."""
    chance = chance_of(seed)
    return (seed if number == 0 else chance.getrandbits(31) for number in range(FRESH_TRIES))
