"""Repositories in which two policies are tried: of each sort of image some, alone and together.

Ages are tried by single images until the last day that either policy names, counts by one image
more than either policy keeps; sorts together in pairs and in a few drawn orders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from random import Random

from labs.grading.lifecycles.registry.days import Push
from labs.grading.lifecycles.registry.policy import Policy

DRAWN, DRAWN_PUSHES, DRAWN_DAYS = 12, 14, 10
MOST_IN_TURN, MOST_WORK = 14, 24_000  # MOST_WORK: images × rules
SEED = 7


@dataclass(frozen=True, slots=True)
class Sort:
    """Images of one kind; {n} in a tag is a number that counts up."""

    name: str
    tags: tuple[str, ...]

    def push(self, day: int, number: int) -> Push:
        tags = frozenset(tag.replace("{n}", str(number)) for tag in self.tags)
        return Push(day, tags, self.name)


@dataclass(frozen=True, slots=True)
class Repository:
    pushes: tuple[Push, ...]
    last_day: int


def repositories(sorts: Sequence[Sort], policies: Sequence[Policy]) -> Iterator[Repository]:
    """The plainest first; the same for the same policies."""
    rules = [rule for policy in policies for rule in policy.rules]
    last = max((rule.count for rule in rules if not rule.counts_images), default=0) + 2
    counts = sorted({rule.count for rule in rules if rule.counts_images})
    for sort in sorts:
        yield Repository((sort.push(0, 1),), last)
    yield from in_turn(sorts, counts, last)
    yield from at_once(sorts, counts, last, MOST_WORK // max(1, len(rules)))
    yield from drawn(sorts, last)


def in_turn(sorts: Sequence[Sort], counts: Sequence[int], last: int) -> Iterator[Repository]:
    """Two sorts, one push a day."""
    pushes = min(2 * max(counts, default=1) + 2, MOST_IN_TURN)
    for pair in permutations(sorts, 2):
        found = [pair[number % 2].push(number, number + 1) for number in range(pushes)]
        yield Repository(tuple(found), last + pushes)


def at_once(
    sorts: Sequence[Sort], counts: Sequence[int], last: int, left: int
) -> Iterator[Repository]:
    """One image more than a rule keeps, all on one day; the smallest counts first, `left` images
    altogether."""
    for count in counts:
        left -= (count + 1) * len(sorts)
        for sort in sorts if left >= 0 else ():
            pushes = tuple(sort.push(0, number) for number in range(1, count + 2))
            yield Repository(pushes, min(last, 2))


def drawn(sorts: Sequence[Sort], last: int) -> Iterator[Repository]:
    dice = Random(SEED)  # noqa: S311 — repositories, not secrets
    for _number in range(DRAWN):
        days = sorted(dice.randint(0, DRAWN_DAYS) for _ in range(dice.randint(3, DRAWN_PUSHES)))
        pushes = [dice.choice(sorts).push(day, number) for number, day in enumerate(days, 1)]
        yield Repository(tuple(pushes), last + DRAWN_DAYS)


def smaller(case: Repository) -> Iterator[Repository]:
    """The same with one push less."""
    for number in range(len(case.pushes)):
        yield Repository(case.pushes[:number] + case.pushes[number + 1 :], case.last_day)
