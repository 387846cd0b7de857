"""The instances of a group: launched, in service, warm."""

from __future__ import annotations

from bisect import bisect_right

ALWAYS = -(10**9)  # ready long before the day began, and warm


class Instances:
    """`ready`: minutes from which some are in service, ascending; `totals`: how many there are
    until then. So every question is one search, however many launches there were."""

    def __init__(self, count: int, boot: int) -> None:
        self.boot = boot
        self.ready, self.totals = [ALWAYS], [count]

    @property
    def all(self) -> int:
        return self.totals[-1]

    def in_service(self, minute: int) -> int:
        return self.totals[bisect_right(self.ready, minute) - 1]

    def warming(self, minute: int, warmup: int) -> int:
        """Launched, and not yet in service for `warmup` minutes."""
        return self.all - self.in_service(minute - warmup)

    def all_ready(self) -> int:
        """The minute from which all are in service."""
        return self.ready[-1]

    def set_to(self, count: int, minute: int) -> None:
        """Launch or terminate. The youngest go first: those that still start, before those that
        already answer."""
        if count > self.all:
            self.ready.append(minute + self.boot)
            self.totals.append(count)
            return
        while len(self.totals) > 1 and self.totals[-2] >= count:
            self.ready.pop()
            self.totals.pop()
        self.totals[-1] = count
