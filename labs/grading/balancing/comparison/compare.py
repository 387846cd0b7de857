"""Do two lists of rules answer every request alike? If not, the plainest request that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from labs.grading.balancing.comparison.search import Search, State, request_of
from labs.grading.balancing.routing.decision import (
    Result,
    deciding,
    outcome,
)
from labs.grading.balancing.routing.request import Request
from labs.grading.balancing.rules.rule import Action, Forward, Listener, Redirect, Rule, Rules


@dataclass(frozen=True, slots=True)
class Difference:
    """A request that the learner's rules answer otherwise than the expected ones."""

    request: Request
    mine: Rule
    theirs: Rule
    got: Result
    wanted: Result


def compare(
    mine: Rules, theirs: Rules, listener: Listener, usual: Sequence[Request] = ()
) -> Difference | None:
    """None: no request is answered otherwise. `usual`: requests whose parts look like somebody's.
    OutOfBudget where the rules are too tangled."""
    search = Search((mine, theirs), listener, usual)
    same = Same(search, listener)
    if same.for_certain((1 << len(search.rules)) - 1, 0):
        return None
    found = search.run(same.for_certain)
    differing = [(way.cost, way) for state, way in found.items() if not same.in_state(state)]
    if not differing:
        return None
    _cost, way = min(differing, key=lambda row: row[0])
    return at(request_of(search.places, way), mine, theirs, listener)


def at(request: Request, mine: Rules, theirs: Rules, listener: Listener) -> Difference:
    """What becomes of one request, different or not."""
    rules = (deciding(mine, request), deciding(theirs, request))
    return Difference(request, *rules, *(outcome(one, request, listener) for one in (mine, theirs)))


class Same:
    """Whether what is left of both lists does the same."""

    def __init__(self, search: Search, listener: Listener) -> None:
        self.search = search
        self.effects = [effect(rule.action, listener) for rule in search.rules]
        numbers: dict[object, int] = {}
        self.residuals = [
            [numbers.setdefault(one, len(numbers)) for one in self.residual(stage)]
            for stage in range(len(search.places) + 1)
        ]

    def residual(self, stage: int) -> list[object]:
        """Of each rule what it still asks, and what it does."""
        asked = {(place.kind, place.header) for place in self.search.places[stage:]}
        return [
            (
                frozenset(
                    (one.place, frozenset((v.key, v.text) for v in one.values))
                    for one in rule.conditions
                    if one.place in asked
                ),
                does,
            )
            for rule, does in zip(self.search.rules, self.effects, strict=True)
        ]

    def for_certain(self, left: int, stage: int) -> bool:
        return self.sequence(left, stage, 0) == self.sequence(left, stage, 1)

    def sequence(self, left: int, stage: int, which: int) -> list[int]:
        """One and the same rule twice is as good as once."""
        residuals, found = self.residuals[stage], []
        mine = left & self.search.lists[which]
        while mine:
            low = mine & -mine
            found.append(residuals[low.bit_length() - 1])
            mine ^= low
        return list(dict.fromkeys(found))

    def in_state(self, state: State) -> bool:
        left, alike = state
        one, other = (self.search.first(left, which).action for which in (0, 1))
        if not (isinstance(one, Redirect) and isinstance(other, Redirect)):
            return self.effect_of(left, 0) == self.effect_of(left, 1)
        mine, theirs = (
            replace(does, host="", path="/", query="")
            for does in (self.effect_of(left, 0), self.effect_of(left, 1))
            if isinstance(does, Redirect)
        )
        return mine == theirs and self.search.same_address(one, other, alike)

    def effect_of(self, left: int, which: int) -> Action:
        bits = left & self.search.lists[which]
        return self.effects[(bits & -bits).bit_length() - 1]


def effect(action: Action, listener: Listener) -> Action:
    """The action in its simplest form, with what the listener decides put in."""
    if isinstance(action, Forward):
        return action.effect()
    if isinstance(action, Redirect):
        return replace(
            action,
            protocol=action.protocol.replace("#{protocol}", listener.protocol),
            port=action.port.replace("#{port}", str(listener.port)),
        )
    return action
