"""A target group with the names, units (seconds) and defaults of AWS's API.

Source: Elastic Load Balancing API Reference, CreateTargetGroup and TargetGroupAttribute; defaults
of targets that are instances or IP addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labs.grading.json_text import JsonDocument, Path

PATH, MATCHER = "HealthCheckPath", "Matcher"
INTERVAL, TIMEOUT = "HealthCheckIntervalSeconds", "HealthCheckTimeoutSeconds"
HEALTHY, UNHEALTHY = "HealthyThresholdCount", "UnhealthyThresholdCount"
DELAY = "deregistration_delay.timeout_seconds"
STICKY, STICKY_TYPE = "stickiness.enabled", "stickiness.type"
LB_COOKIE, APP_COOKIE = "lb_cookie", "app_cookie"
LB_SECONDS = "stickiness.lb_cookie.duration_seconds"
APP_SECONDS, APP_NAME = (
    "stickiness.app_cookie.duration_seconds",
    "stickiness.app_cookie.cookie_name",
)

Codes = tuple[tuple[int, int], ...]  # ranges, both ends included


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """`cookie`: for how long a visitor stays with a target, 0 without stickiness."""

    path: str = "/"
    interval: int = 30
    timeout: int = 5
    healthy: int = 5  # passes in a row until a target that was unhealthy is in service again
    unhealthy: int = 2  # failures in a row until a target is out of service
    codes: Codes = ((200, 200),)
    delay: int = 300
    cookie: int = 0

    def takes(self, status: int) -> bool:
        """Does the matcher count this status as a pass?"""
        return any(first <= status <= last for first, last in self.codes)


@dataclass(frozen=True, slots=True)
class TargetGroupAnswer:
    """`numbers`: what was written, whatever AWS says of it; `places`: where, by key."""

    document: JsonDocument
    group: TargetGroup
    numbers: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, Path] = field(default_factory=dict)
