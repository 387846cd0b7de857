"""The fewest rules that admit the same flows: "these 7 rules are these 3".

Within one space and protocol every rule is a block of addresses × a stretch of the axis. The
largest such boxes that fit into what is admitted are the candidates; a cover of everything admitted
is chosen from them, greedily and, where there are few candidates, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations, pairwise
from operator import or_

from labs.grading.network.rules.algebra import (
    Interval,
    Rectangle,
    by_space,
    intervals_outside,
    rectangles,
    subtract,
    unite,
)
from labs.grading.network.rules.protocols import ALL, AXIS_END, ICMP, WITH_PORTS
from labs.grading.network.rules.rule import IPV4, LAST_ADDRESS, Rule, Source, canonical, cidr

MOST_RULES = 60  # beyond a full group nobody asks, and the search would take long
MOST_EXACT = 12  # candidates up to which every combination is tried


def simplest(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """An equivalent rule list that is never longer than the given one, by protocol and port."""
    given = canonical(rules)
    if len(given) > MOST_RULES:
        return given
    found = tuple(
        rule for members in by_space(given).values() for rule in simplest_of_space(members)
    )
    fewest = found if len(found) < len(given) else given
    return tuple(sorted(fewest, key=lambda rule: (rule.protocol, rule.low, rule.high, rule.source)))


def simplest_of_space(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Rules that share one space of sources: every protocol by itself, "-1" first."""
    everything = [rule for rule in rules if rule.protocol == ALL]
    for protocol in sorted({rule.protocol for rule in rules}):
        admitted = [rule for rule in rules if rule.protocol in (ALL, protocol)]
        shapes = shapes_of(admitted, protocol)
        done = shapes_of(everything, protocol) if protocol != ALL else []
        needed = list(subtract(shapes, done))
        if needed:
            candidates = largest(find_candidates(admitted, shapes, protocol))
            yield from fewest_covering(needed, candidates)


def shapes_of(rules: Iterable[Rule], protocol: str) -> list[Rectangle]:
    return list(rectangles(rules, protocol))


def find_candidates(
    rules: Iterable[Rule], admitted: Sequence[Rectangle], protocol: str
) -> set[Rule]:
    """Every rule on a given block, or on a block around given ones, that admits nothing new.

    A largest box never needs another block: inside a given block all addresses with the same rules
    behave alike.
    """
    found: set[Rule] = set()
    for source in {rule.source for rule in rules}:
        block: Source | None = source
        while block is not None and (stretches := admitted_stretches(block, admitted)):
            found.update(
                rule for stretch in stretches for rule in writable(block, protocol, stretch)
            )
            block = block_around(block)
    return found


def admitted_stretches(block: Source, admitted: Sequence[Rectangle]) -> list[Interval]:
    """The stretches of the axis that every address of the block may use."""
    inside = [
        Rectangle(max(one.first, block.first), min(one.last, block.last), one.low, one.high)
        for one in admitted
        if one.first <= block.last and block.first <= one.last
    ]
    refused = subtract([Rectangle(block.first, block.last, 0, AXIS_END)], inside)
    return list(intervals_outside([(0, AXIS_END)], unite((one.low, one.high) for one in refused)))


def block_around(source: Source) -> Source | None:
    """The block of twice the size; None for groups and for the whole address space."""
    if source.kind not in LAST_ADDRESS or source.is_everywhere:
        return None
    size = (source.last - source.first + 1) * 2
    width = 32 if source.kind == IPV4 else 128
    return cidr(source.kind, source.first // size * size, width - size.bit_length() + 1)


def writable(block: Source, protocol: str, stretch: Interval) -> Iterator[Rule]:
    """The stretch as rules can say it: ICMP knows everything, one type, or one type and code."""
    low, high = stretch
    if protocol in WITH_PORTS or stretch == (0, AXIS_END):
        yield Rule(source=block, protocol=protocol, low=low, high=high)
    elif protocol in ICMP:
        while low <= high:
            whole_type = low % 256 == 0 and low + 255 <= high
            yield Rule(
                source=block, protocol=protocol, low=low, high=low + 255 if whole_type else low
            )
            low += 256 if whole_type else 1
    else:
        yield Rule(source=block, protocol=protocol, low=0, high=AXIS_END)


def largest(candidates: Iterable[Rule]) -> list[Rule]:
    """The candidates that no other one contains."""
    ordered = sorted(
        candidates, key=lambda rule: (rule.source.last - rule.source.first, rule.high - rule.low)
    )
    return [
        rule
        for index, rule in enumerate(ordered)
        if not any(other.contains(rule) for other in ordered[index + 1 :])
    ]


def fewest_covering(needed: Sequence[Rectangle], candidates: Sequence[Rule]) -> list[Rule]:
    """A smallest choice of candidates that covers everything needed (exactly smallest among few
    candidates)."""
    cells = list(cut_into_cells(needed, candidates))
    masks = [covered_cells(rule, cells) for rule in candidates]
    everything = (1 << len(cells)) - 1
    chosen: Sequence[int] = greedy_choice(masks, everything)
    if len(masks) <= MOST_EXACT:
        chosen = smaller_choice(masks, everything, len(chosen)) or chosen
    return [candidates[index] for index in chosen]


def covered_cells(rule: Rule, cells: Sequence[Rectangle]) -> int:
    """A bit for each cell."""
    return sum(1 << index for index, cell in enumerate(cells) if covers(rule, cell))


def united(masks: Sequence[int], choice: Iterable[int]) -> int:
    return reduce(or_, (masks[index] for index in choice), 0)


def smaller_choice(masks: Sequence[int], everything: int, limit: int) -> Sequence[int] | None:
    """The smallest choice of fewer than `limit` masks that makes up everything."""
    choices = (
        choice for size in range(1, limit) for choice in combinations(range(len(masks)), size)
    )
    return next((choice for choice in choices if united(masks, choice) == everything), None)


def greedy_choice(masks: Sequence[int], everything: int) -> list[int]:
    chosen: list[int] = []
    covered = 0
    while covered != everything:
        best = max(range(len(masks)), key=lambda index: (masks[index] & ~covered).bit_count())
        chosen.append(best)
        covered |= masks[best]
    for index in list(chosen):
        rest = [other for other in chosen if other != index]
        if united(masks, rest) == everything:
            chosen = rest
    return chosen


def cut_into_cells(needed: Iterable[Rectangle], candidates: Sequence[Rule]) -> Iterator[Rectangle]:
    """The needed boxes cut along every candidate's edges, so that each cell is covered as a whole
    or not at all."""
    address_cuts = sorted(
        {cut for rule in candidates for cut in (rule.source.first, rule.source.last + 1)}
    )
    axis_cuts = sorted({cut for rule in candidates for cut in (rule.low, rule.high + 1)})
    for one in needed:
        for first, last in pieces(one.first, one.last, address_cuts):
            for low, high in pieces(one.low, one.high, axis_cuts):
                yield Rectangle(first, last, low, high)


def pieces(start: int, end: int, cuts: Sequence[int]) -> list[Interval]:
    edges = [start, *(cut for cut in cuts if start < cut <= end), end + 1]
    return [(first, after - 1) for first, after in pairwise(edges)]


def covers(rule: Rule, cell: Rectangle) -> bool:
    inside = rule.source.first <= cell.first and cell.last <= rule.source.last
    return inside and rule.low <= cell.low and cell.high <= rule.high
