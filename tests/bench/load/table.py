"""The figures of a load test."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from tests.deployment import Deployment

QUERY = """
from labs.models import Submission, OPEN
rows = Submission.objects.filter(user__email__endswith="@load.example", created_at__gte=%r)
times = sorted((end - start).total_seconds() for start, end in rows.filter(
    finished_at__isnull=False).values_list("created_at", "finished_at"))
open_ = rows.filter(state__in=OPEN).count()
at = lambda share: round(times[min(len(times) - 1, int(len(times) * share))] * 1000) if times else 0
print("VERDICTS", len(times), open_, rows.filter(state="faulted").count(), at(.5), at(.95), at(1))
"""


class Figures:
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.taken: dict[str, list[float]] = defaultdict(list)
        self.failed: Counter[tuple[str, str]] = Counter()

    def note(self, name: str, seconds: float) -> None:
        self.taken[name].append(seconds * 1000)

    @property
    def rate(self) -> float:
        """Of everything, a second."""
        return sum(map(len, self.taken.values())) / self.seconds

    @property
    def errors(self) -> int:
        return sum(self.failed.values())

    def late(self, *names: str) -> float:
        """p95 of all acts of these names, in ms."""
        return at([one for name in names for one in self.taken[name]], 0.95)

    def fail(self, name: str, why: str) -> None:
        self.failed[name, why] += 1


def at(taken: list[float], share: float) -> float:
    """0 where there are none."""
    return sorted(taken or [0])[min(max(len(taken) - 1, 0), int(len(taken) * share))]


def show(figures: Figures, *, floor: str = "", times: Mapping[str, int] | None = None) -> None:
    """`times`: a name that was measured more than once."""
    rates = {
        name: len(taken) / (figures.seconds * (times or {}).get(name, 1))
        for name, taken in figures.taken.items()
    }
    print(f"{'what':<32}{'number':>8}{'per s':>8}{'p50 ms':>8}{'p95 ms':>8}{'of floor':>9}")
    for name, taken in figures.taken.items():
        share = f"{rates[name] / rates[floor]:9.0%}" if floor else ""
        row = (
            f"{name:<32}{len(taken):8}{rates[name]:8.1f}{at(taken, 0.5):8.0f}{at(taken, 0.95):8.0f}"
        )
        print(row + share)
    everything = [one for taken in figures.taken.values() for one in taken]
    if not floor:
        rate = len(everything) / figures.seconds
        row = f"{'all':<32}{len(everything):8}{rate:8.1f}"
        print(row + f"{at(everything, 0.5):8.0f}{at(everything, 0.95):8.0f}")
    print(f"errors: {figures.errors}", *figures.failed.most_common(5))


def verdict_times(deployment: Deployment, *, since: datetime, patience: float) -> list[int]:
    """From handing in to the stored verdict, in ms: the median, p95 and the longest. Whatever is
    still open after `patience` is told."""
    deadline, asked = time.monotonic() + patience, QUERY % since.isoformat()
    while True:
        answer = deployment.run("python", "manage.py", "shell", "-c", asked)
        line = next(one for one in answer.splitlines() if one.startswith("VERDICTS "))
        number, waiting, faulted, half, most, last = map(int, line.split()[1:])
        if not waiting or time.monotonic() > deadline:
            break
        time.sleep(1)
    print(f"verdicts: {number}, p50 {half} ms, p95 {most} ms, last {last} ms", end="; ")
    print(f"still open {waiting}, faulted {faulted}")
    return [half, most, last]
