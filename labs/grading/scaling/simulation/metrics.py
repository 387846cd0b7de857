"""What CloudWatch would know of a day until now: a datapoint a minute, periods, alarms.

A datapoint is missing in a minute in which no instance is in service; a missing one neither
breaches nor counts in an average.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from labs.grading.scaling.group.model import CPU, REQUESTS, Alarm


def value_of(metric: str, load: int, instances: int, serves: int) -> float:
    """CPU in percent, 100 at most however much is asked for; or requests a minute for each
    instance."""
    if metric == CPU:
        return min(100.0, 100 * load / (instances * serves))
    return load / instances


@dataclass(slots=True)
class Series:
    """The datapoints of one metric, and their running sums."""

    values: list[float | None] = field(default_factory=list)
    sums: list[float] = field(default_factory=lambda: [0.0])
    counts: list[int] = field(default_factory=lambda: [0])

    def add(self, value: float | None) -> None:
        self.values.append(value)
        self.sums.append(self.sums[-1] + (value or 0.0))
        self.counts.append(self.counts[-1] + (value is not None))

    def average(self, minutes: int) -> float | None:
        """Of the last minutes; None where nothing was measured. Rounded, so that equal values have
        that value as their average."""
        end = len(self.values)
        start = max(0, end - minutes)
        count = self.counts[end] - self.counts[start]
        return round((self.sums[end] - self.sums[start]) / count, 6) if count else None

    @property
    def latest(self) -> float | None:
        return self.values[-1] if self.values else None


@dataclass(slots=True)
class Bell:
    """One alarm over a day. Whether each minute's period breaches, and how many of the last
    periods that end there do, each sum from the one a period before: no work in proportion to the
    number of periods."""

    alarm: Alarm
    breached: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    value: float | None = None

    def hear(self, series: Series) -> bool:
        """After each minute's datapoint: does it ring?"""
        period, periods = self.alarm.period, self.alarm.periods
        self.value = self.datapoint(series)
        minute = len(self.breached)
        breach = int(self.value is not None and self.alarm.breaches(self.value))
        self.breached.append(breach)
        before = self.sums[minute - period] if minute >= period else 0
        left = minute - period * periods
        self.sums.append(before + breach - (self.breached[left] if left >= 0 else 0))
        return self.alarm.enabled and self.sums[minute] >= self.alarm.datapoints

    def datapoint(self, series: Series) -> float | None:
        """None until the first period is over."""
        period = self.alarm.period
        if len(series.values) < period:
            return None
        if period == 1:
            return series.latest
        average = series.average(period)
        if average is None:
            return None
        return average * period if self.alarm.metric == REQUESTS else average
