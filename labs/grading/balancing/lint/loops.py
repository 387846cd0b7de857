"""Redirects followed as a browser does: to where they leave this listener, or come back to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labs.grading.balancing.routing.decision import Redirected, deciding, result_of
from labs.grading.balancing.routing.request import Request
from labs.grading.balancing.rules.mistake import Mistake
from labs.grading.balancing.rules.rule import Listener, Rule, Rules
from labs.grading.said import say

MOST_HOPS = 10  # about where browsers give up


def loops(rules: Rules, listener: Listener, requests: Iterable[Request]) -> Iterator[Mistake]:
    """Each rule once that sends a visitor round and round."""
    told: set[tuple[str | int, ...]] = set()
    for request in requests:
        rule = looping(rules, listener, request)
        if rule is not None and rule.path not in told:
            told.add(rule.path)
            result = result_of(rule.action, request, listener)
            assert isinstance(result, Redirected)
            message = say(
                "Leave the target out of the conditions: {request} is sent to {address}, and from "
                "there on and on.",
                request=request.words,
                address=result.location.address,
            )
            yield Mistake("alb.redirect-loop", message, rule.action_path)


def looping(rules: Rules, listener: Listener, request: Request) -> Rule | None:
    """The rule that decides first, where the way from there never ends."""
    first = deciding(rules, request)
    seen: set[Request] = set()
    for _hop in range(MOST_HOPS):
        seen.add(request)
        result = result_of(deciding(rules, request).action, request, listener)
        if not isinstance(result, Redirected) or not result.location.arrives_at(listener):
            return None
        request = result.location.asked_by(request)
        if request in seen:
            return first
    return first
