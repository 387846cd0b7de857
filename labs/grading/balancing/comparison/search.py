"""Which rule decides which requests: place after place, the rules that are left, with the plainest
request for each such set. Several lists of rules are looked at side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from labs.grading.balancing.comparison.places import Option, Pairs, Place, World, places_of
from labs.grading.balancing.comparison.templates import Templates
from labs.grading.balancing.routing.request import Request
from labs.grading.balancing.rules.rule import (
    HEADER,
    Listener,
    Redirect,
    Rule,
    Rules,
)
from labs.grading.wildcards.budget import Budget

STEPS = 90_000  # of one search; a lab takes about a thousand
RULES_OF_A_STEP = 8


@dataclass(frozen=True, slots=True)
class Way:
    """How a set of rules was come to."""

    cost: int
    chosen: tuple[Option, ...] = ()

    def then(self, option: Option) -> Way:
        return Way(self.cost + option.cost, (*self.chosen, option))


State = tuple[
    int, tuple[tuple[int, ...], ...]
]  # the rules that are left; which addresses are alike


class Search:
    """`lists` are complete: the last rule of each is its default rule."""

    def __init__(
        self, lists: Sequence[Rules], listener: Listener, usual: Sequence[Request] = ()
    ) -> None:
        self.rules = [rule for rules in lists for rule in rules.ordered]
        self.templates = Templates.among(self.rules)
        self.budget = Budget(STEPS)
        self.look = 1 + len(self.rules) // RULES_OF_A_STEP  # at all rules that are left
        world = World(self.templates, listener.dual, usual, self.budget)
        self.places = places_of(self.rules, world)
        self.lists: list[int] = []  # of each its bits
        at = 0
        for rules in lists:
            self.lists.append(((1 << len(rules.ordered)) - 1) << at)
            at += len(rules.ordered)

    def run(self, drop: Callable[[int, int], bool] = lambda left, stage: False) -> dict[State, Way]:
        """Of all requests: the rules that still hold, the first of each list before the others.
        `drop` says of what is left before a stage that it is not worth going on. OutOfBudget."""
        states: dict[State, Way] = {((1 << len(self.rules)) - 1, ()): Way(0)}
        for stage, place in enumerate(self.places):
            settled = self.settled(stage + 1)
            after: dict[State, Way] = {}
            dropped: dict[int, bool] = {}
            for (left, alike), way in states.items():
                self.budget.spend(len(place.options))
                for option in place.options:
                    remaining = self.cut(left & option.holds, settled)
                    if remaining not in dropped:
                        self.budget.spend(self.look)
                        dropped[remaining] = drop(remaining, stage + 1)
                    if dropped[remaining]:
                        continue
                    state = (remaining, (*alike, option.alike) if option.alike else alike)
                    if state not in after or way.cost + option.cost < after[state].cost:
                        after[state] = way.then(option)
            states = after
        return states

    def settled(self, stage: int) -> int:
        """The rules that ask about nothing from this place on."""
        asked = {(place.kind, place.header) for place in self.places[stage:]}
        return sum(
            1 << number
            for number, rule in enumerate(self.rules)
            if not any(condition.place in asked for condition in rule.conditions)
        )

    def cut(self, left: int, settled: int) -> int:
        """Without the rules behind one that decides for certain."""
        for bits in self.lists:
            if certain := left & bits & settled:
                first = certain & -certain
                left &= ~(bits & ~(first | (first - 1)))
        return left

    def first(self, left: int, which: int) -> Rule:
        """The rule of a list that decides."""
        mine = left & self.lists[which]
        return self.rules[(mine & -mine).bit_length() - 1]

    def rules_left(self, left: int, which: int) -> Iterator[Rule]:
        mine = left & self.lists[which]
        while mine:
            low = mine & -mine
            yield self.rules[low.bit_length() - 1]
            mine ^= low

    def same_address(
        self, one: Redirect, other: Redirect, alike: Sequence[tuple[int, ...]]
    ) -> bool:
        """Do both lead to the same host, path and query, where these templates are alike?"""
        parts = (
            (self.templates.hosts, one.host, other.host),
            (self.templates.paths, one.path, other.path),
            (self.templates.queries, one.query, other.query),
        )
        told = [(known.index(a), known.index(b)) for known, a, b in parts if known]
        return all(same[a] == same[b] for (a, b), same in zip(told, alike, strict=True))


def request_of(places: Sequence[Place], way: Way) -> Request:
    made = Request("example.com")
    headers: list[tuple[str, str]] = []
    for place, option in zip(places, way.chosen, strict=True):
        if place.kind == HEADER and not isinstance(option.what, str):
            headers += [(place.header, text) for _name, text in option.what]
        else:
            made = with_part(made, place.kind, option.what)
    return replace(made, headers=tuple(headers))


def with_part(request: Request, kind: str, what: str | Pairs) -> Request:
    if not isinstance(what, str):
        return replace(request, query=what)
    match kind:
        case "host-header":
            return replace(request, host=what)
        case "path-pattern":
            return replace(request, path=what)
        case "http-request-method":
            return replace(request, method=what)
    return replace(request, source=what)
