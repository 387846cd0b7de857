"""What remains of two sets of policies once action and resource are fixed: sets of condition masks,
solved key by key.

A mask is the conditions (bits) that must hold for one statement. A layer allows when some allow
mask holds and no deny mask does; a side allows when all its layers do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from labs.grading.iam.comparison.worlds import World
from labs.grading.iam.decision.requests import Value
from labs.grading.wildcards.budget import Budget

Masks = frozenset[int]
LayerMasks = tuple[Masks, Masks]  # allow, deny
Side = frozenset[LayerMasks] | None  # None: never allowed; empty: always
Assignment = tuple[tuple[str, Value], ...]  # keys with their values; keys left out are absent
Dimension = tuple[int, Callable[[], Sequence[World]]]  # the bits of a group of keys, its worlds


def side_of(layers: Iterable[tuple[Iterable[int], Iterable[int]]]) -> Side:
    """The layers in their simplest form."""
    simple = set()
    for allows, denies in layers:
        allow, deny = minimal(allows), minimal(denies)
        if not allow or 0 in deny:
            return None
        if deny or 0 not in allow:
            simple.add((allow, deny))
    return frozenset(simple)


def minimal(masks: Iterable[int]) -> Masks:
    """A mask that asks for more than another one adds nothing."""
    distinct = set(masks)
    if len(distinct) < 2:
        return frozenset(distinct)
    return frozenset(
        mask
        for mask in distinct
        if not any(other != mask and other & mask == other for other in distinct)
    )


def narrowed(side: Side, bits: int, truths: int) -> Side:
    """The side once the conditions in `bits` are known."""
    if side is None:
        return None
    return side_of(
        (remaining(allows, bits, truths), remaining(denies, bits, truths))
        for allows, denies in side
    )


def remaining(masks: Masks, bits: int, truths: int) -> list[int]:
    """Masks whose known conditions hold, without them."""
    return [mask & ~bits for mask in masks if mask & bits & ~truths == 0]


class Solver:
    """Asks for the worlds of a dimension only when they matter."""

    def __init__(self, dimensions: Sequence[Dimension], budget: Budget) -> None:
        self.dimensions, self.budget = dimensions, budget
        self.known: dict[tuple[Side, Side], Assignment | None] = {}

    def difference(self, wider: Side, narrower: Side) -> Assignment | None:
        """The fewest facts under which `wider` allows and `narrower` does not;
        None when there are none."""
        if wider is None or wider == narrower or narrower == frozenset():
            return None
        if wider == frozenset() and narrower is None:
            return ()
        state = (wider, narrower)
        if state not in self.known:
            self.known[state] = self.search(wider, narrower)
        return self.known[state]

    def search(self, wider: Side, narrower: Side) -> Assignment | None:
        support = support_of(wider) | support_of(narrower)
        bits, worlds = next(found for found in self.dimensions if found[0] & support)
        best: Assignment | None = None
        seen: set[int] = set()
        for truths, facts in worlds():
            if truths & support in seen:
                continue
            seen.add(truths & support)
            self.budget.spend()
            rest = self.difference(narrowed(wider, bits, truths), narrowed(narrower, bits, truths))
            if rest is None:
                continue
            found = (*facts.items(), *rest)
            if best is None or len(found) < len(best):
                best = found
            if not best:
                break
        return best


def support_of(side: Side) -> int:
    bits = 0
    for allows, denies in side or ():
        for mask in (*allows, *denies):
            bits |= mask
    return bits
