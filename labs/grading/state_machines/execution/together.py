"""Several things at once on a virtual clock.

A job is a generator that yields the second at which it wants to go on, and returns its result.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable, Iterator

from labs.grading.state_machines.language.values import Json

Job = Generator[float, None, Json]


def together(jobs: Iterable[Job], width: int) -> Generator[float, None, list[Json]]:
    """At most `width` of them at a time, the others as soon as there is room. The first that fails
    stops the rest; of two at the same second, the one that was begun first."""
    crowd = Crowd(iter(jobs))
    try:
        while crowd.fill(width):
            yield crowd.soonest
            crowd.go_on()
    finally:
        crowd.stop()
    return [crowd.results[number] for number in range(crowd.begun)]


class Crowd:
    def __init__(self, jobs: Iterator[Job]) -> None:
        self.jobs, self.begun, self.turns = jobs, 0, 0
        self.waiting: list[tuple[float, int, int, Job]] = []
        self.results: dict[int, Json] = {}

    @property
    def soonest(self) -> float:
        return self.waiting[0][0]

    def fill(self, width: int) -> bool:
        """Begin as many as there is room for. False when all is done."""
        while len(self.waiting) < width:
            job = next(self.jobs, None)
            if job is None:
                break
            self.begun += 1
            self.advance(self.begun - 1, job)
        return bool(self.waiting)

    def go_on(self) -> None:
        _at, _turn, number, job = heapq.heappop(self.waiting)
        self.advance(number, job)

    def advance(self, number: int, job: Job) -> None:
        try:
            at = next(job)
        except StopIteration as end:
            self.results[number] = end.value
            return
        self.turns += 1
        heapq.heappush(self.waiting, (at, self.turns, number, job))

    def stop(self) -> None:
        for _at, _turn, _number, job in self.waiting:
            job.close()
