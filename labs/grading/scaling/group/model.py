"""A group and what changes its size, with the names and units of AWS's API.

Source: EC2 Auto Scaling API Reference (CreateAutoScalingGroup, PutScalingPolicy,
PutScheduledUpdateGroupAction) and CloudWatch API Reference (PutMetricAlarm).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from labs.grading.json_text import JsonDocument, Path
from labs.grading.scaling.group.cron import Cron

CPU, REQUESTS = "CPUUtilization", "RequestCountPerTarget"
CHANGE, PERCENT, EXACT = "ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"
TARGET, STEP, SIMPLE = "TargetTrackingScaling", "StepScaling", "SimpleScaling"
OPERATORS = {
    "GreaterThanOrEqualToThreshold": ">=",
    "GreaterThanThreshold": ">",
    "LessThanOrEqualToThreshold": "<=",
    "LessThanThreshold": "<",
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """`period` in minutes; it rings while `datapoints` of the last `periods` breach."""

    metric: str
    operator: str  # one of OPERATORS' signs
    threshold: float
    period: int
    periods: int
    datapoints: int
    enabled: bool
    path: Path

    @property
    def above(self) -> bool:
        return self.operator.startswith(">")

    def breaches(self, value: float) -> bool:
        if value == self.threshold:
            return self.operator.endswith("=")
        return (value > self.threshold) is self.above


@dataclass(frozen=True, slots=True)
class StepAdjustment:
    """Bounds are relative to the alarm's threshold; None is infinity."""

    lower: float | None
    upper: float | None
    adjustment: int
    path: Path


@dataclass(frozen=True, slots=True)
class Policy:
    """`warmup` and `cooldown` in seconds. What a type does not have stays at its default."""

    name: str
    type: str
    path: Path
    enabled: bool = True
    alarms: tuple[Alarm, ...] = ()
    adjustment_type: str = CHANGE
    least_change: int = 0  # MinAdjustmentMagnitude
    steps: tuple[StepAdjustment, ...] = ()
    adjustment: int = 0  # of simple scaling
    cooldown: int = 0
    warmup: int = 0
    metric: str = CPU  # of target tracking
    target: float = 0.0
    scales_in: bool = True


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a scheduled action sets; None stays as it is."""

    least: int | None
    most: int | None
    desired: int | None


@dataclass(frozen=True, slots=True)
class ScheduledAction:
    """It runs whenever `cron` fits the clock of `zone`, or once at `start` (UTC)."""

    name: str
    sizes: Sizes
    cron: Cron | None
    zone: str
    start: datetime | None
    end: datetime | None
    path: Path


@dataclass(frozen=True, slots=True)
class Group:
    least: int
    most: int
    desired: int
    policies: tuple[Policy, ...] = ()
    actions: tuple[ScheduledAction, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    document: JsonDocument
    group: Group
