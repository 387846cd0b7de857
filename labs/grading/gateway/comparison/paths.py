"""The paths among which every difference between lists of routes shows.

Part after part, a path goes on with a word that some route still names there, or with one that none
does. Two paths of one length for which the same routes are left are the same to all routes: the
plainer one stands for both. One part more than the longest route has is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labs.grading.gateway.routes.key import Key, takes
from labs.grading.gateway.routes.model import DEFAULT_STAGE, Api
from labs.grading.wildcards.budget import Budget

WORDS = ("elsewhere", "7", "42", "notes", "3", "more", "19", "last", "5", "end")
Path = tuple[str, ...]
Left = tuple[tuple[int, bool, frozenset[int]], ...]  # of each API: the stage's part, dead, routes


@dataclass(frozen=True, slots=True)
class Node:
    path: Path
    left: Left
    fresh: int  # words that no route names


def paths_of(apis: Sequence[Api], budget: Budget) -> Iterator[Path]:
    """The shorter first, and of these those with fewer unknown words. OutOfBudget."""
    keys = [[route.key for route in api.routes] for api in apis]
    start = Node((), tuple((0, False, frozenset(range(len(one)))) for one in keys), 0)
    level = [start]
    for depth in range(longest(keys, apis) + 2):
        yield from (node.path for node in level)
        found: dict[Left, Node] = {}
        for node in level:
            for word in words_at(node, keys, apis, depth):
                budget.spend(1 + sum(map(len, keys)) // 4)
                after = followed(node, word, depth, keys, apis)
                if after.left not in found or after.fresh < found[after.left].fresh:
                    found[after.left] = after
        level = sorted(found.values(), key=lambda one: (one.fresh, one.path))


def longest(keys: Sequence[Sequence[Key]], apis: Sequence[Api]) -> int:
    staged = any(set(api.stages) != {DEFAULT_STAGE} for api in apis)
    return max((len(key.segments) for some in keys for key in some), default=0) + staged


def words_at(
    node: Node, keys: Sequence[Sequence[Key]], apis: Sequence[Api], depth: int
) -> list[str]:
    """Words that some route still names here, and one that nobody names. Sorted: nothing may hang
    on the order of a set."""
    named = set()
    for some, (stage, dead, left) in zip(keys, node.left, strict=True):
        if not dead:
            named |= {word for n in left for word in literal_at(some[n], depth - stage)}
    stages = {stage for api in apis for stage in api.stages}
    if not depth:
        named |= stages - {DEFAULT_STAGE}
    return [*sorted(named), unknown_word(node, keys, stages, depth)]


def literal_at(key: Key, place: int) -> tuple[str, ...]:
    segment = key.fixed[place] if place < len(key.fixed) else None
    return (segment,) if isinstance(segment, str) else ()


def unknown_word(node: Node, keys: Sequence[Sequence[Key]], stages: set[str], depth: int) -> str:
    named = {one for some in keys for key in some for one in key.fixed if isinstance(one, str)}
    taken = named | stages | set(node.path)
    words = WORDS if not depth else WORDS[1:]
    return next((word for word in words if word not in taken), f"other-{depth}")


def followed(
    node: Node, word: str, depth: int, keys: Sequence[Sequence[Key]], apis: Sequence[Api]
) -> Node:
    left = tuple(
        narrowed(one, word, depth, some, api)
        for one, some, api in zip(node.left, keys, apis, strict=True)
    )
    named = any(word in key.fixed for some in keys for key in some)
    return Node((*node.path, word), left, node.fresh + (not named))


def narrowed(
    before: tuple[int, bool, frozenset[int]], word: str, depth: int, keys: Sequence[Key], api: Api
) -> tuple[int, bool, frozenset[int]]:
    stage, dead, left = before
    if not depth:
        if word in api.stages and word != DEFAULT_STAGE:
            return 1, False, left
        dead = DEFAULT_STAGE not in api.stages
    if dead:
        return stage, True, frozenset()
    return stage, False, frozenset(n for n in left if goes_on(keys[n], word, depth - stage))


def goes_on(key: Key, word: str, depth: int) -> bool:
    """Can a path with this word here still be the key's? `$default` takes every path."""
    if key.is_default or (key.is_greedy and depth >= len(key.fixed)):
        return True
    return depth < len(key.fixed) and takes(key.fixed[depth], word)
