"""Which rules ever decide anything, and for which request each does first."""

from __future__ import annotations

from collections.abc import Sequence

from labs.grading.balancing.comparison.search import Search, request_of
from labs.grading.balancing.routing.request import Request
from labs.grading.balancing.rules.rule import Listener, Rule, Rules


def reached(
    rules: Rules, listener: Listener, usual: Sequence[Request] = ()
) -> list[tuple[Rule, Request | None]]:
    """Of each rule the plainest request that it decides, None where there is none. OutOfBudget."""
    search = Search((rules,), listener, usual)
    cheapest: dict[int, int] = {}
    ways = {}
    for (left, _alike), way in search.run().items():
        first = (left & -left).bit_length() - 1
        if first not in cheapest or way.cost < cheapest[first]:
            cheapest[first], ways[first] = way.cost, way
    return [
        (rule, request_of(search.places, ways[number]) if number in ways else None)
        for number, rule in enumerate(rules.ordered)
    ]


def is_reached(rule: Rule, before: Sequence[Rule], listener: Listener) -> bool:
    """Does the rule decide anything behind those?"""
    alone = Rules.of((*before, rule), listener.default)
    found = dict.fromkeys(one.path for one, request in reached(alone, listener) if request)
    return rule.path in found
