"""The mistakes that people make in security group rules, named where they stand.

They explain, they do not judge: the score comes from packets and from the comparison. Traffic that
the lab asks for is never called a mistake, whatever a general checker would say about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from labs.grading.network.exercise.direction import Direction, Mistake
from labs.grading.network.exercise.open_rules import find_open_ports, find_wide_rules
from labs.grading.network.exercise.tidiness import (
    find_host_bits,
    find_repetitions,
    find_reversed,
    find_too_many,
)
from labs.grading.network.exercise.wrong_rules import (
    find_forgotten_families,
    find_half_dns,
    find_removed_egress,
    find_wrong_direction,
    find_wrong_ping,
    find_wrong_ports,
    find_wrong_sources,
)
from labs.grading.network.rules.rule import Path

CHECKS: tuple[Callable[[Direction], Iterator[Mistake]], ...] = (
    find_reversed,
    find_open_ports,
    find_wide_rules,
    find_wrong_ports,
    find_half_dns,
    find_host_bits,
    find_forgotten_families,
    find_wrong_sources,
    find_wrong_ping,
    find_removed_egress,
    find_repetitions,
    find_too_many,
)


def find_mistakes(inbound: Direction, outbound: Direction | None = None) -> list[Mistake]:
    """Every named mistake once, inbound first; those about the pair of directions last."""
    directions = [inbound] if outbound is None else [inbound, outbound]
    found = [
        mistake for direction in directions for check in CHECKS for mistake in check(direction)
    ]
    if outbound is not None:
        found.extend(find_wrong_direction(inbound, outbound))
    return list(each_once(found))


def each_once(mistakes: Iterable[Mistake]) -> Iterator[Mistake]:
    seen: set[tuple[str, Path]] = set()
    for mistake in mistakes:
        if (mistake.code, mistake.path) not in seen:
            seen.add((mistake.code, mistake.path))
            yield mistake
