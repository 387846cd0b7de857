"""What the model has to know that no document of AWS says, and a day of load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from labs.grading.scaling.group.zones import local_time

MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class World:
    """`serves`: requests a minute that one instance can answer, at a CPU utilization of 100 %.
    `boot`: minutes from launch to in service.

    Of target tracking: a metric above its target for `out_minutes` adds instances, one below
    `in_threshold` percent of it for `in_minutes` removes them, `in_step` a minute at most. AWS
    documents none of these; they are widely reported.
    """

    serves: int
    boot: int = 3
    out_minutes: int = 3
    in_minutes: int = 15
    in_threshold: int = 90
    in_step: int = 1


@dataclass(frozen=True, slots=True)
class Day:
    """A load trace: requests a minute, from `start` (UTC) on. `zone`: whose clock is shown."""

    name: str
    start: datetime
    zone: str
    load: tuple[int, ...]

    def clock(self, minute: int) -> str:
        """What the clock shows, as 17:05."""
        return f"{local_time(self.start + timedelta(minutes=minute), self.zone):%H:%M}"


@lru_cache(maxsize=256)
def local_minutes(start: datetime, minutes: int, zone: str) -> tuple[datetime, ...]:
    """What a clock of the zone shows in each minute of a day."""
    return tuple(local_time(start + timedelta(minutes=minute), zone) for minute in range(minutes))


def load_of(segments: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """`[load, minutes]` stays as it is, `[from, to, minutes]` climbs or falls evenly and ends at
    `to`. ValueError: something else, or more than a day."""
    load: list[int] = []
    for segment in segments:
        if len(segment) not in (2, 3) or segment[-1] < 1 or min(segment) < 0:
            raise ValueError("a segment is [load, minutes] or [from, to, minutes]")
        first, last, minutes = segment[0], segment[-2], segment[-1]
        if len(load) + minutes > MOST_MINUTES:
            raise ValueError(f"more than {MOST_MINUTES} minutes")
        load += [first + (last - first) * (at + 1) // minutes for at in range(minutes)]
    return tuple(load)
