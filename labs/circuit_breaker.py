"""A circuit breaker: after a failure, callers are spared the wait for a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)


class CircuitBreaker:
    """`attempt` never raises. Two threads may both try after the pause: harmless."""

    def __init__(self, name: str, seconds: float = 2.0) -> None:
        self.name, self.seconds, self.closed_at = name, seconds, 0.0

    @property
    def is_open(self) -> bool:
        """Nothing is tried: the pause after a failure."""
        return time.monotonic() < self.closed_at

    def trip(self, error: Exception) -> None:
        self.closed_at = time.monotonic() + self.seconds
        logger.warning("%s is away: %s", self.name, error)

    def attempt(self, act: Callable[[], object]) -> bool:
        """True when `act` was done; False at once during the pause after a failure."""
        if self.is_open:
            return False
        try:
            act()
        except Exception as error:  # whatever the client library raises: the row says what is true
            self.trip(error)
            return False
        return True

    def reset(self) -> None:
        self.closed_at = 0.0
