"""What each learner did, and when: plain numbers out of a seed, before any row is written."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from portal.seeding.judged import Answers, Judged
from portal.seeding.people import GIVES_UP, Character, Manner

WEEKS = 12
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FAULTS = 0.002  # answers that could not be checked
HINTED_AFTER, LOOKED_AFTER = 3, 5  # failed attempts


@dataclass(frozen=True, slots=True)
class Task:
    """A lab as far as a history asks: its variants' keys, and how hard it is (0 to 1)."""

    lab: int
    hardness: float
    answers: Mapping[int, Answers]  # by the key of the variant


@dataclass(frozen=True, slots=True)
class Attempt:
    user: int
    lab: int
    variant: int
    at: datetime
    answer: Judged
    faulted: bool = False
    hinted: bool = False
    looked: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when somebody was here."""

    begin: datetime
    end: datetime

    def at(self, part: float) -> datetime:
        return self.begin + (self.end - self.begin) * part


def span_of(one: Character, until: datetime, chance: random.Random) -> Span:
    begin = until - timedelta(weeks=WEEKS) + DAY * chance.uniform(0, 9)
    missed = (
        chance.uniform(14, 50)
        if one.manner is Manner.AWAY
        else 0.5 + min(chance.expovariate(1 / 2.5), 12.0)
    )
    return Span(begin, max(begin + DAY, until - DAY * missed))


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in the proportion of `weights` whose sum is `total`."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    edges, sofar = [0], 0.0
    for weight in weights:
        sofar += weight
        edges.append(round(total * sofar / whole))
    return [after - before for before, after in pairwise(edges)]


def weights_of(people: Sequence[Character], chance: random.Random) -> list[float]:
    """How much each of them hands in: who comes further and who struggles, more."""
    return [
        one.reach * (1.6 if one.manner is Manner.STRUGGLING else 1.0) * chance.uniform(0.7, 1.3)
        for one in people
    ]


def history_of(
    one: Character,
    user: int,
    *,
    tasks: Sequence[Task],
    variants: Sequence[int],
    number: int,
    span: Span,
    chance: random.Random,
) -> Iterator[Attempt]:
    """So many attempts; `variants` are the learner's own, one for each of `tasks`."""
    reached = min(number, max(1, round(len(tasks) * one.reach)))
    weights = [task.hardness * chance.expovariate(1) ** 1.6 for task in tasks[:reached]]
    more = shared_out(number - reached, weights)
    for nth, (task, variant, extra) in enumerate(zip(tasks, variants, more, strict=False)):
        begin = span.at((nth + chance.random() * 0.8) / reached)
        is_last = nth == reached - 1
        passes = passing(one, task, chance) and not (is_last and one.manner is Manner.STRUGGLING)
        yield from tries(user, task, variant, 1 + extra, begin, passes=passes, chance=chance)


def passing(one: Character, task: Task, chance: random.Random) -> bool:
    return chance.random() * 100 >= GIVES_UP[one.manner] * 3 * task.hardness**4


def tries(
    user: int,
    task: Task,
    variant: int,
    number: int,
    begin: datetime,
    *,
    passes: bool,
    chance: random.Random,
) -> Iterator[Attempt]:
    """Wrong answers that become better as a rule, and at last a right one, or not."""
    answers, at, best = task.answers[variant], begin, 0
    for nth in range(number):
        is_right = passes and nth == number - 1
        answer = chance.choice(answers.right) if is_right else mistake(answers, best, chance)
        yield Attempt(
            user,
            task.lab,
            variant,
            at,
            answer,
            faulted=not is_right and chance.random() < FAULTS,
            hinted=not is_right and nth >= HINTED_AFTER and chance.random() < 0.2,
            looked=not is_right and nth >= LOOKED_AFTER and chance.random() < 0.1,
        )
        best = max(best, answer.percent)
        at += MINUTE * (1 + chance.expovariate(1 / 12))


def mistake(answers: Answers, best: int, chance: random.Random) -> Judged:
    """One time in five something gets worse again."""
    return answers.mistake(chance, at_least=best if chance.random() < 0.8 else 0)
