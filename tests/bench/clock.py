"""Taking the time: always in turns, so that a busy machine is busy for all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

Work = Callable[[], object]
WARMING_UP = 3


def cpu_ms(work: Work) -> float:
    """Of this process."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def wall_ms(work: Work) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def in_turns(
    works: Mapping[str, Work],
    times: int,
    *,
    clock: Callable[[Work], float] = cpu_ms,
    warming_up: int = WARMING_UP,
) -> dict[str, list[float]]:
    """Milliseconds of each, by name; the first ones, which fill what is kept, do not count."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(warming_up + times):
        for name, work in works.items():
            cost = clock(work)
            if number >= warming_up:
                taken[name].append(cost)
    return taken


def share(taken: Sequence[float], part: float) -> float:
    """The figure that such a part of all stays under: `share(taken, 0.95)` is p95."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
