"""Exact comparison of two rule lists: does each admit precisely the flows that the other admits?

For every space of sources and every protocol the rules are rectangles, addresses × axis. A sweep
over the address boundaries unites the intervals of each strip and subtracts one side's from the
other's. Protocols that no rule names behave all alike (only "-1" reaches them),
so one of them stands for the rest.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from labs.grading.network.rules.familiar import familiarity, host_between
from labs.grading.network.rules.flows import Flow
from labs.grading.network.rules.protocols import (
    ALL,
    DATABASES,
    ECHO,
    ICMP,
    NAMES,
    REMOTE_ACCESS,
    SERVICES,
    WITH_PORTS,
)
from labs.grading.network.rules.rule import (
    GROUP,
    IPV4,
    IPV6,
    LAST_ADDRESS,
    PREFIX_LIST,
    Rule,
    Source,
)

EQUAL, WIDER, NARROWER, INCOMPARABLE = "equal", "learner_wider", "learner_narrower", "incomparable"
Interval = tuple[int, int]
FAMILIAR_NUMBERS = (50, 47, 89)  # ESP, GRE, OSPF
KIND_ORDER = (IPV4, IPV6, GROUP, PREFIX_LIST)
# The ports by which a reader recognises a mistake fastest, best first.
TELLING_PORTS = (
    *sorted(REMOTE_ACCESS),
    *sorted(DATABASES),
    *sorted(set(SERVICES) - REMOTE_ACCESS - DATABASES),
)
TELLING_ICMP = (8 * 256, 128 * 256)


class Rectangle(NamedTuple):
    first: int
    last: int
    low: int
    high: int


class Box(NamedTuple):
    """Flows that differ: one protocol, one stretch of its axis,
    one stretch of addresses (or a group)."""

    source: Source  # stands for its space; first and last below say which part of it
    protocol: str
    low: int
    high: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`learner_only` is admitted by the learner's rules alone,
    `expected_only` by the expected ones alone."""

    learner_only: Flow | None
    expected_only: Flow | None

    @property
    def relation(self) -> str:
        return relation(
            wider=self.learner_only is not None, narrower=self.expected_only is not None
        )


def relation(*, wider: bool, narrower: bool) -> str:
    """How the learner's side lies to the expected one."""
    if wider and narrower:
        return INCOMPARABLE
    if wider:
        return WIDER
    return NARROWER if narrower else EQUAL


def compare(learner: Iterable[Rule], expected: Iterable[Rule]) -> Comparison:
    """The relation of two rule lists of one direction, with the most telling flow for each way they
    differ."""
    mine, theirs = tuple(learner), tuple(expected)
    return Comparison(
        most_telling(difference(mine, theirs)), most_telling(difference(theirs, mine))
    )


def alike(mine: Sequence[Rule], theirs: Sequence[Rule]) -> bool:
    """Do two rule lists of one direction admit the same? As `compare`, up to the first
    difference."""
    return not any(next(difference(*pair), None) for pair in ((mine, theirs), (theirs, mine)))


def difference(left: Sequence[Rule], right: Sequence[Rule]) -> Iterator[Box]:
    """Every flow that `left` admits and `right` does not, as boxes without overlap,
    in reading order."""
    right_by_space = by_space(right)
    for space, rules in sorted(
        by_space(left).items(), key=lambda item: space_order(item[1][0].source)
    ):
        others = right_by_space.get(space, [])
        for protocol in protocols_to_compare(rules, others):
            mine, theirs = rectangles(rules, protocol), rectangles(others, protocol)
            if mine <= theirs:
                continue
            for first, last, low, high in subtract(mine, theirs):
                yield Box(rules[0].source, protocol, low, high, first, last)


