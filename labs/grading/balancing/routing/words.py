"""What becomes of a request, as one says it."""

from __future__ import annotations

from labs.grading.balancing.routing.decision import Redirected, Result
from labs.grading.balancing.rules.words import action_words


def result_words(result: Result) -> str:
    """`users`, `301 https://shop.example.com/`, `answer 503`."""
    if isinstance(result, Redirected):
        return f"{result.status} {result.location.address}"
    return action_words(result)
