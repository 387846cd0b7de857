"""Whether hostile input costs far more than it should, on any machine: no seconds, which say as
much about the machine as about the work."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

TURNS = 3


def effort(work: Callable[[], object], *, enough: float) -> float:
    """Processor time of `work`, in that of counting to a million in the same moment. The least of
    three turns, because a machine may stall, or of fewer where that is `enough`."""
    least = math.inf
    for _turn in range(TURNS):
        least = min(least, seconds(work) / seconds(count))
        if least <= enough:
            break
    return least


def count() -> None:
    for _number in range(1_000_000):
        pass


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