def by_space(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    spaces: dict[str, list[Rule]] = {}
    for rule in rules:
        if not rule.is_reversed:
            spaces.setdefault(rule.source.space, []).append(rule)
    return spaces


def space_order(source: Source) -> tuple[int, str]:
    return KIND_ORDER.index(source.kind), source.space


def protocols_to_compare(left: Iterable[Rule], right: Iterable[Rule]) -> list[str]:
    """The protocols that `left` can admit; one of those that only "-1" reaches stands for all of
    them."""
    mine = {rule.protocol for rule in left}
    if ALL not in mine:
        return sorted(mine, key=protocol_order)
    named = (mine | {rule.protocol for rule in right} | {"tcp", "udp", "icmp"}) - {ALL}
    unnamed = (NAMES.get(str(number), str(number)) for number in (*FAMILIAR_NUMBERS, *range(256)))
    named.update(islice((name for name in unnamed if name not in named), 1))
    return sorted(named, key=protocol_order)


def protocol_order(protocol: str) -> int:
    names = ("tcp", "udp", "icmp", "icmpv6")
    return names.index(protocol) if protocol in names else 4 + int(protocol)


def rectangles(rules: Iterable[Rule], protocol: str) -> set[Rectangle]:
    """What the rules admit of one protocol."""
    return {
        Rectangle(rule.source.first, rule.source.last, *stretch(rule, protocol))
        for rule in rules
        if rule.protocol in (ALL, protocol)
    }


def stretch(rule: Rule, protocol: str) -> Interval:
    """Which part of the protocol's axis the rule admits. Protocols without ports lie at 0 of it.
    An echo has code 0 and no other (RFC 792, RFC 4443), so that "type 8, all codes", which the
    console writes for a ping, is type 8, code 0."""
    if protocol not in WITH_PORTS and protocol not in ICMP:
        return 0, 0
    kind, code = divmod(rule.low, 256)
    if protocol in ICMP and kind in ECHO[protocol] and (code, rule.high - rule.low) == (0, 255):
        return rule.low, rule.low
    return rule.low, rule.high


def subtract(left: Iterable[Rectangle], right: Iterable[Rectangle]) -> Iterator[Rectangle]:
    """The part of `left` outside `right`, strip by strip of addresses."""
    mine, theirs = list(left), list(right)
    edges = sorted({edge for one in (*mine, *theirs) for edge in (one.first, one.last + 1)})
    for first, after in pairwise(edges):
        wanted = [(low, high) for start, end, low, high in mine if start <= first <= end]
        if not wanted:
            continue
        covered = [(low, high) for start, end, low, high in theirs if start <= first <= end]
        for low, high in intervals_outside(unite(wanted), unite(covered)):
            yield Rectangle(first, after - 1, low, high)


def unite(intervals: Iterable[Interval]) -> list[Interval]:
    """Sorted intervals without overlap or contact that cover the same numbers."""
    united: list[Interval] = []
    for low, high in sorted(intervals):
        if united and low <= united[-1][1] + 1:
            if high > united[-1][1]:
                united[-1] = (united[-1][0], high)
        else:
            united.append((low, high))
    return united


def intervals_outside(
    wanted: Iterable[Interval], covered: Sequence[Interval]
) -> Iterator[Interval]:
    """What is left of `wanted` without `covered`; both are sorted and united."""
    for low, high in wanted:
        for start, end in covered:
            if end < low:
                continue
            if start > high:
                break
            if low < start:
                yield low, start - 1
            low = end + 1
            if low > high:
                break
        if low <= high:
            yield low, high


def most_telling(boxes: Iterable[Box]) -> Flow | None:
    """One flow of the boxes: a port that readers know if there is one, else the smallest,
    from an address that looks like a host's."""
    best = min(boxes, key=telling_order, default=None)
    return None if best is None else Flow(best.protocol, port_of(best), *peer_of(best))


def telling_order(box: Box) -> tuple[object, ...]:
    port = port_of(box)
    telling = (
        TELLING_PORTS.index(port)
        if box.protocol in WITH_PORTS and port in SERVICES
        else len(TELLING_PORTS)
    )
    address = address_of(box)
    likely = familiarity(box.source.kind, address)
    return (*space_order(box.source), protocol_order(box.protocol), telling, port, likely, address)


def port_of(box: Box) -> int:
    if box.protocol not in WITH_PORTS and box.protocol not in ICMP:
        return 0
    telling = TELLING_PORTS if box.protocol in WITH_PORTS else TELLING_ICMP
    known = next((port for port in telling if box.low <= port <= box.high), None)
    if known is not None:
        return known
    # nothing listens on port 0: name port 1 where the box reaches it
    return 1 if box.protocol in WITH_PORTS and box.low == 0 < box.high else box.low


def address_of(box: Box) -> int:
    return host_between(box.source.kind, box.first, box.last)


def peer_of(box: Box) -> tuple[str, tuple[str, ...]]:
    if box.source.kind not in LAST_ADDRESS:
        return "", (box.source.name,)
    number = address_of(box)
    return str(
        ipaddress.IPv4Address(number) if box.source.kind == IPV4 else ipaddress.IPv6Address(number)
    ), ()
