"""Families of numbers, as Prometheus reads them. One place for the spelling of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)

Labels = tuple[str, ...]
PREFIX = "portal_"
INFINITE = "+Inf"


def gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, words, value=value)


def gauges(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(PREFIX + name, words, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family


def counters(name: str, words: str, labels: Labels, values: Mapping[Labels, float]) -> Metric:
    family = CounterMetricFamily(PREFIX + name, words, labels=labels)
    for values_of_labels, number in sorted(values.items()):
        family.add_metric(values_of_labels, number)
    return family


class Histogram:
    """Counts by bucket, each in one bucket only, and the sum; Prometheus wants them piled up."""

    def __init__(self, bounds: Iterable[float]) -> None:
        self.names = [*map(str, bounds), INFINITE]
        self.counts: dict[str, float] = dict.fromkeys(self.names, 0)
        self.sum = 0.0

    def piled(self) -> list[tuple[str, float]]:
        total, piled = 0.0, []
        for name in self.names:
            total += self.counts[name]
            piled.append((name, total))
        return piled


def histograms(name: str, words: str, label: str, found: Mapping[str, Histogram]) -> Metric:
    family = HistogramMetricFamily(PREFIX + name, words, labels=[label])
    for value, histogram in sorted(found.items()):
        family.add_metric([value], histogram.piled(), histogram.sum)
    return family
