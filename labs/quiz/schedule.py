"""When a question comes back: FSRS, by its own package (`fsrs`). A day is the shortest time,
because a question that was explained a minute ago asks for the explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fsrs import Card, Rating, Scheduler

Memory = Mapping[str, Any]  # as a row keeps it

RETENTION = 0.9  # how many of those that come back somebody shall still know


def scheduler(parameters: Sequence[float] | None = None) -> Scheduler:
    own = {} if parameters is None else {"parameters": parameters}
    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=365,
        enable_fuzzing=False,
        **own,
    )


def reviewed(memory: Memory | None, *, is_right: bool, at: datetime) -> Memory:
    """What is kept after an answer; "due" in it says when it comes back. None: the first one."""
    card = Card.from_dict(dict(memory)) if memory else Card(card_id=0, due=at)  # type: ignore[arg-type]
    rating = Rating.Good if is_right else Rating.Again
    card, _log = scheduler().review_card(card, rating, at)
    return dict(card.to_dict())


def due_of(memory: Memory) -> datetime:
    return datetime.fromisoformat(memory["due"])
