"""What the operator's numbers are read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from labs.tally import Tally
from portal.health import readiness
from portal.operations.metrics import registry
from tests.servers import Broker, running_broker

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def broker(settings) -> Iterator[Broker]:
    with running_broker() as broker:
        settings.REDIS_URL, settings.METRICS_ADDRESS = broker.url, ("127.0.0.1", 9100)
        yield broker


@pytest.fixture
def tally(broker: Broker) -> Tally:
    """A process that counts."""
    return Tally()


class Scrapes:
    """What Prometheus would read, each time anew."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("portal.operations.metrics.KEPT_SECONDS", 0.0)
        # The database of a test must not be closed under it.
        monkeypatch.setattr("portal.operations.from_tables.connection.close", lambda: None)
        self.monkeypatch = monkeypatch
        self.registry = registry()

    def later(self, *, seconds: float) -> None:
        """The clock of whoever asks goes on."""
        moment = timezone.now() + timedelta(seconds=seconds)
        self.monkeypatch.setattr("portal.operations.from_tables.timezone.now", lambda: moment)

    def text(self) -> str:
        return generate_latest(self.registry).decode()

    def __call__(self) -> Samples:
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(self.text())
            for sample in family.samples
        }

    def value(self, name: str, **labels: str) -> float | None:
        return self().get((f"portal_{name}", frozenset(labels.items())))


@pytest.fixture
def scrape(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scrapes]:
    readiness.forget()
    yield Scrapes(monkeypatch)
    readiness.forget()
