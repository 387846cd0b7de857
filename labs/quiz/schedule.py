"""When a question comes back: FSRS, by its own package (`fsrs`). A day is the shortest time,
because a question that was explained a minute ago asks for the explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS

Memory = Mapping[str, Any]  # as a row keeps it

RETENTION = 0.9  # how many of those that come back somebody shall still know
LONGEST = 365  # days


class Own(NamedTuple):
    """What a learner's scheduler knows of them."""

    parameters: Sequence[float] = DEFAULT_PARAMETERS
    retention: float = RETENTION


USUAL = Own()


def scheduler(own: Own = USUAL) -> Scheduler:
    """Parameters that the package no longer takes are as good as none."""
    try:
        return made(own)
    except ValueError:
        return made(own._replace(parameters=DEFAULT_PARAMETERS))


def made(own: Own) -> Scheduler:
    return Scheduler(
        parameters=own.parameters,
        desired_retention=own.retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


def reviewed(memory: Memory | None, *, is_right: bool, at: datetime, own: Own = USUAL) -> Memory:
    """What is kept after an answer; "due" in it says when it comes back. None: the first one."""
    card = Card.from_dict(dict(memory)) if memory else Card(card_id=0, due=at)  # type: ignore[arg-type]
    rating = Rating.Good if is_right else Rating.Again
    card, _log = scheduler(own).review_card(card, rating, at)
    return dict(card.to_dict())


def due_of(memory: Memory) -> datetime:
    return datetime.fromisoformat(memory["due"])
