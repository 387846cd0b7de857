"""Do two filters deliver the same events? If not, the plainest event that only one delivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labs.grading.messages.comparison.fields import LISTED, Field, Shape
from labs.grading.messages.comparison.options import Option, Place, leaves_at, place_of
from labs.grading.messages.filters.event_filter import Event, EventFilter, Leaf
from labs.grading.wildcards.budget import Budget

STEPS = 25_000  # of one comparison; a lab's takes some hundreds


@dataclass(frozen=True, slots=True)
class Difference:
    """`too_much`: an event that mine alone delivers; `too_little`: one that theirs alone does.
    `sure`: where both are None the filters are equal."""

    too_much: Event | None
    too_little: Event | None
    sure: bool = True

    @property
    def equal(self) -> bool:
        return self.too_much is None and self.too_little is None


@dataclass(frozen=True, slots=True)
class Way:
    """How a set of alternatives was come to."""

    cost: int = 0
    chosen: tuple[Option, ...] = ()

    def then(self, option: Option) -> Way:
        return Way(self.cost + option.cost, (*self.chosen, option))


def compare(mine: EventFilter, theirs: EventFilter, shapes: Sequence[Shape]) -> Difference:
    """OutOfBudget where they are too tangled."""
    budget = Budget(STEPS)
    found = [Search(mine, theirs, shape, budget).run() for shape in shapes]
    return Difference(
        cheapest([one.much for one in found]),
        cheapest([one.little for one in found]),
        all(one.sure for one in found),
    )


@dataclass(frozen=True, slots=True)
class Found:
    much: tuple[int, Event] | None
    little: tuple[int, Event] | None
    sure: bool


def cheapest(events: Sequence[tuple[int, Event] | None]) -> Event | None:
    there = [one for one in events if one is not None]
    return min(there, key=cost_of)[1] if there else None


def cost_of(priced: tuple[int, Event]) -> int:
    return priced[0]


class Search:
    """Field after field, the alternatives of both filters that still hold, as one set of bits."""

    def __init__(
        self, mine: EventFilter, theirs: EventFilter, shape: Shape, budget: Budget
    ) -> None:
        self.budget = budget
        self.alternatives = (*mine.alternatives, *theirs.alternatives)
        self.mine = (1 << len(mine.alternatives)) - 1
        self.theirs = ((1 << len(self.alternatives)) - 1) & ~self.mine
        leaves = list(dict.fromkeys((*mine.leaves(), *theirs.leaves())))
        known = {field.name for field in shape.fields}
        never = dict.fromkeys(leaf.field for leaf in leaves if leaf.field not in known)
        fields = (*shape.fields, *(Field(name, LISTED, (), optional=True) for name in never))
        self.places = [self.place(field, leaves) for field in fields]

    def place(self, field: Field, leaves: Sequence[Leaf]) -> Place:
        """Its options say of each alternative whether it holds here."""
        here = list(leaves_at(field.name, leaves))
        place = place_of(field, here, self.budget)
        bits = {leaf: 1 << number for number, leaf in enumerate(here)}
        needs = [sum(bits.get(leaf, 0) for leaf in set(one)) for one in self.alternatives]
        made: dict[int, Option] = {}
        for option in place.options:
            self.budget.spend(len(needs))
            holds = sum(
                1 << number for number, need in enumerate(needs) if need & option.holds == need
            )
            if holds not in made or option.cost < made[holds].cost:
                made[holds] = Option(option.values, holds, option.cost)
        return Place(field, tuple(made.values()), place.sure)

    def run(self) -> Found:
        states = {self.mine | self.theirs: Way()}
        for place in self.places:
            after: dict[int, Way] = {}
            for left, way in states.items():
                self.budget.spend(len(place.options))
                for option in place.options:
                    state, cost = left & option.holds, way.cost + option.cost
                    if state and (state not in after or cost < after[state].cost):
                        after[state] = way.then(option)
            states = after
        much = [way for left, way in states.items() if not left & self.theirs]
        little = [way for left, way in states.items() if not left & self.mine]
        sure = all(place.sure for place in self.places)
        return Found(self.priced(much), self.priced(little), sure)

    def priced(self, ways: Sequence[Way]) -> tuple[int, Event] | None:
        if not ways:
            return None
        way = min(ways, key=lambda one: one.cost)
        chosen = zip(self.places, way.chosen, strict=True)
        event = {place.field.name: option.values for place, option in chosen if option.values}
        return way.cost, event
